"""The counsellor's desk in a browser: accessible, within its width, valid, and of use by keyboard and without script."""

import json
import os
import subprocess

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portfolio import samples, samples_counselling
from portfolio.models import Connection
from portfolio.showcase import CREDITS
from tests import make

from .test_member_pages import enter, faults  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/counselling/"


@pytest.fixture
def robin():
    samples.load(timezone.localdate())
    return samples_counselling.load(timezone.localdate())


def places(counsellor):
    """Every page of the desk, for a full student, an odd one, a young one and one without anything."""
    found = [DESK, f"{DESK}?q=zzzz&status=quiet", f"{DESK}?status=nudge&order=name"]
    for each in Connection.objects.of_counsellor(counsellor):
        found.append(f"{DESK}{each.pk}/")
        if each.shares_entries:
            film = each.student.entries.filter(kind__in=CREDITS, visibility__gte=2, state="completed").first()
            found += [f"{DESK}{each.pk}/{part}" for part in ("entries/", "entries/?kind=festival&skill=sound", "portfolio/")]
            found += [f"{DESK}{each.pk}/portfolio/{film.pk}/"] if film else []
    return found


def test_no_barrier_no_complaint_no_sideways_scroll(enter, robin):  # noqa: F811
    page = enter(robin)
    found = {}
    for address in places(robin):
        page.goto(address)
        found[address] = faults(page)

    assert {address: each for address, each in found.items() if each} == {}


def test_an_empty_desk_has_no_barrier(enter):  # noqa: F811
    page = enter(make.counsellor())
    page.goto(DESK)

    assert faults(page) == []


def test_typing_narrows_the_list_and_says_how_many_are_left(enter, robin):  # noqa: F811
    page = enter(robin)
    page.goto(DESK)
    page.get_by_label("Find a student").press_sequentially("maris")

    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.locator("#status")).to_have_text("Showing 1 of 5 students")
    expect(page.get_by_label("Find a student")).to_be_focused()
    assert "q=maris" in page.url


def test_without_script_the_list_is_narrowed_by_its_button(enter, robin):  # noqa: F811
    page = enter(robin, java_script_enabled=False)
    page.goto(DESK)
    page.get_by_label("Status", exact=True).select_option("Could do with a nudge")
    page.get_by_role("button", name="Show").click()

    assert page.get_by_role("row").count() == 4
    assert "status=nudge" in page.url


def test_the_keyboard_goes_from_the_list_to_an_entry(enter, robin):  # noqa: F811
    page = enter(robin)
    page.goto(DESK)
    for name in ("Marisol Adeyemi-Thorne", "Entries"):
        link = page.get_by_role("main").get_by_role("link", name=name, exact=True)
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    page.locator(".board a").first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Back to the desk")).to_be_visible()


def test_every_page_is_valid_html(client, robin, tmp_path):
    client.force_login(robin)
    for number, address in enumerate(places(robin)):
        (tmp_path / f"{number}.html").write_bytes(client.get(address).content)

    jar = os.environ.get("VNU_JAR")
    assert jar, "Set VNU_JAR to the path of vnu.jar, the HTML checker."
    command = ["java", "-Xss1m", "-jar", jar, "--format", "json", *map(str, tmp_path.glob("*.html"))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    errors = [each for each in json.loads(run.stderr)["messages"] if each["type"] == "error"]
    assert [(each["url"].rsplit("/", 1)[1], each.get("lastLine"), each["message"]) for each in errors] == []
