"""A plan: written, offered, agreed to, worked on by both; what was agreed stands until the student says yes to something else."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from portfolio.counselling import between, plans
from portfolio.counselling.outlines import Aim, Changes, Line, Outline, Task, changes
from portfolio.counselling.readings import outline_of, standing, under_way
from portfolio.models import ActionPlan, Connection, Notice, PlanAction, PlanEvent, PlanGoal
from portfolio.scales import PlanState
from tests import make
from tests.test_query_budgets import statements
from tests.together import at_once

pytestmark = pytest.mark.django_db
CALL, READ, ASK = Task("Call the school", "student"), Task("Read the budget", "student"), Task("Ask Bo", "counsellor")
FIRST = Outline("Summer", None, (Aim("Learn to budget", None, (CALL, ASK)),))
SECOND = Outline("Summer", None, (Aim("Learn to budget", None, (CALL, READ)),))
MARKER = "Fernhill-plan-63"


@pytest.fixture
def met():
    return make.connection(make.member(), make.counsellor(), student_name="Ngozi Farrell")


@pytest.fixture
def desk(client, met):
    client.force_login(met.counsellor)
    return client


@pytest.fixture
def student(client, met):
    client.force_login(met.student)
    return client


def written(met, text=FIRST):
    seen = outline_of(standing(met, *plans.UNANSWERED) or standing(met, PlanState.LIVE)).mark
    return plans.write(connection=met.pk, text=text, seen=seen)


def offered(met, text=FIRST):
    written(met, text)
    return plans.offer(connection=met.pk, seen=text.mark)


def agreed(met, text=FIRST):
    plan = offered(met, text)
    return plans.agree(student=met.student, plan=plan.pk, seen=text.mark)


def place(met, part=""):
    return f"/counselling/{met.pk}/plan/{part}"


def typed(seen, goals=(("Learn to budget", ["Call the school"]),), **fields):
    """What the form of a plan sends."""
    data = {"title": "Summer", "review_on": "", "seen": seen, "goals-TOTAL_FORMS": len(goals), "goals-INITIAL_FORMS": 0}
    for number, (goal, tasks) in enumerate(goals):
        prefix = f"goals-{number}-actions"
        data |= {f"goals-{number}-text": goal, f"goals-{number}-skill": ""}
        data |= {f"{prefix}-TOTAL_FORMS": len(tasks), f"{prefix}-INITIAL_FORMS": 0}
        for place, task in enumerate(tasks):
            data |= {f"{prefix}-{place}-text": task, f"{prefix}-{place}-whose": "student", f"{prefix}-{place}-due_on": ""}
    return {**data, **fields}


def news():
    return list(Notice.objects.values_list("owner", "what"))


# Pure


def test_what_changed_is_told_line_by_line():
    found = changes(FIRST, SECOND)

    assert found == Changes((Line("Learn to budget", READ),), (Line("Learn to budget", ASK),))


def test_an_action_due_on_another_day_is_new_and_gone():
    later = Task("Call the school", "student", date(2027, 1, 1))

    found = changes(FIRST, Outline("Summer", None, (Aim("Learn to budget", None, (later, ASK)),)))

    assert found == Changes((Line("Learn to budget", later),), (Line("Learn to budget", CALL),))


# Written


def test_a_draft_is_the_counsellors_alone(client, met):
    plan = written(met)
    client.force_login(met.student)

    assert client.get(f"/me/plans/{plan.pk}/").status_code == 404
    assert (under_way(met.student), news(), PlanEvent.objects.count()) == ([], [], 0)


def test_a_plan_is_written_and_offered_on_the_desk(desk, met):
    seen = desk.get(place(met, "write/")).context["form"].initial["seen"]

    desk.post(place(met, "write/"), typed(seen, do="offer"))

    plan = ActionPlan.objects.get()
    assert (plan.state, outline_of(plan)) == ("offered", Outline("Summer", None, (Aim("Learn to budget", None, (CALL,)),)))
    assert news() == [(met.student_id, "plan")]
    assert list(PlanEvent.objects.values_list("who", "what")) == [("Robin Ash", "offered it")]


def test_more_rows_keep_what_was_typed_and_judge_nothing(desk, met):
    answer = desk.post(place(met, "write/"), typed("", [("", ["Call the school"])], more="goals-0-actions", title=""))

    editor = answer.context["editor"]
    assert (answer.status_code, len(editor.pairs[0][1].forms), ActionPlan.objects.count()) == (200, 3, 0)
    assert 'value="Call the school"' in answer.content.decode()


@pytest.mark.parametrize("more", ["goals", "goals-0-actions", "nonsense", "goals-99-actions", "a\x00b"])
@pytest.mark.parametrize("total", ["1", "9" * 40, "-1", "x", ""])
def test_rows_are_asked_for_with_anything(desk, met, more, total):
    sent = {**typed("", more=more), "goals-TOTAL_FORMS": total, "goals-0-actions-TOTAL_FORMS": total}

    assert desk.post(place(met, "write/"), sent).status_code in (200, 422)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Title: Give the plan a title."),
        ({"title": "x" * 161}, "Title: Ensure this value has at most 160 characters (it has 161)."),
        ({"review_on": "soon"}, "Look at it again on: Give a day, such as 2026-01-31."),
        ({"goals-0-text": ""}, "Goal: Write the goal that this is for."),
        ({"goals-0-skill": "999999"}, "Skill: Select a valid choice. 999999 is not one of the available choices."),
        ({"goals-0-actions-0-text": "", "goals-0-actions-0-due_on": "2027-01-01"}, "Say what is to be done by then."),
        ({"goals-0-actions-0-whose": "nobody"}, "Select a valid choice. nobody is not one of the available choices."),
        ({"goals-0-actions-0-due_on": "9999-12-31"}, "Give a day between 2000 and 2100."),
    ],
)
def test_what_is_wrong_is_told_at_its_field(desk, met, wrong, sentence):
    answer = desk.post(place(met, "write/"), {**typed(""), **wrong})

    [(target, told)] = answer.context["errors"]
    assert (answer.status_code, told.endswith(sentence), ActionPlan.objects.count()) == (422, True, 0)
    assert f'id="{target}"' in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"goals-TOTAL_FORMS": "9" * 30}, typed("", [("x", ["y"] * 40)]), typed("", [("x", [])] * 40)]
)
def test_a_form_out_of_shape_is_refused(desk, met, sent):
    assert desk.post(place(met, "write/"), sent).status_code == 422
    assert ActionPlan.objects.count() == 0


def test_an_offer_without_a_goal_is_refused_and_the_draft_kept(desk, met):
    answer = desk.post(place(met, "write/"), typed(Outline("").mark, [("", [])], do="offer"))

    assert answer.status_code == 422
    assert answer.context["errors"] == [("", "Write at least one goal before you offer the plan.")]


def test_a_plan_changed_in_another_window_is_not_overwritten(desk, met):
    seen = desk.get(place(met, "write/")).context["form"].initial["seen"]
    written(met)

    answer = desk.post(place(met, "write/"), typed(seen, [("Another goal", [])]))

    assert (answer.status_code, outline_of(ActionPlan.objects.get())) == (409, FIRST)
    assert "Call the school (student)" in answer.content.decode()
    again = desk.post(place(met, "write/"), typed(answer.context["form"].data["seen"], [("Another goal", [])]))
    assert again.status_code == 302
    assert outline_of(ActionPlan.objects.get()) == Outline("Summer", None, (Aim("Another goal"),))


def test_the_same_plan_sent_twice_is_there_once(desk, met):
    seen = desk.get(place(met, "write/")).context["form"].initial["seen"]

    for _ in range(2):
        assert desk.post(place(met, "write/"), typed(seen, do="offer")).status_code == 302

    assert (ActionPlan.objects.count(), PlanGoal.objects.count(), len(news())) == (1, 1, 1)


def test_a_draft_that_was_never_offered_is_dropped_for_good(desk, met):
    written(met)

    desk.post(place(met), {"do": "discard"})

    assert ActionPlan.objects.count() == 0


# Answered


def test_the_student_reads_the_offer_and_agrees(student, met):
    plan = offered(met)
    seen = student.get(f"/me/plans/{plan.pk}/").context["form"].initial["seen"]

    student.post(f"/me/plans/{plan.pk}/", {"do": "agree", "seen": seen})

    plan.refresh_from_db()
    assert plan.state == "live"
    assert news() == [(met.student_id, "plan"), (met.counsellor_id, "plan")]
    assert list(plan.events.values_list("who", "what")) == [("Ngozi Farrell", "agreed"), ("Robin Ash", "offered it")]


def test_what_was_changed_since_it_was_read_is_not_agreed_to(student, met):
    plan = offered(met)
    seen = student.get(f"/me/plans/{plan.pk}/").context["form"].initial["seen"]
    plan.goals.update(text="Something else")

    answer = student.post(f"/me/plans/{plan.pk}/", {"do": "agree", "seen": seen})

    plan.refresh_from_db()
    assert (answer.status_code, plan.state) == (409, "offered")
    assert "Read it again before you answer." in answer.content.decode()


def test_changes_are_asked_for_in_words(student, met):
    plan = offered(met)
    without = student.post(f"/me/plans/{plan.pk}/", {"do": "changes", "seen": FIRST.mark})

    student.post(f"/me/plans/{plan.pk}/", {"do": "changes", "seen": FIRST.mark, "words": "Less\x00 calling"})

    plan.refresh_from_db()
    assert (without.status_code, without.context["form"].errors) == (422, {"words": ["Say what should be different."]})
    assert (plan.state, plan.answer) == ("draft", "Less calling")
    page = student.get(f"/me/plans/{plan.pk}/").content.decode()
    assert ("is working on it" in page, "Call the school" in page) == (True, False)


def test_no_is_no(student, met):
    plan = offered(met)

    student.post(f"/me/plans/{plan.pk}/", {"do": "refuse", "seen": FIRST.mark})
    student.post(f"/me/plans/{plan.pk}/", {"do": "agree", "seen": FIRST.mark})

    plan.refresh_from_db()
    assert plan.state == "refused"


def test_agreeing_twice_is_agreeing_once(met):
    plan = agreed(met)

    plans.agree(student=met.student, plan=plan.pk, seen=FIRST.mark)

    assert plan.events.count() == 2


@pytest.mark.parametrize(
    "form", [{"do": "eat"}, {}, {"do": "changes", "seen": "x" * 99, "words": "y"}, {"do": "refuse", "words": "z" * 999}]
)
def test_an_answer_that_is_none_changes_nothing(student, met, form):
    plan = offered(met)

    answer = student.post(f"/me/plans/{plan.pk}/", form)

    plan.refresh_from_db()
    assert (answer.status_code, plan.state) == (422, "offered")


# Changed


def test_what_was_agreed_stands_until_the_student_agrees_to_something_else(student, met):
    old = agreed(met)
    new = offered(met, SECOND)
    before = outline_of(standing(met, PlanState.LIVE))

    page = student.get(f"/me/plans/{new.pk}/")
    plans.agree(student=met.student, plan=new.pk, seen=SECOND.mark)

    old.refresh_from_db()
    assert before == FIRST
    assert page.context["changes"] == changes(FIRST, SECOND)
    assert (old.state, outline_of(standing(met, PlanState.LIVE))) == ("closed", SECOND)


def test_progress_is_carried_over_for_what_is_worded_the_same(met):
    live = agreed(met)
    new = offered(met, SECOND)
    done = PlanAction.objects.get(goal__plan=live, text=CALL.text)
    plans.set_state(plan=live, side="student", action=done.pk, state="done")

    plans.agree(student=met.student, plan=new.pk, seen=SECOND.mark)

    found = standing(met, PlanState.LIVE).goals.get().actions.values_list("text", "state")
    assert list(found) == [("Call the school", "done"), ("Read the budget", "open")]


def test_writing_an_offered_plan_takes_it_back(student, met):
    plan = offered(met)

    written(met, SECOND)

    plan.refresh_from_db()
    assert plan.state == "draft"
    assert plan.events.first().what == "took it back to change it"


def test_there_is_one_live_plan_whatever_is_agreed_to(met):
    agreed(met)
    agreed(met, SECOND)

    assert ActionPlan.objects.filter(state="live").count() == 1


# Worked on


def test_each_moves_their_own_actions_and_can_undo_it(student, met):
    plan = agreed(met)
    mine, theirs = PlanAction.objects.order_by("place")

    moved = student.post(f"/me/plans/{plan.pk}/actions/{mine.pk}/", {"state": "done"})
    student.post(f"/me/plans/{plan.pk}/actions/{theirs.pk}/", {"state": "done"})

    assert list(PlanAction.objects.order_by("place").values_list("state", flat=True)) == ["done", "open"]
    assert moved.headers["Location"] == f"/me/plans/{plan.pk}/?changed={mine.pk}-open#action-{mine.pk}"
    assert student.get(moved.headers["Location"]).context["undo"] == {"action": mine.pk, "state": "open"}
    student.post(f"/me/plans/{plan.pk}/actions/{mine.pk}/", {"state": "open"})
    mine.refresh_from_db()
    assert (mine.state, mine.done_at) == ("open", None)


@pytest.mark.parametrize("changed", ["", "1", "x-done", "1-flying", f"{'9' * 30}-done", "1-done\x00"])
def test_an_address_that_undoes_nothing_is_a_plain_page(student, met, changed):
    plan = agreed(met)

    assert student.get(f"/me/plans/{plan.pk}/", {"changed": changed}).context["undo"] is None


def test_the_counsellors_actions_are_moved_on_the_desk(desk, met):
    agreed(met)
    mine, theirs = PlanAction.objects.order_by("-place")

    for action in (mine, theirs):
        desk.post(place(met, f"actions/{action.pk}/"), {"state": "doing"})

    assert list(PlanAction.objects.order_by("-place").values_list("state", flat=True)) == ["doing", "open"]


def test_an_action_of_nobodys_is_not_there(desk, met):
    agreed(met)
    other = agreed(make.connection(make.member(), make.counsellor("Sam Oakes")))
    action = PlanAction.objects.filter(goal__plan=other, whose="counsellor").get()

    assert desk.post(place(met, f"actions/{action.pk}/"), {"state": "done"}).status_code == 404


def test_the_student_takes_on_something_more(student, met):
    plan = agreed(met)
    next_ = offered(met, SECOND)
    form = {"goal": plan.goals.get().pk, "text": "Write to Ama", "due_on": "2027-01-05"}

    for _ in range(2):
        student.post(f"/me/plans/{plan.pk}/actions/", form)

    assert PlanAction.objects.filter(goal__plan=plan, text="Write to Ama", whose="student").count() == 1
    assert PlanAction.objects.filter(goal__plan=next_, text="Write to Ama").count() == 1
    plans.agree(student=met.student, plan=next_.pk, seen=outline_of(plans.of_student(met.student, next_.pk)).mark)
    assert "Write to Ama" in {action.text for action in standing(met, PlanState.LIVE).goals.get().actions.all()}


def test_an_action_for_somebody_elses_goal_is_refused(student, met):
    plan = agreed(met)
    other = agreed(make.connection(make.member(), met.counsellor))

    answer = student.post(f"/me/plans/{plan.pk}/actions/", {"goal": other.goals.get().pk, "text": "Mine now"})

    assert (answer.status_code, PlanAction.objects.filter(text="Mine now").count()) == (422, 0)


def test_a_plan_is_closed_by_either_side(student, met):
    plan = agreed(met)

    student.post(f"/me/plans/{plan.pk}/", {"do": "close"})

    plan.refresh_from_db()
    assert (plan.state, plan.events.first().what) == ("closed", "closed it")


def test_a_passed_day_is_said_without_blame(student, met):
    late = Outline("Summer", None, (Aim("Learn", None, (Task("Call", "student", date(2026, 1, 1)),)),))
    plan = agreed(met, late)

    assert "The day has passed" in student.get(f"/me/plans/{plan.pk}/").content.decode()


# Who sees it

STATES = {
    "not granted": {"granted_at": None},
    "no plan": {"shares_plan": False},
    "expired": {"ends_at": timezone.now() - timedelta(seconds=1)},
    "ended": {"ended_at": timezone.now()},
}


@pytest.mark.parametrize("state", [*STATES, "account closed", "no counsellor any more", "another counsellor"])
def test_the_desk_shows_and_takes_nothing_where_the_plan_is_not_open(desk, met, state):
    agreed(met, Outline(MARKER, None, (Aim(MARKER, None, (Task(MARKER, "counsellor"),)),)))
    Notice.objects.all().delete()
    if state in STATES:
        Connection.objects.filter(pk=met.pk).update(**STATES[state])
    elif state == "account closed":
        type(met.student).objects.filter(pk=met.student_id).update(is_active=False)
    elif state == "no counsellor any more":
        Group.objects.get(name="Counsellors").user_set.clear()
    else:
        desk.force_login(make.counsellor("Sam Oakes"))
    before = list(ActionPlan.objects.values())

    addresses = [place(met), place(met, "write/"), place(met, f"actions/{PlanAction.objects.get().pk}/")]
    sent = typed(Outline("").mark, do="offer", state="done")
    answers = [desk.post(address, sent) for address in addresses] + [desk.get(address) for address in addresses[:2]]

    assert {answer.status_code for answer in answers} == {404}
    assert [answer for answer in answers if MARKER in answer.content.decode()] == []
    assert (list(ActionPlan.objects.values()), PlanAction.objects.get().state, news()) == (before, "open", [])


def test_nobody_else_reads_a_plan(client, met):
    plan = agreed(met)
    found = {}
    for who in (met.counsellor, make.member(), make.superuser()):
        client.force_login(who)
        found[who.pk] = client.get(f"/me/plans/{plan.pk}/").status_code

    assert set(found.values()) == {404}


def test_an_ended_connection_leaves_the_student_their_plan(student, met):
    plan = agreed(met)
    waiting = offered(met, SECOND)
    mine = PlanAction.objects.get(goal__plan=plan, whose="student")
    Notice.objects.all().delete()
    Connection.objects.filter(pk=met.pk).update(ended_at=timezone.now(), ended_by="student")

    student.post(f"/me/plans/{plan.pk}/actions/{mine.pk}/", {"state": "done"})
    answer = student.post(f"/me/plans/{waiting.pk}/", {"do": "agree", "seen": SECOND.mark})

    mine.refresh_from_db()
    waiting.refresh_from_db()
    assert (mine.state, waiting.state, answer.status_code, news()) == ("done", "offered", 409, [])


def test_a_verb_refuses_once_the_connection_is_closed(met):
    plan = agreed(met)
    Connection.objects.filter(pk=met.pk).update(ended_at=timezone.now())

    for verb in (
        lambda: plans.write(connection=met.pk, text=SECOND, seen=FIRST.mark),
        lambda: plans.offer(connection=met.pk, seen=FIRST.mark),
        lambda: plans.close(plan=plan, side="counsellor"),
    ):
        with pytest.raises(between.Closed):
            verb()


# What it costs


def many(number):
    tasks = tuple(Task(f"Action {count}", "student") for count in range(12))
    return Outline("Summer", None, tuple(Aim(f"Goal {count}", None, tasks) for count in range(number)))


@pytest.mark.parametrize(("who", "budget"), [("counsellor", 13), ("student", 7)])
def test_a_plan_costs_the_same_with_one_goal_and_with_many(client, who, budget):
    found = {}
    for number in (1, 8):
        met = make.connection(make.member(), make.counsellor())
        plan = agreed(met, many(number))
        client.force_login(getattr(met, who))
        address = place(met) if who == "counsellor" else f"/me/plans/{plan.pk}/"
        client.get(address)
        found[number] = len(statements(client, address))

    assert found == {1: budget, 8: budget}


# Two at once


@pytest.mark.django_db(transaction=True)
def test_of_an_answer_and_a_taking_back_the_first_counts(met):
    plan = offered(met)

    found = at_once(
        lambda: plans.agree(student=met.student, plan=plan.pk, seen=FIRST.mark),
        lambda: plans.take_back(connection=met.pk),
    )

    plan.refresh_from_db()
    assert sorted(isinstance(each, between.NotPossible) for each in found) == [False, True]
    assert plan.state == ("draft" if isinstance(found[0], ValueError) else "live")


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_write_the_first_plan_make_one(met):
    empty = Outline("").mark

    at_once(*[lambda: plans.write(connection=met.pk, text=FIRST, seen=empty)] * 2)

    assert (ActionPlan.objects.count(), PlanGoal.objects.count()) == (1, 1)
