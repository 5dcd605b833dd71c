"""Members' files: no address leads to one but these, and each asks who is looking."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ..models import Attachment
from ..querysets import is_fit_to_show
from ..scales import Medium
from .doors import through_door

# What a browser may show in the page; everything else goes out as a download.
SHOWN = {Medium.IMAGE, Medium.AUDIO, Medium.VIDEO}


@require_safe
def file(request, uuid):
    """A file as its viewer may see it; pictures, sound and clips in place, anything else as a download."""
    return sent_file(request, attachment(request.user, uuid))


@require_safe
def preview(request, uuid):
    """The small version of a picture."""
    return sent_preview(request, attachment(request.user, uuid))


@require_safe
def captions(request, uuid):
    """The captions of a clip."""
    return sent_captions(request, attachment(request.user, uuid))


@require_safe
@through_door
def shown(request, door, uuid, part="file"):
    """A file of a portfolio, or its "preview" or "captions", for whoever has come in by this door."""
    found = attachment(door.viewer, uuid, is_fit_to_show("entry__"), entry__owner=door.owner)
    return {"file": sent_file, "preview": sent_preview, "captions": sent_captions}[part](request, found)


def attachment(viewer, uuid, *conditions, **more):
    return get_object_or_404(Attachment.objects.visible_to(viewer).filter(*conditions, **more), uuid=uuid)


def sent_file(request, found):
    return sent(request, found.file, found.content_type, found.name, is_shown=found.medium in SHOWN)


def sent_preview(request, found):
    return sent(request, found.preview or found.file, "image/webp" if found.preview else found.content_type, found.name)


def sent_captions(request, found):
    if not found.captions:
        raise Http404
    return sent(request, found.captions, "text/vtt; charset=utf-8", "captions.vtt")


def sent(request, stored, content_type, name, is_shown=True):
    """The stored file, or the part of it that was asked for, kept by nobody on the way and unable to act as a page."""
    size = stored.size
    start, end = asked_range(request.headers.get("Range", ""), size)
    length = end - start + 1
    response = FileResponse(Part(stored.open("rb"), start, length), content_type=content_type)
    response.headers["Content-Length"] = str(length)
    if length < size:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = content_disposition_header(not is_shown, name)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    response._csp_replace = {"default-src": ["'none'"]}
    response._csp_update = {"sandbox": [""]}
    return response


def asked_range(header, size):
    """The first and last byte of a single range, or of the whole file for anything else (RFC 9110 §14.2)."""
    unit, _, ranges = header.partition("=")
    first, dash, last = ranges.strip().partition("-")
    plain = all(part.isascii() and part.isdecimal() or not part for part in (first, last)) and len(ranges) < 40
    if unit.strip().lower() != "bytes" or not dash or not plain or not (first or last) or not size:
        return 0, max(size - 1, 0)
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    return (start, end) if start <= end else (0, size - 1)


class Part:
    """Some bytes of an open file, read in blocks."""

    def __init__(self, opened, start, length):
        self.opened, self.left = opened, length
        opened.seek(start)

    def read(self, size=65536):
        block = self.opened.read(min(size, self.left)) if self.left else b""
        self.left -= len(block)
        return block

    def close(self):
        self.opened.close()
