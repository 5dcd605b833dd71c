"""What allauth asks us: its words, where people may be sent, and how guessing is slowed."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .. import qr

SITE = "Greenlight"
WRONG_CODE = _("That code is not right, or it is too old. Take the newest one and type its digits again.")

WAYS_TO_ANSWER = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Ask whoever gave it to you."),
        "duplicate_email": _("This is the address you sign in with already."),
        "email_password_mismatch": _("The address and the password do not go together. Check both, or ask for a code by email."),
        "email_taken": _("This address belongs to an account already."),
        "enter_current_password": _("That is not your present password. Type it as you did to sign in."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("That is not your password. Type it as you did to sign in."),
        "too_many_login_attempts": _("That was one try too many. Wait a few minutes, then start again."),
        "rate_limited": _("That was too many requests. Wait a minute, then try again."),
        "unverified_primary_email": _("Confirm the address first."),
    }

    def save_user(self, request, user, form, commit=True):
        user.age_band = form.cleaned_data.get("age_band", "")
        user.language = get_language()
        return super().save_user(request, user, form, commit)

    def is_safe_url(self, url):
        """Whether the address is a path of this site."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_email")

    def get_reauthentication_methods(self, user):
        return [way | {"description": WAYS_TO_ANSWER[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def pre_authenticate(self, request, **credentials):
        """Count the try before it is made, and answer 429 once there were too many.

        allauth counts five wrong tries for an account, wherever they come from, so that anybody could lock its owner
        out. Here five count from one place, and fifty an hour from all places together.
        """
        account = self._get_login_attempts_cache_key(request, **credentials)
        here = self.consume(request, "login_failed", f"{account}:{ratelimit.get_ip(request)}")
        anywhere = self.consume(request, "login_failed_anywhere", account)
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(here.usage + anywhere.usage)

    def consume(self, request, action, key):
        usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
        if usage is None:
            raise ImmediateHttpResponse(ratelimit.respond_429(request))
        return usage


class KeyAdapter(DefaultMFAAdapter):
    """Passkeys, the authenticator app and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "unverified_email": _("Confirm your address first; then you can add this."),
    }

    def build_totp_svg(self, url):
        return qr.svg(url, gettext("QR code with the key below"))

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("My passkey") if number == 1 else gettext("My passkey {number}").format(number=number)

    def _get_site_name(self):
        return SITE
