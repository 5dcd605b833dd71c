"""The interests quiz by keyboard, with and without script: what was ticked is there after going back and forth."""

import re

import pytest
from playwright.sync_api import expect

from tests import make

from .test_journeys import press_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ticked(page):
    return page.locator("input:checked").count()


@pytest.mark.parametrize("script", [True, False])
def test_from_the_start_to_a_result_and_back(visit, script):
    page = visit("/careers/quiz/", width=360, java_script_enabled=script)
    page.get_by_role("link", name="Start", exact=True).click()

    for group in page.get_by_role("group").all()[:5]:
        group.get_by_role("radio", name="Quite a lot").check()
    page.get_by_role("link", name="Next five").first.click()
    page.get_by_role("group").nth(5).get_by_role("radio", name="Very much").check()
    page.go_back()
    page.go_forward()
    assert ticked(page) == 6

    page.get_by_role("button", name="Stop here and keep what I have").nth(1).click()
    page.wait_for_url(re.compile(r"/careers/quiz/[0-9A-Z-]{35}/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("No clear order yet.")
    page.go_back()
    assert ticked(page) == 6
    page.go_forward()

    page.get_by_role("link", name="Change my answers").click()
    assert ticked(page) == 6
    page.get_by_role("group").nth(6).get_by_role("radio", name="Not at all").check()
    page.get_by_role("button", name="Show my result").click()
    expect(page.locator("main")).to_contain_text("7 of 30 statements answered")
    page.go_back()
    assert ticked(page) == 7
    assert page.complaints == []


def test_a_statement_is_answered_by_keyboard(visit):
    page = visit("/careers/quiz/statements/")
    first = page.get_by_role("group").first

    press_to(page, first.get_by_role("radio").first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")

    expect(first.get_by_role("radio", name="I don’t mind")).to_be_checked()
    expect(page.get_by_role("group").nth(1).get_by_role("radio").first).to_be_focused()


def test_a_code_is_mistyped_and_typed_again(visit):
    page = visit("/careers/quiz/")
    page.get_by_label("Your code").fill("not a code")
    page.get_by_role("button", name="Open my result").click()

    expect(page.get_by_label("Your code")).to_have_value("not a code")
    expect(page.locator("[data-error-summary]")).to_contain_text("A code has 30 letters and figures; this one has 8.")
    expect(page.get_by_label("Your code")).to_have_attribute("aria-invalid", "true")


def test_a_member_keeps_a_result_and_takes_a_deletion_back(enter):
    page = enter(make.member(), "/careers/quiz/statements/", on="")
    page.get_by_role("group").first.get_by_role("radio", name="Very much").check()
    page.get_by_role("button", name="Show my result").click()

    page.get_by_role("button", name="Keep this in my plan").click()
    expect(page.get_by_role("heading", level=2, name="One result")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Delete the result of")).click()
    expect(page.get_by_role("heading", name="Nothing kept yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("heading", level=2, name="One result")).to_be_visible()
    assert page.complaints == []
