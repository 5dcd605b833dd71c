"""Reminders by email: the right day, once, only to those who asked, and a way out that works from the mail alone."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail, signing
from django.core.files.base import ContentFile
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from home.models import User
from portfolio import notifications
from portfolio.agenda import What
from portfolio.models import Attachment, Entry, Profile, Reminder
from tests import make
from tests.together import at_once

NOON = datetime(2026, 4, 11, 12, tzinfo=UTC)


@pytest.fixture
def ann(db):
    return opted_in()


def opted_in(**fields):
    made = make.member(**{name: fields.pop(name) for name in ("is_active",) if name in fields})
    wanted = {"time_zone": "Europe/London", "reminds_of_deadlines": True, "reminds_of_certificates": True, **fields}
    Profile.objects.create(owner=made, **wanted)
    return made


def festival(owner, deadline=date(2026, 4, 18), **fields):
    fields = {"title": "Low Water", "organisation": "Harbour Shorts", "state": "planned", **fields}
    return make.entry(owner, kind="festival", deadline_on=deadline, **fields)


def course(owner, expires=date(2026, 5, 11), **fields):
    return make.entry(owner, title="First aid", kind="cpd", certificate_expires=expires, **fields)


def run(now):
    """What a day's run at this moment sends: the subjects of its mails."""
    mail.outbox.clear()
    for due in list(notifications.due(now)):
        notifications.remind(entry=due.entry.pk, what=due.what, now=now)
    return [message.subject for message in mail.outbox]


def days_of_mail(first, count):
    """The subjects of the mails of each of so many days on which any went out."""
    found = {}
    for number in range(count):
        now = first + timedelta(days=number)
        if subjects := run(now):
            found[now.date()] = subjects
    return found


def test_a_deadline_is_told_seven_days_and_one_day_before(ann):
    festival(ann)

    assert days_of_mail(datetime(2026, 3, 20, 6, tzinfo=UTC), 40) == {
        date(2026, 4, 11): ["Harbour Shorts closes in 7 days"],
        date(2026, 4, 17): ["Harbour Shorts closes tomorrow"],
    }


def test_a_certificate_is_told_thirty_days_before(ann):
    course(ann)

    assert days_of_mail(datetime(2026, 4, 1, 6, tzinfo=UTC), 60) == {
        date(2026, 4, 11): ["Your certificate for First aid expires in 30 days"],
    }


def test_who_was_away_is_told_the_nearest_only(ann):
    festival(ann)
    course(ann)

    assert run(datetime(2026, 4, 18, 6, tzinfo=UTC)) == [
        "Harbour Shorts closes today",
        "Your certificate for First aid expires in 23 days",
    ]
    assert days_of_mail(datetime(2026, 4, 19, 6, tzinfo=UTC), 30) == {}


def test_a_second_run_on_the_same_day_sends_nothing(ann):
    festival(ann)

    assert [run(NOON), run(NOON)] == [["Harbour Shorts closes in 7 days"], []]


def test_a_deadline_that_moved_is_told_again(ann):
    entry = festival(ann)
    run(NOON)
    entry.deadline_on = date(2026, 4, 20)
    entry.save()

    assert days_of_mail(NOON, 12) == {
        date(2026, 4, 13): ["Harbour Shorts closes in 7 days"],
        date(2026, 4, 19): ["Harbour Shorts closes tomorrow"],
    }


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        # Midnight at the end of 18 April in Los Angeles is the morning of 19 April in London.
        (datetime(2026, 4, 11, 12, tzinfo=UTC), "Europe/London", []),
        (datetime(2026, 4, 12, 12, tzinfo=UTC), "Europe/London", ["Harbour Shorts closes in 7 days"]),
        (datetime(2026, 4, 11, 12, tzinfo=UTC), "America/Los_Angeles", ["Harbour Shorts closes in 7 days"]),
        # At UTC+14 it is 12 April already, and the deadline falls on the 19th; at UTC-11 it is still the 10th.
        (datetime(2026, 4, 11, 10, 30, tzinfo=UTC), "Pacific/Kiritimati", ["Harbour Shorts closes in 7 days"]),
        (datetime(2026, 4, 11, 10, 30, tzinfo=UTC), "Pacific/Pago_Pago", []),
        # Half an hour before it closes, and a minute after.
        (datetime(2026, 4, 19, 6, 30, tzinfo=UTC), "Europe/London", ["Harbour Shorts closes today"]),
        (datetime(2026, 4, 19, 7, 0, tzinfo=UTC), "Europe/London", []),
    ],
)
def test_days_are_counted_on_the_members_own_clock(db, now, zone, expected):
    festival(opted_in(time_zone=zone), deadline_time=time(23, 59), deadline_zone="America/Los_Angeles")

    assert run(now) == expected


