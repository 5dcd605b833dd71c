"""The blocks of the home page; the guide's own are in careers.blocks."""

from wagtail import blocks

STAGES = [("1", "Development"), ("2", "Pre-production"), ("3", "Production"), ("4", "Post-production"), ("5", "Distribution")]


class StripBlock(blocks.StructBlock):
    stage = blocks.ChoiceBlock(choices=STAGES, required=False, help_text="Gives the strip its paper; none makes it white.")
    slug = blocks.CharBlock(label="Scene heading", max_length=60)
    title = blocks.CharBlock(max_length=120)
    end = blocks.CharBlock(label="Right-hand cell", max_length=30, required=False)
    go = blocks.BooleanBlock(label="The strip that goes green", required=False)

    class Meta:
        icon = "list-ul"


class DaybreakBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=60)
    end = blocks.CharBlock(label="Right-hand cell", max_length=60, required=False)

    class Meta:
        icon = "minus"
        label = "Black strip"


class BoardBlock(blocks.StreamBlock):
    strip = StripBlock()
    daybreak = DaybreakBlock()
