"""What readers do, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.home.members import code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press_to(page, locator, key="Tab", most=60):
    """Press the key until the element has focus; fails when it cannot be reached."""
    for _ in range(most):
        page.keyboard.press(key)
        if locator.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{locator} cannot be reached by {key}")


def test_from_the_front_page_to_a_career_by_keyboard(visit):
    page = visit("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    press_to(page, page.get_by_role("link", name="Explore careers"))
    page.keyboard.press("Enter")
    page.wait_for_url("/careers/")

    search = page.locator("#explore input[type=search]")
    press_to(page, search)
    page.keyboard.type("budget")
    page.wait_for_url(re.compile(r"\?.*q=budget"))
    expect(page.locator("#status")).to_have_text(re.compile(r"\d+ careers?"))
    expect(search).to_be_focused()

    below = page.get_by_role("checkbox", name=re.compile("^Below the line"))
    press_to(page, below)
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("line=below"))
    expect(below).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("Remove filter: Below the line"))).to_be_visible()

    press_to(page, page.get_by_role("link", name="Line producer", exact=True), most=90)
    page.keyboard.press("Enter")
    page.wait_for_url("/careers/line-producer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Line producer")

    page.go_back()
    page.wait_for_url(re.compile("q=budget.*line=below"))
    expect(below).to_be_checked()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    assert page.complaints == []


def test_the_same_questions_work_without_script(visit):
    page = visit("/careers/", java_script_enabled=False)

    page.locator("#explore input[type=search]").fill("budget")
    page.get_by_role("checkbox", name=re.compile("^Below the line")).check()
    page.get_by_role("button", name="Show careers").click()

    assert "q=budget" in page.url
    assert "line=below" in page.url
    expect(page.locator("#results-title")).to_have_text(re.compile(r"\d+ careers?"))
    page.get_by_role("link", name=re.compile("Remove filter: Below the line")).click()
    assert "line=below" not in page.url


def test_suggestions_fill_while_typing(visit):
    page = visit("/careers/")

    page.locator("#explore input[type=search]").press_sequentially("sched")

    expect(page.locator("datalist option[value=Scheduling]")).to_be_attached()


def test_drawers_close_with_escape_and_give_the_focus_back(visit):
    page = visit("/careers/associate-producer/", width=360)

    for name, panel in (("Menu", "#menu"), ("On this page", "#contents")):
        button = page.get_by_role("button", name=name)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(panel)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(panel)).to_be_hidden()
        expect(button).to_be_focused()


def test_the_contents_lead_to_every_section(visit):
    page = visit("/careers/associate-producer/", width=1280)

    links = page.locator("#contents a")
    assert links.count() >= 25
    links.nth(4).click()
    expect(page.locator(links.nth(4).get_attribute("href"))).to_be_in_viewport()
    expect(links.nth(4)).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("script", [True, False])
def test_the_colours_chosen_are_kept(visit, script):
    page = visit("/", scheme="light", java_script_enabled=script)

    page.get_by_role("button", name="Switch to dark colours").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_load_state("networkidle")
    page.goto("/glossary/")

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Switch to light colours")).to_be_visible()


@pytest.mark.parametrize(
    "query",
    ["%22", "%00", "a" * 3000, "<script>document.title='x'</script>", "%27%22><img src=x onerror=alert(1)>", "page=1e99"],
)
def test_hostile_questions_stay_text(visit, query):
    page = visit(f"/search/?q={query}")
    title = page.title()
    page.goto(f"/careers/?q={query}")

    assert page.title() != "x"
    assert "Greenlight" in title
    assert page.complaints == []


def test_an_editor_signs_in_edits_and_sees_the_new_words(visit, mailoutbox):
    moderator = make.user("Moderators", email="mod@example.org")
    page = visit("/cms/")
    page.get_by_label("Email").fill(moderator.email)
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code_in(mailoutbox[0]))
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("/cms/")

    page.goto("/careers/script-doctor/")
    expect(page.locator("wagtail-userbar")).to_be_attached()
    assert page.complaints == []
    page.goto("/cms/careers/")
    page.get_by_role("link", name="Script doctor", exact=True).first.click()
    page.locator("#id_summary").fill("Mends scripts with a zoetrope.")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_load_state("networkidle")

    page.goto("/search/?q=zoetrope")
    expect(page.get_by_role("link", name="Script doctor")).to_be_visible()
