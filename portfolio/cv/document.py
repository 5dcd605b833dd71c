"""What a CV says, in plain values: the PDF, the print view and the JSON all show these and nothing else. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

# More marks than this are told by their number alone.
MOST_MARKS = 8
MOST_CREDITS, MOST_LAURELS, MOST_TRAINING, MOST_QUOTES = 200, 40, 60, 12
LONGEST_TEXT, MOST_HIGHLIGHTS = 400, 5


@dataclass(frozen=True, slots=True)
class Credit:
    """A project or a placement. `kind` is its word, `stages` their numbers and `stage_words` their names.

    `started` and `ended` are stored dates, `ended` empty while it lasts. `is_wanted` says whether it shows a skill that
    the role of the CV asks for; `wanted` are those skills' names, `skills` all names.
    """

    title: str
    role: str
    organisation: str
    kind: str
    when: str
    started: str
    ended: str
    is_placement: bool = False
    is_voluntary: bool = False
    stages: tuple[int, ...] = ()
    stage_words: str = ""
    facts: tuple[str, ...] = ()
    text: str = ""
    highlights: tuple[str, ...] = ()
    hours: str = ""
    skills: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()

    @property
    def stage(self) -> int:
        """The number of the first stage it touched; 0 for none."""
        return next(iter(self.stages), 0)

    @property
    def line(self) -> str:
        """What it was, its facts and its stages, as they stand under the title."""
        return " · ".join(filter(None, [self.kind, *self.facts, self.stage_words]))


@dataclass(frozen=True, slots=True)
class Award:
    """A selection or an award; `date` is the day it was announced."""

    title: str
    festival: str
    year: str
    work: str
    date: str


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill with the pieces that show it, how many of them are verified, and how it was used at most, in words."""

    title: str
    pieces: int
    verified: int
    level: str
    marks: tuple[int, ...] = ()

    @property
    def count(self) -> str:
        """Such as "4 pieces, 2 verified"."""
        pieces = ngettext("{number} piece", "{number} pieces", self.pieces).format(number=self.pieces)
        return gettext("{pieces}, {verified} verified").format(pieces=pieces, verified=self.verified) if self.verified else pieces


@dataclass(frozen=True, slots=True)
class Group:
    """Skills under a heading of their own; without one if the title is empty."""

    title: str
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """Completed training with its certificate, if there is one; the days of that are written YYYY-MM-DD."""

    title: str
    activity: str
    organisation: str
    when: str
    started: str
    hours: str
    issuer: str
    issued: str
    expires: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody who was there said and let us quote."""

    text: str
    name: str
    relation: str
    work: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CV:
    """A whole CV. `sections` are those its owner shows, in order; `role` is the title of the role it is made for, if any.

    `address` is where the portfolio stands for everybody, empty if it does not. `credit_count` and `training_count` are
    not cut off where the lists are.
    """

    name: str
    headline: str
    place: str
    availability: str
    languages: str
    address: str
    sections: tuple[str, ...]
    about: str = ""
    role: str = ""
    credits: tuple[Credit, ...] = ()
    credit_count: int = 0
    credit_hours: str = ""
    awards: tuple[Award, ...] = ()
    groups: tuple[Group, ...] = ()
    training: tuple[Training, ...] = ()
    training_count: int = 0
    quotes: tuple[Quote, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def projects(self) -> tuple[Credit, ...]:
        return tuple(credit for credit in self.credits if not credit.is_placement)

    @property
    def placements(self) -> tuple[Credit, ...]:
        return tuple(credit for credit in self.credits if credit.is_placement)

    @property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(skill for group in self.groups for skill in group.skills)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing beyond who somebody is."""
        return not (self.credits or self.awards or self.groups or self.training or self.quotes)


def cut(text: str, most: int = LONGEST_TEXT) -> str:
    """The first paragraph of the text on one line, ended with … at a word if it is longer than `most`."""
    first = " ".join(next((part for part in text.split("\n") if part.strip()), "").split())
    if len(first) <= most:
        return first
    kept = first[: most - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept else kept} …".replace("  ", " ")


def lines(text: str) -> tuple[str, ...]:
    """The lines of a list that somebody typed, without the bullets they put before them; a few, and each cut off."""
    return tuple(found for line in text.split("\n")[: MOST_HIGHLIGHTS * 2] if (found := cut(line.strip(" \t\r•*-–—"), 200)))[
        :MOST_HIGHLIGHTS
    ]
