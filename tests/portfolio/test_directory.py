"""The directory: who stands in it, how it is asked, and that nobody else can be found in it."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from careers.models import CareerPage, Skill
from portfolio import finding
from portfolio.models import Profile
from tests import make
from tests.portfolio import record
from tests.test_query_budgets import statements

pytestmark = pytest.mark.django_db
MARKER = "Osterly-marker-4417"
LISTED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def listed(handle, owner=None, **fields):
    """An adult who can be found, unless the facts say otherwise."""
    found = {"display_name": f"Name of {handle}", "visibility": 4, "listed_at": LISTED_AT, **fields}
    profile = Profile(owner=owner or make.member(), handle=handle, **found)
    profile.search_text = finding.people_text(profile)
    profile.save()
    return profile


def handles(page):
    return re.findall(r'<a href="/people/([a-z0-9-]+)/"', page.content.decode())


def ask(client, **asked):
    return handles(client.get("/people/", asked))


# Who can be found


def test_whoever_asked_to_be_found_stands_there_newest_first(client):
    listed("ann", listed_at=LISTED_AT)
    listed("bob", listed_at=LISTED_AT + timedelta(days=1))

    assert ask(client) == ["bob", "ann"]


HIDDEN = {
    "private": lambda: listed("hidden", visibility=1, headline=MARKER),
    "for-counsellors": lambda: listed("hidden", visibility=2, headline=MARKER),
    "by-link": lambda: listed("hidden", visibility=3, headline=MARKER),
    "suspended": lambda: listed("hidden", suspended_at=LISTED_AT, headline=MARKER),
    "inactive": lambda: listed("hidden", make.member(is_active=False), headline=MARKER),
    "under-18": lambda: listed("hidden", make.member("13-17"), headline=MARKER),
    "of-no-known-age": lambda: listed("hidden", make.member(""), headline=MARKER),
    "unlisted": lambda: listed("hidden", listed_at=None, headline=MARKER),
    "erased": lambda: listed("hidden", headline=MARKER).owner.delete(),
}


@pytest.mark.parametrize("why", HIDDEN)
@pytest.mark.parametrize("asked", [{}, {"q": MARKER}, {"q": "hidden"}])
def test_nobody_else_can_be_found(client, why, asked):
    HIDDEN[why]()
    listed("seen", headline="Hidden depths")

    for user in (None, make.member(), make.user("Editors"), make.superuser()):
        if user:
            client.force_login(user)
        page = client.get("/people/", asked)

        assert handles(page) == ["seen"] * (asked.get("q") != MARKER)
        assert MARKER not in page.content.decode().replace(f"“{MARKER}”", "").replace(f'value="{MARKER}"', "")


def test_an_owner_does_not_find_themselves_unless_others_do(client):
    profile = listed("ann", listed_at=None)
    client.force_login(profile.owner)

    assert ask(client) == []


def test_what_is_taken_back_is_gone_with_the_next_request(client):
    profile = listed("ann")
    before = client.get("/people/")
    Profile.objects.filter(pk=profile.pk).update(listed_at=None)

    assert (handles(before), ask(client)) == (["ann"], [])
    assert before.headers["Cache-Control"] == "private, no-cache"
    assert not before.cookies


def test_search_engines_are_kept_out_of_every_page_of_it(client):
    listed("ann", is_indexed=True)

    answers = [client.get(place) for place in ("/people/", "/people/?q=ann", "/people/?after=1_1")]

    assert [answer.headers["X-Robots-Tag"] for answer in answers] == ["noindex"] * 3
    assert all('<meta name="robots" content="noindex">' in answer.content.decode() for answer in answers)


def test_a_card_never_falls_back_to_an_address_or_the_account(client):
    listed("ann", make.member(email="secret@example.org", first_name="Real", last_name="Name"), display_name="")

    page = client.get("/people/").content.decode()

    assert '<a href="/people/ann/">ann</a>' in page
    assert ("secret@example.org" in page, "Real" in page) == (False, False)


# Asking


def test_words_are_found_whatever_their_case_and_accents(client):
    listed("zoe", display_name="Zoë Łukasiewicz", headline="Runner by night", place="São Paulo")
    listed("bob")

    assert ask(client, q="ZOE sao RUNNER") == ["zoe"]
    assert ask(client, q="zoë brazil") == []


def test_a_role_finds_those_who_show_themselves_for_it(client):
    listed("ann", career=CareerPage.objects.get(slug="producer"))
    listed("bob", career=CareerPage.objects.get(slug="director"))

    assert ask(client, role="producer") == ["ann"]


def test_a_role_whose_page_is_gone_is_not_named(client):
    page = make.career("Zoetrope turner")
    listed("ann", career=page)
    before = client.get("/people/").content.decode()
    page.unpublish()

    assert ("<dd>Zoetrope turner</dd>" in before, "Zoetrope" in client.get("/people/").content.decode()) == (True, False)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"visibility": 4}, ["ann"]),
        ({"visibility": 3}, []),
        ({"visibility": 4, "state": "under-way"}, []),
        ({"visibility": 4, "state": "planned"}, []),
        ({"visibility": 4, "suspended_at": LISTED_AT}, []),
        ({"visibility": 4, "deleted_at": LISTED_AT}, []),
    ],
)
def test_a_skill_finds_those_with_evidence_that_everybody_sees(client, fields, found):
    owner = listed("ann").owner
    record.entry(owner, {"budgeting": 3}, **fields)

    assert ask(client, skill="budgeting") == found
    assert ("Budgeting, 1&nbsp;piece" in client.get("/people/").content.decode()) == bool(found)


def test_a_skill_section_that_is_off_is_neither_shown_nor_searched(client):
    owner = listed("ann", hidden=["laurels", "skills"]).owner
    record.entry(owner, {"budgeting": 3}, visibility=4)

    assert ask(client, skill="budgeting") == []
    assert "Budgeting, 1" not in client.get("/people/").content.decode()


def test_the_three_skills_with_most_pieces_stand_on_a_card(client):
    owner = listed("ann").owner
    for pieces, slugs in enumerate([["call-sheets"], ["research"], ["budgeting"], ["scheduling"]], start=1):
        for _ in range(pieces):
            record.entry(owner, dict.fromkeys(slugs, 2), visibility=4)

    (card,) = finding.cards(finding.people())

    assert [(skill.slug, skill.pieces) for skill in card.skills] == [("scheduling", 4), ("budgeting", 3), ("research", 2)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"availability": "open"}, "Looking for work"),
        ({"availability": "from", "available_from": "2027-03"}, "Free from March 2027"),
        ({"availability": "from"}, "Free from a date"),
        ({"availability": "busy", "available_from": "2027"}, ""),
        ({}, ""),
    ],
)
def test_availability_is_said_in_words(fields, words):
    assert finding.availability(Profile(**fields)) == words


def test_availability_narrows(client):
    listed("ann", availability="open")
    listed("bob", availability="busy")

    assert ask(client, availability="open") == ["ann"]
    assert sorted(ask(client, availability="busy")) == ["ann", "bob"]  # nobody is looked for by that


def test_an_empty_answer_names_the_filter_to_drop(client):
    owner = listed("ann", career=CareerPage.objects.get(slug="producer")).owner
    record.entry(owner, {"budgeting": 3}, visibility=4)

    page = client.get("/people/?role=director&skill=budgeting").content.decode()

    assert "Somebody would without “Director”." in page
    assert '<a class="button" href="/people/?skill=budgeting">Remove that filter</a>' in page


def test_an_empty_directory_says_so(client):
    assert "Nobody is listed yet" in client.get("/people/").content.decode()


def test_a_part_is_the_part_of_the_page(client):
    listed("ann")
    page = client.get("/people/").content.decode()
    part = client.get("/people/", headers={"HX-Request": "true"})

    assert part.content.decode().strip() in page
    assert "HX-Request" in part.headers["Vary"]


HOSTILE = [
    "\0",
    "x" * 100_000,
    "🎬" * 500,
    "‮evil",
    "%' OR 1=1 --",
    "<script>alert(1)</script>",
    "9" * 40,
    "-1_5",
    "9999999999999999_1",
    "99999999999999999_1",
    "1_999999999999999999",
    "٣_٤",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
]


@pytest.mark.parametrize("name", ["q", "role", "skill", "availability", "after", "unknown"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_every_question_is_answered(client, name, value):
    answer = client.get(f"/people/?{urlencode({name: value})}")

    assert (answer.status_code, b"<script>alert" in answer.content) == (200, False)


# Many people


def walk(client, **asked):
    """The handles of every page, one list a page."""
    pages, address = [], f"/people/?{urlencode(asked)}"
    while address:
        answer = client.get(address)
        pages.append(handles(answer))
        onward = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
        address = onward and onward[1].replace("&amp;", "&")
    return pages


def crowd(number, each=lambda at: LISTED_AT):
    for at in range(number):
        listed(f"person-{at:03}", listed_at=each(at), availability="open")


@pytest.mark.parametrize(
    "each", [lambda at: LISTED_AT, lambda at: LISTED_AT + timedelta(microseconds=at // 7)], ids=["ties", "near"]
)
def test_sixty_people_are_each_visited_once(client, each):
    crowd(60, each)

    pages = walk(client, availability="open")

    assert [len(page) for page in pages] == [24, 24, 12]
    assert sorted(sum(pages, [])) == [f"person-{at:03}" for at in range(60)]


def test_whoever_joins_meanwhile_moves_nobody(client):
    crowd(30)
    first = client.get("/people/").content.decode()
    listed("late", listed_at=timezone.now())
    onward = re.search(r'rel="next" href="([^"]+)"', first)[1]

    assert len(handles(client.get(onward))) == 6


def test_no_count_of_everybody_is_told(client):
    crowd(30)

    page = client.get("/people/").content.decode()

    assert ('24 people<span class="visually-hidden">, and there are more</span>' in page, ">30" in page) == (True, False)


ASKED = "/people/?q=name&role=producer&skill=budgeting&availability=open"


@pytest.mark.parametrize(
    ("address", "budget"), [("/people/", 4), (ASKED, 4), ("/people/?q=nobody&role=director&skill=research", 6)]
)
def test_a_page_costs_the_same_with_one_person_and_with_thirty(client, address, budget):
    found = {}
    for number in (1, 30):
        Profile.objects.all().delete()
        for at in range(number):
            owner = listed(f"person-{at:03}", career=CareerPage.objects.get(slug="producer"), availability="open").owner
            for skill in ("budgeting", "call-sheets", "scheduling", "organisation"):
                record.entry(owner, {skill: 3}, visibility=4)
        client.get(address)
        said = statements(client, address)
        found[number] = len(said)
        assert sorted(said) == sorted(set(said))
        assert [sql for sql in said if not sql.lstrip("( ").startswith(("SELECT", "WITH"))] == []

    assert found == {1: budget, 30: budget}


def test_signing_in_adds_at_most_three_statements(client):
    listed("ann")
    client.get("/people/")
    signed_out = len(statements(client, "/people/"))
    client.force_login(make.member())
    client.get("/people/")

    assert len(statements(client, "/people/")) - signed_out <= 3


def test_everybody_is_led_there_from_the_foot_of_every_page(client):
    assert '<li><a href="/people/">People</a></li>' in client.get("/careers/").content.decode()


def test_members_are_never_in_the_search_of_the_site(client):
    listed("ann", headline=MARKER)
    page = client.get("/search/", {"q": MARKER}).content.decode()

    assert "/people/ann/" not in page


def test_skills_offered_are_those_of_the_guide(client):
    Skill.objects.filter(slug="budgeting").update(live=False)
    page = client.get("/people/").content.decode()

    assert ('<option value="budgeting"' in page, '<option value="research"' in page) == (False, True)
