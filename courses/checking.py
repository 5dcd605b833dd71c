"""Which courses somebody should look at, and the regular look at their addresses."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from careers.scales import Standing

from .links import Found, Rules, look
from .models import Course, LinkCheck
from .scales import BROKEN

UNCHECKED = (Standing.UNVERIFIED, Standing.MISSING)
UNVERIFIED = Q(status__in=UNCHECKED) | Q(cost_status__in=UNCHECKED) | Q(length_status__in=UNCHECKED)
# One failure may be the site's bad day, or ours.
LINK_BROKEN = Q(link_check__state__in=BROKEN, link_check__failures__gt=1, link_check__url=F("url"))
LINK_MOVED = Q(link_check__state="moved", link_check__url=F("url"))
NEVER_CHECKED = Q(checked_on=None)
A_YEAR = timedelta(days=365)
AGAIN_AFTER = timedelta(days=14)
AGAIN_AFTER_A_FAILURE = timedelta(days=1)


def long_ago() -> Q:
    """Courses that somebody checked, but not within a year."""
    return Q(checked_on__lt=timezone.localdate() - A_YEAR)


def to_check() -> QuerySet[Course]:
    """Courses with something to look at, the longest unseen first."""
    doubtful = NEVER_CHECKED | long_ago() | UNVERIFIED | LINK_BROKEN | LINK_MOVED
    found = Course.objects.filter(doubtful).select_related("provider", "link_check")
    return found.order_by(F("checked_on").asc(nulls_first=True), "title", "pk")


def reasons(course: Course) -> list[str]:
    """Why the course is among those to check, in words; its `link_check` is loaded with it."""
    checks = {"facts": course.status, "cost": course.cost_status, "length": course.length_status}
    doubts = [name for name, status in checks.items() if status in UNCHECKED]
    age = []
    if course.checked_on is None:
        age = [gettext("never checked")]
    elif course.checked_on < timezone.localdate() - A_YEAR:
        age = [gettext("checked over a year ago")]
    return age + ([f"unverified: {', '.join(doubts)}"] if doubts else []) + link_reasons(course)


def link_reasons(course: Course) -> list[str]:
    link = getattr(course, "link_check", None)
    if link is None or link.url != course.url:
        return []
    if link.is_broken:
        return [gettext("link broken: {detail}").format(detail=link.detail).rstrip(": ")]
    return [gettext("link leads to {moved_to}").format(moved_to=link.moved_to)] if link.state == "moved" else []


def due(now: datetime) -> QuerySet[Course]:
    """Published courses whose address is due for a look: the new and the changed first, then the longest unseen."""
    failed = Q(link_check__failures__gt=0, link_check__checked_at__lt=now - AGAIN_AFTER_A_FAILURE)
    unseen = Q(link_check=None) | ~Q(link_check__url=F("url")) | Q(link_check__checked_at__lt=now - AGAIN_AFTER)
    order = F("link_check__checked_at").asc(nulls_first=True)
    return Course.objects.filter(unseen | failed, live=True).order_by(order, "pk")


def check_links(*, most: int, rules: Rules | None = None) -> int:
    """Look at the addresses of up to so many courses, each address once; returns the number of courses."""
    rules = rules or Rules(agent=f"Greenlight link check (+{settings.WAGTAILADMIN_BASE_URL})")
    seen: dict[str, Found] = {}
    courses = list(due(timezone.now()).values_list("pk", "url")[:most])
    for pk, url in courses:
        if url not in seen:
            seen[url] = look(url, rules)
        note(pk, url, seen[url])
    return len(courses)


@transaction.atomic
def note(course: int, url: str, found: Found) -> None:
    """Keep what was found, unless the course has gone or has another address by now."""
    if not Course.objects.select_for_update().filter(pk=course, url=url).first():
        return
    before = LinkCheck.objects.filter(course=course, url=url).first()
    failures = min((before.failures if before else 0) + 1, 1000) if found.state in BROKEN else 0
    facts = {"state": found.state, "detail": found.detail[:200], "moved_to": found.moved_to, "failures": failures}
    LinkCheck.objects.update_or_create(course_id=course, defaults={"url": url, "checked_at": timezone.now(), **facts})
