"""PDF documents: looked at from outside only, kept as they are, and served as a download."""

from django.utils.translation import gettext

from .limits import Refused
from .working import Working

TAIL = 2048


def check(work: Working) -> None:
    """Raises Refused unless the file ends as a PDF does (ISO 32000-1, 7.5.5); its beginning told what it is."""
    tail = work.take(max(0, work.size - TAIL), min(TAIL, work.size))
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise Refused(gettext("The PDF is not complete. Save or export it again and send it once more."))
