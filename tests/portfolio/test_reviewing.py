"""Evidence review: a counsellor comments, asks for more and confirms, and never edits; the owner answers, settles and removes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from portfolio import reading
from portfolio.counselling import between, reviewing
from portfolio.models import AccessEvent, Connection, Endorsement, Entry, Feedback, Notice, Profile
from portfolio.scales import Visibility
from tests import make
from tests.test_query_budgets import statements
from tests.together import at_once

pytestmark = pytest.mark.django_db
MARKER = "Saltway-entry-58"


@pytest.fixture
def met():
    return make.connection(make.member(age_band="13-17"), make.counsellor(), student_name="Ngozi Farrell", organisation="Ashdown")


@pytest.fixture
def film(met):
    return shared(met, title=MARKER, description="What I did")


def shared(met, **fields):
    given = {"skills": [(make.skill(), 3)], "visibility": Visibility.COUNSELLOR, **fields}
    return Entry.objects.get(pk=make.entry(met.student, **given).pk)


@pytest.fixture
def desk(client, met):
    client.force_login(met.counsellor)
    return client


def place(met, film, piece=None):
    return f"/counselling/{met.pk}/entries/{film.pk}/review/" + (f"{piece.pk}/" if piece else "")


def confirm(desk, met, film, level):
    piece = film.evidence.get()
    return desk.post(place(met, film, piece), {f"piece-{piece.pk}-level": str(level)})


def news():
    return list(Notice.objects.values_list("owner", "what"))


def said(met, film, **fields):
    return reviewing.comment(connection=met.pk, entry=film.pk, **{"text": "Tell me more.", **fields})


# Commenting


def test_a_comment_stands_on_the_entry_for_its_owner(desk, met, film):
    piece = film.evidence.get()
    before = Entry.objects.filter(pk=film.pk).values().get()

    desk.post(place(met, film), {"text": "Whose budget\x00 was it?", "evidence": piece.pk, "asks_more": "on"})

    found = Feedback.objects.get()
    assert (found.text, found.evidence, found.asks_more, found.name) == ("Whose budget was it?", piece, True, "Robin Ash")
    assert (news(), Entry.objects.filter(pk=film.pk).values().get()) == ([(met.student_id, "feedback")], before)
    desk.force_login(met.student)
    page = desk.get(f"/me/entries/{film.pk}/").content.decode()
    assert "Whose budget was it?" in page
    assert "Asks for more" in page


def test_a_comment_sent_twice_is_there_once(met, film):
    assert said(met, film) == said(met, film)
    assert (Feedback.objects.count(), len(news())) == (1, 1)


def test_too_much_at_once_is_said_in_a_sentence(desk, met, film):
    for number in range(reviewing.MOST_WAITING):
        said(met, film, text=f"Point {number}")

    answer = desk.post(place(met, film), {"text": "One more"})

    assert (answer.status_code, Feedback.objects.count()) == (422, reviewing.MOST_WAITING)
    assert "One more" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"evidence": "999999"}, "evidence"),
        ({"evidence": "x"}, "evidence"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(desk, met, film, wrong, name):
    answer = desk.post(place(met, film), {"text": "Hello there", **wrong})

    assert (answer.status_code, list(answer.context["form"].errors), Feedback.objects.count()) == (422, [name], 0)


def test_a_piece_of_another_entry_cannot_be_commented_on(desk, met, film):
    other = shared(met, title="Another").evidence.get()

    assert desk.post(place(met, film), {"text": "Hello", "evidence": other.pk}).status_code == 422


def test_the_owner_answers_and_settles(client, met, film):
    found = said(met, film)
    client.force_login(met.student)
    address = f"/me/entries/{film.pk}/feedback/{found.pk}/"
    Notice.objects.all().delete()

    wrong = client.post(address, {"text": " "})
    for _ in range(2):
        client.post(address, {"text": "Mine alone."})
        client.post(address, {"do": "settle"})

    found.refresh_from_db()
    assert (wrong.status_code, found.reply, bool(found.settled_at)) == (422, "Mine alone.", True)
    assert news() == [(met.counsellor_id, "reply")] * 2


# Confirming


def test_a_counsellor_confirms_at_the_claim_or_below_under_18_too(desk, met, film):
    confirm(desk, met, film, 2)

    found = Endorsement.objects.get()
    assert (found.level, found.name, found.relation, found.endorser) == (2, "Robin Ash", "Counsellor, Ashdown", met.counsellor)
    assert news() == [(met.student_id, "endorsed")]
    assert [(held.level, held.pieces, held.verified) for held in reading.held(met.student_id)] == [(3, 1, 0), (2, 0, 1)]


def test_above_the_claim_nothing_is_confirmed(desk, met, film):
    answer = confirm(desk, met, film, 4)

    assert (answer.status_code, Endorsement.objects.count()) == (422, 0)
    assert "Choose the level that is claimed or one below it." in answer.content.decode()
    with pytest.raises(between.NotPossible, match="or one below it"):
        reviewing.endorse(connection=met.pk, entry=film.pk, evidence=film.evidence.get().pk, level=4)


@pytest.mark.parametrize("level", ["", "x", "0", "-1", "9" * 30, "2\x00"])
def test_a_level_that_is_none_is_refused(desk, met, film, level):
    assert (confirm(desk, met, film, level).status_code, Endorsement.objects.count()) == (422, 0)


def test_confirming_once_more_sets_the_one_confirmation(desk, met, film):
    for level in (2, 2, 3):
        confirm(desk, met, film, level)

    assert list(Endorsement.objects.values_list("level", flat=True)) == [3]
    assert len(news()) == 2


@pytest.mark.parametrize("state", ["planned", "under-way", "cancelled"])
def test_only_something_completed_is_confirmed(desk, met, state):
    plan = shared(met, state=state)

    page = desk.get(place(met, plan)).content.decode()
    confirm(desk, met, plan, 2)

    assert ("Confirm it" in page, Endorsement.objects.count()) == (False, 0)


def test_taking_back_removes_it_and_tells_the_student_why(desk, met, film):
    confirm(desk, met, film, 2)
    piece = film.evidence.get()

    for _ in range(2):
        desk.post(place(met, film, piece), {"do": "take-back", "why": "I mixed you up."})

    assert Endorsement.objects.count() == 0
    assert [each.text for each in Feedback.objects.all()] == [f"I take back what I confirmed of {piece.skill}. I mixed you up."]


def test_a_claim_raised_later_is_verified_no_higher(desk, met, film):
    confirm(desk, met, film, 3)
    film.evidence.update(level=4)

    assert [(held.level, held.pieces, held.verified) for held in reading.held(met.student_id)] == [(4, 1, 0), (3, 0, 1)]


def test_the_owner_reads_and_removes_it_as_any_other(client, met, film):
    client.force_login(met.counsellor)
    confirm(client, met, film, 2)
    client.force_login(met.student)
    page = client.get(f"/me/entries/{film.pk}/").content.decode()

    client.post(f"/me/entries/{film.pk}/endorsements/{Endorsement.objects.get().pk}/remove/", {"do": "one"})

    assert "Counsellor, Ashdown" in page
    assert Endorsement.objects.count() == 0


def test_after_the_end_what_was_confirmed_and_said_stays_with_the_student(client, met, film):
    client.force_login(met.counsellor)
    confirm(client, met, film, 2)
    said(met, film, text="Well done on the river.")
    Connection.objects.filter(pk=met.pk).update(ended_at=timezone.now(), ended_by="student")
    closed = client.get(place(met, film))
    client.force_login(met.student)

    page = client.get(f"/me/entries/{film.pk}/").content.decode()

    assert closed.status_code == 404
    assert ("Well done on the river." in page, "Counsellor, Ashdown" in page) == (True, True)


# Who sees it


def hide(state, met, film):
    now, links, entries = timezone.now(), Connection.objects.filter(pk=met.pk), Entry.objects.filter(pk=film.pk)
    match state:
        case "not granted":
            links.update(granted_at=None)
        case "no entries":
            links.update(shares_entries=False)
        case "expired":
            links.update(ends_at=now - timedelta(seconds=1))
        case "ended":
            links.update(ended_at=now)
        case "account closed":
            type(met.student).objects.filter(pk=met.student_id).update(is_active=False)
        case "no counsellor any more":
            Group.objects.get(name="Counsellors").user_set.clear()
        case "entry for nobody":
            entries.update(visibility=Visibility.ME)
        case "draft":
            entries.update(state="draft")
        case "suspended":
            entries.update(suspended_at=now)
        case "in the bin":
            entries.bin()
        case "portfolio for nobody":
            Profile.objects.filter(owner=met.student).update(visibility=Visibility.ME)


STATES = """not granted;no entries;expired;ended;account closed;no counsellor any more
entry for nobody;draft;suspended;in the bin;portfolio for nobody""".replace("\n", ";").split(";")


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_open_is_neither_shown_nor_written_to(desk, met, film, state):
    piece = film.evidence.get()
    hide(state, met, film)

    answers = [
        desk.get(place(met, film)),
        desk.post(place(met, film), {"text": "Hello"}),
        confirm(desk, met, film, 2),
        desk.post(place(met, film, piece), {"do": "take-back"}),
    ]

    assert [(answer.status_code, MARKER in answer.content.decode()) for answer in answers] == [(404, False)] * 4
    assert (Feedback.objects.count(), Endorsement.objects.count(), news()) == (0, 0, [])
    assert AccessEvent.objects.count() == 0
    for verb, more in ((reviewing.comment, {"text": "x"}), (reviewing.endorse, {"evidence": piece.pk, "level": 1})):
        with pytest.raises(between.Closed):
            verb(connection=met.pk, entry=film.pk, **more)


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("account closed", "in the bin")])
def test_an_answer_is_told_to_nobody_who_does_not_see_the_entry(met, film, state):
    found = said(met, film)
    Notice.objects.all().delete()
    hide(state, met, film)

    reviewing.reply(owner=met.student, feedback=found.pk, text="Mine alone.")

    assert news() == []


def test_another_students_entry_is_not_there(desk, met, film):
    other = make.connection(make.member(), make.counsellor("Sam Oakes"))
    theirs = shared(other, title=MARKER)

    assert desk.get(place(met, theirs)).status_code == 404
    assert desk.post(place(met, theirs), {"text": "Hello"}).status_code == 404


def test_hidden_and_unknown_are_told_in_the_same_words(desk, met, film):
    Entry.objects.filter(pk=film.pk).update(visibility=Visibility.ME)

    hidden, unknown = desk.get(place(met, film)), desk.get(f"/counselling/{met.pk}/entries/99999999/review/")

    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_nobody_else_answers_for_the_owner(client, met, film):
    found = said(met, film)
    for who in (met.counsellor, make.member(), make.superuser()):
        client.force_login(who)
        for method in (client.get, client.post):
            assert method(f"/me/entries/{film.pk}/feedback/{found.pk}/", {"do": "settle"}).status_code == 404

    found.refresh_from_db()
    assert found.settled_at is None


def test_what_is_kept_from_everybody_is_kept_from_the_counsellor(desk, met):
    film = shared(met, reflection=MARKER)
    Entry.objects.filter(pk=film.pk).update(reflection=MARKER)

    assert MARKER not in desk.get(place(met, film)).content.decode()


def test_a_look_is_on_the_students_record(desk, met, film):
    desk.get(place(met, film))

    assert list(AccessEvent.objects.values_list("what", "part")) == [("desk", "Review of an entry")]


# What it costs


@pytest.mark.parametrize(("who", "budget"), [("counsellor", 13), ("student", 10)])
def test_a_page_costs_the_same_with_one_piece_and_with_thirty(client, who, budget):
    found = {}
    for number in (1, 30):
        met = make.connection(make.member(), make.counsellor())
        film = shared(met, skills=[(make.skill(f"Skill {count}"), 3) for count in range(number)])
        for piece in film.evidence.all():
            reviewing.settle(owner=met.student, feedback=said(met, film, evidence=piece.pk, text=f"About {piece.pk}").pk)
            reviewing.endorse(connection=met.pk, entry=film.pk, evidence=piece.pk, level=2)
        client.force_login(getattr(met, who))
        address = place(met, film) if who == "counsellor" else f"/me/entries/{film.pk}/"
        client.get(address)
        found[number] = len(statements(client, address))

    assert found == {1: budget, 30: budget}


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_windows_make_one_confirmation(met, film):
    piece = film.evidence.get()

    def endorse(level):
        return lambda: reviewing.endorse(connection=met.pk, entry=film.pk, evidence=piece.pk, level=level)

    at_once(endorse(1), endorse(2))

    assert Endorsement.objects.count() == 1
