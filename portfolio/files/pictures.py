"""Pictures, decoded and written anew: the pixels stay, everything that was said about them goes."""

import io
import tempfile
from dataclasses import dataclass
from functools import cache
from math import ceil
from typing import IO

import pillow_heif
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

from . import kinds
from .limits import MOST_PIXELS, PICTURE, Refused
from .working import DAMAGED, Working

ORIENTATION = 0x0112
# What each EXIF orientation asks for (CIPA DC-008, 4.6.4).
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
START_OF_SCAN = 0xDA
SCAN = b"\xff\xda"
SMALLER = _("Make it smaller, or save it as a plain JPEG, and send it again.")
BAND = 128
# Rows more than a band needs, so that the filter sees the same pixels as without bands.
MARGIN = 4
LARGEST_PROFILE = 1 << 20
FEW_COLOURS = 256


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew, at its beginning, with its size in pixels and a small WebP of it."""

    content: IO[bytes]
    extension: str
    content_type: str
    width: int
    height: int
    preview: bytes


def clean(work: Working, kind: kinds.Kind, folder: str | None = None) -> Picture:
    """The first frame, upright, in sRGB and at most 4096 pixels long; raises Refused before decoding what is too large."""
    return _written(_opaque(_decoded(work, kind)), kind, folder)


def _decoded(work: Working, kind: kinds.Kind) -> Image.Image:
    """The pixels alone. What the decoder holds is let go on the way out."""
    image = _opened(work, kind)
    orientation, profile = _orientation(image), image.info.get("icc_profile")
    if kind is kinds.JPEG:
        image.draft(None, _drafted(image.size))
    image.load()
    fitted = _fitted(image)
    image.close()
    return _turned(_coloured(fitted, profile), orientation)


def _drafted(size: tuple[int, int]) -> tuple[int, int]:
    """The least a JPEG may be decoded to: the stored size, or half of it where all its pixels would take too much memory."""
    too_many = size[0] * size[1] > MOST_PIXELS["PNG"]
    return _fitting(size, PICTURE.longest_side_stored // (2 if too_many else 1))


def _opened(work: Working, kind: kinds.Kind) -> Image.Image:
    if kind is kinds.WEBP:
        _measured(_webp_size(work), work, kind.name)  # Pillow makes room for all of it on opening
    if kind is kinds.HEIF:
        _register_heif()
    work.file.seek(0)
    try:
        image = Image.open(work.file, formats=[kind.name])
    except Image.DecompressionBombError as error:
        raise Refused(gettext("The picture has far too many pixels. {smaller}").format(smaller=SMALLER)) from error
    _measured(image.size, work, kind.name, len(image.getbands()))
    return image


@cache
def _register_heif() -> None:
    # One thread, and nothing but the picture itself: no thumbnails, depth or auxiliary images.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def _measured(size: tuple[int, int], work: Working, name: str, channels: int = 3) -> None:
    """Raises Refused when the picture would take more memory or time than one upload may."""
    pixels = size[0] * size[1]
    passes = _passes(work.take(0, work.size)) if name == "JPEG" else 1
    most = MOST_PIXELS["progressive JPEG"] * 3 // max(3, channels) if passes > 1 else MOST_PIXELS[name]
    if pixels > most or max(size) > PICTURE.longest_side:
        raise Refused(
            gettext(
                "The picture has {width} × {height} pixels. At most {most:.0f} million are accepted in this kind of file,"
                " and {side} on a side. {smaller}"
            ).format(width=size[0], height=size[1], most=most / 10**6, side=PICTURE.longest_side, smaller=SMALLER)
        )
    if pixels * passes > PICTURE.most_scanned_pixels:
        raise Refused(gettext("The picture is drawn in too many passes. Save it as a plain JPEG and send it again."))


def _passes(content: bytes) -> int:
    """How often a JPEG is gone over: once, unless it is progressive or gives its channels one by one (ITU-T T.81, B.2)."""
    place, channels, progressive = 2, 0, False
    while content[place : place + 1] == b"\xff" and place + 10 < len(content):
        marker = content[place + 1]
        if marker in FRAMES:
            channels, progressive = content[place + 9], marker in PROGRESSIVE
        if marker == START_OF_SCAN and not progressive and content[place + 4] == channels:
            return 1
        if marker == START_OF_SCAN:
            break
        place += 1 if marker == 0xFF else 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return max(2, content.count(SCAN, place))


def _webp_size(work: Working) -> tuple[int, int]:
    """Width and height as the first chunk of a WebP file states them (RFC 9649)."""
    head = work.take(0, 30)
    if head[12:16] == b"VP8X":
        return _little(head[24:27]) + 1, _little(head[27:30]) + 1
    if head[12:16] == b"VP8L":
        bits = _little(head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head[12:16] == b"VP8 ":
        return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
    raise Refused(DAMAGED)


def _little(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


def _fitting(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The size with the same shape whose longest side is no more than this."""
    share = min(1, longest / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _fitted(image: Image.Image) -> Image.Image:
    """A new picture with nothing but pixels, made band by band so that the large one is not held twice."""
    mode, size = _mode(image), _fitting(image.size, PICTURE.longest_side_stored)
    fitted = Image.new(mode, size)
    for top in range(0, size[1], BAND):
        bottom = min(size[1], top + BAND)
        first, last = max(0, top - MARGIN), min(size[1], bottom + MARGIN)
        strip = _strip(image, mode, size, first, last)
        fitted.paste(strip.crop((0, top - first, size[0], bottom - first)), (0, top))
    return fitted


def _strip(image: Image.Image, mode: str, size: tuple[int, int], first: int, last: int) -> Image.Image:
    """Rows first up to last of the picture as it will be."""
    scale = image.height / size[1]
    top, bottom = int(first * scale), min(image.height, ceil(last * scale))
    strip = _in_mode(image.crop((0, top, image.width, bottom)), mode)
    if image.size == size:
        return strip
    box = (0, first * scale - top, image.width, min(last * scale - top, strip.height))
    return strip.resize((size[0], last - first), Image.Resampling.LANCZOS, box)


def _mode(image: Image.Image) -> str:
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return "RGBA"
    return "CMYK" if image.mode == "CMYK" else "RGB"


def _in_mode(strip: Image.Image, mode: str) -> Image.Image:
    if strip.mode.startswith("I"):  # sixteen bits of grey, which a plain conversion would cut off at white
        strip = strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return strip if strip.mode == mode else strip.convert(mode)


def _coloured(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB; a profile that cannot be read or does not fit is passed over."""
    if profile and len(profile) <= LARGEST_PROFILE:
        mode = "RGB" if image.mode == "CMYK" else image.mode
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode) or image
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(TURNS[orientation]) if orientation in TURNS else image


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def _written(image: Image.Image, kind: kinds.Kind, folder: str | None) -> Picture:
    """The picture as JPEG, or as PNG where that would lose something: see-through parts, or a drawing's few colours."""
    image.info.clear()  # where the conversion of colours leaves its profile
    content = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 handed on, and gone from the disk already
    drawn = kind in (kinds.PNG, kinds.GIF) and image.getcolors(FEW_COLOURS)
    made = kinds.PNG if drawn or image.mode == "RGBA" else kinds.JPEG
    image.save(content, made.name, **({"quality": 85} if made is kinds.JPEG else {"compress_level": 3}))
    content.seek(0)
    return Picture(content, made.extension, made.content_type, image.width, image.height, _preview(image))


def _preview(image: Image.Image) -> bytes:
    """A WebP of at most 640 pixels a side: as wide as pages show it, and never higher than WebP can be."""
    small = image.resize(_fitting(image.size, PICTURE.largest_preview), Image.Resampling.LANCZOS, reducing_gap=2)
    written = io.BytesIO()
    small.save(written, "WEBP", quality=80)
    return written.getvalue()
