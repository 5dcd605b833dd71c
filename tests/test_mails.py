"""Every mail that the site sends, walked one by one: whose words are in it, where an answer goes, and the way out."""

import html as entities
import json
import os
import re
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from portfolio import endorsing_mails, letters, notifications
from portfolio.agenda import What
from portfolio.counselling import digest, invitation_mails
from portfolio.models import (
    ActionPlan,
    Connection,
    Counsellor,
    CPDActivity,
    EndorsementRequest,
    Entry,
    FestivalSubmission,
    Invitation,
    Meeting,
    Message,
    Notice,
    PlanStep,
    Profile,
    Report,
)
from portfolio.scales import News, Side
from tests import make
from tests.portfolio import everything

pytestmark = pytest.mark.django_db
MINE, FOREIGN = "quokka", "wombat"
NOON = datetime(2026, 4, 11, 12, tzinfo=UTC)
SOON = date(2026, 4, 18)
# Beside these two a mail has no other part, no picture and no file.
FRAME = {"base"}
# Whom an answer reaches, where it is not the site's own address.
REPLIES = {"message": [f"{MINE}@example.net"], "decision": ["moderation@example.org"], "endorse": [f"{MINE}@example.org"]}
STOPS = {"deadline": "/reminders/stop/", "certificate": "/reminders/stop/", "news": "/counselling-mail/stop/"}
HOSTILE = "Robin\r\nBcc: everybody@evil.example\r\n\r\n<script>alert(1)</script>\x07\x1b[31m\u202e"


@pytest.fixture
def owner(settings):
    """A member with one of everything, beside another of whom nothing may be in any mail."""
    settings.MODERATION_EMAIL = "moderation@example.org"
    make.user("Moderators", email="mod@example.org")
    everything.member(FOREIGN)
    return everything.member(MINE)


def mails(owner):
    """Every mail about what is this member's, by the name of its template."""
    asked = of(EndorsementRequest, entry__owner=owner)
    asked.takes_replies = True
    return {
        "deadline": [reminder(of(FestivalSubmission, owner=owner), What.DEADLINE)],
        "certificate": [reminder(of(CPDActivity, owner=owner), What.CERTIFICATE)],
        "endorse": [endorsing_mails.question(asked)],
        "answered": [endorsing_mails.answer(answered(asked, state)) for state in endorsing_mails.DONE],
        "message": [letters.message(of(Message, owner=owner))],
        "report": letters.of_report(of(Report, owner=owner).pk),
        **decided(owner),
        "invitation": [invitation_mails.letter(invited(owner))],
        "news": [news(owner, of(Connection, student=owner)), news(of(Connection, student=owner).counsellor, None)],
    }


def of(model, **conditions):
    return model.objects.filter(**conditions).order_by("pk").first()


def reminder(details, what):
    entry = Entry.objects.select_related("owner__profile").get(pk=details.pk)
    return notifications.mail(notifications.Due(entry, what, SOON, 7, 7, SOON))


def invited(owner):
    """What the member, who counsels as well, sends to a student."""
    return of(Invitation, counsellor=owner)


def answered(asked, state):
    asked.state = state
    return asked


def decided(owner):
    """What the owner and who reported read, for each thing that can be decided."""
    found = {"decision": [], "outcome": []}
    for verdict in letters.TO_OWNERS:
        Report.objects.filter(owner=owner).update(verdict=verdict, decided_at=NOON, email="reporter@example.org")
        first, *others = letters.of_decision(of(Report, owner=owner).pk)
        found["decision"].append(first)
        found["outcome"] += others
    Report.objects.filter(owner=owner).update(verdict="open", decided_at=None)
    return found


def news(reader, met):
    """The mail with every kind of news at once, to a student of the connection or to its counsellor."""
    between = met or of(Connection, counsellor=reader)
    Connection.objects.filter(pk=between.pk).update(
        shares_plan=True, shares_entries=True, granted_at=timezone.now() - timedelta(days=90)
    )
    Notice.objects.filter(owner=reader).delete()
    for what in News:
        Notice.objects.create(owner=reader, what=what, connection=between)
    now = timezone.now()
    return digest.mail_of(digest.standing(list(Notice.objects.filter(owner=reader)), now), now)


def walked(owner):
    return [(name, each) for name, found in mails(owner).items() for each in found]


def raw(mail):
    """All that goes over the wire, decoded: headers and parts."""
    message = mail.message()
    heads = [f"{name}: {value}" for name, value in message.items()]
    parts = [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]
    return "\n".join([mail.subject, *mail.to, *heads, *parts])


def words(text):
    return " ".join(text.split())


def text_of(html):
    body = html.partition("<body")[2].partition(">")[2]
    return words(entities.unescape(re.sub(r"<br>|</?p[^>]*>|<hr[^>]*>|<[^>]+>", " ", body)))


def test_every_template_of_a_mail_is_walked(owner):
    templates = {path.stem for path in (Path(settings.BASE_DIR) / "templates/email").iterdir()} - FRAME

    assert templates == set(mails(owner))


def test_every_mail_is_about_its_member_and_holds_nothing_of_another(owner):
    found = walked(owner)

    assert len(found) == 17
    assert [name for name, each in found if FOREIGN in raw(each).lower()] == []


def test_every_mail_has_a_text_and_one_reader(owner):
    found = walked(owner)

    assert [name for name, each in found if not each.body.strip() or len(each.recipients()) != 1] == []
    assert [name for name, each in found if each.attachments or each.cc or each.bcc] == []
    assert {each.extra_headers["Auto-Submitted"] for _, each in found} == {"auto-generated"}


