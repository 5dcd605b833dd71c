"""The list of courses: searched by title, provider, skill and text, narrowed by facets, and ordered by a gap."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.translation import gettext

from careers.explorer import MOST_FOUND, PER_PAGE, Chip, answer
from home.search import cleaned, mentioning, nearest, words_of

from . import ranking, seam
from .cards import CourseCard
from .models import Course
from .ranking import Match, Wanted


@dataclass(frozen=True, slots=True)
class Shown:
    """A course in the list, with the reason why it stands there if the list is ordered by a gap."""

    card: CourseCard
    reason: str


@dataclass(frozen=True, slots=True)
class Aim:
    """The gap that the list is ordered by: the role's, or what is left of it for the reader."""

    role: str
    is_own: bool
    wanted: Mapping[int, Wanted]


def results(form, user):
    """The Results for a valid CourseFilter, each course as Shown, and the Aim they are ordered by if there is one.

    One statement for the words, three for a member's own gap.
    """
    shelf, asked = form.catalogue.shelf, form.cleaned_data
    words = cleaned(asked["q"])
    found = searched(words, shelf) if words else []
    within = shelf.some(found) if words else None
    aim = aimed(form, user) if by_gap(asked) else None
    matches = ranking.ranked((card.offer for card in shelf.cards), aim.wanted) if aim else []
    matching = shelf.matching(form.chosen, within)
    paginator = Paginator(shelf.listed(matching, *order(asked, found, matches)), PER_PAGE)
    better = did_you_mean(words, shelf) if words and not found else ""
    answered = answer(form, shelf, within, paginator, better)
    if form.role_asked:
        answered.chips.append(Chip(gettext("For: {title}").format(title=form.role_asked.title), form.address(role="")))
    answered.page.object_list = shown(answered.page, aim, matches, form.catalogue.titles)
    return answered, aim


def by_gap(asked):
    """Whether the list is ordered by a gap: asked for, or the natural order once there is a role and no words."""
    return asked["sort"] == "gap" or (asked["sort"] == "match" and asked["role"] and not asked["q"])


def aimed(form, user):
    """The gap of the role that was chosen; for a member what they still lack of it, or of their own target role."""
    role = form.role_asked
    lack = seam.lacking(user, role.key if role else None)
    if lack:
        return Aim(role.title if role else lack.role, True, lack.wanted)
    return Aim(role.title, False, role.wanted) if role else None


def order(asked, found, matches):
    """The order of the shelf, and the slugs in it when it is by rank."""
    if matches:
        return "match", [each.offer.key for each in matches]
    return ("title" if asked["sort"] == "gap" else asked["sort"]), found


def shown(cards, aim, matches: list[Match], titles):
    found = {each.offer.key: each for each in matches}
    return [Shown(card, ranking.reason(found[card.slug], aim.wanted, titles) if aim else "") for card in cards]


def searched(words, shelf):
    """Slugs of the courses that are called so, then by provider or skill, then of those that mention the words."""
    asked = words_of(words)
    named = [card.slug for card in shelf.cards if holds(card.named, asked)]
    known = [card.slug for card in shelf.cards if holds(card.mentioned, asked)]
    told = mentioning(words, Course.objects.filter(live=True), MOST_FOUND, "slug")
    return list(dict.fromkeys([*named, *known, *told]))


def holds(words, asked):
    """Whether every word asked begins one of the words."""
    return all(any(word.startswith(start) for word in words) for start in asked)


def did_you_mean(words, shelf):
    """The words with each unknown one replaced by the known one most like it; empty if that changes nothing."""
    known = sorted({word for card in shelf.cards for word in card.mentioned if len(word) > 2})
    asked = words_of(words)
    better = [word if word in known else nearest(word, known) for word in asked]
    return " ".join(better) if better != asked else ""
