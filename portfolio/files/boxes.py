"""The boxes of an ISO base media file (MP4, MOV, M4A), as a tree of the known ones (ISO/IEC 14496-12)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .limits import Refused
from .working import DAMAGED, Working

FILE = b"file"
EMPTY = frozenset([b"free", b"skip", b"wide"])

# What may stay, by where it stands. Everything else is blanked: a camera's own boxes are where positions hide.
KEPT = {
    FILE: b"ftyp styp moov moof mdat sidx ssix mfra".split(),
    b"moov": b"mvhd trak mvex iods".split(),
    b"trak": b"tkhd mdia edts tref tapt".split(),
    b"mdia": b"mdhd hdlr minf elng".split(),
    b"minf": b"vmhd smhd nmhd sthd hmhd gmhd hdlr dinf stbl".split(),
    b"dinf": b"dref".split(),
    b"stbl": b"stsd stts ctts stsc stsz stco co64 stss stsh sdtp sbgp sgpd cslg stps subs".split(),
    b"moof": b"mfhd traf".split(),
    b"traf": b"tfhd tfdt trun sdtp sbgp sgpd subs".split(),
}
# Inside the description of a picture's coding.
KEPT_OF_CODING = b"avcC hvcC vpcC av1C lhvC dvcC dvvC colr pasp clap btrt fiel gama mdcv clli chrm SmDm CoLL".split()
CODING = 86  # bytes of a VisualSampleEntry before its boxes
CODING_NAME = slice(50, 82)


@dataclass(slots=True)
class Box:
    """A box: its type, where it starts, where its content starts, where it ends, and the boxes in it."""

    kind: bytes
    start: int
    body: int
    end: int
    inside: list["Box"] = field(default_factory=list)

    def all(self, kind: bytes) -> list["Box"]:
        return [box for box in self.inside if box.kind == kind]

    def one(self, *path: bytes) -> "Box":
        """The only box at this path; raises Refused when there is none, or a second one to disagree with it."""
        found = self
        for kind in path:
            same = found.all(kind)
            if len(same) != 1:
                raise Refused(DAMAGED)
            found = same[0]
        return found


def tree(work: Working) -> Box:
    """The whole file as one box."""
    return _filled(work, Box(FILE, 0, 0, work.size))


def _filled(work: Working, box: Box) -> Box:
    """The box with what is in it. Only known nestings are followed, which is also what bounds the depth."""
    for inner in children(work, box.body, box.end, at_top=box.kind == FILE):
        known = inner.kind in KEPT and inner.kind in KEPT[box.kind]
        box.inside.append(_filled(work, inner) if known else inner)
    return box


def children(work: Working, start: int, end: int, *, at_top: bool = False) -> Iterator[Box]:
    """The boxes that stand one after the other; raises Refused for a size that cannot be."""
    while end - start >= 8:
        work.count()
        box = _box(work, start, end, at_top)
        yield box
        start = box.end
    if start < end:
        work.blank(start, end)


def _box(work: Working, start: int, end: int, at_top: bool) -> Box:
    size, kind, header = work.number(start, 4), work.take(start + 4, 4), 8
    if size == 1:
        size, header = work.number(start + 8, 8), 16
    elif size == 0 and at_top:
        size = end - start
    if size < header or start + size > end:
        raise Refused(DAMAGED)
    return Box(kind, start, start + header, start + size)


def free(work: Working, box: Box) -> None:
    """Makes the box one that players pass over, with nothing in it, at the same place and of the same size."""
    work.put(box.start + 4, b"free")
    work.blank(box.body, box.end)


def sweep(work: Working, box: Box) -> None:
    """Blanks everything in the box that is not on the list, dates, names and file paths of what is."""
    for inner in box.inside:
        if inner.kind not in KEPT[box.kind]:
            work.blank(inner.body, inner.end) if inner.kind in EMPTY else free(work, inner)
        elif inner.kind in KEPT:
            sweep(work, inner)
        elif inner.kind in PARTLY:
            PARTLY[inner.kind](work, inner)


def _undated(work: Working, box: Box) -> None:
    """Created and changed: two numbers after version and flags, of 8 bytes each in version 1."""
    length = 16 if work.number(box.body, 1) == 1 else 8
    work.put(box.body + 4, bytes(length))


def _unnamed(work: Working, box: Box) -> None:
    """A handler keeps its type; the maker and the name that follow go."""
    work.blank(box.body + 12, box.end)


def _unplaced(work: Working, box: Box) -> None:
    """References keep their type; the path on somebody's disk that they may hold goes."""
    for reference in children(work, box.body + 8, box.end):
        work.blank(min(reference.body + 4, reference.end), reference.end)


PARTLY = {b"mvhd": _undated, b"tkhd": _undated, b"mdhd": _undated, b"hdlr": _unnamed, b"dref": _unplaced}


def plain_coding(work: Working, entry: Box) -> None:
    """Takes the name of the camera's encoder, and boxes that are not known, out of a picture's coding."""
    if entry.end - entry.start < CODING:
        raise Refused(DAMAGED)
    work.blank(entry.start + CODING_NAME.start, entry.start + CODING_NAME.stop)
    for box in children(work, entry.start + CODING, entry.end):
        if box.kind not in KEPT_OF_CODING:
            free(work, box)
