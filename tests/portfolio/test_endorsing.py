"""Somebody who was there answers a request to confirm, and either side takes it back."""

from datetime import timedelta
from threading import Thread
from time import monotonic

import pytest
from django.core import mail
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from portfolio import asking, endorsing
from portfolio.models import (
    Endorsement,
    EndorsementRequest,
    Entry,
    Evidence,
)
from tests import make
from tests.together import outcomes

from .endorsed import answer, ask, confirmed, member, page, said, states, text, worked


@pytest.fixture
def ann(db):
    return member()


# Answering


@pytest.mark.parametrize("level", ["4", "5", "-1", "99999999999999999999", "x", "3\x00", "1.5"])
def test_nothing_is_confirmed_above_the_claim(client, ann, level):
    entry = worked(ann, 3, 2)
    asked = ask(entry)

    found = client.post(page(asked), answer(entry, level, "2", quote="Kept words"))

    assert (found.status_code, said(), states()) == (422, [], ["open"])
    assert "Choose the level that is claimed or one below it." in text(found)
    assert "Kept words" in text(found)


def test_the_service_confirms_nothing_above_the_claim_either(ann):
    entry = worked(ann, 2)
    asked = ask(entry)
    piece = entry.evidence.get()

    endorsing.confirm(asked=asked.pk, seen=asking.claim_of(asked.entry).mark, levels={piece.pk: 4, piece.pk + 9: 4})

    assert said() == [("Bo Larsen", "Line producer", "budgeting", 2, "")]


def test_what_was_answered_once_is_not_answered_again(ann):
    asked = confirmed(ann, 3)
    seen, piece = asking.claim_of(asked.entry).mark, asked.entry.evidence.get().pk

    with pytest.raises(endorsing.Answered):
        endorsing.confirm(asked=asked.pk, seen=seen, levels={piece: 1})
    with pytest.raises(endorsing.Answered):
        endorsing.decline(asked=asked.pk)

    assert (len(said()), states()) == (1, ["confirmed"])


def test_the_service_confirms_nothing_that_was_not_seen(ann):
    entry = worked(ann)
    asked = ask(entry)
    seen = asking.claim_of(asked.entry).mark
    Entry.objects.filter(pk=entry.pk).update(organisation="Another house")

    with pytest.raises(endorsing.Changed):
        endorsing.confirm(asked=asked.pk, seen=seen, levels={entry.evidence.get().pk: 3})

    assert (said(), states()) == ([], ["open"])


def test_saying_nothing_of_any_skill_is_no_confirmation(client, ann):
    entry = worked(ann, 3, 2)
    asked = ask(entry)

    found = client.post(page(asked), answer(entry, "", ""))

    assert (found.status_code, said(), states()) == (422, [], ["open"])
    assert "Choose a level for at least one skill, or decline." in text(found)


def test_words_too_long_are_refused_with_everything_kept(client, ann):
    entry = worked(ann)
    asked = ask(entry)

    found = client.post(page(asked), answer(entry, "3", quote="x" * 401))
    huge = client.post(page(asked, "decline/"), {"reason": "x" * 100_000})

    assert (found.status_code, huge.status_code, said(), states()) == (422, 422, [], ["open"])
    assert "x" * 401 in found.content.decode()


def test_pressed_twice_and_in_two_tabs_it_is_said_once(client, ann):
    entry = worked(ann, 3, 2)
    asked = ask(entry)
    body = answer(entry, "3", "2")

    answers = [client.post(page(asked), body), client.post(page(asked), {**body, "quote": "Other words"})]
    answers.append(client.post(page(asked, "decline/"), {"reason": "No"}))

    assert [each.headers["Location"] for each in answers] == [page(asked)] * 3
    assert (len(said()), states()) == (2, ["confirmed"])


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Evidence.objects.filter(entry=entry.pk, skill__slug="scheduling").delete(),
        lambda entry: Evidence.objects.filter(entry=entry.pk, skill__slug="budgeting").update(level=4),
        lambda entry: Evidence.objects.filter(entry=entry.pk, skill__slug="budgeting").update(level=1),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(role="Producer"),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(title="High Water"),
    ],
)
def test_an_entry_edited_meanwhile_is_shown_again_before_anything_is_confirmed(client, ann, change):
    entry = worked(ann, 3, 2)
    asked = ask(entry)
    body = answer(entry, "1", "2", quote="Kept words")
    change(entry)

    found = client.post(page(asked), body)

    assert (found.status_code, said(), states()) == (409, [], ["open"])
    assert "The entry was changed while you had this page open" in text(found)
    assert "Kept words" in text(found)
    assert [field.value() for field in found.context["form"].pieces][0] == "1"
    client.post(page(asked), answer(entry, "1", "2"))
    assert len(said()) == Evidence.objects.count()


def test_what_stays_private_in_an_edit_stops_nobody(client, ann):
    entry = worked(ann)
    asked = ask(entry)
    body = answer(entry, "3")
    Entry.objects.filter(pk=entry.pk).update(reflection="New thoughts", visibility=4, version=9)

    client.post(page(asked), body)

    assert len(said()) == 1


