"""The sample counsellor: a desk with something in each of its parts."""

import pytest
from django.utils import timezone

from portfolio import samples, samples_counselling
from portfolio.counselling import caseload
from portfolio.counselling.attention import Status
from portfolio.models import Connection, ConsentEvent, PlanStep
from portfolio.scales import Scope
from tests.portfolio.test_samples import load_people
from tests.test_quickstart import contents

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def robin():
    samples.load(TODAY)
    return samples_counselling.load(TODAY)


def test_the_desk_shows_every_status_but_covered(robin):
    rows = caseload.rows(Connection.objects.of_counsellor(robin), TODAY)

    found = {row.name.split()[0]: row.status for row in rows}
    assert found == {
        "Marisol": Status.ON_TRACK,
        "佐野ひなた": Status.SLOWING,
        "Ffion": Status.QUIET,
        "ليان": Status.NOT_STARTED,
        "María": Status.ON_TRACK,
    }


def test_the_students_share_different_things(robin):
    shared = {found.student_name.split()[0]: found.shared for found in Connection.objects.of_counsellor(robin)}

    assert shared == {
        "Marisol": tuple(Scope),
        "佐野ひなた": (Scope.PROFILE, Scope.ENTRIES, Scope.GAP),
        "Ffion": (Scope.ENTRIES, Scope.GAP, Scope.PLAN),
        "ليان": (Scope.GAP, Scope.PLAN),
        "María": (Scope.ENTRIES,),
    }
    assert ConsentEvent.objects.filter(about="grant").count() == 5


def test_every_page_of_every_student_can_be_seen(client, robin):
    client.force_login(robin)
    for found in Connection.objects.of_counsellor(robin):
        parts = ["", *(["entries/", "portfolio/"] if found.shares_entries else [])]
        assert {part: client.get(f"/counselling/{found.pk}/{part}").status_code for part in parts} == dict.fromkeys(parts, 200)
    assert client.get("/counselling/").status_code == 200


def test_steps_name_skills_of_the_guide(robin):
    assert PlanStep.objects.count() == 4
    assert not PlanStep.objects.filter(skill=None).exists()


def test_loading_again_changes_nothing_and_the_counsellor_is_let_in_once():
    first = load_people()
    before = contents()
    again = load_people()

    assert contents() == before
    assert "Added a sample counsellor, with them as students." in first.splitlines()
    assert ("robin@example.org sets a password here, once" in again, "Added" in again) == (True, False)


def test_without_the_people_there_is_a_counsellor_without_students():
    robin = samples_counselling.load(TODAY)

    assert Connection.objects.of_counsellor(robin).count() == 0
    assert samples_counselling.load(TODAY) is None
