"""When a form was given out, signed into it: what comes back at once was not written by a person."""

from enum import StrEnum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

# Seconds.
TOO_SOON, TOO_LATE = 2, 24 * 60 * 60
signer = TimestampSigner(salt="home.feedback")


class Trouble(StrEnum):
    NONE = ""
    SOON = "soon"
    LATE = "late"


def new(place: str) -> str:
    """The stamp of a form about the place, given out now."""
    return signer.sign(place)


def trouble(stamp: str, place: str) -> Trouble:
    """What is wrong with the stamp of a form about the place; one that is not ours counts as too old."""
    try:
        if signer.unsign(stamp, max_age=TOO_LATE) != place:
            return Trouble.LATE
    except BadSignature:
        return Trouble.LATE
    return Trouble.SOON if is_younger(stamp, TOO_SOON) else Trouble.NONE


def is_younger(stamp: str, seconds: int) -> bool:
    try:
        signer.unsign(stamp, max_age=seconds)
    except SignatureExpired:
        return False
    return True
