"""Festival submissions: moved along their axes, listed by what is to be done, summed up."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portfolio import lifecycle, submissions
from portfolio.models import Entry, FestivalSubmission, Profile, StatusChange
from tests import make
from tests.together import outcomes

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 11, 12, tzinfo=UTC)


@pytest.fixture
def ann(client):
    made = make.member()
    client.force_login(made)
    return made


def festival(owner, organisation="Harbour Shorts", submission="planned", judging="undecided", **fields):
    fields = {"title": "Low Water", "state": lifecycle.entry_state(lifecycle.Status(submission, judging)), **fields}
    statuses = {"submission_status": submission, "judging_status": judging}
    return make.entry(owner, kind="festival", organisation=organisation, **statuses, **fields)


def step(client, entry, axis, to, shown, reason=""):
    return client.post(f"/me/entries/{entry.pk}/status/", {"axis": axis, "to": to, "from": shown, "reason": reason})


def standing(entry):
    found = FestivalSubmission.objects.get(pk=entry.pk)
    return (found.submission_status, found.judging_status, found.state, found.version)


def history(entry):
    return list(StatusChange.objects.filter(submission=entry).values_list("axis", "before", "after", "reason"))


# A step


def test_a_step_moves_the_submission_its_entry_and_its_history(client, ann):
    entry = festival(ann)

    answer = step(client, entry, "submission", "submitted", "planned")

    assert answer.headers["Location"] == f"/me/entries/{entry.pk}/"
    assert standing(entry) == ("submitted", "undecided", "completed", 2)
    assert history(entry) == [("submission", "planned", "submitted", "")]


def test_a_film_goes_all_the_way_to_an_award(client, ann):
    entry = festival(ann)
    way = [
        ("submission", "submitted", "planned"),
        ("submission", "in-consideration", "submitted"),
        ("judging", "semi-finalist", "undecided"),
        ("judging", "finalist", "semi-finalist"),
        ("judging", "winner", "finalist"),
    ]

    for each in way:
        step(client, entry, *each)

    assert standing(entry) == ("in-consideration", "winner", "completed", 6)
    assert history(entry) == [(axis, shown, to, "") for axis, to, shown in reversed(way)]


def test_withdrawing_cancels_the_entry_and_reopening_needs_a_reason(client, ann):
    entry = festival(ann, submission="in-consideration")
    step(client, entry, "submission", "withdrawn", "in-consideration")
    assert standing(entry) == ("withdrawn", "undecided", "cancelled", 2)

    refused = step(client, entry, "submission", "in-consideration", "withdrawn")
    assert "Say why this goes back to “In consideration”." in text(refused)
    assert standing(entry) == ("withdrawn", "undecided", "cancelled", 2)

    step(client, entry, "submission", "in-consideration", "withdrawn", "Pressed\r\nthe wrong button\x07")
    assert standing(entry) == ("in-consideration", "undecided", "completed", 3)
    assert history(entry)[0] == ("submission", "withdrawn", "in-consideration", "Pressed  the wrong button")


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_refused_step_says_why_and_keeps_the_reason_that_was_typed(client, ann):
    entry = festival(ann, submission="in-consideration", judging="selected")

    answer = step(client, entry, "judging", "semi-finalist", "selected", "Because & so")

    assert answer.status_code == 422
    assert "Nothing was changed. “Official selection” cannot become “Semi-finalist” in one step." in text(answer)
    assert 'value="Because &amp; so"' in answer.content.decode()
    assert standing(entry) == ("in-consideration", "selected", "completed", 1)


def test_a_reason_that_is_too_long_is_refused_in_words(client, ann):
    entry = festival(ann, submission="withdrawn")

    answer = step(client, entry, "submission", "in-consideration", "withdrawn", "x" * 256)

    assert "at most 255 characters" in text(answer)
    assert standing(entry) == ("withdrawn", "undecided", "cancelled", 1)


def test_a_step_from_a_page_that_is_out_of_date_is_a_conflict(client, ann):
    entry = festival(ann)
    step(client, entry, "submission", "submitted", "planned")

    answer = step(client, entry, "submission", "withdrawn", "planned", "Typed & kept")

    assert answer.status_code == 409
    assert "It was moved somewhere else" in text(answer)
    assert 'value="Typed &amp; kept"' in answer.content.decode()
    assert standing(entry) == ("submitted", "undecided", "completed", 2)


@pytest.mark.parametrize(
    "posted",
    [{}, {"axis": "fee", "to": "submitted", "from": "planned"}, {"axis": "submission", "to": "x" * 5000, "from": "\x00"}],
)
def test_nonsense_is_refused_in_words(client, ann, posted):
    entry = festival(ann)

    answer = client.post(f"/me/entries/{entry.pk}/status/", posted)

    assert answer.status_code == 422
    assert "Choose one of the steps listed." in text(answer)
    assert standing(entry) == ("planned", "undecided", "planned", 1)


def test_a_draft_stays_a_draft_wherever_it_is_sent(client, ann):
    entry = festival(ann, state="draft")

    step(client, entry, "submission", "submitted", "planned")

    assert standing(entry) == ("submitted", "undecided", "draft", 2)


def test_nobody_moves_what_is_not_theirs_or_not_there(client, ann):
    unknown = client.get("/no/such/page/").content
    theirs = festival(make.member(), visibility=4)
    binned = festival(ann, deleted_at=NOW)
    other_kind = make.entry(ann)

    answers = [step(client, each, "submission", "submitted", "planned") for each in (theirs, binned, other_kind)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(404, unknown)] * 3
    assert StatusChange.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_steps_at_once_one_is_taken():
    entry = festival(make.member(), submission="submitted")

    def take(to):
        return lambda: submissions.move(submission=entry, axis="submission", to=to, shown="submitted")

    assert outcomes(take("in-consideration"), take("withdrawn")) == ["Conflict", "done"]
    assert len(history(entry)) == 1
    assert standing(entry)[3] == 2


# The lists


def names(found):
    return [each.organisation for each in found]


def test_submissions_stand_where_something_is_to_be_done(ann):
    days = {"Soon": date(2026, 4, 12), "Later": date(2026, 5, 1), "Over": date(2026, 4, 10)}
    for name, day in days.items():
        festival(ann, name, deadline_on=day)
    festival(ann, "No day")
    festival(ann, "Being prepared", "draft", deadline_on=date(2026, 4, 30))
    festival(ann, "Sent", "submitted", notified_on=date(2026, 6, 1))
    festival(ann, "Sent, first to answer", "in-consideration", notified_on=date(2026, 5, 20))
    festival(ann, "Finalist", "in-consideration", "finalist")
    festival(ann, "Chosen", "in-consideration", "selected", started="2026-02")
    festival(ann, "Not chosen", "in-consideration", "not-selected", started="2026-01")
    festival(ann, "Withdrawn", "withdrawn", started="2025")
    festival(ann, "Binned", deleted_at=NOW)
    festival(make.member(), "Somebody else’s", visibility=4)

    assert names(submissions.to_send(ann, "UTC", NOW)) == ["Soon", "Being prepared", "Later", "No day", "Over"]
    assert names(submissions.waiting(ann)) == ["Sent, first to answer", "Sent", "Finalist"]
    assert names(submissions.results(ann)) == ["Chosen", "Not chosen", "Withdrawn"]


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Europe/London", datetime(2026, 4, 11, 12, tzinfo=UTC), (8, False)),
        ("America/Los_Angeles", datetime(2026, 4, 11, 12, tzinfo=UTC), (7, False)),
        ("Europe/London", datetime(2026, 4, 19, 6, 58, tzinfo=UTC), (0, False)),
        ("Europe/London", datetime(2026, 4, 19, 7, 0, tzinfo=UTC), (0, True)),
    ],
)
def test_days_left_are_the_members_own(ann, zone, now, expected):
    festival(ann, deadline_on=date(2026, 4, 18), deadline_time=time(23, 59), deadline_zone="America/Los_Angeles")

    (found,) = submissions.to_send(ann, zone, now)

    assert (found.days_left, found.is_closed) == expected


def test_the_tally_counts_what_left_the_house(ann):
    for name, submission, judging in [
        ("Planned", "planned", "undecided"),
        ("Sent", "submitted", "undecided"),
        ("Chosen", "in-consideration", "selected"),
        ("Award", "in-consideration", "winner"),
        ("Not chosen", "in-consideration", "not-selected"),
    ]:
        festival(ann, name, submission, judging)
    festival(ann, "Draft", "in-consideration", "winner", state="draft")
    festival(make.member(), "Theirs", "in-consideration", "winner")

    assert submissions.tally(ann) == lifecycle.Tally(sent=4, selected=2, awards=1, undecided=1)
    assert sorted(names(submissions.laurels(ann))) == ["Award", "Chosen"]


def test_fees_are_summed_by_currency_once_they_are_spent(ann):
    festival(ann, "One", "submitted", fee="12.50", fee_currency="GBP")
    festival(ann, "Two", "withdrawn", fee="0.30", fee_currency="GBP")
    festival(ann, "Three", "in-consideration", "not-selected", fee="20", fee_currency="EUR")
    festival(ann, "Paid ahead", fee="5", fee_currency="EUR", fee_paid_on=date(2026, 4, 1))
    festival(ann, "Only planned", fee="99", fee_currency="GBP")
    festival(ann, "Free", "submitted", fee="0", fee_currency="USD")

    assert submissions.spend(ann) == [("EUR", Decimal("25.00")), ("GBP", Decimal("12.80"))]


# The page


def test_the_page_shows_laurels_for_selections_and_awards_alone(client, ann):
    festival(ann, "Tidewater", "in-consideration", "selected", event_starts=date(2025, 5, 3))
    festival(ann, "Northlight", "in-consideration", "winner", award="Best <b>short</b>", edition="14th", started="2024")
    festival(ann, "Lungomare", "in-consideration", "not-selected")
    festival(ann, "Struck off", "disqualified", "selected")

    page = client.get("/me/festivals/").content.decode()

    assert re.findall(r'<li class="laurel"><div><b>(.*?)</b>(.*?)</div>', page) == [
        ("Official selection", "Tidewater, 2025"),
        ("Best &lt;b&gt;short&lt;/b&gt;", "Northlight, 14th"),
    ]
    assert "2 selections from 4 sent." in page


def test_results_go_on_over_pages_and_lose_none(client, ann):
    for number in range(120):
        festival(ann, f"F{number:03}", "in-consideration", "not-selected", started=f"20{number % 25:02}")

    found, address = [], "/me/festivals/"
    while address:
        page = client.get(address).content.decode()
        found.append(re.findall(r'<th scope="row"><a href="[^"]+">(F\d+)</a>', page))
        more = re.search(r'href="(\?after=[^"]+)"', page)
        address = f"/me/festivals/{more[1].replace('&amp;', '&')}" if more else None

    assert [len(page) for page in found] == [50, 50, 20]
    assert len(set(sum(found, []))) == 120


@pytest.mark.parametrize("after", ["x", "~", "1~", "9" * 30 + "~2026", "1~\x00", "1~2026~3"])
def test_any_page_key_is_a_question_with_an_answer(client, ann, after):
    festival(ann, "Lungomare", "in-consideration", "not-selected")

    assert client.get("/me/festivals/", {"after": after}).status_code == 200


def test_the_page_costs_the_same_with_3_and_with_300(client, ann):
    Profile.objects.create(owner=ann)
    kinds = [("planned", "undecided"), ("submitted", "undecided"), ("in-consideration", "winner")]
    for number, statuses in enumerate(kinds):
        festival(ann, f"{number}", *statuses, deadline_on=date(2030, 1, 1), fee=1, fee_currency="GBP")
    few = statements(client)
    for number in range(99):
        for statuses in kinds:
            festival(ann, f"{number}", *statuses, deadline_on=date(2030, 1, 1), fee=1, fee_currency="GBP")
    many = statements(client)

    assert len(few) == len(many) == 9
    assert [sql for sql in many if not sql.startswith("SELECT")] == []
    assert len(set(many)) == len(many)


def statements(client):
    client.get("/me/festivals/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/me/festivals/").status_code == 200
    return [query["sql"] for query in captured]


def test_the_entrys_own_page_offers_the_steps(client, ann):
    entry = festival(ann, submission="in-consideration", judging="selected")

    page = client.get(f"/me/entries/{entry.pk}/").content.decode()

    buttons = re.findall(r'name="to" value="([^"]+)"', page)
    assert buttons == [move.to.value for move in lifecycle.moves(lifecycle.Status("in-consideration", "selected"))]
    assert Entry.objects.get(pk=entry.pk).version == 1


def test_a_missed_deadline_is_said_to_be_closed(client, ann):
    festival(ann, deadline_on=datetime.now(UTC).date() - timedelta(days=3))

    page = text(client.get("/me/festivals/"))

    assert "Closed on" in page
