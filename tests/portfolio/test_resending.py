"""Mails about reports, decisions and answers that the mail server refused go out with the next day's run, each once."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from portfolio import resending, tasks, tokens
from portfolio.models import EndorsementRequest, Profile, Report
from tests import make

pytestmark = pytest.mark.django_db


class BreaksWhileSending(EmailBackend):
    """A mail server that takes the call and then gives up."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


class TakesOne(EmailBackend):
    """A mail server that takes the first mail and no other."""

    def send_messages(self, messages):
        if mail.outbox:
            raise TimeoutError("timed out")
        return super().send_messages(messages)


@pytest.fixture
def report():
    for name in ("one", "two", "three"):
        make.user("Moderators", email=f"{name}@example.org")
    ann = make.member(email="ann@example.org")
    Profile.objects.create(owner=ann, display_name="Ann Vale")
    return Report.objects.create(owner=ann, ground="rights", email="reporter@example.org")


@pytest.fixture
def answered(report):
    entry = make.entry(report.owner)
    now = timezone.now()
    fields = {"nonce": tokens.new(), "expires_at": now, "answered_at": now, "state": "confirmed"}
    return EndorsementRequest.objects.create(entry=entry.entry_ptr, name="Bo", email="bo@example.org", **fields)


def refuse(settings, how=BreaksWhileSending):
    settings.EMAIL_BACKEND = f"{__name__}.{how.__name__}"


def take(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def told():
    """Whom the mails since the last time went to."""
    found = [each.to[0] for each in mail.outbox]
    mail.outbox.clear()
    return found


MODERATORS = ["one@example.org", "two@example.org", "three@example.org"]


def decide(report):
    Report.objects.filter(pk=report.pk).update(verdict="upheld", decision="Not theirs.", decided_at=timezone.now())


def test_a_refused_report_decision_and_answer_are_told_by_the_next_run(settings, capsys, report, answered):
    refuse(settings)
    tasks.tell_moderators.call(report.pk)
    tasks.tell_owner.call(answered.pk)
    call_command("daily")
    failed = capsys.readouterr().err
    cache.delete_many([f"{resending.mark(*each)}:tried" for each in resending.waiting(timezone.now())])
    take(settings)

    runs = []
    for _ in range(2):
        call_command("daily")
        runs.append(told())

    assert "2 mails about reports and answers could not be sent. The next run tries them again." in failed
    assert runs == [[*MODERATORS, "ann@example.org"], []]
    assert capsys.readouterr().err == ""


def test_a_refused_decision_is_told_to_owner_and_reporter(settings, report):
    decide(report)
    refuse(settings)
    tasks.tell_decision.call(report.pk)
    take(settings)

    call_command("daily")

    assert told() == ["ann@example.org", "reporter@example.org"]


def test_who_had_the_mail_gets_no_second_one(settings, report):
    refuse(settings, TakesOne)
    tasks.tell_moderators.call(report.pk)
    first = told()
    take(settings)

    call_command("daily")

    assert (first, told()) == (MODERATORS[:1], MODERATORS[1:])


def test_of_two_runs_one_tries_again(settings, report):
    refuse(settings)
    tasks.tell_moderators.call(report.pk)

    assert [resending.claim("report", report.pk), resending.claim("report", report.pk)] == [True, False]


def test_a_report_that_was_decided_since_is_not_told_to_moderators(settings, report):
    refuse(settings)
    tasks.tell_moderators.call(report.pk)
    take(settings)
    decide(report)

    call_command("daily")

    assert told() == []


def test_what_is_remembered_names_nobody(settings, report):
    refuse(settings, TakesOne)
    tasks.tell_moderators.call(report.pk)

    kept = cache.get(resending.mark("report", report.pk))
    assert (len(kept), "example" in str(kept)) == (1, False)


def test_without_a_cache_a_refusal_stops_nothing(settings, tmp_path, report):
    nowhere = tmp_path / "a-file"
    nowhere.write_text("")
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": nowhere / "x"}
    settings.CACHES = {**settings.CACHES, "default": files}
    refuse(settings)

    assert tasks.tell_moderators.call(report.pk) == 0
    assert resending.waiting(timezone.now()) == []
