"""How long a session lasts, and what ends it."""

import time

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

BEGAN, SEEN = "session_began", "session_seen"
A_DAY = 24 * 60 * 60
LONGEST = 30 * A_DAY


def begin(request, **kwargs):
    """Note when somebody signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def SessionLimits(get_response):
    """Middleware that ends a session 30 days after it began, and keeps one that is used from running out.

    Django ends a session SESSION_COOKIE_AGE after it was last saved. One that is in use is saved once a day, so that
    reading writes no row; people without a session cost nothing here.
    """

    def middleware(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            keep_or_end(request.session, int(time.time()))
        return get_response(request)

    return middleware


def keep_or_end(session, now):
    if now - session.get(BEGAN, now) > LONGEST:
        session.flush()
    elif now - session.get(SEEN, 0) > A_DAY:
        session.setdefault(BEGAN, now)
        session[SEEN] = now


def open_sessions(user):
    """The places where the person is signed in, the newest first; only looks, so that a GET writes nothing."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.filter(user=user, session_key__in=live).order_by("-created_at")


def end_others(request, user):
    """Sign the person out everywhere but here."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key or "")
    Session.objects.filter(session_key__in=list(others.values_list("session_key", flat=True))).delete()
    others.delete()


def after_a_new_password(request, user, **kwargs):
    end_others(request, user)


def end_after_a_new_password():
    """Let a new password end the person's other sessions, not only make them invalid."""
    for signal in (password_changed, password_set, password_reset):
        signal.connect(after_a_new_password, dispatch_uid="home.sessions.end_others")