def test_an_answer_reaches_whom_the_mail_says(owner):
    assert {(name, *each.reply_to) for name, each in walked(owner)} == {(name, *REPLIES.get(name, [])) for name in mails(owner)}


def test_who_asked_for_mails_can_stop_them_from_the_mail(owner):
    for name, each in walked(owner):
        way = each.extra_headers.get("List-Unsubscribe")
        assert (way is not None) == (name in STOPS), name
        if way:
            assert STOPS[name] in way
            assert each.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            assert way.strip("<>") in each.body


def test_html_says_the_same_as_the_text_and_fetches_nothing(owner):
    htmls = [(each, html) for _, each in walked(owner) for html, kind in getattr(each, "alternatives", ())]

    assert len(htmls) == 3
    for each, html in htmls:
        assert text_of(html) == words(each.body.replace("\n--\n", "\n"))
        assert re.findall(r"<(?:img|script|style|link|iframe|form|object)\b|src=|url\(|@import|http-equiv", html) == []


def test_no_mail_to_others_tells_the_members_address(owner):
    """Whoever was asked, reported or moderates does not learn it; it is a header only where the member asked for that."""
    to_others = [(name, each) for name, each in walked(owner) if each.to != [owner.email]]

    assert {name for name, _ in to_others} == {"endorse", "report", "outcome", "invitation", "news"}
    assert [name for name, each in to_others if owner.email in raw(each)] == ["endorse"]
    assert [name for name, each in to_others if owner.email in each.body] == []


def test_no_name_can_add_a_header_or_a_reader(owner):
    before = [(name, sorted(each.message().keys()), each.recipients()) for name, each in walked(owner)]
    make_hostile(owner)

    found = walked(owner)

    assert [(name, sorted(each.message().keys()), each.recipients()) for name, each in found] == before
    assert [name for name, each in found if re.search(r"[\r\n\x07\x1b]", each.subject)] == []
    assert [name for name, each in found for html, _ in getattr(each, "alternatives", ()) if "<script" in html] == []


def make_hostile(owner):
    """Put words that begin headers wherever people can write something that a mail holds."""
    owner.first_name = owner.last_name = HOSTILE
    owner.save()
    Profile.objects.filter(owner=owner).update(display_name=HOSTILE)
    Entry.objects.filter(owner=owner).update(title=HOSTILE, organisation=HOSTILE)
    EndorsementRequest.objects.filter(entry__owner=owner).update(name=HOSTILE, message=HOSTILE)
    Message.objects.filter(owner=owner).update(name=HOSTILE, text=HOSTILE)
    Report.objects.filter(owner=owner).update(text=HOSTILE, decision=HOSTILE)
    Invitation.objects.filter(counsellor=owner).update(name=HOSTILE, purpose=HOSTILE)
    Counsellor.objects.filter(user=owner).update(name=HOSTILE, organisation=HOSTILE)
    Connection.objects.filter(student=owner).update(counsellor_name=HOSTILE, student_name=HOSTILE)
    PlanStep.objects.filter(student=owner).update(title=HOSTILE, note=HOSTILE)
    ActionPlan.objects.filter(connection__student=owner).update(title=HOSTILE)
    Meeting.objects.filter(connection__student=owner).update(place=HOSTILE, note=HOSTILE, summary=HOSTILE)


@pytest.mark.browser
def test_the_html_of_every_mail_is_valid_and_so_is_its_way_out(client, owner, tmp_path):
    found = [(name, html) for name, each in walked(owner) for html, _ in getattr(each, "alternatives", ())]
    stop = f"/counselling-mail/stop/{digest.stop_token(owner, {Side.STUDENT})}/"
    found += [("stop", client.get(stop).content.decode()), ("stopped", client.post(stop).content.decode())]
    files = {}
    for number, (name, html) in enumerate(found):
        file = tmp_path / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        files[file.name] = name

    jar = os.environ.get("VNU_JAR")
    assert jar, "Set VNU_JAR to the path of vnu.jar, the HTML checker."
    command = ["java", "-Xss1m", "-jar", jar, "--format", "json", *map(str, tmp_path.glob("*.html"))]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    found = json.loads(run.stderr)["messages"]
    assert [(files[Path(each["url"]).name], each["message"]) for each in found if each["type"] != "info"] == []


IN_THE_OWNER_S = ["deadline", "certificate", "endorse", "answered", "message", "decision", "invitation", "news"]


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_mail_is_in_the_language_that_its_member_chose_whoever_caused_it(owner, language):
    in_english = {name: found[0] for name, found in mails(owner).items()}
    owner.language = language
    owner.save()

    for name, found in mails(owner).items():
        mail = found[0]
        own = re.findall(r"http://localhost:8000(\S+)", mail.body)
        is_theirs = name in IN_THE_OWNER_S
        assert (mail.subject != in_english[name].subject) == is_theirs, name
        assert (mail.body != in_english[name].body) == is_theirs, name
        assert all(address.startswith(f"/{language}/") == is_theirs for address in own), (name, own)


def test_a_language_that_is_not_offered_any_more_is_the_guide_s_own(owner):
    in_english = mails(owner)["deadline"][0].body
    owner.language = "tlh"
    owner.save()

    assert mails(owner)["deadline"][0].body == in_english
