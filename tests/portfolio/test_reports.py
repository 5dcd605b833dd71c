"""Figures of a caseload or a team: what they count, whom they count, and that no small number can be worked out."""

import csv
import io
from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portfolio.counselling import reporting
from portfolio.counselling.reporting import KEPT_BACK, Line, kept_back, quartiles, table
from portfolio.models import AccessEvent, Cohort, Encounter, Meeting, Seat, Team
from portfolio.scales import Attendance, Benchmark, Channel, Scope, StepState, Visibility
from tests import make
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
URL = "/counselling/reports/"


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.integers(0, 6))
def test_no_small_count_can_be_worked_out_of_its_total(counts, more):
    whole = sum(counts) + more
    hidden, is_total_hidden = kept_back(counts, whole, True)

    assert {place for place, count in enumerate(counts) if 0 < count < 5} <= hidden
    small = [place for place in hidden if 0 < counts[place] < 5]
    if small and not is_total_hidden:
        left = sum(counts[place] for place in hidden)
        ranges = [range(1, 5) if place in small else range(5, left + 1) for place in sorted(hidden)]
        worlds = [world for world in product(*ranges) if sum(world) == left]
        told = [{world[sorted(hidden).index(place)] for world in worlds} for place in small]
        assert min(map(len, told)) > 1


@given(st.integers(5, 40), st.integers(0, 40))
def test_those_who_are_left_over_are_not_told_either(whole, count):
    lines = table("Met", [Line("Met", min(count, whole), 90)], whole).lines
    left = whole - min(count, whole)

    assert (lines[0].students.isdecimal()) == (not 0 < min(count, whole) < 5 and not 0 < left < 5)
    assert (lines[0].amount == "90") == lines[0].students.isdecimal()


def test_a_hidden_line_takes_its_amount_and_the_total_of_amounts_along():
    made = table("Met", [Line("Met", 3, 45), Line("Not met", 20, 0)], 23, Line("All", 23, 45))

    assert [(line.students, line.amount) for line in made.lines] == [
        ("fewer than 5", KEPT_BACK),
        (KEPT_BACK, KEPT_BACK),
        ("23", KEPT_BACK),
    ]


@pytest.mark.parametrize(
    ("counted", "asked", "words"),
    [
        (0, 9, "Nothing yet"),
        (1, 9, "Up to a quarter"),
        (2, 8, "Up to a quarter"),
        (3, 8, "Up to half"),
        (6, 8, "Up to three quarters"),
        (7, 8, "More than three quarters"),
        (8, 8, "Everything"),
    ],
)
def test_a_band_holds_its_upper_edge(counted, asked, words):
    assert reporting.band(counted, asked) == words


def test_quartiles_are_given_of_groups_that_are_large_enough():
    assert (quartiles(range(9)), quartiles(range(10)), quartiles(range(21))) == (None, (2, 4, 6), (5, 10, 15))


def test_terms_and_years_hold_every_day():
    for day in (date(2026, 1, 1), date(2026, 8, 31), date(2026, 9, 1), date(2026, 12, 31), date(2028, 2, 29), date(2026, 4, 30)):
        assert reporting.term_of(day)[0] <= day <= reporting.term_of(day)[1]
        assert reporting.year_of(day)[0] <= day <= reporting.year_of(day)[1]


@pytest.fixture
def robin():
    return make.counsellor()


def students(robin, number, scopes=tuple(Scope), **fields):
    return [make.connection(make.member(), robin, scopes, student_name="Ann Secret", **fields) for _ in range(number)]


def signed_in(client, person, address=URL):
    client.force_login(person)
    return client.get(address)


def tables(response):
    """The tables of a report by their titles: each line's figures by its label."""
    found = response.context["report"].tables
    return {each.title: {line.label: (line.students, line.amount) for line in each.lines} for each in found}


def met(connection, minutes=30, channel=Channel.VIDEO, attendance=Attendance.ATTENDED, **fields):
    given = {"starts_at": timezone.now() - timedelta(minutes=1), **fields}
    return Meeting.objects.create(connection=connection, minutes=minutes, channel=channel, attendance=attendance, **given)


@pytest.mark.parametrize("number", [0, 4])
def test_a_small_caseload_is_told_nothing_but_that(client, robin, number):
    students(robin, number)

    page = signed_in(client, robin)
    file = client.get(URL + "figures.csv").content.decode()

    assert (page.context["report"].tables, "too small to show" in page.content.decode()) == ((), True)
    assert file.splitlines()[1:] == ["The group is too small to be shown,,,,"]


