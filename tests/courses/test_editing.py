"""Courses in the CMS: drafts and publication, the lists, the report, and what a deletion would take along."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import nested_form_data

from courses.models import Course, LinkCheck
from tests import make

pytestmark = pytest.mark.django_db
EDIT, ADD, LIST, DELETE = (f"wagtailsnippets_courses_course:{name}" for name in ("edit", "add", "list", "delete"))


def posted(client, address, **changes):
    """What the form at the address would send back, with the changes."""
    form = client.get(address).context["form"]
    data = {bound.html_name: "" if bound.value() is None else bound.value() for bound in form}
    data.update(nested_form_data({"outcomes-TOTAL_FORMS": 0, "outcomes-INITIAL_FORMS": 0}))
    data["body"] = "null"
    return client.post(address, {**data, **changes})


def test_a_counsellor_drafts_and_a_moderator_publishes(client):
    provider = make.provider()
    client.force_login(make.counsellor())
    facts = {"title": "Budgets", "slug": "budgets", "provider": provider.pk, "url": "https://x.example/", "kind": "online"}

    answer = posted(client, reverse(ADD), **facts, **{"action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    course = Course.objects.get()
    assert (course.live, course.has_unpublished_changes) == (False, True)

    client.force_login(make.user("Moderators"))
    posted(client, reverse(EDIT, args=[course.pk]), **{"action-publish": "1"})
    assert Course.objects.get().live


def test_a_counsellor_changes_nothing_that_readers_see(client):
    course = make.course("Budgets")
    client.force_login(make.counsellor())

    posted(client, reverse(EDIT, args=[course.pk]), title="Mine", **{"action-publish": "1"})

    course.refresh_from_db()
    assert (course.title, course.get_latest_revision_as_object().title) == ("Budgets", "Mine")


def test_a_counsellor_deletes_nothing(client):
    course = make.course()
    client.force_login(make.counsellor())

    client.post(reverse(DELETE, args=[course.pk]))

    assert Course.objects.filter(pk=course.pk).exists()


def test_no_page_of_the_cms_tells_a_counsellor_of_a_member(client):
    counsellor, student = make.counsellor(), make.member(email="osterly@example.org")
    course = make.course()
    make.step(make.connection(student, counsellor, student_name="Osterly"), title="Osterly", course=course, reason="Osterly")
    client.force_login(counsellor)
    pages = [reverse(LIST), reverse(EDIT, args=[course.pk]), reverse("wagtailsnippets_courses_course:usage", args=[course.pk])]
    pages += [reverse("wagtailsnippets_courses_course:history", args=[course.pk]), reverse("courses_to_check"), "/cms/"]

    answers = [client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert not [page for page, answer in zip(pages, answers, strict=True) if "osterly" in answer.content.decode().lower()]


def test_whoever_deletes_a_course_reads_first_what_names_it(client):
    course = make.course()
    for _ in range(2):
        make.step(make.connection(make.member(), make.counsellor()), title="Osterly", course=course)
    client.force_login(make.superuser())

    words = client.get(reverse(DELETE, args=[course.pk])).content.decode()

    assert "2 plan steps: kept, with its title and no link." in words
    assert "Osterly" not in words


def test_a_provider_with_courses_stays(client):
    course = make.course()
    client.force_login(make.user("Moderators"))

    address = reverse("wagtailsnippets_courses_provider:delete", args=[course.provider_id])
    words = client.get(address).content.decode()
    client.post(address)

    assert "prevent it from being deleted" in words
    assert Course.objects.filter(pk=course.pk).exists()


def test_editors_narrow_the_list(client):
    sure = {"status": "confirmed", "cost_status": "confirmed", "length_status": "confirmed", "checked_on": timezone.localdate()}
    good, broken = make.course("Good", **sure), make.course("Broken", **sure)
    make.course("Doubtful")
    now = timezone.now()
    LinkCheck.objects.create(course=good, url=good.url, state="works", checked_at=now)
    LinkCheck.objects.create(course=broken, url=broken.url, state="gone", failures=2, checked_at=now)
    client.force_login(make.user("Editors"))

    def titles(**asked):
        return sorted(course.title for course in client.get(reverse(LIST), asked).context["object_list"])

    assert titles() == ["Broken", "Doubtful", "Good"]
    assert titles(unverified="true") == titles(unchecked="true") == ["Doubtful"]
    assert titles(unverified="false") == ["Broken", "Good"]
    assert titles(broken="true") == ["Broken"]


@pytest.mark.parametrize("courses", [3, 30])
def test_the_list_asks_as_often_for_thirty_courses_as_for_three(client, django_assert_num_queries, courses):
    for number in range(courses):
        make.course(f"Course {number}")
    client.force_login(make.user("Editors"))
    client.get(reverse(LIST))

    with django_assert_num_queries(12):
        client.get(reverse(LIST))


def test_the_report_lists_and_exports_what_is_to_check(client):
    make.course("=Doubtful")
    client.force_login(make.user("Editors"))

    page = client.get(reverse("courses_to_check")).content.decode()
    table = b"".join(client.get(reverse("courses_to_check"), {"export": "csv"}).streaming_content).decode()

    assert "never checked; unverified: facts, cost, length" in page
    assert '\'=Doubtful,Tidewater Film School,"never checked; unverified: facts, cost, length",' in table


@pytest.mark.parametrize("model", ["course", "provider"])
def test_a_draft_can_be_looked_at(client, model):
    course = make.course(teaches=[make.skill("Puppetry")], note="Ask first", length="Four weeks")
    thing = course if model == "course" else course.provider
    thing.title = "As it will be"
    revision = thing.save_revision()
    client.force_login(make.user("Editors"))

    words = client.get(reverse(f"wagtailsnippets_courses_{model}:revisions_view", args=[thing.pk, revision.pk])).content.decode()

    assert "As it will be" in words
    assert ("Check with the provider" in words) == (model == "course")
    assert "Four weeks" not in words
