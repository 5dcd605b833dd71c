"""How long a session lasts, and what ends it."""

import time

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.utils import timezone

BEGAN, SEEN = "session_began", "session_seen"
A_DAY = 24 * 60 * 60
LONGEST = 30 * A_DAY


def begin(request, **kwargs):
    """Note when somebody signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


class Sessions(SessionMiddleware):
    """Django's, but only a request that ended its session takes the cookie away.

    Django also does so where the session is not found. Whoever signs in gets a new key, so that a request which was under
    way with the old one finds nothing; its answer would arrive later and sign them out again.
    """

    def process_response(self, request, response):
        response = super().process_response(request, response)
        if not request.session.modified:
            response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return response


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


def end_all(user):
    """Sign the person out everywhere."""
    own = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(own.values_list("session_key", flat=True))).delete()
    own.delete()


def forget_sessions(account, addresses, step):
    """Delete every session of the account (its key), and those of nobody that hold one of its addresses.

    Whoever asked for a code by email has one before they are in. `step` is called now and then, to say that work goes on.
    """
    last, batch = "", True
    while batch:
        batch = list(Session.objects.filter(session_key__gt=last).order_by("session_key")[:500])
        found = [session.session_key for session in batch if is_about(session.get_decoded(), account, addresses)]
        Session.objects.filter(session_key__in=found).delete()
        last = batch[-1].session_key if batch else last
        step()


def is_about(remembered, account, addresses):
    if SESSION_KEY in remembered:
        return remembered[SESSION_KEY] == str(account)
    text = str(remembered)
    return any(address in text for address in addresses)
