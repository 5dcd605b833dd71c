"""The blocks of the home page; the guide's own are in careers.blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

STAGES = [
    ("1", _("Development")),
    ("2", _("Pre-production")),
    ("3", _("Production")),
    ("4", _("Post-production")),
    ("5", _("Distribution")),
]


class StripBlock(blocks.StructBlock):
    stage = blocks.ChoiceBlock(choices=STAGES, required=False, help_text=_("Gives the strip its paper; none makes it white."))
    slug = blocks.CharBlock(label=_("Scene heading"), max_length=60)
    title = blocks.CharBlock(max_length=120)
    end = blocks.CharBlock(label=_("Right-hand cell"), max_length=30, required=False)
    go = blocks.BooleanBlock(label=_("The strip that goes green"), required=False)

    class Meta:
        icon = "list-ul"


class DaybreakBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=60)
    end = blocks.CharBlock(label=_("Right-hand cell"), max_length=60, required=False)

    class Meta:
        icon = "minus"
        label = _("Black strip")


class BoardBlock(blocks.StreamBlock):
    strip = StripBlock()
    daybreak = DaybreakBlock()
