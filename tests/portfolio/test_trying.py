"""Trying a role signed out: the answer stands in the address alone, and is kept through sign-up if the visitor wants that."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from careers.models import CareerPage
from home.models import User
from portfolio import keeping, planning, reading
from portfolio.models import Entry, Evidence, Goal
from tests import make
from tests.portfolio import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return record.role("Puppeteer", strings=(2, 2), glue=(1, 1), paint=(3, 1))


def kept(owner):
    """The titles of target roles, and each draft's title with its evidence by slug."""
    aims = list(Goal.objects.visible_to(owner).values_list("title", flat=True))
    drafts = {
        entry.title: dict(entry.evidence.values_list("skill__slug", "level"))
        for entry in Entry.objects.of(owner).filter(state="draft", kind="project", started=str(timezone.localdate().year))
    }
    return aims, drafts


def test_the_bare_form_asks_about_each_skill_and_may_be_kept_by_a_proxy(client, role):
    response = client.get(f"/careers/{role.slug}/try/")

    names = set(re.findall(r'type="radio" name="([\w-]+)"', response.content.decode()))
    assert names == {"strings", "glue", "paint"}
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert "csrf" not in response.content.decode()
    assert response.cookies == {}


def test_each_tick_is_one_piece_at_its_level(client, role):
    response = client.get(f"/careers/{role.slug}/try/?strings=4&glue=1&paint=2")

    shown = {row.title: (row.gap.counted, row.gap.practice) for row in response.context["rows"]}
    assert shown == {"Strings": (1, 0), "Glue": (1, 0), "Paint": (0, 1)}
    assert response.context["finding"] == ("One of three skills covered.", "Strings is the one to fix.")


def test_an_answer_is_kept_by_nobody_and_stores_nothing(client, role):
    response = client.get(f"/careers/{role.slug}/try/?strings=4")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert (Session.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.parametrize("query", ["strings=9", "strings=-1", "strings=x", "strings=%00", "budgeting=3", "strings=1.5", "a[]=1"])
def test_what_is_no_tick_counts_for_nothing(client, role, query):
    response = client.get(f"/careers/{role.slug}/try/?{query}")

    assert response.status_code == 200
    assert response.context.get("ticks", {}) == {}


def test_a_member_keeps_it_at_once(client, role):
    ann = make.user()
    client.force_login(ann)

    response = client.post(f"/careers/{role.slug}/try/", {"strings": "3", "glue": "1", "budgeting": "4", "paint": "9"})

    assert response.headers["Location"] == "/me/"
    assert kept(ann) == (["Puppeteer"], {"What I had done before I joined": {"strings": 3, "glue": 1}})


def test_a_visitor_keeps_it_by_signing_up(client, role):
    address = client.post(f"/careers/{role.slug}/try/", {"strings": "3", "glue": "1"}).headers["Location"]
    before = Goal.objects.count()
    answers = {"email": "ann@example.org", "password1": "a long pass phrase", "age_band": "18+"}
    client.post(address, answers)
    code = re.search(r"^\d{6}$", mail.outbox[0].body, re.MULTILINE)[0]
    client.post("/accounts/confirm-email/", {"code": code})

    ann = User.objects.get(email="ann@example.org")
    assert (address, before) == ("/accounts/signup/?next=/me/", 0)
    assert kept(ann) == (["Puppeteer"], {"What I had done before I joined": {"strings": 3, "glue": 1}})
    first = planning.plan(ann, timezone.now()).steps[0]
    assert first.title == "Finish “What I had done before I joined”"
    assert first.reason == "Evidence for strings and glue waits in it until it is completed."


def test_a_visitor_keeps_it_by_signing_in(client, role):
    ann = make.user(email="ann@example.org")
    ann.emailaddress_set.create(email=ann.email, verified=True, primary=True)
    client.post(f"/careers/{role.slug}/try/", {"strings": "3"})

    client.post("/accounts/login/", {"login": ann.email, "password": "a long pass phrase"})

    assert kept(ann) == (["Puppeteer"], {"What I had done before I joined": {"strings": 3}})
    assert keeping.KEPT not in client.session


def test_keeping_twice_adds_nothing_twice_and_the_later_tick_holds(role):
    ann = make.user()
    keeping.keep(owner=ann, slug=role.slug, ticks={"strings": 3, "glue": 1})

    keeping.keep(owner=ann, slug=role.slug, ticks={"strings": 4})

    assert kept(ann) == (["Puppeteer"], {"What I had done before I joined": {"strings": 4, "glue": 1}})
    assert reading.held(ann.pk) == []


def test_a_form_that_is_open_on_the_draft_learns_that_it_has_changed(role):
    ann = make.user()
    keeping.keep(owner=ann, slug=role.slug, ticks={"strings": 3})
    before = Entry.objects.get(owner=ann).version

    keeping.keep(owner=ann, slug=role.slug, ticks={"glue": 1})

    assert Entry.objects.get(owner=ann).version == before + 1


def test_without_a_tick_only_the_role_is_kept(role):
    ann = make.user()

    keeping.keep(owner=ann, slug=role.slug, ticks={})

    assert kept(ann) == (["Puppeteer"], {})


@pytest.mark.parametrize(
    "held",
    [
        "nonsense",
        {},
        {"role": "nonsense", "ticks": {"strings": 3}, "at": "now"},
        {"role": ["x"], "ticks": "strings", "at": "now"},
        {"role": "puppeteer", "ticks": {"strings": [3], "budgeting": 3, "glue": "1", "paint": True}, "at": "now"},
        {"role": "puppeteer", "ticks": {"strings": 3}, "at": "yesterday"},
    ],
)
def test_what_a_session_should_not_hold_becomes_no_evidence(client, rf, held):
    record.role("Puppeteer", strings=(2, 2), glue=(1, 1), paint=(3, 1))
    CareerPage.objects.filter(title="Puppeteer").update(slug="puppeteer")
    ann = make.user()
    request = rf.get("/")
    times = {"now": int(time.time()), "yesterday": int(time.time()) - 25 * 60 * 60}
    if isinstance(held, dict) and "at" in held:
        held = {**held, "at": times[held["at"]]}
    request.session = {keeping.KEPT: held}

    keeping.keep_remembered(request, ann)

    assert (Evidence.objects.count(), request.session) == (0, {})


def test_a_role_that_is_not_published_cannot_be_tried(client):
    make.career("Hidden", slug="hidden").unpublish()

    assert [client.get(f"/careers/{slug}/try/").status_code for slug in ("hidden", "nonsense")] == [404, 404]


def test_keeping_needs_our_own_form(role):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(f"/careers/{role.slug}/try/", {"strings": "3"}).status_code == 403
