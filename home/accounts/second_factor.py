"""Where a password is not enough: the CMS, the counsellors' desk and moderation ask for a passkey or an app besides."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from ..languages import here, plain
from ..roles import RECORD_RIGHTS

GUARDED = ("/cms/", "/counselling/", "/moderation/")
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Whoever may do one of these is trusted with more than their own things.
TRUSTED = ("wagtailadmin.access_admin", *(f"portfolio.{right}" for rights in RECORD_RIGHTS.values() for right in rights))
SET_UP_HERE, RETURN = "second_factor_set_up", "second_factor_return"


def SecondFactor(get_response):
    """Middleware that sends people from the guarded places to set up a second factor, or to use the one they have.

    Costs one statement there, and none anywhere else. Whoever may not go in there anyway gets what they always get.
    """

    def middleware(request):
        if settings.SECOND_FACTOR and plain(request.path_info).startswith(GUARDED) and request.user.is_authenticated:
            place = missing_step(request)
            if place:
                return led_to(place, request)
        return get_response(request)

    return middleware


def missing_step(request):
    """The name of the page that the person has to pass first, or nothing."""
    factors = set(Authenticator.objects.filter(user=request.user, type__in=FACTORS).values_list("type", flat=True))
    if (factors and has_used_one(request)) or not is_trusted(request.user):
        return ""
    if not factors:
        return "second_factor"
    return "mfa_reauthenticate_webauthn" if Authenticator.Type.WEBAUTHN in factors else "mfa_reauthenticate"


def is_trusted(user):
    """Whether the person may do more on the site than with their own things."""
    return user.is_staff or any(map(user.has_perm, TRUSTED))


def has_used_one(request):
    """Whether this session used a factor, or is the one in which a factor was set up."""
    used = any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
    return used or request.session.get(SET_UP_HERE) == request.user.pk


def led_to(place, request):
    """The answer that leads there, and from there back; a part of a page takes the whole page along."""
    address = f"{reverse(place)}?{urlencode({'next': return_address(request)})}"
    return HttpResponseClientRedirect(address) if "HX-Request" in request.headers else HttpResponseRedirect(address)


def return_address(request):
    """The page to come back to; after anything but reading a whole page, the front of the place that it belongs to."""
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return request.get_full_path()
    return next(here(front) for front in GUARDED if plain(request.path_info).startswith(front))


def guarded_or_none(address):
    """The address if it is one of a guarded place of this site, else nothing."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and plain(address).startswith(GUARDED) else ""


def trust_where_one_is_set_up():
    """Let the session in which somebody sets up a factor count as one that used it; allauth asked who they are first."""
    authenticator_added.connect(note_set_up, dispatch_uid="home.second_factor.note_set_up")


def note_set_up(request, user, authenticator, **kwargs):
    if authenticator.type in FACTORS:
        request.session[SET_UP_HERE] = user.pk
