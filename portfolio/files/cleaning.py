"""The one way in for members' files: told by content, checked against the table, and freed of what was not meant to be shared."""

import errno
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile

from ..scales import Medium
from . import captions as webvtt
from . import clips, documents, kinds, limits, pictures, sound
from .limits import PARSE, Refused
from .working import DAMAGED, Working

# The server's own trouble, which the sender can do nothing about and must not be told is a damaged file.
OURS = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.EROFS, errno.EACCES}
STEP = 1 << 18


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that is ready to be kept, at its beginning, and what it turned out to be; sizes in bytes and pixels."""

    medium: Medium
    content: File
    extension: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None
    preview: ContentFile | None = None


def clean(upload: UploadedFile) -> Cleaned:
    """The upload made safe to keep; raises Refused, with a sentence to show, for everything that is not accepted."""
    kind = kinds.kind_of(_head(upload))
    copy = _copy(upload, kind.medium)
    with _damage_refused(copy):
        parts = PARSE.elements if kind is kinds.WEBM else PARSE.boxes
        return CLEANERS[kind.medium](Working(copy, parts), kind)


def captions(upload: UploadedFile) -> ContentFile:
    """A WebVTT file of UTF-8 text with plain line breaks; raises Refused for anything else."""
    upload.seek(0)
    return ContentFile(webvtt.checked(upload.read(limits.CAPTIONS + 1)).encode(), name="captions.vtt")


def _head(upload: UploadedFile) -> bytes:
    upload.seek(0)
    return upload.read(kinds.HEAD)


def _copy(upload: UploadedFile, medium: Medium) -> IO[bytes]:
    """A copy without a name on the disk, so that nothing of it is left whatever happens; never larger than the table allows."""
    if upload.size is not None:
        limits.fits(medium, upload.size)
    copy = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 closed by who gets it
    size = 0
    upload.seek(0)
    while content := upload.read(STEP):
        size += len(content)
        limits.fits(medium, size)
        copy.write(content)
    return copy


@contextmanager
def _damage_refused(copy: IO[bytes]) -> Iterator[None]:
    try:
        yield
    except Refused:
        copy.close()
        raise
    except Exception as error:  # Pillow, libheif and mutagen fail in a hundred ways on a damaged file
        copy.close()
        if isinstance(error, OSError) and error.errno in OURS:
            raise
        raise Refused(DAMAGED) from error


def _picture(work: Working, kind: kinds.Kind) -> Cleaned:
    made = pictures.clean(work, kind, settings.FILE_UPLOAD_TEMP_DIR)
    work.file.close()
    shape = {"width": made.width, "height": made.height, "preview": ContentFile(made.preview, name="preview.webp")}
    return _cleaned(Medium.IMAGE, made.content, made.extension, made.content_type, **shape)


def _document(work: Working, kind: kinds.Kind) -> Cleaned:
    documents.check(work)
    return _cleaned(kind.medium, work.file, kind.extension, kind.content_type)


def _sound(work: Working, kind: kinds.Kind) -> Cleaned:
    content = sound.clean(work, kind, settings.FILE_UPLOAD_TEMP_DIR)
    work.file.close()
    return _cleaned(kind.medium, content, kind.extension, kind.content_type)


def _clip(work: Working, kind: kinds.Kind) -> Cleaned:
    found = clips.clean(work, kind)
    limits.fits(found.medium, work.size)
    return _cleaned(found.medium, work.file, found.extension, found.content_type)


CLEANERS: dict[Medium, Callable[[Working, kinds.Kind], Cleaned]] = {
    Medium.IMAGE: _picture,
    Medium.PDF: _document,
    Medium.AUDIO: _sound,
    Medium.VIDEO: _clip,
}


def _cleaned(medium: Medium, content: IO[bytes], extension: str, content_type: str, **shape) -> Cleaned:
    content.flush()
    size = content.seek(0, 2)
    content.seek(0)
    return Cleaned(medium, File(content, name=f"file{extension}"), extension, content_type, size, **shape)
