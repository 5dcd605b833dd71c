"""The interests quiz where it meets the database and the site's secret: editions, roles to rank, codes to hand out."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from home.models import GuideVersion
from home.serving import kept

from . import quiz, quiz_codes
from .models import CareerPage, InterestStatement, QuizEdition
from .quiz import Fit, Reading, Role, Statement
from .quiz_codes import Taking, Unreadable
from .scales import Holland

# The points of nobody, for the page that explains the ranking.
EXAMPLE = {"A": 18, "E": 15, "S": 12, "I": 9, "R": 6, "C": 4}


@dataclass(frozen=True, slots=True)
class Edition:
    """A set of statements, in the order asked, and its number."""

    number: int
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A quiz as somebody took it, what it says, and its code."""

    code: str
    taken_on: date
    edition: Edition
    answers: Mapping[str, int]
    reading: Reading

    @property
    def unanswered(self) -> list[Statement]:
        return [each for each in self.edition.statements if not self.answers[each.key]]


@transaction.atomic
def take_edition() -> QuizEdition | None:
    """The edition of what is published now, made if it is new; None while there are not five statements of each type."""
    statements = quiz.edition_of(each.as_asked for each in InterestStatement.objects.filter(live=True))
    if statements is None:
        return None
    asked = [list(astuple(each)) for each in statements]
    last = QuizEdition.objects.first()
    if last and last.asked == asked:
        return last
    # In one transaction with the edition, so that nobody keeps the one before under the new number of the guide; and
    # whoever publishes at the same time waits here.
    GuideVersion.advance()
    number = QuizEdition.objects.values_list("number", flat=True).first() or 0
    return QuizEdition.objects.create(number=number + 1, asked=asked)


def lacking() -> list[tuple[str, int]]:
    """The types of which not exactly five statements are published, by name, with how many are."""
    found = Counter(InterestStatement.objects.filter(live=True).order_by().values_list("holland", flat=True))
    return [(str(each.label), found[each.value]) for each in Holland if found[each.value] != quiz.PER_TYPE]


def current(version: int | None) -> Edition | None:
    """The edition that is asked now; None before there was one."""
    return kept("quiz", version, lambda: edition_in(QuizEdition.objects.first()))


def numbered(number: int) -> Edition | None:
    """The edition with the number. It never changes, so it is kept for as long as there is room."""
    return kept(f"quiz-edition:{number}", None, lambda: edition_in(QuizEdition.objects.filter(number=number).first()))


def key_of(edition: Edition) -> int:
    """The key of the edition's row."""
    return QuizEdition.objects.values_list("pk", flat=True).get(number=edition.number)


def edition_in(row: QuizEdition | None) -> Edition | None:
    return Edition(row.number, row.statements) if row else None


def roles(version: int | None) -> list[Role]:
    """Every readable role with an interest code."""
    return kept("quiz-roles", version, lambda: [Role(*row) for row in coded_roles()])


def coded_roles():
    found = CareerPage.objects.readable().exclude(holland_code="").order_by("title", "slug")
    return found.values_list("slug", "title", "summary", "holland_code", "holland_status")


def ranked(result: Result, version: int | None) -> list[Fit]:
    return quiz.rank(roles(version), result.reading)


def keys() -> list[bytes]:
    """What codes are sealed with, the newest first: one key a secret of the site, old secrets as long as they stand."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hashlib.sha256(b"careers.quiz" + secret.encode()).digest() for secret in secrets]


def taken(edition: Edition, answers: Mapping[str, int], taken_on: date | None = None) -> Result:
    """The result of these answers to the edition's statements, today unless told otherwise."""
    given = {each.key: answers.get(each.key) or 0 for each in edition.statements}
    day = taken_on or timezone.localdate()
    code = quiz_codes.encode(Taking(edition.number, day, tuple(given.values())), keys()[0])
    return Result(code, day, edition, given, quiz.read(edition.statements, given))


def opened(text: str) -> Result:
    """The result that a code holds, with its code as it is spelt now; raises Unreadable."""
    found = quiz_codes.decode(text, keys())
    edition = numbered(found.edition)
    if not edition:
        raise Unreadable("edition")
    answers = dict(zip((each.key for each in edition.statements), found.answers, strict=True))
    return taken(edition, answers, found.taken_on)


def changed(result: Result, asked: Edition | None) -> int:
    """How many of the statements answered are asked no more, or in other words."""
    return len(set(result.edition.statements) - set(asked.statements)) if asked else 0


def example(version: int | None) -> Fit | None:
    """The worked example of the page that explains the ranking: a role, and scores that nobody gave."""
    role = next((role for role in roles(version) if len(role.code) == len(quiz.WEIGHTS)), None)
    return quiz.fit(role, quiz.of_points(EXAMPLE)) if role else None