def test_meetings_that_took_place_in_the_period_are_counted(client, robin):
    group = students(robin, 12)
    for each in group[:6]:
        met(each)
        met(each, 15, Channel.PHONE)
    met(group[6], attendance=Attendance.MISSED)
    met(group[7], starts_at=timezone.now() - timedelta(days=800))

    found = tables(signed_in(client, robin))

    assert found["Students met"] == {"Met": ("6", "270"), "Not met": ("6", "0"), "All students": ("12", "270")}
    assert found["Meetings, by how they took place"]["Phone"] == ("6", "6")
    assert found["Meetings, by how they took place"]["In person"] == ("0", "0")
    assert found["Encounters and experience, by Gatsby benchmark"]["8. Personal guidance"] == ("6", "0")


def test_coverage_counts_pieces_of_pieces_asked(client, robin):
    skill = make.skill()
    career = make.career(skills=[skill])
    for number, each in enumerate(students(robin, 12)):
        make.goal(each.student, career)
        for _ in range(3 if number < 6 else 0):
            make.entry(each.student, skills=[skill])

    found = tables(signed_in(client, robin))

    assert found["Target roles"]["With a target role"] == ("12", "")
    bands = found["Coverage of the first target role"]
    assert (bands["Everything"], bands["Nothing yet"]) == (("6", ""), ("6", ""))
    assert found["Evidence added, by skill"] == {"Puppetry": ("6", "18")}


def test_only_what_is_shared_is_counted(client, robin):
    skill = make.skill()
    career = make.career(skills=[skill])
    for each in students(robin, 6, scopes=[Scope.PROFILE]):
        make.goal(each.student, career)
        make.entry(each.student, skills=[skill], visibility=Visibility.COUNSELLOR)
        make.entry(each.student, kind="internship", visibility=Visibility.COUNSELLOR, started="2026-11")
        make.step(each)

    found = tables(signed_in(client, robin))

    assert found["Target roles"]["Not shared with you"] == ("6", "")
    assert found["Evidence added, by skill"] == {}
    assert set(found["What was recommended, and what became of it"].values()) == {("0", "0")}
    assert found["Encounters and experience, by Gatsby benchmark"]["6. Experiences of workplaces"] == ("0", "0")


def test_private_and_suspended_entries_are_not_counted_for_those_who_share_entries_only(client, robin):
    skill, open_skill = make.skill(), make.skill("Rigging")
    for each in students(robin, 6, scopes=[Scope.ENTRIES]):
        make.entry(each.student, skills=[skill])
        make.entry(each.student, skills=[open_skill], visibility=Visibility.COUNSELLOR)
        make.entry(each.student, skills=[skill], visibility=Visibility.COUNSELLOR, suspended_at=timezone.now())

    assert tables(signed_in(client, robin))["Evidence added, by skill"] == {"Rigging": ("6", "6")}


@pytest.mark.parametrize(
    "over",
    [
        {"ended_at": timezone.now()},
        {"ends_at": timezone.now() - timedelta(minutes=1)},
        {"granted_at": None},
    ],
)
def test_students_who_are_not_connected_now_are_not_counted(client, robin, over):
    students(robin, 7)
    for each in students(robin, 6, **over):
        met(each)

    found = tables(signed_in(client, robin))

    assert found["Students met"] == {"Met": ("0", "0"), "Not met": ("7", "0"), "All students": ("7", "0")}


def test_recommendations_are_counted_by_what_became_of_them(client, robin):
    for number, each in enumerate(students(robin, 12)):
        make.step(each, state=StepState.DONE if number < 6 else StepState.DECLINED)

    found = tables(signed_in(client, robin))["What was recommended, and what became of it"]

    assert (found["Finished"], found["Declined"], found["Accepted"]) == (("6", "6"), ("6", "6"), ("0", "0"))


def test_placements_that_are_shared_count_as_experience_of_workplaces(client, robin):
    group = students(robin, 12)
    for each in group[:6]:
        make.entry(each.student, kind="internship", started="2026", ended="2026-10", visibility=Visibility.COUNSELLOR)
    for each in group[6:]:
        make.entry(each.student, kind="internship", started="2025", ended="2025", visibility=Visibility.COUNSELLOR)

    page = signed_in(client, robin, URL + "?from=2026-09-01&to=2026-12-31")

    assert tables(page)["Encounters and experience, by Gatsby benchmark"]["6. Experiences of workplaces"] == ("6", "0")


def test_encounters_count_once_a_student_and_benchmark(client, robin):
    group = students(robin, 12)
    for _ in range(2):
        day = Encounter.objects.create(counsellor=robin, benchmark=Benchmark.EMPLOYERS, title="Visit", on=timezone.localdate())
        day.connections.set(group[:6])

    found = tables(signed_in(client, robin))["Encounters and experience, by Gatsby benchmark"]

    assert found["5. Encounters with employers and employees"] == ("6", "2")


