"""The elements of a WebM file (EBML, RFC 8794; Matroska, RFC 9559): what tells about people blanked, nothing moved."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import ogg
from .limits import Refused
from .working import DAMAGED, Working

HEADER, SEGMENT, VOID = 0x1A45DFA3, 0x18538067, 0xEC
SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B
SEEK, SEEK_ID = 0x4DBB, 0x53AB
TRACK, TRACK_TYPE, CODEC, CODEC_PRIVATE = 0xAE, 0x83, 0x86, 0x63A2
MUXER, WRITER = 0x4D80, 0x5741
VIDEO, SOUND, CAPTIONS = 1, 2, 17

# What may stay, by where it stands; the rest becomes Void. Checksums go, since what they add up changes.
KEPT = {
    HEADER: {0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285},
    SEGMENT: {SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES},
    SEEK_HEAD: {SEEK},
    INFO: {0x2AD7B1, 0x4489, MUXER, WRITER},
    TRACKS: {TRACK},
    # Number, UID, type, flags, durations, language, codec and its data, delays, and how video and audio are laid out.
    TRACK: {0xD7, 0x73C5, TRACK_TYPE, 0xB9, 0x88, 0x55AA, 0x55AB, 0x55AC, 0x55AD, 0x55AE, 0x55AF, 0x9C, 0x6DE7, 0x6DF8}
    | {0x23E383, 0x234E7A, 0x23314F, 0x55EE, 0x22B59C, 0x22B59D, CODEC, CODEC_PRIVATE, 0xAA, 0x56AA, 0x56BB, 0xE0, 0xE1},
}
CODECS = {b"V_VP8", b"V_VP9", b"V_AV1", b"A_VORBIS", b"A_OPUS", b"S_TEXT/WEBVTT", b"D_WEBVTT/SUBTITLES", b"D_WEBVTT/CAPTIONS"}
OTHER_CODING = _("The WebM file holds a track that WebM does not know. Export it again as WebM with VP8, VP9 or AV1, or as MP4.")


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its id, where it starts, where its content starts and ends."""

    id: int
    start: int
    body: int
    end: int


def clean(work: Working) -> bool:
    """Whether the file, now plain, has a film in it; raises Refused for what is not a whole WebM file."""
    header, *segments = _children(work, 0, work.size)
    if [header.id, *(part.id for part in segments)] != [HEADER, SEGMENT]:
        raise Refused(DAMAGED)
    _swept(work, header)
    types = [_track(work, track) for part in _swept(work, segments[0]) for track in _inside(work, part)]
    if not {VIDEO, SOUND} & set(types):
        raise Refused(gettext("There is neither film nor sound in the file. {other_coding}").format(other_coding=OTHER_CODING))
    return VIDEO in types


def _inside(work: Working, part: Element) -> list[Element]:
    """The tracks of a part of the segment, once it is plain."""
    if part.id not in KEPT:
        return []
    inner = _swept(work, part)
    for element in inner:
        if part.id == SEEK_HEAD:
            _unseek(work, element)
        elif element.id in (MUXER, WRITER):  # both must be there, and may be empty
            work.blank(element.body, element.end)
    return inner if part.id == TRACKS else []


def _swept(work: Working, parent: Element) -> list[Element]:
    """The children that stay; the others are made Void."""
    kept = []
    for child in _children(work, parent.body, parent.end):
        if child.id in KEPT[parent.id]:
            kept.append(child)
        else:
            _void(work, child)
    return kept


def _void(work: Working, element: Element) -> None:
    """An element of the same size that players pass over."""
    size = element.end - element.start
    work.blank(element.start, element.end)
    length = 8 if size > 8 else 1
    work.put(element.start, bytes([VOID]) + (size - 1 - length | 1 << 7 * length).to_bytes(length, "big"))


def _unseek(work: Working, seek: Element) -> None:
    """Takes away a pointer to something that is no longer there."""
    ids = [int.from_bytes(work.take(child.body, min(4, child.end - child.body)), "big") for child in _of(work, seek, SEEK_ID)]
    if not ids or ids[0] not in KEPT[SEGMENT]:
        _void(work, seek)


def _track(work: Working, track: Element) -> int:
    """The type of a track that WebM knows, freed of names and of what the codec's own data tells."""
    _swept(work, track)
    types = [work.number(child.body, child.end - child.body) for child in _of(work, track, TRACK_TYPE, most=8)]
    codecs = [work.take(child.body, child.end - child.body).rstrip(b"\0") for child in _of(work, track, CODEC, most=64)]
    if len(types) != 1 or len(codecs) != 1 or types[0] not in (VIDEO, SOUND, CAPTIONS) or codecs[0] not in CODECS:
        raise Refused(OTHER_CODING)
    for child in _of(work, track, CODEC_PRIVATE, most=1 << 20):
        if codecs[0] == b"A_VORBIS":
            work.put(child.body, ogg.plain_headers(work.take(child.body, child.end - child.body)))
    return types[0]


def _of(work: Working, parent: Element, wanted: int, most: int = 16) -> list[Element]:
    found = [child for child in _children(work, parent.body, parent.end) if child.id == wanted]
    if any(child.end - child.body > most for child in found):
        raise Refused(DAMAGED)
    return found


def _children(work: Working, start: int, end: int) -> Iterator[Element]:
    """The elements that stand one after the other; raises Refused for one that is larger than what it stands in."""
    while start < end:
        work.count()
        element = _element(work, start, end)
        yield element
        start = element.end


def _element(work: Working, start: int, end: int) -> Element:
    name, name_length = _number(work, start, 4)
    size, size_length = _number(work, start + name_length, 8)
    body = start + name_length + size_length
    unknown = size == (1 << 7 * size_length) - 1  # as a browser writes while it records
    stop = _open_end(work, name, body, end) if unknown else body + size
    if stop > end:
        raise Refused(DAMAGED)
    return Element(name | 1 << 7 * name_length, start, body, stop)


def _open_end(work: Working, name: int, body: int, end: int) -> int:
    """Where an element of unknown size ends: a segment with the file, a cluster with the next part of the segment."""
    if name | 1 << 28 == SEGMENT:
        return end
    if name | 1 << 28 != CLUSTER:
        raise Refused(DAMAGED)
    while body < end:
        work.count()
        if work.number(body, 1) >> 4 == 1:  # ids of four bytes belong to the segment
            return body
        body = _element(work, body, end).end
    return end


def _number(work: Working, start: int, longest: int) -> tuple[int, int]:
    """A number that says its own length by its first set bit, without that bit, and the length (RFC 8794, 4)."""
    length = 9 - work.number(start, 1).bit_length()
    if length > longest:
        raise Refused(DAMAGED)
    return work.number(start, length) & ((1 << 7 * length) - 1), length
