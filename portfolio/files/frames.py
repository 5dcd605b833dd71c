"""The frames of an MP3 file: the sound is kept, whatever stands before, between and after it goes (ISO/IEC 11172-3)."""

import re

from django.utils.translation import gettext_lazy as _

from .limits import PARSE, Refused
from .working import CROWDED, DAMAGED

BITRATES = {
    True: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
VERSIONS = b"\xe2\xe3\xf2\xf3\xfa\xfb"  # layer III of MPEG 2.5, 2 and 1, each with and without a sum
LATEST_START = 1 << 16
NOT_SOUND = _("No MP3 sound was found in the file. Export it again as MP3, M4A or WAV and send that.")


def sound(content: bytes) -> bytes:
    """The frames alone, joined; raises Refused when there are none, or too much between them."""
    place, same = _first(content)
    runs = []
    while place < len(content):
        end = _run_end(content, place, same)
        runs.append(content[place:end])
        place = _next(content, end, same)
        if len(runs) > PARSE.gaps:
            raise Refused(CROWDED)
    return b"".join(runs)


def _run_end(content: bytes, place: int, same: re.Pattern[bytes]) -> int:
    """Where the frames end that follow each other from here on, without one that is cut off."""
    while same.match(content, place) and (end := place + _length(content, place)) <= len(content):
        place = end
    return place


def _pattern(versions: bytes, rates: tuple[int, ...]) -> re.Pattern[bytes]:
    """Headers of these versions and sampling rates, whose bit rate is neither free nor void."""
    rest = bytes(octet for octet in range(0x10, 0xF0) if octet >> 2 & 3 in rates)
    return re.compile(b"\xff[" + re.escape(versions) + b"][" + re.escape(rest) + b"]", re.DOTALL)


ANY = _pattern(VERSIONS, (0, 1, 2))


def _first(content: bytes) -> tuple[int, re.Pattern[bytes]]:
    """Where the first frame starts that another follows, and what the headers of all others look like."""
    start = _after_tags(content)
    for found in ANY.finditer(content, start, start + LATEST_START):
        place = found.start()
        same = _pattern(content[place + 1 : place + 2], (content[place + 2] >> 2 & 3,))
        if same.match(content, place + _length(content, place)):
            return place, same
    raise Refused(NOT_SOUND)


def _after_tags(content: bytes) -> int:
    """Where the ID3 tags at the beginning end, by the size each states (ID3v2.4, 3.1)."""
    start = 0
    while content[start : start + 3] == b"ID3":
        size = 0
        for octet in content[start + 6 : start + 10]:
            size = size << 7 | octet & 0x7F
        start += 10 + size + (10 if content[start + 5 : start + 6] >= b"\x10" else 0)
        if start > len(content):
            raise Refused(DAMAGED)
    return start


def _next(content: bytes, start: int, same: re.Pattern[bytes]) -> int:
    """The next header that another follows: in the middle of a tag one alone may only look like it."""
    for tries, found in enumerate(same.finditer(content, start)):
        if same.match(content, found.start() + _length(content, found.start())):
            return found.start()
        if tries > PARSE.gaps:
            raise Refused(CROWDED)
    return len(content)


def _length(content: bytes, place: int) -> int:
    """The bytes of the frame whose header stands here."""
    version, third = content[place + 1] >> 3 & 3, content[place + 2]
    bitrate = BITRATES[version == 3][(third >> 4) - 1] * 1000
    return (144 if version == 3 else 72) * bitrate // RATES[version][third >> 2 & 3] + (third >> 1 & 1)
