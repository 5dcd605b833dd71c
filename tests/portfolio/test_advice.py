from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.advice import Action, ActionKind, Certificate, Deadline, Draft, Facts, Unproven, next_actions
from portfolio.gaps import Asked, Held, gap

SCHEDULING, BUDGETS, RESEARCH = 1, 2, 3
TITLES = {SCHEDULING: "Scheduling", BUDGETS: "Budget tracking", RESEARCH: "Research"}
IDEAS = {SCHEDULING: "Shooting schedule you built", BUDGETS: "Cost report you kept"}
ASKED = [Asked(BUDGETS, 3, 3), Asked(SCHEDULING, 2, 2), Asked(RESEARCH, 1, 1)]
ENOUGH = [Held(skill, 4, 3) for skill in TITLES]
TODAY = date(2026, 4, 9)


def facts(held=ENOUGH, asked=ASKED, **others):
    return Facts(gap(asked, held), **{"has_role": True, "has_entries": True, "titles": TITLES, "ideas": IDEAS, **others})


def deadline(entry, days, title="Low Water"):
    return Deadline(entry, title, "Harbour Shorts", TODAY + timedelta(days), days)


def certificate(entry, days):
    return Certificate(entry, "First aid at work", TODAY + timedelta(days), days)


def kinds(found):
    return [action.kind.value for action in next_actions(found)]


def subjects(found):
    return [action.subject for action in next_actions(found)]


def test_with_everything_covered_and_nothing_waiting_there_is_nothing_to_do():
    assert next_actions(facts()) == ()


def test_a_newcomer_chooses_a_role_and_logs_a_first_entry():
    assert next_actions(facts(held=[], asked=[], has_role=False, has_entries=False)) == (
        Action(
            ActionKind.CHOOSE_ROLE,
            "Choose a role to aim for",
            "Your plan then shows what it asks for, and what you can show already.",
        ),
        Action(
            ActionKind.FIRST_ENTRY,
            "Log your first entry",
            "A student film, a placement or a course is a good place to begin.",
        ),
    )


def test_a_first_entry_is_followed_by_where_to_start():
    assert kinds(facts(held=[], has_entries=False)) == ["first-entry", "close-gap", "close-gap"]


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (0, "The deadline is today, 9 April."),
        (1, "The deadline is tomorrow, 10 April."),
        (9, "The deadline is in nine days, on 18 April."),
        (14, "The deadline is in 14 days, on 23 April."),
    ],
)
def test_a_deadline_says_how_far_it_is(days, reason):
    assert next_actions(facts(deadlines=[deadline(7, days)])) == (
        Action(ActionKind.SEND_SUBMISSION, "Send “Low Water” to Harbour Shorts", reason, 7),
    )


def test_dates_that_are_past_or_far_are_left_out():
    found = facts(deadlines=[deadline(1, -1), deadline(2, 15)], certificates=[certificate(3, -1), certificate(4, 61)])

    assert next_actions(found) == ()


def test_what_is_due_first_is_advised_first():
    found = facts(deadlines=[deadline(1, 9), deadline(2, 3)], certificates=[certificate(3, 60), certificate(4, 0)])

    assert subjects(found) == [2, 4, 3]


def test_a_certificate_that_expires():
    assert next_actions(facts(certificates=[certificate(5, 45)])) == (
        Action(
            ActionKind.RENEW_CERTIFICATE,
            "Renew “First aid at work”",
            "The certificate expires in 45 days, on 24 May.",
            5,
        ),
    )


@pytest.mark.parametrize(
    ("skills", "what"),
    [
        ((SCHEDULING,), "scheduling"),
        ((SCHEDULING, BUDGETS), "budget tracking and scheduling"),
        ((RESEARCH, SCHEDULING, BUDGETS), "budget tracking, scheduling and research"),
    ],
)
def test_a_draft_that_holds_evidence_for_missing_skills(skills, what):
    first = next_actions(facts(held=[], drafts=[Draft(4, "Low Water", (*skills, 99))]))[0]

    assert first == Action(
        ActionKind.FINISH_DRAFT, "Finish “Low Water”", f"Evidence for {what} waits in it until it is completed.", 4
    )


