"""The mails about messages, reports and decisions: plain text, from us, each to one person."""

import logging
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from home.languages import speaking_to
from home.models import User

from . import cases
from .models import Message, Report
from .notifications import absolute
from .scales import Verdict

SUBJECT = _("A message through your Greenlight portfolio")
# An automatic answer ("I am away") would tell the sender the member's address.
QUIET = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
TO_OWNERS = {
    Verdict.UPHELD: _("Something of yours was taken off the site"),
    Verdict.DISMISSED: _("Somebody reported something of yours, and it stays"),
    Verdict.LIFTED: _("Something of yours is back on the site"),
}
logger = logging.getLogger(__name__)


def letter(name: str, subject: str, to: str, context: dict[str, Any], **more: Any) -> EmailMessage:
    """The mail with the text of the named template."""
    body = render_to_string(f"email/{name}.txt", context)
    return EmailMessage(str(subject), body, to=[to], headers=QUIET, **more)


def message(found: Message, connection=None) -> EmailMessage:
    """A visitor's message to a member, who answers it to the visitor and not to us."""
    with speaking_to(found.owner):
        return letter("message", SUBJECT, found.owner.email, {"message": found}, reply_to=[found.email], connection=connection)


def of_report(report: int) -> list[EmailMessage]:
    """A new report, to each moderator: what is public, and what the report says; nothing of who made it."""
    found = cases.reports().filter(pk=report, verdict=Verdict.OPEN).first()
    if not found:
        return []
    thing = cases.things([found])[0]
    return [to_moderator(found, thing, each) for each in moderators()]


def to_moderator(found: Report, thing: cases.Thing, moderator: User) -> EmailMessage:
    with speaking_to(moderator):
        context = {"report": found, "thing": thing, "link": absolute(sign_in_to(cases.address(found)))}
        subject = gettext("A report to look at: {ground}").format(ground=found.get_ground_display())
        return letter("report", subject, moderator.email, context)


def moderators() -> list[User]:
    """The moderators; where there is nobody, a stand-in with the address that the site gives for moderation, if it gives one."""
    found = list(User.objects.filter(groups__name="Moderators", is_active=True).order_by("pk"))
    return found or [User(email=address) for address in filter(None, [settings.MODERATION_EMAIL])]


def sign_in_to(path: str) -> str:
    return f"{reverse('account_login')}?next={path}"


def of_decision(report: int) -> list[EmailMessage]:
    """What was decided about the report and those decided with it: to the owner, and to who asked to hear of it."""
    found = cases.reports().select_related("owner").filter(pk=report).exclude(verdict=Verdict.OPEN).first()
    if not found:
        return []
    asked = {each.email: each for each in cases.together(found).exclude(email="")}
    return [to_owner(found), *(to_reporter(each) for each in asked.values())]


def to_owner(found: Report) -> EmailMessage:
    """The decision in its moderator's words; an answer to this mail is an appeal."""
    appeals = settings.MODERATION_EMAIL or settings.DEFAULT_FROM_EMAIL
    with speaking_to(found.owner):
        link = absolute(found.entry.get_absolute_url() if found.entry else reverse("portfolio:plan"))
        context = {"report": found, "link": link}
        return letter("decision", TO_OWNERS[found.verdict], found.owner.email, context, reply_to=[appeals])


def to_reporter(found: Report) -> EmailMessage:
    """What became of the report, and nothing about the person; in the guide's own language, as no other is known of them."""
    with override(settings.LANGUAGE_CODE):
        return letter("outcome", gettext("What became of your report"), found.email, {"report": found})


def send(mails: Iterable[EmailMessage]) -> int:
    """How many of the mails the mail server took. What it refuses stands on the site for whom it concerns."""
    sent = 0
    try:
        with closing(get_connection()) as connection:
            connection.open()
            for mail in mails:
                sent += connection.send_messages([mail]) or 0
    except OSError as error:
        logger.warning("The mail server does not take a mail about a report: %s", type(error).__name__)
    return sent
