"""Who may reach what: every address of the site against tests/access.csv. An address without a row fails."""

import csv
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from tests import make

pytestmark = pytest.mark.django_db
ROWS = list(csv.DictReader((Path(__file__).parent / "access.csv").open(encoding="utf-8")))
OWN_ROWS = [row for row in ROWS if not row["route"].endswith("*")]
CAST = ("anonymous", "member", "editor", "superuser")
SLUGS = {"careers/<slug:slug>/": "producer", "stages/<slug:slug>/": "production", "skills/<slug:slug>/": "budgeting"}


def routes(patterns=None, before=""):
    """Every route of the site, written as in the URL configuration."""
    for pattern in patterns or get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


ROUTES = sorted(set(routes()))


def row_of(route):
    """The row for the route: its own, or the longest that ends in * and begins it."""
    own = [row for row in ROWS if row["route"] == route]
    wild = [row for row in ROWS if row["route"].endswith("*") and route.startswith(row["route"][:-1])]
    return next(iter(own + sorted(wild, key=lambda row: -len(row["route"]))), None)


def address(route):
    """An address of the route, with something plausible for each of its parts."""
    route = SLUGS.get(route, route)
    if route in SLUGS.values():
        base = next(key for key, value in SLUGS.items() if value == route)
        return "/" + base.replace("<slug:slug>", route)
    filled = re.sub(r"<int:\w+>", "1", route)
    filled = re.sub(r"<slug:\w+>", "about", filled)
    filled = re.sub(r"<\w+:\w+>|<\w+>", "x", filled)
    filled = re.sub(r"\(\?P<\w+>[^)]*\)\??|\([^)]*\)", "1", filled)
    return "/" + re.sub(r"[\^$\\?]", "", filled)


def outcome(response):
    """What the table calls the answer: its status, or where it sends people."""
    if response.status_code in (301, 302):
        return "login" if "/accounts/login/" in response.headers["Location"] else "redirect"
    return str(response.status_code)


@pytest.fixture
def cast(client):
    people = {"member": make.user(), "editor": make.user("Editors"), "superuser": make.superuser()}

    def as_(role):
        client.logout()
        if role in people:
            client.force_login(people[role])
        return client

    return as_


def test_every_address_has_a_row():
    assert [route for route in ROUTES if not row_of(route)] == []


def test_every_row_has_an_address():
    assert {row["route"] for row in ROWS} - {row_of(route)["route"] for route in ROUTES} == set()


@pytest.mark.parametrize("row", OWN_ROWS, ids=lambda row: f"{row['method']} {row['route']}")
def test_each_of_the_cast_gets_what_the_table_says(cast, row):
    method = row["method"].lower()

    found = {role: outcome(getattr(cast(role), method)(address(row["route"]))) for role in CAST}

    assert found == {role: row[role] for role in CAST}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["anonymous", "member"])
def test_the_cms_opens_to_nobody_else(cast, role, method):
    client = cast(role)

    open_to = {}
    for route in ROUTES:
        row = row_of(route)
        if row["route"] == "cms/*":
            answer = outcome(getattr(client, method)(address(route)))
            if answer not in {"login", "404", "405"}:
                open_to[route] = answer

    assert open_to == {}