def test_a_group_that_leaves_a_few_outside_is_not_shown(client, robin):
    cohort = Cohort.objects.create(counsellor=robin, name="Year two")
    students(robin, 8, cohort=cohort)
    outside = students(robin, 3)

    hidden = signed_in(client, robin, f"{URL}?group={cohort.pk}").context["report"]
    outside[0].ended_at = timezone.now()
    for each in outside:
        each.ended_at = timezone.now()
        each.save()
    shown = signed_in(client, robin, f"{URL}?group={cohort.pk}").context["report"]

    assert (hidden.is_too_small, shown.is_too_small, shown.students) == (True, False, 8)


@pytest.mark.parametrize(
    "query",
    [
        "from=nonsense",
        "from=2026-02-30",
        "from=2026-12-01&to=2026-01-01",
        "from=1800-01-01&to=2026-01-01",
        "to=%00",
        "group=x",
        "group=999999",
        "group=" + "9" * 30,
    ],
)
def test_a_bad_question_is_answered_with_a_sentence(client, robin, query):
    answer = signed_in(client, robin, f"{URL}?{query}")

    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    assert client.get(f"{URL}figures.csv?{query}").status_code == 404


def test_another_counsellors_group_is_none_of_mine(client, robin):
    cohort = Cohort.objects.create(counsellor=make.counsellor("Sam Oakes"), name="Theirs")

    assert signed_in(client, robin, f"{URL}?group={cohort.pk}").status_code == 422


def test_the_file_says_what_the_page_says_and_opens_as_text(client, robin):
    for each in students(robin, 12)[:6]:
        make.entry(each.student, skills=[make.skill(title='=HYPERLINK("x")')])
    make.entry(robin.caseload.first().student, skills=[make.skill()])

    page = signed_in(client, robin)
    rows = list(csv.reader(io.StringIO(client.get(URL + "figures.csv").content.decode("utf-8-sig"))))

    said = [(each.title, line.label, line.students) for each in page.context["report"].tables for line in each.lines]
    assert [(row[0], row[1].lstrip("'"), row[2]) for row in rows[1:]] == said
    assert all(not row[1].startswith("=") for row in rows)


def led(counsellors, lead):
    team = Team.objects.create(name="Coast")
    for each in counsellors:
        Seat.objects.create(team=team, user=each)
    Seat.objects.create(team=team, user=lead, is_lead=True)
    return team


def test_a_lead_reads_the_figures_of_a_team_and_no_name(client, robin):
    sam, lead = make.counsellor("Sam Oakes"), make.user("Leads")
    for each in students(robin, 6) + students(sam, 6):
        met(each)
    team = led([robin, sam], lead)

    page = signed_in(client, lead, f"{URL}teams/{team.pk}/")
    file = client.get(f"{URL}teams/{team.pk}/figures.csv").content.decode()

    assert tables(page)["Students met"]["Met"] == ("12", "360")
    for text in (page.content.decode(), file):
        assert [name for name in ("Ann Secret", "Robin Ash", "Sam Oakes", "@example.org") if name in text] == []
    assert f"/counselling/reports/teams/{team.pk}/" in client.get(URL).content.decode()
    assert client.get("/counselling/").status_code == 404


@pytest.mark.parametrize("who", ["a lead of another team", "a member of it", "a lead without the right", "a superuser"])
def test_a_teams_figures_are_its_leads_only(client, robin, who):
    lead = make.user("Leads")
    team = led([robin], lead)
    other = {"a superuser": make.superuser(), "a member of it": robin}.get(who) or make.user("Leads")
    if who == "a lead without the right":
        other = lead
        lead.groups.clear()

    assert signed_in(client, other, f"{URL}teams/{team.pk}/").status_code == 404
    assert client.get(f"{URL}teams/{team.pk}/figures.csv").status_code == 404


def test_reading_figures_is_not_noted_in_anybodys_record(client, robin):
    students(robin, 6)

    signed_in(client, robin)

    assert not AccessEvent.objects.exists()


def test_a_report_costs_the_same_for_five_and_for_thirty(client, robin):
    filled(robin, 5)
    client.force_login(robin)
    client.get(URL)
    few = statements(client, URL)

    filled(robin, 25)
    many = statements(client, URL)

    assert (len(few), len(many)) == (15, 15), many
    assert [sql for sql in many if not sql.lstrip("( ").startswith(("SELECT", "WITH", "DECLARE"))] == []


def filled(robin, number):
    skill = make.skill()
    career = make.career(skills=[skill])
    for each in students(robin, number):
        make.goal(each.student, career)
        make.entry(each.student, skills=[skill])
        make.step(each)
        met(each)
