"""Who sees what, told by its owner: levels, secret links, who has looked, what was agreed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portfolio import sharing, tokens
from portfolio.models import AccessEvent, ConsentEvent, Profile, ShareLink
from tests import make
from tests.portfolio.test_portfolio import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(client):
    owner = make.member()
    Profile.objects.create(owner=owner, handle="ann", display_name="Ann", visibility=3, time_zone="America/New_York")
    client.force_login(owner)
    return owner


def open_to(client, level, **switches):
    return client.post("/me/sharing/", {"visibility": level, **switches})


def make_link(client, **fields):
    until = (timezone.now() + timedelta(days=3)).date().isoformat()
    return client.post("/me/sharing/links/", {"name": "Priya", "until": until, **fields})


def address(response):
    return re.search(r'id="address" value="https?://[^/]+(/shared/[^"]+)"', response.content.decode())[1]


def consents(owner):
    return [(event.about, event.value, event.text_version) for event in ConsentEvent.objects.filter(owner=owner)]


def test_nothing_is_ticked_before_its_owner_ticks_it(client):
    client.force_login(make.member())
    page = client.get("/me/sharing/").content.decode()

    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*checked', page) == ["visibility"]
    assert 'value="1"' in re.search(r"<input[^>]*checked[^>]*>", page)[0]


def test_a_portfolio_is_opened_and_closed_and_both_are_on_record(client, ann):
    open_to(client, 4, listed="on", messages="on")
    opened = Profile.objects.get(owner=ann)
    open_to(client, 1, listed="on", indexed="on", messages="on")
    closed = Profile.objects.get(owner=ann)

    assert (opened.visibility, opened.is_listed, opened.is_indexed, opened.takes_messages) == (4, True, False, True)
    assert (closed.visibility, closed.is_listed, closed.is_indexed, closed.takes_messages) == (1, False, False, False)
    version = sharing.TEXT_VERSION
    assert consents(ann) == [
        ("messages", "Off", version),
        ("listed", "Off", version),
        ("shown", "Only me", version),
        ("messages", "On", version),
        ("listed", "On", version),
        ("shown", "Everyone", version),
    ]


def test_opening_again_lists_nobody_by_itself(client, ann):
    open_to(client, 4, listed="on", indexed="on")
    open_to(client, 3)
    open_to(client, 4)

    made = Profile.objects.get(owner=ann)
    assert (made.is_listed, made.is_indexed) == (False, False)


@pytest.mark.parametrize(
    ("missing", "level", "sentence"),
    [
        ("display_name", 3, "Who sees your portfolio: Write your name on your portfolio first."),
        ("handle", 4, "Who sees your portfolio: Choose your address on your portfolio first."),
    ],
)
def test_without_name_and_address_nothing_opens(client, ann, missing, level, sentence):
    Profile.objects.update(**{missing: "", "visibility": 1})

    answer = open_to(client, level)

    assert (answer.status_code, errors(answer), Profile.objects.get(owner=ann).visibility) == (422, [sentence], 1)


@pytest.mark.parametrize("level", ["", "0", "5", "-1", "everyone", "4.0", "9" * 400, "\x00"])
def test_a_level_that_is_none_opens_nothing(client, ann, level):
    assert open_to(client, level).status_code == 422
    assert Profile.objects.get(owner=ann).visibility == 3


@pytest.mark.parametrize("age_band", ["13-17", ""])
@pytest.mark.parametrize("level", [3, 4])
def test_under_18_nothing_opens_beyond_counsellors(client, age_band, level):
    minor = make.member(age_band=age_band)
    Profile.objects.create(owner=minor, handle="minor", display_name="Min")
    client.force_login(minor)

    answers = [open_to(client, level, listed="on", indexed="on", messages="on"), make_link(client)]
    page = client.get("/me/sharing/").content.decode()

    assert [answer.status_code for answer in answers] == [422, 302]
    made = Profile.objects.get(owner=minor)
    assert (made.visibility, made.is_listed, made.is_indexed, made.takes_messages) == (1, False, False, False)
    assert not ShareLink.objects.exists()
    assert [word for word in ("Everyone", "People with the link", "directory", "Secret links") if word in page] == []


def test_turning_18_opens_nothing(client):
    minor = make.member(age_band="13-17")
    Profile.objects.create(owner=minor, handle="minor", display_name="Min", visibility=2)
    minor.age_band = "18+"
    minor.save()

    assert Client().get("/people/minor/").status_code == 404


def test_a_link_works_to_the_end_of_its_day_in_its_owners_time(client, ann):
    answer = make_link(client, until="2026-12-04")

    link = ShareLink.objects.get()
    assert link.ends_at == datetime(2026, 12, 5, 5, 0, tzinfo=UTC)
    assert Client().get(address(answer)).status_code == 200


def test_a_link_is_shown_once_and_stored_nowhere(client, ann):
    answer = make_link(client)
    secret = address(answer).split("/")[2]

    assert secret not in client.get("/me/sharing/").content.decode()
    assert ShareLink.objects.get().digest == tokens.digest(secret)
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("private, no-store", "same-origin")


def test_a_link_for_some_entries_opens_those_alone(client, ann):
    shown, other, private = (
        make.entry(ann, title=title, visibility=level) for title, level in [("Shown", 3), ("Other", 4), ("Private", 1)]
    )
    stranger = make.entry(make.member(), title="Stranger", visibility=4)
    place = address(make_link(client, entry=[shown.pk, private.pk, stranger.pk]))

    page = Client().get(place).content.decode()

    assert [title for title in ("Shown", "Other", "Private", "Stranger") if title in page] == ["Shown"]
    assert [Client().get(f"{place}{each.pk}/").status_code for each in (shown, other, private, stranger)] == [200, 404, 404, 404]


def test_a_link_to_entries_that_are_not_ones_own_opens_nothing_more(client, ann):
    make.entry(ann, title="Mine", visibility=4)
    stranger = make.entry(make.member(), title="Stranger", visibility=4)

    page = Client().get(address(make_link(client, entry=[stranger.pk]))).content.decode()

    assert [title for title in ("Mine", "Stranger") if title in page] == []


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({"name": ""}, ["Who it is for: This field is required."]),
        ({"name": "\u200b \x01"}, ["Who it is for: Say who it is for, so that you know which link to take back."]),
        ({"until": "2020-01-01"}, ["Until: This day is over. Choose a later one."]),
        ({"until": "2999-01-01"}, ["Until: A link works for a year at most. Make another one then."]),
        ({"until": "Friday"}, ["Until: Give a day."]),
        ({"starts": "2999-01-01"}, ["From: This is after the last day. Check both."]),
        ({"entry": ["x"]}, ["Entry: Select a valid choice. x is not one of the available choices."]),
    ],
)
def test_a_link_that_cannot_be_says_why(client, ann, fields, sentences):
    answer = make_link(client, **fields)

    assert (answer.status_code, errors(answer), ShareLink.objects.count()) == (422, sentences, 0)


def test_a_link_taken_back_is_dead_with_the_next_request(client, ann):
    place = address(make_link(client))
    before = Client().get(place).status_code
    client.post("/me/sharing/links/", {"do": "revoke", "link": ShareLink.objects.get().pk})

    after = Client().get(place)

    assert (before, after.status_code) == (200, 404)
    assert after.content == Client().get("/shared/" + "x" * 32 + "/").content
    assert "Taken back on" in client.get("/me/sharing/").content.decode()
    assert [value for _, value, _ in consents(ann)] == ["Priya: taken back", "Priya: made"]


def test_nobody_takes_back_the_link_of_another(client, ann):
    other = make.member()
    link, _ = sharing.make_link(owner=other, name="Theirs", ends_at=timezone.now() + timedelta(days=1))

    for key in (link.pk, 0, -1, "x", "9" * 50, ""):
        client.post("/me/sharing/links/", {"do": "revoke", "link": key})

    assert ShareLink.objects.get().revoked_at is None


def test_guessing_is_stopped_and_a_right_link_does_not_help_then(client, ann, stopped):
    place = address(make_link(client))
    guesser = Client()

    answers = [guesser.get(f"/shared/{tokens.new()}/").status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]
    assert guesser.get(place).status_code == 429
    cache.clear()
    assert guesser.get(place).status_code == 200


def test_ten_thousand_secrets():
    made = {tokens.new() for _ in range(10_000)}

    assert len(made) == 10_000
    assert {len(token) for token in made} == {32}
    assert {re.fullmatch(r"[A-Za-z0-9_-]{32}", token) is not None for token in made} == {True}
    assert tokens.BYTES * 8 >= 128


def test_its_owner_reads_who_has_looked(client, ann):
    place = address(make_link(client))
    Client().get(place)
    AccessEvent.objects.create(owner=make.member(), what="link", who="Somebody of somebody else")

    page = client.get("/me/sharing/").content.decode()

    assert "<b>Priya</b><br>Opened a secret link" in page
    assert "Somebody of somebody else" not in page


def test_how_much_each_level_opens_is_counted_by_the_narrower_setting(client, ann):
    for level in (1, 2, 3, 4, 4):
        make.entry(ann, visibility=level)
    make.entry(ann, state="draft", visibility=1)

    page = client.get("/me/sharing/").content.decode()

    assert re.findall(r"<dt>([^<]+)</dt><dd>(\d+) ", page) == [
        ("Only me", "2"),
        ("My counsellor", "1"),
        ("People with the link", "3"),
        ("Everyone", "0"),
    ]
