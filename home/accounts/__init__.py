"""Who may sign in, and what a session remembers of them."""

from django.apps import apps
from django.conf import settings

EDITS = "edits_the_guide"
COUNSELS = "has_a_desk"


def remember_editor(request, user, **kwargs):
    """Note in the session whether the person may enter the CMS, and has a desk, so that pages need not ask each time."""
    request.session[EDITS] = user.has_perm("wagtailadmin.access_admin")
    request.session[COUNSELS] = user.has_perm("portfolio.counsel") and not user.is_superuser


def is_editor(request):
    """Whether the session belongs to somebody who may enter the CMS; only a look, the CMS asks for itself."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(EDITS, False)


def is_counsellor(request):
    """Whether the session belongs to a counsellor; only a look, the desk asks for itself."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(COUNSELS, False)


def confirm_administrator(sender, instance, created, raw, **kwargs):
    """Take the address of a new administrator as confirmed: whoever made the account sits at the server."""
    if created and instance.is_superuser and not raw:
        addresses = apps.get_model("account", "EmailAddress").objects
        addresses.create(user=instance, email=instance.email, primary=True, verified=True)
