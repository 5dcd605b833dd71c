"""The verbs of keeping results of the interests quiz: keep one, let one go. Each may be said twice."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from careers import interests
from careers.interests import Result
from home.models import User

from .models import InterestResult

MOST = 20


class Full(Exception):
    """There is no room for one more; its text is a sentence for the owner."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A result that the owner keeps, and the key of its row."""

    key: int
    result: Result


@transaction.atomic
def keep(*, owner: User, result: Result) -> bool:
    """Whether the result was not kept before, and is now; raises Full."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if is_kept(owner=owner, result=result):
        return False
    if InterestResult.objects.visible_to(owner).count() >= MOST:
        words = gettext("You keep {most} results, the most there is room for. Delete one, and keep this one then.")
        raise Full(words.format(most=MOST))
    InterestResult.objects.create(
        owner=owner, edition_id=interests.key_of(result.edition), taken_on=result.taken_on, answers=dict(result.answers)
    )
    return True


def let_go(*, owner: User, key: int) -> Result | None:
    """The result that was kept until now; None if it was not the owner's or is gone already."""
    found = next((kept for kept in results(owner) if kept.key == key), None)
    InterestResult.objects.visible_to(owner).filter(pk=key).delete()
    return found.result if found else None


def is_kept(*, owner: User, result: Result) -> bool:
    """Whether the owner keeps the same answers of the same day already."""
    same_day = InterestResult.objects.visible_to(owner).filter(taken_on=result.taken_on, edition__number=result.edition.number)
    return any(answers == result.answers for answers in same_day.values_list("answers", flat=True))


def results(owner: User) -> list[Kept]:
    """What the owner keeps, the latest first."""
    found = InterestResult.objects.visible_to(owner).select_related("edition")
    return [Kept(row.pk, interests.taken(interests.edition_in(row.edition), row.answers, row.taken_on)) for row in found]
