"""A counsellor recommends: to whom it is open, what is asked about once, and what can be taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from courses.models import Course
from portfolio.counselling import recommending, steps
from portfolio.models import AccessEvent, Connection, Notice, PlanStep
from tests import make
from tests.portfolio import record
from tests.portfolio.test_steps import CLOSED, close
from tests.test_query_budgets import statements
from tests.together import outcomes

MANY = "/counselling/recommend/"


@pytest.fixture
def robin(db):
    return make.counsellor()


@pytest.fixture
def met(robin):
    return make.connection(make.member(), robin, student_name="Ngozi")


@pytest.fixture
def desk(client, robin):
    client.force_login(robin)
    return client


def address(connection):
    return f"/counselling/{connection.pk}/recommend/"


def filled(**fields):
    return {"title": "Shadow a line producer", "note": "You asked how.", "batch": str(uuid4()), "course": "", **fields}


def sent():
    return list(PlanStep.objects.order_by("pk").values_list("student", "title", "note", "state"))


def told():
    return list(Notice.objects.order_by("pk").values_list("owner", "what"))


# One student


def test_a_recommendation_reaches_the_student_with_its_note(desk, met):
    skill = make.skill()
    career = make.career(skills=[skill])
    make.goal(met.student, career)
    course = make.course("First Cuts", teaches=[skill])

    answer = desk.post(address(met), filled(title="", course=course.pk, skill=skill.pk, due_on="2099-05-01"), follow=True)

    step = PlanStep.objects.get()
    assert answer.redirect_chain == [(f"/counselling/{met.pk}/", 302)]
    assert "Sent. Ngozi will see First Cuts on their plan, with your note." in answer.text
    assert (step.student, step.connection, step.by) == (met.student, met, "Robin Ash")
    assert (step.course, step.title, step.skill, step.career.pk) == (course, "First Cuts", skill, career.pk)
    assert (step.note, str(step.due_on), step.state, step.opened_at) == ("You asked how.", "2099-05-01", "sent", None)
    assert told() == [(met.student.pk, "step")]


def test_it_can_be_undone_while_nobody_answered(desk, met):
    answer = desk.post(address(met), filled(), follow=True)
    undo = answer.text.split('name="undo" value="')[1].split('"')[0]

    back = desk.post("/me/entries/undo/", {"undo": undo, "next": f"/counselling/{met.pk}/"})

    assert back.headers["Location"] == f"/counselling/{met.pk}/"
    assert (PlanStep.objects.get().state, told()) == ("withdrawn", [])


def test_undo_comes_too_late_once_it_is_answered(desk, met):
    answer = desk.post(address(met), filled(), follow=True)
    undo = answer.text.split('name="undo" value="')[1].split('"')[0]
    steps.accept(student=met.student, step=PlanStep.objects.get().pk, version=1)

    said = desk.post("/me/entries/undo/", {"undo": undo, "next": f"/counselling/{met.pk}/"}, follow=True)

    assert "cannot be taken back any more" in said.text
    assert PlanStep.objects.get().state == "accepted"


def test_a_double_click_sends_one(desk, met):
    form = filled()

    answers = [desk.post(address(met), form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert (len(sent()), len(told())) == (1, 1)


def test_the_same_course_is_not_recommended_twice(desk, met):
    course = make.course("First Cuts")
    desk.post(address(met), filled(course=course.pk))

    answer = desk.post(address(met), filled(course=course.pk))

    assert (answer.status_code, len(sent())) == (422, 1)
    assert "You have recommended First Cuts to them already." in answer.text


def test_an_empty_note_is_asked_about_once(desk, met):
    form = filled(note="  ")

    first = desk.post(address(met), form)
    second = desk.post(address(met), {**form, "asked": "on"})

    assert (first.status_code, second.status_code) == (422, 302)
    assert "Say why, in a sentence." in first.text
    assert 'name="asked" value="on"' in first.text
    assert "Shadow a line producer" in first.text
    assert [note for *_, note, _ in sent()] == [""]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("note", "x" * 1001),
        ("due_on", "2020-01-01"),
        ("due_on", "9999-12-31"),
        ("due_on", "31 February"),
        ("due_on", "\x00"),
        ("skill", "9" * 40),
        ("skill", "\x00"),
        ("skill", "-1"),
        ("course", "9" * 40),
        ("course", "x"),
        ("batch", ""),
        ("batch", "x"),
        ("batch", "\x00"),
    ],
)
def test_what_cannot_be_sent_gets_a_sentence_and_keeps_what_was_typed(desk, met, field, value):
    answer = desk.post(address(met), filled(**{field: value}))

    assert (answer.status_code, sent()) == (422, [])
    assert "thing to fix" in answer.text
    if field != "note":
        assert "You asked how." in answer.text


def test_a_course_unpublished_meanwhile_is_not_sent(desk, met):
    course = make.course("First Cuts")
    course.unpublish()

    answer = desk.post(address(met), filled(course=course.pk, title=""))

    assert (answer.status_code, sent()) == (422, [])
    assert "not in the guide any more" in answer.text


def test_words_lose_their_control_characters(desk, met):
    desk.post(address(met), filled(title="Shadow\x00 a\x07 producer", note="One\r\ntwo\x00"))

    assert [(title, note) for _, title, note, _ in sent()] == [("Shadow a producer", "One\ntwo")]


@pytest.mark.parametrize("how", [how for how in CLOSED if how != "plan not shared"])
def test_what_is_closed_takes_no_recommendation(desk, met, how):
    close(met, how)

    read, said = desk.get(address(met)), desk.post(address(met), filled())

    assert (read.status_code, said.status_code, sent()) == (404, 404, []) if "account" not in how else True
    assert sent() == []
    with pytest.raises(steps.NotPossible):
        recommending.recommend(
            counsellor=met.counsellor, connection=met.pk, batch=uuid4(), advice=recommending.Advice(title="Shadow")
        )


def test_the_student_whose_account_is_closed_gets_none(desk, met):
    met.student.is_active = False
    met.student.save()

    assert (desk.post(address(met), filled()).status_code, sent()) == (404, [])


def test_profile_and_entries_alone_are_not_enough(desk, robin):
    shared = make.connection(make.member(), robin, scopes=("profile", "entries"), student_name="Ngozi")

    assert (desk.get(address(shared)).status_code, desk.post(address(shared), filled()).status_code) == (404, 404)


def test_under_18_may_be_recommended_something(desk, robin):
    young = make.connection(make.member(age_band="13-17"), robin, student_name="Ngozi")

    assert (desk.post(address(young), filled()).status_code, len(sent())) == (302, 1)


def test_another_counsellors_student_is_not_there(client, met):
    client.force_login(make.counsellor("Sam Oakes"))

    assert (client.post(address(met), filled()).status_code, sent()) == (404, [])


def test_reading_the_form_is_on_the_record_and_sending_is_not_a_look(desk, met):
    desk.get(address(met))
    desk.post(address(met), filled())

    assert list(AccessEvent.objects.values_list("owner", "part")) == [(met.student.pk, "recommending")]


# What is offered


def test_what_is_missing_comes_first_with_the_best_courses_for_it(desk, met):
    budgeting, puppetry = make.skill("Tallying"), make.skill("Puppetry")
    make.goal(met.student, make.career(skills=[budgeting, puppetry]))
    make.entry(met.student, skills=[puppetry])
    make.course("Low", teaches=[(budgeting, 1)], cost="free")
    make.course("High", teaches=[(budgeting, 3)], cost="paid")
    make.course("High and free", teaches=[(budgeting, 3)], cost="free")
    make.course("Not published", teaches=[(budgeting, 4)]).unpublish()

    form = desk.get(address(met)).context["form"]

    assert [label for _, label in form["skill"].field.widget.choices] == [
        "Tallying: 0 of 3",
        "Puppetry: 1 of 3",
        "No skill in particular",
    ]
    assert [(course.title, is_chosen) for course, _, is_chosen in form.picks] == [
        ("High and free", True),
        ("High", False),
        ("Low", False),
    ]


def test_without_the_gap_nothing_is_said_of_what_is_missing(desk, robin):
    skill = make.skill("Tallying")
    shared = make.connection(make.member(), robin, scopes=("plan",), student_name="Ngozi")
    make.goal(shared.student, make.career(skills=[skill]))

    answer = desk.get(address(shared))

    assert (skill.pk, "Tallying") in list(answer.context["form"]["skill"].field.widget.choices)
    assert "0 of 3" not in answer.text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_showing_courses_judges_nothing_and_sends_nothing(desk, met, headers):
    skill = make.skill()
    course = make.course("Clearances", teaches=[skill])
    found = make.course("Working with Agents")

    answer = desk.post(address(met), filled(title="", skill=skill.pk, q="agents", note="", show="courses"), headers=headers)

    assert (answer.status_code, sent()) == (200, [])
    assert [each.pk for each, *_ in answer.context["form"].picks] == [course.pk, found.pk]
    assert "thing to fix" not in answer.text
    assert ("<h1" in answer.text) is (not headers)


@pytest.mark.parametrize("words", ["%", "_", "'", "\x00", "x" * 5000, "a " * 500])
def test_words_to_search_for_are_only_words(desk, met, words):
    make.course("First Cuts")

    assert desk.post(address(met), filled(q=words, show="courses")).status_code == 200


def test_unchecked_prices_and_lengths_are_said_to_be(desk, met):
    make.course("First Cuts", hours=3, cost="free")

    answer = desk.post(address(met), filled(q="cuts", show="courses"))

    assert "length: check with the provider, cost: check with the provider" in answer.text


# Several students


@pytest.fixture
def six(robin):
    return [make.connection(make.member(), robin, student_name=f"Student {number}") for number in range(6)]


def test_the_page_names_the_chosen_and_how_many_lack_a_skill(desk, six):
    skill = make.skill("Tallying")
    career = record.role(**{skill.slug: (3, 1)})
    for each in six:
        record.aim(each.student, career)
    for each in six[:2]:
        make.entry(each.student, skills=[skill])

    answer = desk.post(MANY, {"student": [each.pk for each in six]})

    assert "Tallying: 4 of 6 lack it" in answer.text
    assert [each.pk for each in answer.context["chosen"]] == [each.pk for each in six]
    assert AccessEvent.objects.filter(part="recommending").count() == 6


def test_it_goes_to_those_who_lack_it_and_can_be_undone_together(desk, six):
    skill = make.skill("Tallying")
    career = record.role(**{skill.slug: (3, 1)})
    for each in six:
        record.aim(each.student, career)
    make.entry(six[0].student, skills=[skill])
    form = filled(student=[each.pk for each in six], skill=skill.pk, needed="on", send="yes")

    answer = desk.post(MANY, form, follow=True)

    assert [student for student, *_ in sent()] == [each.student_id for each in six[1:]]
    assert "Sent Shadow a line producer to 5 students. Not to Student 0: Nothing is missing there." in answer.text
    assert len(set(PlanStep.objects.values_list("batch", flat=True))) == 1
    undo = answer.text.split('name="undo" value="')[1].split('"')[0]
    steps.accept(student=six[1].student, step=six[1].steps.get().pk, version=1)
    said = desk.post("/me/entries/undo/", {"undo": undo, "next": "/counselling/"}, follow=True)
    assert "Taken back from 4 students." in said.text
    assert sorted(state for *_, state in sent()) == ["accepted", *["withdrawn"] * 4]


def test_those_who_do_not_share_enough_are_left_out_by_name_and_the_closed_without(desk, robin, six):
    Connection.objects.filter(pk=six[0].pk).update(shares_gap=False, shares_plan=False)
    close(six[1], "ended")
    strange = make.connection(make.member(), make.counsellor("Sam Oakes"), student_name="Stranger")
    keys = [each.pk for each in [*six, strange]]

    answer = desk.post(MANY, filled(student=keys, send="yes"), follow=True)

    assert len(sent()) == 4
    assert "Not to Student 0: They share neither what is missing nor their plan." in answer.text
    assert "2 are not open to you now." in answer.text
    assert ("Stranger" in answer.text, "Student 1" in answer.text) == (False, False)


def test_one_of_several_who_has_it_already_is_left_out(desk, six):
    course = make.course("First Cuts")
    desk.post(address(six[0]), filled(course=course.pk))

    answer = desk.post(MANY, filled(student=[each.pk for each in six], course=course.pk, send="yes"), follow=True)

    assert "Not to Student 0: You have recommended First Cuts to them already." in answer.text
    assert len(sent()) == 6


def test_a_double_click_on_several_sends_each_one(desk, six):
    form = filled(student=[each.pk for each in six], send="yes")

    for _ in range(2):
        desk.post(MANY, form)

    assert (len(sent()), len(told())) == (6, 6)


@pytest.mark.parametrize("keys", [[], ["x"], ["\x00"], ["9" * 30], ["-1"], ["99999999"]])
def test_keys_that_are_none_lead_back_to_the_caseload(desk, six, keys):
    answer = desk.post(MANY, filled(student=keys, send="yes"))

    assert (answer.headers["Location"], sent()) == ("/counselling/", [])


@pytest.mark.parametrize("count", [1000, 10_000])
def test_thousands_of_keys_are_no_failure(desk, six, count):
    keys = [str(key) for key in range(10**6, 10**6 + count)]

    answer = desk.post(MANY, filled(student=[six[0].pk, *keys], send="yes"))

    assert answer.status_code in {302, 400}
    assert len(sent()) == (1 if answer.status_code == 302 else 0)


def test_the_forms_cost_the_same_with_one_student_and_with_thirty(desk, robin):
    career = make.career(skills=[make.skill(), make.skill()])
    found, keys = {}, []
    for wanted in (1, 30):
        while len(keys) < wanted:
            met = make.connection(make.member(), robin, student_name=f"Student {len(keys)}")
            record.aim(met.student, career)
            make.entry(met.student, skills=[make.skill()])
            make.course(teaches=[career.requirements.first().skill])
            keys.append(met.pk)
        query = "&".join(f"student={key}" for key in keys)
        desk.get(f"{MANY}?{query}")
        found[wanted] = [len(statements(desk, at)) for at in (f"{MANY}?{query}", f"/counselling/{keys[0]}/recommend/")]

    assert found == {1: FORMS, 30: FORMS}


# The session and its member, three for the door and the groups, and the form; none for each student.
FORMS = [10, 9]


# Both at once


@pytest.mark.django_db(transaction=True)
def test_a_recommendation_and_an_end_at_the_same_moment_leave_nothing_that_is_seen():
    met = make.connection(make.member(), make.counsellor())
    advice = recommending.Advice(title="Shadow a line producer")

    came_to = outcomes(
        lambda: recommending.recommend(counsellor=met.counsellor, connection=met.pk, batch=uuid4(), advice=advice),
        lambda: Connection.objects.filter(pk=met.pk).update(ended_at=timezone.now() - timedelta(seconds=1), ended_by="student"),
    )

    assert came_to in (["done", "done"], ["NotPossible", "done"])
    assert Connection.objects.get().ended_at
    assert list(PlanStep.objects.visible_to(met.counsellor)) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_recommendation_sent_twice_at_the_same_moment_is_one():
    met = make.connection(make.member(), make.counsellor())
    batch, advice = uuid4(), recommending.Advice(title="Shadow a line producer")
    sent = {"counsellor": met.counsellor, "connection": met.pk, "batch": batch, "advice": advice}

    assert outcomes(*[lambda: recommending.recommend(**sent)] * 2) == ["done", "done"]
    assert (PlanStep.objects.count(), Notice.objects.count()) == (1, 1)


def test_courses_stay_listed_when_their_provider_has_an_odd_name(desk, met):
    make.course("First Cuts", provider=make.provider("<b>海边</b>"))

    answer = desk.post(address(met), filled(q="cuts", show="courses"))

    assert "&lt;b&gt;海边" in answer.text
    assert Course.objects.filter(live=True).count() == 1
