"""A message to a member: who can send one, what goes out, and that it goes out once."""

import smtplib
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio import contacting, posting, tasks
from portfolio.models import Message, Profile
from portfolio.scales import Visibility
from tests import make
from tests.portfolio import shown
from tests.together import at_once

pytestmark = pytest.mark.django_db
HERE = "/people/ngozi/message/"
WORDS = {"name": "Bo Lindqvist", "email": "bo@example.com", "text": "Are you free in June?\n\nBo"}
ADDRESS = "osterly-marker-9151@example.org"


class Refuses(EmailBackend):
    """A mail server that hangs up, and whose words name the person."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such person")})


class IsAway(EmailBackend):
    def open(self):
        raise TimeoutError


@pytest.fixture
def ngozi():
    return shown.portfolio(owner=make.member(email=ADDRESS))


def outcome(answer):
    return answer.status_code, answer.headers.get("Location", "")


SENT = (302, f"{HERE}?sent")


def test_a_message_goes_to_the_member_and_is_answered_to_the_visitor(client, settings, ngozi):
    settings.DEFAULT_FROM_EMAIL = "Greenlight <guide@example.org>"

    answer = shown.send(client, HERE, WORDS)

    (sent,) = mail.outbox
    assert outcome(answer) == SENT
    assert (sent.to, sent.cc, sent.bcc, sent.reply_to) == ([ADDRESS], [], [], ["bo@example.com"])
    assert sent.from_email == "Greenlight <guide@example.org>"
    assert sent.subject == "A message through your Greenlight portfolio"
    assert (sent.content_subtype, sent.attachments) == ("plain", [])
    assert sent.extra_headers == {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    assert (
        sent.body
        == """Bo Lindqvist wrote to you through your portfolio:

Are you free in June?

Bo

