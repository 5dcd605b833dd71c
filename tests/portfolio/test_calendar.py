"""The calendar a member subscribes to: what it says to the letter, who gets it, and what never stands in it."""

import re
import secrets
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from portfolio import feeds
from portfolio.calendars import Event, Standing, written
from portfolio.models import CalendarAddress, CPDCycle, Entry, Profile
from tests import make

CHANGED = datetime(2026, 3, 1, 12, tzinfo=UTC)


def parsed(body):
    """The events of a calendar, each as plain values."""
    return [plain(component) for component in Calendar.from_ical(body).walk("VEVENT")]


def plain(component):
    alarms = [alarm.decoded("TRIGGER") for alarm in component.walk("VALARM")]
    found = {name.lower(): value_of(component, name) for name in component}
    return {**found, **({"alarms": alarms} if alarms else {})}


def value_of(component, name):
    if name == "CATEGORIES":
        return [str(each) for each in component[name].cats]
    value = component.decoded(name)
    return value.decode() if isinstance(value, bytes) else value


# The writer


def test_an_event_of_whole_days_ends_the_day_after():
    event = Event(
        uid="one@example.org",
        title="Harbour Shorts",
        starts=date(2028, 2, 28),
        ends=date(2028, 2, 29),
        changed=CHANGED,
        version=3,
        details="Low Water",
        url="https://example.org/me/entries/1/",
        category="Festival",
        standing=Standing.TENTATIVE,
    )

    assert parsed(written([event], "Dates")) == [
        {
            "uid": "one@example.org",
            "dtstamp": CHANGED,
            "last-modified": CHANGED,
            "sequence": 3,
            "summary": "Harbour Shorts",
            "description": "Low Water",
            "dtstart": date(2028, 2, 28),
            "dtend": date(2028, 3, 1),
            "url": "https://example.org/me/entries/1/",
            "categories": ["Festival"],
            "status": "TENTATIVE",
            "transp": "TRANSPARENT",
        }
    ]


def test_the_heading_says_what_calendar_programs_ask():
    lines = written([], "Dates; mine, all\\of them").decode().split("\r\n")

    assert sorted(lines) == sorted(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Greenlight//Record//EN",
            "CALSCALE:GREGORIAN",
            "NAME:Dates\\; mine\\, all\\\\of them",
            "X-WR-CALNAME:Dates\\; mine\\, all\\\\of them",
            "COLOR:seagreen",
            "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
            "X-PUBLISHED-TTL:PT12H",
            "END:VCALENDAR",
            "",
        ]
    )


