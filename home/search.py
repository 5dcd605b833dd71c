"""The search seam: apps register what can be found; queries are cleaned here and answered in groups."""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from wagtail.search.backends import get_search_backend

from .models import GuideVersion

LONGEST, MOST_WORDS = 100, 10
SMALL_WORDS = frozenset(
    "a an and are as at be become by can do does for how i in is it me my of on or the to what which who with you".split()
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, where it is, and a line about it."""

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
class Source:
    """What an app offers to search: `find` answers cleaned words with groups, `words` lists the names it knows."""

    find: Callable[[str], Iterable[Group]]
    words: Callable[[], Iterable[str]]


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
        return [group for source in self.sources for group in source.find(words) if group.hits]

    def vocabulary(self) -> list[str]:
        """Every name that can be found, in alphabetical order; kept until the guide changes."""
        version = GuideVersion.objects.values_list("number", flat=True).first()
        key = f"vocabulary:{version}"
        kept = caches["guide"].get(key)
        if kept is None:
            names = {name for source in self.sources for name in source.words() if name}
            kept = sorted(names, key=str.casefold)
            caches["guide"].set(key, kept)
        return kept

    def suggestions(self, query: str, most: int = 10) -> list[str]:
        """Names that begin with the query or have a word that does, those that begin with it first."""
        start = cleaned(query).casefold()
        if not start:
            return []
        names = [name for name in self.vocabulary() if re.search(rf"\b{re.escape(start)}", name.casefold())]
        return sorted(names, key=lambda name: not name.casefold().startswith(start))[:most]

    def did_you_mean(self, query: str) -> str:
        """The query with each unknown word replaced by the known word most like it; empty if that changes nothing."""
        known = {word for name in self.vocabulary() for word in cleaned(name).casefold().split() if len(word) > 2}
        asked = cleaned(query).casefold().split()
        better = [word if word in known else nearest(word, known) for word in asked]
        return " ".join(better) if better != asked else ""


registry = Registry()


def cleaned(query: str) -> str:
    """The words of a query, without what a search engine could take for syntax; at most ten, of a hundred characters.

    The small words of a question are left out unless there are no others.
    """
    words = re.findall(r"\w+", query[:LONGEST].replace("_", " "))[:MOST_WORDS]
    telling = [word for word in words if word.casefold() not in SMALL_WORDS]
    return " ".join(telling or words)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, or the word itself."""
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.74)), word)


def matches(words: str, queryset: Any, most: int) -> list[Any]:
    """Objects of the queryset: first those whose names hold the words or begin with them, then those whose text does."""
    backend = get_search_backend()
    found = list(backend.autocomplete(words, queryset, operator="and")[:most])
    if len(found) < most:
        have = {thing.pk for thing in found}
        mentioned = backend.search(words, queryset, operator="and")[:most]
        found += [thing for thing in mentioned if thing.pk not in have][: most - len(found)]
    return found
