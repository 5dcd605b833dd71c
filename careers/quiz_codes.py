"""A result of the quiz as a code that its owner keeps: the answers themselves, sealed, in letters easy to copy. Pure."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .quiz import STATEMENTS
from .scales import Liking

# Crockford's Base32: no I, L, O or U, so that nobody takes a letter for a figure.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans("OIL", "011")
BETWEEN = str.maketrans("", "", "- \t\r\n")
LENGTH, GROUP, BITS = 30, 5, 5
VALUES = len(Liking) + 1  # with "not answered"
EDITION_BITS, DAY_BITS, SEAL_BITS = 12, 14, 46
PAYLOAD_BYTES = 13
FIRST_DAY = date(2026, 1, 1)
# Nothing that long was ever a code; it is not even looked at.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Taking:
    """The quiz as somebody took it: to which edition, when, and the answers in the edition's order, 0 for none."""

    edition: int
    taken_on: date
    answers: tuple[int, ...]


class Unreadable(Exception):
    """Why a code cannot be read: "empty", "characters", "length" or "seal"; `length` is how many characters it has."""

    def __init__(self, reason: str, length: int = 0):
        self.reason, self.length = reason, length
        super().__init__(reason)


def encode(taking: Taking, key: bytes) -> str:
    """The code, in groups; ValueError for what no code can hold."""
    payload = packed(taking)
    number = payload << SEAL_BITS | seal(payload, key)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(BITS * (LENGTH - 1), -1, -BITS))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def decode(text: str, keys: Iterable[bytes]) -> Taking:
    """What the code holds, however it is spelt and by whichever of the keys it was sealed; raises Unreadable."""
    letters = plain(text)
    number = 0
    for letter in letters:
        number = number << BITS | ALPHABET.index(letter)
    payload, sealed = number >> SEAL_BITS, number & (1 << SEAL_BITS) - 1
    if not any(hmac.compare_digest(told(seal(payload, key)), told(sealed)) for key in keys):
        raise Unreadable("seal", LENGTH)
    return unpacked(payload)


def plain(text: str) -> str:
    """The thirty letters and figures of a code as it was typed: small letters, O for 0, spaces and hyphens are all right."""
    if len(text) > LONGEST:
        raise Unreadable("length", len(text))
    letters = unicodedata.normalize("NFKC", text).upper().translate(BETWEEN).translate(ALIKE)
    if not letters:
        raise Unreadable("empty")
    if not set(letters) <= set(ALPHABET):
        raise Unreadable("characters", len(letters))
    if len(letters) != LENGTH:
        raise Unreadable("length", len(letters))
    return letters


def packed(taking: Taking) -> int:
    """Edition, day and answers as one number."""
    day = (taking.taken_on - FIRST_DAY).days
    if not (0 <= taking.edition < 1 << EDITION_BITS and 0 <= day < 1 << DAY_BITS and are_answers(taking.answers)):
        raise ValueError("No code can hold this.")
    number = taking.edition << DAY_BITS | day
    for answer in taking.answers:
        number = number * VALUES + answer
    return number


def are_answers(answers: Sequence[int]) -> bool:
    return len(answers) == STATEMENTS and all(0 <= answer < VALUES for answer in answers)


def unpacked(number: int) -> Taking:
    answers = []
    for _ in range(STATEMENTS):
        number, answer = divmod(number, VALUES)
        answers.append(answer)
    edition, day = number >> DAY_BITS, number & (1 << DAY_BITS) - 1
    return Taking(edition, FIRST_DAY + timedelta(days=day), tuple(reversed(answers)))


def seal(payload: int, key: bytes) -> int:
    """The first bits of an HMAC (RFC 2104) with SHA-256 over the payload."""
    digest = hmac.new(key, payload.to_bytes(PAYLOAD_BYTES, "big"), hashlib.sha256).digest()
    return int.from_bytes(digest, "big") >> 256 - SEAL_BITS


def told(number: int) -> bytes:
    return number.to_bytes(PAYLOAD_BYTES, "big")
