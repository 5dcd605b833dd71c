"""The pictures of the guide: drawn of words alone, whatever the words, and kept for as long as they say the same."""

import io
import re
from pathlib import Path

import pytest
from django.core.cache import caches
from PIL import Image

from careers.models import CareerPage, Skill
from courses.models import Course
from home.cards import drawing, setting
from home.cards.drawing import Facts, card
from home.cards.serving import A_DAY, FOR_GOOD
from tests import make
from tests.effort import effort
from tests.heads import SITE, head

TOKENS = Path(setting.__file__).parents[1] / "static/home/css/tokens.css"
WORDS = {
    "plain": "Associate producer",
    "endless": "Producer of films and programmes " * 60,
    "one word": "Ü" * 5000,
    "right to left": "منتج مشارك",
    "chinese": "アソシエイトプロデューサー",
    "controls": "Ann\0\x1b[0m\u202eBo",
    "lone": "\ud800Ann",
    "empty": "",
}


def opened(picture):
    return Image.open(io.BytesIO(picture)).convert("RGB")


def colour(picture, *place):
    """The colour at the place, as style sheets write it."""
    return "#{:02x}{:02x}{:02x}".format(*opened(picture).getpixel(place))


@pytest.mark.parametrize("text", WORDS)
def test_any_words_are_drawn_into_a_small_picture_of_the_size_that_sites_ask_for(text):
    picture = card(Facts(WORDS[text], WORDS[text], WORDS[text], WORDS[text], (3,)))

    shown = Image.open(io.BytesIO(picture))
    assert (shown.format, shown.size, shown.info, len(picture) < 120_000) == ("PNG", (1200, 630), {}, True)


@pytest.mark.parametrize("title", ["منتج مشارك", "Producer プロデューサー", "Ọlábísí", "", "· – !"])
def test_a_title_in_other_letters_gives_the_plain_picture_rather_than_boxes_or_half_a_title(title):
    assert card(Facts(title, "Career", "A line")) == card(Facts(""))


def test_a_line_in_other_letters_is_left_out():
    assert card(Facts("Producer", "Career", "プロデューサー")) == card(Facts("Producer", "Career"))


def test_words_stay_above_the_strips_and_inside_the_measure():
    full = opened(card(Facts("Guadalupe Montserrat " * 9, "Career " * 20, "A line of many words " * 9)))
    bare = opened(card(Facts("")))

    strips = (0, setting.HEIGHT - setting.FOOT - setting.STRIP, setting.WIDTH, setting.HEIGHT)
    assert full.crop(strips).tobytes() == bare.crop(strips).tobytes()
    right = (setting.LEFT + setting.MEASURE + 4, 0, setting.WIDTH, strips[1])
    assert full.crop(right).tobytes() == bare.crop(right).tobytes()
    top = (0, 0, setting.WIDTH, 8)
    assert full.crop(top).tobytes() == bare.crop(top).tobytes()


def test_the_strips_are_those_of_the_stages():
    shown = card(Facts("Producer", stages=(2, 3)))
    line = setting.HEIGHT - setting.FOOT - setting.STRIP // 2

    colours = [colour(shown, at * 240 + 120, line) for at in range(5)]
    assert colours == [setting.DESK, setting.STRIPS[1], setting.STRIPS[2], setting.DESK, setting.DESK]


def test_one_stage_alone_is_on_its_paper():
    assert colour(card(Facts("Production", stages=(3,))), 4, 4) == setting.PAPERS[2]


def test_the_colours_are_those_of_the_site():
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w+), [^)]*\)", TOKENS.read_text()))

    assert (tokens["desk"], tokens["ink"], tokens["ink-2"]) == (setting.DESK, setting.INK, setting.INK_2)
    assert tuple(tokens[f"s{stage}-strip"] for stage in range(1, 6)) == setting.STRIPS
    assert tuple(tokens[f"s{stage}-paper"] for stage in range(1, 6)) == setting.PAPERS


def test_a_picture_is_quickly_drawn():
    facts = Facts("Post-production supervisor", "Career · Post-production", "Runs everything to the last day.", "example.org/")
    card(facts)

    # A tenth of a second at most: the unit of effort is a twentieth or so.
    assert min(effort(lambda: card(facts)) for _ in range(5)) < 2


# In the site


@pytest.mark.django_db
def test_each_page_names_a_picture_that_says_what_it_is(client):
    page, skill, course = CareerPage.objects.get(slug="producer"), Skill.objects.get(slug="budgeting"), make.course("Budgets")
    stages = tuple(sorted(page.stage_involvements.values_list("stage", flat=True)))
    host = SITE.partition("://")[2]

    expected = {
        page.get_absolute_url(): Facts("Producer", "Career · Producing", page.summary, f"{host}/careers/producer/", stages),
        skill.get_absolute_url(): Facts("Budgeting", "Skill · Business", skill.summary, f"{host}/skills/budgeting/"),
        course.get_absolute_url(): Facts("Budgets", f"Course · {course.provider}", "", f"{host}{course.get_absolute_url()}"),
    }

    for address, facts in expected.items():
        picture = head(client.get(address).content.decode()).metas["og:image"]
        answer = client.get(picture.removeprefix(SITE))
        assert answer.content == card(facts), address
        assert answer.headers["Cache-Control"] == FOR_GOOD, address
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.cookies


@pytest.mark.django_db
def test_a_stage_is_drawn_on_its_paper(client):
    answer = client.get("/stages/production/card.png")

    assert colour(answer.content, 4, 4) == setting.PAPERS[2]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?v=", "?v=1-1", "?v=nonsense", "?v=\0"])
def test_an_address_that_does_not_name_the_version_is_kept_for_a_day(client, query):
    assert client.get(f"/careers/producer/card.png{query}").headers["Cache-Control"] == A_DAY


@pytest.mark.django_db
def test_a_page_that_changes_has_another_picture_at_another_address(client):
    page = make.career(title="Puppeteer")
    address = page.get_absolute_url()
    before = head(client.get(address).content.decode()).metas["og:image"]
    known = client.get(f"{address}card.png").headers["ETag"]
    assert client.get(f"{address}card.png", headers={"If-None-Match": known}).status_code == 304

    page.title = "Marionettist"
    page.save_revision().publish()

    changed = client.get(f"{address}card.png", headers={"If-None-Match": known})
    assert (changed.status_code, changed.headers["ETag"] != known) == (200, True)
    assert head(client.get(address).content.decode()).metas["og:image"] != before


@pytest.mark.django_db
def test_it_is_drawn_once_and_kept_for_all(client):
    first = client.get("/careers/producer/card.png")
    caches["cards"].set(first.headers["ETag"].strip('"'), b"kept")

    assert client.get("/careers/producer/card.png").content == b"kept"


@pytest.mark.django_db
def test_what_nobody_may_read_has_no_picture(client):
    draft, closed, course, skill = make.career(), make.career(), make.course(), make.skill(live=False)
    draft.unpublish()
    make.restricted(closed)
    Course.objects.filter(pk=course.pk).update(live=False)

    places = [f"{thing.get_absolute_url()}card.png" for thing in (draft, closed, course, skill)]
    assert [client.get(place).status_code for place in [*places, "/careers/nobody/card.png", "/stages/x/card.png"]] == [404] * 6


def test_the_edition_is_part_of_what_is_kept(monkeypatch, client):
    before = client.get("/card.png").headers["ETag"]
    monkeypatch.setattr("home.cards.serving.EDITION", drawing.EDITION + 1)

    assert client.get("/card.png").headers["ETag"] != before
