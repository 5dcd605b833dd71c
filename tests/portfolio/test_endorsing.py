"""Somebody who was there confirms it: asked by mail, answered by a secret, shown as promised, and taken back by either side."""

import re
from datetime import timedelta
from threading import Thread
from time import monotonic

import pytest
from django.core import mail, signing
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from careers.models import Skill
from portfolio import asking, endorsing, endorsing_mails, tokens
from portfolio.models import (
    AccessEvent,
    Attachment,
    Collaborator,
    Endorsement,
    EndorsementRequest,
    Entry,
    Evidence,
    Link,
    Profile,
    WeekLog,
)
from portfolio.scales import Asking, Look
from tests import make
from tests.test_query_budgets import statements
from tests.together import at_once, outcomes

ASKED = {"name": "Bo Larsen", "relation": "Line producer", "email": "bo@example.org", "message": "You saw it."}


@pytest.fixture
def ann(db):
    return member()


def member(**fields):
    made = make.member(email=fields.pop("email", "ann.private@example.org"), **fields)
    Profile.objects.create(owner=made, display_name="Ann Vale")
    return made


def skills(*slugs):
    return [Skill.objects.get(slug=slug) for slug in slugs]


def worked(owner, *levels, **fields):
    """A completed entry with a piece of evidence at each of the levels."""
    found = skills("budgeting", "scheduling", "communication")
    return make.entry(owner, skills=list(zip(found, levels or (3,), strict=False)), role="Runner", **fields)


def ask(entry, **fields):
    return endorsing.ask(entry=entry, **{**ASKED, **fields})


def page(asked, part=""):
    return f"/endorse/{asking.token_of(asked)}/{part}"


def answer(entry, *levels, **fields):
    """What the browser of somebody who was asked sends: a level for each piece, and the mark of what they saw."""
    pieces = Evidence.objects.filter(entry=entry.pk)
    chosen = {f"piece-{piece.pk}": level for piece, level in zip(pieces, levels, strict=False)}
    return {"seen": asking.claim_of(Entry.objects.get(pk=entry.pk)).mark, "quote": "", **chosen, **fields}


def said():
    return list(Endorsement.objects.order_by("pk").values_list("name", "relation", "evidence__skill__slug", "level", "quote"))


def states():
    return list(EndorsementRequest.objects.order_by("pk").values_list("state", flat=True))


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


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


def close(**fields):
    return lambda asked: EndorsementRequest.objects.filter(pk=asked.pk).update(**fields)


def entry_becomes(**fields):
    return lambda asked: Entry.objects.filter(pk=asked.entry_id).update(**fields)


def owner_becomes(**fields):
    return lambda asked: type(asked.entry.owner).objects.filter(pk=asked.entry.owner_id).update(**fields)


DEAD = {
    "ended": close(expires_at=timezone.now() - timedelta(seconds=1)),
    "taken back by its owner": close(state="withdrawn"),
    "answered more than a year ago": close(state="confirmed", answered_at=timezone.now() - timedelta(days=365, seconds=1)),
    "in the bin": entry_becomes(deleted_at=timezone.now()),
    "a draft again": entry_becomes(state="draft"),
    "taken off the site": entry_becomes(suspended_at=timezone.now()),
    "of somebody who left": owner_becomes(is_active=False),
    "of somebody whose age is not known": owner_becomes(age_band=""),
    "erased with its entry": lambda asked: asked.entry.delete(),
    "erased with its owner": lambda asked: asked.entry.owner.delete(),
}


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


def confirmed(owner, *levels):
    entry = worked(owner, *levels)
    asked = ask(entry)
    seen = asking.claim_of(asked.entry).mark
    levels = {piece.pk: piece.level for piece in entry.evidence.all()}
    endorsing.confirm(asked=asked.pk, seen=seen, levels=levels, quote="Fine work.")
    return asked


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
