"""Editors look after the statements of the quiz; readers get whole sets of them, and each set is kept."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import TaskState

from careers import interests
from careers.importers import seed
from careers.models import InterestStatement, QuizEdition
from careers.quiz_words import SHIPPED
from home.importing import Refused
from home.models import GuideVersion
from tests import make

pytestmark = pytest.mark.django_db


def asked():
    """The words that readers are asked now."""
    return {each.key: each.text for each in interests.current(GuideVersion.current()).statements}


def statement(slug, **fields):
    return InterestStatement.objects.create(slug=slug, title="Tune a harp.", **{"holland": "A", **fields})


def test_the_shipped_statements_are_one_edition_of_five_each():
    edition = QuizEdition.objects.get()

    letters = [letter for _, letter, _ in edition.asked]
    assert {letter: letters.count(letter) for letter in "RIASEC"} == dict.fromkeys("RIASEC", 5)
    assert asked() == dict(InterestStatement.objects.values_list("slug", "title"))


def test_an_editor_mends_a_statement_and_a_moderator_approves(client):
    mended = InterestStatement.objects.get(slug="pack-the-van")
    edit = reverse("wagtailsnippets_careers_intereststatement:edit", args=[mended.pk])
    client.force_login(make.user("Editors"))
    words = {"title": "Pack three vans.", "slug": mended.slug, "holland": "R", "summary": "", "action-submit": "1"}
    answer = client.post(edit, words)
    assert answer.status_code == 302, answer.context["form"].errors
    assert asked()["pack-the-van"] == "Pack a van so that everything fits and nothing falls over."

    client.force_login(make.user("Moderators"))
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    approve = reverse("wagtailsnippets_careers_intereststatement:workflow_action", args=[mended.pk, "approve", task.pk])
    client.post(approve, {"comment": ""})

    assert asked()["pack-the-van"] == "Pack three vans."
    assert list(QuizEdition.objects.values_list("number", flat=True)) == [2, 1]


def test_a_statement_is_previewed_as_it_is_asked(client):
    client.force_login(make.user("Editors"))
    mended = InterestStatement.objects.get(slug="pack-the-van")
    preview = reverse("wagtailsnippets_careers_intereststatement:preview_on_edit", args=[mended.pk])
    client.post(preview, {"title": "Pack three vans.", "slug": mended.slug, "holland": "R", "summary": ""})

    shown = client.get(preview).content.decode()

    assert "<legend>Pack three vans.</legend>" in shown
    assert "Counts for Realistic" in shown


def test_readers_keep_the_last_whole_set_while_one_is_replaced(client):
    before = asked()
    InterestStatement.objects.get(slug="pack-the-van").unpublish()
    assert asked() == before
    assert interests.lacking() == [("Realistic", 4)]
    client.force_login(make.user("Moderators"))
    assert "Realistic has 4" in client.get("/cms/").content.decode()

    statement("tune-a-harp", holland="R")

    after = asked()
    assert (before.keys() - after.keys(), after.keys() - before.keys()) == ({"pack-the-van"}, {"tune-a-harp"})
    assert "Realistic has" not in client.get("/cms/").content.decode()


def test_a_draft_changes_nothing():
    statement("tune-a-harp", live=False)

    assert QuizEdition.objects.count() == 1
    assert interests.lacking() == []


def test_publishing_the_same_words_again_makes_no_edition():
    InterestStatement.objects.get(slug="pack-the-van").save_revision().publish()

    assert QuizEdition.objects.count() == 1


def test_loading_again_leaves_the_editors_set_alone():
    InterestStatement.objects.get(slug="pack-the-van").delete()
    statement("tune-a-harp", holland="R")
    mine = asked()

    call_command("load_guide", verbosity=0)

    assert asked() == mine
    assert not InterestStatement.objects.filter(slug="pack-the-van").exists()


def test_a_file_without_five_of_each_type_is_refused(tmp_path):
    text = (seed.Path(seed.__file__).parents[1] / "data/statements.toml").read_text(encoding="utf-8")
    (tmp_path / "statements.toml").write_text(text.replace('type = "R"', 'type = "I"', 1), encoding="utf-8")

    with pytest.raises(Refused) as caught:
        seed.read(tmp_path)

    wrong = "statements.toml, line 1: each type needs 5 statements; R has 4, I has 6"
    assert wrong in [str(problem) for problem in caught.value.problems]


def test_the_shipped_statements_can_be_said_in_every_language():
    assert set(asked().values()) == set(SHIPPED)


def test_a_shipped_statement_is_asked_in_the_reader_s_language_and_another_as_it_was_written(client):
    edit = InterestStatement.objects.get(slug="pack-the-van")
    edit.title = "Pack a lorry."
    edit.save_revision().publish()

    page = client.get("/fr/careers/quiz/statements/").content.decode()

    assert "Travailler dehors toute la journée, quel que soit le temps." in page
    assert "Work outdoors all day" not in page
    assert "Pack a lorry." in page
