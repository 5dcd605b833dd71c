"""A guide as a PDF: what it says, to whom, and what hostile text does to it."""

import io
import json
import logging
import re
import shutil
import subprocess
from html import unescape
from html.parser import HTMLParser

import pytest
from django.core.cache import caches
from pypdf import PdfReader

from careers.models import CareerPage, PayRange, Source, StagePage, Task
from home.typesetting import glyphs
from tests import make
from tests.portfolio.test_typesetting import HOSTILE, roles_in

pytestmark = pytest.mark.django_db
ADDRESS = "/careers/associate-producer/"
# What stands on the page for the screen alone: courses, which change by the day, and the sentences about links and bars.
NOT_ON_PAPER = re.compile(
    r'<section id="courses".*?</section>|<nav.*?</nav>|<caption>.*?</caption>|<svg.*?</svg>'
    r'|<figure class="moves.*?</figure>'
    r'|<[^>]+class="visually-hidden".*?</\w+>|<a href="/careers/compare/.*?</a>|<div class="actions">.*?</div>'
    r'|<button.*?</button>|<form.*?</form>|<a href="/careers/map/.*?</a>'
    r'|<ul class="holland.*?</ul>|<p class="small muted">.*?</p>|<figcaption.*?</figcaption>',
    re.DOTALL,
)
A4 = (595, 842)
INLINE = {"a", "b", "i", "em", "strong"}


@pytest.fixture(autouse=True)
def complaints(caplog):
    """What typst had to say against PDF/UA-1: nothing."""
    caplog.set_level(logging.WARNING, "home.typesetting")
    yield caplog
    assert caplog.messages == []


def read(answer):
    """The document, and its text without spaces, without the feet of its pages."""
    reader = PdfReader(io.BytesIO(answer.content))
    pages = [re.sub(r"\S+(?: \S+)* · \S+\s*Page\s*\d+\s*of\s*\d+\s*$", "", page.extract_text().strip()) for page in reader.pages]
    return reader, squeezed("".join(pages))


def squeezed(text):
    return "".join(text.split()).replace(glyphs.BREAK, "").lower()


class Sentences(HTMLParser):
    """The words of each innermost element that is more than a part of a sentence."""

    def __init__(self):
        super().__init__()
        self.found, self.words = [], ""

    def handle_starttag(self, tag, attrs):
        if tag not in INLINE:
            self.close_one()

    def handle_endtag(self, tag):
        if tag not in INLINE:
            self.close_one()

    def handle_data(self, data):
        self.words += data

    def close_one(self):
        if self.words.strip():
            self.found.append(self.words)
        self.words = ""


def statements(html):
    main = html[html.index("<main") : html.index("</main>")]
    reader = Sentences()
    reader.feed(NOT_ON_PAPER.sub("", main))
    return [unescape(words) for words in reader.found]


@pytest.mark.parametrize("address", [ADDRESS, "/careers/script-doctor/", "/stages/production/"])
def test_everything_that_a_page_says_is_on_paper(client, address):
    _, text = read(client.get(f"{address}guide.pdf"))
    said = statements(client.get(address).content.decode())

    assert len(said) > 50
    assert [words for words in said if squeezed(words) not in text] == []


def test_pay_stands_with_its_source_and_year_and_a_figure_without_one_does_not(client):
    page = make.career(title="Rigger")
    seen = Source.objects.create(slug="seen", publisher="Harbour Survey", title="Pay", year="2025", url="https://example.org/pay")
    fields = {"page": page, "country": "gb", "status": "confirmed", "typical": 31250, "year": "2025"}
    PayRange.objects.create(measure="Median", low=21000, high=44500, source=seen, **fields)
    PayRange.objects.create(measure="Hearsay", **{**fields, "typical": 99999})
    PayRange.objects.create(measure="Guess", source=seen, **{**fields, "status": "unverified", "typical": 88888})
    page.save_revision().publish()

    _, text = read(client.get(f"{page.get_absolute_url()}guide.pdf"))

    pay = text[text.index("paybycountry") : text.index("aboutthiscopy")]
    assert "median" in pay
    assert "harboursurvey,2025" in pay
    assert "£31,250ayear" in pay
    assert "£21,000to£44,500" in pay
    assert [word for word in ("hearsay", "99,999", "guess", "88,888") if word in text] == []
    assert pay.endswith("unitedstatesnocheckedfigureyet")


