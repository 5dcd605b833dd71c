"""Every kind of page: accessible, quiet, within its width, valid and the same without script."""

import gzip
import json
import os
import subprocess
from datetime import date
from itertools import combinations

import brotli
import pytest

from careers import interests, quiz_codes
from careers.quiz_codes import Taking
from tests import make

from .barriers import RULES, barriers, barriers_in_the_dark
from .conftest import WIDTHS, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Results of the quiz: one that says something, one that does not, one half answered, and a code that is none.
CODES = [
    quiz_codes.encode(Taking(1, date(2026, month, 2), answers), interests.keys()[0])
    for month, answers in ((11, (1, 4, 5, 4, 3, 2) * 5), (3, (3,) * 30), (5, (5, 1, 0, 0, 0, 2) * 2 + (1, 5, 0, 0, 0, 5) * 3))
]
PAGES = {
    "/": 200,
    "/careers/": 200,
    "/careers/?q=budget&line=below&stage=2": 200,
    "/careers/?line=above&interest=R&experience=none": 200,
    "/careers/?q=prodcer": 200,
    "/careers/compare/": 200,
    "/careers/compare/?role=associate-producer&role=line-producer&role=producer&role=showrunner": 200,
    "/careers/compare/?role=nobody&role=producer": 200,
    "/careers/map/": 200,
    "/careers/map/?from=production-assistant&to=showrunner&department=producing": 200,
    "/careers/map/?from=nobody&line=above&department=locations": 200,
    "/careers/associate-producer/": 200,
    "/careers/script-doctor/": 200,
    "/careers/quiz/": 200,
    "/careers/quiz/how/": 200,
    "/careers/quiz/statements/": 200,
    "/careers/quiz/open/": 200,
    f"/careers/quiz/{CODES[0]}/?with={CODES[2]}": 200,
    f"/careers/quiz/{CODES[1]}/?with=nonsense": 200,
    f"/careers/quiz/{CODES[2]}/": 200,
    f"/careers/quiz/{CODES[2]}/statements/": 200,
    f"/careers/quiz/{CODES[0][:-1]}/": 404,
    "/stages/": 200,
    "/stages/pre-production/": 200,
    "/stages/production/": 200,
    "/skills/": 200,
    "/skills/budgeting/": 200,
    "/qualifications/": 200,
    "/organisations/": 200,
    "/festivals/": 200,
    "/glossary/": 200,
    "/search/": 200,
    "/search/?q=budget": 200,
    "/search/?q=zzzz": 200,
    "/feedback/careers/associate-producer/?section=pay": 200,
    "/feedback/careers/associate-producer/?missing": 200,
    "/feedback/glossary/?section=dolly": 200,
    "/feedback/stages/production/?sent": 200,
    "/feedback/skills/budgeting/useful/": 200,
    "/feedback/skills/budgeting/useful/?answer=no": 200,
    "/about/": 200,
    "/offline/": 200,
    "/data/": 200,
    "/nothing-here/": 404,
    "/accounts/login/": 200,
    "/accounts/password/reset/": 200,
    "/accounts/signup/": 200,
}


WATCH_SHIFTS = (
    "window.shift = 0; new PerformanceObserver((list) => {"
    " for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;"
    "}).observe({type: 'layout-shift', buffered: true});"
)


def expected(complaint, status):
    """Chromium reports the status of a page that is meant to be missing."""
    return status != 200 and f"status of {status}" in complaint


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_no_barrier_no_complaint_no_sideways_scroll(visit, address, width):
    page = visit(address, width=width, reduced_motion="reduce")

    assert barriers(page, RULES) == []
    assert barriers_in_the_dark(page) == []
    assert sideways(page) <= 0
    assert [complaint for complaint in page.complaints if not expected(complaint, PAGES[address])] == []


@pytest.mark.parametrize("address", PAGES)
def test_pages_fit_320_pixels_and_twice_the_text(visit, address):
    page = visit(address, width=320)
    assert sideways(page) <= 0

    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert sideways(page) <= 0


@pytest.mark.parametrize("address", ["/", "/careers/", "/careers/associate-producer/", "/stages/production/", "/glossary/"])
def test_the_words_are_the_same_without_script(visit, address):
    def words(page):
        return " ".join(page.inner_text("main").replace("Print", "").split())

    assert words(visit(address, java_script_enabled=False)) == words(visit(address))


