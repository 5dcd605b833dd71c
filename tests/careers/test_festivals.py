"""The catalogue of festivals: what a source says, what nobody has checked, and how both are read, found and edited."""

import csv
import re
import shutil

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from careers.importers import seed
from careers.models import Festival
from home.importing import Refused
from home.search import registry
from tests import make

DATA = seed.Path(apps.get_app_config("careers").path) / "data"


def festival(title="Shadow Play", **fields):
    return Festival.objects.create(**{"slug": "shadow-play", "place": "Luxembourg", "country": "lu", "title": title, **fields})


def entry(client, slug):
    """The words of the festival's row in the list: those before the unchecked part, and those in it."""
    html = client.get("/festivals/").content.decode()
    row = html[html.index(f'<li id="{slug}">') :].split("</li>")[0]
    said, _, unchecked = row.partition('<div class="unchecked">')
    return words(said), words(unchecked.partition('<a href="')[0])


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


def rewritten(folder, festival, **cells):
    """The line of the festival, once its cells are changed."""
    file = folder / "festivals.csv"
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    number = next(number for number, row in enumerate(rows) if row["slug"] == festival)
    rows[number] |= cells
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return number + 2


def refused(folder):
    with pytest.raises(Refused) as caught:
        seed.read(folder)
    return [str(problem) for problem in caught.value.problems]


def test_every_festival_has_a_place_an_address_and_something_to_say():
    rows = seed.read(DATA).festivals.values()

    assert [row["slug"] for row in rows if not (row["place"] and row["url"] and row["when"] and row["films"])] == []
    assert [row["slug"] for row in rows if "[" in "".join(str(value) for value in row.values.values())] == []


def test_without_a_source_every_fact_is_to_be_checked():
    rows = [row for row in seed.read(DATA).festivals.values() if not row["source"]]

    facts = ("when", "films", "ages", "submission_window", "fee", "qualifies_for")
    assert len(rows) == 13
    assert {row["slug"]: row["to_check"] for row in rows} == {
        row["slug"]: ", ".join(fact for fact in facts if row[fact]) for row in rows
    }
    assert {row["status"] for row in rows} == {"unverified"}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"country": "Atlantis"}, "country: 'Atlantis' is not one of au, ca, ch, cn, de, ee, es, fr, gb, gb-eng, "),
        ({"month": "13"}, "month: 13 is not between 1 and 12"),
        ({"source": "hearsay"}, "source: there is no 'hearsay'"),
        ({"source": ""}, "confirmed needs a source"),
        ({"to_check": "fee, price"}, "to_check: 'price' is not one of ages, fee, films, qualifies_for, "),
        ({"fee": ""}, "to_check: fee is empty"),
        ({"url": "bfi"}, "url: 'bfi' is not a web address"),
        ({"slug": "berlinale"}, "berlinale is there twice"),
    ],
)
def test_a_bad_row_is_refused_with_file_line_and_reason(folder, cells, reason):
    line = rewritten(folder, "bfi-future-film-festival", **cells)
    line = 21 if cells.get("slug") else line

    problems = refused(folder)

    assert len(problems) == 1
    assert problems[0].startswith(f"festivals.csv, line {line}: {reason}")


@pytest.mark.django_db
def test_one_bad_row_keeps_the_others_out(folder):
    Festival.objects.all().delete()
    rewritten(folder, "tribeca-festival", month="June")

    with pytest.raises(CommandError, match=r"Nothing was loaded\.\nfestivals\.csv, line 19: month: 'June' is not a whole"):
        call_command("load_guide", folder=folder)

    assert not Festival.objects.exists()


@pytest.mark.django_db
def test_the_same_files_fill_an_empty_catalogue_and_then_change_nothing(capsys):
    fields = [field.attname for field in Festival._meta.fields if "revision" not in field.attname and field.attname != "id"]
    before = list(Festival.objects.values_list(*fields))
    Festival.objects.all().delete()

    call_command("load_guide")
    Festival.objects.filter(slug="idfa").update(fee="What an editor wrote")
    call_command("load_guide")

    output = capsys.readouterr().out
    assert "Added 32 festivals." in output
    assert output.endswith("nothing was changed.\n")
    after = list(Festival.objects.exclude(slug="idfa").values_list(*fields))
    assert after == [row for row in before if "idfa" not in row]
    assert Festival.objects.get(slug="idfa").fee == "What an editor wrote"


@pytest.mark.django_db
def test_the_list_tells_what_the_source_says_apart_from_what_nobody_checked(client):
    said, unchecked = entry(client, "bfi-future-film-festival")

    assert said == (
        "BFI Future Film Festival London and online Young film-makers, shorts Confirmed by its source "
        "BFI: BFI Future Film Festival 2025 nominations , 2025 "
        "A festival of short films by people aged 16 to 25, with prizes. "
        "When February to March: from 20 February to 6 March in 2025 "
        "Films Shorts of up to 10 minutes; by the 2020 rules, made in the two years before Ages 16 to 25 "
        "Entries Open in summer: from early August in 2020 "
        "Counts for Its own prizes, together worth more than £15,000 "
        "More than 1,000 films were sent in 2023; for 2025, 54 were chosen."
    )
    assert unchecked == "Not checked yet Fee Free"


@pytest.mark.django_db
def test_a_festival_nobody_checked_says_nothing_as_fact(client):
    festival(summary="The oldest.", kinds="puppets", when="June", fee="Free", note="Bring a lamp.", unchecked="It may move.")

    said, unchecked = entry(client, "shadow-play")

    assert said == "Shadow Play Luxembourg Puppets Not checked yet"
    assert unchecked == "Said in the trade, read in no source: When June Fee Free It may move."


