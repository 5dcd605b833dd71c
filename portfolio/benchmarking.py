"""Fills a scratch database with members and their records, and measures what one of them waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.benchmarking import measure
from careers.models import CareerPage, Skill
from home.models import User
from home.scales import AgeBand

from .models import (
    CPDActivity,
    CPDCycle,
    Endorsement,
    Entry,
    Evidence,
    Feature,
    FestivalSubmission,
    Goal,
    Link,
    Profile,
    Project,
)
from .scales import Judging, Kind, State, Submission, Visibility

ENTRIES_EACH, PIECES_EACH = 10, 2
# name, address, the most it may cost in H on PostgreSQL, and whether the member is signed in
PAGES = [
    ("my plan", "/me/", 100, True),
    ("my skills", "/me/skills/", None, True),
    ("entry list", "/me/entries/", 80, True),
    ("public portfolio", "/people/measured/", 90, False),
    ("all its credits", "/people/measured/credits/", None, False),
    ("directory", "/people/", 70, False),
]

NUMBERS = {
    "postgresql": "SELECT n FROM generate_series(1, %s) n",
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %s) SELECT n FROM s",
}
UUID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
NO = {"postgresql": "false", "sqlite": "0"}


def fill(entries: int, each: int = ENTRIES_EACH) -> None:
    """Members with ten entries each, or so many, and two pieces of evidence an entry, until there are so many entries."""
    members = entries // each
    skills = list(Skill.objects.values_list("pk", flat=True))
    first = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic(), connection.cursor() as cursor:
        keys = range(first + 1, first + 1 + members)
        User.objects.bulk_create(User(pk=pk, email=f"member{pk}@example.org", age_band=AgeBand.ADULT) for pk in keys)
        cursor.execute(spines(first, each), [entries])
        cursor.execute(f"INSERT INTO portfolio_project ({', '.join(columns(Project))}) {halves()}", [entries])
        for piece in range(PIECES_EACH):
            cursor.execute(pieces(piece, len(skills), min(skills)), [entries])
    move_sequences()


def spines(first: int, each: int) -> str:
    return f"""
        INSERT INTO portfolio_entry (id, uuid, owner_id, kind, state, title, role, organisation, started, ended, minutes,
            stage_bits, description, reflection, visibility, suspension_reason, search_text, version, created_at, updated_at)
        SELECT n, {UUID[connection.vendor]}, {first} + 1 + (n - 1) / {each}, '{Kind.PROJECT}', '{State.COMPLETED}',
            'Film ' || n, 'Runner', 'Company ' || n %% 997, (2000 + n %% 26) || '-03', '', 600,
            4, 'Words about it', '', 1, '', 'film ' || n, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
        FROM ({NUMBERS[connection.vendor]}) numbers"""


def halves() -> str:
    """What every project's own half holds when nothing is filled in."""
    empty = {"entry_ptr_id": "n", "runtime": "NULL", "days_worked": "NULL", "is_own": NO[connection.vendor], "pitch": "'[]'"}
    values = ", ".join(empty.get(name, "''") for name in columns(Project))
    return f"SELECT {values} FROM ({NUMBERS[connection.vendor]}) numbers"


def pieces(piece: int, skills: int, first_skill: int) -> str:
    return f"""INSERT INTO portfolio_evidence (entry_id, skill_id, level, note)
        SELECT n, {first_skill} + (n * 7 + {piece} * 3) %% {skills}, 1 + (n + {piece}) %% 4, ''
        FROM ({NUMBERS[connection.vendor]}) numbers"""


def columns(model) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields]


