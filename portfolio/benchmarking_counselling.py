"""A counsellor with 500 students who logged 200,000 entries, and what the pages of the desk then cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from careers.benchmarking import measure
from careers.models import CareerPage, Skill
from home.models import User

from . import benchmarking
from .counselling.querysets import COUNSELLORS
from .models import Connection, Counsellor, Entry, Goal, PlanStep, Profile
from .scales import Visibility

STUDENTS = 500
STEPS_EACH = 3
# name, address with the key of a connection in it, and the most it may cost in H on PostgreSQL
PAGES = [
    ("caseload", "/counselling/", 160),
    ("by name, page 9", "/counselling/?order=name&page=9", 160),
    ("caseload as CSV", "/counselling/list.csv", None),
    ("student", "/counselling/{}/", 130),
    ("shared entries", "/counselling/{}/entries/", 130),
    ("their portfolio", "/counselling/{}/portfolio/", None),
]


@transaction.atomic
def fill(entries: int, students: int = STUDENTS) -> User:
    """The counsellor of students who have so many entries together; every one of them shares everything."""
    first = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    benchmarking.fill(entries, entries // students)
    owners = list(User.objects.filter(pk__gt=first).order_by("pk")[:students])
    spread(first)
    made = Counsellor.objects.create(user=User.objects.create_user("desk@example.org", age_band="18+"), name="Robin Ash")
    made.user.groups.add(Group.objects.get(name=COUNSELLORS))
    aim(owners)
    connect(owners, made)
    return made.user


def spread(first: int) -> None:
    """Let the last change of each student lie up to eleven weeks back, and counsellors see what was logged."""
    day = {"postgresql": "CURRENT_TIMESTAMP - interval '1 day' * (owner_id %% 77)"}
    ago = day.get(connection.vendor, "datetime('now', '-' || (owner_id %% 77) || ' days')")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE portfolio_entry SET updated_at = {ago}, visibility = 2 WHERE owner_id > %s", [first])


def aim(owners: list[User]) -> None:
    careers = list(CareerPage.objects.readable().order_by("pk"))
    pairs = [(owner, careers[(at + place) % len(careers)], place) for at, owner in enumerate(owners) for place in range(2)]
    Goal.objects.bulk_create(Goal(owner=owner, career=career, title=career.title, place=place) for owner, career, place in pairs)


def connect(owners: list[User], counsellor: Counsellor) -> None:
    now, skill = timezone.now(), Skill.objects.order_by("pk").first()
    Profile.objects.bulk_create(Profile(owner=owner, visibility=Visibility.COUNSELLOR) for owner in owners)
    shares = {f"shares_{scope}": True for scope in ("profile", "entries", "gap", "plan")}
    given = {"origin": "invited", "counsellor_name": counsellor.name, "granted_at": now, "ends_at": now + timedelta(days=90)}
    made = Connection.objects.bulk_create(
        Connection(student=owner, counsellor=counsellor.user, student_name=f"Student {at:03}", **given, **shares)
        for at, owner in enumerate(owners)
    )
    PlanStep.objects.bulk_create(
        PlanStep(student_id=each.student_id, connection=each, by=counsellor.name, title=f"Step {number}", skill=skill)
        for each in made
        for number in range(STEPS_EACH)
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def measured(environment: dict[str, str], requests: int, entries: int) -> Iterator[list[dict[str, object]]]:
    """Each page's cost in H and count of statements, for the counsellor of the filled database."""
    counsellor = fill(entries)
    client = Client(headers={"host": "localhost"})
    client.force_login(counsellor)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    pk = Connection.objects.of_counsellor(counsellor).values_list("pk", flat=True).first()
    with measure.serving("careers.benchmarking.hello:application") as server:
        unit = measure.cost_of(server, "/", requests * 10, warm_up=200).seconds
    with measure.serving("config.wsgi:application", **environment, SECRET_KEY=settings.SECRET_KEY) as server:
        pages = [(name, address.format(pk), most) for name, address, most in PAGES]
        found = [benchmarking.row(server, client, page, requests, cookie, unit) for page in pages]
        yield [{**row, "size": Entry.objects.count()} for row in found]
