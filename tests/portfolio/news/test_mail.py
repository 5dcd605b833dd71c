"""News of counselling by mail: one mail a day, nothing private in it, and told once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.views import serve

from portfolio.counselling import digest, news, saying
from portfolio.leaving import erasing
from portfolio.models import ActionPlan, Counsellor, Notice, Profile
from portfolio.scales import News, Scope, Side
from tests import make
from tests.together import at_once

from .posting import BETWEEN, NOON, PRIVATE, change, close, end, meeting, notice, sent, student, to_counsellor


@pytest.mark.django_db(transaction=True)
def test_the_first_news_of_a_day_goes_at_once_and_the_rest_waits():
    met = make.connection(student(), make.counsellor())

    for what in (News.STEP, News.STEP, News.MEETING):
        news.tell(owner=met.student, what=what, connection=met)

    assert [message.subject for message in mail.outbox] == ["Robin Ash recommended something"]
    assert Notice.objects.filter(sent_at=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_news_of_a_transaction_that_fails_is_no_news():
    met = make.connection(student(), make.counsellor())

    with transaction.atomic():
        news.tell(owner=met.student, what=News.STEP, connection=met)
        transaction.set_rollback(True)

    assert (mail.outbox, Notice.objects.count()) == ([], 0)


def test_what_waited_goes_together_the_next_day(ann, met):
    notice(met, News.STEP)
    first = sent(ann)
    for what in (News.STEP, News.STEP, News.MEETING):
        notice(met, what)

    assert first == ("Robin Ash recommended something", ["Robin Ash recommended something."])
    assert sent(ann, NOON + timedelta(hours=22)) is None
    assert sent(ann, NOON + timedelta(days=1)) == (
        "Robin Ash recommended 2 things, and one more thing",
        ["Robin Ash recommended 2 things.", "Robin Ash set or changed a meeting."],
    )
    assert sent(ann, NOON + timedelta(days=2)) is None


def test_a_counsellor_is_told_of_each_student_in_a_line(ann, met):
    other = make.connection(student(), met.counsellor, student_name="Bo Vane", **BETWEEN)
    for between in (met, other, met):
        to_counsellor(between, News.ANSWER)

    assert sent(met.counsellor) == (
        "Ann Lee answered 2 recommendations, and one more thing",
        ["Ann Lee answered 2 recommendations.", "Bo Vane answered a recommendation."],
    )


def test_nobody_is_told_for_a_counsellor_whose_account_is_gone(met):
    assert news.tell(owner=None, what=News.ANSWER, connection=met) is None
    assert Notice.objects.count() == 0


def test_every_kind_of_news_has_words_and_a_place_on_both_sides():
    kinds = [what for what in News if what != News.DUE]
    told = [saying.tell(side, what, who, count, 7) for side in Side for what in kinds for who in ("Ann", "") for count in (1, 3)]

    assert [each for each in told if re.search(r"[{}]|\.$", each.sentence + each.place)] == []
    assert [each for each in told if each.sentence[0].islower()] == []
    assert {each.place[0] + each.place[-1] for each in told} == {"//"}


def test_every_place_of_a_mail_is_a_page_of_the_site():
    kinds = [what for what in News if what != News.DUE]
    places = {saying.tell(side, what, "Ann", 1, 7).place for side in Side for what in kinds} | {saying.OWN_PLAN.place}

    assert [place for place in places if not is_page(place)] == []


def is_page(place):
    try:
        return resolve(place).func is not serve
    except Resolver404:
        return False


# What the mail says, and what it does not


def test_the_mail_says_it_as_text_and_as_html_with_the_way_out(settings, ann, met):
    settings.WAGTAILADMIN_BASE_URL = "https://guide.example.org"
    notice(met, News.STEP)
    sent(ann)

    (message,) = mail.outbox
    stop = f"https://guide.example.org/counselling-mail/stop/{digest.stop_token(ann, {Side.STUDENT})}/"
    assert (message.to, message.reply_to) == ([ann.email], [])
    assert message.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert (
        message.body
        == f"""Robin Ash recommended something.
https://guide.example.org/me/steps/

