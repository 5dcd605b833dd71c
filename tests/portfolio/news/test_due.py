"""What is due between a student and a counsellor, told once by mail."""

from datetime import UTC, datetime, timedelta

import pytest

from portfolio.counselling import reminding
from portfolio.models import ActionPlan, Notice, Profile
from tests import make

from .posting import NOON, change, close, end, meeting, sent


def plan(met, review_on, **fields):
    made = ActionPlan.objects.create(connection=met, title="Plan", state="live", review_on=review_on, **fields)
    change(made, made_at=NOON - timedelta(days=30))
    return made


def step(met, due_on, state="accepted"):
    made = make.step(met, due_on=due_on, state=state)
    change(made, sent_at=NOON - timedelta(days=30), answered_at=NOON - timedelta(days=29))
    return made


def days_of_mail(owner, first, count):
    """What the person reads on each of so many days on which a mail went out."""
    found = {}
    for number in range(count):
        now = first + timedelta(days=number)
        reminding.remind(now)
        if told := sent(owner, now):
            found[now.date().isoformat()] = told[1]
    return found


MORNING = datetime(2026, 4, 1, 6, tzinfo=UTC)


def test_a_step_is_told_three_days_before_and_once_when_its_date_has_passed(ann, met):
    step(met, NOON.date())

    assert days_of_mail(ann, MORNING, 30) == {
        "2026-04-08": ["Something on your plan is due soon."],
        "2026-04-12": ["The date of something on your plan has passed."],
    }


def test_steps_of_one_day_are_counted(ann, met):
    step(met, NOON.date())
    step(met, NOON.date())
    step(met, NOON.date() + timedelta(days=1), state="under-way")

    assert days_of_mail(ann, MORNING, 12) == {
        "2026-04-08": ["2 things on your plan are due soon."],
        "2026-04-09": ["Something on your plan is due soon."],
        "2026-04-12": ["The dates of 2 things on your plan have passed."],
    }


def test_a_meeting_is_told_the_day_before_at_the_time_of_the_student(ann, met):
    meeting(met, NOON)
    meeting(met, NOON + timedelta(days=3), attendance="cancelled")

    assert days_of_mail(ann, MORNING, 15) == {"2026-04-10": ["You meet Robin Ash tomorrow at 13.00."]}


def test_the_end_of_a_grant_is_told_to_both_two_weeks_before(ann, met):
    change(met, ends_at=NOON + timedelta(days=16))

    assert days_of_mail(ann, MORNING, 30) == {"2026-04-14": ["What you share with Robin Ash ends on 27 April 2026."]}
    Notice.objects.all().delete()
    assert days_of_mail(met.counsellor, MORNING, 30) == {"2026-04-14": ["What Ann Lee shares with you ends on 27 April 2026."]}


def test_a_plan_to_look_at_again_is_told_to_the_counsellor(met):
    plan(met, NOON.date())

    assert days_of_mail(met.counsellor, MORNING, 20) == {"2026-04-11": ["It is time to look at the plan with Ann Lee again."]}


SILENT = {
    "a step nobody said yes to": lambda met: step(met, NOON.date(), state="sent"),
    "a step that is done": lambda met: step(met, NOON.date(), state="done"),
    "a step of a closed account": lambda met: (step(met, NOON.date()), close(met.student)),
    "a meeting after the end": lambda met: (meeting(met, NOON), end(met)),
    "a grant that ended": lambda met: (change(met, ends_at=NOON + timedelta(days=16)), end(met)),
    "a grant given for a week": lambda met: change(met, ends_at=NOON, granted_at=NOON - timedelta(days=7)),
    "a plan that is not shared": lambda met: (plan(met, NOON.date()), change(met, shares_plan=False)),
    "a plan that is closed": lambda met: plan(met, NOON.date(), closed_at=NOON).__class__.objects.update(state="closed"),
    "somebody who wants none": lambda met: (step(met, NOON.date()), Profile.objects.update(hears_of_counselling=False)),
}


@pytest.mark.parametrize("case", SILENT)
def test_nothing_is_said_of(met, case):
    SILENT[case](met)

    assert [days_of_mail(met.student, MORNING, 30), days_of_mail(met.counsellor, MORNING, 30)] == [{}, {}]
    assert Notice.objects.count() == 0


def test_what_is_done_before_the_mail_goes_is_not_told(ann, met):
    made = step(met, NOON.date())
    reminding.remind(MORNING + timedelta(days=7))
    change(made, state="done")

    assert sent(ann, MORNING + timedelta(days=7)) is None


def test_a_reminder_is_made_once_however_often_it_is_asked(ann, met):
    step(met, NOON.date())
    meeting(met, NOON)
    now = NOON - timedelta(hours=20)

    assert [reminding.remind(now), reminding.remind(now)] == [2, 0]
    assert sent(ann, now)[0] == "Something on your plan is due soon, and one more thing"
    assert reminding.remind(now + timedelta(hours=1)) == 0


def test_a_date_that_moves_on_is_told_again(ann, met):
    made = step(met, NOON.date())
    first = days_of_mail(ann, MORNING, 9)
    change(made, due_on=NOON.date() + timedelta(days=5))

    assert first == {"2026-04-08": ["Something on your plan is due soon."]}
    assert days_of_mail(ann, MORNING + timedelta(days=9), 6) == {"2026-04-13": ["Something on your plan is due soon."]}
