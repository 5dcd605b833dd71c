"""Where in an ISO base media file the samples of a track lie, from its sample tables (ISO/IEC 14496-12, 8.7)."""

from array import array
from collections.abc import Iterator
from itertools import accumulate

from django.utils.translation import gettext

from .boxes import Box, children
from .limits import PARSE, Refused
from .working import DAMAGED, Working

Range = tuple[int, int]
WIDTHS = {4: "I", 8: "Q"}


def ranges(work: Working, track: Box, budget: list[int]) -> list[Range]:
    """Start and end of each of the track's chunks; the budget is what is left of the entries that are read."""
    table = track.one(b"mdia", b"minf", b"stbl")
    offsets = _offsets(work, table, budget)
    lengths = _lengths(work, track, table, len(offsets), budget)
    return [(start, start + length) for start, length in zip(offsets, lengths, strict=True)]


def merged(found: list[Range]) -> list[Range]:
    """The ranges in order, those that touch or overlap made one."""
    whole: list[Range] = []
    for start, end in sorted(found):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        elif start < end:
            whole.append((start, end))
    return whole


def _numbers(work: Working, start: int, count: int, width: int, budget: list[int]) -> "array[int]":
    """So many big-endian numbers; raises Refused when the file has fewer, or there are more than one clip can have."""
    budget[0] -= count
    if budget[0] < 0:
        raise Refused(gettext("The clip has more pictures and sounds than can be looked through. Cut it into shorter ones."))
    numbers = array(WIDTHS[width], work.take(start, count * width))
    numbers.byteswap()
    return numbers


def _table(work: Working, box: Box, skipped: int, width: int, budget: list[int], fields: int = 1) -> "array[int]":
    count = work.number(box.body + skipped, 4)
    start = box.body + skipped + 4
    if start + count * fields * width > box.end:
        raise Refused(DAMAGED)
    return _numbers(work, start, count * fields, width, budget)


def _offsets(work: Working, table: Box, budget: list[int]) -> "array[int]":
    if table.all(b"co64"):
        return _table(work, table.one(b"co64"), 4, 8, budget)
    return _table(work, table.one(b"stco"), 4, 4, budget)


def _lengths(work: Working, track: Box, table: Box, chunks: int, budget: list[int]) -> list[int]:
    """The bytes of each chunk."""
    sizes, counts = table.one(b"stsz"), list(_counts(work, table, chunks, budget))
    if uniform := work.number(sizes.body + 4, 4):
        return _uniform(work, track, uniform, counts)
    ends = [0, *accumulate(_table(work, sizes, 8, 4, budget))]
    lasts = [0, *accumulate(counts)]
    if lasts[-1] >= len(ends):
        raise Refused(DAMAGED)
    return [ends[last] - ends[first] for first, last in zip(lasts, lasts[1:], strict=False)]


def _counts(work: Working, table: Box, chunks: int, budget: list[int]) -> Iterator[int]:
    """How many samples each chunk has: runs of (first chunk, samples in each, description)."""
    runs = _table(work, table.one(b"stsc"), 4, 4, budget, fields=3)
    firsts = [*runs[0::3], chunks + 1]
    if chunks and (firsts[0] != 1 or any(after <= first for first, after in zip(firsts, firsts[1:], strict=False))):
        raise Refused(DAMAGED)
    for first, after, samples in zip(firsts, firsts[1:], runs[1::3], strict=False):
        yield from [samples] * (after - first)


def _uniform(work: Working, track: Box, size: int, counts: list[int]) -> list[int]:
    """Chunks of samples that are all of one size, which in QuickTime sound may be counted, not given."""
    frame, samples = (size, 1) if size > 1 or handler(work, track) != b"soun" else _sound_frame(work, track)
    return [count // samples * frame for count in counts]


def _sound_frame(work: Working, track: Box) -> Range:
    """The bytes of a sound frame and the samples in it, by the version of its description (QuickTime, "Sound media")."""
    entry = description(work, track)
    version = work.number(entry.start + 16, 2)
    if version == 1:
        return work.number(entry.start + 44, 4), work.number(entry.start + 36, 4) or 1
    channels, bits = work.number(entry.start + 24, 2), work.number(entry.start + 26, 2)
    return (work.number(entry.start + 64, 4) if version == 2 else channels * max(1, bits // 8)), 1


def description(work: Working, track: Box) -> Box:
    """The first entry of the track's sample description, whose type is its coding."""
    box = track.one(b"mdia", b"minf", b"stbl", b"stsd")
    entry = next(children(work, box.body + 8, box.end), None)
    if not entry:
        raise Refused(DAMAGED)
    return entry


def handler(work: Working, track: Box) -> bytes:
    """What the track is for, in four letters."""
    return work.take(track.one(b"mdia", b"hdlr").body + 8, 4)


def budget() -> list[int]:
    return [PARSE.samples]
