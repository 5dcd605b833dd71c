"""The mails about confirming: to somebody who was there, and to the owner once they have answered.

A request is marked as sent in a transaction that ends only when the mail server has taken the mail, as reminders are
(notifications.py says why). The secret is made from the nonce when the mail is written: no queue and no log holds it.
"""

from contextlib import closing
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.languages import speaking_to
from home.words import line

from . import asking
from .models import EndorsementRequest
from .notifications import absolute
from .scales import Asking

# No answer of a machine to these: RFC 3834.
HEADERS = {"Auto-Submitted": "auto-generated"}
DONE = {
    Asking.CONFIRMED: _("confirmed"),
    Asking.DECLINED: _("declined to confirm"),
    Asking.REVOKED: _("took back what they said of"),
}


def send(*, asked: int, now: datetime) -> bool:
    """Whether the request's mail went out; not, if it did before or nothing is asked any more.

    Raises whatever the mail server says when it does not take the mail.
    """
    found = asking.unsent(now).filter(pk=asked).select_related("entry__owner__profile").first()
    if not found:
        return False
    with closing(get_connection()) as connection:
        connection.open()
        return send_once(found, question(found, connection), now)


def send_once(found: EndorsementRequest, mail: EmailMessage, now: datetime) -> bool:
    """Whether the mail went out. Of two at the same time the second waits for the first, and has nothing to do then."""
    with transaction.atomic():
        if not EndorsementRequest.objects.filter(pk=found.pk, state=Asking.OPEN, sent_at=None).update(sent_at=now):
            return False
        mail.send()
    return True


def question(asked: EndorsementRequest, connection=None) -> EmailMessage:
    """The mail to somebody who was there, in the language of the member who asks.

    The member's address stands in it only if the member asked for that.
    """
    with speaking_to(asked.entry.owner):
        return asking_mail(asked, connection)


def asking_mail(asked: EndorsementRequest, connection) -> EmailMessage:
    owner, title = asked.entry.owner, line(asked.entry.title)
    who = asking.name_of(owner)
    context = {
        "asked": asked,
        "name": line(asked.name),
        "who": who,
        "title": title,
        "message": [line(each) for each in asked.message.splitlines()],
        "link": absolute(reverse("portfolio:answer", args=[asking.token_of(asked)])),
        "complain": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    body = render_to_string("email/endorse.txt", context)
    replies = [owner.email] if asked.takes_replies else None
    subject = gettext("{who} asks you to confirm work on {title}").format(who=who, title=title)
    return EmailMessage(subject, body, to=[asked.email], reply_to=replies, headers=HEADERS, connection=connection)


def tell(*, asked: int) -> bool:
    """Whether the owner was told what became of a request."""
    found = EndorsementRequest.objects.filter(pk=asked, state__in=DONE, entry__deleted_at=None, entry__owner__is_active=True)
    answered = found.select_related("entry__owner").first()
    if answered:
        answer(answered).send()
    return bool(answered)


def answer(asked: EndorsementRequest) -> EmailMessage:
    """The mail to the owner: who answered and how; what they said stands on the page alone."""
    with speaking_to(asked.entry.owner):
        name, title = line(asked.name), line(asked.entry.title)
        link = absolute(reverse("portfolio:endorsements", args=[asked.entry_id]))
        context = {"state": asked.state, "name": name, "title": title, "link": link}
        subject = gettext("{name} {done} your work on {title}").format(name=name, done=DONE[Asking(asked.state)], title=title)
        return EmailMessage(
            subject, render_to_string("email/answered.txt", context), to=[asked.entry.owner.email], headers=HEADERS
        )
