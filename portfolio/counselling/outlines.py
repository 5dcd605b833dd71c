"""What a plan says: its goals and actions as plain words, what differs between two of them, what is carried over. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext

from home.wording import day_words


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do for a goal: by whom ("student" or "counsellor"), and until when."""

    text: str
    whose: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal with what is to be done for it; `skill` is the key of the skill it is about."""

    text: str
    skill: int | None = None
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """All that the two sides agree on when they agree on a plan."""

    title: str
    review_on: date | None = None
    aims: tuple[Aim, ...] = ()

    @property
    def mark(self) -> str:
        """What tells this text from the same plan's after anything in it was changed."""
        return sha256(repr(self).encode(errors="backslashreplace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """A goal (no `task`), or something to do for it."""

    goal: str
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new text asks for that the old one did not, and what it leaves out."""

    added: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone)


def lines(outline: Outline) -> list[Line]:
    """The goals and actions one by one, in their order."""
    return [line for aim in outline.aims for line in (Line(aim.text), *(Line(aim.text, task) for task in aim.tasks))]


def changes(before: Outline, after: Outline) -> Changes:
    """What changed from one to the other. An action that is worded anew, or due on another day, is both new and gone."""
    return Changes(tuple(beyond(lines(after), lines(before))), tuple(beyond(lines(before), lines(after))))


def beyond(found: Iterable[Line], known: Iterable[Line]) -> Iterable[Line]:
    """The lines that are not among those known, as often as they are more."""
    left = Counter(known)
    for line in found:
        if left[line]:
            left[line] -= 1
        else:
            yield line


def written(outline: Outline) -> str:
    """The goals and actions as lines of text, to be read beside another's."""
    return "\n".join(words(line) for line in lines(outline))


def words(line: Line) -> str:
    if not line.task:
        return line.goal
    whose = gettext("counsellor") if line.task.whose == "counsellor" else gettext("student")
    if line.task.due_on:
        whose = gettext("{whose}, by {day}").format(whose=whose, day=day_words(line.task.due_on))
    return f"– {line.task.text} ({whose})"
