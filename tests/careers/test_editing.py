"""An editor changes a role, a moderator publishes it, and readers find the new words at once."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import nested_form_data

from careers.models import CareerPage, PayRange, Skill, SkillRequirement
from home.search import registry
from tests import make

pytestmark = pytest.mark.django_db


def edit_data(client, page):
    """The data of the page's edit form as the browser would send it back."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    data = {}
    for each in [form, *(child for formset in form.formsets.values() for child in formset.forms)]:
        for bound in each:
            value = bound.value()
            data[bound.html_name] = "" if value is None else value
    for formset in form.formsets.values():
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
    data.update(nested_form_data({"learn_more-count": "0"}))
    for name in CareerPage.PROSE_FIELDS:
        data[name] = "null"
    return {name: value for name, value in data.items() if value is not False}


def test_editor_changes_moderator_approves_reader_finds(client):
    page = make.career(title="Puppeteer")
    editor, moderator = make.user("Editors"), make.user("Moderators")

    client.force_login(editor)
    data = {**edit_data(client, page), "summary": "Moves zoetropes by hand.", "action-submit": "1"}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert CareerPage.objects.get(pk=page.pk).summary == "Moves puppets."
    assert "careers" not in {group.key for group in registry.find("zoetropes")}

    client.force_login(moderator)
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]), {"comment": ""})

    assert CareerPage.objects.get(pk=page.pk).summary == "Moves zoetropes by hand."
    assert [hit.title for group in registry.find("zoetropes") for hit in group.hits] == ["Puppeteer"]
    assert "Moves zoetropes by hand." in client.get("/careers/?q=zoetropes").content.decode()


def test_an_editor_cannot_publish(client):
    page = make.career()
    client.force_login(make.user("Editors"))

    data = {**edit_data(client, page), "summary": "Published without asking.", "action-publish": "1"}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    assert CareerPage.objects.get(pk=page.pk).summary == "Moves puppets."


def test_new_rows_are_found_with_the_publication_that_brings_them():
    page = make.career(title="Puppeteer")
    skill = make.skill("Zoetropes")

    page.requirements.add(SkillRequirement(skill=skill, level=3, importance=3))
    page.save_revision().publish()

    assert "Puppeteer" in [hit.title for group in registry.find("zoetropes") if group.key == "careers" for hit in group.hits]


def test_a_renamed_skill_moves_the_careers_behind_it():
    skill = make.skill("Puppetry")
    make.career(title="Showperson", skills=[skill])

    skill.title = "Marionettes"
    skill.save_revision().publish()

    careers = [hit.title for group in registry.find("marionettes") if group.key == "careers" for hit in group.hits]
    assert careers == ["Showperson"]


def test_reading_a_profile_loses_no_rows_in_the_next_revision():
    page = CareerPage.objects.get(slug="associate-producer")
    before = {name: getattr(page, name).count() for name in ("tasks", "requirements", "pay_ranges", "steps", "citations")}

    page.parts()
    page.save_revision().publish()

    page = CareerPage.objects.get(slug="associate-producer")
    assert {name: getattr(page, name).count() for name in before} == before


def test_a_snippet_goes_through_the_same_review(client):
    skill = make.skill("Puppetry", summary="Moving puppets.")
    edit = reverse("wagtailsnippets_careers_skill:edit", args=[skill.pk])
    client.force_login(make.user("Editors"))
    data = {
        "title": "Puppetry",
        "slug": skill.slug,
        "family": "creative",
        "summary": "Moving zoetropes.",
        "body": "null",
        "evidence": "",
        "also_called": "",
        "external_uri": "",
        "action-submit": "1",
    }
    client.post(edit, data)
    assert Skill.objects.get(pk=skill.pk).summary == "Moving puppets."

    client.force_login(make.user("Moderators"))
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    client.post(reverse("wagtailsnippets_careers_skill:workflow_action", args=[skill.pk, "approve", task.pk]), {"comment": ""})

    assert Skill.objects.get(pk=skill.pk).summary == "Moving zoetropes."


def test_a_used_skill_cannot_be_deleted(client):
    skill = make.skill()
    make.career(skills=[skill])
    client.force_login(make.superuser())

    client.post(reverse("wagtailsnippets_careers_skill:delete", args=[skill.pk]))

    assert Skill.objects.filter(pk=skill.pk).exists()


def test_editors_see_what_careers_lack(client):
    client.force_login(make.user("Editors"))
    page = make.career(review_due="2020-01-01", reviewed_on="2019-01-01")
    PayRange.objects.create(page=page, country="gb", measure="Rumour", typical=1, currency="GBP", status="confirmed")

    listing = client.get("/cms/careers/?review_overdue=true").content.decode()
    unsound = client.get("/cms/careers/?unsound=true").content.decode()
    report = b"".join(client.get("/cms/reports/to-check/?export=csv").streaming_content).decode()

    assert "Puppeteer" in listing
    assert "(overdue)" in listing
    assert "0 of 22 sections" in listing
    assert "Associate producer" not in listing
    assert "Puppeteer" in unsound
    assert "Puppeteer,Pay figure,Rumour," in report
    assert "Script doctor,Task," in report
    assert "career overdue for review" in client.get("/cms/").content.decode()


def test_the_report_can_be_taken_away_as_csv(client):
    client.force_login(make.user("Editors"))

    rows = b"".join(client.get("/cms/reports/to-check/?export=csv").streaming_content).decode().splitlines()

    assert rows[0] == "Career,What,It says,Checked"
    assert len(rows) > 40


@pytest.mark.parametrize("model", ["skill", "qualification", "professionalbody", "glossaryterm"])
def test_every_kind_of_snippet_is_listed_edited_and_previewed(client, model):
    client.force_login(make.user("Moderators"))
    kind = ContentType.objects.get(app_label="careers", model=model)
    thing = kind.model_class().objects.first()
    name = f"wagtailsnippets_careers_{model}"

    assert thing.title in client.get(reverse(f"{name}:list"), {"q": thing.title}).content.decode()
    form = client.get(reverse(f"{name}:edit", args=[thing.pk])).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form} | ({"body": "null"} if "body" in form.fields else {})
    assert client.post(reverse(f"{name}:preview_on_edit", args=[thing.pk]), data).json()["is_valid"]
    assert thing.title in client.get(reverse(f"{name}:preview_on_edit", args=[thing.pk])).content.decode()


def test_the_whole_tree_previews(client):
    client.force_login(make.superuser())

    for page in Page.objects.filter(depth__gt=1).specific():
        for mode, _ in page.preview_modes:
            assert page.make_preview_request(client.get("/").wsgi_request, mode).status_code == 200, page
