"""Reads what the head of a page tells other sites."""

import json
import re
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

SITE = "http://localhost:8000"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NAMED = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@dataclass(frozen=True)
class Head:
    title: str
    description: str
    canonical: list
    headings: int
    metas: dict


def head(html):
    """The head of the page, its texts as a reader sees them."""
    metas = re.findall(r'<meta (?:property|name)="((?:og|twitter|robots)[^"]*)" content="([^"]*)">', html)
    return Head(
        unescape(re.search(r"<title>(.*?)</title>", html)[1]),
        unescape(re.search(r'<meta name="description" content="([^"]*)">', html)[1]),
        re.findall(r'<link rel="canonical" href="([^"]*)">', html),
        html.count("<h1"),
        {name: unescape(value) for name, value in metas},
    )


def structured(html):
    """Every block of structured data on the page."""
    return [json.loads(found) for found in SCRIPT.findall(html)]


def of_type(html, kind):
    """The one block of the page that is a thing of this type."""
    (found,) = [block for block in structured(html) if block["@type"] == kind]
    return found


def words(html):
    """What the body of the page says, with single spaces."""
    bare = re.sub(r"<script.*?</script>|<svg.*?</svg>", " ", html.partition("<body")[2], flags=re.DOTALL)
    return re.sub(r" ([,.])", r"\1", " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split()))


def sitemap(client):
    """The addresses of the sitemap as paths, each with the day on which it last changed."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    rows = [(url.findtext("s:loc", None, NAMED), url.findtext("s:lastmod", None, NAMED)) for url in tree.findall("s:url", NAMED)]
    assert {place[: len(SITE)] for place, _ in rows} == {SITE}
    return {place.removeprefix(SITE): changed for place, changed in rows}
