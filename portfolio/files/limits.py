"""The one table of what members may upload, and how much of it. Pure."""

import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..scales import Medium

KB, MB, GB = 10**3, 10**6, 10**9


class Refused(ValueError):
    """Why a file is not taken and what would be, in sentences for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What is accepted of one medium, in words, and the most bytes that one file may have."""

    words: str | Promise
    most_bytes: int


TABLE = {
    Medium.IMAGE: Limit(_("pictures (JPEG, PNG, WebP, GIF, HEIC, AVIF)"), 15 * MB),
    Medium.PDF: Limit("PDF", 10 * MB),
    Medium.AUDIO: Limit(_("sound (MP3, M4A, OGG, Opus, WAV, FLAC)"), 30 * MB),
    Medium.VIDEO: Limit(_("clips (MP4 and MOV with H.264, HEVC, VP9 or AV1, WebM)"), 200 * MB),
}


def accepted() -> str:
    """What is accepted of all media, in a sentence."""
    return gettext("Accepted are {kinds}.").format(kinds=", ".join(str(limit.words) for limit in TABLE.values()))


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """Pixels that are decoded, and pixels that are kept. Of several frames the first one is kept."""

    longest_side: int = 20_000
    longest_side_stored: int = 4096
    largest_preview: int = 640
    most_scanned_pixels: int = 1_000_000_000


# The most pixels by format: what its decoder holds stays within 256 MB, as measured (docs/uploads.md).
MOST_PIXELS = {
    "JPEG": 50_000_000,
    "progressive JPEG": 25_000_000,
    "PNG": 36_000_000,
    "GIF": 36_000_000,
    "HEIF": 25_000_000,
    "AVIF": 25_000_000,
    "WEBP": 15_000_000,
}


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """How many parts of a file are looked at before it is given up as made to keep the server busy."""

    boxes: int = 10_000
    samples: int = 1_000_000
    elements: int = 200_000
    pages: int = 200_000
    gaps: int = 1_000


PICTURE = PictureLimits()
PARSE = ParseLimits()
FILES_PER_ENTRY = 20
QUOTA = GB
CAPTIONS = 512 * KB
LONGEST_NAME = 120
LONGEST_SUFFIX = 12

# Control and formatting characters (the ones that turn the direction of text among them), halves of pairs, line breaks.
UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def room(count_in_entry: int, bytes_of_owner: int, upload_size: int, quota: int = QUOTA) -> None:
    """Raises Refused when one more file would be too many for its entry, or its bytes too many for its owner."""
    if count_in_entry >= FILES_PER_ENTRY:
        raise Refused(
            gettext("An entry holds at most {files_per_entry} files. Remove one first, or add this one to another entry.").format(
                files_per_entry=FILES_PER_ENTRY
            )
        )
    if bytes_of_owner + upload_size > quota:
        left = in_words(max(0, quota - bytes_of_owner))
        raise Refused(
            gettext("There is no room for it: {left} of your {quota} are left. Remove files you no longer need.").format(
                left=left, quota=in_words(quota)
            )
        )


def fits(medium: Medium, size: int) -> None:
    """Raises Refused when a file of this medium has more bytes than the table allows, or none."""
    limit = TABLE[medium]
    if not size:
        raise Refused(gettext("The file is empty. {accepted}").format(accepted=accepted()))
    if size > limit.most_bytes:
        raise Refused(
            gettext("The file is too large. At most {most_bytes} are accepted for {accepted}.").format(
                most_bytes=in_words(limit.most_bytes), accepted=limit.words
            )
        )


def in_words(size: int) -> str:
    for unit, name in ((GB, "GB"), (MB, "MB"), (KB, "KB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return gettext("{size} bytes").format(size=size)


def display_name(name: str) -> str:
    """The last part of a file's name without what cannot be shown, at most 120 characters long, its suffix kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in UNSHOWN)
    shown = " ".join(shown.split()).strip(". ")
    stem, dot, suffix = shown.rpartition(".")
    if dot and len(suffix) < LONGEST_SUFFIX:
        return f"{stem[: LONGEST_NAME - len(suffix) - 1].rstrip()}.{suffix}"
    return shown[:LONGEST_NAME].rstrip() or "file"
