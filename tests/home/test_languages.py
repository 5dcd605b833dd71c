"""One address, one language: /fr/ and /es/ stand before what people read, and nothing that is guarded gets round by them."""

import io
import re
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from pypdf import PdfReader
from wagtail.models import Locale, Page

from careers.models import CareerIndexPage, CareerPage
from home import languages
from home.models import HomePage, StandardPage
from home.sites import absolute
from tests import make
from tests.heads import head

pytestmark = pytest.mark.django_db
PROFILE = "/careers/associate-producer/"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
NOTICE = "Personne n’a encore traduit cette page."


def text(client, address, **more):
    answer = client.get(address, **more)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def translated(page, language="fr", **fields):
    """The published translation of the page, its parents translated with it."""
    made = page.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=True)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save_revision().publish()
    return made


@pytest.fixture
def french():
    page = CareerPage.objects.get(slug="associate-producer")
    return translated(
        page, title="Producteur associé", slug="producteur-associe", introduction="<p>Chaque film est une équipe.</p>"
    )


@pytest.mark.parametrize(
    ("path", "language", "plain"),
    [
        ("/careers/", "en-gb", "/careers/"),
        ("/fr/careers/", "fr", "/careers/"),
        ("/fr/", "fr", "/"),
        ("/fr", "fr", "/"),
        ("/french/", "en-gb", "/french/"),
        ("/es/me/entries/3/", "es", "/me/entries/3/"),
        ("/de/", "en-gb", "/de/"),
        ("//fr/", "en-gb", "//fr/"),
    ],
)
def test_a_path_is_told_from_its_language(path, language, plain):
    assert (languages.language_of(path), languages.plain(path)) == (language, plain)


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_page_says_its_language_and_offers_the_others(client, language):
    answer = client.get(f"/{language}/careers/")
    page = answer.content.decode()

    assert (answer["Content-Language"], f'<html lang="{language}" dir="ltr"' in page) == (language, True)
    assert re.findall(r'<a href="([^"]+)" hreflang="([^"]+)" lang="[^"]+"( aria-current="true")?>([^<]+)</a>', page) == [
        (address, code, ' aria-current="true"' if code == language else "", name)
        for address, code, name in [
            ("/careers/", "en-GB", "English"),
            ("/fr/careers/", "fr", "Français"),
            ("/es/careers/", "es", "Español"),
        ]
    ]


@pytest.mark.parametrize("address", ["/", "/about/", "/skills/budgeting/", "/courses/", "/careers/map/"])
def test_search_engines_are_told_of_the_same_page_in_the_other_languages(client, address):
    """Each of the editions names all of them, itself too, as it names itself; a language nobody offers leads to English."""
    told = {each: ALTERNATE.findall(text(client, each)) for each in (address, f"/fr{address}", f"/es{address}")}
    own, fr, es = (head(text(client, each)).canonical[0] for each in told)

    assert told[address] == [("en-GB", own), ("fr", fr), ("es", es), ("x-default", own)]
    assert told[f"/fr{address}"] == told[f"/es{address}"] == told[address]


def test_search_engines_are_told_of_the_translations_that_there_are(client, french):
    """A page that is shown in English in place of a translation is the English one, and no edition of its own."""
    own, fr = absolute(PROFILE), absolute(f"/fr{PROFILE}")
    for address in (PROFILE, f"{PROFILE}?country=us", f"/fr{PROFILE}", f"/es{PROFILE}"):
        assert ALTERNATE.findall(text(client, address)) == [("en-GB", own), ("fr", fr), ("x-default", own)]
    assert head(text(client, f"/es{PROFILE}")).canonical == [own]

    Page.objects.get(pk=french.pk).specific.unpublish()
    assert [ALTERNATE.findall(text(client, each)) for each in (PROFILE, f"/fr{PROFILE}")] == [[], []]


def test_a_page_that_is_nobody_else_s_business_names_no_other_editions(client):
    assert ALTERNATE.findall(text(client, "/search/?q=budget")) == []


