"""Pages in other languages, one of them written from right to left: nothing is cut, nothing stands in the way."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portfolio import samples
from tests import brackets

from .barriers import barriers
from .conftest import sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PAGES = [
    "/",
    "/careers/",
    "/careers/compare/?role=associate-producer&role=line-producer&role=producer&role=showrunner",
    "/careers/map/?from=production-assistant&to=showrunner",
    "/careers/associate-producer/",
    "/careers/quiz/",
    "/stages/production/",
    "/skills/budgeting/",
    "/festivals/",
    "/courses/",
    "/search/?q=budget",
    "/feedback/careers/associate-producer/?section=pay",
    "/accounts/signup/",
    "/people/marisol/",
]
OWN = ["/me/", "/me/entries/", "/me/entries/new/project/", "/me/portfolio/", "/me/skills/", "/me/sharing/"]


@pytest.fixture
def marisol():
    call_command("load_courses", verbosity=0)
    return samples.load(timezone.localdate())[0]


@pytest.fixture
def look(enter, visit, marisol):
    """What is wrong with each page in the language, by its address and width; judge is asked on the narrow ones."""

    def found(language, direction, judge=lambda page: []):
        windows = visit(f"/{language}/"), enter(marisol, f"/{language}/me/")
        wrong = {}
        for width in (320, 1280):
            for page, addresses in zip(windows, (PAGES, OWN), strict=True):
                page.set_viewport_size({"width": width, "height": 800})
                for address in addresses:
                    page.goto(f"/{language}{address}")
                    wrong[address, width] = faults(page, language, direction) + (judge(page) if width == 320 else [])
        return windows[0], {place: told for place, told in wrong.items() if told}

    return found


def faults(page, language, direction):
    told = page.locator("html").evaluate("html => [html.lang, html.dir]")
    said = [] if told == [language, direction] else [f"it is {told}"]
    return [*page.complaints, *said, *(["it moves sideways"] if sideways(page) > 0 else [])]


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_in_another_language_has_room_for_its_words(look, language):
    assert look(language, "ltr", barriers)[1] == {}


def test_a_language_that_is_written_from_right_to_left_fits_too(look):
    with brackets.offered():
        page, found = look(brackets.CODE, "rtl")
        page.goto(f"/{brackets.CODE}/careers/")
        brand, menu = (page.locator(f".masthead {each}").first.bounding_box()["x"] for each in ("a", "nav a"))

    assert found == {}
    assert brand > menu
