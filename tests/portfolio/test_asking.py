"""Somebody who was there is asked to confirm an entry: by mail, opened by a secret, and shown no more than was promised."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.utils import timezone

from careers.models import Skill
from portfolio import asking, endorsing, endorsing_mails, tokens
from portfolio.models import (
    AccessEvent,
    Attachment,
    Collaborator,
    Endorsement,
    EndorsementRequest,
    Evidence,
    Link,
    Profile,
    WeekLog,
)
from portfolio.scales import Look
from tests import make
from tests.test_query_budgets import statements

from .endorsed import (
    ASKED,
    DEAD,
    answer,
    ask,
    member,
    page,
    said,
    skills,
    states,
    text,
    worked,
)


@pytest.fixture
def ann(db):
    return member()


# The whole way


def test_from_the_question_to_the_answer_and_back(client, ann, django_capture_on_commit_callbacks):
    entry = worked(ann, 3, 2)
    client.force_login(ann)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/me/entries/{entry.pk}/endorsements/", ASKED)
    (question,) = mail.outbox
    address = re.search(r"/endorse/\S+", question.body)[0]
    client.logout()

    seen = client.get(address)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(address, answer(entry, "2", "", quote="Ann kept the books.\nEvery night."))

    assert "Ann Vale says you were there." in text(seen)
    assert (done.status_code, done.headers["Location"]) == (302, address)
    assert said() == [("Bo Larsen", "Line producer", "budgeting", 2, "Ann kept the books.\nEvery night.")]
    assert [message.subject for message in mail.outbox] == [
        "Ann Vale asks you to confirm work on Low Water",
        "Bo Larsen confirmed your work on Low Water",
    ]
    assert (mail.outbox[1].to, "endorse/" in mail.outbox[1].body) == ([ann.email], False)
    client.force_login(ann)
    assert "1 verified" in text(client.get("/me/skills/"))
    assert "Ann kept the books." in text(client.get(f"/me/entries/{entry.pk}/"))

    client.logout()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}take-back/")

    assert (said(), states()) == ([], ["revoked"])
    assert "Nothing you said is shown any more" in text(client.get(address))
    assert mail.outbox[2].subject == "Bo Larsen took back what they said of your work on Low Water"
    client.force_login(ann)
    assert "verified" not in text(client.get("/me/skills/"))
    assert "Ann kept the books." not in text(client.get(f"/me/entries/{entry.pk}/"))


def test_declining_tells_the_owner_alone(client, ann, django_capture_on_commit_callbacks):
    asked = ask(worked(ann))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(asked, "decline/"), {"reason": "I was on another unit."})

    assert (said(), states()) == ([], ["declined"])
    (told,) = mail.outbox
    assert (told.subject, "another unit" in told.body) == ("Bo Larsen declined to confirm your work on Low Water", False)
    client.force_login(ann)
    assert "I was on another unit. Only you read this." in text(client.get(f"/me/entries/{asked.entry_id}/endorsements/"))


def test_the_mail_is_plain_and_says_everything(settings, ann):
    settings.WAGTAILADMIN_BASE_URL = "https://guide.example.org"
    asked = ask(worked(ann))

    message = endorsing_mails.question(asked)

    assert (message.to, message.reply_to, message.extra_headers) == (["bo@example.org"], [], {"Auto-Submitted": "auto-generated"})
    assert (message.content_subtype, message.attachments) == ("plain", [])
    assert (
        message.body
        == f"""Hello Bo Larsen,

Ann Vale keeps a record of their work on Greenlight, a guide to careers in film and television, and says that you were there for this:

  Low Water

What Ann Vale writes to you:

> You saw it.

This page shows what they say they did. You need no account, and can confirm it, lower a level, or decline:
https://guide.example.org{page(asked)}

It opens until {asked.expires_at.day} {asked.expires_at:%B %Y}. Whoever has the address can answer for you, so pass this mail on to nobody.

If you confirm, your name and role stand beside the skills for whoever may see that entry, which can be everyone. Your email address is shown to nobody else. You can take it back at the same address.

If you do nothing, nothing happens.