def test_one_language_alone_has_no_alternates(client, settings):
    settings.LANGUAGES = [("en-gb", "English")]
    assert ALTERNATE.findall(text(client, "/careers/")) == []


def test_a_reader_stays_in_the_language(client):
    """From any page in French, every link to a page of ours leads to French but for the choice of another language."""
    for address in ["/fr/", "/fr/careers/", f"/fr{PROFILE}", "/fr/stages/production/", "/fr/skills/budgeting/", "/fr/courses/"]:
        page = re.sub(r'<a href="[^"]+" hreflang.*?</a>', "", text(client, address))
        away = re.findall(r'<a [^>]*href="(/(?!fr/|static/|media/)[^"]*)"', page)
        assert away == [], address


def test_an_address_without_a_language_is_the_guide_s_own(client):
    assert client.get("/en-gb/careers/").status_code == 404
    assert client.get("/de/careers/").status_code == 404
    assert client.get("/fr").headers["Location"] == "/fr/"
    assert client.get("/careers/", headers={"Accept-Language": "fr"})["Content-Language"] == "en-GB"


def test_what_nobody_translated_is_shown_in_english_and_says_so(client):
    page = text(client, f"/fr{PROFILE}")
    body = page.split('<div lang="en-GB" dir="auto">')[1]

    assert NOTICE in page.split('<div lang="en-GB" dir="auto">')[0]
    assert "<h2>What it pays</h2>" in body or "Pay by country" in body
    assert NOTICE not in text(client, PROFILE)


def test_a_figure_without_a_year_says_so_in_the_reader_s_language(client):
    assert "(Alison, sans date)" in text(client, "/fr/careers/?q=associate+producer")
    assert "Alison, sans date" in text(client, "/fr/careers/compare/?role=associate-producer")
    assert "(Alison, undated)" in text(client, "/careers/?q=associate+producer")


def test_a_translation_is_read_at_the_address_of_the_original(client, french):
    page = text(client, f"/fr{PROFILE}")

    assert "Chaque film est une équipe." in page
    assert "Producteur associé</h1>" in page
    assert NOTICE not in page
    assert f'<link rel="canonical" href="{absolute("/fr" + PROFILE)}">' in page
    assert "Chaque film est une équipe." not in text(client, PROFILE)
    assert client.get("/fr/careers/producteur-associe/").status_code == 404
    assert client.get("/careers/producteur-associe/").status_code == 404


def test_a_translation_that_is_older_says_so(client, french):
    original = CareerPage.objects.get(slug="associate-producer")
    original.save_revision().publish()

    assert "La page anglaise a changé depuis cette traduction." in text(client, f"/fr{PROFILE}")


def test_a_translation_is_not_shown_before_it_is_published_nor_when_it_is_closed(client, french):
    make.restricted(french)
    assert NOTICE in text(client, f"/fr{PROFILE}")

    draft = CareerPage.objects.get(slug="producer").copy_for_translation(
        Locale.objects.get(language_code="fr"), copy_parents=True
    )
    assert draft.live is False
    assert NOTICE in text(client, "/fr/careers/producer/")


def test_a_restricted_original_stays_closed_in_every_language(client, french):
    make.restricted(CareerPage.objects.get(slug="associate-producer"))

    for address in (PROFILE, f"/fr{PROFILE}", f"/es{PROFILE}"):
        assert "Chaque film" not in client.get(address, follow=True).content.decode()
        assert 'id="pay"' not in client.get(address, follow=True).content.decode()


def test_translations_are_counted_nowhere(client, french):
    """Lists, gaps, the map of search and what machines read hold each role once."""
    before = CareerPage.objects.readable().count()
    translated(CareerPage.objects.get(slug="producer"), title="Producteur")

    assert CareerPage.objects.readable().count() == before
    for address in ("/careers/", "/skills/budgeting/", "/search/?q=producer", "/courses/?role=producer"):
        assert "Producteur" not in text(client, address), address
    assert text(client, "/fr/careers/").count(">Producteur</a>") == 1
    assert HomePage.objects.original().count() == CareerIndexPage.objects.original().count() == 1
    assert "<h1" in text(client, "/")