def move_sequences() -> None:
    """Let PostgreSQL number on from the rows that were given their numbers."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in ("home_user", "portfolio_entry"):
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            cursor.execute("ANALYZE")


def somebody() -> User:
    """A member with a record as people have it: three dozen entries, two target roles, deadlines and a cycle."""
    member = User.objects.create_user("measured@example.org", age_band=AgeBand.ADULT)
    skills = list(Skill.objects.order_by("pk"))
    for number in range(36):
        entry = made(member, number)
        chosen = [skills[(number * 5 + place) % len(skills)] for place in range(5)]
        Evidence.objects.bulk_create(
            Evidence(entry_id=entry.pk, skill=skill, level=place % 4 + 1) for place, skill in enumerate(chosen)
        )
    for place, slug in enumerate(["associate-producer", "producer"]):
        career = CareerPage.objects.get(slug=slug)
        Goal.objects.create(owner=member, career=career, title=career.title, place=place)
    year = timezone.localdate().year
    CPDCycle.objects.create(owner=member, name=str(year), starts=f"{year}-01-01", ends=f"{year}-12-31", target_minutes=1800)
    open_up(member)
    return member


def open_up(member: User) -> None:
    """The member's portfolio, open to everyone, with something in each of its nine sections."""
    Entry.objects.of(member).update(visibility=Visibility.PUBLIC)
    profile = {"headline": "I keep schedules.", "about": "Words about me.", "place": "Leeds", "takes_messages": True}
    Profile.objects.create(
        owner=member,
        handle="measured",
        display_name="Measured Member",
        visibility=Visibility.PUBLIC,
        links=[{"label": "Reel", "url": "https://example.org/"}],
        listed_at=timezone.now(),
        **profile,
    )
    chosen = {"judging_status": Judging.SELECTED, "submission_status": Submission.IN_CONSIDERATION, "state": State.COMPLETED}
    for submission in FestivalSubmission.objects.of(member)[:4]:
        FestivalSubmission.objects.filter(pk=submission.pk).update(announced_on="2026-01-01", organisation="A festival", **chosen)
    for entry in Entry.objects.of(member).filter(kind=Kind.PROJECT)[:4]:
        link = Link.objects.create(entry=entry, url=f"https://example.org/{entry.pk}")
        Feature.objects.create(entry=entry, url=link.url)
        piece = entry.evidence.first()
        Endorsement.objects.create(evidence=piece, name="Somebody", relation="Producer", level=piece.level, quote="Calm.")


def made(member: User, number: int) -> Entry:
    """The member's entry of this number: a project, training or a submission that is still to be sent, by turns."""
    model, kind = [(Project, Kind.PROJECT), (CPDActivity, Kind.CPD), (FestivalSubmission, Kind.FESTIVAL)][number % 3]
    started = f"{2020 + number % 7}-0{number % 9 + 1}"
    entry = model(owner=member, kind=kind, title=f"Work {number}", started=started, minutes=600)
    entry.stages = [number % 5 + 1]
    if kind == Kind.FESTIVAL:
        entry.state, entry.deadline_on = State.PLANNED, timezone.localdate() + timedelta(days=number)
    entry.save()
    return entry


@contextmanager
def measured(environment: dict[str, str], requests: int) -> Iterator[list[dict[str, object]]]:
    """Each page's cost in H and count of statements, for one member of the filled database."""
    client, visitor = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    client.force_login(somebody())
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with measure.serving("careers.benchmarking.hello:application") as server:
        unit = measure.cost_of(server, "/", requests * 10, warm_up=200).seconds
    with measure.serving("config.wsgi:application", **environment, SECRET_KEY=settings.SECRET_KEY) as server:
        yield [
            row(server, client if is_signed_in else visitor, page, requests, cookie if is_signed_in else "", unit)
            for *page, is_signed_in in PAGES
        ]


def row(server, client, page, requests, cookie, unit) -> dict[str, object]:
    name, path, most = page
    cost = measure.cost_of(server, path, requests, cookie=cookie)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return {
        "page": name,
        "entries": Entry.objects.count(),
        "cost": round(cost.seconds / unit, 1),
        "database": round(cost.database / unit, 1),
        "most": most,
        "sql": len(captured),
        "bytes": cost.bytes,
    }
