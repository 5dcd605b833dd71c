"""Who may reach what: every address of the site against tests/access.csv. An address without a row fails.

The table is the documentation: a route, a method, and what each of the cast gets. Where a route names a thing, it is a
thing of the owner's, private as everything is at first.
"""

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from careers import interests
from careers.models import QuizEdition
from home.models import GuideVersion
from portfolio import asking, feeds, notifications, sharing, tokens
from portfolio.counselling import digest, invitations
from portfolio.models import (
    ActionPlan,
    Attachment,
    Cohort,
    Encounter,
    Endorsement,
    EndorsementRequest,
    Erasure,
    Export,
    Feedback,
    Meeting,
    Profile,
    Report,
    Team,
)
from portfolio.scales import Side, Visibility
from tests import make

pytestmark = pytest.mark.django_db
ROWS = list(csv.DictReader((Path(__file__).parent / "access.csv").open(encoding="utf-8")))
OWN_ROWS = [row for row in ROWS if not row["route"].endswith("*")]
# The owner comes last: what they do to their own things must not be what keeps the others out.
CAST = ("anonymous", "member", "minor", "counsellor", "other counsellor", "editor", "superuser", "owner")
# What nobody but its owner may ever read, wherever it is looked for.
SECRET = "Osterly-marker-9151"
MARKDOWN = {"careers": "producer", "stages": "production", "skills": "budgeting"}


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


@pytest.fixture(scope="module")
def owner(made_once):
    return make.member(email=f"{SECRET.lower()}@example.org")


@pytest.fixture(scope="module")
def met(owner):
    """What the owner lets their counsellor see: everything that can be shared, which of the private things is nothing."""
    return make.connection(owner, make.counsellor(), student_name="Somebody")


