"""The pages of somebody's own account that allauth does not have, or that it would write for."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..languages import language_for
from .devices import device
from .forms import LanguageForm
from .second_factor import RETURN, guarded_or_none
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
        "mails": dict(settings.LANGUAGES)[language_for(request.user)],
    }
    return render(request, "account/account.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def language(request):
    """The language in which our mails come; pages are in that of their address."""
    form = LanguageForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, gettext("Saved."))
        return redirect("account")
    return render(request, "account/language.html", {"form": form}, status=422 if form.errors else 200)


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


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def second_step(request):
    """Why a password is not enough where somebody wanted to go; a POST keeps the place and goes on to set up more."""
    place = guarded_or_none(request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        request.session[RETURN] = place
        return redirect("mfa_index")
    return render(request, "account/second_factor.html", {"place": place})