def test_an_entry_edited_later_keeps_what_was_confirmed_no_higher_than_it_was(client, ann):
    entry = worked(ann, 2)
    asked = ask(entry)
    client.post(page(asked), answer(entry, "2"))
    Evidence.objects.update(level=4)
    client.force_login(ann)

    assert "Confirmed by Bo Larsen: with guidance" in text(client.get(f"/me/entries/{entry.pk}/"))


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_make_one():
    entry = worked(member(), 3, 2)
    asked = ask(entry)
    seen, pieces = asking.claim_of(asked.entry).mark, list(entry.evidence.values_list("pk", flat=True))
    said_twice = {"asked": asked.pk, "seen": seen, "levels": dict.fromkeys(pieces, 2)}

    assert outcomes(*[lambda: endorsing.confirm(**said_twice)] * 2) == ["Answered", "done"]
    assert (len(said()), states()) == (2, ["confirmed"])


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_withdrawal_at_the_same_moment_leave_one_of_them():
    owner = member()
    entry = worked(owner)
    asked = ask(entry)
    seen, piece = asking.claim_of(asked.entry).mark, entry.evidence.get().pk

    came_to = outcomes(
        lambda: endorsing.confirm(asked=asked.pk, seen=seen, levels={piece: 3}),
        lambda: endorsing.withdraw(owner=owner, asked=asked.pk),
    )

    assert came_to in (["NotPossible", "done"], ["Gone", "done"])
    assert (len(said()), states()) in [(1, ["confirmed"]), (0, ["withdrawn"])]


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_that_waits_for_an_answer_finds_it_given():
    owner = member()
    entry = worked(owner)
    asked = ask(entry)
    outcomes = []

    def withdraw():
        try:
            endorsing.withdraw(owner=owner, asked=asked.pk)
        except (endorsing.NotPossible, OperationalError):
            outcomes.append("too late")
        finally:
            connections.close_all()

    tab = Thread(target=withdraw)
    with transaction.atomic():
        endorsing.confirm(asked=asked.pk, seen=asking.claim_of(asked.entry).mark, levels={entry.evidence.get().pk: 3})
        tab.start()
        wait_until_held()
    tab.join()

    assert (outcomes, len(said()), states()) == (["too late"], 1, ["confirmed"])


def wait_until_held():
    """Until another transaction stands behind this one; SQLite lets it not even begin."""
    if connection.vendor != "postgresql":
        return
    deadline = monotonic() + 20
    with connection.cursor() as cursor:
        while monotonic() < deadline:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited")


# The owner's side


def test_a_request_taken_back_opens_nothing_and_writes_nothing(client, ann):
    entry = worked(ann)
    asked = ask(entry)
    body = answer(entry, "3")
    client.force_login(ann)
    client.post(f"/me/entries/{entry.pk}/endorsements/asked/{asked.pk}/", {"do": "withdraw"})
    client.logout()

    assert (client.get(page(asked)).status_code, client.post(page(asked), body).status_code) == (404, 404)
    assert (said(), states()) == ([], ["withdrawn"])


def test_a_request_is_sent_again_once_a_day(client, ann, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(worked(ann))
    client.force_login(ann)
    address = f"/me/entries/{asked.entry_id}/endorsements/asked/{asked.pk}/"

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"do": "again"})
    soon = len(mail.outbox)
    EndorsementRequest.objects.update(sent_at=timezone.now() - timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"do": "again"})
        client.post(address, {"do": "again"})

    assert (soon, len(mail.outbox)) == (1, 2)
    assert mail.outbox[0].body == mail.outbox[1].body


@pytest.mark.parametrize("do", ["withdraw", "again", "", "x\x00"])
def test_nobody_elses_requests_can_be_touched(client, ann, do):
    asked = ask(worked(ann))
    other = worked(make.member())
    client.force_login(other.owner)

    mine = client.post(f"/me/entries/{other.pk}/endorsements/asked/{asked.pk}/", {"do": do})
    theirs = client.post(f"/me/entries/{asked.entry_id}/endorsements/asked/{asked.pk}/", {"do": do})

    assert (mine.status_code, theirs.status_code, states()) == (404, 404, ["open"])
    with pytest.raises(endorsing.NotPossible):
        endorsing.withdraw(owner=other.owner, asked=asked.pk)


def test_the_owner_removes_one_piece_or_all_and_is_asked_first(client, ann):
    asked = confirmed(ann, 3, 2, 1)
    first = Endorsement.objects.order_by("pk").first()
    client.force_login(ann)
    address = f"/me/entries/{asked.entry_id}/endorsements/{{}}/remove/"

    asks = client.get(address.format(first.pk))
    untouched = len(said())
    client.post(address.format(first.pk), {"do": "one"})
    left = len(said())
    client.post(address.format(Endorsement.objects.first().pk), {"do": "whole"})

    assert "Remove all 3 they confirmed" in text(asks)
    assert (untouched, left, said(), states()) == (3, 2, [], ["withdrawn"])
    client.logout()
    assert client.get(page(asked)).status_code == 404


def test_nobody_else_removes_what_was_confirmed(client, ann):
    asked = confirmed(ann)
    piece = Endorsement.objects.get()
    other = worked(make.member())
    client.force_login(other.owner)

    answers = [
        client.post(f"/me/entries/{entry}/endorsements/{piece.pk}/remove/", {"do": "whole"}).status_code
        for entry in (asked.entry_id, other.pk)
    ]

    assert (answers, endorsing.remove(owner=other.owner, endorsement=piece.pk), len(said())) == ([404, 404], 0, 1)


def test_removing_one_confirmation_leaves_those_of_others(ann):
    entry = worked(ann)
    first = confirmed(ann)
    piece = Evidence.objects.get(entry=first.entry_id)
    Endorsement.objects.create(evidence=piece, name="Bo Larsen", relation="Line producer", level=1)
    Endorsement.objects.create(evidence=entry.evidence.get(), name="Bo Larsen", relation="Line producer", level=1)

    endorsing.remove(owner=ann, endorsement=Endorsement.objects.get(request=first).pk, is_whole=True)

    assert Endorsement.objects.count() == 2
