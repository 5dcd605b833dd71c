"""The plan: the finding, what to do next, which role it is about, and what is said when there is nothing yet."""

from datetime import UTC, date, datetime, timedelta

import pytest

from careers.models import CareerPage, Skill
from portfolio import advice, clocks, goals, planning, reading, waiting
from portfolio.gaps import Held
from portfolio.models import CPDActivity, FestivalSubmission, Goal, Profile
from tests import make
from tests.portfolio import record

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
TODAY = date(2026, 3, 14)


@pytest.fixture
def ann():
    return make.user(age_band="18+")


def skill(slug):
    return Skill.objects.get(slug=slug).pk


def text(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_what_counts_is_completed_and_kept_and_the_owners_own(ann):
    record.role(strings=(2, 2), glue=(1, 1))
    record.entry(ann, {"strings": 3, "glue": 1}, stages=[3, 2])
    record.entry(ann, {"strings": 3}, stages=[2])
    record.entry(ann, {"strings": 1})
    record.entry(ann, {"strings": 4}, state="draft")
    record.entry(ann, {"strings": 4}, deleted_at=NOW)
    record.entry(make.user(), {"strings": 4})

    found = reading.held(ann.pk)

    strings, glue = skill("strings"), skill("glue")
    assert set(found) == {Held(strings, 3, 2, 0, 2), Held(glue, 1, 1, 0, 2), Held(strings, 1, 1)}


def test_an_endorsement_counts_at_the_level_it_was_given_for(ann):
    record.role(strings=(2, 2))
    record.endorse(record.entry(ann, {"strings": 3}), 4)
    lower = record.entry(ann, {"strings": 3})
    record.endorse(lower, 1)
    record.endorse(lower, 2)

    strings = skill("strings")
    assert set(reading.held(ann.pk)) == {Held(strings, 3, 2, 1), Held(strings, 2, 0, 1)}


def test_the_plan_says_what_is_covered_and_what_is_missing(ann):
    record.aim(ann, record.role(strings=(2, 1), glue=(1, 3)))
    record.entry(ann, {"strings": 2, "glue": 1})

    plan = planning.plan(ann, NOW)

    assert plan.finding == ("One of two skills covered.", "Glue is the one to fix.")
    assert [(row.title, row.gap.counted, row.importance, row.gap.state, row.url) for row in plan.rows] == [
        ("Glue", 1, 3, "standby", "/me/skills/glue/"),
        ("Strings", 1, 1, "go", "/me/skills/strings/"),
    ]


def test_what_to_do_next_leads_to_the_right_place(ann):
    record.aim(ann, record.role(strings=(2, 1)))
    draft = record.entry(ann, {"strings": 2}, state="draft")
    bare = record.entry(ann, title="Kite String")

    plan = planning.plan(ann, NOW)

    assert [(step.title, step.url, step.button) for step in plan.steps] == [
        ("Finish “Low Water”", f"/me/entries/{draft.pk}/edit/", "Finish entry"),
        ("Add evidence to “Kite String”", f"/me/entries/{bare.pk}/edit/", "Edit entry"),
        ("Find a first piece of strings", "/me/entries/new/?skill=strings", "Log an entry"),
    ]


def test_dates_ahead_are_listed_and_past_ones_left_out(ann):
    fields = {"owner": ann, "kind": "festival", "title": "Low Water", "started": "2026", "state": "planned"}
    for days, name, status in (
        (-1, "Gone", "planned"),
        (0, "Today", "draft"),
        (5, "Sent", "submitted"),
        (9, "Harbour", "planned"),
    ):
        FestivalSubmission.objects.create(
            **fields, organisation=name, submission_status=status, deadline_on=TODAY + timedelta(days)
        )

    found = planning.plan(ann, NOW).deadlines

    assert [(each.festival, each.days) for each in found] == [("Today", 0), ("Harbour", 9)]


def test_certificates_come_the_next_to_expire_first(ann):
    fields = {"owner": ann, "kind": "cpd", "started": "2024"}
    for title, days in (("Late", 50), ("Soon", 3), ("Over", -1)):
        CPDActivity.objects.create(**fields, title=title, certificate_expires=TODAY + timedelta(days))

    assert [each.title for each in waiting.certificates(ann.pk, TODAY)] == ["Soon", "Late"]


def test_the_year_counts_what_was_completed_in_it(ann):
    record.entry(ann, started="2026-01", minutes=90)
    record.entry(ann, started="2026", minutes=30)
    record.entry(ann, started="2025-12-31", minutes=600)
    record.entry(ann, started="2026", minutes=600, state="planned")

    assert planning.plan(ann, NOW).year.words == "2 entries, 2 hours"


def test_the_day_is_the_one_on_the_members_clock(ann):
    Profile.objects.create(owner=ann, time_zone="Pacific/Kiritimati")

    assert clocks.today(NOW, waiting.home(ann.pk)) == date(2026, 3, 15)


def test_a_deadline_elsewhere_stands_on_the_day_of_the_members_clock(ann):
    Profile.objects.create(owner=ann, time_zone="Europe/London")
    elsewhere = {"deadline_zone": "America/Los_Angeles", "deadline_time": "23:59", "submission_status": "planned"}
    tomorrow = make.entry(ann, kind="festival", organisation="Harbour Shorts", deadline_on="2026-03-14", **elsewhere)
    make.entry(ann, kind="festival", organisation="Over", deadline_on="2026-03-12", **elsewhere)

    found = planning.plan(ann, NOW).deadlines

    assert found == [advice.Deadline(tomorrow.pk, "Low Water", "Harbour Shorts", date(2026, 3, 15), 1)]


def test_a_new_member_is_met_with_two_steps(client, ann):
    client.force_login(ann)

    page = text(client, "/me/")

    assert [words in page for words in ("Two steps make a plan.", "No target role yet", "Your first strip goes here")] == [
        True
    ] * 3


def test_the_role_in_view_is_the_first_or_the_one_asked_for(client, ann):
    first, second = record.role("Puppeteer", strings=(2, 1)), record.role("Animator", glue=(1, 1))
    record.aim(ann, first)
    record.aim(ann, second, place=1)
    client.force_login(ann)

    shown = [
        client.get(address).context["plan"].target.title for address in ("/me/", f"/me/?role={second.slug}", "/me/?role=nonsense")
    ]

    assert shown == ["Puppeteer", "Animator", "Puppeteer"]


def test_a_role_whose_page_is_gone_keeps_its_title(client, ann):
    record.aim(ann, record.role("Puppeteer", strings=(2, 1)))
    CareerPage.objects.get(title="Puppeteer").unpublish()
    client.force_login(ann)

    hidden = text(client, "/me/")
    CareerPage.objects.get(title="Puppeteer").delete()
    deleted = text(client, "/me/")

    sentences = ("My plan, for Puppeteer", "The guide has no page for this role now.", "This role has left the guide")
    assert [[words in page for words in sentences] for page in (hidden, deleted)] == [[True] * 3] * 2


def test_choosing_a_role_twice_keeps_one_and_the_latest_choice_comes_first(ann):
    first, second = record.role("Puppeteer"), record.role("Animator")
    for career in (first, second, first):
        goals.choose_role(owner=ann, career=career)

    assert list(Goal.objects.visible_to(ann).values_list("title", "place")) == [("Puppeteer", 0), ("Animator", 1)]


def test_a_role_is_chosen_and_left_on_its_page(client, ann):
    career = record.role("Puppeteer", strings=(2, 1))
    client.force_login(ann)

    chosen = client.post(f"/me/roles/{career.slug}/", {"do": "choose", "back": "guide"})
    aims = [target.title for target in reading.targets(ann.pk)]
    dropped = client.post(f"/me/roles/{career.slug}/", {"do": "drop"})

    assert (chosen.headers["Location"], aims) == (career.get_absolute_url(), ["Puppeteer"])
    assert (dropped.headers["Location"], reading.targets(ann.pk)) == ("/me/", [])


@pytest.mark.parametrize("sent", [{}, {"do": "everything"}, {"do": "choose", "back": "https://example.org/"}, {"do": "\0"}])
def test_a_form_that_says_nothing_we_know_changes_nothing(client, ann, sent):
    career = record.role("Puppeteer")
    client.force_login(ann)

    response = client.post(f"/me/roles/{career.slug}/", sent)

    assert (response.status_code, Goal.objects.count()) == (302, 0)


def test_nobody_changes_another_members_roles(client, ann):
    goal = record.aim(make.user(), record.role("Puppeteer"))
    client.force_login(ann)

    client.post("/me/roles/", {"do": "drop", "goal": goal.pk})
    client.post(f"/me/roles/{goal.career.slug}/", {"do": "drop"})
    goals.drop_role(owner=ann, goal=goal)

    assert Goal.objects.filter(pk=goal.pk).exists()


def test_a_role_that_is_gone_can_be_removed_and_another_put_first(client, ann):
    gone = Goal.objects.create(owner=ann, career=None, title="Gone")
    kept = record.aim(ann, record.role("Puppeteer"), place=1)
    client.force_login(ann)

    client.post("/me/roles/", {"do": "first", "goal": kept.pk})
    first = [target.title for target in reading.targets(ann.pk)]
    client.post("/me/roles/", {"do": "drop", "goal": gone.pk})

    assert (first, [target.title for target in reading.targets(ann.pk)]) == (["Puppeteer", "Gone"], ["Puppeteer"])


def test_roles_are_ranked_with_the_why(client, ann):
    record.role("Puppeteer", strings=(2, 1), glue=(1, 3))
    record.role("Animator", glue=(1, 1))
    make.career("Restricted", skills=[Skill.objects.get(slug="glue")], live=False)
    record.entry(ann, {"strings": 2})
    client.force_login(ann)

    shown = {near.title: (near.gap.counted, near.gap.asked, near.why) for near, _ in client.get("/me/roles/").context["roles"]}

    assert shown["Puppeteer"] == (1, 4, "You have strings; missing most: glue.")
    assert shown["Animator"] == (0, 1, "Missing most: glue.")
    assert next(iter(shown)) == "Puppeteer"


@pytest.mark.parametrize("address", ["/me/roles/nonsense/", "/me/roles/hidden/", "/me/skills/nonsense/"])
def test_what_is_not_there_or_not_published_is_not_found(client, ann, address):
    career = make.career("Hidden", slug="hidden")
    career.unpublish()
    client.force_login(ann)

    assert client.get(address).status_code == 404
