"""What each state of a portfolio, an entry and a link does to every address behind the doors, on the very next request.

tests/access_states.csv is the table: for each state what a page of the portfolio answers and what an address of the entry
does, by handle and by link, and by which door the entry's words are still told.
"""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from portfolio import sharing
from portfolio.models import Attachment, Entry, Profile, ShareLink
from portfolio.scales import Visibility
from portfolio.urls import behind_a_door
from tests import make
from tests.test_access import SECRET, body

pytestmark = pytest.mark.django_db
TABLE = {row["state"]: row for row in csv.DictReader((Path(__file__).parent / "access_states.csv").open(encoding="utf-8"))}
ROUTES = sorted(str(pattern.pattern) for pattern in behind_a_door[0])
# What only a portfolio that is open to everyone has: nobody writes to, reports or previews a link.
PUBLIC_ONLY = {"message/", "report/", "<key:pk>/report/", "card.png"}


@pytest.fixture
def owner():
    return make.member()


@pytest.fixture
def profile(owner):
    fields = {"handle": "osterly", "display_name": "Osterly", "visibility": Visibility.PUBLIC, "takes_messages": True}
    return Profile.objects.create(owner=owner, listed_at=timezone.now(), is_indexed=True, **fields)


@pytest.fixture
def entry(owner, profile):
    skills = [make.skill(SECRET, slug="osterly")]
    made = make.entry(owner, title=SECRET, description=SECRET, visibility=Visibility.PUBLIC, skills=skills)
    return Entry.objects.get(pk=made.pk)


@pytest.fixture
def file(entry):
    made = Attachment(entry=entry, medium="video", name=SECRET, alt=SECRET, content_type="video/mp4", size=9)
    for name in ("file", "preview", "captions"):
        getattr(made, name).save(f"{name}.bin", ContentFile(SECRET.encode()), save=False)
    made.save()
    return made


@pytest.fixture
def link(owner):
    made, token = sharing.make_link(owner=owner, name="Priya", ends_at=timezone.now() + timedelta(days=3))
    made.address = f"/shared/{token}/"
    return made


def now_is(state, owner, entry, link):
    """Put the portfolio, the entry or the link into the state."""
    profile, entries, links = Profile.objects.filter(owner=owner), Entry.objects.filter(pk=entry.pk), ShareLink.objects.all()
    now = timezone.now()
    match state.split():
        case ["open", *_]:
            levels = {"everyone": 4, "link": 3, "counsellor": 2, "nobody": 1}
            profile.update(visibility=levels[state.split()[-1]])
        case ["entry", "for", *who]:
            entries.update(visibility={"link holders": 3, "a counsellor": 2, "nobody": 1}[" ".join(who)])
        case ["entry", "in", *_]:
            entries.bin()
        case ["entry", "deleted"]:
            entries.get().delete()
        case ["entry", "suspended"]:
            entries.update(suspended_at=now)
        case ["entry", *what]:
            entries.update(state=what[-1])
        case ["portfolio", "suspended"]:
            profile.update(suspended_at=now)
        case ["owner", *_]:
            owner.age_band = "13-17" if state.endswith("18") else ""
            owner.save()
        case ["account", "closed"]:
            owner.is_active = False
            owner.save()
        case ["account", "erased"]:
            owner.delete()
        case ["link", "revoked"]:
            sharing.revoke_link(owner=owner, link=link.pk)
        case ["link", "over"]:
            links.update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(seconds=1))
        case ["link", "not", _]:
            links.update(starts_at=now + timedelta(hours=1))
        case ["link", "for", *_]:
            other = make.entry(owner, title="Another", visibility=4)
            links.update(has_all=False)
            link.entries.set([other.entry_ptr])


def address(route, entry, file):
    return route.replace("<key:pk>", str(entry.pk)).replace("<uuid:uuid>", str(file.uuid))


def answers(base, entry, file):
    """What everybody gets at each address behind the door."""
    return {route: Client().get(base + address(route, entry, file)) for route in ROUTES}


def words(answer):
    """What an answer says: of a PDF the text on its pages, of anything else its bytes."""
    content = body(answer)
    if answer.headers["Content-Type"] != "application/pdf":
        return content
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()


def expected(row, door, route):
    is_about_entry = "<" in route
    return 404 if door == "link" and route in PUBLIC_ONLY else int(row[f"{door} {'entry' if is_about_entry else 'page'}"])


@pytest.mark.parametrize("state", TABLE)
def test_a_state_takes_effect_with_the_next_request(state, owner, profile, entry, file, link):
    doors = {"handle": "/people/osterly/", "link": link.address}
    before = {
        door: {route: answer.status_code for route, answer in answers(base, entry, file).items()} for door, base in doors.items()
    }

    now_is(state, owner, entry, link)
    after = {door: answers(base, entry, file) for door, base in doors.items()}

    row, everything = TABLE[state], TABLE["open to everyone"]
    assert before == {door: {route: expected(everything, door, route) for route in ROUTES} for door in doors}
    found = {door: {route: answer.status_code for route, answer in got.items()} for door, got in after.items()}
    assert found == {door: {route: expected(row, door, route) for route in ROUTES} for door in doors}
    for door, got in after.items():
        told = {route for route, answer in got.items() if SECRET.encode() in words(answer)}
        if door in row["told by"].split():
            assert {"", "credits/", "<key:pk>/", "files/<uuid:uuid>/", "cv/", "cv.pdf", "resume.json"} <= told
        else:
            assert told == set()


@pytest.mark.parametrize("state", TABLE)
def test_what_is_hidden_is_told_like_what_never_was(state, owner, profile, entry, file, link):
    now_is(state, owner, entry, link)

    hidden = {
        body(answer)
        for base in ("/people/osterly/", link.address)
        for answer in answers(base, entry, file).values()
        if answer.status_code == 404
    }

    assert hidden <= {Client().get("/people/nobody-at-all/").content}


@pytest.mark.parametrize("state", TABLE)
def test_the_owner_sees_their_own_in_every_state(client, state, owner, profile, entry, file, link):
    now_is(state, owner, entry, link)
    if state.startswith(("account", "entry in", "entry deleted")):
        return
    client.force_login(owner)

    statuses = [client.get(place).status_code for place in (f"/me/entries/{entry.pk}/", f"/files/{file.uuid}/", "/me/portfolio/")]

    assert statuses == [200, 200, 200]


def test_ranges_and_fragments_of_a_file_are_gated_like_the_file(profile, entry, file, link):
    Entry.objects.filter(pk=entry.pk).update(visibility=Visibility.ME)
    asked = {"Range": "bytes=0-3", "HX-Request": "true", "Accept": "application/json"}

    found = [
        Client().get(f"{base}files/{file.uuid}/{part}", headers=asked).status_code
        for base in ("/people/osterly/", link.address)
        for part in ("", "preview/", "captions/")
    ]

    assert found == [404] * 6
