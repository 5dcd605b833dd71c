"""Sound: a new file with the sound alone, then read once by mutagen to see that it is whole and bare."""

import struct
import tempfile
from collections.abc import Callable
from typing import IO

from mutagen import FileType
from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from . import frames, kinds, ogg
from .limits import Refused
from .working import DAMAGED, Working

KEPT_OF_WAV = (b"fmt ", b"fact", b"data")
LARGEST_FORMAT = 256
STREAM, SEEK_POINTS = 0, 3
LAST = 0x80
# What other programs hang on to the end of a FLAC file: ID3v1 and APEv2.
APE_HEAD = 1 << 31
TRAILERS = ((b"TAG", 128), (b"APETAGEX", 32))


def clean(work: Working, kind: kinds.Kind, folder: str | None = None) -> IO[bytes]:
    """A file at its beginning that holds the sound and no tag; raises Refused for sound that cannot be read."""
    rebuild, reader = READERS[kind]
    cleaned = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 handed on, and gone from the disk already
    cleaned.write(rebuild(work))
    cleaned.seek(0)
    read = reader(cleaned)
    if any(read.tags or ()):
        raise Refused(DAMAGED)
    cleaned.seek(0)
    return cleaned


def _mp3(work: Working) -> bytes:
    return frames.sound(work.take(0, work.size))


def _ogg(work: Working) -> bytes:
    content = bytearray(work.take(0, work.size))
    ogg.clean(content)
    return bytes(content)


def _wav(work: Working) -> bytes:
    """The format and the sound; lists, broadcast and other chunks stay behind."""
    parts = {}
    start = 12
    while start + 8 <= work.size and b"data" not in parts:
        work.count()
        name, size = work.take(start, 4), int.from_bytes(work.take(start + 4, 4), "little")
        if name in KEPT_OF_WAV:
            parts[name] = _chunk(work, name, start + 8, size)
        start += 8 + size + size % 2
    if not {b"fmt ", b"data"} <= parts.keys():
        raise Refused(DAMAGED)
    chunks = b"".join(parts[name] for name in KEPT_OF_WAV if name in parts)
    return b"RIFF" + (4 + len(chunks)).to_bytes(4, "little") + b"WAVE" + chunks


def _chunk(work: Working, name: bytes, start: int, size: int) -> bytes:
    if name != b"data" and size > LARGEST_FORMAT:
        raise Refused(DAMAGED)
    return name + size.to_bytes(4, "little") + work.take(start, size) + bytes(size % 2)


def _flac(work: Working) -> bytes:
    """The stream's description, its seek points and its frames (RFC 9639); comments, pictures and padding stay behind."""
    kept, start, last = [], 4, False
    while not last:
        work.count()
        first, size = work.number(start, 1), work.number(start + 1, 3)
        last, block = bool(first & LAST), work.take(start + 4, size)
        if first & ~LAST in (STREAM, SEEK_POINTS):
            kept.append((first & ~LAST, block))
        start += 4 + size
    sound = work.take(start, _without_trailers(work, start) - start)
    if not kept or kept[0][0] != STREAM or sound[:2] not in (b"\xff\xf8", b"\xff\xf9"):
        raise Refused(DAMAGED)
    return b"fLaC" + b"".join(_block(*block, last=block is kept[-1]) for block in kept) + sound


def _block(kind: int, content: bytes, *, last: bool) -> bytes:
    return bytes([kind | LAST if last else kind]) + len(content).to_bytes(3, "big") + content


def _without_trailers(work: Working, start: int) -> int:
    """Where the sound ends before the tags that follow it."""
    end = work.size
    while (before := _trailer(work, start, end)) < end:
        work.count()
        end = before
    return end


def _trailer(work: Working, start: int, end: int) -> int:
    """Where the tag that ends here begins; an APE tag states its size without the head it may have."""
    for mark, length in TRAILERS:
        if end - length >= start and work.take(end - length, len(mark)) == mark:
            stated, flags = struct.unpack("<I4xI", work.take(end - length, 32)[12:24])
            head = length if flags & APE_HEAD else 0
            return max(start, end - (length if mark == b"TAG" else max(length, stated + head)))
    return end


Reader = Callable[[IO[bytes]], FileType]
READERS: dict[kinds.Kind, tuple[Callable[[Working], bytes], Reader]] = {
    kinds.MP3: (_mp3, MP3),
    kinds.OPUS: (_ogg, OggOpus),
    kinds.VORBIS: (_ogg, OggVorbis),
    kinds.WAV: (_wav, WAVE),
    kinds.FLAC: (_flac, FLAC),
}
