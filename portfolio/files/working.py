"""A copy of an upload that is read in bounded steps and changed in place."""

from typing import IO

from django.utils.translation import gettext_lazy as _

from .limits import Refused

DAMAGED = _("The file is damaged or not complete. Export it again, or play it to see whether it is whole, and send it once more.")
CROWDED = _("The file is made of more parts than can be looked through. Export it again as one plain file.")
STEP = 1 << 18


class Working:
    """A file with its size, of which no more than a number of parts is looked at."""

    def __init__(self, file: IO[bytes], parts: int):
        self.file = file
        self.size = file.seek(0, 2)
        self.parts = parts

    def take(self, start: int, length: int) -> bytes:
        """Exactly these bytes; raises Refused when the file does not have them."""
        if start < 0 or length < 0 or start + length > self.size:
            raise Refused(DAMAGED)
        self.file.seek(start)
        return self.file.read(length)

    def number(self, start: int, length: int) -> int:
        return int.from_bytes(self.take(start, length), "big")

    def put(self, start: int, content: bytes) -> None:
        """Writes over what is there; never makes the file longer."""
        if start < 0 or start + len(content) > self.size:
            raise Refused(DAMAGED)
        self.file.seek(start)
        self.file.write(content)

    def blank(self, start: int, end: int) -> None:
        """Zeros from start up to end."""
        for place in range(start, end, STEP):
            self.put(place, bytes(min(STEP, end - place)))

    def count(self, parts: int = 1) -> None:
        """Raises Refused once more parts were looked at than is sensible."""
        self.parts -= parts
        if self.parts < 0:
            raise Refused(CROWDED)