@pytest.fixture(scope="module")
def things(owner, met):
    """Addresses of the guide's pages and of one private thing of each kind that the owner has, by their routes."""
    film = make.entry(owner, title=SECRET, organisation=SECRET, description=SECRET, skills=[make.skill()])
    sent = make.entry(owner, title=SECRET, kind="festival", deadline_on="2026-12-24", tracking_number=SECRET)
    cycle = owner.cpd_cycles.create(name=SECRET, starts="2026-01-01", ends="2026-12-31")
    clip = Attachment(entry=film, medium="video", name=SECRET, alt=SECRET, content_type="video/mp4", size=9)
    for name in ("file", "preview", "captions"):
        getattr(clip, name).save(f"{name}.bin", ContentFile(SECRET.encode()), save=False)
    clip.save()
    Profile.objects.filter(owner=owner).update(handle="osterly", display_name="Somebody")
    token = feeds.make(owner=owner)
    _, shared = sharing.make_link(owner=owner, name=SECRET, ends_at=timezone.now() + timedelta(days=7))
    tomorrow = timezone.now() + timedelta(days=1)
    asked = EndorsementRequest.objects.create(
        entry=film.entry_ptr, name=SECRET, email="bo@example.org", nonce=tokens.new(), expires_at=tomorrow
    )
    said = Endorsement.objects.create(evidence=film.evidence.get(), name=SECRET, level=3)
    about = Report.objects.create(owner=owner, entry=film, ground="rights")
    copy = Export.objects.create(owner=owner, progress="ready", expires_at=timezone.now() + timedelta(days=1))
    copy.file.save("copy.zip", ContentFile(SECRET.encode()))
    erasure = Erasure.objects.create(account=1)
    cohort = Cohort.objects.create(counsellor=met.counsellor, name="Somebody and others", code="ACDE3467", code_ends_at=tomorrow)
    invited = met.counsellor.invitations.create(name="Somebody", nonce=tokens.new(), expires_at=tomorrow)
    offered = met.handovers.create(to=make.counsellor("Kit Elm"), to_name="Kit Elm")
    own, sent_step = owner.plan_steps.create(title=SECRET, state="accepted"), make.step(met, title="Shadow a line producer")
    course = make.course()
    event = Encounter.objects.create(counsellor=met.counsellor, benchmark=5, title="Studio day", on="2026-10-01")
    event.connections.add(met)
    team = Team.objects.create(name="Coast")
    liked = interests.taken(interests.current(GuideVersion.current()), {"pack-the-van": 5})
    told = owner.interest_results.create(edition=QuizEdition.objects.get(), taken_on="2026-03-02", answers={SECRET: 5})
    stop = notifications.stop_token(owner, notifications.What.DEADLINE)
    return {
        **{f"{kind}/<slug:slug>.md": f"{kind}/{slug}.md" for kind, slug in MARKDOWN.items()},
        "careers/<slug:slug>/": "careers/producer/",
        "careers/<slug:slug>/card.png": "careers/producer/card.png",
        "careers/<slug:slug>/try/": "careers/producer/try/",
        "careers/quiz/<str:code>/": f"careers/quiz/{liked.code}/",
        "careers/quiz/<str:code>/statements/": f"careers/quiz/{liked.code}/statements/",
        "me/interests/keep/<str:code>/": f"me/interests/keep/{liked.code}/",
        "me/interests/<key:pk>/delete/": f"me/interests/{told.pk}/delete/",
        "courses/<slug:slug>/": f"courses/{make.course().slug}/",
        "courses/<slug:slug>/card.png": f"courses/{make.course().slug}/card.png",
        "feedback/<slug:kind>/": "feedback/glossary/",
        "feedback/<slug:kind>/<str:slug>/": "feedback/careers/producer/",
        "feedback/<slug:kind>/<str:slug>/useful/": "feedback/careers/producer/useful/",
        "stages/<slug:slug>/": "stages/production/",
        "stages/<slug:slug>/card.png": "stages/production/card.png",
        "careers/<slug:slug>/guide.pdf": "careers/producer/guide.pdf",
        "stages/<slug:slug>/guide.pdf": "stages/production/guide.pdf",
        "skills/<slug:slug>/": "skills/budgeting/",
        "skills/<slug:slug>/card.png": "skills/budgeting/card.png",
        "me/skills/<slug:slug>/": "me/skills/budgeting/",
        "me/roles/<slug:slug>/": "me/roles/producer/",
        "me/entries/new/<slug:kind>/": "me/entries/new/project/",
        "me/entries/<key:pk>/": f"me/entries/{film.pk}/",
        "me/entries/<key:pk>/edit/": f"me/entries/{film.pk}/edit/",
        "me/entries/<key:pk>/status/": f"me/entries/{sent.pk}/status/",
        "me/entries/<key:pk>/endorsements/": f"me/entries/{film.pk}/endorsements/",
        "me/entries/<key:pk>/endorsements/asked/<key:asked>/": f"me/entries/{film.pk}/endorsements/asked/{asked.pk}/",
        "me/entries/<key:pk>/endorsements/<key:endorsement>/remove/": f"me/entries/{film.pk}/endorsements/{said.pk}/remove/",
        "endorse/<str:token>/": f"endorse/{asking.token_of(asked)}/",
        "endorse/<str:token>/decline/": f"endorse/{asking.token_of(asked)}/decline/",
        "endorse/<str:token>/take-back/": f"endorse/{asking.token_of(asked)}/take-back/",
        "me/cpd/<key:pk>/": f"me/cpd/{cycle.pk}/",
        "me/cpd/<key:pk>/delete/": f"me/cpd/{cycle.pk}/delete/",
        "files/<uuid:uuid>/": f"files/{clip.uuid}/",
        "files/<uuid:uuid>/preview/": f"files/{clip.uuid}/preview/",
        "files/<uuid:uuid>/captions/": f"files/{clip.uuid}/captions/",
        "calendar/<slug:token>.ics": f"calendar/{token}.ics",
        "me/data/exports/<uuid:uuid>/": f"me/data/exports/{copy.uuid}/",
        "erased/<uuid:uuid>/": f"erased/{erasure.uuid}/",
        "reminders/stop/<str:token>/": f"reminders/stop/{stop}/",
        "counselling-mail/stop/<str:token>/": f"counselling-mail/stop/{digest.stop_token(owner, set(Side))}/",
        "moderation/<key:pk>/": f"moderation/{about.pk}/",
        "me/counsellors/<key:pk>/": f"me/counsellors/{met.pk}/",
        "me/counsellors/<key:pk>/end/": f"me/counsellors/{met.pk}/end/",
        "me/counsellors/handovers/<key:pk>/": f"me/counsellors/handovers/{offered.pk}/",
        "invited/<str:token>/": f"invited/{invitations.token_of(invited)}/",
        "join/<slug:code>/": "join/ACDE3467/",
        "counselling/cohorts/<key:pk>/": f"counselling/cohorts/{cohort.pk}/",
        "counselling/<key:pk>/end/": f"counselling/{met.pk}/end/",
        "counselling/<key:pk>/handover/": f"counselling/{met.pk}/handover/",
        "me/steps/<key:pk>/": f"me/steps/{own.pk}/",
        "me/steps/add/<slug:course>/": f"me/steps/add/{course.slug}/",
        "counselling/<key:pk>/": f"counselling/{met.pk}/",
        "counselling/<key:pk>/recommend/": f"counselling/{met.pk}/recommend/",
        "counselling/<key:pk>/steps/<key:step>/": f"counselling/{met.pk}/steps/{sent_step.pk}/",
        **guided(owner, met),
        "counselling/encounters/<key:pk>/": f"counselling/encounters/{event.pk}/",
        "counselling/encounters/<key:pk>/delete/": f"counselling/encounters/{event.pk}/delete/",
        "counselling/reports/teams/<key:pk>/": f"counselling/reports/teams/{team.pk}/",
        "counselling/reports/teams/<key:pk>/figures.csv": f"counselling/reports/teams/{team.pk}/figures.csv",
        **behind("people/<handle:handle>/", "people/osterly/", film, clip),
        **behind("shared/<slug:token>/", f"shared/{shared}/", film, clip),
        "counselling/<key:pk>/entries/": f"counselling/{met.pk}/entries/",
        **behind("counselling/<key:connection>/portfolio/", f"counselling/{met.pk}/portfolio/", film, clip),
        **behind("me/portfolio/as/<slug:level>/", "me/portfolio/as/visitor/", film, clip),
    }


