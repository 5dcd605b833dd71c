"""The Atom feed: valid by RFC 4287, true about what is new, and silent about what is not public."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches

from careers.models import CareerPage, StagePage
from tests import make

from .asked import MARK, planted

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, as RFC 4287 section 3.3 asks for it.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
# RFC 4151: the authority, a date, and what it names.
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w/-]+$")


def read(client):
    return ET.fromstring(client.get("/feed.atom").content)


def entries(client):
    return {entry.find(f"{ATOM}title").text: entry for entry in read(client).iter(f"{ATOM}entry")}


def moment(entry, name="updated"):
    return datetime.fromisoformat(entry.find(ATOM + name).text)


def problems(root):
    """What RFC 4287 (4.1.1, 4.1.2) asks for and is not there."""
    found = [] if root.tag == f"{ATOM}feed" else ["no feed"]
    for element in (root, *root.iter(f"{ATOM}entry")):
        found += [f"{element.tag}: {name}" for name in ("id", "title", "updated") if len(element.findall(ATOM + name)) != 1]
        found += [name.text for name in element.findall(f"{ATOM}updated") if not MOMENT.match(name.text)]
        found += [name.text for name in element.findall(f"{ATOM}id") if not TAG.match(name.text)]
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        found += [] if len(alternates) == 1 and alternates[0].get("href").startswith("http") else [f"{element.tag}: link"]
    found += [] if root.find(f"{ATOM}author/{ATOM}name").text else ["author"]
    ids = [each.text for each in root.iter(f"{ATOM}id")]
    return found + [each for each in set(ids) if ids.count(each) > 1]


def test_the_feed_is_valid(client):
    answer = client.get("/feed.atom", headers={"host": "localhost:8111"})
    root = ET.fromstring(answer.content)

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert problems(root) == []
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://localhost:8111/",
        "self": "http://localhost:8111/feed.atom",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-gb"
    assert "CC BY 4.0" in root.find(f"{ATOM}rights").text


def test_it_holds_every_guide_newest_first(client):
    guides = [*CareerPage.objects.readable(), *StagePage.objects.readable()]

    found = read(client).findall(f"{ATOM}entry")

    assert sorted(entry.find(f"{ATOM}title").text for entry in found) == sorted(page.title for page in guides)
    moments = [moment(entry) for entry in found]
    assert moments == sorted(moments, reverse=True)
    assert moment(read(client)) == moments[0]


def test_a_review_gives_a_new_moment_and_keeps_the_name(client, monkeypatch):
    page = make.career("Puppeteer", slug="puppeteer")
    CareerPage.objects.filter(pk=page.pk).update(first_published_at=datetime(2026, 2, 3, 9, 30, tzinfo=UTC))
    caches["guide"].clear()
    before = entries(client)["Puppeteer"]

    page.refresh_from_db()
    page.reviewed_on = date(2026, 8, 1)
    page.title, page.slug = "Master puppeteer", "master-puppeteer"
    page.save_revision().publish()
    after = entries(client)["Master puppeteer"]

    assert (moment(before), moment(after)) == (
        datetime(2026, 2, 3, 9, 30, tzinfo=UTC),
        datetime(2026, 8, 1, tzinfo=UTC),
    )
    assert before.find(f"{ATOM}id").text == after.find(f"{ATOM}id").text == f"tag:localhost,2026-02-03:careers/{page.pk}"
    assert moment(after, "published") == moment(before, "published")
    assert after.find(f"{ATOM}link").get("href") == "http://testserver/careers/master-puppeteer/"


def test_a_review_that_is_still_to_come_is_not_told(client):
    page = make.career("Puppeteer", reviewed_on=date(2999, 1, 1))

    assert moment(entries(client)["Puppeteer"]) == page.first_published_at


def test_text_stays_text(client):
    make.career("<b>Puppeteer</b> & \x0b co", summary="<script>alert(1)</script> & more \x00".replace("\x00", ""))

    entry = entries(client)["<b>Puppeteer</b> &  co"]

    assert entry.find(f"{ATOM}summary").text == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more "
    assert entry.find(f"{ATOM}summary").get("type") == "html"


def test_nothing_unpublished_or_closed_is_told(client):
    planted()

    assert MARK not in client.get("/feed.atom").content.decode()


def test_a_feed_of_nothing_is_a_feed(client):
    CareerPage.objects.update(live=False)
    StagePage.objects.update(live=False)

    assert problems(read(client)) == []


def test_who_has_it_already_is_told_so(client):
    answer = client.get("/feed.atom")
    known = {"if-none-match": answer.headers["ETag"]}

    assert client.get("/feed.atom", headers=known).status_code == 304
    make.career("Puppeteer")
    assert client.get("/feed.atom", headers=known).status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert not answer.cookies


def test_readers_find_the_feed(client):
    for address in ("/", "/careers/", "/careers/?line=below", "/data/"):
        page = client.get(address).content.decode()
        assert re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)">', page) == ["/feed.atom"]
