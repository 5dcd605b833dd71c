"""What somebody is asked to confirm: exactly what they are shown of an entry, and nothing beside it. Pure."""

from dataclasses import dataclass
from hashlib import sha256

from careers.scales import Level


@dataclass(frozen=True, slots=True)
class Piece:
    """A skill of the entry at the level that its owner claims; `key` is the evidence's."""

    key: int
    skill: str
    level: int

    @property
    def words(self) -> str:
        return str(Level(self.level).label)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says that they did what, when and where, and the skills it shows.

    What is not here is shown to nobody who is asked: no reflection, notes, files, contacts or other entries.
    """

    who: str
    title: str
    role: str
    when: str
    organisation: str
    description: str
    pieces: tuple[Piece, ...]

    @property
    def mark(self) -> str:
        """What tells this claim from the same entry's after it was changed in anything that is shown."""
        return sha256(repr(self).encode(errors="backslashreplace")).hexdigest()


def affirmed(claim: Claim, levels: dict[int, int]) -> dict[int, int]:
    """The levels by piece that stand: of pieces of the claim, none above what is claimed; 0 says nothing and is left out."""
    claimed = {piece.key: piece.level for piece in claim.pieces}
    return {key: min(level, claimed[key]) for key, level in levels.items() if key in claimed and level > 0}
