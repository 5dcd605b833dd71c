"""A counsellor asks a student to go on with another; nothing moves until the student says yes."""

import re

import pytest
from django.test import Client

from portfolio.counselling import connecting, handing
from portfolio.models import Connection, Handover, Notice, Seat, Team
from portfolio.scales import Scope, Side
from tests import make
from tests.portfolio.test_granting import given, said, sees
from tests.together import outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin(db):
    return make.counsellor()


@pytest.fixture
def sam(robin):
    """A colleague of Robin's."""
    made, team = make.counsellor("Sam Oakes"), Team.objects.create(name="Ashdown")
    for each in (robin, made):
        Seat.objects.create(team=team, user=each)
    return made


@pytest.fixture
def met(robin):
    return make.connection(make.member(), robin, scopes=[Scope.GAP, Scope.PLAN], student_name="Ann")


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def offer(met, colleague, **fields):
    told = {"to": colleague.pk, "reason": "I move away.", **fields}
    return as_(met.counsellor).post(f"/counselling/{met.pk}/handover/", told)


def yes(met, **fields):
    told = {"name": "Ann", "gap": "on", "plan": "on", "until": "keep", "do": "yes", **fields}
    return as_(met.student).post(f"/me/counsellors/handovers/{Handover.objects.latest('pk').pk}/", told)


def test_the_student_says_yes_and_what_they_share_moves(met, robin, sam):
    offered = offer(met, sam)
    before = (sees(robin), sees(sam))
    page = said(as_(met.student).get(f"/me/counsellors/handovers/{Handover.objects.get().pk}/"))

    answer = yes(met)

    made = Connection.objects.get(counsellor=sam)
    assert (offered.status_code, answer.status_code, before) == (302, 302, ([(met.student_id, "gap", "plan")], []))
    assert "I move away." in page
    assert re.findall(r'<input[^>]*name="(\w+)"[^>]*checked', page) == ["gap", "plan", "until"]
    assert (sees(robin), sees(sam)) == ([], [(met.student_id, "gap", "plan")])
    assert (made.follows_id, made.origin, made.ends_at, made.purpose) == (met.pk, "handover", met.ends_at, met.purpose)
    assert as_(robin).get(f"/counselling/{met.pk}/handover/").status_code == 404
    told = set(Notice.objects.values_list("owner", "what"))
    assert told == {(robin.pk, "ended"), (sam.pk, "granted")}


def test_the_student_shares_less_with_the_new_one(met, sam):
    offer(met, sam)

    yes(met, gap="")

    assert sees(sam) == [(met.student_id, "plan")]


def test_the_student_says_no_and_everything_stays(met, robin, sam):
    offer(met, sam)

    answer = yes(met, do="no")

    assert (answer.status_code, Handover.objects.get().state) == (302, "refused")
    assert (sees(robin), sees(sam)) == ([(met.student_id, "gap", "plan")], [])
    assert yes(met).status_code == 404


def test_an_unknown_address_is_told_like_a_known_one(met, robin):
    known, stranger = make.counsellor("Kit Elm", email="kit@example.org"), make.member(email="member@example.org")
    answers = []
    for address in ("kit@example.org", "member@example.org", "nobody@example.org", "KIT@Example.org "):
        client = as_(robin)
        fields = {"to": "", "email": address, "reason": ""}
        answers.append(said(client.post(f"/counselling/{met.pk}/handover/", fields, follow=True)))

    plain = {re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer) for answer in answers}
    assert len(plain) == 1
    assert list(Handover.objects.order_by("pk").values_list("to", "state")) == [(known.pk, "withdrawn"), (known.pk, "waiting")]
    assert not Handover.objects.filter(to=stranger).exists()


def test_only_of_a_colleague_is_a_no_told(met, robin, sam):
    kit = make.counsellor("Kit Elm")
    for to, told in ((kit, 0), (sam, 1)):
        made = handing.offer(counsellor=robin, connection=met.pk, to=kit.counsellor if to == kit else sam.counsellor)
        handing.refuse(student=met.student, handover=made.pk)
        assert Notice.objects.filter(owner=robin).count() == told


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"to": ""}, "Choose a colleague, or give one address."),
        ({"email": "sam@example.org"}, "Choose a colleague, or give one address."),
        ({"to": "9" * 30}, "Choose somebody from the list."),
        ({"to": "", "email": "x\x00"}, "Enter a valid email address."),
        ({"reason": "x" * 401}, "at most 400 characters"),
    ],
)
def test_a_slip_gets_a_sentence(met, sam, fields, sentence):
    answer = offer(met, sam, **fields)

    assert (answer.status_code, Handover.objects.count()) == (422, 0)
    assert sentence in said(answer)


def test_a_counsellor_elsewhere_is_not_on_the_list(met, robin):
    other = make.counsellor("Kit Elm")

    assert (offer(met, other).status_code, "Kit Elm" in said(as_(robin).get(f"/counselling/{met.pk}/handover/"))) == (422, False)


def test_it_can_be_taken_back(met, robin, sam):
    offer(met, sam)
    shown = "Asked on" in said(as_(robin).get(f"/counselling/{met.pk}/handover/"))

    as_(robin).post(f"/counselling/{met.pk}/handover/", {"do": "take-back"})

    assert (shown, Handover.objects.get().state, yes(met).status_code) == (True, "withdrawn", 404)


GONE = {
    "an end": lambda met, sam: connecting.end(connection=met.pk, side=Side.STUDENT),
    "the other's leaving": lambda met, sam: connecting.leave(counsellor=sam.pk),
    "the other's group": lambda met, sam: sam.groups.clear(),
    "the other's account": lambda met, sam: sam.delete(),
    "the last day": lambda met, sam: Connection.objects.update(ends_at=met.granted_at),
}


@pytest.mark.parametrize("case", GONE)
def test_it_waits_no_longer_after(met, sam, case):
    offer(met, sam)
    handover = Handover.objects.get().pk
    GONE[case](met, sam)

    answer = as_(met.student).get(f"/me/counsellors/handovers/{handover}/")

    assert answer.status_code == 404
    assert Connection.objects.filter(counsellor=sam.pk).count() == 0


def test_another_student_cannot_answer(met, sam):
    offer(met, sam)

    with pytest.raises(connecting.NotPossible):
        handing.agree(student=make.member(), handover=Handover.objects.get().pk, given=given())


def test_who_is_connected_with_the_other_already_is_told_so(met, robin, sam):
    make.connection(met.student, sam)
    offer(met, sam)

    answer = yes(met)

    assert (answer.status_code, "connected with this counsellor already" in said(answer)) == (422, True)
    assert (len(sees(robin)), Handover.objects.get().state) == (1, "waiting")


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_an_end_at_once_leave_the_first_ended():
    robin, sam, student = make.counsellor(), make.counsellor("Sam Oakes"), make.member()
    met = make.connection(student, robin, student_name="Ann")
    made = handing.offer(counsellor=robin, connection=met.pk, to=sam.counsellor)

    came_to = outcomes(
        lambda: handing.agree(student=student, handover=made.pk, given=given(Scope.GAP)),
        lambda: connecting.end(connection=met.pk, side=Side.COUNSELLOR),
    )

    assert came_to in (["done", "done"], ["NotPossible", "done"])
    assert sees(robin) == []
    assert len(sees(sam)) == (Handover.objects.get().state == "agreed")
