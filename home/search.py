"""The search seam: apps register what can be found; queries are cleaned here and answered in groups."""

import difflib
import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from wagtail.search.backends import get_search_backend

from .models import GuideVersion
from .serving import kept
from .words import fold

LONGEST, MOST_WORDS = 100, 10
# By language, without accents. "Son" is no small word: in French it is what a sound recordist records.
SMALL_WORDS = {
    "en": frozenset(
        "a an and are as at be become by can do does for how i in is it me my of on or the to what which who with you".split()
    ),
    "fr": frozenset(
        "a au aux avec c ce ces comment d dans de des devenir du en est et etre faire fait il j je l la le les m ma me mes mon n "
        "on ou par pour qu que quel quelle quelles quels qui quoi s se sont sur un une vous".split()
    ),
    "es": frozenset(
        "a al como con cual cuales de del donde e el en es hace hacer la las lo los me mi mis o para por que quien quienes se "
        "ser son su sus un una unos unas y yo".split()
    ),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, where it is, a line about it and a word beside it."""

    title: str
    url: str
    summary: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class Name:
    """A name by which something can be found; one thing may have several."""

    text: str
    group: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class Source:
    """What an app offers to search.

    `names` tells every name of what anybody may read; `find` answers cleaned words with groups, given the hits by name
    of each group.
    """

    names: Callable[[], Iterable[Name]]
    find: Callable[[str, "dict[str, list[Hit]]", "Names"], Iterable[Group]]


class Names:
    """Every name that can be found in a version of the guide, by its words; answers without a statement."""

    def __init__(self, names: Iterable[Name], version: int):
        self.version = version
        self.names = sorted({name for name in names if name.text}, key=lambda name: name.text.casefold())
        self.plain = [" ".join(words_of(name.text)) for name in self.names]
        self.holders: dict[str, set[int]] = {}
        for place, plain in enumerate(self.plain):
            for word in plain.split():
                self.holders.setdefault(word, set()).add(place)
        self.words = sorted(self.holders)
        self.hits = {name.hit.url: name.hit for name in self.names}

    def beginning(self, query: str) -> list[Name]:
        """Names in which every word of the query begins a word: those equal to it first, then those that begin with it."""
        asked = words_of(query)
        if not asked:
            return []
        places = set.intersection(*(self.holding(word) for word in asked))
        start = " ".join(asked)
        return [self.names[place] for place in sorted(places, key=lambda place: (closeness(self.plain[place], start), place))]

    def holding(self, start: str) -> set[int]:
        """The places of the names with a word that begins so."""
        first = bisect_left(self.words, start)
        found: set[int] = set()
        for word in itertools.islice(self.words, first, None):
            if not word.startswith(start):
                break
            found |= self.holders[word]
        return found


def closeness(plain: str, start: str) -> int:
    return 0 if plain == start else 1 if plain.startswith(start) else 2


@dataclass(slots=True)
class Registry:
    sources: list[Source] = field(default_factory=list)

    def register(self, source: Source) -> None:
        self.sources.append(source)

    def find(self, query: str) -> list[Group]:
        """The groups that hold something for the words, in the order the apps registered them."""
        words = cleaned(query)
        if not words:
            return []
        names = self.names()
        named: dict[str, list[Hit]] = {}
        for name in names.beginning(words):
            hits = named.setdefault(name.group, [])
            if name.hit not in hits:
                hits.append(name.hit)
        return [group for source in self.sources for group in source.find(words, named, names) if group.hits]

    def names(self, version: int | None = None) -> Names:
        """Every name that can be found; kept until the guide changes. `version` is the guide's, if it is known already."""
        version = version or GuideVersion.current()
        return kept("names", version, lambda: Names((name for source in self.sources for name in source.names()), version))

    def suggestions(self, query: str, most: int = 10) -> list[str]:
        """Names that complete the query, the closest first."""
        return list(dict.fromkeys(name.text for name in self.names().beginning(cleaned(query))))[:most]

    def did_you_mean(self, query: str, version: int | None = None) -> str:
        """The query with each unknown word replaced by the known word most like it; empty if that changes nothing."""
        known = [word for word in self.names(version).words if len(word) > 2]
        asked = words_of(cleaned(query))
        better = [word if word in known else nearest(word, known) for word in asked]
        return " ".join(better) if better != asked else ""


registry = Registry()


def cleaned(query: str) -> str:
    """The words of a query, without what a search engine could take for syntax; at most ten, of a hundred characters.

    The small words of a question are left out unless there are no others.
    """
    words = re.findall(r"\w+", query[:LONGEST].replace("_", " "))[:MOST_WORDS]
    small = SMALL_WORDS.get((get_language() or "").partition("-")[0], frozenset())
    telling = [word for word in words if fold(word) not in small]
    return " ".join(telling or words)


def words_of(text: str) -> list[str]:
    """The words of the text, without accents."""
    return re.findall(r"\w+", fold(text))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, or the word itself."""
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.74)), word)


def mentions(words: str, queryset: Any, most: int) -> list[Any]:
    """Objects of the queryset whose text holds all the words, best first."""
    return list(get_search_backend().search(words, queryset, operator="and")[:most])


def mentioning(words: str, queryset: Any, most: int, field: str = "pk") -> list[Any]:
    """The field of each object that mentions() would return; no object is made of what the database answers."""
    found = get_search_backend().search(words, queryset, operator="and")[:most].get_queryset()
    return list(found.values_list(field, flat=True))