@pytest.mark.django_db
def test_a_festival_with_everything_checked_has_no_mark(client):
    festival(when="June", fee="Free", status="editorial")

    assert entry(client, "shadow-play") == ("Shadow Play Luxembourg Our judgement When June Fee Free", "")


@pytest.mark.django_db
def test_the_list_stands_under_countries_by_title_without_what_is_offline(client):
    Festival.objects.all().delete()
    for title, country, live in [("B", "us", True), ("C", "gb", True), ("A", "us", True), ("D", "us", False)]:
        festival(title=title, slug=title.lower(), country=country, live=live)

    groups = client.get("/festivals/").context["groups"]()

    found = [(group.title, [thing.title for thing in group.rows]) for group in groups]
    assert found == [("United Kingdom", ["C"]), ("United States", ["A", "B"])]


@pytest.mark.django_db
def test_the_list_is_whole_for_everybody(client):
    response = client.get("/festivals/")

    assert response.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    anchors = set(re.findall(r'<li id="([a-z0-9-]+)">', response.content.decode()))
    assert anchors == set(Festival.objects.values_list("slug", flat=True))
    assert Festival.objects.get(slug="berlinale").get_absolute_url() == "/festivals/#berlinale"


def hits(query):
    groups = {group.key: group.hits for group in registry.find(query)}
    return [(hit.title, hit.url, hit.summary, hit.note) for hit in groups.get("festivals", [])]


@pytest.mark.django_db
def test_festivals_are_found_by_name_and_by_what_they_are():
    assert hits("cinemagic") == [
        (
            "Cinemagic Young Filmmaker",
            "/festivals/#cinemagic-young-filmmaker",
            "A competition for film-makers aged 25 and under, judged by age group.",
            "United Kingdom",
        )
    ]
    assert hits("Annecy") == [
        ("Annecy International Animation Film Festival", "/festivals/#annecy-animation-festival", "", "Not checked yet")
    ]
    assert [title for title, *_ in hits("york shorts")] == ["Aesthetica Short Film Festival"]
    assert registry.suggestions("sundan") == ["Sundance Film Festival"]


@pytest.mark.django_db
def test_a_festival_taken_offline_is_found_no_more():
    thing = festival(title="Zoetrope Days", status="editorial")
    assert [title for title, *_ in hits("zoetrope")] == ["Zoetrope Days"]

    thing.unpublish()

    assert hits("zoetrope") == []


@pytest.mark.django_db
def test_an_editor_unticks_what_has_been_checked(client):
    thing = Festival.objects.get(slug="into-film-awards")
    edit = reverse("wagtailsnippets_careers_festival:edit", args=[thing.pk])
    client.force_login(make.user("Moderators"))
    form = client.get(edit).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}
    assert data["to_check"] == ["submission_window", "fee"]

    client.post(edit, {**data, "to_check": ["fee"], "action-publish": "1"})

    assert Festival.objects.get(pk=thing.pk).to_check == "fee"
    assert entry(client, "into-film-awards")[1] == "Not checked yet Fee Free"


@pytest.mark.django_db
def test_an_unknown_fact_is_refused_in_the_form(client):
    thing = Festival.objects.get(slug="into-film-awards")
    edit = reverse("wagtailsnippets_careers_festival:edit", args=[thing.pk])
    client.force_login(make.user("Moderators"))
    data = {bound.html_name: bound.value() or "" for bound in client.get(edit).context["form"]}

    answer = client.post(edit, {**data, "to_check": ["price"], "action-publish": "1"})

    assert list(answer.context["form"].errors) == ["to_check"]
    assert Festival.objects.get(pk=thing.pk).to_check == "submission_window, fee"


@pytest.mark.django_db
def test_an_editor_may_draft_but_not_publish(client):
    client.force_login(make.user("Editors"))
    add = reverse("wagtailsnippets_careers_festival:add")
    data = {"title": "Shadow Play", "slug": "shadow-play", "place": "Luxembourg", "country": "lu", "status": "unverified"}

    client.post(add, data)

    assert [(found.title, found.live) for found in Festival.objects.filter(slug="shadow-play")] == [("Shadow Play", False)]


@pytest.mark.django_db
def test_a_festival_is_previewed_before_it_is_published(client):
    client.force_login(make.user("Moderators"))
    thing = Festival.objects.get(slug="into-film-awards")
    preview = reverse("wagtailsnippets_careers_festival:preview_on_edit", args=[thing.pk])
    form = client.get(reverse("wagtailsnippets_careers_festival:edit", args=[thing.pk])).context["form"]

    answer = client.post(preview, {bound.html_name: bound.value() or "" for bound in form} | {"place": "Leith"})

    assert answer.json()["is_valid"]
    assert "Leith" in client.get(preview).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "titles"), [("true", ["Doubtful", "Half known", "Rumoured"]), ("false", ["Known"]), ("", None)]
)
def test_editors_narrow_the_list_to_what_is_to_check(client, wanted, titles):
    Festival.objects.all().delete()
    festival("Known", slug="a", status="editorial", fee="Free")
    festival("Half known", slug="b", status="editorial", fee="Free", to_check="fee")
    festival("Rumoured", slug="c", status="editorial", unchecked="It may move.")
    festival("Doubtful", slug="d")
    client.force_login(make.user("Editors"))

    response = client.get(reverse("wagtailsnippets_careers_festival:list"), {"facts_to_check": wanted})

    found = [thing.title for thing in response.context["object_list"]]
    assert sorted(found) == (titles or ["Doubtful", "Half known", "Known", "Rumoured"])


@pytest.mark.django_db
def test_the_year_has_twelve_months():
    with pytest.raises(IntegrityError), transaction.atomic():
        festival(month=13)

    assert festival(month=None).month is None
