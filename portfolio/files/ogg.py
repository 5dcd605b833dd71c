"""Ogg files with one Opus or Vorbis stream (RFC 3533): the comments emptied in place, nothing moved."""

import struct
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .limits import PARSE, Refused
from .working import CROWDED, DAMAGED

PAGE = struct.Struct("<4sBBqIIIB")
SUM = slice(22, 26)
TURNED = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))
SEVERAL = _("The file holds several recordings one after or beside the other. Export it again as one and send that.")


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page starts, where its content starts, and the lengths of its segments."""

    start: int
    body: int
    lacing: bytes

    @property
    def end(self) -> int:
        return self.body + sum(self.lacing)


def clean(content: bytearray) -> None:
    """Empties the comments of the one stream in this file; raises Refused for anything else in it."""
    found = pages(content)
    slices = _comment(found)
    packet = b"".join(bytes(content[start:end]) for start, end, _ in slices)
    plain = plain_comment(packet)
    for start, end, page in slices:
        content[start:end], plain = plain[: end - start], plain[end - start :]
        _add_up(content, page)


def pages(content: bytearray) -> list[Page]:
    """All pages, which follow each other without a gap and belong to one stream."""
    found: list[Page] = []
    serials, start = set(), 0
    while start < len(content):
        page, serial = _page(content, start)
        serials.add(serial)
        found.append(page)
        start = page.end
        if len(found) > PARSE.pages:
            raise Refused(CROWDED)
        if len(serials) > 1:
            raise Refused(SEVERAL)
    return found


def _page(content: bytearray, start: int) -> tuple[Page, int]:
    if start + PAGE.size > len(content):
        raise Refused(DAMAGED)
    mark, version, _, _, serial, _, _, segments = PAGE.unpack_from(content, start)
    body = start + PAGE.size + segments
    page = Page(start, body, bytes(content[start + PAGE.size : body]))
    if mark != b"OggS" or version or page.end > len(content):
        raise Refused(DAMAGED)
    return page, serial


def _comment(found: list[Page]) -> list[tuple[int, int, Page]]:
    """Where the second packet of the stream lies: from the second page on, until a segment is not full."""
    slices: list[tuple[int, int, Page]] = []
    for page in found[1:]:
        end = page.body
        for length in page.lacing:
            end += length
            if length < 255:
                return [*slices, (page.body, end, page)]
        slices.append((page.body, end, page))
    raise Refused(DAMAGED)


def plain_comment(packet: bytes) -> bytes:
    """A comment packet of the same length that says nothing (RFC 7845, 5.2; Vorbis I, 5.2.1)."""
    if packet.startswith(b"OpusTags"):
        plain = b"OpusTags" + bytes(8)
    elif packet.startswith(b"\x03vorbis"):
        plain = b"\x03vorbis" + bytes(8) + b"\x01"
    else:
        raise Refused(DAMAGED)
    if len(plain) > len(packet):
        raise Refused(DAMAGED)
    return plain.ljust(len(packet), b"\0")


def plain_headers(packed: bytes) -> bytes:
    """The three headers of Vorbis as Matroska packs them, with the second saying nothing (RFC 9559, codec mappings)."""
    place, lengths = 1, [0, 0]
    if packed[:1] != b"\x02":
        raise Refused(DAMAGED)
    for which in range(2):
        while packed[place : place + 1] == b"\xff":
            lengths[which] += 255
            place += 1
        lengths[which] += packed[place] if place < len(packed) else len(packed)
        place += 1
    start, end = place + lengths[0], place + sum(lengths)
    if end > len(packed):
        raise Refused(DAMAGED)
    return packed[:start] + plain_comment(packed[start:end]) + packed[end:]


def _add_up(content: bytearray, page: Page) -> None:
    """Writes the page's sum anew: the one of RFC 3533, which is zlib's with every bit order turned round."""
    content[page.start + SUM.start : page.start + SUM.stop] = bytes(4)
    turned = bytes(content[page.start : page.end]).translate(TURNED)
    total = zlib.crc32(turned, 0xFFFFFFFF) ^ 0xFFFFFFFF
    content[page.start + SUM.start : page.start + SUM.stop] = total.to_bytes(4, "little").translate(TURNED)[::-1]
