"""The blocks of a guide's longer sections: only read, never asked by SQL."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.models.pages import PROSE

from .scales import Need


class SectionBlock(blocks.StructBlock):
    """A section of its own: a heading, an address on the page and an introduction."""

    title = blocks.CharBlock(max_length=120)
    anchor = blocks.RegexBlock(
        r"^[a-z0-9-]+$", max_length=60, error_messages={"invalid": _("Small letters, figures and hyphens.")}
    )
    text = blocks.RichTextBlock(features=PROSE, required=False)


class TopicBlock(SectionBlock):
    class Meta:
        icon = "doc-full"
        template = "careers/blocks/topic.html"


class RowBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=80)
    cells = blocks.ListBlock(blocks.CharBlock(max_length=200, required=False))


class ComparisonBlock(SectionBlock):
    caption = blocks.CharBlock(max_length=120, required=False)
    highlight = blocks.IntegerBlock(
        min_value=0, max_value=9, default=0, help_text=_("The column to wash green, from 1; 0 for none.")
    )
    columns = blocks.ListBlock(blocks.CharBlock(max_length=80))
    rows = blocks.ListBlock(RowBlock())

    class Meta:
        icon = "table"
        template = "careers/blocks/comparison.html"


class SideBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80)
    pros = blocks.ListBlock(blocks.CharBlock(max_length=200))
    cons = blocks.ListBlock(blocks.CharBlock(max_length=200))


class VersusBlock(SectionBlock):
    left = SideBlock()
    right = SideBlock()

    class Meta:
        icon = "list-ul"
        template = "careers/blocks/versus.html"


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(max_length=120)
    text = blocks.TextBlock()


class TermsBlock(SectionBlock):
    items = blocks.ListBlock(TermBlock())

    class Meta:
        icon = "openquote"
        template = "careers/blocks/terms.html"


class CheckBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=160)
    note = blocks.CharBlock(max_length=200, required=False)
    needed = blocks.ChoiceBlock(choices=Need.choices, required=False)


class ChecklistBlock(SectionBlock):
    items = blocks.ListBlock(CheckBlock())

    class Meta:
        icon = "tick-inverse"
        template = "careers/blocks/checklist.html"


class ShotsBlock(SectionBlock):
    """The ten shot sizes of the glossary, drawn as one scene cropped ten ways."""

    class Meta:
        icon = "image"
        template = "careers/blocks/shots.html"


class HourBlock(blocks.StructBlock):
    no = blocks.CharBlock(label=_("Time"), max_length=10)
    place = blocks.CharBlock(max_length=60, required=False)
    what = blocks.CharBlock(max_length=160)
    who = blocks.CharBlock(max_length=40, required=False)
    yours = blocks.BooleanBlock(required=False, help_text=_("An associate producer is likely to own this."))


class DayBoardBlock(SectionBlock):
    items = blocks.ListBlock(HourBlock())
    total = blocks.CharBlock(label=_("Black strip"), max_length=60, required=False)
    total_note = blocks.CharBlock(max_length=60, required=False)

    class Meta:
        icon = "time"
        template = "careers/blocks/board.html"


class GuideBlock(blocks.StreamBlock):
    topic = TopicBlock()
    comparison = ComparisonBlock()
    versus = VersusBlock()
    terms = TermsBlock()
    checklist = ChecklistBlock()
    shots = ShotsBlock()
    board = DayBoardBlock()
