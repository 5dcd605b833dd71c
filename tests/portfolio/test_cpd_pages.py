"""Training: the hours of cycles and years as the database adds them up, the cycle's form, and the page around them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio import cpd, partial_dates, training
from portfolio.models import CPDCycle, Profile
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
YEAR = {"name": "Year", "starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}


@pytest.fixture
def ann(client):
    made = make.member()
    client.force_login(made)
    return made


def course(owner, minutes=60, started="2026-03-01", **fields):
    return make.entry(owner, title=fields.pop("title", "Budgets"), kind="cpd", minutes=minutes, started=started, **fields)


def cycle(owner, **fields):
    return CPDCycle.objects.create(owner=owner, **{**YEAR, **fields})


def hours_of(owner, today=TODAY):
    """The words of each cycle, the current one first."""
    return [each.hours.words for each in training.courses(owner, today)]


# Hours


def test_without_a_cycle_it_is_the_calendar_year_without_a_target(ann):
    course(ann, 90)
    course(ann, 30, "2025-12-31")

    (found,) = training.courses(ann, TODAY)

    assert (found.row, found.hours.words, found.cycle) == (None, "1 hour 30 minutes this year", cpd.default_cycle(TODAY))


def test_only_completed_training_of_ones_own_counts(ann):
    cycle(ann, target_minutes=1800, structured_minutes=600)
    course(ann, 480, activity="course", is_structured=True)
    course(ann, 240, activity="event")
    course(ann, 60, activity="event")
    course(ann, 180, activity="self-study")
    course(ann, 360, state="planned")
    course(ann, 30, state="under-way")
    course(ann, 7, state="cancelled")
    course(ann, 7, state="draft")
    course(ann, 7, deleted_at="2026-01-01T00:00Z")
    course(ann, None)
    course(make.member(), 7, visibility=4)
    make.entry(ann, minutes=7)

    (found,) = training.courses(ann, TODAY)

    assert found.types == [("Course", 480), ("Festival or industry event", 300), ("Self-study", 180)]
    assert found.hours.words == "16 of the 30 hours you set yourself"
    assert (found.hours.planned, found.hours.structured, found.filled) == (390, 480, 960)


@pytest.mark.parametrize(
    ("started", "ended", "counts_in"),
    [
        ("2026-01-01", "", 2026),
        ("2025-12-31", "", 2025),
        ("2025-12-30", "2026-01-01", 2026),
        ("2026-12-31", "2027-01-01", 2027),
        ("2026", "", 2026),
        ("2025-11", "2026-02", 2026),
        ("2024-02-29", "", 2024),
    ],
)
def test_training_counts_on_the_day_it_ended(ann, started, ended, counts_in):
    for year in range(2024, 2028):
        cycle(ann, name=f"{year}", starts=date(year, 1, 1), ends=date(year, 12, 31))
    course(ann, 60, started, ended=ended)

    found = {each.cycle.name: each.hours.counted for each in training.courses(ann, TODAY)}

    assert found == {f"{year}": 60 if year == counts_in else 0 for year in range(2024, 2028)}


def test_a_series_carries_over_what_it_may_and_another_series_is_its_own(ann):
    cycle(ann, target_minutes=600, carry_over_minutes=120)
    cycle(ann, name="YEAR", starts=date(2025, 1, 1), ends=date(2025, 12, 31), target_minutes=600)
    cycle(ann, name="Guild", target_minutes=60, carry_over_minutes=600)
    course(ann, 800, "2025-05-01")
    course(ann, 300)

    assert hours_of(ann) == [
        "5 of the 1 hour you set yourself",
        "7 of the 10 hours you set yourself, including 2 hours brought in",
        "13 hours 20 minutes of the 10 hours you set yourself",
    ]


def test_cycles_that_share_days_after_all_bring_nothing_over(ann):
    cycle(ann, target_minutes=60, carry_over_minutes=600)
    cycle(ann, starts=date(2026, 6, 1), target_minutes=60, carry_over_minutes=600)
    course(ann, 120)

    assert sorted(hours_of(ann)) == ["0 of the 1 hour you set yourself", "2 of the 1 hour you set yourself"]


days = st.dates(date(2025, 6, 1), date(2027, 6, 1))
pieces = st.lists(
    st.tuples(days, st.integers(0, 500), st.sampled_from(["course", "event", ""]), st.booleans(), st.booleans()), max_size=12
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(pieces)
def test_the_database_adds_up_as_the_rules_do(done):
    owner = make.member()
    cycle(owner, target_minutes=600, structured_minutes=300)
    for on, minutes, activity, is_structured, is_completed in done:
        state = "completed" if is_completed else "planned"
        course(owner, minutes, on.isoformat(), activity=activity, is_structured=is_structured, state=state)

    (found,) = training.courses(owner, TODAY)

    activities = [cpd.Activity(minutes, on, structured, completed, kind) for on, minutes, kind, structured, completed in done]
    expected = cpd.summary(found.cycle, activities)
    told = [{topic: minutes for topic, minutes in each.by_type.items() if minutes} for each in (found.hours, expected)]
    assert told[0] == told[1]
    names = ("counted", "planned", "structured", "brought", "remaining", "structured_remaining", "surplus", "is_met", "words")
    assert {name: getattr(found.hours, name) for name in names} == {name: getattr(expected, name) for name in names}


def test_history_goes_by_calendar_year(ann):
    course(ann, 60, "2024")
    course(ann, 30, "2024-12", ended="2024-12-31")
    course(ann, 90, "2026-03-01")
    course(ann, 500, "2026-03-01", state="planned")

    assert training.years(ann) == [{"year": "2026", "minutes": 90, "times": 1}, {"year": "2024", "minutes": 90, "times": 2}]


# The page


def test_the_current_cycle_comes_first_and_another_can_be_asked_for(client, ann):
    year = datetime.now(UTC).year
    now = cycle(ann, name="Now", starts=date(year, 1, 1), ends=date(year, 12, 31))
    then = cycle(ann, name="Then", starts=date(year - 1, 1, 1), ends=date(year - 1, 12, 31))
    course(ann, title="New", started=f"{year}-01-01")
    course(ann, title="Old", started=f"{year - 1}-01-01")

    def shown(query):
        page = client.get(f"/me/cpd/{query}").content.decode()
        return re.findall(r'class="strip-title"[^>]*><a href="[^"]+">([^<]+)', page)

    asked = ["", f"?cycle={now.pk}", f"?cycle={then.pk}", "?cycle=x", "?cycle=999999"]
    assert [shown(query) for query in asked] == [["New"], ["New"], ["Old"], ["New"], ["New"]]


def test_the_activities_go_on_over_pages_and_lose_none(client, ann):
    year = datetime.now(UTC).year
    for number in range(120):
        course(ann, title=f"C{number:03}", started=f"{year}-{number % 12 + 1:02}")

    found, address = [], "/me/cpd/"
    while address:
        page = client.get(address).content.decode()
        found.append(re.findall(r">(C\d{3})<", page))
        more = re.search(r'href="(\?[^"]*after=[^"]+)"', page)
        address = f"/me/cpd/{more[1].replace('&amp;', '&')}" if more else None

    assert [len(page) for page in found] == [50, 50, 20]
    assert len(set(sum(found, []))) == 120


@pytest.mark.parametrize("after", ["x", "2026-01-01~", "2026-01-01~9999999999999999999", "\x00", "2026-13-45~1"])
def test_any_page_key_is_a_question_with_an_answer(client, ann, after):
    assert client.get("/me/cpd/", {"after": after, "cycle": "\x00"}).status_code == 200


def test_the_page_costs_the_same_with_3_and_with_1000_activities(client, ann):
    Profile.objects.create(owner=ann)
    cycle(ann, target_minutes=600)
    for _ in range(3):
        course(ann)
    few = statements(client)
    for number in range(997):
        course(ann, started=f"20{number % 27:02}-03", activity=("course", "event", "")[number % 3])
    many = statements(client)

    assert len(few) == len(many) == 7
    assert [sql for sql in many if not sql.startswith("SELECT")] == []


def statements(client):
    client.get("/me/cpd/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/me/cpd/").status_code == 200
    return [query["sql"] for query in captured]


# The form


def fields(**changed):
    return {
        "name": "Year",
        "body": "Me",
        "starts": "2026-01-01",
        "ends": "2026-12-31",
        "target_minutes": "30",
        "structured_minutes": "7:30",
        "carry_over_minutes": "2 h 15",
        "reduction_minutes": "",
        "reduction_reason": "",
        **changed,
    }


STORED = "name body starts ends target_minutes structured_minutes carry_over_minutes reduction_minutes reduction_reason".split()


def kept():
    return list(CPDCycle.objects.order_by("pk").values_list(*STORED))


ONE = ("Year", "Me", date(2026, 1, 1), date(2026, 12, 31), 1800, 450, 135, 0, "")


def test_hours_are_taken_as_people_type_them(client, ann):
    answer = client.post("/me/cpd/new/", fields())

    assert answer.headers["Location"] == "/me/cpd/"
    assert kept() == [ONE]
    assert CPDCycle.objects.get().owner == ann


def seen(page):
    return re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]


def test_the_form_shows_what_is_stored_and_saves_it_again(client, ann):
    client.post("/me/cpd/new/", fields())
    address = f"/me/cpd/{CPDCycle.objects.get().pk}/"
    page = client.get(address)
    values = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.content.decode()))

    client.post(address, {name: values.get(name, "") for name in [*STORED, "seen"]})

    assert {name: values[name] for name in ("target_minutes", "structured_minutes", "carry_over_minutes")} == {
        "target_minutes": "30",
        "structured_minutes": "7:30",
        "carry_over_minutes": "2:15",
    }
    assert kept() == [ONE]


BAD = [
    ({"name": ""}, "Give the cycle a name."),
    ({"name": "x" * 81}, "at most 80 characters"),
    ({"starts": "soon"}, "Give a day"),
    ({"starts": "2027-01-01"}, "This is before the first day"),
    ({"ends": "0000-01-01"}, "Give a day"),
    ({"target_minutes": "about ten"}, partial_dates.WRITE_HOURS),
    ({"target_minutes": "-1"}, partial_dates.WRITE_HOURS),
    ({"target_minutes": "100001"}, "Write at most 100,000 hours"),
    ({"structured_minutes": "31"}, "This is more than the hours to reach"),
    ({"reduction_minutes": "31"}, "This is more than the hours to reach"),
]


@pytest.mark.parametrize(("changed", "sentence"), BAD)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, ann, changed, sentence):
    answer = client.post("/me/cpd/new/", fields(**changed, body="Kept & safe"))

    assert answer.status_code == 422
    assert str(sentence) in answer.content.decode()
    assert 'value="Kept &amp; safe"' in answer.content.decode()
    assert kept() == []


def test_two_cycles_of_one_name_cannot_share_a_day(client, ann):
    cycle(make.member())
    cycle(ann, name="Year", starts=date(2026, 12, 31), ends=date(2027, 12, 30))

    refused = client.post("/me/cpd/new/", fields(name="  year "))
    assert "“Year” (31 December 2026 to 30 December 2027) shares days with these." in refused.content.decode()

    client.post("/me/cpd/new/", fields(ends="2026-12-30"))
    client.post("/me/cpd/new/", fields(name="Another"))
    assert len(kept()) == 4


def test_there_can_be_only_so_many(client, ann):
    CPDCycle.objects.bulk_create(CPDCycle(owner=ann, **{**YEAR, "name": f"{n}"}) for n in range(training.MOST_CYCLES))

    assert "which is the most there can be" in client.post("/me/cpd/new/", fields()).content.decode()
    assert client.get("/me/cpd/").status_code == 200
    assert len(kept()) == training.MOST_CYCLES


def test_two_windows_do_not_overwrite_each_other(client, ann):
    mine = cycle(ann, target_minutes=1800)
    address = f"/me/cpd/{mine.pk}/"
    mark = seen(client.get(address))

    first = client.post(address, fields(name="First", seen=mark))
    second = client.post(address, fields(name="Second & last", seen=mark))
    page = second.content.decode()
    assert (first.status_code, second.status_code) == (302, 409)
    assert [name for name, *_ in kept()] == ["First"]
    assert re.findall(r'<th scope="row">([^<]+)</th><td class="lines">([^<]*)</td><td class="lines">([^<]*)</td>', page) == [
        ("Name", "First", "Second &amp; last")
    ]
    assert 'value="Second &amp; last"' in page

    client.post(address, fields(name="Second & last", seen=seen(second)))
    assert [name for name, *_ in kept()] == ["Second & last"]


def test_deleting_asks_first_and_leaves_the_training(client, ann):
    mine = cycle(ann)
    course(ann)

    page = client.get(f"/me/cpd/{mine.pk}/delete/").content.decode()
    assert "Delete “Year”?" in page
    assert len(kept()) == 1

    client.post(f"/me/cpd/{mine.pk}/delete/")
    assert (kept(), ann.entries.count()) == ([], 1)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["", "delete/"])
def test_nobody_reaches_anothers_cycle(client, ann, method, page):
    theirs = cycle(make.member())
    unknown = client.get("/no/such/page/").content

    answer = getattr(client, method)(f"/me/cpd/{theirs.pk}/{page}", fields() if method == "post" else None)

    assert (answer.status_code, answer.content) == (404, unknown)
    assert [name for name, *_ in kept()] == ["Year"]
