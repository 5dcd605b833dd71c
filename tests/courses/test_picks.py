"""A counsellor picks a course, somebody else agrees, and readers see it until it is to be looked at again."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow, WorkflowContentType

from courses import approving
from courses.models import Recommendation, SecondPersonTask
from courses.picks import standing
from home import roles
from tests import make

pytestmark = pytest.mark.django_db

REASON = "It walks through a whole feature budget line by line, which no other free course does."


def url(name, *args):
    return reverse(f"wagtailsnippets_courses_recommendation:{name}", args=args)


def facts(**changed):
    """What a counsellor types into the form of a pick."""
    career, course = make.career(), make.course()
    given = {
        "course": course.pk,
        "career": career.pk,
        "skill": "",
        "reason": REASON,
        "interest": "None",
        "curator_name": "Robin Ash",
        "review_by": str(timezone.localdate() + timedelta(days=200)),
    }
    return {**given, **changed}


@pytest.fixture
def as_(client):
    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def robin():
    return make.user("Counsellors", first_name="Robin", last_name="Ash")


@pytest.fixture
def moderator():
    return make.user("Moderators", first_name="Mo", last_name="Oakes")


def written(client, **changed):
    """A pick as the signed-in person writes it and sends it to be approved."""
    answer = client.post(url("add"), {"action-submit": "1", **facts(**changed)})
    assert answer.status_code == 302, answer.context["form"].errors
    return Recommendation.objects.latest("pk")


def waiting():
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def approve(client, pick):
    return client.post(url("workflow_action", pick.pk, "approve", waiting().pk), {"comment": ""})


def test_a_second_person_publishes_what_a_counsellor_picked(as_, robin, moderator):
    pick = written(as_(robin))
    before = pick.live
    approve(as_(moderator), pick)
    pick.refresh_from_db()

    assert (before, pick.live, pick.curator, pick.approved_by) == (False, True, robin, moderator)
    assert (pick.curator_name, pick.approved_by_name) == ("Robin Ash", "Mo Oakes")
    assert list(standing(timezone.localdate())) == [pick]


def test_another_counsellor_may_be_the_second_person(as_, robin):
    pick = written(as_(robin))
    approve(as_(make.user("Counsellors")), pick)
    pick.refresh_from_db()

    assert (pick.live, pick.approved_by_name) == (True, approving.NAMELESS)


@pytest.mark.parametrize("group", ["Counsellors", "Moderators", "superuser"])
def test_nobody_approves_their_own_pick_nor_sees_a_way_to(as_, group):
    author = make.superuser() if group == "superuser" else make.user(group)
    client = as_(author)
    pick = written(client)

    page = client.get(url("edit", pick.pk)).content.decode()
    dashboard = client.get("/cms/").content.decode()
    asked = approve(client, pick)
    by_form = client.post(url("edit", pick.pk), {"action-workflow-action": "1", "workflow-action-name": "approve"})
    collected = client.post(url("collect_workflow_action_data", pick.pk, "approve", waiting().pk), {"comment": ""})

    pick.refresh_from_db()
    assert [action for _, action, _ in SecondPersonTask.objects.get().get_actions(pick, author)] == []
    assert ('data-workflow-action-name="approve"' in page, "Awaiting your review" in dashboard) == (False, False)
    assert (asked.status_code, collected.status_code, by_form.status_code in (200, 302)) == (302, 302, True)
    assert (pick.live, waiting().status) == (False, "in_progress")


def test_the_second_person_sees_the_way_to_approve(as_, robin, moderator):
    pick = written(as_(robin))

    page = as_(moderator).get(url("edit", pick.pk)).content.decode()

    assert 'data-workflow-action-name="approve"' in page
    assert "action-publish" not in page


def test_whoever_changes_the_words_while_reading_is_no_second_person_any_more(as_, robin, moderator):
    pick = written(as_(robin))
    client = as_(moderator)
    client.post(url("edit", pick.pk), form_of(client, pick, reason=REASON + " Mine."))

    answer = approve(client, pick)

    pick.refresh_from_db()
    assert pick.get_latest_revision().user == moderator
    assert (answer.status_code, pick.live) == (302, False)


def test_words_changed_in_the_act_of_approving_are_not_published(as_, robin, moderator):
    pick = written(as_(robin))
    client = as_(moderator)
    decision = {"action-workflow-action": "1", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}

    client.post(url("edit", pick.pk), {**form_of(client, pick, reason=REASON + " Mine."), **decision})
    pick.refresh_from_db()
    changed = (pick.live, pick.get_latest_revision().user)
    client.post(url("edit", pick.pk), {**form_of(client, pick), **decision})
    pick.refresh_from_db()

    assert changed == (False, robin)
    assert (pick.live, pick.reason, pick.approved_by) == (True, REASON, moderator)


def form_of(client, pick, **changed):
    """The edit form as a browser would send it back."""
    form = client.get(url("edit", pick.pk)).context["form"]
    return {**{name: form[name].value() or "" for name in form.fields if name != "comments"}, **changed}


@pytest.mark.parametrize("who", ["Moderators", "superuser"])
def test_there_is_no_side_door(as_, who):
    client = as_(make.superuser() if who == "superuser" else make.user(who))

    client.post(url("add"), {"action-publish": "1", **facts()})
    pick = Recommendation.objects.get()
    client.post(url("edit", pick.pk), {"action-publish": "1", **form_of(client, pick)})
    revision = pick.get_latest_revision()
    client.post(url("revisions_revert", pick.pk, revision.pk), {"action-publish": "1", **form_of(client, pick)})

    pick.refresh_from_db()
    assert (pick.live, pick.live_revision) == (False, None)
    assert "action-publish" not in client.get(url("add")).content.decode()


def test_a_live_pick_keeps_its_words_until_the_new_ones_are_approved(as_, robin, moderator):
    pick = written(as_(robin))
    approve(as_(moderator), pick)
    client = as_(robin)
    client.post(url("edit", pick.pk), {"action-submit": "1", **form_of(client, pick, reason=REASON + " New.")})
    pick.refresh_from_db()
    before = pick.reason
    other = make.user("Moderators", first_name="Ida", last_name="Holm")

    approve(as_(other), pick)

    pick.refresh_from_db()
    assert (before, pick.reason) == (REASON, REASON + " New.")
    assert (pick.approved_by, pick.approved_by_name) == (other, "Ida Holm")


def test_whoever_changed_a_live_pick_does_not_approve_the_change(as_, robin, moderator):
    pick = written(as_(robin))
    approve(as_(moderator), pick)
    client = as_(moderator)
    client.post(url("edit", pick.pk), {"action-submit": "1", **form_of(client, pick, reason=REASON + " Mine.")})

    approve(client, pick)

    pick.refresh_from_db()
    assert pick.reason == REASON


def test_what_is_published_without_a_second_person_says_so(as_, robin, moderator):
    pick = written(as_(robin))
    approve(as_(moderator), pick)
    pick.refresh_from_db()
    pick.save_revision(user=robin).publish()
    pick.refresh_from_db()

    assert (pick.approved_by, pick.approved_by_name) == (None, "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "Good."),
        ("reason", " ".join(["word"] * 10)),
        ("reason", ""),
        ("interest", ""),
        ("interest", "   "),
        ("curator_name", ""),
        ("review_by", ""),
        ("review_by", "yesterday"),
        ("review_by", str(timezone.localdate())),
        ("review_by", str(timezone.localdate() + timedelta(days=367))),
        ("career", ""),
        ("course", "999999"),
        ("course", ""),
        ("reason", "\0" + REASON),
    ],
)
@pytest.mark.parametrize("action", ["action-submit", "action-save"])
def test_what_a_pick_lacks_is_said_at_its_field(as_, robin, field, value, action):
    answer = as_(robin).post(url("add"), {action: "1", **facts(**{field: value})})

    assert list(answer.context["form"].errors) == [field]
    assert not Recommendation.objects.exists()


def test_a_pick_is_for_a_career_or_a_skill_and_not_for_both(as_, robin):
    answer = as_(robin).post(url("add"), facts(skill=make.skill().pk))
    client = as_(robin)

    assert list(answer.context["form"].errors) == ["career"]
    assert str(written(client, career="", skill=make.skill().pk)).endswith("for Puppetry")


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (1, False)])
def test_an_overdue_pick_leaves_at_the_end_of_its_day(as_, robin, moderator, days, is_shown):
    pick = written(as_(robin))
    approve(as_(moderator), pick)

    assert standing(timezone.localdate() + timedelta(days=200 + days)).exists() == is_shown


def test_a_pick_goes_with_its_course(as_, robin, moderator):
    pick = written(as_(robin))
    approve(as_(moderator), pick)
    pick.course.unpublish()

    assert not standing(timezone.localdate()).exists()


def pick_of(curator, days, **fields):
    """A published pick that is to be looked at again in so many days."""
    day = timezone.localdate() + timedelta(days=days)
    given = {"live": True, "skill": make.skill(), "reason": REASON, "interest": "None", "curator_name": "Robin Ash"}
    return Recommendation.objects.create(curator=curator, review_by=day, **{**given, **fields})


def test_what_is_overdue_or_soon_due_is_listed_and_told_to_its_curator(as_, robin, moderator):
    overdue = pick_of(robin, -1, course=make.course("Lighting Long Ago"))
    soon = pick_of(robin, 30, course=make.course("Budgets Soon"))
    pick_of(robin, 31, course=make.course("Sound Later"))
    pick_of(robin, -1, live=False, course=make.course("Unpublished Drama"))

    page = as_(moderator).get("/cms/reports/picks/").content.decode()
    front = as_(robin).get("/cms/").content.decode()
    others = as_(make.user("Counsellors")).get("/cms/").content.decode()

    assert list(approving.to_look_at_again(timezone.localdate())) == [overdue, soon]
    found = [title in page for title in ("Lighting Long Ago", "Budgets Soon", "Sound Later", "Unpublished Drama")]
    assert found == [True, True, False, False]
    assert ("Lighting Long Ago" in front, "Sound Later" in front, "Lighting Long Ago" in others) == (True, False, False)


@pytest.mark.parametrize(("query", "found"), [("overdue=true", ["Old"]), ("overdue=false", ["New"]), ("mine=true", ["New"])])
def test_the_list_is_narrowed_to_overdue_or_mine(as_, robin, query, found):
    pick_of(make.user("Counsellors"), -1, course=make.course("Old"))
    pick_of(robin, 9, course=make.course("New"))

    page = as_(robin).get(f"{url('list')}?{query}")

    assert [str(pick.course) for pick in page.context["object_list"]] == found
    assert ("(overdue)" in page.content.decode()) == (found == ["Old"])


def test_a_pick_is_previewed_as_it_is_written(as_, robin):
    pick = written(as_(robin))

    page = as_(robin).get(url("revisions_view", pick.pk, pick.latest_revision_id)).content.decode()

    assert REASON in page
    assert "Declared interest: None" in page


def test_the_workflow_is_put_in_place_once_and_left_as_editors_have_it():
    task = SecondPersonTask.objects.get()
    task.groups.remove(Group.objects.get(name="Counsellors"))
    call_command("migrate", verbosity=0)

    flow = WorkflowContentType.objects.get(content_type=ContentType.objects.get_for_model(Recommendation)).workflow
    assert Workflow.objects.filter(name=roles.PICK_WORKFLOW).get() == flow
    assert list(SecondPersonTask.objects.get().groups.values_list("name", flat=True)) == ["Moderators"]


RIGHTS = {
    "Editors": {"add", "change", "view"},
    "Moderators": {"add", "change", "delete", "publish", "lock", "unlock", "view"},
    "Counsellors": {"add", "change", "view"},
    "Leads": set(),
}


@pytest.mark.parametrize(("group", "rights"), RIGHTS.items())
def test_each_group_has_its_rights_on_picks_and_nothing_of_members(group, rights):
    person = make.user(group)

    may = {right for right in RIGHTS["Moderators"] if person.has_perm(f"courses.{right}_recommendation")}
    owned = [model._meta.model_name for model in apps.get_app_config("portfolio").get_models()]
    codes = [f"portfolio.{right}_{name}" for name in owned for right in ("add", "change", "delete", "view")]
    theirs = [code for code in codes if person.has_perm(code)]

    assert (may, theirs) == (rights, [])


REACHED = {
    "Editors": {"/cms/": 200, "/cms/snippets/courses/recommendation/": 200, "/cms/users/": 302, "/cms/groups/": 302},
    "Moderators": {"/cms/": 200, "/cms/snippets/courses/recommendation/": 200, "/cms/users/": 302, "/cms/groups/": 302},
    "Counsellors": {"/cms/": 200, "/cms/snippets/courses/recommendation/": 200, "/cms/users/": 302, "/cms/groups/": 302},
    "Leads": {"/cms/": 302, "/cms/snippets/courses/recommendation/": 302, "/cms/users/": 302, "/cms/groups/": 302},
}


@pytest.mark.parametrize("group", REACHED)
def test_what_each_group_reaches_in_the_cms(as_, group):
    client = as_(make.user(group))

    assert {place: client.get(place).status_code for place in REACHED[group]} == REACHED[group]


@pytest.mark.parametrize("place", ["/cms/snippets/careers/skill/", "/cms/users/", "/cms/groups/"])
def test_counsellors_reach_nothing_else(as_, place):
    answer = as_(make.user("Counsellors")).get(place)

    assert (answer.status_code, answer.headers.get("Location")) == (302, "/cms/")
