"""Guides as Markdown: all that the page says, its marks included, and nothing that it does not say."""

import re

import pytest
from django.utils.html import strip_tags
from markdown_it import MarkdownIt

from careers.models import CareerPage, PayRange, Skill, Source, StagePage, Task
from tests import make

from .asked import MARK, planted

pytestmark = pytest.mark.django_db
reader = MarkdownIt("commonmark").enable("table")


def words(html):
    return " ".join(re.sub(r"&[a-z#0-9]+;", " ", strip_tags(html)).split())


def text_of(client, address):
    return words(reader.render(client.get(address).content.decode()))


@pytest.mark.parametrize("slug", ["associate-producer", "producer", "screenwriter", "production-assistant"])
def test_a_career_says_what_its_page_says(client, slug):
    page = CareerPage.objects.get(slug=slug)

    told = text_of(client, f"/careers/{slug}.md")

    said = [words(getattr(page, name).replace("</", " </")) for name in page.PROSE_FIELDS]
    sentences = [part for prose in said for part in re.split(r"(?<=[.?!:]) ", prose) if len(part) > 30]
    flat = re.sub(r"\W", "", told)
    assert [part for part in sentences if re.sub(r"\W", "", part) not in flat] == []
    rows = [row.text for row in page.tasks.all()] + [row.text for row in page.entry_routes.all()]
    rows += [row.summary for row in page.stage_involvements.all()]
    rows += [row.skill.title for row in page.requirements.select_related("skill")]
    rows += [row.source.title for row in page.citations.select_related("source")]
    rows += [row.measure for row in page.pay_ranges.select_related("source") if row.is_shown]
    assert [row for row in rows if re.sub(r"\W", "", row) not in flat] == []


def test_similar_careers_stand_with_what_they_share_and_what_is_new(client):
    text = client.get("/careers/associate-producer.md").content.decode()
    page = client.get("/careers/associate-producer/").content.decode()

    told = words(reader.render(text.partition("## Similar careers")[2].partition("\n## ")[0]))
    shown = page.partition('<section id="next">')[2].partition("</section>")[0]
    said = [words(found) for found in re.findall(r"<(?:p|h3|h4)[ >].*?</(?:p|h3|h4)>", shown) if "compare/" not in found]
    flat = re.sub(r"\W", "", told)
    assert len(said) > 20
    assert [each for each in said if re.sub(r"\W", "", each.partition(">")[2] or each) not in flat] == []


def test_a_pay_figure_stands_with_country_source_and_year(client):
    lines = client.get("/careers/associate-producer.md").content.decode().splitlines()

    start = lines.index("## Pay by country")
    assert lines[start + 4 : start + 7] == [
        "### United Kingdom",
        "",
        "- **£29,623** a year: Average quoted by a careers page (One figure, given without a method.). "
        "Source: Alison, undated, quoted second-hand",
    ]


def test_what_nobody_checked_keeps_its_mark(client):
    page = make.career(slug="puppeteer")
    page.tasks = [
        Task(text="Carve heads", status="confirmed", source=Source.objects.first()),
        Task(text="Oil hinges", status="unverified"),
    ]
    page.entry_routes.create(kind="direct", text="Knock on doors", status="unverified")
    page.pay_ranges = [PayRange(country="gb", measure="Hearsay", low=7, source=Source.objects.first(), status="unverified")]
    page.save_revision().publish()

    told = client.get("/careers/puppeteer.md").content.decode()

    assert "- Carve heads\n" in told
    assert "### Not checked yet" in told
    assert "- Oil hinges *(No source found)*\n" in told
    assert "- **Applying directly:** Knock on doors *(Not checked yet)*\n" in told
    assert "Hearsay" not in told
    assert told.count("No checked figure yet") == 4


def test_text_stays_text(client):
    hostile = "# [x](javascript:alert(1)) <script>alert(1)</script> | `y` *z*"
    page = make.career(hostile, slug="puppeteer", lead=hostile, summary=hostile, introduction="<p>&lt;script&gt; *b* # c</p>")
    page.tasks = [Task(text=hostile, status="editorial")]
    page.save_revision().publish()

    html = reader.render(client.get("/careers/puppeteer.md").content.decode())

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert html.count("<h1>") == 1
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; | `y` *z*") == 4
    assert "<p>&lt;script&gt; *b* # c</p>" in html


def test_a_stage_says_what_its_page_says(client):
    page = StagePage.objects.get(slug="production")

    flat = re.sub(r"\W", "", text_of(client, "/stages/production.md"))

    rows = [row.text for row in page.tasks.all()] + [row.title for row in page.documents.all()]
    rows += [row.career.title for row in page.people.select_related("career")]
    rows += [row.skill.title for row in page.skills.select_related("skill")]
    rows += [block.value["title"] for block in page.body]
    rows += [hour["what"] for block in page.body if block.block_type == "board" for hour in block.value["items"]]
    assert [row for row in rows if re.sub(r"\W", "", row) not in flat] == []


def test_a_skill_names_the_roles_that_ask_for_it(client):
    puppetry = make.skill("Puppetry", slug="puppetry", summary="Lends life.", evidence="A show\nA workshop")
    make.career("Puppeteer", slug="puppeteer", skills=[puppetry])

    assert client.get("/skills/puppetry.md").content.decode() == (
        "# Puppetry\n\n> Lends life.\n\n"
        "- Page: [Puppetry](http://testserver/skills/puppetry/)\n"
        "- Licence: Greenlight, licensed under CC BY 4.0, https://creativecommons.org/licenses/by/4.0/\n"
        "- What nobody has checked says so: *Not checked yet*\n\n"
        "- Family: Creative\n\n"
        "## What you could show\n\n- A show\n- A workshop\n\n"
        "## Roles that ask for it\n\n"
        "With how much each one needs it, and the level it expects of you. Both are our own weighing.\n\n"
        "- [Puppeteer](http://testserver/careers/puppeteer/): Essential; On my own\n"
    )


def test_every_guide_leads_to_its_markdown_and_back(client):
    for path in ("/careers/producer/", "/stages/production/", "/skills/budgeting/"):
        page = client.get(path).content.decode()
        [address] = re.findall(r'<link rel="alternate" href="([^"]+)" type="text/markdown">', page)
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer.headers["Link"] == f'<http://testserver{path}>; rel="canonical"'
        assert answer.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
        assert not answer.cookies
        assert client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


def test_every_link_of_a_guide_leads_somewhere(client):
    text = client.get("/careers/associate-producer.md").content.decode()

    paths = set(re.findall(r"\]\(http://testserver(/[^)#]*)", text))

    assert len(paths) > 20
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_nothing_unpublished_closed_or_of_a_members_is_told(client):
    planted()

    for address in ("/careers/puppeteer.md", "/stages/production.md", "/skills/budgeting.md"):
        assert MARK not in client.get(address).content.decode()
    for address in ("/careers/marked-closed.md", "/careers/marked-draft.md", "/skills/marked-skill.md", "/careers/no.md"):
        assert client.get(address).status_code == 404


def test_a_renamed_skill_is_renamed_at_once(client):
    client.get("/careers/producer.md")
    skill = Skill.objects.get(slug="budgeting")
    skill.title = "Sums"
    skill.save()

    assert "[Sums](" in client.get("/careers/producer.md").content.decode()
