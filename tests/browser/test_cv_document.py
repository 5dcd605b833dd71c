"""The CV as a document: the PDF by the tools that others read it with, and the page to print in a browser."""

import shutil
import subprocess

import pytest
from django.utils import timezone

from portfolio import samples
from portfolio.models import Profile
from portfolio.scales import Visibility

from .barriers import barriers, barriers_in_the_dark
from .conftest import WIDTHS, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE = ["full", "young", "plain", "empty", "odd"]
CV = "/me/portfolio/as/me/cv/"


@pytest.fixture
def people(db):
    """The sample people by a word for each; the full one with all that a portfolio's head can hold."""
    found = dict(zip(PEOPLE, samples.load(timezone.now().date()), strict=True))
    words = {"handle": "marisol", "headline": "Keeps small shoots on time", "place": "Leeds", "about": "I run small offices."}
    links = [{"label": "Reel", "url": "https://example.org/reel"}]
    Profile.objects.filter(owner=found["full"]).update(visibility=Visibility.PUBLIC, links=links, **words)
    return found


def run(*command):
    found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return found.returncode, found.stdout


@pytest.fixture
def saved(client, people, tmp_path):
    """Saves somebody's CV of everything they logged, for a role and on a paper if they are named."""

    def save(who, query=""):
        client.force_login(people[who])
        path = tmp_path / f"{who}.pdf"
        path.write_bytes(client.get(f"/me/portfolio/as/me/cv.pdf{query}").content)
        return str(path)

    return save


@pytest.mark.parametrize("who", PEOPLE)
def test_the_file_is_sound_and_tagged(saved, who):
    path = saved(who)

    code, said = run(shutil.which("qpdf"), "--check", path)
    _, facts = run(shutil.which("pdfinfo"), path)

    told = dict(line.split(":", 1) for line in facts.splitlines())
    assert (code, "No syntax or stream encoding errors found" in said) == (0, True)
    assert {name: told[name].strip() for name in ("Tagged", "Encrypted", "JavaScript", "Form")} == {
        "Tagged": "yes",
        "Encrypted": "no",
        "JavaScript": "none" if told["JavaScript"].strip() == "none" else "no",
        "Form": "none",
    }


def test_its_typefaces_are_in_it(saved):
    _, said = run(shutil.which("pdffonts"), saved("odd"))

    rows = [line.split() for line in said.splitlines()[2:]]
    assert rows
    assert [row for row in rows if row[-5] != "yes"] == []


@pytest.mark.parametrize("query", ["", "?role=associate-producer", "?paper=letter"])
def test_it_reads_in_the_order_in_which_it_stands(saved, query):
    _, text = run(shutil.which("pdftotext"), saved("full", query), "-")
    _, drawn = run(shutil.which("pdftotext"), "-raw", saved("full", query), "-")

    order = "Marisol Adeyemi-Thorne|Keeps small shoots|Selections and awards|About|Credits|Salt Hours|Production coordinator"
    order += "|No shooting day|Placements|Skills, with evidence|Training"
    for read in (text, drawn):
        place, places = 0, []
        for words in order.split("|"):
            place = read.find(words, place)
            places.append(place)
        assert -1 not in places


def test_the_screen_reader_is_told_the_same_headings_in_both_shapes(saved, visit, client, people):
    _, tree = run(shutil.which("pdfinfo"), "-struct-text", saved("full"))
    page = visit_as(visit, client, people["full"], CV)

    told = [line.strip() for line in page.locator("main :is(h1, h2)").all_inner_texts()]
    lines = [line.strip() for line in tree.splitlines()]
    titles = [lines[at + 1].strip('"') for at, line in enumerate(lines) if line.startswith(("H1", "H2"))]
    assert titles == told


def visit_as(visit, client, user, address, **options):
    """The page in a browser that the user is signed in to."""
    client.force_login(user)
    page = visit("/about/", reduced_motion="reduce", **options)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "domain": "localhost", "path": "/"}])
    page.goto(address)
    return page


@pytest.mark.parametrize("address", [CV, "/me/cv/"])
@pytest.mark.parametrize("who", ["full", "odd", "empty"])
def test_the_pages_are_accessible_quiet_and_within_their_width(visit, client, people, who, address):
    page = visit_as(visit, client, people[who], address)
    found = {}
    for width in (320, WIDTHS[-1]):
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = (barriers(page) + barriers_in_the_dark(page), sideways(page), page.complaints)

    assert found == {width: ([], 0, []) for width in (320, WIDTHS[-1])}


def test_the_page_prints_without_its_buttons_on_white(visit, client, people, tmp_path):
    page = visit_as(visit, client, people["full"], CV, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")

    hidden = page.locator(".no-print").evaluate_all("all => all.map((each) => getComputedStyle(each).display)")
    page.pdf(path=str(tmp_path / "print.pdf"), format="A4")

    ink = page.locator("main h1").evaluate("each => getComputedStyle(each).color")
    _, text = run(shutil.which("pdftotext"), str(tmp_path / "print.pdf"), "-")
    assert (hidden, ink) == (["none", "none"], "rgb(13, 26, 32)")
    assert ("Salt Hours" in text, "CV as PDF" in text) == (True, False)


def test_the_owner_chooses_by_keyboard_and_gets_the_page(visit, client, people):
    page = visit_as(visit, client, people["full"], "/me/cv/")

    page.get_by_label("Only for me to hand out").check()
    page.get_by_label("For which role?").select_option("producer")
    page.get_by_role("button", name="Page to print").press("Enter")
    page.wait_for_url("/me/portfolio/as/me/cv/?role=producer")

    assert page.url.endswith("/me/portfolio/as/me/cv/?role=producer")
    assert page.get_by_role("link", name="CV as PDF").get_attribute("href") == "/me/portfolio/as/me/cv.pdf?role=producer"
    assert page.complaints == []
