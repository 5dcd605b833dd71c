"""Where a layer above says what a reader still lacks for a role; without one, nobody lacks anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .ranking import Wanted


@dataclass(frozen=True, slots=True)
class Lack:
    """The role that somebody aims at, and what they still lack of each skill it asks for, by the skill's key."""

    role: str
    wanted: Mapping[int, Wanted]


Ask = Callable[[Any, int | None], Lack | None]
asked: list[Ask] = []


def register(ask: Ask) -> None:
    """Let this answer for members; the last to register does."""
    asked[:] = [ask]


def lacking(user: Any, career: int | None = None) -> Lack | None:
    """What the user lacks for the career with this key, or else for their first target role; None if they have none."""
    return asked[0](user, career) if asked and user.is_authenticated else None