@pytest.mark.parametrize("mark", [".strip", ".daybreak", ".weight [data-on]", ".stages > *", ".flag"])
def test_marks_keep_an_outline_or_a_fill_in_forced_colours(visit, mark):
    """The system takes the backgrounds away there; what they said must still be seen."""
    address = {".daybreak": "/", ".flag": "/organisations/", ".stages > *": "/careers/"}.get(mark, "/careers/associate-producer/")
    page = visit(address, forced_colors="active")

    style = page.locator(mark).first.evaluate(
        "element => { const style = getComputedStyle(element);"
        " return [style.borderTopWidth, style.outlineStyle, style.forcedColorAdjust]; }"
    )

    assert style[0] != "0px" or style[1] != "none" or style[2] == "none", style


def test_every_page_is_valid_html(client, tmp_path):
    files = {}
    for number, (address, status) in enumerate(PAGES.items()):
        response = client.get(address)
        assert response.status_code == status
        file = tmp_path / f"{number}.html"
        file.write_bytes(response.content)
        files[file.name] = address

    jar = os.environ.get("VNU_JAR")
    assert jar, "Set VNU_JAR to the path of vnu.jar, the HTML checker."
    run = subprocess.run(
        ["java", "-Xss1m", "-jar", jar, "--format", "json", *map(str, tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(run.stderr)["messages"]

    assert [
        (files[message["url"].rsplit("/", 1)[1]], message.get("lastLine"), message["message"])
        for message in messages
        if message["type"] == "error"
    ] == []


def test_a_profile_is_light_and_does_not_jump(visit, browser, live_server):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.add_init_script(WATCH_SHIFTS)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live_server.url}/careers/associate-producer/", wait_until="networkidle")

    sizes = {answer.url: weight(answer) for answer in answers if answer.request.resource_type != "image"}
    assert len(answers) <= 9, [answer.url for answer in answers]
    assert sum(sizes.values()) <= 60 * 1024, sizes
    assert page.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") == 1
    assert page.evaluate("document.querySelectorAll('script[src]:not([defer]):not([async])').length") == 0
    assert page.evaluate("window.shift") <= 0.01
    context.close()


def weight(answer):
    """The bytes of an answer as production sends it: pages by gzip, static text by WhiteNoise's brotli, fonts as they are."""
    body = answer.body()
    if answer.request.resource_type == "font":
        return len(body)
    return len(brotli.compress(body)) if "/static/" in answer.url else len(gzip.compress(body, 6))


LABELS = """() => [...document.querySelectorAll('.map-picture a')].map((link) => {
    const [box, label] = ['rect', 'text'].map((name) => link.querySelector(name).getBoundingClientRect());
    const edge = document.querySelector('.map-picture').getBoundingClientRect();
    return {title: link.getAttribute('aria-label'), box: [box.left, box.top, box.right, box.bottom],
        fits: label.left >= box.left && label.right <= box.right && label.top >= box.top && label.bottom <= box.bottom,
        inside: box.left >= edge.left && box.right <= edge.right && box.top >= edge.top && box.bottom <= edge.bottom};
})"""


@pytest.mark.parametrize("width", WIDTHS)
def test_no_label_of_the_map_is_cut_or_touches_another(visit, width):
    for title in (
        "Oberste Donaudampfschifffahrtsgesellschaftskapitänsassistentin",
        "映画制作進行管理担当者および副プロデューサー",
    ):
        make.career(title)
    labels = visit("/careers/map/", width=width).evaluate(LABELS)

    assert [label["title"] for label in labels if not (label["fits"] and label["inside"])] == []
    assert [(one["title"], other["title"]) for one, other in combinations(labels, 2) if touch(one["box"], other["box"])] == []


def touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_a_keyboard_walks_the_picture_from_first_jobs_on(visit):
    page = visit("/careers/map/")
    page.locator(".map-figure .scroller").focus()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Production assistant or runner"
    page.keyboard.press("Enter")
    assert page.url.endswith("#production-assistant")


def test_a_printed_guide_has_its_words_and_no_controls(visit):
    page = visit("/careers/associate-producer/")
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert page.locator("#pay table").is_visible()
    for control in (".masthead", ".contents", ".footer nav", "[data-print]"):
        assert not page.locator(control).first.is_visible(), control
