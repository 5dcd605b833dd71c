"""What the CMS may know of members' records: that a skill is in use, and nothing else."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from careers.models import Skill
from portfolio.models import Connection, Evidence, Seat, Team
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


def kept(client, group, place, **form):
    """What somebody of the group, or an administrator, gets at a page of teams."""
    client.force_login(make.superuser() if group == "superuser" else make.user(group))
    return client.post(place, form) if form else client.get(place)


@pytest.mark.parametrize("group", ["Editors", "Moderators", "Counsellors"])
@pytest.mark.parametrize("kind", ["team", "seat"])
def test_teams_are_kept_by_those_who_keep_accounts(client, group, kind):
    seat = Seat.objects.create(team=Team.objects.create(name="Coast"), user=make.counsellor())
    pk = {"team": seat.team_id, "seat": seat.pk}[kind]
    places = [f"/cms/{kind}/{part}" for part in ("", "new/", f"edit/{pk}/", f"delete/{pk}/")]

    assert [kept(client, group, place).headers.get("Location") for place in places] == ["/cms/"] * 4
    assert [kept(client, group, place, name="Hill").headers.get("Location") for place in places[1:]] == ["/cms/"] * 3


def test_a_seat_is_given_to_counsellors_and_leads_only_and_opens_no_record(client):
    team, robin, member = Team.objects.create(name="Coast"), make.counsellor(), make.member()
    met = make.connection(member, make.counsellor("Sam Oakes"))

    refused = kept(client, "superuser", "/cms/seat/new/", team=team.pk, user=member.pk)
    too_much = kept(client, "superuser", "/cms/seat/new/", team=team.pk, user=robin.pk, is_lead="on")
    kept(client, "superuser", "/cms/seat/new/", team=team.pk, user=robin.pk)

    assert (list(refused.context["form"].errors), list(too_much.context["form"].errors)) == (["user"], ["is_lead"])
    assert list(team.seats.values_list("user", flat=True)) == [robin.pk]
    assert member.email not in client.get("/cms/seat/new/").content.decode()
    assert not Connection.objects.visible_to(robin).filter(pk=met.pk).exists()


def test_nothing_that_members_own_is_registered_in_the_cms():
    own = set(apps.get_app_config("portfolio").get_models())

    assert own.isdisjoint(get_snippet_models())
    assert own & {each.model for each in viewsets.viewsets if hasattr(each, "model")} == {Team, Seat}
