"""What a file is, told from its first bytes alone: never from its name, nor from what the browser calls it."""

import re
from dataclasses import dataclass

import filetype
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..scales import Medium
from .limits import Refused, accepted

HEAD = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is accepted. A film or sound container's medium is settled once its tracks are known."""

    name: str
    medium: Medium
    extension: str
    content_type: str


JPEG = Kind("JPEG", Medium.IMAGE, ".jpg", "image/jpeg")
PNG = Kind("PNG", Medium.IMAGE, ".png", "image/png")
WEBP = Kind("WEBP", Medium.IMAGE, ".webp", "image/webp")
GIF = Kind("GIF", Medium.IMAGE, ".gif", "image/gif")
HEIF = Kind("HEIF", Medium.IMAGE, ".heic", "image/heic")
AVIF = Kind("AVIF", Medium.IMAGE, ".avif", "image/avif")
PDF = Kind("PDF", Medium.PDF, ".pdf", "application/pdf")
MP3 = Kind("MP3", Medium.AUDIO, ".mp3", "audio/mpeg")
VORBIS = Kind("OGG", Medium.AUDIO, ".ogg", "audio/ogg")
OPUS = Kind("Opus", Medium.AUDIO, ".opus", "audio/ogg")
WAV = Kind("WAV", Medium.AUDIO, ".wav", "audio/wav")
FLAC = Kind("FLAC", Medium.AUDIO, ".flac", "audio/flac")
M4A = Kind("M4A", Medium.AUDIO, ".m4a", "audio/mp4")
WEBA = Kind("WebM", Medium.AUDIO, ".weba", "audio/webm")
MP4 = Kind("MP4", Medium.VIDEO, ".mp4", "video/mp4")
MOV = Kind("MOV", Medium.VIDEO, ".mov", "video/quicktime")
WEBM = Kind("WebM", Medium.VIDEO, ".webm", "video/webm")

SIGNATURES = [
    (rb"\xff\xd8\xff", JPEG),
    (rb"\x89PNG\r\n\x1a\n", PNG),
    (rb"GIF8[79]a", GIF),
    (rb"RIFF....WEBP", WEBP),
    (rb"RIFF....WAVE", WAV),
    (rb"%PDF-[12]\.\d", PDF),
    (rb"fLaC", FLAC),
    (rb"ID3[\x02-\x04]", MP3),
    (rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]", MP3),
    (rb"OggS\0.{22}.{1,9}OpusHead", OPUS),
    (rb"OggS\0.{22}.{1,9}\x01vorbis", VORBIS),
    (rb"\x1a\x45\xdf\xa3.{1,60}\x42\x82.{1,8}webm", WEBM),
]
STILLS = [
    ({b"avif", b"avis"}, AVIF),
    ({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}, HEIF),
]
FILMS = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1"}
FILMS |= {b"M4V ", b"M4VP", b"M4VH", b"M4A ", b"M4B ", b"MSNV", b"XAVC", b"dash", b"3gp4", b"3gp5", b"3gp6", b"hvc1"}

MARKUP = re.compile(rb"[\s\xef\xbb\xbf]*<(!doctype|!--|\?xml|html|head|body|script|svg|[a-z]+)", re.IGNORECASE)
TOLD = {
    "application/zip": _("a ZIP archive, and archives are not accepted: send the files in it one by one"),
    "application/x-msdownload": _("a program, and programs are not accepted"),
    "application/x-executable": _("a program, and programs are not accepted"),
    "image/tiff": _("a TIFF picture: save it as JPEG or PNG"),
    "image/vnd.adobe.photoshop": _("a Photoshop file: save it as JPEG or PNG"),
    "video/x-matroska": _("a Matroska film: save it as MP4 or WebM"),
    "video/x-msvideo": _("an AVI film: save it as MP4"),
}
OFFICE = _("a document of an office program: save it as PDF")


def kind_of(head: bytes) -> Kind:
    """The accepted kind that a file's first bytes show; raises Refused with what they show instead."""
    if not head:
        raise Refused(gettext("The file is empty. {accepted}").format(accepted=accepted()))
    found = _container(head) if head[4:8] == b"ftyp" else _signed(head)
    if not found:
        raise Refused(gettext("This looks like {head}. {accepted}").format(head=_told(head), accepted=accepted()))
    return found


def _signed(head: bytes) -> Kind | None:
    return next((kind for pattern, kind in SIGNATURES if re.match(pattern, head, re.DOTALL)), None)


def _container(head: bytes) -> Kind | None:
    """What the brands of an ISO base media file say (ISO/IEC 14496-12, 4.3), a still before a film."""
    brands = _brands(head)
    stills = [kind for names, kind in STILLS if names & set(brands)]
    if stills:
        return stills[0]
    if brands[0] == b"qt  ":
        return MOV
    return MP4 if FILMS & set(brands) else None


def _brands(head: bytes) -> list[bytes]:
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[start : start + 4] for start in range(16, end - 3, 4))]


def _guessed(head: bytes) -> str:
    try:
        guess = filetype.guess(head)
    except Exception:  # a library that reads what may be made to break it, asked here only for a word
        return ""
    return guess.mime if guess else ""


def _told(head: bytes) -> str:
    """In a few words, what a file that is not accepted seems to be."""
    if MARKUP.match(head):
        return gettext("a web page or an SVG drawing, which could run programs: save it as PNG or PDF")
    mime = _guessed(head)
    if "officedocument" in mime or "opendocument" in mime or "msword" in mime or "ms-" in mime:
        return OFFICE
    return TOLD.get(mime, gettext("a kind of file that is not accepted"))
