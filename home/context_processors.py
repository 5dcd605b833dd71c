"""What the frame of every page needs to know. Readers without a session cost it nothing, those with one a look at it."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils import translation

from . import languages
from .accounts import is_counsellor, is_editor

THEMES = {"light", "dark"}


def frame(request):
    """The reader's colours (theme, "" for the device's own), the language, its direction, the same page in the others, and
    whether somebody is signed in, edits the guide, counsels.
    """
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "language": languages.tag(translation.get_language()),
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "editions": languages.editions(request.path),
        "is_member": settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session,
        "is_editor": is_editor(request),
        "is_counsellor": is_counsellor(request),
    }
