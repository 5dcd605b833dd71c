from django import template

register = template.Library()


@register.filter
def undo_note(message):
    """The signed note by which what the message tells can be taken back, or nothing."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")