--
Ann Vale gave us your address for this alone. If you do not know them, or something is wrong with this mail, tell us: greenlight@localhost
"""  # noqa: E501 - as it is sent
    )


def test_the_members_address_goes_out_only_if_they_ask_for_it(client, ann, django_capture_on_commit_callbacks):
    entry = worked(ann)
    client.force_login(ann)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/me/entries/{entry.pk}/endorsements/", {**ASKED, "takes_replies": "on"})
        client.post(f"/me/entries/{entry.pk}/endorsements/", {**ASKED, "email": "cy@example.org"})

    assert [message.reply_to for message in mail.outbox] == [[ann.email], []]
    assert ann.email not in mail.outbox[1].message().as_string()


HOSTILE = "Bo\r\nBcc: everybody@example.org\r\n\r\n<b>x</b>\x07\x1b[31m\u202egnp\u2028y"


def test_hostile_words_stay_in_their_line(client, ann, django_capture_on_commit_callbacks):
    entry = worked(ann, title=HOSTILE)
    Profile.objects.update(display_name=HOSTILE)
    client.force_login(ann)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/me/entries/{entry.pk}/endorsements/", {**ASKED, "name": HOSTILE, "relation": HOSTILE, "message": HOSTILE * 3}
        )

    (message,) = mail.outbox
    sent = message.message()
    assert message.recipients() == ["bo@example.org"]
    assert {"Bcc", "Reply-To"}.isdisjoint(sent.keys())
    assert [line for line in message.body.splitlines() if line.startswith(("Bcc", "<b>"))] == []
    assert re.findall(r"[\x00-\x09\x0b-\x1f\u2028]|&lt;|&amp;", message.body) == []
    asked = EndorsementRequest.objects.get()
    assert (asked.name, "\u202e" in asked.message) == ("Bo Bcc: everybody@example.org <b>x</b>[31mgnp y", False)
    assert "<b>x</b>" not in client.get(f"/me/entries/{entry.pk}/endorsements/").content.decode()


@pytest.mark.parametrize(
    "email",
    [
        "",
        "bo",
        "bo@example.org\r\nBcc: cy@example.org",
        "bo@example.org, cy@example.org",
        '"bo\x01"@example.org',
        '"bo cy"@example.org',
        "bo@example.org\x00",
        "a" * 100_000 + "@example.org",
    ],
)
def test_an_address_that_is_none_is_refused_and_what_was_typed_stays(client, ann, email):
    entry = worked(ann)
    client.force_login(ann)

    found = client.post(f"/me/entries/{entry.pk}/endorsements/", {**ASKED, "email": email, "message": "Kept words"})

    assert (found.status_code, EndorsementRequest.objects.count()) == (422, 0)
    assert "Kept words" in text(found)


def test_a_member_without_a_name_gives_one_and_is_never_known_by_their_address(client, db, django_capture_on_commit_callbacks):
    ann = make.member(email="ann.private@example.org")
    entry = worked(ann)
    client.force_login(ann)
    address = f"/me/entries/{entry.pk}/endorsements/"

    missing = client.post(address, ASKED)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**ASKED, "who": " Ann\nVale "})

    assert "Give the name that they know you by." in text(missing)
    assert mail.outbox[0].subject == "Ann Vale asks you to confirm work on Low Water"
    assert ann.email not in mail.outbox[0].message().as_string()
    assert Profile.objects.get().display_name == "Ann Vale"


def test_a_placements_supervisor_is_filled_in(client, ann):
    known = {"supervisor_name": "Cy Moor", "supervisor_role": "Coordinator", "supervisor_email": "cy@example.org"}
    entry = worked(ann, kind="internship", **known)
    client.force_login(ann)

    form = client.get(f"/me/entries/{entry.pk}/endorsements/").context["form"]

    assert [form[name].value() for name in ("name", "relation", "email")] == list(known.values())


# Who cannot be asked


NOT_ASKED = {
    "a draft": ({"state": "draft"}, "Only something completed"),
    "a plan": ({"state": "planned"}, "Only something completed"),
    "something under way": ({"state": "under-way"}, "Only something completed"),
    "something cancelled": ({"state": "cancelled"}, "Only something completed"),
    "something taken off the site": ({"suspended_at": timezone.now()}, "taken off the site"),
}


@pytest.mark.parametrize("case", NOT_ASKED)
def test_nobody_is_asked_about(client, ann, case):
    fields, words = NOT_ASKED[case]
    entry = worked(ann, **fields)
    client.force_login(ann)

    shown = client.get(f"/me/entries/{entry.pk}/endorsements/")
    sent = client.post(f"/me/entries/{entry.pk}/endorsements/", ASKED)

    assert words in text(shown)
    assert "Ask them" not in text(shown)
    assert (sent.status_code, EndorsementRequest.objects.count(), mail.outbox) == (422, 0, [])


def test_nobody_is_asked_about_an_entry_without_skills(ann):
    with pytest.raises(endorsing.NotPossible, match="names no skill"):
        ask(make.entry(ann))


@pytest.mark.parametrize("age_band", ["13-17", ""])
def test_under_eighteen_nobody_outside_is_asked(client, db, age_band):
    entry = worked(member(age_band=age_band))
    client.force_login(entry.owner)

    shown = client.get(f"/me/entries/{entry.pk}/endorsements/")
    sent = client.post(f"/me/entries/{entry.pk}/endorsements/", ASKED)

    assert "Once you have a counsellor here" in text(shown)
    assert (sent.status_code, EndorsementRequest.objects.count(), mail.outbox) == (422, 0, [])


def test_one_does_not_confirm_ones_own_work(client, ann):
    ann.emailaddress_set.create(email="ann.other@example.org", verified=True)
    entry = worked(ann)

    for email in (ann.email, "ann.other@example.org"):
        with pytest.raises(endorsing.NotPossible, match="your own address"):
            ask(entry, email=email)
    asked = ask(entry)
    client.force_login(ann)

    assert [client.get(page(asked)).status_code, client.post(page(asked), answer(entry, "3")).status_code] == [404, 404]
    assert said() == []


def test_a_person_is_asked_once_and_a_second_click_asks_nothing_new(ann, django_capture_on_commit_callbacks):
    entry = worked(ann)

    with django_capture_on_commit_callbacks(execute=True):
        first, again = ask(entry), ask(entry)
        with pytest.raises(endorsing.NotPossible, match="asked this person"):
            ask(entry, message="Other words")

    assert (first, len(mail.outbox)) == (again, 1)


def test_a_request_that_ended_can_be_made_anew(ann):
    entry = worked(ann)
    old = ask(entry)
    EndorsementRequest.objects.update(expires_at=timezone.now())

    new = ask(entry)

    assert list(EndorsementRequest.objects.all()) == [new]
    assert new.pk != old.pk


def test_ten_people_a_day_and_no_more(ann):
    for number in range(10):
        ask(worked(ann), email=f"person{number}@example.org")

    with pytest.raises(endorsing.NotPossible, match="10 people in a day"):
        ask(worked(ann), email="person10@example.org")
    EndorsementRequest.objects.update(asked_at=timezone.now() - timedelta(days=1))
    ask(worked(ann), email="person10@example.org")

    assert EndorsementRequest.objects.count() == 11


# The secret


def test_secrets_are_long_distinct_and_stored_nowhere(ann):
    entry = worked(ann)
    nonces = {tokens.new() for _ in range(10_000)}
    asked = EndorsementRequest(entry=entry.entry_ptr, expires_at=timezone.now())
    found = set()
    for nonce in nonces:
        asked.nonce = nonce
        found.add(asking.token_of(asked))

    assert (len(nonces), len(found)) == (10_000, 10_000)
    # 32 characters of 64 are 192 bits.
    assert {len(nonce) for nonce in nonces} == {32}
    kept = ask(entry)
    stored = [str(value) for row in EndorsementRequest.objects.values() for value in row.values()]
    assert [value for value in stored if asking.request_of(value, timezone.now())] == []
    assert asking.request_of(asking.token_of(kept), timezone.now()) == kept


def test_a_secret_altered_anywhere_opens_nothing(ann):
    token = asking.token_of(ask(worked(ann)))
    altered = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    altered += [token[:at] + token[at + 1 :] for at in range(len(token))] + [token + "A", token.swapcase(), ""]

    assert [each for each in altered if asking.request_of(each, timezone.now())] == []


@pytest.mark.parametrize("case", DEAD)
def test_what_does_not_open_answers_as_what_never_was(client, ann, case):
    entry = worked(ann)
    asked = ask(entry)
    body, address = answer(entry, "3"), page(asked)
    unknown = client.get("/endorse/never.was/").content
    DEAD[case](EndorsementRequest.objects.select_related("entry__owner").get())

    found = [
        client.get(address),
        client.post(address, body),
        client.post(address + "decline/"),
        client.post(address + "take-back/"),
    ]

    assert {(each.status_code, each.content == unknown) for each in found} == {(404, True)}
    assert (said(), AccessEvent.objects.count()) == ([], 0)


def test_a_signature_for_something_else_opens_nothing(client, ann):
    asked = ask(worked(ann))
    forged = [signing.Signer(salt="something.else", sep=".").sign(asked.nonce), asked.nonce, f"{asked.nonce}.", "\x00.x"]

    assert [client.get(f"/endorse/{each}/").status_code for each in forged] == [404] * 4


def test_guesses_are_counted_and_a_right_secret_does_not_help_then(client, ann, stopped):
    asked = ask(worked(ann))

    answers = [client.get("/endorse/a-guess/").status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]
    assert client.get(page(asked)).status_code == 429


def test_the_page_is_kept_secret(client, ann):
    asked = ask(worked(ann))

    for part in ("", "decline/"):
        headers = client.get(page(asked, part)).headers
        found = {name: headers[name] for name in ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")}
        assert found == {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": "private, no-store"}


# What is shown


MARK = "Marker-7310"


def planted(owner):
    """An entry with a marker in everything that nobody who is asked may see."""
    entry = worked(
        owner,
        kind="internship",
        reflection=MARK,
        supervisor_name=MARK,
        supervisor_role=MARK,
        supervisor_email=f"{MARK}@example.org",
        early_end_reason=MARK,
        objectives=MARK,
        department=MARK,
        site=MARK,
        description="I kept the books.",
        organisation="Kestrel Mews",
    )
    Evidence.objects.update(note=MARK)
    WeekLog.objects.create(internship=entry, starts="2026-03-02", tasks=MARK, reflection=MARK)
    Link.objects.create(entry=entry, url=f"https://example.org/{MARK}", label=MARK)
    Attachment.objects.create(entry=entry, medium="pdf", name=MARK, alt=MARK, content_type="application/pdf", size=4)
    entry.labels.set([MARK], tag_kwargs={"owner": owner})
    other = make.entry(owner, title=MARK, description=MARK, visibility=4, skills=skills("sound"))
    Collaborator.objects.create(project=other, name=MARK)
    Endorsement.objects.create(evidence=entry.evidence.get(), name=MARK, relation=MARK, level=3, quote=MARK)
    ask(entry, name=MARK, email="marker@example.org", message=MARK)
    Profile.objects.update(headline=MARK, about=MARK, place=MARK, handle="marker-7310")
    return entry


def test_the_page_shows_what_is_promised_and_nothing_beside_it(client, ann):
    entry = planted(ann)
    asked = ask(entry)

    before = client.get(page(asked)).content.decode()
    client.post(page(asked), answer(entry, "3"))
    after = client.get(page(asked)).content.decode()

    promised = ["Ann Vale", "Low Water", "Runner", "March 2026", "Kestrel Mews", "I kept the books.", "Budgeting", "You saw it."]
    assert [each for each in promised if each not in before] == []
    for shown in (before, after):
        assert [each for each in (MARK.lower(), "ann.private", "/me/entries") if each in shown.lower()] == []


def test_the_owners_preview_is_what_the_page_shows(client, ann):
    entry = planted(ann)
    asked = ask(entry)
    theirs = client.get(page(asked)).context["claim"]
    client.force_login(ann)

    assert client.get(f"/me/entries/{entry.pk}/endorsements/").context["claim"] == theirs


def test_opening_the_page_is_told_to_its_owner_once_an_hour(client, ann):
    asked = ask(worked(ann))

    for _ in range(3):
        client.get(page(asked))
    AccessEvent.objects.update(at=timezone.now() - timedelta(minutes=61))
    client.get(page(asked))
    client.head(page(asked))

    looks = list(AccessEvent.objects.values_list("owner", "what", "who", "entry"))
    assert looks == [(ann.pk, Look.ENDORSER, "Bo Larsen", asked.entry_id)] * 2


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_takes_three_statements_however_many_skills(client, ann, count):
    entry = make.entry(ann, skills=list(Skill.objects.all()[:count]))
    asked = ask(entry)
    client.get(page(asked))

    said = statements(client, page(asked))

    assert len(said) == 3
    assert [sql for sql in said if not sql.startswith("SELECT")] == []


@pytest.mark.parametrize("count", [1, 12])
def test_the_owners_page_costs_the_same_however_many_were_asked(client, ann, count):
    entry = worked(ann, 3, 3, 3)
    for number in range(count):
        asked = EndorsementRequest.objects.create(
            entry=entry.entry_ptr, nonce=tokens.new(), name="Bo", email=f"p{number}@example.org", expires_at=timezone.now()
        )
        Endorsement.objects.create(evidence=entry.evidence.first(), request=asked, name="Bo", level=3)
    client.force_login(ann)
    client.get(f"/me/entries/{entry.pk}/endorsements/")

    assert len(statements(client, f"/me/entries/{entry.pk}/endorsements/")) == 8