HOSTILE = [
    "Ж" * 120,
    "電影節" * 40,
    "🎬" * 60,
    "a; b, c\\d: e",
    "One\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Two",
    "Bell\x07 null\x00 escape\x1b[31m tab\t delete\x7f next\x85 end",
    "line\u2028separator\u2029paragraph",
    "\ud800 lone",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_out_of_its_line(title):
    event = Event("x@example.org", title, date(2026, 5, 3), date(2026, 5, 3), CHANGED, details=title)

    body = written([event], "Dates")

    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert [line for line in lines if len(line) > 75] == []
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|(?<!\r)\n|\r(?!\n)", body)
    names = [line.partition(b":")[0].partition(b";")[0].decode() for line in lines[:-1] if not line.startswith(b" ")]
    kept = [name for name in names if name not in {"BEGIN", "END"}]
    assert len(kept) == len(set(kept) | {"SUMMARY"}), kept
    found = parsed(body)
    assert [each["summary"] for each in found] == [re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800]", "", flat(title))]


def flat(title):
    return title.replace("\r", " ").replace("\n", " ").replace("\t", " ")


@given(st.text(max_size=200))
def test_any_title_comes_back_and_every_line_fits(title):
    body = written([Event("x@example.org", title, date(2026, 5, 3), date(2026, 5, 3), CHANGED)], "Dates")

    assert max(map(len, body.split(b"\r\n"))) <= 75
    assert body.decode().count("BEGIN:VEVENT") == 1 + title.count("BEGIN:VEVENT")
    assert len(parsed(body)) == 1


# The feed


@pytest.fixture
def ann():
    return make.member()


@pytest.fixture
def near():
    """A day to count from: the feed is made as of now."""
    return datetime.now(UTC).date()


def festival(owner, **fields):
    fields = {"title": "Low Water", "organisation": "Harbour Shorts", "state": "planned", **fields}
    return make.entry(owner, kind="festival", **fields)


def summaries(owner):
    return [event["summary"] for event in parsed(feeds.calendar_of(owner, datetime.now(UTC)))]


@pytest.mark.django_db
def test_every_date_of_the_record_is_an_event(client, settings, ann, near):
    settings.WAGTAILADMIN_BASE_URL = "https://guide.example.org"
    Profile.objects.create(owner=ann, reminds_of_deadlines=True)
    sent = festival(
        ann,
        deadline_on=near + timedelta(days=20),
        deadline_time=hour(23, 59),
        deadline_zone="UTC",
        notified_on=near + timedelta(days=60),
        event_starts=near + timedelta(days=90),
        event_ends=near + timedelta(days=93),
    )
    course = make.entry(
        ann,
        title="Budgets",
        kind="cpd",
        organisation="Film school",
        state="planned",
        started=str(near + timedelta(days=30)),
        ended=str(near + timedelta(days=31)),
        certificate_expires=near + timedelta(days=365),
    )
    runner = make.entry(
        ann,
        title="Runner",
        kind="internship",
        organisation="Tidewater",
        state="planned",
        started=str(near + timedelta(days=40)),
        ended=str(near + timedelta(days=45)),
    )
    cycle = CPDCycle.objects.create(owner=ann, name="My year", starts=near, ends=near + timedelta(days=364))

    body = client.get(f"/calendar/{feeds.make(owner=ann)}.ics").content

    def event(entry, what, summary, starts, ends=None, **more):
        stamp = Entry.objects.get(pk=entry.pk).updated_at.replace(microsecond=0)
        return {
            "uid": f"{entry.uuid}-{what}@guide.example.org",
            "dtstamp": stamp,
            "last-modified": stamp,
            "sequence": 1,
            "summary": summary,
            "url": f"https://guide.example.org/me/entries/{entry.pk}/",
            "dtstart": starts,
            **({"dtend": ends} if ends else {}),
            "status": "CONFIRMED",
            "transp": "TRANSPARENT",
            **more,
        }

    def days(count):
        return near + timedelta(days=count)

    assert re.findall(rb"TZID|VTIMEZONE|METHOD", body) == []

    closes = datetime.combine(days(20), hour(23, 59), UTC)
    film, school = {"categories": ["Festival"], "description": "Low Water"}, {"categories": ["CPD"], "description": "Film school"}
    unsure = {**film, "status": "TENTATIVE"}
    changed = cycle.updated_at.replace(microsecond=0)
    assert parsed(body) == [
        event(sent, "deadline", "Harbour Shorts closes", closes, **film, alarms=[timedelta(days=-7)]),
        event(course, "training", "Budgets", days(30), days(32), **school),
        event(runner, "placement", "Runner", days(40), days(46), categories=["Placement"], description="Tidewater"),
        event(sent, "result", "Harbour Shorts: result expected", days(60), days(61), **unsure),
        event(sent, "festival", "Harbour Shorts", days(90), days(94), **unsure),
        {
            "uid": f"cycle-{cycle.pk}@guide.example.org",
            "dtstamp": changed,
            "last-modified": changed,
            "sequence": 1,
            "summary": "My year ends",
            "url": f"https://guide.example.org/me/cpd/{cycle.pk}/",
            "dtstart": days(364),
            "dtend": days(365),
            "categories": ["CPD"],
            "status": "CONFIRMED",
            "transp": "TRANSPARENT",
        },
        event(course, "certificate", "Budgets: certificate expires", days(365), days(366), **school),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("submission", "judging", "expected"),
    [
        ("planned", "undecided", {"deadline": "CONFIRMED", "result": "TENTATIVE", "festival": "TENTATIVE"}),
        ("in-consideration", "undecided", {"deadline": "CONFIRMED", "result": "TENTATIVE", "festival": "TENTATIVE"}),
        ("in-consideration", "selected", {"deadline": "CONFIRMED", "result": "CONFIRMED", "festival": "CONFIRMED"}),
        ("in-consideration", "winner", {"deadline": "CONFIRMED", "result": "CONFIRMED", "festival": "CONFIRMED"}),
        ("in-consideration", "not-selected", {"deadline": "CONFIRMED", "result": "CONFIRMED", "festival": "CANCELLED"}),
        ("withdrawn", "undecided", {"deadline": "CANCELLED", "result": "CANCELLED", "festival": "CANCELLED"}),
        ("disqualified", "selected", {"deadline": "CANCELLED", "result": "CANCELLED", "festival": "CANCELLED"}),
    ],
)
def test_how_sure_a_festival_is_follows_its_status(ann, near, submission, judging, expected):
    dates = {"deadline_on": near, "notified_on": near, "event_starts": near}
    festival(ann, submission_status=submission, judging_status=judging, **dates)

    events = parsed(feeds.calendar_of(ann, datetime.now(UTC)))

    assert {event["uid"].partition("@")[0][37:]: event["status"] for event in events} == expected


@pytest.mark.django_db
def test_nothing_private_and_nobody_elses_is_in_the_calendar(ann, near):
    festival(
        ann,
        title="Low Water",
        deadline_on=near,
        description="SECRET note",
        reflection="SECRET thought",
        fee="31.41",
        fee_currency="GBP",
        waiver_code="SECRET code",
        tracking_number="SECRET number",
        screener_link="https://example.org/SECRET",
        submission_status="in-consideration",
        judging_status="not-selected",
    )
    placement = {"kind": "internship", "title": "Runner", "started": str(near), "ended": str(near)}
    make.entry(ann, **placement, supervisor_name="SECRET name", supervisor_email="secret@example.org", objectives="SECRET")
    festival(ann, organisation="Draft", state="draft", deadline_on=near)
    festival(ann, organisation="Binned", deadline_on=near, deleted_at=datetime.now(UTC))
    other = make.member()
    Profile.objects.create(owner=other, visibility=4)
    festival(other, organisation="Public, but somebody else’s", deadline_on=near, visibility=4, state="completed")

    body = feeds.calendar_of(ann, datetime.now(UTC))

    assert sorted(event["summary"] for event in parsed(body)) == ["Harbour Shorts closes", "Runner"]
    assert re.findall(rb"secret|31\.41|GBP|selected", body.replace(b"\r\n ", b""), re.IGNORECASE) == []


@pytest.mark.django_db
def test_the_calendar_reaches_two_years_back_and_holds_five_hundred(ann, near):
    for days in (-800, -700, 0, 300):
        festival(ann, organisation=f"{days}", deadline_on=near + timedelta(days=days))
    festival(ann, organisation="Far", deadline_on=date(9999, 12, 31), event_starts=date(1, 1, 1))
    assert summaries(ann) == ["-700 closes", "0 closes", "300 closes"]

    for number in range(510):
        festival(ann, organisation=f"Many {number}", deadline_on=near + timedelta(days=10))
    assert len(summaries(ann)) == 500


@pytest.mark.django_db
def test_days_that_are_not_known_are_not_made_up(ann):
    make.entry(ann, kind="internship", started="2026-03", ended="2027")
    make.entry(ann, kind="cpd", started="2027", state="planned")
    make.entry(ann, kind="internship", started="2026-03-01", ended="2027-03")

    assert summaries(ann) == []


# The address


@pytest.fixture
def feed(client, ann):
    return f"/calendar/{feeds.make(owner=ann)}.ics"


@pytest.mark.django_db
def test_the_answer_is_private_to_whoever_holds_the_address(client, feed):
    answer = client.get(feed)

    names = ("Content-Type", "Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert {name: answer.headers[name] for name in names} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    assert answer.cookies == {}


@pytest.mark.django_db
def test_what_has_not_changed_is_not_sent_again(client, ann, feed, near):
    festival(ann, deadline_on=near)
    first = client.get(feed)
    again = client.get(feed, headers={"If-None-Match": first.headers["ETag"]})
    festival(ann, organisation="Another", deadline_on=near)
    changed = client.get(feed, headers={"If-None-Match": first.headers["ETag"]})

    assert [answer.status_code for answer in (first, again, changed)] == [200, 304, 200]
    assert again.content == b""
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert again.headers["ETag"] == first.headers["ETag"] != changed.headers["ETag"]


@pytest.mark.django_db
def test_a_wrong_a_dead_and_an_unknown_address_look_the_same(client, ann, feed):
    unknown = client.get("/no/such/page/")
    dead = feed
    fresh = f"/calendar/{feeds.make(owner=ann)}.ics"
    assert client.get(fresh).status_code == 200

    answers = [client.get(dead), client.get(f"/calendar/{secrets.token_urlsafe(24)}.ics")]
    feeds.revoke(owner=ann)
    answers.append(client.get(fresh))
    last = f"/calendar/{feeds.make(owner=ann)}.ics"
    type(ann).objects.filter(pk=ann.pk).update(is_active=False)
    answers.append(client.get(last))

    assert [(answer.status_code, answer.content) for answer in answers] == [(404, unknown.content)] * 4


@pytest.mark.django_db
def test_only_the_digest_of_a_long_random_secret_is_kept(ann):
    made = {feeds.make(owner=ann) for _ in range(300)}
    kept = CalendarAddress.objects.get()

    assert len(made) == 300
    assert {re.fullmatch(r"[\w-]{32}", token) is not None for token in made} == {True}
    assert len(kept.digest) == 64
    assert kept.digest not in made


@pytest.mark.django_db
def test_nobody_guesses_more_than_thirty_times_a_minute(client, ann, feed, stopped):
    found = [client.get(f"/calendar/{secrets.token_urlsafe(24)}.ics").status_code for _ in range(31)]
    right, elsewhere = client.get(feed), client.get(feed, REMOTE_ADDR="192.0.2.7")

    assert found == [404] * 30 + [429]
    assert right.status_code == 429
    assert right.headers["Retry-After"] == "60"
    assert elsewhere.status_code == 200


@pytest.mark.django_db
def test_a_cache_that_does_not_answer_turns_nobody_away(client, settings, tmp_path, feed):
    nowhere = tmp_path / "a file"
    nowhere.touch()
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": nowhere / "x"},
    }

    assert [client.get(each).status_code for each in (feed, "/calendar/wrong.ics")] == [200, 404]


@pytest.mark.django_db
def test_a_calendar_costs_the_same_with_one_entry_and_with_fifty(client, ann, feed, near):
    festival(ann, deadline_on=near)
    few = statements(client, feed)
    for number in range(49):
        festival(ann, organisation=f"{number}", deadline_on=near)
        make.entry(ann, kind="cpd", started=str(near), state="planned")
    many = statements(client, feed)

    assert len(few) == len(many) == 4
    assert [sql for sql in many if not sql.startswith("SELECT")] == []


def statements(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]