def test_a_draft_with_many_skills_gives_their_number():
    titles = {skill: f"Skill {skill}" for skill in range(5)}
    found = facts(
        held=[], asked=[Asked(skill, 1, 1) for skill in titles], titles=titles, drafts=[Draft(4, "Low Water", (*titles,))]
    )

    assert next_actions(found)[0].reason == "Evidence for five skills waits in it until it is completed."


def test_a_draft_is_advised_for_missing_skills_only_and_the_fullest_first():
    held = [Held(SCHEDULING, 4, 3)]
    drafts = [Draft(1, "A", (SCHEDULING,)), Draft(2, "B", (RESEARCH,)), Draft(3, "C", (RESEARCH, BUDGETS))]

    assert subjects(facts(held, asked=ASKED, drafts=drafts[:2]))[0] == 2
    assert subjects(facts(held, asked=ASKED, drafts=drafts))[0] == 3
    assert next_actions(facts(drafts=drafts)) == ()


@pytest.mark.parametrize(
    ("total", "reason"),
    [
        (1, "It is completed and names no skill yet. Naming the skills you used lets it count."),
        (2, "It is one of two completed entries that name no skill yet. Naming the skills you used lets it count."),
        (9, "It is one of nine completed entries that name no skill yet. Naming the skills you used lets it count."),
    ],
)
def test_a_completed_entry_without_evidence(total, reason):
    found = facts(unproven=[Unproven(6, "Low Water")], unproven_total=total)

    assert next_actions(found) == (Action(ActionKind.ADD_EVIDENCE, "Add evidence to “Low Water”", reason, 6),)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (
            [Held(BUDGETS, 2, 4)],
            "Four pieces of practice so far. Your role asks for “On my own”: three pieces at that level would cover it.",
        ),
        (
            [Held(BUDGETS, 2, 1), Held(BUDGETS, 3, 2)],
            "One piece of practice so far. Your role asks for “On my own”: one more piece at that level would cover it.",
        ),
    ],
)
def test_enough_practice_below_the_level_is_taken_further(held, reason):
    assert next_actions(facts(held, asked=ASKED[:1])) == (
        Action(ActionKind.RAISE_LEVEL, "Take budget tracking further", reason, BUDGETS),
    )


@pytest.mark.parametrize(
    ("asked", "held", "title", "reason"),
    [
        (
            Asked(BUDGETS, 3, 3),
            [],
            "Find a first piece of budget tracking",
            "Essential for your role: 0 of 3 pieces so far. An idea, on your own: “Cost report you kept”.",
        ),
        (
            Asked(BUDGETS, 4, 3),
            [Held(BUDGETS, 4, 1), Held(BUDGETS, 1, 1)],
            "Find two more pieces of budget tracking",
            "Essential for your role: 1 of 3 pieces so far, with 1 piece of practice."
            " An idea, with you in the lead: “Cost report you kept”.",
        ),
        (
            Asked(SCHEDULING, 2, 2),
            [Held(SCHEDULING, 1, 1)],
            "Find a piece of scheduling that counts",
            "Important for your role: 0 of 2 pieces so far, with 1 piece of practice."
            " An idea, with guidance: “Shooting schedule you built”.",
        ),
        (
            Asked(SCHEDULING, 1, 2),
            [Held(SCHEDULING, 1, 1)],
            "Find one more piece of scheduling",
            "Important for your role: 1 of 2 pieces so far. An idea: “Shooting schedule you built”.",
        ),
        (Asked(RESEARCH, 1, 1), [], "Find a first piece of research", "Useful for your role: 0 of 1 piece so far."),
    ],
)
def test_a_missing_skill_comes_with_an_idea(asked, held, title, reason):
    assert next_actions(facts(held, asked=[asked])) == (Action(ActionKind.CLOSE_GAP, title, reason, asked.skill),)


def test_the_heaviest_skills_come_first_and_there_are_three_at_most():
    found = facts(held=[], asked=[*reversed(ASKED), Asked(4, 1, 1)], titles={**TITLES, 4: "Casting"})

    assert subjects(found) == [BUDGETS, SCHEDULING, RESEARCH]