def test_every_skill_stands_with_its_importance_pieces_and_level(client):
    page = CareerPage.objects.get(slug="associate-producer")

    _, text = read(client.get(f"{ADDRESS}guide.pdf"))

    rows = list(page.requirements.select_related("skill"))
    pieces = {1: "1piece", 2: "2pieces", 3: "3pieces"}
    told = [f"{row.get_importance_display()}·{pieces[row.importance]}{squeezed(row.get_level_display())}".lower() for row in rows]
    assert len(rows) >= 12
    assert [row.skill.title for row in rows if squeezed(row.skill.title) not in text] == []
    assert sum(text.count(words) for words in set(told)) == len(rows)


def test_what_nobody_checked_stands_apart_and_says_so(client):
    page = make.career(title="Rigger")
    Task.objects.create(page=page, text="Climb the grid", status="confirmed", stage=3)
    Task.objects.create(page=page, text="Whistle on stage", status="unverified", stage=3)
    page.save_revision().publish()

    _, text = read(client.get(f"{page.get_absolute_url()}guide.pdf"))

    known, unchecked = text.split("notcheckedyet")
    assert ("climbthegrid" in known, "climbthegrid" in unchecked) == (True, False)
    assert ("whistleonstage" in known, "whistleonstage" in unchecked) == (False, True)
    assert unchecked.startswith("nosourcefound")


def test_a_copy_says_how_old_it_is_who_may_copy_it_and_where_the_guide_stands(client):
    reader, text = read(client.get(f"{ADDRESS}guide.pdf"))

    copy = text[text.rindex("aboutthiscopy") :]
    uris = {each.get_object()["/A"]["/URI"] for page in reader.pages for each in page.get("/Annots", []) if "/URI" in each["/A"]}
    assert copy.startswith("aboutthiscopyreviewed22november2026.nextreviewdue1may2027.thiscopysayswhatthepagesaidon")
    assert "ccby4.0" in copy
    assert {"http://localhost:8000/careers/associate-producer/", "https://creativecommons.org/licenses/by/4.0/"} <= uris
    assert [uri for uri in uris if not uri.startswith(("http://", "https://"))] == []


def test_the_document_is_tagged_named_outlined_and_in_a_language(client):
    reader, _ = read(client.get(f"{ADDRESS}guide.pdf"))

    root = reader.trailer["/Root"]
    roles = roles_in(root["/StructTreeRoot"], [])
    headings = [role for role in roles if re.fullmatch(r"/H\d", role)]
    titles = [each["/Title"] for each in reader.outline if not isinstance(each, list)]
    xmp = root["/Metadata"].get_data().decode()
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (True, "en-GB", True)
    assert (reader.metadata.title, reader.metadata.author) == ("Associate producer: guide", "Greenlight")
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert titles == ["Associate producer"]
    assert headings[0] == "/H1"
    assert headings.count("/H1") == 1
    assert all(int(after[2]) - int(before[2]) <= 1 for before, after in zip(headings, headings[1:], strict=False))
    assert {"/Table", "/TH", "/TD", "/L", "/LI"} <= set(roles)


def test_the_headings_are_those_of_the_page(client):
    reader, _ = read(client.get(f"{ADDRESS}guide.pdf"))
    html = client.get(ADDRESS).content.decode()

    page = re.findall(r"<section id=\"(?!courses)[^\"]+\"[^>]*>\s*<h2[^>]*>(.*?)</h2>", html)
    paper = [each["/Title"] for each in reader.outline[1] if not isinstance(each, list)]
    assert paper == [*map(unescape, page), "About this copy"]


@pytest.mark.parametrize(("query", "size"), [("", A4), ("?paper=a4", A4), ("?paper=letter", (612, 792)), ("?paper=%00", A4)])
def test_the_paper_is_the_one_asked_for(client, query, size):
    reader, _ = read(client.get(f"/stages/production/guide.pdf{query}"))

    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {size}


