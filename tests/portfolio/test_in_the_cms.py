"""What the CMS may know of members' records: that a skill is in use, and nothing else."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from careers.models import Skill
from portfolio.models import Evidence
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def used(client):
    client.force_login(make.superuser())
    skill = make.skill()
    make.entry(make.member(), title="Nobody's business", skills=[skill])
    return skill


def deletions(skill):
    one = reverse("wagtailsnippets_careers_skill:delete", args=[skill.pk])
    return [one, f"/cms/bulk/careers/skill/delete/?id={skill.pk}"]


@pytest.mark.parametrize("way", [0, 1])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_skill_with_evidence_is_not_deleted_but_the_editor_is_told_why(client, used, way, method):
    answer = getattr(client, method)(deletions(used)[way], follow=True)

    page = answer.content.decode()
    assert "Members have evidence for “Puppetry”" in page
    assert "Nobody&#x27;s business" not in page
    assert list(Evidence.objects.values_list("skill", flat=True)) == [used.pk]


def test_a_skill_without_evidence_is_deleted(client, used):
    other = make.skill(title="Ventriloquism")

    client.post(deletions(other)[0])

    assert not Skill.objects.filter(pk=other.pk).exists()


def test_nothing_that_members_own_is_registered_in_the_cms():
    own = set(apps.get_app_config("portfolio").get_models())

    assert own.isdisjoint(get_snippet_models())
