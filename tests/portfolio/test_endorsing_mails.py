"""Requests that the mail server refused, and what goes with the entry."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from portfolio import asking, endorsing_mails
from portfolio.models import (
    Endorsement,
    EndorsementRequest,
)
from portfolio.scales import Asking
from tests.together import at_once

from .endorsed import DEAD, ask, confirmed, member, owner_becomes, text, worked


@pytest.fixture
def ann(db):
    return member()


# When the mail server refuses


class Refuses(EmailBackend):
    def send_messages(self, messages):
        raise TimeoutError("timed out, bo@example.org")


def test_a_refused_mail_is_told_kept_and_sent_by_the_next_run(
    settings, client, caplog, capsys, ann, django_capture_on_commit_callbacks
):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refuses"
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(worked(ann))
    client.force_login(ann)

    shown = text(client.get(f"/me/entries/{asked.entry_id}/endorsements/"))
    call_command("daily")
    refused = capsys.readouterr()
    settings.EMAIL_BACKEND = working
    call_command("daily")
    call_command("daily")

    assert "Not sent yet; we try again" in shown
    assert "1 requests to confirm could not be sent. The next run tries them again." in refused.err
    assert "1 requests to confirm sent" in capsys.readouterr().out
    assert [message.to for message in mail.outbox] == [["bo@example.org"]]
    assert "bo@example.org" not in caplog.text


def test_what_is_asked_no_more_is_sent_no_more(ann):
    for number, case in enumerate(DEAD):
        if "erased" not in case:
            asked = ask(worked(ann), email=f"person{number}@example.org")
            DEAD[case](EndorsementRequest.objects.select_related("entry__owner").get(pk=asked.pk))
            assert endorsing_mails.send(asked=asked.pk, now=timezone.now()) is False
            owner_becomes(is_active=True, age_band="18+")(asked)

    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_send_one_mail():
    asked = ask(worked(member()))
    mail.outbox.clear()
    EndorsementRequest.objects.update(sent_at=None)

    sent = at_once(*[lambda: endorsing_mails.send(asked=asked.pk, now=timezone.now())] * 2)

    assert (sorted(sent), len(mail.outbox)) == ([False, True], 1)


def test_everything_goes_with_the_entry(ann):
    asked = confirmed(ann)

    asked.entry.delete()

    assert (EndorsementRequest.objects.count(), Endorsement.objects.count()) == (0, 0)


def test_states_that_were_answered_are_those_that_stay_open():
    assert set(asking.ANSWERED) == set(Asking) - {Asking.OPEN, Asking.WITHDRAWN}
