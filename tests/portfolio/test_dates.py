"""What lies ahead, the switches of the reminders, and the address of the calendar."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portfolio import agenda
from portfolio.models import CalendarAddress, CPDCycle, Profile
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 11, 12, tzinfo=UTC)


@pytest.fixture
def ann(client):
    made = make.member()
    client.force_login(made)
    return made


def festival(owner, organisation="Harbour Shorts", **fields):
    fields = {"title": "Low Water", "state": "planned", **fields}
    return make.entry(owner, kind="festival", organisation=organisation, **fields)


def ahead(owner, zone="UTC", now=NOW):
    return [occasion.title for occasion in agenda.upcoming(owner, zone, now)]


def test_what_lies_ahead_stands_in_order_whatever_it_is(ann):
    festival(ann, deadline_on=date(2026, 4, 18), notified_on=date(2026, 5, 20), event_starts=date(2026, 7, 1))
    make.entry(ann, title="Budgets", kind="cpd", state="planned", started="2026-04-20", certificate_expires=date(2027, 1, 1))
    make.entry(ann, title="Runner", kind="internship", state="under-way", started="2026-03-01", ended="2026-04-30")
    CPDCycle.objects.create(owner=ann, name="My year", starts=date(2026, 1, 1), ends=date(2026, 12, 31))

    assert ahead(ann) == [
        "Harbour Shorts closes",
        "Budgets",
        "Runner",
        "Harbour Shorts: result expected",
        "Harbour Shorts",
        "My year ends",
        "Budgets: certificate expires",
    ]


def test_what_is_over_done_or_off_has_left(ann):
    day = {"deadline_on": date(2026, 4, 18)}
    festival(ann, "Sent", submission_status="submitted", state="completed", **day)
    festival(ann, "Withdrawn", submission_status="withdrawn", state="cancelled", event_starts=date(2026, 5, 1), **day)
    festival(ann, "Lost", submission_status="in-consideration", judging_status="not-selected", event_starts=date(2026, 5, 1))
    festival(ann, "Draft", **{**day, "state": "draft"})
    festival(ann, "Binned", deleted_at=NOW, **day)
    festival(ann, "Yesterday", deadline_on=date(2026, 4, 10))
    festival(make.member(), "Theirs", visibility=4, **day)
    make.entry(ann, title="Done", kind="cpd", started="2026-05-01")
    make.entry(ann, title="Off", kind="cpd", state="cancelled", started="2026-05-01", certificate_expires=date(2026, 5, 1))
    make.entry(ann, title="Over", kind="internship", started="2026-01-01", ended="2026-04-10")

    assert ahead(ann) == []


def test_much_that_is_done_does_not_hide_what_is_to_come(ann):
    make.entry(ann, title="First aid", kind="cpd", started="2024-06-01", certificate_expires=date(2026, 6, 1))
    for _ in range(agenda.MOST + 1):
        make.entry(ann, kind="cpd", started="2026-03-01")

    assert ahead(ann) == ["First aid: certificate expires"]


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        # A deadline without a time lasts until its day ends for the member: at UTC-11 that is long after UTC+14.
        (datetime(2026, 4, 18, 10, 30, tzinfo=UTC), "Pacific/Kiritimati", []),
        (datetime(2026, 4, 18, 10, 30, tzinfo=UTC), "UTC", ["Day closes"]),
        (datetime(2026, 4, 19, 10, 30, tzinfo=UTC), "Pacific/Pago_Pago", ["Day closes"]),
        (datetime(2026, 4, 19, 11, 0, tzinfo=UTC), "Pacific/Pago_Pago", []),
    ],
)
def test_a_day_ends_on_the_members_own_clock(ann, now, zone, expected):
    festival(ann, "Day", deadline_on=date(2026, 4, 18))

    assert ahead(ann, zone, now) == expected


def test_a_leap_day_has_its_place(ann):
    festival(ann, "Leap", deadline_on=date(2028, 2, 29))

    assert ahead(ann, "UTC", datetime(2028, 2, 29, 23, 59, tzinfo=UTC)) == ["Leap closes"]
    assert ahead(ann, "UTC", datetime(2028, 3, 1, tzinfo=UTC)) == []


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_a_deadline_says_both_times(client, ann):
    Profile.objects.create(owner=ann, time_zone="Europe/London")
    day = datetime.now(UTC).date().replace(month=1, day=10) + timedelta(days=366)
    festival(ann, deadline_on=day, deadline_time=time(23, 59), deadline_zone="America/Los_Angeles")
    festival(ann, "Nowhere", deadline_on=day, deadline_time=time(12), deadline_zone="Mars/Olympus")

    page = text(client.get("/me/dates/"))

    assert "Low Water. At 7.59, your time (23.59 in Los Angeles)." in page
    assert "Low Water. At 12.00, your time." in page


def test_the_page_costs_the_same_with_3_and_with_300(client, ann):
    Profile.objects.create(owner=ann)
    day = datetime.now(UTC).date() + timedelta(days=30)

    def statements():
        client.get("/me/dates/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/me/dates/")
        return [query["sql"] for query in captured]

    for _ in range(3):
        festival(ann, deadline_on=day)
    few = statements()
    for _ in range(297):
        festival(ann, deadline_on=day)
    many = statements()

    assert len(few) == len(many) <= 9
    assert [sql for sql in many if not sql.startswith("SELECT")] == []


# The switches


def kept(owner):
    return Profile.objects.filter(owner=owner).values_list("reminds_of_deadlines", "reminds_of_certificates", "time_zone").first()


def test_no_reminder_is_ticked_and_looking_writes_nothing(client, ann):
    page = client.get("/me/dates/").content.decode()

    assert re.findall(r'name="reminds_of_[^>]*checked', page) == []
    assert kept(ann) is None


def test_the_switches_and_the_time_zone_are_kept(client, ann):
    Profile.objects.create(owner=ann, display_name="Ann", visibility=4)

    client.post("/me/dates/", {"reminds_of_deadlines": "on", "time_zone": "America/New_York"})
    assert kept(ann) == (True, False, "America/New_York")

    client.post("/me/dates/", {"reminds_of_certificates": "on", "time_zone": "Asia/Tokyo"})
    assert kept(ann) == (False, True, "Asia/Tokyo")
    assert Profile.objects.filter(owner=ann, display_name="Ann", visibility=4).exists()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe/London\x00", "x" * 5000])
def test_a_time_zone_is_one_of_those_there_are(client, ann, zone):
    answer = client.post("/me/dates/", {"reminds_of_deadlines": "on", "time_zone": zone})

    assert answer.status_code == 422
    assert re.findall(r'name="reminds_of_deadlines"[^>]*checked', answer.content.decode()) != []
    assert kept(ann) in (None, (False, False, "Europe/London"))


def test_a_zone_that_is_kept_already_stays_choosable(client, ann):
    Profile.objects.create(owner=ann, time_zone="Asia/Kathmandu")

    assert '<option value="Asia/Kathmandu" selected>Kathmandu</option>' in client.get("/me/dates/").content.decode()


def test_a_zone_that_there_is_not_breaks_no_page(client, ann):
    Profile.objects.create(owner=ann, time_zone="Mars/Olympus")
    festival(ann, deadline_on=date(2030, 1, 1), deadline_time=time(12))

    assert [client.get(f"/me/{page}/").status_code for page in ("dates", "festivals", "cpd")] == [200, 200, 200]


# The calendar's address


def address(page):
    found = re.search(r'value="http://testserver(/calendar/[\w-]{32}\.ics)"', page.content.decode())
    return found and found[1]


def make_one(client):
    return client.post("/me/dates/calendar/", {"do": "make"})


def test_the_address_is_shown_once_and_works(client, ann):
    page = make_one(client)

    assert client.get(address(page)).status_code == 200
    assert address(client.get("/me/dates/")) is None
    # Told to send no referrer, a browser would send the forms of this page without their origin, and they would be refused.
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("private, no-store", "same-origin")


def test_a_new_address_ends_the_old_one_and_it_can_be_removed(client, ann):
    old, new = address(make_one(client)), address(make_one(client))
    assert [client.get(each).status_code for each in (old, new)] == [404, 200]

    client.post("/me/dates/calendar/", {"do": "remove"})
    assert client.get(new).status_code == 404
    assert CalendarAddress.objects.count() == 0


def test_removing_leaves_the_calendars_of_others_alone(client, ann):
    other = make.member()
    client.force_login(other)
    theirs = address(make_one(client))
    client.force_login(ann)

    client.post("/me/dates/calendar/", {"do": "remove"})

    assert client.get(theirs).status_code == 200


def test_opening_the_form_by_its_address_leads_to_the_dates(client, ann):
    assert client.get("/me/dates/calendar/").headers["Location"] == "/me/dates/"
    assert CalendarAddress.objects.count() == 0
