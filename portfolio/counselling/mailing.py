"""The mails about counselling: each as text and as HTML that says the same, to one person, from us."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from home.models import User
from home.words import clean, line

from ..scales import Side

# No answer of a machine to these (RFC 3834), and none that would tell who is away.
QUIET = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def letter(subject: str, template: str, context: dict[str, Any], to: str, stop: str | None = None, **more: Any):
    """The mail of the templates email/<template>.txt and .html, an EmailMultiAlternatives that is not sent yet.

    `stop` is the whole address that switches such mails off: both parts end with it, and mail programs find it in the
    headers (RFC 8058). `more` is for the mail itself, as connection or reply_to. Texts of the context lose their control
    characters, and the subject its line ends, so that no name can begin a header.
    """
    told = {name: clean(each, lines=True) if isinstance(each, str) else each for name, each in context.items()}
    told |= {"subject": line(subject), "stop": stop}
    text, html = (render_to_string(f"email/{template}.{form}", told) for form in ("txt", "html"))
    mail = EmailMultiAlternatives(told["subject"], text, to=[to], headers=QUIET | way_out(stop), **more)
    mail.attach_alternative(html, "text/html")
    return mail


def way_out(stop: str | None) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop else {}


def hears(owner: User, side: Side) -> bool:
    """Whether the person wants to hear of counselling by mail; they do until they say otherwise."""
    if side == Side.COUNSELLOR and not owner.has_perm("portfolio.counsel"):
        return False
    settings = getattr(owner, "profile" if side == Side.STUDENT else "counsellor", None)
    return settings is None or settings.hears_of_counselling