@pytest.mark.parametrize(("address", "name"), [(ADDRESS, "associate-producer"), ("/stages/production/", "production")])
def test_it_is_sent_as_a_file_that_anybody_may_keep_and_no_search_engine_lists(client, address, name):
    answer = client.get(f"{address}guide.pdf")

    wanted = ("Content-Type", "Content-Disposition", "Cache-Control", "X-Robots-Tag", "Link")
    assert {header: answer.headers[header] for header in wanted} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{name}-guide.pdf"',
        "Cache-Control": "public, max-age=60, stale-while-revalidate=600",
        "X-Robots-Tag": "noindex",
        "Link": f'<http://localhost:8000{address}>; rel="canonical"',
    }
    assert answer.cookies == {}
    assert client.get(f"{address}guide.pdf", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_same_guide_gives_the_same_file_and_a_change_another(client):
    first = client.get("/stages/production/guide.pdf").content
    caches["guide"].clear()
    again = client.get("/stages/production/guide.pdf").content
    page = StagePage.objects.get(slug="production")
    page.lead = "A lead that was not there."
    page.save_revision().publish()

    _, text = read(client.get("/stages/production/guide.pdf"))

    assert first == again
    assert "aleadthatwasnotthere." in text


def test_a_kept_guide_costs_one_statement(client, django_assert_num_queries):
    client.get(f"{ADDRESS}guide.pdf")

    with django_assert_num_queries(1):
        client.get(f"{ADDRESS}guide.pdf")


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "restrict the parent", "draft"])
def test_what_not_everybody_may_read_is_not_handed_out(client, hide):
    page = make.career(title="Rigger")
    client.get(f"{page.get_absolute_url()}guide.pdf")
    if hide == "unpublish":
        page.unpublish()
    elif hide == "draft":
        page.lead = "Only a draft."
        page.save_revision()
    else:
        make.restricted(page if hide == "restrict" else page.get_parent())

    answer = client.get(f"{page.get_absolute_url()}guide.pdf")

    assert answer.status_code == (200 if hide == "draft" else 404)
    assert hide != "draft" or "onlyadraft" not in read(answer)[1]


def test_an_unknown_guide_is_not_there(client):
    assert [client.get(f"/{place}/nobody/guide.pdf").status_code for place in ("careers", "stages")] == [404, 404]


def hostile_stream(text):
    base = {"title": text[:120] or "x", "anchor": "x", "text": f"<p>{text}</p><ul><li>{text}</li></ul>"}
    side = {"title": text, "pros": [text], "cons": [text]}
    hour = {"no": text[:10], "place": text, "what": text, "who": text, "yours": True}
    rows = [{"label": text, "cells": [text]}, {"label": text, "cells": [text] * 9}]
    return [
        {"type": "topic", "value": base},
        {
            "type": "comparison",
            "value": {**base, "caption": text, "highlight": 9, "columns": [text, text], "rows": rows},
        },
        {"type": "comparison", "value": {**base, "columns": [], "rows": []}},
        {"type": "versus", "value": {**base, "left": side, "right": {"title": "", "pros": [], "cons": []}}},
        {"type": "terms", "value": {**base, "items": [{"term": text, "text": text}]}},
        {"type": "checklist", "value": {**base, "items": [{"text": text, "note": text, "needed": "required"}]}},
        {"type": "shots", "value": base},
        {"type": "board", "value": {**base, "items": [hour], "total": text, "total_note": text}},
    ]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("unpaired", "nothing")])
def test_no_text_breaks_a_guide_or_is_taken_for_code(client, name):
    text = HOSTILE[name][:400]
    page = make.career(title=text[:200].strip() or "x", lead=text[:400], introduction=f"<p>{text}</p>", advice=f"<p>{text}</p>")
    page.learn_more = json.dumps(hostile_stream(text))
    Task.objects.create(page=page, text=text[:400], status="confirmed", stage=3)
    page.save_revision().publish()

    reader, found = read(client.get(f"{page.get_absolute_url()}guide.pdf"))

    assert 0 < len(reader.pages) < 90
    if name in ("code", "escapes"):
        assert found.count(squeezed(text)) > 12


def test_the_file_is_sound(client, tmp_path):
    path = tmp_path / "guide.pdf"
    path.write_bytes(client.get(f"{ADDRESS}guide.pdf").content)

    found = subprocess.run([shutil.which("qpdf"), "--check", str(path)], capture_output=True, text=True, timeout=60, check=False)

    assert (found.returncode, "No syntax or stream encoding errors found" in found.stdout) == (0, True)


def test_the_profile_leads_to_it(client):
    assert 'href="/careers/associate-producer/guide.pdf"' in client.get(ADDRESS).content.decode()
    assert 'href="/stages/production/guide.pdf"' in client.get("/stages/production/").content.decode()
