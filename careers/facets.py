"""Narrows things by facets and counts what each further choice would return. Pure.

Every facet value is the set of careers that have it, kept as the bits of one whole number: narrowing is a bitwise
and, counting is counting bits, whatever the number of things.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, or_
from typing import Generic, Protocol, TypeVar

Chosen = Mapping[str, Collection[str]]


class Faceted(Protocol):
    """What can stand on a shelf: something with a slug, a title and the values of its facets."""

    @property
    def slug(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def facets(self) -> Mapping[str, Collection[str]]: ...


Thing = TypeVar("Thing", bound=Faceted)


@dataclass(frozen=True, slots=True)
class Card:
    """What the list of careers shows of one, and the values of its facets."""

    slug: str
    title: str
    summary: str
    skills: str
    pay: str
    experience: str
    stages: tuple[bool, ...]
    rung: int
    facets: Mapping[str, Collection[str]]


class Shelf(Generic[Thing]):
    """Everything published of a kind in title order, with a bitset for each value of each facet."""

    def __init__(self, cards: Iterable[Thing]):
        self.cards = sorted(cards, key=lambda card: card.title.casefold())
        self.place = {card.slug: bit for bit, card in enumerate(self.cards)}
        self.everything = (1 << len(self.cards)) - 1
        self.sets: dict[str, dict[str, int]] = {}
        for bit, card in enumerate(self.cards):
            for facet, values in card.facets.items():
                for value in values:
                    held = self.sets.setdefault(facet, {})
                    held[value] = held.get(value, 0) | 1 << bit

    def matching(self, chosen: Chosen, within: int | None = None) -> int:
        """The things that have, in every facet chosen from, at least one of the values chosen."""
        found = self.everything if within is None else within
        for facet, values in chosen.items():
            if values:
                found &= self.any_of(facet, values)
        return found

    def any_of(self, facet: str, values: Iterable[str]) -> int:
        held = self.sets.get(facet, {})
        return reduce(or_, (held.get(value, 0) for value in values), 0)

    def counts(self, chosen: Chosen, within: int | None = None) -> dict[str, dict[str, int]]:
        """For each value of each facet, how many things it would show beside the choices in the other facets."""
        return {facet: self.counts_of(facet, chosen, within) for facet in self.sets}

    def counts_of(self, facet: str, chosen: Chosen, within: int | None) -> dict[str, int]:
        others = self.matching({name: values for name, values in chosen.items() if name != facet}, within)
        return {value: (others & held).bit_count() for value, held in self.sets[facet].items()}

    def some(self, slugs: Iterable[str]) -> int:
        """The set of the things with these slugs; unknown ones are ignored."""
        return reduce(or_, (1 << self.place[slug] for slug in slugs if slug in self.place), 0)

    def listed(self, found: int, order: str, ranked: Sequence[str] = ()) -> list[Thing]:
        """The things of the set: by rank ("match"), by title ("title"), or lowest first in the attribute so called."""
        if order == "match" and ranked:
            return [self.cards[self.place[slug]] for slug in ranked if slug in self.place and found >> self.place[slug] & 1]
        cards = [card for bit, card in enumerate(self.cards) if found >> bit & 1]
        return cards if order in ("match", "title") else sorted(cards, key=attrgetter(order))

    def without_each(self, chosen: Chosen, within: int | None = None) -> list[tuple[str, str, int]]:
        """For each choice, how many things would be left without it, the most helpful to drop first."""
        drops = [
            (facet, value, self.matching({**chosen, facet: [v for v in values if v != value]}, within).bit_count())
            for facet, values in chosen.items()
            for value in values
        ]
        return sorted(drops, key=lambda drop: -drop[2])
