"""A student's answers to recommended steps: once each, seen by whom they may be, and on whose page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portfolio.counselling import steps
from portfolio.models import Connection, Notice, PlanStep
from tests import make
from tests.test_query_budgets import statements
from tests.together import at_once


def today():
    return timezone.localdate()


@pytest.fixture
def met(db):
    return make.connection(make.member(), make.counsellor(), student_name="Ngozi")


@pytest.fixture
def sent(met):
    return make.step(met, note="You have the eye for it.")


@pytest.fixture
def ngozi(client, met):
    client.force_login(met.student)
    return client


def page(step):
    return f"/me/steps/{step.pk}/"


def say(client, step, do, **fields):
    return client.post(page(step), {"do": do, "version": step.version, **fields})


def now(step):
    return PlanStep.objects.get(pk=step.pk)


def told():
    return list(Notice.objects.order_by("pk").values_list("owner__counsellor__name", "what"))


# The page


def test_the_note_stands_on_the_page_and_reading_writes_nothing(ngozi, sent):
    answer = ngozi.get(page(sent))

    assert "You have the eye for it." in answer.text
    assert (now(sent).opened_at, now(sent).version) == (None, 1)


def test_opening_is_said_by_a_button_and_once(ngozi, sent):
    for _ in range(2):
        assert ngozi.post(page(sent), {"do": "open"}).headers["Location"] == page(sent)

    opened = now(sent)
    assert (opened.state, opened.version, opened.opened_at.date()) == ("sent", 1, timezone.now().date())
    assert told() == []


@pytest.mark.parametrize("who", ["counsellor", "member", "other counsellor"])
def test_nobody_else_reads_or_answers_it(client, met, sent, who):
    people = {"counsellor": met.counsellor, "member": make.member(), "other counsellor": make.counsellor("Sam Oakes")}
    client.force_login(people[who])

    read, said = client.get(page(sent)), say(client, sent, "accept")

    assert (read.status_code, said.status_code, now(sent).state) == (404, 404, "sent")
    assert read.content == client.get("/me/steps/99999999/").content


def test_what_was_taken_back_tells_so_and_nothing_of_the_note(ngozi, sent):
    steps.take_back(counsellor=sent.connection.counsellor, step=sent.pk)

    assert "has taken this back" in ngozi.get(page(sent)).text
    assert "You have the eye" not in ngozi.get(page(sent)).text
    assert sent.title not in ngozi.get("/me/steps/").text


# Answers


def test_accepting_puts_it_on_the_plan_and_tells_the_counsellor(ngozi, sent):
    say(ngozi, sent, "accept")

    accepted = now(sent)
    assert (accepted.state, accepted.version) == ("accepted", 2)
    assert None not in (accepted.opened_at, accepted.answered_at)
    assert told() == [("Robin Ash", "answer")]


def test_a_second_click_is_the_same_answer(ngozi, sent):
    first, second = say(ngozi, sent, "accept"), say(ngozi, sent, "accept")

    assert (first.status_code, second.status_code) == (302, 302)
    assert (now(sent).version, told()) == (2, [("Robin Ash", "answer")])


def test_an_answer_from_an_older_page_changes_nothing_and_keeps_what_was_typed(ngozi, sent):
    say(ngozi, sent, "accept")

    late = say(ngozi, sent, "decline", reason="No time in May")

    assert (late.status_code, now(sent).state) == (409, "accepted")
    assert "changed after you opened it" in late.text
    assert "No time in May" in late.text
    again = ngozi.post(page(sent), {"do": "decline", "version": "2", "reason": "No time in May"})
    assert (again.status_code, now(sent).state, now(sent).reason) == (302, "declined", "No time in May")


def test_putting_off_asks_for_a_day_to_come(ngozi, sent):
    over = say(ngozi, sent, "defer", until=str(today()), reason="Exams")
    never = say(ngozi, sent, "defer", until="31 February")
    day = today() + timedelta(days=30)
    good = say(ngozi, sent, "defer", until=str(day), reason="Exams")

    assert (over.status_code, never.status_code, good.status_code) == (422, 422, 302)
    assert "Exams" in over.text
    assert (now(sent).state, now(sent).deferred_until, now(sent).reason) == ("deferred", day, "Exams")


def test_a_reason_is_asked_for_once_and_may_stay_empty(ngozi, sent):
    first = say(ngozi, sent, "decline")
    second = say(ngozi, sent, "decline", asked="on")

    assert (first.status_code, second.status_code) == (422, 302)
    assert 'name="asked" value="on"' in first.text
    assert (now(sent).state, now(sent).reason) == ("declined", "")


def test_what_was_declined_can_be_taken_up_after_all(ngozi, sent):
    say(ngozi, sent, "decline", reason="Too long")

    say(ngozi, now(sent), "accept")

    assert (now(sent).state, now(sent).reason) == ("accepted", "")


def test_hours_are_seen_by_both_and_mailed_to_nobody(ngozi, sent):
    course = make.course(hours=8, length_status="confirmed")
    PlanStep.objects.filter(pk=sent.pk).update(course=course, state="accepted")

    say(ngozi, sent, "progress", minutes="2")

    assert (now(sent).state, now(sent).minutes_done) == ("under-way", 120)
    assert "Under way, 2 of 8 hours" in ngozi.get(page(sent)).text
    assert told() == []


@pytest.mark.parametrize("minutes", ["", "-1", "a while", "9" * 40, "\x00"])
def test_hours_that_are_none_get_a_sentence(ngozi, sent, minutes):
    PlanStep.objects.filter(pk=sent.pk).update(state="accepted")

    answer = say(ngozi, sent, "progress", minutes=minutes)

    assert (answer.status_code, now(sent).minutes_done) == (422, None)


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 30, "-1", "\x00"])
def test_a_version_that_is_none_gets_a_sentence(ngozi, sent, version):
    answer = ngozi.post(page(sent), {"do": "accept", "version": version})

    assert (answer.status_code, now(sent).state) == (422, "sent")


@pytest.mark.parametrize("do", ["", "done", "sent", "\x00", "x" * 5000])
def test_an_answer_that_is_none_changes_nothing(ngozi, sent, do):
    assert (say(ngozi, sent, do).status_code, now(sent).state) == (422, "sent")


def test_a_finished_step_takes_no_answer(ngozi, sent):
    PlanStep.objects.filter(pk=sent.pk).update(state="done")

    answer = say(ngozi, sent, "decline", reason="After all")

    assert (answer.status_code, now(sent).state) == (422, "done")


# What the counsellor hears of


def close(met, how):
    connections = Connection.objects.filter(pk=met.pk)
    match how:
        case "ended":
            connections.update(ended_at=timezone.now(), ended_by="student")
        case "expired":
            connections.update(granted_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=1))
        case "not granted":
            connections.update(granted_at=None)
        case "plan not shared":
            connections.update(shares_plan=False)
        case "counsellor no more":
            met.counsellor.groups.clear()
        case "counsellor's account closed":
            met.counsellor.is_active = False
            met.counsellor.save()


CLOSED = ["ended", "expired", "not granted", "plan not shared", "counsellor no more", "counsellor's account closed"]


@pytest.mark.parametrize("how", CLOSED)
def test_the_student_keeps_the_step_and_the_counsellor_hears_nothing(ngozi, met, sent, how):
    close(met, how)

    read, said = ngozi.get(page(sent)), say(ngozi, sent, "accept")

    assert (read.status_code, said.status_code, now(sent).state) == (200, 302, "accepted")
    assert "From Robin Ash" in ngozi.get("/me/steps/").text
    assert list(PlanStep.objects.visible_to(met.counsellor)) == []
    assert told() == []


@pytest.mark.parametrize("how", CLOSED)
def test_a_certificate_cannot_be_noted_any_more(client, met, sent, how):
    PlanStep.objects.update(state="done")
    close(met, how)

    with pytest.raises(steps.NotPossible):
        steps.certificate_seen(counsellor=met.counsellor, step=sent.pk)


def test_a_certificate_is_noted_once_it_is_finished(client, met, sent):
    client.force_login(met.counsellor)
    address = f"/counselling/{met.pk}/steps/{sent.pk}/"
    client.post(address, {"do": "seen"})
    assert now(sent).certificate_seen_at is None
    PlanStep.objects.update(state="done")

    client.post(address, {"do": "seen"})

    assert now(sent).certificate_seen_at is not None


def test_a_step_of_another_student_is_not_there(client, met, sent):
    other = make.connection(make.member(), met.counsellor)
    client.force_login(met.counsellor)

    answer = client.post(f"/counselling/{other.pk}/steps/{sent.pk}/", {"do": "back"})

    assert (answer.status_code, now(sent).state) == (404, "sent")


def test_an_answered_step_is_not_taken_back(client, met, sent):
    steps.accept(student=met.student, step=sent.pk, version=1)
    client.force_login(met.counsellor)

    answer = client.post(f"/counselling/{met.pk}/steps/{sent.pk}/", {"do": "back"}, follow=True)

    assert now(sent).state == "accepted"
    assert "cannot be taken back any more" in answer.text


# One's own


def test_a_course_is_put_on_the_plan_once_and_seen_by_nobody_else(ngozi, met):
    course = make.course()

    answers = [ngozi.post(f"/me/steps/add/{course.slug}/") for _ in range(2)]

    mine = PlanStep.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {page(mine)}
    assert (mine.state, mine.title, mine.by, mine.connection) == ("accepted", course.title, "", None)
    assert list(PlanStep.objects.visible_to(met.counsellor)) == []
    assert told() == []


def test_a_recommended_course_is_not_put_there_a_second_time(ngozi, sent):
    course = make.course()
    PlanStep.objects.filter(pk=sent.pk).update(course=course)

    assert ngozi.post(f"/me/steps/add/{course.slug}/").headers["Location"] == page(sent)


def test_a_course_that_is_not_published_cannot_be_added(ngozi):
    course = make.course()
    course.unpublish()

    assert ngozi.post(f"/me/steps/add/{course.slug}/").status_code == 404


def test_ones_own_step_is_taken_off_without_a_reason(ngozi, met):
    course = make.course()
    ngozi.post(f"/me/steps/add/{course.slug}/")

    say(ngozi, PlanStep.objects.get(), "decline")
    ngozi.post(f"/me/steps/add/{course.slug}/")

    assert list(PlanStep.objects.order_by("pk").values_list("state", flat=True)) == ["declined", "accepted"]


# Lists


def test_the_list_sorts_by_what_waits(ngozi, met):
    yesterday, tomorrow = today() - timedelta(days=1), today() + timedelta(days=1)
    make.step(met, "Sent")
    make.step(met, "Accepted", state="accepted")
    make.step(met, "Back again", state="deferred", deferred_until=yesterday)
    make.step(met, "Put off", state="deferred", deferred_until=tomorrow)
    make.step(met, "Done", state="done")
    make.step(met, "Declined", state="declined")
    make.step(met, "Withdrawn", state="withdrawn")

    groups = ngozi.get("/me/steps/").context["groups"]

    assert {name: [step.title for step in found] for name, found in groups} == {
        "waiting": ["Back again", "Sent"],
        "under-way": ["Accepted"],
        "put-off": ["Put off"],
        "finished": ["Done"],
        "declined": ["Declined"],
    }


def test_the_plan_shows_three_with_what_waits_first(ngozi, met):
    for number in range(3):
        make.step(met, f"Accepted {number}", state="accepted", due_on=today() + timedelta(days=number))
    make.step(met, "Sent last")

    found = ngozi.get("/me/").context["plan"].recommended

    assert [step.title for step in found] == ["Sent last", "Accepted 0", "Accepted 1"]


def test_a_skill_shows_the_steps_towards_it(ngozi, met):
    skill = make.skill("Puppetry", slug="puppetry")
    make.step(met, "By its skill", skill=skill)
    make.step(met, "By its course", course=make.course(teaches=[skill]))
    make.step(met, "Something else")

    assert {step.title for step in ngozi.get("/me/skills/puppetry/").context["steps"]} == {"By its skill", "By its course"}


@pytest.mark.parametrize(("address", "budget"), [("/me/steps/", 3), ("/me/", 15), ("/me/skills/budgeting/", 8)])
def test_pages_cost_the_same_with_one_step_and_with_thirty(ngozi, met, address, budget):
    career = make.career(skills=[make.skill()])
    make.goal(met.student, career)
    make.entry(met.student, skills=[make.skill()])
    found = {}
    for wanted in (1, 30):
        while met.steps.count() < wanted:
            make.step(met, course=make.course(teaches=[make.skill()]), entry=met.student.entries.get())
        ngozi.get(address)
        found[wanted] = len(statements(ngozi, address))

    assert found == {1: budget, 30: budget}


def test_a_page_of_a_step_takes_so_many_statements(ngozi, met):
    step = make.step(met, course=make.course(teaches=[make.skill()]), skill=make.skill(), career=make.career())
    ngozi.get(page(step))

    assert len(statements(ngozi, page(step))) == 3


def test_long_and_foreign_words_stay_text(ngozi, met):
    step = make.step(met, "<script>alert(1)</script>" + "海" * 170, note="<b>bold</b>" + "x" * 900, by="א" * 120)

    for address in (page(step), "/me/steps/", "/me/"):
        assert "<script>alert(1)" not in ngozi.get(address).text
    assert "<b>bold" not in ngozi.get(page(step)).text


# Both at once


@pytest.mark.django_db(transaction=True)
def test_two_different_answers_at_the_same_moment_leave_one():
    met = make.connection(make.member(), make.counsellor())
    sent = make.step(met)

    at_once(
        lambda: steps.accept(student=met.student, step=sent.pk, version=1),
        lambda: steps.decline(student=met.student, step=sent.pk, version=1, reason="No"),
    )

    assert (now(sent).state, now(sent).version) in {("accepted", 2), ("declined", 2)}
    assert told() == [("Robin Ash", "answer")]


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_taking_back_at_the_same_moment_leave_one():
    met = make.connection(make.member(), make.counsellor())
    sent = make.step(met)

    at_once(
        lambda: steps.accept(student=met.student, step=sent.pk, version=1),
        lambda: steps.take_back(counsellor=met.counsellor, step=sent.pk),
    )

    assert (now(sent).state, len(told())) in {("accepted", 1), ("withdrawn", 0)}
    assert now(sent).version == 2


@pytest.mark.django_db(transaction=True)
def test_a_course_added_twice_at_the_same_moment_is_there_once():
    owner, course = make.member(), make.course()

    at_once(*[lambda: steps.add_own(student=owner, course=course)] * 2)

    assert PlanStep.objects.count() == 1
