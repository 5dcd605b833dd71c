"""The guide's own files, and what happens to bad ones."""

import shutil

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from careers.importers import seed
from careers.models import CareerPage, Skill, Source
from home.importing import Refused

DATA = seed.Path(apps.get_app_config("careers").path) / "data"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


def replaced(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refused(folder):
    with pytest.raises(Refused) as caught:
        seed.read(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_guide_is_whole():
    guide = seed.read(DATA)

    assert {name: len(getattr(guide, name)) for name in guide.__slots__} == {
        "sources": 87,
        "skills": 55,
        "qualifications": 21,
        "organisations": 37,
        "terms": 74,
        "festivals": 32,
        "statements": 30,
        "pay": 56,
        "weights": 221,
        "stages": 5,
        "careers": 21,
    }


@pytest.mark.parametrize("slug", ["associate-producer", "production"])
def test_rows_have_the_order_in_which_they_are_written(slug):
    page = Page.objects.get(slug=slug).specific

    for relation in get_all_child_relations(page):
        rows = list(getattr(type(page).objects.get(pk=page.pk), relation.get_accessor_name()).order_by("pk"))
        assert [row.sort_order for row in rows] == list(range(len(rows))), relation.name


def test_a_bad_choice_names_file_line_and_reason(folder):
    line = replaced(folder / "careers/line-producer.toml", 'line = "below"', 'line = "sideways"')

    assert refused(folder) == [f"careers/line-producer.toml, line {line}: line: 'sideways' is not one of above, below, varies"]


def test_a_bad_csv_row_names_its_line(folder):
    line = replaced(folder / "pay.csv", ",60271,", ",sixty thousand,")

    assert refused(folder) == [f"pay.csv, line {line}: typical: 'sixty thousand' is not a sum such as 29623 or 11.95"]


def test_a_name_that_leads_nowhere_is_refused(folder):
    line = replaced(folder / "role_skills.csv", "associate-producer,communication,5", "associate-producer,telepathy,5")

    assert refused(folder) == [f"role_skills.csv, line {line}: skill: there is no 'telepathy'"]


def test_a_figure_without_a_source_is_refused(folder):
    line = replaced(folder / "pay.csv", ",alison-ap,", ",,")

    assert refused(folder) == [f"pay.csv, line {line}: a figure needs a source"]


def test_a_low_figure_above_a_high_one_is_refused(folder):
    line = replaced(folder / "pay.csv", ",800,,1125,", ",1800,,1125,")

    assert refused(folder) == [f"pay.csv, line {line}: low is above high"]


def test_every_problem_is_told_at_once_in_order(folder):
    first = replaced(folder / "skills.toml", 'family = "people"', 'family = "animals"')
    second = replaced(folder / "sources.csv", ",primary,", ",tertiary,")

    problems = refused(folder)

    assert [problem.split(":")[0] for problem in problems] == [
        f"skills.toml, line {first}",
        f"sources.csv, line {second}",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("skills.toml", b'[[skill]]\nslug = "a\n', "skills.toml, line 2: this is not TOML"),
        ("skills.toml", b"\xff\xfe", "skills.toml, line 1: it cannot be read"),
        ("skills.toml", b"skill = 3\n", "skills.toml, line 1: write skill as [[skill]] rows"),
        ("skills.toml", b'skill = ["leadership"]\n', "skills.toml, line 1: write it as a table"),
        ("skills.toml", b'[[skill]]\nslug = "x"\nname = "X"\n', "skills.toml, line 3: name: there is no such field"),
        ("skills.toml", b'[[skill]]\nslug = "x"\ntitle = 7\n', "skills.toml, line 3: title: write it as text, not 7"),
        ("pay.csv", b"", "pay.csv, line 1: the header lacks role"),
        ("pay.csv", b"role,country\nproducer,us\n", "pay.csv, line 1: the header lacks measure"),
        ("role_skills.csv", b"role,skill,importance\nproducer,budgeting\n", "line 2: the number of cells differs"),
        ("role_skills.csv", b"role,skill,importance\nproducer,budgeting,9\n", "importance: 9 is not between 1 and 5"),
        ("role_skills.csv", b'role,skill,importance\nproducer,"budget', "this is not CSV"),
        ("role_skills.csv", b"role,skill,importance\nproducer,\x00,5\n", "role_skills.csv, line"),
        ("careers/producer.toml", b'slug = "../../etc"\n', "is not a short name of small letters"),
    ],
)
def test_hostile_files_are_refused_in_words(folder, name, content, reason):
    (folder / name).write_bytes(content)

    assert any(reason in problem for problem in refused(folder)), refused(folder)


def test_markup_cannot_carry_script(folder):
    replaced(
        folder / "careers/producer.toml",
        "introduction = '''",
        "introduction = '''<script>alert(1)</script> [x](javascript:alert(1))\n\n",
    )

    html = seed.read(folder).careers["producer"].tables["prose"]["introduction"]

    assert "<script" not in html
    assert 'href="javascript' not in html


@pytest.mark.django_db
def test_nothing_is_half_loaded(folder):
    before = Source.objects.count(), Skill.objects.count(), CareerPage.objects.count()
    Skill.objects.filter(slug="sound").exclude(requirements__isnull=False).delete()
    replaced(folder / "skills.toml", 'slug = "lighting"', 'slug = "lantern"')

    with pytest.raises(CommandError, match=r"Nothing was loaded\.\n.*there is no 'lighting'"):
        call_command("load_guide", folder=folder)

    assert (Source.objects.count(), CareerPage.objects.count()) == (before[0], before[2])
    assert not Skill.objects.filter(slug="lantern").exists()


@pytest.mark.django_db
def test_a_failure_in_the_middle_leaves_nothing_behind(folder):
    replaced(folder / "sources.csv", "alison-ap,Alison", "another-one,Another,Title,,,primary,,confirmed\nalison-ap,Alison")
    # A page of another kind holds the address of a career that is not there, so the load fails after the new source.
    director = CareerPage.objects.get(slug="director")
    CareerPage.objects.filter(pk=director.pk).update(slug="moved")
    director.get_parent().add_child(instance=Page(title="In the way", slug="director"))

    with pytest.raises(ValidationError):
        call_command("load_guide", folder=folder)

    assert not Source.objects.filter(slug="another-one").exists()


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_what_editors_wrote(folder, capsys):
    page = CareerPage.objects.get(slug="producer")
    page.summary = "What an editor wrote."
    page.save_revision().publish()
    revision = CareerPage.objects.get(pk=page.pk).live_revision_id

    call_command("load_guide", folder=folder)

    page = CareerPage.objects.get(pk=page.pk)
    assert (page.summary, page.live_revision_id) == ("What an editor wrote.", revision)
    assert "nothing was changed" in capsys.readouterr().out