--
You get one such mail a day at most, and none when there is nothing new.
Stop these mails:
{stop}
"""
    )
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert re.findall(r"<(?:img|script|link|iframe|form)|src=|url\(|@import", html) == []
    assert {*re.findall(r'href="([^"]+)"', html)} == {"https://guide.example.org/me/steps/", stop}


def test_what_was_written_stands_in_no_mail(ann, met):
    make.step(
        met, title=PRIVATE, note=PRIVATE, reason=PRIVATE, due_on=NOON.date(), state="accepted", sent_at=NOON - timedelta(days=30)
    )
    plan = ActionPlan.objects.create(connection=met, title=PRIVATE, state="live", review_on=NOON.date(), answer=PRIVATE)
    ActionPlan.objects.filter(pk=plan.pk).update(made_at=NOON - timedelta(days=30))
    meeting(met, NOON + timedelta(hours=20), place=PRIVATE, summary=PRIVATE, note=PRIVATE)
    for what in News:
        notice(met, what)
        to_counsellor(met, what)

    told = [sent(ann), sent(met.counsellor)]
    assert [len(each[1]) for each in told] == [14, 14]
    assert PRIVATE not in str(told)


@pytest.mark.django_db
@pytest.mark.parametrize("age_band", ["13-17", ""])
def test_under_18_a_mail_says_only_that_there_is_news(age_band):
    minor = student(age_band=age_band)
    met = make.connection(minor, make.counsellor(), student_name="Young Person", **BETWEEN)
    for what in News:
        notice(met, what)
    to_counsellor(met, News.ANSWER)

    assert sent(minor) == ("There is news from your counsellor", ["There is news from your counsellor."])
    assert "/me/counsellors/\n" in mail.outbox[0].body
    assert sent(met.counsellor) == ("A student answered a recommendation", ["A student answered a recommendation."])


HOSTILE = "Robin\r\nBcc: everybody@example.org\r\n\r\n<b>Ash</b> & co\x07\x1b[31m {count}"


def test_a_hostile_name_stays_in_its_line(ann, met):
    met.counsellor_name = HOSTILE
    met.save()
    notice(met, News.STEP)
    meeting(met, NOON + timedelta(hours=20))
    notice(met, News.DUE)
    sent(ann)

    (message,) = mail.outbox
    assert message.recipients() == [ann.email]
    assert "Bcc" not in {name for name, _ in message.message().items()}
    assert message.subject.startswith("Robin Bcc: everybody@example.org <b>Ash</b> & co[31m {count} recommended something")
    html = message.alternatives[0][0]
    assert "<b>" not in html
    assert "&lt;b&gt;Ash&lt;/b&gt; &amp; co" in html
    assert re.findall(r"[\x00-\x09\x0b-\x1f]|&lt;|&amp;", message.body) == []


# What is not told any more


GONE = {
    "ended": lambda met: end(met),
    "over": lambda met: change(met, ends_at=NOON - timedelta(minutes=1)),
    "the student's account closed": lambda met: close(met.student),
    "not a counsellor any more": lambda met: met.counsellor.groups.clear(),
}


@pytest.mark.parametrize("case", GONE)
def test_news_of_a_connection_that_is_over_is_dropped(met, case):
    notice(met, News.STEP)
    to_counsellor(met, News.CHANGED)
    GONE[case](met)

    assert [sent(met.student), sent(met.counsellor), Notice.objects.count()] == [None, None, 0]


def test_of_a_connection_that_ended_only_the_end_is_told_and_not_who_it_was(ann, met):
    other = make.connection(student(), met.counsellor, student_name="Bo Vane", **BETWEEN)
    for between in (met, other):
        to_counsellor(between, News.ANSWER)
        to_counsellor(between, News.ENDED)
        end(between)
    notice(met, News.STEP)
    notice(met, News.ENDED)

    assert sent(met.counsellor) == (
        "2 students ended what they shared with you",
        ["2 students ended what they shared with you."],
    )
    assert sent(ann)[1] == ["Robin Ash is no longer your counsellor and sees nothing of yours."]


def test_a_request_that_waits_is_told_to_the_counsellor(ann):
    asked = make.connection(ann, make.counsellor(), (), student_name="Ann Lee", granted_at=None, ends_at=None)
    to_counsellor(asked, News.ASKED)

    assert sent(asked.counsellor)[1] == ["Ann Lee asks for your help."]


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((Scope.PROFILE,), ["Ann Lee changed what you see."]),
        (
            (Scope.PLAN,),
            ["Ann Lee answered a recommendation.", "The plan with Ann Lee has changed.", "Ann Lee changed what you see."],
        ),
        ((Scope.ENTRIES,), ["Ann Lee answered a comment of yours.", "Ann Lee changed what you see."]),
    ],
)
def test_a_counsellor_hears_no_more_than_the_student_shares(ann, scopes, expected):
    met = make.connection(ann, make.counsellor(), scopes, student_name="Ann Lee", **BETWEEN)
    for what in (News.ANSWER, News.PLAN, News.REPLY, News.CHANGED):
        to_counsellor(met, what)

    assert sent(met.counsellor)[1] == expected


def test_who_wants_no_such_mail_gets_none_and_later_none_of_the_old(ann, met):
    notice(met, News.STEP)
    to_counsellor(met, News.CHANGED)
    Profile.objects.update(hears_of_counselling=False)
    Counsellor.objects.update(hears_of_counselling=False)

    assert [sent(ann), sent(met.counsellor), Notice.objects.count()] == [None, None, 0]


def test_a_student_who_is_a_counsellor_too_gets_one_mail_of_both(met):
    theirs = make.connection(met.counsellor, make.counsellor("Sam Oakes"), **BETWEEN)
    to_counsellor(met, News.CHANGED)
    notice(theirs, News.STEP)
    met.counsellor.age_band = "18+"
    met.counsellor.save()

    assert sent(met.counsellor)[1] == ["Sam Oakes recommended something.", "Ann Lee changed what you see."]


def test_a_mail_costs_the_same_with_one_piece_of_news_and_with_thirty(met):
    def cost(count, now):
        between = [make.connection(student(), met.counsellor, **BETWEEN) for _ in range(count)]
        for each in between:
            to_counsellor(each, News.ANSWER)
            to_counsellor(each, News.DUE)
        with CaptureQueriesContext(connection) as captured:
            assert sent(met.counsellor, now)
        return len(captured)

    assert [cost(1, NOON), cost(30, NOON + timedelta(days=1))] == [17, 17]


# Neither lost nor doubled


class BreaksWhileSending(EmailBackend):
    """A mail server that takes the call and then gives up."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