--
Answer this mail and your answer goes to bo@example.com; only then do they learn your address.
Nobody has checked who they are. If you would rather get no messages, switch them off on your portfolio."""
    )
    assert Message.objects.count() == 0


def test_the_page_says_what_becomes_of_it_and_its_address_tells_nothing(client, ngozi):
    answer = client.get(shown.send(client, HERE, WORDS).headers["Location"])

    page = answer.content.decode()
    assert "Sent." in page
    assert "Ngozi reads it in their own mail and answers from there." in page
    assert "bo@example.com" not in page


def test_the_members_address_is_in_no_answer_and_no_reader_gets_a_cookie(client, ngozi):
    answers = [
        client.get("/people/ngozi/"),
        client.get(HERE),
        shown.send(client, HERE, {}),
        shown.send(client, HERE, WORDS),
        client.get(f"{HERE}?sent"),
        client.post(HERE, WORDS),
        *[shown.send(client, HERE, {**WORDS, "text": f"{number}"}) for number in range(5)],
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 422, 302, 200, 403, 302, 302, 302, 302, 429]
    told = b"".join(answer.serialize_headers() + answer.content for answer in answers)
    assert ADDRESS.partition("@")[0].encode() not in told
    assert [dict(answer.cookies) for answer in answers] == [{}] * len(answers)


def test_the_form_is_no_page_for_search_engines_and_is_kept_by_nobody(client, ngozi):
    answer = client.get(HERE)

    assert (answer.headers["X-Robots-Tag"], answer.headers["Cache-Control"]) == ("noindex", "private, no-cache")


CLOSED = {
    "somebody who takes no messages": lambda: shown.portfolio(takes_messages=False),
    "a section that is switched off": lambda: shown.portfolio(hidden=["contact"]),
    "a member under 18": lambda: shown.portfolio(owner=make.member(age_band="13-17")),
    "a member of unknown age": lambda: shown.portfolio(owner=make.member(age_band="")),
    "a portfolio for holders of a link": lambda: shown.portfolio(visibility=Visibility.LINK),
    "a portfolio for counsellors": lambda: shown.portfolio(visibility=Visibility.COUNSELLOR),
    "a private portfolio": lambda: shown.portfolio(visibility=Visibility.ME),
    "a portfolio taken off the site": lambda: shown.portfolio(suspended_at=timezone.now()),
    "an account that is switched off": lambda: shown.portfolio(owner=make.member(is_active=False)),
}


@pytest.mark.parametrize("case", CLOSED)
def test_nobody_can_write_to(client, case):
    CLOSED[case]()

    unknown = client.get("/people/nobody-here/message/")
    asked, sent = client.get(HERE), shown.send(client, HERE, WORDS)

    assert (asked.status_code, sent.status_code, unknown.status_code) == (404, 404, 404)
    assert asked.content == sent.content == unknown.content
    assert (mail.outbox, Message.objects.count()) == ([], 0)


@pytest.mark.parametrize("door", ["shared/x", "me/portfolio/as/visitor", "me/portfolio/as/link"])
def test_the_form_stands_behind_the_public_door_only(client, ngozi, door):
    client.force_login(ngozi.owner)

    assert client.get(f"/{door}/message/").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "HX-Request": "true", "Sec-Fetch-Site": "same-origin"},
    ],
)
@pytest.mark.parametrize("place", [HERE, "/people/ngozi/report/"])
def test_a_form_of_another_site_is_refused(ngozi, headers, place):
    answer = Client(enforce_csrf_checks=True).post(place, {**WORDS, "ground": "harm"}, headers=headers)

    assert (answer.status_code, answer.content) == (403, b"This form belongs to another site. Nothing was sent.")
    assert mail.outbox == []


@pytest.mark.parametrize("headers", [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}])
def test_a_form_of_ours_needs_no_token(ngozi, headers):
    answer = shown.post(Client(enforce_csrf_checks=True), HERE, WORDS, headers=headers)

    assert outcome(answer) == SENT
    assert len(mail.outbox) == 1


def test_who_fills_in_what_people_do_not_see_is_thanked_and_nothing_is_sent(client, ngozi):
    answer = shown.send(client, HERE, {**WORDS, "subject": "Cheap lenses"})

    assert outcome(answer) == SENT
    assert (mail.outbox, Message.objects.count()) == ([], 0)
    assert "<div hidden><label>Leave this empty" in client.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Your name: This field is required."),
        ({"name": " \x00\x1b "}, "Your name: This field is required."),
        ({"name": "n" * 121}, "Your name: Ensure this value has at most 120 characters (it has 121)."),
        ({"email": ""}, "Your email: This field is required."),
        ({"email": "bo"}, "Your email: Enter a valid email address."),
        ({"email": "bo@example.com\r\nBcc: all@example.org"}, "Your email: Enter a valid email address."),
        ({"email": f"bo@{'ü' * 63}.example"}, "Your email: "),
        ({"text": ""}, "Message: This field is required."),
        ({"text": "t" * 4001}, "Message: Ensure this value has at most 4000 characters (it has 4001)."),
        (
            {"text": "http://a.example https://b.example www.c.example HTTP://d.example"},
            "Message: A message takes at most 3 links. Take some out.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, ngozi, wrong, said):
    answer = shown.send(client, HERE, {**WORDS, **wrong})

    page = answer.content.decode()
    kept = {"name": 'value="Bo Lindqvist"', "email": 'value="bo@example.com"', "text": "Are you free in June?"}
    assert answer.status_code == 422
    assert f'">{said}' in page
    assert [name for name, words in kept.items() if name not in wrong and words not in page] == []
    assert (mail.outbox, Message.objects.count()) == ([], 0)


def test_three_links_go_out_as_plain_text(client, ngozi):
    shown.send(client, HERE, {**WORDS, "text": 'https://a.example http://b.example www.c.example <b>d</b> & "e"'})

    assert 'https://a.example http://b.example www.c.example <b>d</b> & "e"' in mail.outbox[0].body


@pytest.mark.parametrize("text", shown.HOSTILE, ids=range(len(shown.HOSTILE)))
@pytest.mark.parametrize("field", ["name", "email", "text"])
def test_hostile_words_are_sent_as_words_or_refused(client, ngozi, field, text):
    answer = shown.send(client, HERE, {**WORDS, field: text})

    assert answer.status_code in (302, 422)
    assert len(mail.outbox) == (answer.status_code == 302)
    for each in mail.outbox:
        raw = each.message()
        assert (raw["To"], raw["Subject"]) == (ADDRESS, "A message through your Greenlight portfolio")
        assert [name for name in ("Bcc", "Cc") if name in raw] == []
        assert [char for char in each.body if char < " " and char != "\n"] == []


def test_a_name_cannot_write_lines_of_its_own(client, ngozi):
    shown.send(client, HERE, {**WORDS, "name": "Bo\r\nReply-To: evil@example.org\x0b\u2028x"})

    (sent,) = mail.outbox
    assert sent.body.splitlines()[0] == "Bo Reply-To: evil@example.org x wrote to you through your portfolio:"
    assert sent.message()["Reply-To"] == "bo@example.com"


def test_an_address_in_other_letters_is_written_to_in_its_plain_form(client, ngozi):
    shown.send(client, HERE, {**WORDS, "email": "bo@bücher.example"})

    assert mail.outbox[0].message()["Reply-To"] == "bo@xn--bcher-kva.example"


def test_bytes_that_are_no_form_are_answered_in_words(client, ngozi):
    upload = BytesIO(b"\xff" * 5000)
    upload.name = "text"

    answers = [
        client.post(
            HERE, b"\xff\xfe\x00=%ff%00&text=%ed%a0%80", content_type="application/x-www-form-urlencoded", headers=shown.OURS
        ),
        client.post(HERE, {**WORDS, "text": upload}, headers=shown.OURS),
        client.post(HERE, {name: [value, value] for name, value in WORDS.items()}, headers=shown.OURS),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 302]


# Limits


def test_the_sixth_from_one_address_in_an_hour_waits_with_its_words(client, stopped, ngozi):
    five = [outcome(shown.send(client, HERE, {**WORDS, "text": f"Number {number}"})) for number in range(5)]
    stopped[0] += 60
    sixth = shown.send(client, HERE, {**WORDS, "text": "Number 6"})
    elsewhere = shown.send(client, HERE, {**WORDS, "text": "Number 7"}, REMOTE_ADDR="192.0.2.7")

    page = sixth.content.decode()
    assert five == [SENT] * 5
    assert (sixth.status_code, sixth.headers["Retry-After"]) == (429, "3540")
    assert "Five messages have been sent from where you are in this hour" in page
    assert "send them again in 59 minutes." in page
    assert "Number 6</textarea>" in page
    assert "Error 429" not in page
    assert outcome(elsewhere) == SENT
    assert (len(mail.outbox), Message.objects.count()) == (6, 0)


def test_a_member_gets_at_most_twenty_a_day(client, stopped, ngozi):
    def from_place(number):
        return shown.send(client, HERE, WORDS | {"text": f"{number}"}, REMOTE_ADDR=f"192.0.2.{number}")

    found = [from_place(number).status_code for number in range(21)]
    last = from_place(22)
    stopped[0] += 86400

    assert found == [302] * 20 + [429]
    assert "So many people have written today" in last.content.decode()
    assert "send them again in 23 hours." in last.content.decode()
    assert from_place(23).status_code == 302


def test_what_is_refused_for_its_words_does_not_count(client, stopped, ngozi):
    for _ in range(9):
        shown.send(client, HERE, {**WORDS, "email": "bo"})
        shown.send(client, HERE, {**WORDS, "subject": "Cheap lenses"})

    assert outcome(shown.send(client, HERE, WORDS)) == SENT
    assert len(mail.outbox) == 1


def test_a_header_that_nobody_set_up_hides_no_sender(client, stopped, ngozi):
    tries = [
        shown.send(client, HERE, {**WORDS, "text": f"{n}"}, **{"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(6)
    ]

    assert tries == [302] * 5 + [429]


def test_a_cache_out_of_reach_stops_no_message(client, settings, tmp_path, ngozi):
    nowhere = tmp_path / "a file"
    nowhere.touch()
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": nowhere / "x"}
    settings.CACHES = {**settings.CACHES, "default": files}

    assert outcome(shown.send(client, HERE, WORDS)) == SENT
    assert len(mail.outbox) == 1


# Once


def test_the_same_words_go_out_once(client, ngozi):
    answers = [outcome(shown.send(client, HERE, WORDS)) for _ in range(10)]
    other = shown.send(client, HERE, {**WORDS, "text": "And in July?"})

    assert (answers, outcome(other)) == ([SENT] * 10, SENT)
    assert len(mail.outbox) == 2


def test_the_same_words_go_out_again_once_they_are_forgotten(client, monkeypatch, ngozi):
    # Not by a clock of the test's own: Redis keeps another.
    assert posting.REMEMBERED == 10 * 60
    monkeypatch.setattr(posting, "REMEMBERED", 0)

    shown.send(client, HERE, WORDS)
    shown.send(client, HERE, WORDS)

    assert len(mail.outbox) == 2


def test_the_same_words_to_somebody_else_are_another_message(client, ngozi):
    shown.portfolio(handle="layan")

    shown.send(client, HERE, WORDS)
    shown.send(client, "/people/layan/message/", WORDS)

    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_clicks_in_the_same_moment_make_one_message(ngozi):
    found = at_once(*[lambda: outcome(shown.send(Client(), HERE, WORDS))] * 4)

    assert found == [SENT] * 4
    assert (len(mail.outbox), Message.objects.count()) == (1, 0)


@pytest.mark.parametrize("server", [Refuses, IsAway])
def test_what_the_mail_server_does_not_take_is_sent_later_once(client, settings, caplog, capsys, ngozi, server):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.{server.__name__}"
    first, again = shown.send(client, HERE, WORDS), shown.send(client, HERE, WORDS)
    call_command("daily")
    kept = list(Message.objects.values_list("name", "email", "text"))
    settings.EMAIL_BACKEND = working
    call_command("daily")
    call_command("daily")

    said = capsys.readouterr()
    assert (outcome(first), outcome(again)) == (SENT, SENT)
    assert kept == [("Bo Lindqvist", "bo@example.com", "Are you free in June?\n\nBo")]
    assert [(each.to, each.reply_to) for each in mail.outbox] == [([ADDRESS], ["bo@example.com"])]
    assert Message.objects.count() == 0
    passed_on = [line for line in said.out.splitlines() if "messages to members" in line]
    assert passed_on == [f"{number} messages to members passed on, 0 handed to the worker." for number in (0, 1, 0)]
    assert "1 messages could not be passed on. The next run tries them again." in said.err
    assert ADDRESS not in caplog.text + said.out + said.err


def test_a_message_that_nobody_takes_for_a_week_is_given_up(settings, capsys, ngozi):
    settings.EMAIL_BACKEND = f"{__name__}.IsAway"
    for days in (6, 8):
        made = Message.objects.create(owner=ngozi.owner, **WORDS)
        Message.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=days))

    call_command("daily")

    assert Message.objects.count() == 1
    assert "1 messages given up, since no mail server took them in 7 days." in capsys.readouterr().err


@pytest.mark.parametrize("change", [{"takes_messages": False}, {"owner__is_active": False}, {"owner__age_band": "13-17"}])
def test_what_waits_for_somebody_who_takes_none_any_more_goes_to_nobody(ngozi, change):
    made = Message.objects.create(owner=ngozi.owner, **WORDS)
    for name, value in change.items():
        thing = ngozi.owner if name.startswith("owner__") else ngozi
        setattr(thing, name.removeprefix("owner__"), value)
        thing.save()

    assert tasks.send_message.call(made.pk) is False
    assert (mail.outbox, Message.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_send_once(ngozi):
    made = Message.objects.create(owner=ngozi.owner, **WORDS)

    found = at_once(*[lambda: posting.deliver(message=made.pk)] * 2)

    assert sorted(found) == [False, True]
    assert (len(mail.outbox), Message.objects.count()) == (1, 0)


def test_a_save_that_fails_is_not_taken_for_a_message_sent(ngozi, monkeypatch):
    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Message, "save", full)
        with pytest.raises(OperationalError):
            contacting.send(profile=ngozi, words=WORDS, origin="192.0.2.7")
    with shown.done():
        contacting.send(profile=ngozi, words=WORDS, origin="192.0.2.7")

    assert len(mail.outbox) == 1


# The part that stands on the portfolio


def test_reading_the_form_costs_one_statement_and_writes_nothing(client, ngozi):
    client.get(HERE)

    with CaptureQueriesContext(connection) as said:
        client.get(HERE)

    assert [query["sql"].split()[0] for query in said] == ["SELECT"]


def test_a_long_name_is_told_by_its_first_word(client):
    Profile.objects.filter(pk=shown.portfolio().pk).update(display_name="<b>María</b> Guadalupe")

    assert "&lt;b&gt;María&lt;/b&gt; reads it" in client.get(f"{HERE}?sent").content.decode()


def test_the_form_stands_on_the_portfolio_for_visitors_who_can_send_it(client, ngozi):
    with_form, closed = client.get("/people/ngozi/").content.decode(), shown.portfolio(handle="layan", takes_messages=False)
    without = client.get(f"/people/{closed.handle}/").content.decode()
    client.force_login(ngozi.owner)
    rehearsed = [client.get(f"/me/portfolio/as/{level}/").content.decode() for level in ("visitor", "link")]

    found = ['action="/people/ngozi/message/"' in page for page in (with_form, without, *rehearsed)]
    assert found == [True, False, False, False]
    assert "csrfmiddlewaretoken" not in with_form
