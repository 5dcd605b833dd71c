"""Where a member makes their portfolio: nothing typed is lost, and nothing opens by mistake."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from portfolio import presenting
from portfolio.models import Attachment, Feature, Link, Profile
from portfolio.scales import Section
from tests import make
from tests.portfolio.test_people import picture

pytestmark = pytest.mark.django_db
WORDS = {
    "display_name": "Ann Osei",
    "handle": "ann-osei",
    "headline": "I keep schedules.",
    "place": "Cardiff",
    "shows_hours": "on",
}
NO_HANDLE = "Your address here: Small letters, digits and single hyphens between them; at least three characters."


@pytest.fixture
def ann(client):
    owner = make.member(first_name="Ann", last_name="Osei")
    client.force_login(owner)
    return owner


def seen(client):
    return re.search(r'name="seen" value="(\w+)"', client.get("/me/portfolio/").content.decode())[1]


def save(client, **words):
    return client.post("/me/portfolio/", {**WORDS, "seen": seen(client), **words})


def send(client, **words):
    """As a browser would send it, with what no text may hold."""
    typed = urlencode({**WORDS, "seen": seen(client), **words}, errors="surrogatepass")
    return client.post("/me/portfolio/", typed, content_type="application/x-www-form-urlencoded")


def stored(owner):
    return Profile.objects.get(owner=owner)


def errors(response):
    """What stands in the list of things to fix."""
    page = response.content.decode()
    found = re.search(r'<ul class="error-list">(.*?)</ul>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<li>(.*?)</li>", found[1])] if found else []


def test_the_name_of_the_account_is_there_to_begin_with(client, ann):
    assert 'value="Ann Osei"' in client.get("/me/portfolio/").content.decode()
    assert not Profile.objects.exists()


def test_what_is_saved_stands_on_the_page_and_nothing_is_open(client, ann):
    answer = save(client, links="Reel https://example.org/reel\n\nhttps://example.org/site")

    assert answer.status_code == 302
    made = stored(ann)
    assert (made.display_name, made.handle, made.visibility, made.listed_at) == ("Ann Osei", "ann-osei", 1, None)
    assert made.links == [{"label": "Reel", "url": "https://example.org/reel"}, {"label": "", "url": "https://example.org/site"}]
    assert Client().get("/people/ann-osei/").status_code == 404


def test_fields_that_are_no_part_of_the_form_change_nothing(client, ann):
    hostile = {"visibility": 4, "owner": 1, "listed_at": "2026-01-01", "is_indexed": "on", "suspended_at": "2026-01-01"}
    save(client, **hostile, takes_messages="on", search_text="x")

    made = stored(ann)

    assert (made.owner, made.visibility, made.listed_at, made.is_indexed, made.suspended_at) == (ann, 1, None, False, None)
    assert (made.takes_messages, made.search_text) == (False, "ann osei i keep schedules. cardiff")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"handle": "a"}, NO_HANDLE),
        (
            {"handle": "ann--osei"},
            "Your address here: Small letters, digits and single hyphens between them; at least three characters.",
        ),
        (
            {"handle": "../../etc"},
            "Your address here: Small letters, digits and single hyphens between them; at least three characters.",
        ),
        (
            {"handle": "taken"},
            "Your address here: Somebody else has this address. Try it with a middle name, a place or a trade.",
        ),
        ({"availability": "from"}, "Free from: Say from when, or choose something else above."),
        ({"available_from": "soon"}, "Free from: Write a date such as 2026, March 2026 or 14 March 2026"),
        ({"links": "javascript:alert(1)"}, "Elsewhere: “javascript:alert(1)” holds no address that begins with https://."),
        (
            {"links": "https://me:secret@example.org/"},
            "Elsewhere: “https://me:secret@example.org/” is too long, or holds a name and password.",
        ),
        ({"links": "https://nowhere"}, "Elsewhere: Enter a valid URL."),
        ({"links": "\n".join(f"https://example.org/{n}" for n in range(9))}, "Elsewhere: Give at most 8 addresses."),
        ({"display_name": "x" * 121}, "Your name: Ensure this value has at most 120 characters (it has 121)."),
        ({"career": "999999"}, "The role you go by: Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_what_cannot_be_says_so_and_keeps_the_words(client, ann, words, sentence):
    Profile.objects.create(owner=make.member(), handle="taken")

    answer = save(client, headline="Kept words", **words)

    assert (answer.status_code, errors(answer)) == (422, [sentence])
    assert "Kept words" in answer.content.decode()
    assert not Profile.objects.filter(owner=ann, headline="Kept words").exists()


@pytest.mark.parametrize("words", ["\x00", "a\x00b", "‮", "😀" * 100, "x" * 100_000, "\ud800", "=cmd|' /C calc'!A0", "<script>"])
def test_hostile_words_never_break_it(client, ann, words):
    for name in (
        "display_name",
        "handle",
        "headline",
        "place",
        "availability",
        "available_from",
        "languages",
        "about",
        "links",
        "career",
    ):
        answer = send(client, **{name: words})

        assert answer.status_code in (302, 409, 422)
    assert client.get("/me/portfolio/").status_code == 200


def test_an_address_is_one_whatever_its_case(client, ann):
    save(client, handle=" Ann-Osei ")

    assert stored(ann).handle == "ann-osei"


def test_two_windows_do_not_overwrite_each_other(client, ann):
    save(client)
    mark = seen(client)

    first = client.post("/me/portfolio/", {**WORDS, "seen": mark, "headline": "First"})
    second = client.post("/me/portfolio/", {**WORDS, "seen": mark, "headline": "Second"})
    again = re.search(r'name="seen" value="(\w+)"', second.content.decode())[1]

    assert (first.status_code, second.status_code, stored(ann).headline) == (302, 409, "First")
    page = second.content.decode()
    assert '<th scope="row">One line about you</th><td class="lines">First</td><td class="lines">Second</td>' in page
    third = client.post("/me/portfolio/", {**WORDS, "seen": again, "headline": "Second"})
    assert (third.status_code, stored(ann).headline) == (302, "Second")


def test_an_address_taken_at_the_same_moment_is_told(client, ann):
    made = presenting.profile_for(ann)
    Profile.objects.create(owner=make.member(), handle="ann-osei")
    made.handle = "ann-osei"

    with pytest.raises(presenting.Taken):
        presenting.save_profile(made, ["handle"])


@pytest.mark.parametrize(
    ("steps", "order", "hidden"),
    [
        ([("clips", "up")], ["clips", "laurels", "about"], []),
        ([("laurels", "up")], ["laurels", "clips", "about"], []),
        ([("laurels", "down"), ("laurels", "down")], ["clips", "about", "laurels"], []),
        ([("about", "hide"), ("about", "hide"), ("clips", "hide"), ("clips", "show")], ["laurels", "clips", "about"], ["about"]),
    ],
)
def test_sections_are_moved_and_switched_off(client, ann, steps, order, hidden):
    for section, do in steps:
        assert (
            client.post("/me/portfolio/sections/", {"section": section, "do": do}).headers["Location"] == "/me/portfolio/#parts"
        )

    assert (stored(ann).order[:3], stored(ann).hidden) == (order, hidden)


def test_nonsense_moves_nothing(client, ann):
    for fields in ({}, {"section": "nothing", "do": "up"}, {"section": "about", "do": "explode"}, {"section": "a" * 9999}):
        client.post("/me/portfolio/sections/", fields)

    assert not Profile.objects.exists()


def test_sections_of_another_time_are_no_trouble():
    made = Profile(order=["gone", "credits", "credits"], hidden=["gone", "about"])

    assert made.sections[:2] == [Section.CREDITS, Section.LAURELS]
    assert len(made.sections) == len(Section)
    assert Section.ABOUT not in made.shown_sections


# What stands in front


def titles(client):
    page = client.get("/me/portfolio/clips/").content.decode()
    return re.findall(r"<b>([^<]+)</b>", page[: page.index("What could")])


def put(client, **what):
    client.post("/me/portfolio/clips/", {"do": "add", **what})


def test_clips_are_put_in_front_moved_made_the_reel_and_taken_out(client, ann):
    for title in ("One", "Two", "Three"):
        put(client, file=picture(make.entry(ann, title=title)).uuid)
    first, second, third = Feature.objects.all()

    client.post("/me/portfolio/clips/", {"do": "up", "feature": third.pk})
    moved = titles(client)
    client.post("/me/portfolio/clips/", {"do": "reel", "feature": second.pk})
    reel = titles(client)
    client.post("/me/portfolio/clips/", {"do": "reel", "feature": first.pk})
    client.post("/me/portfolio/clips/", {"do": "remove", "feature": third.pk})

    assert (moved, reel, titles(client)) == (["One", "Three", "Two"], ["Two", "One", "Three"], ["One", "Two"])
    assert [each.is_reel for each in Feature.objects.all()] == [True, False]


def test_nobody_puts_what_is_not_theirs_in_front(client, ann):
    other = make.entry(make.member(), title="Theirs")
    file, link = picture(other), Link.objects.create(entry=other.entry_ptr, url="https://example.org/")
    feature = Feature.objects.create(entry=other.entry_ptr, attachment=picture(other))

    for what in ({"file": file.uuid}, {"link": link.pk}, {"file": "x"}, {"link": "9" * 30}, {"link": "-1"}, {}):
        put(client, **what)
    for do in ("remove", "up", "down", "reel", "plain"):
        client.post("/me/portfolio/clips/", {"do": do, "feature": feature.pk})

    assert list(Feature.objects.values_list("pk", "is_reel", "place")) == [(feature.pk, False, 0)]


def test_papers_cannot_stand_in_front_and_nothing_stands_twice(client, ann):
    made = make.entry(ann)
    paper = picture(made, medium="pdf", name="contract.pdf", content_type="application/pdf")
    still = picture(made)

    put(client, file=paper.uuid)
    put(client, file=still.uuid)
    put(client, file=still.uuid)

    assert list(Feature.objects.values_list("attachment", flat=True)) == [still.pk]


def test_there_is_room_for_nine(client, ann):
    made = make.entry(ann)
    for _ in range(10):
        put(client, file=picture(made).uuid)

    assert Feature.objects.count() == 9
    assert "That is as many as there can be." in client.get("/me/portfolio/clips/").content.decode()


def test_a_file_that_goes_is_in_front_no_more(client, ann):
    still = picture(make.entry(ann))
    put(client, file=still.uuid)
    Attachment.objects.get().delete()

    assert not Feature.objects.exists()


def test_what_is_in_the_bin_is_not_offered(client, ann):
    made = make.entry(ann, title="Gone film")
    picture(made)
    Link.objects.create(entry=made.entry_ptr, url="https://example.org/")
    type(made).objects.filter(pk=made.pk).update(deleted_at=timezone.now())

    assert "Gone film" not in client.get("/me/portfolio/clips/").content.decode()