def test_lists_name_a_translated_guide_in_its_words(client, french):
    assert "Producteur associé" in text(client, "/fr/careers/")
    assert "Producteur associé" not in text(client, "/careers/")
    assert "Producteur associé" not in text(client, "/es/careers/")


def test_a_member_s_marks_stand_on_the_translation(client, french):
    ann = make.member()
    make.choose(ann, CareerPage.objects.get(slug="associate-producer")) if hasattr(make, "choose") else None
    client.force_login(ann)

    page = text(client, f"/fr{PROFILE}")

    assert "Chaque film est une équipe." in page
    assert "<!--role" not in page
    assert "<!--asks" not in page


@pytest.mark.parametrize("address", ["/me/", "/me/entries/", "/counselling/", "/accounts/email/"])
def test_what_is_guarded_is_guarded_in_every_language(client, address):
    for prefix in ("", "/fr", "/es"):
        answer = client.get(f"{prefix}{address}")
        assert (answer.status_code, answer["Location"]) == (302, f"{prefix}/accounts/login/?next={prefix}{address}")

    client.force_login(make.member())
    for prefix in ("", "/fr", "/es"):
        assert "no-store" in client.get(f"{prefix}{address}")["Cache-Control"]


def test_the_second_factor_is_asked_for_in_every_language(client, settings):
    settings.SECOND_FACTOR = True
    client.force_login(make.user("Counsellors"))

    for prefix in ("", "/fr", "/es"):
        answer = client.get(f"{prefix}/counselling/")
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"{prefix}/accounts/second-factor/?next={quote(prefix + '/counselling/', safe='')}",
        )


def test_editors_translate_with_wagtail_s_own_tools(client):
    client.force_login(make.user("Moderators"))
    careers = CareerIndexPage.objects.original().get()

    answer = client.post(f"/cms/translation/submit/page/{careers.pk}/", {"locales": [Locale.objects.get(language_code="fr").pk]})

    copy = careers.get_translation(Locale.objects.get(language_code="fr"))
    assert (answer.status_code, copy.live) == (302, False)
    assert client.get(f"/cms/pages/{copy.pk}/edit/").status_code == 200


OTHERS = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.mark.parametrize("language", OTHERS)
def test_the_home_page_and_those_behind_the_footer_come_in_every_language(client, language):
    slugs = StandardPage.objects.original().values_list("slug", flat=True)

    for address in ["/", *(f"/{slug}/" for slug in slugs)]:
        assert '<div lang="en-GB"' not in text(client, f"/{language}{address}"), address


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_of_a_page_lead_where_those_of_the_original_lead(language):
    original, translated = (
        StandardPage.objects.filter(locale__language_code=code) for code in (settings.LANGUAGE_CODE, language)
    )
    links = {page.slug: re.findall(r'href="([^"]+)"', page.body) for page in original}

    assert {page.slug: re.findall(r'href="([^"]+)"', page.body) for page in translated} == links


def test_what_editors_have_changed_is_not_translated_when_the_guide_is_loaded_again():
    french = Locale.objects.get(language_code="fr")
    about, help_ = (StandardPage.objects.original().get(slug=slug) for slug in ("about", "help"))
    for page in (about, help_):
        page.get_translation(french).delete()
    about.save_revision().publish()

    call_command("load_guide", verbosity=0)

    assert [page.has_translation(french) for page in (about, help_)] == [False, True]


def words_of(answer):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(b"".join(answer))).pages).split())


def test_a_guide_is_taken_away_in_the_words_in_which_it_is_read(client, french):
    """Translated, the PDF is in French; what nobody has translated is in English throughout."""
    taken, original = (words_of(client.get(f"/fr/careers/{slug}/guide.pdf")) for slug in ("associate-producer", "producer"))

    assert ("Chaque film est une équipe." in taken, "Rémunération" in taken) == (True, True)
    assert ("Pay by country" in original, "Rémunération" in original) == (True, False)
