"""The whole site, from link to link: nothing broken, nothing that cannot be reached, no page that does not say what it is."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from home.languages import language_of
from portfolio import samples, samples_counselling
from tests.crawling import Crawl
from tests.test_access import ROWS

pytestmark = pytest.mark.django_db
HOSTS = ("testserver", "localhost:8000", "localhost")
# Each is drawn, typeset or written out when it is asked for; one of each kind shows that the kind is there.
MADE = (".png", ".pdf", ".md", ".json")
# What readers come to without a link: answers to a form, suggestions while they type, what machines ask for by its name.
WITHOUT_A_LINK = {
    "/accounts/inactive/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/careers/quiz/open/",
    "/careers/suggestions/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/sw.js",
}
SAYS = ("title", "description", "h1", "canonical")
# Pages that everybody reads are crawled as everybody; there, signing in adds a line.
FOR_EVERYBODY = re.compile(r"/(cms|careers|stages|skills|courses|qualifications|organisations|festivals|glossary|static|data)/")


def route(path):
    """The pattern that the path fits, or the path."""
    with translation.override(language_of(path)):
        try:
            return resolve(path).route
        except Resolver404:
            return path


def place(path):
    """What is one of its kind: each page in the guide's own language, a page of each kind in another, a file of each kind."""
    is_one_of_many = language_of(path) != settings.LANGUAGE_CODE or path.endswith(MADE)
    return route(path) if is_one_of_many else path


def is_elsewhere(path):
    return language_of(path) != settings.LANGUAGE_CODE or bool(FOR_EVERYBODY.match(path))


def crawl(start, *more, user=None, **bounds):
    client = Client()
    if user:
        client.force_login(user)

    def fetch(address):
        answer = client.get(address)
        return answer.status_code, answer.headers, b"".join(answer)

    return Crawl(fetch, HOSTS, place, **bounds).walk(start, *more)


@pytest.fixture(scope="module")
def cast(made_once):
    """A full site: the courses, the sample people, and the sample counsellor with them as students."""
    call_command("load_courses", verbosity=0)
    full = samples.load(timezone.localdate())[0]
    return {"/me/": full, "/counselling/": samples_counselling.load(timezone.localdate())}


@pytest.fixture(scope="module")
def site(cast):
    return crawl("/", "/robots.txt")


@pytest.fixture(scope="module", params=["/me/", "/counselling/"])
def own(cast, request):
    """The pages of a member, and of a counsellor."""
    return crawl(request.param, user=cast[request.param], skips=is_elsewhere)


def test_every_link_leads_somewhere(site):
    assert len(site.pages) > 250
    assert (site.broken(), site.moved(), site.lost()) == ([], [], [])


def test_every_page_of_the_sitemap_can_be_reached_by_links(site):
    told = [site.local(address, "/") for address in site.pages["/sitemap.xml"].leads]

    assert len(told) > 100
    assert site.orphans(told) == []


def test_every_public_address_can_be_reached_by_links(site):
    public = {f"/{row['route']}" for row in ROWS if (row["method"], row["anonymous"]) == ("GET", "200")}
    fixed = {address for address in public if not re.search(r"[<^]|^/cms/", address)}

    assert set(site.orphans(fixed)) == WITHOUT_A_LINK


def test_every_page_says_what_it_is(site):
    assert site.unsaid(*SAYS) == {}
    assert site.untrue() == {}


@pytest.mark.parametrize("what", ["titles", "descriptions"])
def test_no_two_pages_say_that_they_are_the_same(site, what):
    assert site.repeated(what) == {}


def test_no_page_is_made_of_what_is_elsewhere(site):
    assert site.foreign == []


def test_own_pages_hold_together_too(own):
    assert len(own.pages) > 100
    assert (own.broken(), own.moved(), own.lost(), own.foreign) == ([], [], [], [])
    assert own.unsaid("title", "h1") == {}


# That the crawl sees what is wrong: a site of a few pages, sound and then with one fault each

HEAD = '<html lang="en"><title>{0}</title><meta name="description" content="All about {0}"><link rel="canonical" href="{1}">'
SOUND = {
    "/": HEAD.format("Home", "/") + '<h1 id="top">Home</h1><a href="/a/#more">A</a><link rel="stylesheet" href="/s.css">',
    "/a/": HEAD.format("A", "http://site.example/a/")
    + '<h1>A</h1><p id="more"><form action="/b/"></form><img srcset="/1.png 1x">',
    "/b/": HEAD.format("B", "/b/") + '<h1>B</h1><a href="https://far.example/">Out</a><a href="mailto:b@site.example">B</a>',
    "/s.css": 'body { background: url("/1.png") }',
    "/1.png": "",
}
KINDS = {".css": "text/css", ".png": "image/png", ".xml": "application/xml"}


def walked(**changes):
    """The crawl of the sound site with these pages changed, by their addresses."""
    pages = {**SOUND, **changes}

    def fetch(address):
        status, body = pages[address] if isinstance(pages.get(address), tuple) else (200, pages.get(address))
        headers = {"Content-Type": KINDS.get(address[-4:], "text/html; charset=utf-8"), "Location": body}
        return (404, headers, b"") if body is None else (status, headers, body.encode())

    return Crawl(fetch, ["site.example"]).walk("/")


def faults(found):
    said = {name: getattr(found, name)() for name in ("broken", "moved", "lost", "untrue")}
    said |= {"foreign": found.foreign, "unsaid": found.unsaid(*SAYS)}
    said |= {what: found.repeated(what) for what in ("titles", "descriptions")}
    return {name: each for name, each in said.items() if each}


def test_a_sound_site_is_walked_whole_and_has_no_faults():
    found = walked()

    assert set(found.pages) == set(SOUND)
    assert found.orphans(SOUND) == []
    assert faults(found) == {}


B = HEAD.format("B", "/b/")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"/b/": f"{B}<h1>B</h1><a href='/c/'>C</a>"}, {"broken": [("/b/", "/c/", 404)]}),
        ({"/b/": f"{B}<h1>B</h1><source src='c.mp4'>"}, {"broken": [("/b/", "/b/c.mp4", 404)]}),
        (
            {"/s.css": "@import '/t.css'; p { src: url(2.png) }"},
            {"broken": [("/s.css", "/2.png", 404), ("/s.css", "/t.css", 404)]},
        ),
        ({"/b/": f"{B}<h1>B</h1><a href='/c/'>C</a>", "/c/": (500, "Sorry")}, {"broken": [("/b/", "/c/", 500)]}),
        ({"/b/": f"{B}<h1>B</h1><a href='/c/'>C</a>", "/c/": (301, "/a/")}, {"moved": [("/b/", "/c/")]}),
        ({"/b/": f"{B}<h1>B</h1><a href='/a/#less'>A</a>"}, {"lost": [("/b/", "/a/#less")]}),
        ({"/b/": f"{B}<h1>B</h1><a href='#less'>Less</a>"}, {"lost": [("/b/", "/b/#less")]}),
        (
            {"/b/": f"{B}<h1>B</h1><script src='//far.example/x.js'></script>"},
            {"foreign": [("/b/", "//far.example/x.js")]},
        ),
        ({"/s.css": "p { src: url(https://far.example/f) }"}, {"foreign": [("/s.css", "https://far.example/f")]}),
        ({"/b/": f"{B}<h1>B</h1><h1>C</h1>"}, {"unsaid": {"/b/": ["h1"]}}),
        ({"/b/": "<h1>B</h1>"}, {"unsaid": {"/b/": ["title", "description", "canonical"]}}),
        ({"/b/": f"{B.replace('>B<', '> | Site<')}<h1>B</h1>"}, {"unsaid": {"/b/": ["title"]}}),
        ({"/b/": f"{HEAD.format('B', '/c/')}<h1>B</h1>"}, {"broken": [("/b/", "/c/", 404)], "untrue": {"/b/": "/c/"}}),
        ({"/b/": f"{HEAD.format('B', '/a/')}<h1>B</h1>"}, {}),  # known by the address of another page, which is allowed
        (
            {"/b/": f"{HEAD.format('A', '/b/')}<h1>B</h1>"},
            {"titles": {"A": ["/a/", "/b/"]}, "descriptions": {"All about A": ["/a/", "/b/"]}},
        ),
        ({"/b/": HEAD.format("A", "/b/").replace('"en"', '"fr"') + "<h1>B</h1>"}, {}),
    ],
)
def test_what_is_wrong_is_told_and_nothing_else(changes, fault):
    assert faults(walked(**changes)) == fault


def test_a_page_that_only_the_sitemap_names_is_an_orphan():
    sitemap = "<urlset><url><loc>http://site.example/b/</loc></url><url><loc>http://site.example/c/</loc></url></urlset>"
    lonely = HEAD.format("C", "/c/") + "<h1>C</h1>"

    found = walked(**{"/1.png": "", "/a/": SOUND["/a/"] + '<a href="/map.xml">Map</a>', "/map.xml": sitemap, "/c/": lonely})

    assert found.orphans(found.local(address, "/") for address in found.pages["/map.xml"].leads) == ["/c/"]
    assert faults(found) == {}


def test_filters_are_followed_once_for_each_set_of_questions():
    followed, others = ["x=1", "y=1", "x=1&y=1", "page=2", "page=3"], ["x=2", "y=2&x=2&x=3", "page=2"]
    facets = "".join(f"<a href='/b/?{query}'>.</a>" for query in followed + others)

    found = walked(**{"/b/": SOUND["/b/"] + facets, **{f"/b/?{query}": SOUND["/b/"] for query in followed}})

    assert [address for address in found.pages if "?" in address] == [f"/b/?{query}" for query in followed]
