"""Readers say whether a guide was useful and what is wrong, by keyboard; an editor reads it beside the page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from home.feedback import stamps
from home.models import ReaderReport, Usefulness
from tests import make

from .conftest import sideways
from .keyboard import Keyboard
from .test_pages import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "The day rate is from 2019."


@pytest.fixture
def at_machine_speed(monkeypatch):
    """Keys are pressed faster here than people can."""
    monkeypatch.setattr(stamps, "TOO_SOON", 0)


def totals():
    return list(Usefulness.objects.values_list("yes", "no"))


def test_an_answer_is_announced_where_it_was_given(visit):
    page = visit("/careers/producer/")
    keys = Keyboard(page)

    keys.push("No")
    status = page.locator("form[data-in-place] [role=status]")
    expect(status).to_have_text("Thank you. What was missing?")
    expect(page.get_by_role("button", name="No", exact=True)).to_be_focused()
    assert page.url.endswith("/careers/producer/")

    keys.follow("What was missing?")
    page.wait_for_url("/feedback/careers/producer/?missing")
    expect(page.get_by_role("heading", level=1)).to_have_text("What was missing?")
    assert (totals(), page.complaints) == ([(0, 1)], [])


def test_without_script_the_answer_has_a_page_with_a_way_back(visit):
    page = visit("/skills/budgeting/", java_script_enabled=False)

    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.get_by_role("link", name="Back to Budgeting").click()

    assert page.url.endswith("/skills/budgeting/")
    assert totals() == [(1, 0)]


@pytest.mark.usefixtures("at_machine_speed")
@pytest.mark.parametrize("script", [True, False])
def test_a_mistake_is_reported_by_keyboard(visit, script):
    page = visit("/careers/producer/#pay", java_script_enabled=script)
    keys = Keyboard(page)

    page.get_by_role("link", name="Report a mistake").focus()
    keys.press("Enter")
    page.wait_for_url(re.compile("/feedback/careers/producer/"))
    section = page.get_by_label("Which part of the page?")
    expect(section).to_have_value("pay" if script else "")
    keys.write("What is wrong?", f"{WORDS} Ask bo@example.org.")
    keys.push("Send")
    expect(page.get_by_role("heading", name="One thing to fix")).to_be_visible()
    expect(section).to_have_value("pay" if script else "")

    keys.tick(page.get_by_label(re.compile("^Send it as it is")))
    keys.push("Send")
    page.wait_for_url("/feedback/careers/producer/?sent")
    keys.follow("Back to Producer")
    page.wait_for_url("/careers/producer/")

    made = ReaderReport.objects.get()
    assert (made.text, made.section) == (f"{WORDS} Ask bo@example.org.", "Pay by country" if script else "")


def test_what_is_asked_again_is_without_barrier(visit):
    page = visit("/feedback/careers/producer/", width=360)
    page.get_by_label("What is wrong?").fill("Call 020 7946 0958. " * 60)
    page.get_by_label(re.compile("^Where does it say so")).fill("nowhere")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("group", name=re.compile("things to fix"))).to_be_focused()

    found = Axe().run(page, options=RULES)

    assert not found.violations_count, found.generate_report()
    assert sideways(page) <= 0


def test_an_editor_reads_it_beside_the_page_and_answers(enter, visit):
    page = visit("/feedback/careers/producer/?section=pay")
    page.get_by_label("What is wrong?").fill(WORDS)
    stamp = page.locator("[name=stamp]")
    expect(stamp).to_have_count(1)
    page.wait_for_function("started => Date.now() - started > 3100", arg=page.evaluate("Date.now()"))
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("/feedback/careers/producer/?sent")
    made = ReaderReport.objects.get()

    cms = enter(make.superuser(), f"/cms/pages/{made.object_id}/edit/")
    cms.get_by_role("button", name="Toggle what readers say").click()
    expect(cms.get_by_text(WORDS)).to_be_visible()
    cms.get_by_role("link", name="Mended").click()
    expect(cms.get_by_label("State")).to_have_value("mended")
    cms.get_by_label("Note for other editors").fill("Took this year's card.")
    cms.get_by_role("button", name="Answer").click()

    expect(cms.get_by_text("The report is answered: mended.")).to_be_visible()
    made.refresh_from_db()
    assert (made.state, made.answers.get().note) == ("mended", "Took this year's card.")
