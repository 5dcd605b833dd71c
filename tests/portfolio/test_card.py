"""The preview of a portfolio: behind its public door alone, drawn of words alone, whatever the words."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from careers.models import CareerPage
from home.cards import setting
from home.cards.setting import drawable
from portfolio import sharing
from portfolio.cards.drawing import Facts, card
from portfolio.models import Profile
from tests import make
from tests.effort import effort

NAMES = {
    "plain": "Marisol Adeyemi-Thorne",
    "endless": "Ann Bo " * 715,
    "one-word": "Ü" * 5000,
    "right-to-left": "ليان البحراوي",
    "chinese": "佐野ひなた",
    "emoji": "🎬👩‍🎤",
    "nul": "Ann\0\x1b[0m\u202eBo",
    "empty": "",
    "marks": "Z" + "\u0301" * 3000,
    "lone": "\ud800Ann",
}


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_drawn_into_a_small_picture_of_the_size_that_sites_ask_for(name):
    facts = Facts(NAMES[name], NAMES[name], NAMES[name], NAMES[name], NAMES[name])

    picture = card(facts)

    shown = Image.open(io.BytesIO(picture))
    assert (shown.format, shown.size, len(picture) < 100_000) == ("PNG", (1200, 630), True)
    assert shown.info == {}


def test_the_same_words_are_the_same_bytes_and_others_are_not():
    facts = Facts("Ann", "Runs", "Runner", "Leeds", "example.org/people/ann/")

    assert card(facts) == card(facts)
    assert card(facts) != card(Facts("Ann", "Runs", "Runner", "York", "example.org/people/ann/"))


def test_words_stay_above_the_strips():
    full = Facts("Guadalupe Montserrat " * 9, "A headline of many words " * 9, "Producer " * 9, "Somewhere " * 9)
    bare = Image.open(io.BytesIO(card(Facts("")))).convert("RGB")

    drawn = Image.open(io.BytesIO(card(full))).convert("RGB")

    strips = (0, setting.HEIGHT - setting.FOOT - setting.STRIP, setting.WIDTH, setting.HEIGHT)
    assert drawn.crop(strips).tobytes() == bare.crop(strips).tobytes()
    right = (setting.LEFT + setting.MEASURE + 4, 0, setting.WIDTH, strips[1])
    assert drawn.crop(right).tobytes() == bare.crop(right).tobytes()


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Zoë Łukasiewicz & Söhne – “ß”", "Zoë Łukasiewicz & Söhne – “ß”"),
        ("Zoe\u0308", "Zoë"),
        ("佐野ひなた (Sano Hinata)", "Sano Hinata"),
        ("(Sano Hinata)", "(Sano Hinata)"),
        ("Ọlábísí", "Olábísí"),
        ("Ann🎬 Bo", "Ann Bo"),
        ("Anne‑Marie", "Anne-Marie"),
        ("ليان البحراوي", ""),
        ("Tokyo 東京", "Tokyo"),
        ("· – !", ""),
    ],
)
def test_what_the_typeface_lacks_is_left_out_rather_than_drawn_as_boxes(text, drawn):
    assert drawable(text) == drawn


def test_both_fonts_have_every_letter_that_is_drawn():
    for name in (setting.BOLD, setting.PLAIN):
        font = setting.font(name, 40)
        missing = bytes(font.getmask("\uffff"))
        boxes = [chr(code) for code in setting.LETTERS if bytes(font.getmask(chr(code))) == missing]

        assert boxes == []


def test_a_preview_is_quickly_made():
    facts = Facts(
        "Marisol Adeyemi-Thorne", "I find the people and check the dates.", "Producer", "Leeds", "example.org/people/m/"
    )
    card(facts)

    assert min(effort(lambda: card(facts)) for _ in range(5)) < 3


# The view


@pytest.fixture
def profile(db):
    career = CareerPage.objects.get(slug="producer")
    return Profile.objects.create(
        owner=make.member(), handle="osterly", display_name="Ann", headline="Runs", visibility=4, career=career, place="Leeds"
    )


def test_it_is_there_for_a_public_portfolio(client, profile):
    answer = client.get("/people/osterly/card.png")

    assert answer.content == card(Facts("Ann", "Runs", "Producer", "Leeds", "localhost:8000/people/osterly/"))
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/png", "private, no-cache")
    assert (answer.headers["Cross-Origin-Resource-Policy"], answer.headers["X-Robots-Tag"]) == ("cross-origin", "noindex")
    assert not answer.cookies


def test_one_that_is_known_already_is_not_sent_again(client, profile):
    first = client.get("/people/osterly/card.png")
    again = client.get("/people/osterly/card.png", headers={"If-None-Match": first.headers["ETag"]})
    Profile.objects.update(place="York")
    changed = client.get("/people/osterly/card.png", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "private, no-cache")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_it_is_gone_with_what_it_shows(client, profile):
    known = client.get("/people/osterly/card.png").headers["ETag"]
    Profile.objects.update(visibility=3)

    assert client.get("/people/osterly/card.png", headers={"If-None-Match": known}).status_code == 404


def test_there_is_none_behind_the_other_doors(client, profile):
    _, token = sharing.make_link(owner=profile.owner, name="Bo", ends_at=timezone.now() + timedelta(days=1))
    client.force_login(profile.owner)

    answers = [client.get(f"{door}card.png").status_code for door in (f"/shared/{token}/", "/me/portfolio/as/visitor/")]

    assert (answers, client.get(f"/shared/{token}/").status_code) == ([404, 404], 200)


def test_a_role_whose_page_is_gone_is_not_drawn(client, profile):
    profile.career.unpublish()

    drawn = client.get("/people/osterly/card.png").content

    assert drawn == card(Facts("Ann", "Runs", "", "Leeds", "localhost:8000/people/osterly/"))
