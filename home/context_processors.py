"""What the frame of every page needs to know. Readers without a session cost it nothing, those with one a look at it."""

from .accounts import is_editor

THEMES = {"light", "dark"}


def frame(request):
    """The reader's colours (theme, "" for the device's own) and whether the reader edits the guide."""
    theme = request.COOKIES.get("theme", "")
    return {"theme": theme if theme in THEMES else "", "is_editor": is_editor(request)}
