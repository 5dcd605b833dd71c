"""A plan between two people, each at a keyboard, with script and without; and the counsellor's pages of it, accessible."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portfolio.counselling import plans, reviewing
from portfolio.counselling.outlines import Aim, Outline, Task
from portfolio.models import ActionPlan, Entry, Meeting, PlanAction
from portfolio.scales import Visibility
from tests import make

from .test_member_pages import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ["Ngozi Farrell", "محمد عبد الرحمن الطويل " * 5, "W" * 110]


@pytest.fixture
def met():
    return make.connection(make.member(), make.counsellor(), student_name="Ngozi Farrell")


@pytest.fixture
def window(enter, client):
    """A window of one of the two; the other one's stays signed in."""

    def open_(person, address, **options):
        client.cookies.clear()
        return enter(person, address, **options)

    return open_


def press(page, name):
    """Press the button from the keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def type_(page, label, words):
    page.get_by_label(label, exact=True).first.focus()
    page.keyboard.type(words)


@pytest.mark.parametrize("script", [True, False])
def test_a_plan_is_written_offered_agreed_to_and_worked_on_from_the_keyboard(window, met, script):
    desk = window(met.counsellor, f"/counselling/{met.pk}/plan/", script=script)
    desk.get_by_role("link", name="Write a plan").focus()
    desk.keyboard.press("Enter")
    type_(desk, "Title", "Summer")
    type_(desk, "Goal", "Learn to budget")
    type_(desk, "What is to be done", "Call the school")
    press(desk, "Another action for goal 1")
    expect(desk.get_by_label("What is to be done", exact=True)).to_have_count(3)
    expect(desk.get_by_label("What is to be done", exact=True).first).to_have_value("Call the school")
    press(desk, "Offer it to the student")
    expect(desk.get_by_text("It counts once the student says yes.")).to_be_visible()

    home = window(met.student, "/me/meetings/", script=script)
    home.get_by_role("link", name="Summer").focus()
    home.keyboard.press("Enter")
    press(home, "Agree to this plan")
    expect(home.get_by_text("Agreed. The plan is live.")).to_be_visible()
    press(home, "Done Call the school")
    expect(home.get_by_role("button", name="Undo Call the school")).to_be_visible()

    desk.reload()
    expect(desk.get_by_text("Done: Call the school")).to_be_visible()
    assert list(PlanAction.objects.values_list("text", "state")) == [("Call the school", "done")]
    assert ActionPlan.objects.get().state == "live"
    assert desk.complaints + home.complaints == []


def furnished(name):
    """A connection with everything on it, in words as long and as foreign as the name."""
    met = make.connection(make.member(), make.counsellor(name[:120]), student_name=name[:120])
    told = make.entry(
        met.student, title=name[:200], description=name * 3, visibility=Visibility.COUNSELLOR, skills=[(make.skill(), 3)]
    )
    reviewing.comment(connection=met.pk, entry=told.pk, text=name * 2)
    reviewing.endorse(connection=met.pk, entry=told.pk, evidence=told.evidence.get().pk, level=2)
    for days in (3, -3):
        starts = timezone.now() + timedelta(days=days)
        Meeting.objects.create(connection=met, starts_at=starts, channel="video", place=name[:200], summary=name, note=name)
    text = Outline(name[:160], None, (Aim(name, None, (Task(name, "student"), Task("Call", "counsellor"))),))
    for title in (text.title, "Another"):
        plans.write(connection=met.pk, text=Outline(title, None, text.aims), seen=standing_mark(met))
        plan = plans.offer(connection=met.pk, seen=Outline(title, None, text.aims).mark)
        if title == text.title:
            plans.agree(student=met.student, plan=plan.pk, seen=text.mark)
    return met, Entry.objects.get(pk=told.pk)


def standing_mark(met):
    return plans.outline_of(plans.standing(met, "live")).mark


@pytest.mark.parametrize("name", NAMES)
def test_the_counsellors_pages_have_no_barrier_and_fit(window, name):
    met, told = furnished(name)
    page = window(met.counsellor, f"/counselling/{met.pk}/plan/")
    page.emulate_media(reduced_motion="reduce")
    meeting = Meeting.objects.first()
    parts = ["plan/", "plan/write/", "meetings/", "meetings/new/", f"meetings/{meeting.pk}/", f"entries/{told.pk}/review/"]
    found = {}
    for part in parts:
        page.goto(f"/counselling/{met.pk}/{part}")
        found[part] = faults(page)

    assert {part: each for part, each in found.items() if each} == {}


def test_what_the_forms_refuse_has_no_barrier_and_fits(window, met):
    page = window(met.counsellor, f"/counselling/{met.pk}/plan/write/")
    page.emulate_media(reduced_motion="reduce")
    found = {}
    for address, button in (("plan/write/", "Offer it to the student"), ("meetings/new/", "Save the meeting")):
        page.goto(f"/counselling/{met.pk}/{address}")
        press(page, button)
        expect(page.get_by_text("to fix").first).to_be_visible()
        found[address] = [each for each in faults(page) if "status of 4" not in each]

    assert {address: each for address, each in found.items() if each} == {}