def test_what_has_a_date_comes_first_then_what_is_nearly_done():
    found = facts(
        held=[],
        deadlines=[deadline(1, 2), deadline(2, 3)],
        drafts=[Draft(3, "A", (BUDGETS,)), Draft(4, "B", (BUDGETS,))],
        unproven=[Unproven(5, "C"), Unproven(6, "D")],
    )

    assert [(action.kind, action.subject) for action in next_actions(found)] == [
        ("send-submission", 1),
        ("finish-draft", 3),
        ("add-evidence", 5),
    ]


def test_each_kind_has_its_turn_before_another_repeats():
    held = [Held(RESEARCH, 1, 1), Held(BUDGETS, 2, 3)]
    asked = [*ASKED, Asked(4, 1, 1)]
    found = facts(held, asked=asked, titles={**TITLES, 4: "Casting"}, certificates=[certificate(8, 20)])

    assert kinds(found) == ["raise-level", "close-gap", "renew-certificate"]


def test_further_deadlines_give_way_to_further_gaps():
    deadlines = [deadline(1, 2), deadline(2, 3), deadline(3, 4)]

    assert kinds(facts(held=[Held(RESEARCH, 1, 1)], deadlines=deadlines)) == ["send-submission", "close-gap", "close-gap"]
    assert subjects(facts(deadlines=deadlines)) == [1, 2, 3]


def test_an_entry_that_is_both_due_and_a_draft_is_named_once():
    found = facts(
        held=[Held(SCHEDULING, 2, 2), Held(RESEARCH, 1, 1)], deadlines=[deadline(7, 2)], drafts=[Draft(7, "A", (BUDGETS,))]
    )

    assert kinds(found) == ["send-submission", "close-gap"]


def test_an_entry_and_a_skill_may_have_the_same_id():
    found = facts(held=[Held(SCHEDULING, 2, 2), Held(RESEARCH, 1, 1)], drafts=[Draft(BUDGETS, "A", (BUDGETS,))])

    assert [(action.subject, action.is_about_skill) for action in next_actions(found)] == [(BUDGETS, False), (BUDGETS, True)]


ids = st.integers(1, 5)
any_facts = st.builds(
    lambda asked, held, **others: Facts(gap(asked, held), titles={skill: f"Skill {skill}" for skill in range(1, 7)}, **others),
    asked=st.lists(st.builds(Asked, ids, st.integers(1, 4), st.integers(1, 3)), max_size=5, unique_by=lambda asked: asked.skill),
    held=st.lists(st.builds(Held, ids, st.integers(1, 4), st.integers(0, 3)), max_size=6),
    has_role=st.booleans(),
    has_entries=st.booleans(),
    ideas=st.dictionaries(ids, st.just("Something you made")),
    deadlines=st.lists(st.builds(deadline, ids, st.integers(-3, 20)), max_size=4),
    drafts=st.lists(st.builds(Draft, ids, st.just("Draft"), st.lists(st.integers(1, 9), max_size=4).map(tuple)), max_size=4),
    unproven=st.lists(st.builds(Unproven, ids, st.just("Done")), max_size=4),
    unproven_total=st.integers(0, 20),
    certificates=st.lists(st.builds(certificate, ids, st.integers(-3, 80)), max_size=4),
)


@given(any_facts)
def test_at_most_three_each_with_its_reason_in_order_and_no_subject_twice(found):
    actions = next_actions(found)

    order = [list(ActionKind).index(action.kind) for action in actions]
    subjects = [(action.is_about_skill, action.subject) for action in actions if action.subject is not None]
    assert len(actions) <= 3
    assert order == sorted(order)
    assert len({*subjects}) == len(subjects)
    assert all(action.title and action.reason.endswith((".", ".”")) for action in actions)


@given(any_facts)
def test_whoever_misses_something_is_told_something(found):
    told = bool(next_actions(found))

    assert told or (found.has_role and found.has_entries and not found.gap.missing and not found.unproven)


@given(any_facts)
def test_dates_drafts_and_entries_repeat_only_where_nothing_else_is_left(found):
    told = kinds(found)

    repeated = {kind for kind in told if told.count(kind) > 1 and kind in ("send-submission", "finish-draft", "add-evidence")}
    others = {each.skill for each in found.gap.missing}
    assert not repeated or len(others) <= sum(kind in ("close-gap", "raise-level") for kind in told)
