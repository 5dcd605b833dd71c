"""Every sentence of the interface can be translated: in a language that puts them all in brackets, nothing stands outside."""

import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import ModelLogEntry, Revision

from careers.models import Skill
from home.languages import language_of
from portfolio import samples, samples_counselling
from tests.brackets import CODE, OPEN, SHUT, offered
from tests.crawling import Crawl
from tests.test_crawl import HOSTS, route

pytestmark = pytest.mark.django_db
VOID = set("area base br col embed hr img input link meta source track wbr".split())
# Code, what a member typed, titles that the map breaks into lines, and the bar of the CMS, which is in the language of the CMS.
UNSEEN = ("script", "style", "template", "textarea", "tspan", "wagtail-userbar")
# The plan sets the first figure of this sentence in large type, and with it goes the opening bracket.
CUT = ("of the", "you set yourself")
# So few words stand in somebody's sentence by chance: "to the top".
SHORT = 3
REPEATING = {Revision, ModelLogEntry, *(model for model in apps.get_models() if model.__name__.endswith("IndexEntry"))}
TOLD = ("alt", "title", "aria-label", "placeholder")
# Names that are the same in every language: of languages, currencies, cities that stand for time zones, and keys.
NAMES = re.compile(
    r"[A-Z]{3}|[A-Z2-7]{32}|https?://\S+|Greenlight|" + "|".join([CODE, *(name for _, name in settings.LANGUAGES)])
)


class Words(HTMLParser):
    """Finds what a page says in its own language outside the brackets, in `outside`."""

    def __init__(self):
        super().__init__()
        self.outside, self.around, self.depth = [], [], 0

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag not in VOID:
            self.around.append((tag, told))
        if tag == "meta" and told.get("name") == "description":
            self.note(told["content"])
        for name in TOLD:
            self.note(told.get(name) or "")

    def handle_endtag(self, tag):
        while self.around and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data):
        self.depth = self.note(data, self.depth)

    def note(self, text, depth=0):
        """The depth of brackets after the text, whose words at no depth are put down unless they are marked as English."""
        kept = ""
        for letter in text:
            depth = max(0, depth + (letter == OPEN) - (letter == SHUT))
            kept += letter if depth == 0 and letter != SHUT else OPEN
        if not any(tag in UNSEEN or is_name(tag, told) or told.get("lang", CODE) != CODE for tag, told in self.around):
            self.outside += re.split(rf"{OPEN}+", kept)
        return depth


def is_name(tag, told):
    return tag == "option" and "/" in (told.get("value") or "")


def pieces(text):
    """The parts between stops and commas that have letters, as the database may hold them."""
    found = (" ".join(piece.split()) for piece in re.split(r"[,;:.()|×–—/“”\"{}\[\]]|\s·\s", text))
    return [piece for piece in found if re.search(r"[^\W\d_]{2}", piece)]


class Stored:
    """Everything that anybody has written: `text in stored` for a whole part of it, or for a longer run of its words.

    The titles of skills are left out, and what repeats them: skills are named in the reader's language.
    """

    def __init__(self):
        fields = [(model, field) for model in apps.get_models() for field in model._meta.concrete_fields]
        fields = [each for each in fields if each[0] not in REPEATING and each != (Skill, Skill._meta.get_field("title"))]
        kinds = models.CharField | models.TextField | models.JSONField | StreamField
        found = {
            value if isinstance(value, str) else json.dumps(getattr(value, "raw_data", value), default=list, ensure_ascii=False)
            for model, field in fields
            if isinstance(field, kinds)
            for value in model._default_manager.values_list(field.attname, flat=True)
            if value
        }
        lines = [re.sub(r"<[^>]+>", "\n", unescape(text)).lower() for text in found]
        self.parts = {piece for text in lines for line in text.splitlines() for piece in pieces(line)}
        self.whole = " ".join(" ".join(lines).split())

    def __contains__(self, text):
        return text.lower() in self.parts or (len(text.split()) > SHORT and text.lower() in self.whole)


@pytest.fixture(scope="module")
def readers(made_once):
    """A full site, and who looks at it from where."""
    call_command("load_courses", verbosity=0)
    full = samples.load(timezone.localdate())[0]
    return {"/": None, "/me/": full, "/counselling/": samples_counselling.load(timezone.localdate())}


def test_nothing_is_said_that_cannot_be_translated(readers):
    written, outside = Stored(), {}

    with offered():
        for start, reader in readers.items():
            client = Client()
            if reader:
                client.force_login(reader)

            def fetch(address, client=client):
                answer = client.get(address)
                body = b"".join(answer)
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    words = Words()
                    words.feed(body.decode())
                    for piece in (piece for text in words.outside for piece in pieces(text)):
                        if piece not in written and piece not in CUT and not NAMES.fullmatch(piece):
                            outside.setdefault(piece, address)
                return answer.status_code, answer.headers, body

            seen = Crawl(fetch, HOSTS, route, skips=lambda path: language_of(path) != CODE).walk(f"/{CODE}{start}")
            assert len(seen.pages) > 40

    assert outside == {}
