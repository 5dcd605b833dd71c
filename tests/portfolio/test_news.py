"""News of counselling by mail: one mail a day, nothing private in it, told once, and a way out that works from the mail alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail, signing
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.views import serve

from portfolio.counselling import digest, news, reminding, saying
from portfolio.leaving import erasing
from portfolio.models import ActionPlan, Counsellor, Meeting, Notice, Profile
from portfolio.scales import News, Scope, Side
from tests import make
from tests.together import at_once

NOON = datetime(2026, 4, 11, 12, tzinfo=UTC)
PRIVATE = "Osterly-marker-9151"


@pytest.fixture
def ann(db):
    return student()


def student(**fields):
    made = make.member(**{name: fields.pop(name) for name in ("age_band", "is_active") if name in fields})
    Profile.objects.create(owner=made, time_zone="Europe/London", visibility=2, **fields)
    return made


@pytest.fixture
def met(ann):
    return make.connection(ann, make.counsellor(), student_name="Ann Lee", **BETWEEN)


BETWEEN = {"granted_at": NOON - timedelta(days=60), "ends_at": NOON + timedelta(days=60)}


def notice(met, what, owner=None, **fields):
    return Notice.objects.create(owner=owner or met.student, what=what, connection=met, **fields)


def to_counsellor(met, what, **fields):
    return notice(met, what, met.counsellor, **fields)


def sent(owner, now=NOON):
    """The subject of the mail that goes out to this person at this moment, and its lines without addresses; or None."""
    mail.outbox.clear()
    if not digest.send(owner=owner.pk, now=now):
        return None
    (message,) = mail.outbox
    return message.subject, sentences(message)


def sentences(message):
    letter = message.body.partition("\n--\n")[0]
    return [each for each in letter.splitlines() if each and not each.startswith("http")]


# One mail a day


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


def change(thing, **fields):
    type(thing).objects.filter(pk=thing.pk).update(**fields)


def end(met):
    change(met, ended_at=NOON, ended_by="student")


def close(user):
    change(user, is_active=False)


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


# What is due


def meeting(met, starts, **fields):
    made = Meeting.objects.create(connection=met, starts_at=starts, channel="video", **fields)
    change(made, made_at=NOON - timedelta(days=30))
    return made


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


# The way out


def switches():
    return [*Profile.objects.order_by("pk").values_list("hears_of_counselling", flat=True)], [
        *Counsellor.objects.order_by("pk").values_list("hears_of_counselling", flat=True)
    ]


def link(owner, *sides):
    return f"/counselling-mail/stop/{digest.stop_token(owner, set(sides))}/"


def test_opening_the_link_changes_nothing(client, ann, met):
    page = client.get(link(ann, Side.STUDENT))

    assert "Stop these mails?" in page.content.decode()
    assert switches() == ([True], [True])
    assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_a_mail_program_stops_what_the_mail_was_about_with_one_click(ann, met):
    other = make.counsellor("Sam Oakes")
    one_click = {"List-Unsubscribe": "One-Click"}

    Client(enforce_csrf_checks=True).post(link(ann, Side.STUDENT), one_click)
    Client(enforce_csrf_checks=True).post(link(other, Side.COUNSELLOR), one_click)

    assert switches() == ([False], [True, False])


def test_it_stops_for_somebody_without_settings(client, db):
    bare = make.member()

    client.post(link(bare, Side.STUDENT))

    assert list(Profile.objects.values_list("owner", "hears_of_counselling")) == [(bare.pk, False)]


def test_a_token_of_ours_for_something_else_is_no_token(client, ann, met):
    unknown = client.get("/no/such/page/").content
    good = link(ann, Side.STUDENT)
    forged = [
        good[:-3] + "xx/",
        "/counselling-mail/stop/x/",
        "/counselling-mail/stop/x%00y/",
        f"/counselling-mail/stop/{signing.Signer(salt='something.else').sign_object([ann.pk, ['student']])}/",
        f"/counselling-mail/stop/{signing.Signer(salt=digest.SALT).sign_object([0, ['student']])}/",
    ]

    assert [(client.post(each).status_code, client.get(each).content) for each in forged] == [(404, unknown)] * 5
    assert switches() == ([True], [True])


def test_mails_are_switched_on_again_beside_the_reminders(client, ann, met):
    Profile.objects.update(hears_of_counselling=False)
    client.force_login(ann)

    assert "hears_as_counsellor" not in client.get("/me/dates/").content.decode()
    client.post("/me/dates/", {"hears_of_counselling": "on", "hears_as_counsellor": "", "time_zone": "UTC"})

    assert switches() == ([True], [True])


def test_a_counsellor_has_a_switch_of_their_own_there(client, met):
    client.force_login(met.counsellor)

    client.post("/me/dates/", {"hears_of_counselling": "on", "time_zone": "UTC"})
    off = switches()[1]
    client.post("/me/dates/", {"hears_as_counsellor": "on", "time_zone": "UTC"})

    assert (off, switches()[1]) == ([False], [True])


def test_a_counsellor_by_group_alone_is_told_too(ann):
    lone = make.counsellor()
    met = make.connection(ann, lone, student_name="Ann Lee", **BETWEEN)
    Counsellor.objects.filter(user=lone).delete()
    lone.groups.add(Group.objects.get(name="Editors"))
    to_counsellor(met, News.CHANGED)

    assert sent(lone)[1] == ["Ann Lee changed what you see."]
