"""What the frame of every page needs to know; none of it asks the database."""

from django.conf import settings

THEMES = {"light", "dark"}


def frame(request):
    """The reader's colours (theme, "" for the device's own) and whether a session is open."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "signed_in": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }
