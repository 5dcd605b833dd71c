"""Headers, cookies, sign-in paths and the pages around the guide."""

import re

import pytest
from django.conf import settings

from home.models import StandardPage
from tests import make

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/careers/", "/careers/associate-producer/", "/stages/", "/stages/production/", "/skills/", "/skills/budgeting/"]
PUBLIC += [
    "/qualifications/",
    "/organisations/",
    "/festivals/",
    "/glossary/",
    "/search/?q=budget",
    "/about/",
    "/sources/",
    "/privacy/",
    "/help/",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_for_everybody_sets_no_cookie_and_may_be_kept(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_of_somebody_signed_in_is_kept_by_nobody(client, address):
    client.force_login(make.user("Editors"))

    assert client.get(address).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [*PUBLIC, "/nothing-here/", "/accounts/login/"])
def test_every_page_carries_the_strict_policy(client, address):
    headers = client.get(address).headers

    assert sorted(headers["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "media-src 'self'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "worker-src 'self'",
    ]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_holds_inline_script_or_style(client, address):
    html = client.get(address).content.decode()

    assert not re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>", html)
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=\"", html)
    assert "csrfmiddlewaretoken" not in html


def test_only_the_cms_has_the_wider_policy(client):
    client.force_login(make.superuser())

    assert "'unsafe-inline'" in client.get("/cms/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/"])
def test_there_is_one_login_form(client, path):
    make.user(email="ann@example.org")

    response = client.post(path, {"username": "ann@example.org", "password": "a long pass phrase"})

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_colours_are_kept_in_a_cookie_and_drawn_by_the_server(client):
    origin = {"Origin": "http://testserver", "Referer": "http://testserver/careers/?line=below"}
    response = client.post("/theme/", {"theme": "dark"}, headers=origin)

    assert response.headers["Location"] == "/careers/?line=below"
    assert response.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get("/").content.decode()


def test_a_page_that_keeps_its_address_to_itself_can_change_the_colours(client):
    response = client.post("/theme/", {"theme": "dark"}, headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})

    assert response.cookies["theme"].value == "dark"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_site_cannot_change_the_colours(client, headers):
    response = client.post("/theme/", {"theme": "dark"}, headers=headers)

    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize(
    "referer", ["https://evil.example//evil.example/x", "http://testserver//evil.example", "javascript:alert(1)", ""]
)
def test_the_way_back_stays_here(client, referer):
    response = client.post("/theme/", {"theme": "dark"}, headers={"Origin": "http://testserver", "Referer": referer})

    location = response.headers["Location"]
    assert location.startswith("/")
    assert not location.startswith("//")


def test_a_nonsense_theme_is_ignored(client):
    client.cookies["theme"] = '"><script>'

    assert "data-theme" not in client.get("/").content.decode()


def test_the_pages_behind_the_footer_are_all_there(client):
    html = client.get("/").content.decode()

    links = set(re.findall(r'href="(/[^"#?]*)"', html)) - {"/cms/"}
    for address in links - {link for link in links if link.startswith("/static/")}:
        assert client.get(address).status_code == 200, address
    assert StandardPage.objects.original().live().count() == 6


def test_the_sitemap_lists_the_guide(client):
    xml = client.get("/sitemap.xml").content.decode()

    assert xml.count("<url>") >= 35
    assert "/careers/associate-producer/" in xml


def test_health_and_robots(client):
    assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").content == b"ready"
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_answer_to_reading_only(client, address, method):
    assert getattr(client, method)(address).status_code == 405
