"""The ways in to a counsellor: an invitation by its secret address, and a code that was read aloud.

The address of an invitation is a secret, but it is no proof of who answers: somebody else may know it, who would like another
to share something. So the form in it carries a CSRF token like any other, and the page tells its address to our own pages
alone instead of to nobody, since a browser that keeps it altogether sends forms without their origin.
"""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from home.rates import Limit
from home.secret import kept_secret

from .. import guesses
from ..counselling import cohorts, connecting, inviting
from ..forms.granting import CodeForm
from ..models import Connection
from ..services import profile_of
from .calendar import too_many
from .counsellors import around, grant_form, said

# Beside the guesses of an address: a class sits behind one, and whoever guesses can change theirs.
CODES = Limit("codes", 20, 600)


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request, token):
    """Who invites, why, and what they would like to see; once signed in, the form that decides it."""
    if guesses.are_too_many(request):
        return too_many(request)
    found = inviting.of_token(token, timezone.now())
    if not found or (found.connection and found.connection.student_id != request.user.pk):
        guesses.count(request)
        raise Http404
    response = kept_secret(answer(request, found))
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def answer(request, invitation):
    if invitation.connection:
        return redirect("portfolio:connection", invitation.connection_id)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path) if request.method == "POST" else show_invitation(request, invitation)
    standing = with_counsellor(request.user, invitation.counsellor_id)
    if standing:
        return redirect("portfolio:connection", standing.pk)
    form = grant_form(request, profile_of(request.user), asked=invitation.asked)
    if request.method != "POST" or request.user.pk == invitation.counsellor_id:
        return show_invitation(request, invitation, form)
    if not form.is_valid():
        return show_invitation(request, invitation, form, status=422)
    return accept(request, invitation, form)


def with_counsellor(student, counsellor):
    """What is open between the two already."""
    return Connection.objects.visible_to(student).open().filter(student=student, counsellor=counsellor).first()


def accept(request, invitation, form):
    try:
        made = inviting.accept(student=request.user, invitation=invitation.pk, given=form.given())
    except inviting.Gone:
        return gone(request, invitation)
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show_invitation(request, invitation, form, status=422)
    messages.success(request, said(made))
    return redirect("portfolio:connection", made.pk)


def gone(request, invitation):
    """Where the second of two answers at once leads: to what the first has made, if it was the same person's."""
    made = with_counsellor(request.user, invitation.counsellor_id)
    if not made:
        raise Http404
    return redirect("portfolio:connection", made.pk)


def show_invitation(request, invitation, form=None, status=200):
    context = {
        "who": invitation.counsellor.counsellor.name,
        "invitation": invitation,
        "terms": invitation,
        "counsellor": invitation.counsellor.counsellor,
        "is_own": request.user.pk == invitation.counsellor_id,
        "form": form,
        "next": urlencode({"next": request.path}),
    }
    if form:
        context |= around(request, profile_of(request.user), context["who"])
    return render(request, "portfolio/counsellors/invited.html", context, status=status)


@require_safe
def join(request, code):
    """The short address of a code, which leads to where it is typed."""
    return redirect(f"{reverse('portfolio:code')}?{urlencode({'code': code})}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request):
    """Takes the code of a cohort, and then the student's decision what its counsellor sees."""
    if guesses.are_too_many(request) or CODES.is_reached(request.user.pk):
        return too_many(request)
    typed = request.POST if request.method == "POST" else request.GET
    form = CodeForm(typed if "code" in typed or request.method == "POST" else None)
    cohort = cohorts.of_code(form.cleaned_data["code"], timezone.now()) if form.is_valid() else None
    if not cohort:
        return no_such_code(request, form)
    return decide(request, cohort, form.cleaned_data["code"])


def no_such_code(request, form):
    """The page to type a code on; a code that was one and leads nowhere counts as a guess."""
    if form.is_valid():
        guesses.count(request)
        CODES.takes(request.user.pk)
        form.add_error("code", gettext("This code leads nowhere. Check it, or ask your counsellor for the present one."))
    return render(request, "portfolio/counsellors/code.html", {"form": form}, status=422 if form.is_bound else 200)


def decide(request, cohort, typed):
    made = with_counsellor(request.user, cohort.counsellor_id)
    if made:
        messages.info(request, gettext("You are connected with this counsellor already."))
        return redirect("portfolio:connection", made.pk)
    form = grant_form(request, profile_of(request.user), asked=cohort.asked)
    if request.method != "POST" or request.user.pk == cohort.counsellor_id:
        return show_cohort(request, cohort, typed, form)
    if not form.is_valid():
        return show_cohort(request, cohort, typed, form, status=422)
    try:
        made = cohorts.join(student=request.user, cohort=cohort.pk, code=typed, given=form.given())
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show_cohort(request, cohort, typed, form, status=422)
    messages.success(request, said(made))
    return redirect("portfolio:connection", made.pk)


def show_cohort(request, cohort, typed, form, status=200):
    who = cohort.counsellor.counsellor
    context = {
        "cohort": cohort,
        "terms": cohort,
        "counsellor": who,
        "is_own": request.user.pk == cohort.counsellor_id,
        "code": typed,
        "form": form,
        **around(request, profile_of(request.user), who.name),
    }
    return render(request, "portfolio/counsellors/invited.html", context, status=status)
