"""Who can be found: adults whose portfolio is public and who asked to stand in the directory."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext

from careers.skill_words import skill_name
from home.words import fold

from . import partial_dates
from .models import Evidence, Profile
from .scales import Availability, Section

EVERYBODY = AnonymousUser()
MOST_SKILLS = 3
# When somebody came into the list, in microseconds, and their key.
KEY = re.compile(r"([0-9]{1,16})_([0-9]{1,18})")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shows:
    """A skill and how many pieces of evidence for it everybody may see."""

    title: str
    slug: str
    pieces: int


@dataclass(frozen=True, slots=True)
class Person:
    """What the directory shows of a listed portfolio; any words but the name may be empty."""

    name: str
    address: str
    headline: str
    role: str
    place: str
    availability: str
    skills: list[Shows]


def people_text(profile: Profile) -> str:
    """What the words of a search in the directory are looked for in; kept as the profile's `search_text`."""
    return fold(" ".join([profile.display_name, profile.headline, profile.place]))


def people() -> QuerySet[Profile]:
    """Everybody who can be found, who came into the list last first, with the title of their role if its page stands."""
    found = Profile.objects.visible_to(EVERYBODY).listed()
    return found.annotate(role=F("career__title"), has_role=F("career__live")).defer("about", "search_text", "links")


def called(found: QuerySet[Profile], words: str) -> QuerySet[Profile]:
    """Those in whose name, headline and place each of the words stands."""
    for word in fold(words).split():
        found = found.filter(search_text__contains=word)
    return found


def showing(found: QuerySet[Profile], skill: str) -> QuerySet[Profile]:
    """Those with evidence of the skill in completed work that everybody may see, unless they switched the section off."""
    pieces = Evidence.objects.visible_to(EVERYBODY).counting().filter(entry__owner=OuterRef("owner"), skill__slug=skill)
    off = Cast("hidden", TextField())
    return found.annotate(off=off).exclude(off__contains=f'"{Section.SKILLS.value}"').filter(Exists(pieces))


def beyond(found: QuerySet[Profile], key: str) -> QuerySet[Profile]:
    """Those after a key that `key_of` made; a key that is none of ours changes nothing."""
    match = KEY.fullmatch(key)
    if not match:
        return found
    listed_at = BEGINNING + timedelta(microseconds=int(match[1]))
    return found.filter(Q(listed_at__lt=listed_at) | Q(listed_at=listed_at, owner__lt=int(match[2])))


def key_of(profile: Profile) -> str:
    return f"{(profile.listed_at - BEGINNING) // timedelta(microseconds=1)}_{profile.owner_id}"


def cards(found: Iterable[Profile]) -> list[Person]:
    """The profiles of `people()` as the directory shows them: one statement for all, none for nobody."""
    profiles = list(found)
    shown = skills_of([each.owner_id for each in profiles if Section.SKILLS not in each.hidden])
    return [card(each, shown[each.owner_id]) for each in profiles]


def card(profile: Profile, skills: list[Shows]) -> Person:
    role = profile.role if profile.has_role else ""
    name = profile.display_name or profile.handle
    words = availability(profile)
    return Person(name, profile.get_absolute_url(), profile.headline, role, profile.place, words, skills[:MOST_SKILLS])


def availability(profile: Profile) -> str:
    """Whether somebody looks for work, in words; nothing for those who do not look or do not say."""
    if profile.availability == Availability.FROM and profile.available_from:
        return gettext("Free from {available_from}").format(available_from=partial_dates.words(profile.available_from))
    looks = profile.availability in (Availability.OPEN, Availability.FROM)
    return str(Availability(profile.availability).label) if looks else ""


def skills_of(owners: list[int]) -> defaultdict[int, list[Shows]]:
    """What each of the owners shows to everybody, most pieces first: one statement."""
    found: defaultdict[int, list[Shows]] = defaultdict(list)
    if owners:
        seen = Evidence.objects.visible_to(EVERYBODY).counting().filter(entry__owner__in=owners).order_by()
        counted = seen.values_list("entry__owner", "skill__title", "skill__slug").annotate(pieces=Count("pk"))
        for owner, title, *shown in counted.order_by("-pieces", "skill__title"):
            found[owner].append(Shows(skill_name(title), *shown))
    return found
