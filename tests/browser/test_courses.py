"""The courses: accessible, quiet, within their width, valid, by keyboard and without script."""

import json
import os
import re
import subprocess

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from careers.models import CareerPage, Skill, Source
from courses.models import LinkCheck
from tests import make
from tests.courses.test_course_page import pick
from tests.portfolio import record

from .conftest import sideways
from .keyboard import Keyboard
from .test_member_pages import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "W" * 60 + " 海边的灯塔看守人 حارس المنارة " + "W" * 20


@pytest.fixture
def addresses():
    """Pages with few, many, strange and no courses on them, and one whose address leads nowhere."""
    budgeting = Skill.objects.get(slug="budgeting")
    source = Source.objects.first()
    full = make.course(
        "Budgets in a week",
        slug="budgets",
        teaches=[(budgeting, 3), (Skill.objects.get(slug="scheduling"), 1)],
        summary="Every line of one.",
        level="beginner",
        mode="online",
        hours=12,
        length_status="confirmed",
        cost="paid",
        price_low=20,
        price_high=180,
        currency="GBP",
        cost_status="confirmed",
        age_from=16,
        source=source,
        status="confirmed",
        checked_on=timezone.localdate(),
        checked_by="Robin Ash",
        prerequisites="Sums.",
        note="Ask first.",
        body="<h2>What is in it</h2><p>Words.</p>",
    )
    odd = make.course(LONG, slug="odd", teaches=[budgeting], provider=make.provider(LONG), url=f"https://{'w' * 60}.example/")
    LinkCheck.objects.create(course=odd, url=odd.url, state="gone", failures=3, checked_at=timezone.now())
    pick(full, career=CareerPage.objects.get(slug="producer"), reason=LONG * 3, interest=LONG, curator_name=LONG)
    pick(odd, skill=budgeting)
    for number in range(14):
        make.course(f"Course {number}", teaches=[budgeting], provider=make.provider(f"Provider {number}"))
    return [
        "/courses/",
        "/courses/?role=producer&skill=budgeting&sort=gap&page=2",
        "/courses/?q=zzzz&mode=online",
        "/courses/?skill=budgeting&level=advanced",
        "/courses/budgets/",
        "/courses/odd/",
        "/careers/producer/",
        "/skills/budgeting/",
        "/search/?q=budget",
    ]


def member():
    ann = make.member()
    record.aim(ann, CareerPage.objects.get(slug="producer"))
    return ann


def test_no_barrier_no_complaint_no_sideways_scroll(visit, addresses):
    page = visit("/about/", reduced_motion="reduce", bypass_csp=True)
    found = {}
    for address in addresses:
        page.goto(address)
        found[address] = faults(page)

    assert {address: each for address, each in found.items() if each} == {}


def test_what_a_member_sees_has_no_barrier_and_fits(enter, addresses):
    page = enter(member(), "/me/")
    found = {}
    for address in ["/me/", "/me/roles/producer/", "/me/skills/budgeting/", "/courses/?sort=gap", "/courses/budgets/"]:
        page.goto(address)
        expect(page.get_by_role("link", name="Budgets in a week").or_(page.get_by_role("heading", level=1)).first).to_be_visible()
        found[address] = faults(page)

    assert {address: each for address, each in found.items() if each} == {}


@pytest.mark.parametrize("width", [960, 1024, 1280])
@pytest.mark.parametrize("is_member", [False, True])
def test_the_masthead_fits(visit, enter, width, is_member):
    page = enter(member(), "/courses/") if is_member else visit("/courses/")
    page.set_viewport_size({"width": width, "height": 700})

    assert sideways(page) <= 0
    assert page.locator("header").get_by_role("link", name="Courses", exact=True).is_visible()


def test_the_words_are_the_same_without_script(visit, addresses):
    def words(page):
        return " ".join(page.inner_text("main").split())

    for address in addresses[:2]:
        assert words(visit(address, java_script_enabled=False)) == words(visit(address))


def test_every_page_is_valid_html(client, addresses, tmp_path):
    files = {}
    client.force_login(member())
    for number, address in enumerate([*addresses, "/me/", "/me/skills/budgeting/"]):
        file = tmp_path / f"{number}.html"
        file.write_bytes(client.get(address).content)
        files[file.name] = address

    run = subprocess.run(
        ["java", "-Xss1m", "-jar", os.environ["VNU_JAR"], "--format", "json", *map(str, tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        check=False,
    )

    found = [message for message in json.loads(run.stderr)["messages"] if message["type"] == "error"]
    assert [(files[each["url"].rsplit("/", 1)[1]], each.get("lastLine"), each["message"]) for each in found] == []


def test_by_keyboard_a_role_is_chosen_and_a_course_opened(visit, addresses):
    page = visit("/courses/")
    keys = Keyboard(page)

    keys.reach(page.get_by_label("For a role"))
    page.keyboard.type("Producer")
    page.wait_for_url(re.compile(r"role=producer"))
    expect(page.locator("#status")).to_have_text(re.compile(r"\d+ courses?"))
    expect(page.get_by_text("First what closes most of what Producer asks for.")).to_be_visible()
    keys.reach(page.get_by_role("checkbox", name=re.compile("^Beginners")))
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("level=beginner"))
    keys.follow("Budgets in a week")
    page.wait_for_url("/courses/budgets/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Budgets in a week")
    # Every letter typed chooses another role; htmx reports the requests that the last one replaces.
    assert [each for each in page.complaints if not each.startswith("htmx:")] == []


def test_the_same_questions_work_without_script(visit, addresses):
    page = visit("/courses/", java_script_enabled=False)

    page.locator("#explore input[type=search]").fill("budget")
    page.get_by_label("For a role").select_option("producer")
    page.get_by_label("Sort by").select_option("gap")
    page.get_by_role("button", name="Show courses").click()

    assert re.search(r"q=budget.*", page.url)
    assert "role=producer" in page.url
    expect(page.locator("#results .card h3").first).to_have_text("Budgets in a week")
    page.get_by_role("link", name="Remove filter: For: Producer").click()
    assert "role=" not in page.url
