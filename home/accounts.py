"""Who may sign in, and what a session remembers of them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

EDITS = "edits_the_guide"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator until members can sign up."""

    def is_open_for_signup(self, request):
        return False


def remember_editor(request, user, **kwargs):
    """Note in the session whether the person may enter the CMS, so that pages need not ask each time."""
    request.session[EDITS] = user.has_perm("wagtailadmin.access_admin")


def is_editor(request):
    """Whether the session belongs to somebody who may enter the CMS; only a look, the CMS asks for itself."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(EDITS, False)