def guided(owner, met):
    """Addresses of what the owner and their counsellor work on together, by their routes: nothing in it is the owner's alone."""
    told = make.entry(owner, title="Somebody", visibility=Visibility.COUNSELLOR, skills=[make.skill()])
    piece = told.evidence.get()
    said = Feedback.objects.create(entry=told.entry_ptr, connection=met, name="Somebody", text="Somebody")
    plan = ActionPlan.objects.create(connection=met, title="Somebody", state="live")
    goal = plan.goals.create(text="Somebody")
    action, theirs = (goal.actions.create(text="Somebody", whose=side) for side in ("student", "counsellor"))
    meeting = Meeting.objects.create(connection=met, starts_at=timezone.now(), channel="video", note="Somebody")
    desk, review = f"counselling/{met.pk}/", f"counselling/{met.pk}/entries/{told.pk}/review/"
    return {
        "counselling/<key:pk>/plan/": f"{desk}plan/",
        "counselling/<key:pk>/plan/write/": f"{desk}plan/write/",
        "counselling/<key:pk>/plan/actions/<key:action>/": f"{desk}plan/actions/{theirs.pk}/",
        "counselling/<key:pk>/meetings/": f"{desk}meetings/",
        "counselling/<key:pk>/meetings/new/": f"{desk}meetings/new/",
        "counselling/<key:pk>/meetings/<key:meeting>/": f"{desk}meetings/{meeting.pk}/",
        "counselling/<key:pk>/entries/<key:entry>/review/": review,
        "counselling/<key:pk>/entries/<key:entry>/review/<key:evidence>/": f"{review}{piece.pk}/",
        "me/plans/<key:pk>/": f"me/plans/{plan.pk}/",
        "me/plans/<key:pk>/actions/": f"me/plans/{plan.pk}/actions/",
        "me/plans/<key:pk>/actions/<key:action>/": f"me/plans/{plan.pk}/actions/{action.pk}/",
        "me/entries/<key:pk>/feedback/<key:feedback>/": f"me/entries/{told.pk}/feedback/{said.pk}/",
    }


def behind(door, address, entry, file):
    """Addresses behind one of the doors to a portfolio, by their routes."""
    routes = {
        "": "",
        "card.png": "card.png",
        "credits/": "credits/",
        "cv/": "cv/",
        "cv.pdf": "cv.pdf",
        "resume.json": "resume.json",
        "<key:pk>/": f"{entry.pk}/",
        "message/": "message/",
        "report/": "report/",
        "<key:pk>/report/": f"{entry.pk}/report/",
        "files/<uuid:uuid>/": f"files/{file.uuid}/",
        "files/<uuid:uuid>/preview/": f"files/{file.uuid}/preview/",
        "files/<uuid:uuid>/captions/": f"files/{file.uuid}/captions/",
    }
    return {door + route: address + place for route, place in routes.items()}


