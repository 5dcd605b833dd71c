"""One journey of two people: recommended, accepted, finished, and the gap closes; by keyboard, and without script."""

import re

import pytest
from playwright.sync_api import expect

from portfolio.models import PlanStep
from tests import make
from tests.portfolio import record

from .test_journeys import press_to
from .test_member_pages import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def two():
    """A connection whose student misses a skill that a course teaches."""
    skill = make.skill("Tallying", slug="tallying")
    career = record.role("Puppeteer", tallying=(3, 1), budgeting=(2, 1))
    met = make.connection(make.member(), make.counsellor(), student_name="Ngozi")
    record.aim(met.student, career)
    make.course("First Cuts", teaches=[(skill, 3)], hours=8, length_status="confirmed", cost="free", cost_status="confirmed")
    make.course("Working with Agents", provider=make.provider("Agents’ Guild"), teaches=[make.skill("Dealing")])
    return met


@pytest.mark.parametrize("script", [True, False])
def test_recommended_accepted_finished_and_the_gap_closes(enter, script):
    met = two()
    desk = enter(met.counsellor, f"/counselling/{met.pk}/", script=script)
    desk.get_by_label("To close").select_option(label="Tallying: 0 of 1")
    if not script:
        desk.get_by_role("button", name="Show courses").click()
    expect(desk.get_by_role("radio", name=re.compile("First Cuts"))).to_be_checked()
    desk.get_by_label("Your note").fill("You have the eye for it.")
    desk.get_by_role("button", name="Send recommendation").last.click()
    expect(desk.get_by_text("Ngozi will see First Cuts on their plan")).to_be_visible()
    expect(desk.get_by_role("button", name="Undo")).to_be_visible()

    page = enter(met.student, "/me/", script=script)
    page.get_by_role("button", name=re.compile("Read the note")).click()
    expect(page.get_by_text("You have the eye for it.")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("link", name="I have finished it").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("First Cuts")
    page.get_by_role("button", name="Save entry").last.click()
    expect(page.get_by_text("Tallying now has 1 piece of evidence")).to_be_visible()

    page.goto("/me/?role=puppeteer")
    assert PlanStep.objects.get().state == "done"
    expect(page.get_by_role("listitem").filter(has_text="Tallying").get_by_text("Covered")).to_be_visible()
    assert (desk.complaints, page.complaints) == ([], [])


def test_choosing_another_skill_shows_its_courses_and_sends_nothing(enter):
    met = two()
    page = enter(met.counsellor, f"/counselling/{met.pk}/recommend/")
    page.get_by_label("Your note").fill("Half a thought")

    page.get_by_label("Search all courses").fill("agents")
    page.get_by_role("button", name="Show courses").click()

    expect(page.get_by_role("radio", name=re.compile("Working with Agents"))).to_be_visible()
    expect(page.get_by_label("Your note")).to_have_value("Half a thought")
    assert (page.complaints, PlanStep.objects.count()) == ([], 0)


def test_a_student_answers_by_keyboard(enter):
    met = two()
    make.step(met, "First Cuts", note="You have the eye for it.")
    page = enter(met.student, "/me/steps/")

    press_to(page, page.get_by_role("button", name=re.compile("Read the note")))
    page.keyboard.press("Enter")
    page.wait_for_url("/me/steps/*/")
    press_to(page, page.locator("summary", has_text=re.compile("^No$")))
    page.keyboard.press("Enter")
    press_to(page, page.get_by_role("button", name="Decline"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("A word on why helps.").first).to_be_visible()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    press_to(page, page.get_by_role("button", name="Decline"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Declined. You can still accept it later.")).to_be_visible()
    assert PlanStep.objects.get().state == "declined"


def test_pages_have_no_barrier_and_fit(enter):
    met = two()
    long = "海边的灯塔看守人" * 14 + " Donaudampfschifffahrtsgesellschaftskapitän" * 2
    course = make.course("A long one", teaches=[make.skill()], provider=make.provider(long[:120]))
    made = [
        make.step(met, long[:200], note=f"{long}\n{long}", course=course, by=long[:120], skill=make.skill(long[:60])),
        make.step(met, "Put off", state="deferred", deferred_until="2099-01-01"),
        make.step(met, "Under way", state="under-way", minutes_done=90, course=course),
        make.step(met, "Finished", state="done"),
        make.step(met, "Declined", state="declined", reason=long[:300]),
    ]
    found = {}
    for person, addresses in {
        met.student: ["/me/", "/me/steps/", *(f"/me/steps/{step.pk}/" for step in made)],
        met.counsellor: [f"/counselling/{met.pk}/recommend/", f"/counselling/recommend/?student={met.pk}"],
    }.items():
        page = enter(person, addresses[0])
        for address in addresses:
            page.goto(address)
            found[address] = faults(page)

    assert {address: each for address, each in found.items() if each} == {}
