"""Every kind of page: accessible, quiet, within its width, valid and the same without script."""

import gzip
import json
import os
import subprocess

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import SCHEMES, WIDTHS, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
PAGES = {
    "/": 200,
    "/careers/": 200,
    "/careers/?q=budget&line=below&stage=2": 200,
    "/careers/?line=above&interest=R&experience=none": 200,
    "/careers/?q=prodcer": 200,
    "/careers/compare/": 200,
    "/careers/compare/?role=associate-producer&role=line-producer&role=producer&role=showrunner": 200,
    "/careers/compare/?role=nobody&role=producer": 200,
    "/careers/associate-producer/": 200,
    "/careers/script-doctor/": 200,
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
    "/about/": 200,
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


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_no_barrier_no_complaint_no_sideways_scroll(visit, address, width, scheme):
    page = visit(address, width=width, scheme=scheme)

    found = Axe().run(page, options=RULES)

    assert not found.violations_count, found.generate_report()
    assert sideways(page) <= 0
    assert [complaint for complaint in page.complaints if not expected(complaint, PAGES[address])] == []


@pytest.mark.parametrize("address", PAGES)
def test_pages_fit_320_pixels_and_twice_the_text(visit, address):
    narrow = visit(address, width=320)
    assert sideways(narrow) <= 0

    large = visit(address, width=1280, bypass_csp=True)
    large.add_style_tag(content="html { font-size: 200% }")
    assert sideways(large) <= 0


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


def test_a_printed_guide_has_its_words_and_no_controls(visit):
    page = visit("/careers/associate-producer/")
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert page.locator("#pay table").is_visible()
    for control in (".masthead", ".contents", ".footer nav", "[data-print]"):
        assert not page.locator(control).first.is_visible(), control
