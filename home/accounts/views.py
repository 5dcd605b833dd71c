"""The pages of somebody's own account that allauth does not have, or that it would write for."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .devices import device
from .sessions import end_others, open_sessions


@require_safe
@never_cache
@login_required
def account(request):
    """What an account consists of, with the way to each part."""
    types = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    found = {
        "email": EmailAddress.objects.get_primary_email(request.user) or request.user.email,
        "passkeys": types.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in types,
        "places": open_sessions(request.user).count(),
    }
    return render(request, "account/account.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def devices(request):
    """Where the person is signed in; a POST signs them out everywhere else."""
    if request.method == "POST":
        end_others(request, request.user)
        messages.success(request, gettext("You are signed out everywhere else."))
        return redirect("usersessions_list")
    places = [(place, device(place.user_agent)) for place in open_sessions(request.user)]
    return render(request, "usersessions/usersession_list.html", {"places": places})