def test_a_leap_day_and_the_change_of_clocks_lose_no_day(ann):
    festival(ann, date(2028, 3, 1), organisation="Leap")
    festival(ann, date(2028, 3, 27), organisation="Spring", deadline_time=time(0, 30), deadline_zone="Europe/London")
    festival(ann, date(2028, 10, 30), organisation="Autumn", deadline_time=time(0, 30), deadline_zone="Europe/London")

    assert days_of_mail(datetime(2028, 2, 20, 6, tzinfo=UTC), 60) == {
        date(2028, 2, 23): ["Leap closes in 7 days"],
        date(2028, 2, 29): ["Leap closes tomorrow"],
        date(2028, 3, 20): ["Spring closes in 7 days"],
        date(2028, 3, 26): ["Spring closes tomorrow"],
    }
    assert days_of_mail(datetime(2028, 10, 20, 6, tzinfo=UTC), 20) == {
        date(2028, 10, 23): ["Autumn closes in 7 days"],
        date(2028, 10, 29): ["Autumn closes tomorrow"],
    }


SILENT = {
    "a draft": lambda: festival(opted_in(), state="draft"),
    "in the bin": lambda: festival(opted_in(), deleted_at=NOON),
    "withdrawn": lambda: festival(opted_in(), submission_status="withdrawn", state="cancelled"),
    "sent": lambda: festival(opted_in(), submission_status="submitted", state="completed"),
    "an inactive member": lambda: festival(opted_in(is_active=False)),
    "somebody who did not ask": lambda: festival(opted_in(reminds_of_deadlines=False)),
    "somebody without settings": lambda: festival(make.member()),
    "a certificate nobody asked about": lambda: course(opted_in(reminds_of_certificates=False)),
    "a certificate in a draft": lambda: course(opted_in(), state="draft"),
    "a certificate of something cancelled": lambda: course(opted_in(), state="cancelled"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", SILENT)
def test_nothing_is_sent_for(case):
    SILENT[case]()

    assert days_of_mail(datetime(2026, 3, 20, 6, tzinfo=UTC), 60) == {}


def test_what_changes_while_a_task_waits_is_asked_again(ann):
    entry = festival(ann)
    due = list(notifications.due(NOON))
    Entry.objects.filter(pk=entry.pk).update(deleted_at=NOON)

    sent = [notifications.remind(entry=each.entry.pk, what=each.what, now=NOON) for each in due]

    assert (sent, mail.outbox, Reminder.objects.count()) == ([False], [], 0)


def test_the_mail_says_what_when_where_and_how_to_stop(settings, ann):
    settings.WAGTAILADMIN_BASE_URL = "https://guide.example.org"
    entry = festival(ann, deadline_time=time(23, 59), deadline_zone="UTC")
    run(NOON + timedelta(days=1))

    (message,) = mail.outbox
    token = notifications.stop_token(ann, What.DEADLINE)
    stop = f"https://guide.example.org/reminders/stop/{token}/"
    assert message.to == [ann.email]
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    assert (message.content_subtype, message.attachments) == ("plain", [])
    assert message.subject == "Harbour Shorts closes in 7 days"
    assert (
        message.body
        == f"""Harbour Shorts closes in 7 days.

Closes: Sunday 19 April 2026, 0.59 (London time)
You planned to send: Low Water

Your submission:
https://guide.example.org/me/entries/{entry.pk}/

Once you mark it as submitted, we stop reminding you of it.

--
You asked us to remind you of festival deadlines, 7 days and 1 day before.
Stop these reminders:
{stop}
"""
    )


HOSTILE = "Harbour\r\nBcc: everybody@example.org\r\n\r\n<b>Shorts</b> & co\x07\x1b[31m"


def test_a_hostile_title_stays_in_its_line(ann):
    festival(ann, organisation=HOSTILE, title=HOSTILE)
    run(NOON)

    (message,) = mail.outbox
    assert message.subject == "Harbour  Bcc: everybody@example.org    <b>Shorts</b> & co[31m closes in 7 days"
    assert message.recipients() == [ann.email]
    assert "Bcc" not in {name for name, _ in message.message().items()}
    assert re.findall(r"[\x00-\x09\x0b-\x1f]|&lt;|&amp;", message.body) == []


# Neither lost nor doubled


def test_a_refused_mail_is_sent_by_the_next_run(settings, ann):
    festival(ann)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1

    with pytest.raises(ConnectionRefusedError):
        run(NOON)
    assert Reminder.objects.count() == 0

    settings.EMAIL_BACKEND = working
    assert run(NOON + timedelta(hours=1)) == ["Harbour Shorts closes in 7 days"]


class BreaksWhileSending(EmailBackend):
    """A mail server that takes the call and then gives up."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


def test_a_server_that_gives_up_in_the_middle_leaves_no_row(settings, ann):
    festival(ann)
    settings.EMAIL_BACKEND = f"{__name__}.BreaksWhileSending"

    with pytest.raises(TimeoutError):
        run(NOON)

    assert Reminder.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_send_once():
    entry = festival(opted_in())

    sent = at_once(*[lambda: notifications.remind(entry=entry.pk, what=What.DEADLINE, now=NOON)] * 2)

    assert sorted(sent) == [False, True]
    assert (len(mail.outbox), Reminder.objects.count()) == (1, 1)


# The daily command


def test_the_command_sends_what_is_due_today(capsys, ann):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    festival(ann, tomorrow)

    call_command("daily")
    call_command("daily")

    assert [message.subject for message in mail.outbox] == ["Harbour Shorts closes tomorrow"]
    quiet = [
        "0 requests to confirm sent, 0 handed to the worker.",
        "0 messages to members passed on, 0 handed to the worker.",
        "0 invitations sent, 0 removed that were over.",
        "0 mails with news sent, 0 handed to the worker.",
        "0 entries deleted for good after 30 days in the bin.",
        "0 copies of a record removed after a day, 0 taken up again, 0 given up.",
        "0 erasures of an account taken up again.",
        "0 notes of who has looked removed after 365 days.",
        "0 files swept up that no entry holds.",
        "0 sign-ups removed that nobody confirmed in 7 days.",
        "0 reports of readers lost their words, 90 days after a decision or after a year.",
        "0 addresses of courses looked at.",
    ]
    first, second = "1 reminders sent, 0 handed to the worker.", "0 reminders sent, 0 handed to the worker."
    assert capsys.readouterr().out.splitlines() == [first, *quiet, second, *quiet]


def test_the_command_forgets_sign_ups_that_nobody_confirmed(ann):
    kept = make.member(date_joined=timezone.now() - timedelta(days=6))
    forgotten = make.member(date_joined=timezone.now() - timedelta(days=8))
    administrator = make.superuser()
    confirmed = make.member(date_joined=timezone.now() - timedelta(days=8))
    confirmed.emailaddress_set.create(email=confirmed.email, verified=True)

    call_command("daily")

    assert forgotten not in User.objects.all()
    assert {kept, confirmed, administrator} <= set(User.objects.all())


def test_the_command_says_when_the_mail_server_refuses(settings, capsys, ann):
    settings.EMAIL_BACKEND = f"{__name__}.BreaksWhileSending"
    festival(ann, datetime.now(UTC).date() + timedelta(days=1))

    call_command("daily")

    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "0 reminders sent, 0 handed to the worker."
    assert "1 reminders could not be sent. The next run tries them again." in said.err


@pytest.mark.django_db(transaction=True)
def test_the_command_empties_the_bin_after_thirty_days(capsys):
    ann, now = make.member(), datetime.now(UTC)
    old = make.entry(ann, title="Old", deleted_at=now - timedelta(days=30, minutes=1))
    make.entry(ann, title="Fresh", deleted_at=now - timedelta(days=29))
    make.entry(ann, title="Kept")
    file = Attachment(entry=old.entry_ptr, medium="pdf", name="a.pdf", content_type="application/pdf", size=4)
    file.file.save("a.pdf", ContentFile(b"%PDF"))

    call_command("daily")

    assert sorted(Entry.objects.values_list("title", flat=True)) == ["Fresh", "Kept"]
    assert not file.file.storage.exists(file.file.name)
    assert "1 entries deleted for good" in capsys.readouterr().out


# The way out


@pytest.fixture
def link(ann):
    return f"/reminders/stop/{notifications.stop_token(ann, What.DEADLINE)}/"


def switches():
    return list(Profile.objects.order_by("pk").values_list("reminds_of_deadlines", "reminds_of_certificates"))


def test_opening_the_link_changes_nothing(client, link):
    page = client.get(link)

    assert "Stop these reminders?" in page.content.decode()
    assert switches() == [(True, True)]
    assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_the_button_stops_this_sort_only_without_signing_in(client, ann, link):
    opted_in()

    page = client.post(link)

    assert "We send you no more reminders of festival deadlines." in page.content.decode()
    assert switches() == [(False, True), (True, True)]


def test_a_mail_program_stops_it_with_one_click(ann, link):
    Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

    assert switches() == [(False, True)]


def test_a_token_of_ours_for_something_else_is_no_token(client, ann, link):
    unknown = client.get("/no/such/page/").content
    forged = [
        link[:-3] + "xx/",
        "/reminders/stop/x/",
        f"/reminders/stop/{signing.Signer(salt='something.else').sign_object([ann.pk, 'deadline'])}/",
        f"/reminders/stop/{signing.Signer(salt=notifications.SALT).sign_object([0, 'deadline'])}/",
    ]

    assert [(client.post(each).status_code, client.get(each).content) for each in forged] == [(404, unknown)] * 4
    assert switches() == [(True, True)]
