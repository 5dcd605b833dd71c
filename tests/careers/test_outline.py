"""llms.txt and the page about open data: true to what is published, made from the database."""

import json
import re
from pathlib import Path

import pytest

from careers.models import CareerPage, Skill, StagePage
from home.models import StandardPage
from tests import make

from .asked import MARK, planted

pytestmark = pytest.mark.django_db
LINK = re.compile(r"^- \[(?P<title>[^\]]+)\]\((?P<url>[^)]+)\)(: .+)?$")
API = (Path(__file__).parents[2] / "docs/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^    GET (\S+)\n\n```json\n(.+?)```", API, re.MULTILINE | re.DOTALL)


def outline(client):
    """The title and the lines of each section, as llmstxt.org orders them."""
    title, *sections = re.split(r"^## ", client.get("/llms.txt").content.decode(), flags=re.MULTILINE)
    parted = (section.split("\n", 1) for section in sections)
    return title, {name: [line for line in lines.splitlines() if line] for name, lines in parted}


def test_it_has_the_shape_that_readers_of_it_expect(client):
    head, sections = outline(client)

    lines = [line for line in head.splitlines() if line]
    assert lines[0] == "# Greenlight"
    assert lines[1].startswith("> ")
    assert list(sections) == ["Careers", "Production stages", "Skills", "Data", "Optional"]
    assert [line for lines in sections.values() for line in lines if not LINK.match(line)] == []


def test_it_names_everything_that_is_published_and_leads_to_its_markdown(client):
    _, sections = outline(client)

    def told(name):
        return [LINK.match(line)["url"] for line in sections[name]]

    root = "http://testserver"
    careers = CareerPage.objects.readable().order_by("title")
    stages = StagePage.objects.readable().order_by("number")
    assert told("Careers") == [f"{root}/careers/{page.slug}.md" for page in careers]
    assert told("Production stages") == [f"{root}/stages/{page.slug}.md" for page in stages]
    assert told("Skills") == [f"{root}/skills/{skill.slug}.md" for skill in Skill.objects.filter(live=True).order_by("title")]
    assert {f"{root}/{page.slug}/" for page in StandardPage.objects.readable()} < set(told("Optional"))
    shallow = [url for name in sections for url in told(name)]
    assert {url: client.get(url.removeprefix(root)).status_code for url in shallow} == dict.fromkeys(shallow, 200)


def test_a_new_title_is_told_at_once_and_as_text(client):
    client.get("/llms.txt")
    make.career("Puppeteer [x](y)", slug="puppeteer", summary="Moves *puppets*.")

    assert "- [Puppeteer \\[x\\](y)](http://testserver/careers/puppeteer.md): Moves \\*puppets\\*.\n" in (
        client.get("/llms.txt").content.decode()
    )


def test_nothing_unpublished_or_closed_is_told(client):
    planted()

    assert MARK not in client.get("/llms.txt").content.decode()
    assert MARK not in client.get("/data/").content.decode()


def test_every_address_of_the_page_about_open_data_opens(client, settings):
    settings.API_A_MINUTE = 7
    page = client.get("/data/").content.decode()

    paths = [
        path.replace("&amp;", "&")
        for path in re.findall(r"<main.*?</main>", page, re.DOTALL)
        for path in re.findall(r'href="(/[^"]*)"', path)
    ]

    assert len(paths) >= 9
    assert {path: client.get(path, follow=True).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert "Up to 7 requests a minute" in page


@pytest.mark.parametrize(("address", "answer"), EXAMPLES, ids=[address for address, _ in EXAMPLES])
def test_what_the_documentation_shows_is_what_the_api_answers(client, address, answer):
    found = client.get(address, headers={"host": "localhost"}, follow=True).json()

    assert found == json.loads(answer)


def test_there_are_examples():
    assert len(EXAMPLES) >= 5