# Their address is the secret: whoever has it may read what it leads to.
BY_ADDRESS = {
    "calendar/<slug:token>.ics",
    "endorse/<str:token>/",
    "endorse/<str:token>/decline/",
    "endorse/<str:token>/take-back/",
}
OF_THE_OWNER = [
    "me/counsellors/<key:pk>/",
    "me/steps/<key:pk>/",
    "me/entries/<key:pk>/",
    "me/entries/<key:pk>/endorsements/",
    "me/cpd/<key:pk>/",
    "files/<uuid:uuid>/",
]


def address(route, things=()):
    """An address of the route: of the owner's thing that it is about, or with something plausible for each of its parts."""
    if route in things:
        return f"/{things[route]}"
    filled = re.sub(r"<(int|key):\w+>", "1", route)
    filled = re.sub(r"<slug:\w+>", "about", filled)
    filled = re.sub(r"<\w+:\w+>|<\w+>", "x", filled)
    filled = re.sub(r"\(\?P<\w+>[^)]*\)\??|\([^)]*\)", "1", filled)
    return "/" + re.sub(r"[\^$\\?]", "", filled)


def outcome(response):
    """What the table calls the answer: its status, or where it sends people."""
    if response.status_code in (301, 302):
        return "login" if "/accounts/login/" in response.headers["Location"] else "redirect"
    return str(response.status_code)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture(scope="module")
def people(owner, met):
    return {
        "owner": owner,
        "member": make.member(),
        "minor": make.member(age_band="13-17"),
        "counsellor": met.counsellor,
        "other counsellor": make.counsellor("Sam Oakes"),
        "editor": make.user("Editors"),
        "superuser": make.superuser(),
    }


@pytest.fixture
def cast(client, people):
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
def test_each_of_the_cast_gets_what_the_table_says(cast, things, row):
    method, place = row["method"].lower(), address(row["route"], things)

    answers = {role: getattr(cast(role), method)(place) for role in CAST}

    assert {role: outcome(answer) for role, answer in answers.items()} == {role: row[role] for role in CAST}
    if row["route"] not in BY_ADDRESS:
        told = [role for role, answer in answers.items() if role != "owner" and SECRET.encode() in body(answer)]
        assert told == []


PERSONAL = (
    "me/",
    "files/",
    "calendar/",
    "careers/",
    "courses/",
    "moderation/",
    "people/",
    "shared/",
    "counselling/",
    "invited/",
    "join/",
)
GETS = [row for row in OWN_ROWS if row["method"] == "GET" and row["route"].startswith(PERSONAL)]


@pytest.mark.parametrize("row", GETS, ids=lambda row: row["route"])
def test_a_part_of_a_page_is_given_to_nobody_else_than_the_page(cast, things, row):
    place = address(row["route"], things)
    asked = {"HX-Request": "true", "X-Saves-In-Place": "1", "Accept": "application/json", "Range": "bytes=0-99"}

    answers = {role: cast(role).get(place, headers=asked) for role in CAST}

    found = {role: outcome(answer).replace("206", "200") for role, answer in answers.items()}
    assert found == {role: row[role] for role in CAST}
    if row["route"] not in BY_ADDRESS:
        assert [role for role, answer in answers.items() if role != "owner" and SECRET.encode() in body(answer)] == []


@pytest.mark.parametrize("route", OF_THE_OWNER)
@pytest.mark.parametrize("role", ["member", "minor", "counsellor", "other counsellor", "editor", "superuser"])
def test_hidden_and_unknown_are_told_in_the_same_words(cast, things, role, route):
    hidden = cast(role).get(address(route, things))
    unknown = cast(role).get(re.sub(r"[0-9a-f-]{36}|\d+", lambda found: "9" * 8 + found[0][8:], address(route, things)))

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content == unknown.content


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith(("me/", "files/")) and "<" in route])
def test_what_is_in_the_bin_is_there_for_nobody(cast, things, owner, route):
    owner.entries.all().bin()
    owner.cpd_cycles.all().delete()
    owner.plan_steps.all().delete()

    answer = cast("owner").get(address(route, things))

    assert SECRET.encode() not in body(answer)


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
