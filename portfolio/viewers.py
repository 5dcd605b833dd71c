"""Who looks at what a member owns, when it is not simply a user of the site."""

from dataclasses import dataclass

from .scales import Visibility


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who see one member's portfolio from a level on: the holders of a link, or its owner looking as they would.

    `owner` is the member's key. `entries`, if it is not None, are the keys of the only entries they get. A rehearsal shows
    the owner what the audience would see if the portfolio as a whole were open to it. Stands wherever `visible_to()`
    takes a viewer.
    """

    owner: int
    level: Visibility
    entries: frozenset[int] | None = None
    is_rehearsal: bool = False

    @property
    def is_authenticated(self) -> bool:
        return False