@pytest.mark.parametrize("backend", ["django.core.mail.backends.smtp.EmailBackend", f"{__name__}.BreaksWhileSending"])
def test_a_refused_mail_is_sent_by_the_next_run(settings, capsys, ann, met, backend):
    change(met, ends_at=timezone.now() + timedelta(days=60))
    notice(met, News.STEP)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, backend
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1

    call_command("daily")
    assert "1 mails with news could not be sent. The next run tries them again." in capsys.readouterr().err
    assert Notice.objects.filter(sent_at=None).count() == 1

    settings.EMAIL_BACKEND = working
    call_command("daily")
    assert [message.subject for message in mail.outbox] == ["Robin Ash recommended something"]
    assert "1 mails with news sent, 0 handed to the worker." in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_refuses_keeps_nobody_from_working(settings):
    settings.EMAIL_BACKEND = f"{__name__}.BreaksWhileSending"
    met = make.connection(student(), make.counsellor())

    assert news.tell(owner=met.student, what=News.STEP, connection=met).sent_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail():
    met = make.connection(student(), make.counsellor(), **BETWEEN)
    notice(met, News.STEP)

    sent = at_once(*[lambda: digest.send(owner=met.student_id, now=NOON)] * 2)

    assert (sorted(sent), len(mail.outbox)) == ([False, True], 1)


def test_news_told_long_ago_is_forgotten(met):
    notice(met, News.STEP, sent_at=NOON - timedelta(days=91))
    kept = [notice(met, News.STEP, sent_at=NOON - timedelta(days=89)), notice(met, News.STEP)]

    assert digest.forget(NOON) == 1
    assert list(Notice.objects.order_by("pk")) == kept


@pytest.mark.django_db(transaction=True)
def test_an_erased_account_leaves_no_news(met):
    notice(met, News.STEP)
    to_counsellor(met, News.ANSWER)

    erasing.erase(erasure=erasing.close(owner=met.student).pk)

    assert Notice.objects.count() == 0
