"""The side of those who were asked: a page by its secret, with no account and no session.

These forms carry no CSRF token: the secret in the address is the proof, a browser that keeps the address to itself sends no
origin with them, and another site that knew the address could do no more than whoever it was told to.
"""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.secret import kept_secret

from .. import asking, endorsing, guesses
from ..forms.endorsing import AnswerForm, DeclineForm
from ..scales import Asking
from .calendar import too_many


def by_secret(view):
    """The view of a request to confirm, given the request that the token in its address opens.

    Whatever does not open answers 404, whyever it does not; to the member who asked, no request does.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request, token):
        if guesses.are_too_many(request):
            return too_many(request)
        asked = asking.request_of(token, timezone.now())
        if not asked or asked.entry.owner_id == request.user.pk:
            guesses.count(request)
            raise Http404
        try:
            return kept_secret(view(request, asked))
        except endorsing.Gone:
            raise Http404 from None
        except endorsing.Answered:
            return kept_secret(back(asked))

    return opened


def back(asked):
    return redirect("portfolio:answer", asking.token_of(asked))


@by_secret
def answer(request, asked):
    """What somebody is asked to confirm, and once they have answered, what they said."""
    if request.method == "POST":
        return confirm(request, asked)
    if request.method == "GET":
        endorsing.note_look(asked=asked, now=timezone.now())
    if asked.state != Asking.OPEN:
        return said(request, asked)
    return show(request, asked, AnswerForm(claim=asking.claim_of(asked.entry)))


def confirm(request, asked):
    if asked.state != Asking.OPEN:
        return back(asked)
    form = AnswerForm(request.POST, claim=asking.claim_of(asked.entry))
    if form.is_stale:
        return changed(request, asked, form)
    if not form.is_valid():
        return show(request, asked, form, status=422)
    try:
        endorsing.confirm(asked=asked.pk, seen=form.cleaned_data["seen"], levels=form.levels, quote=form.cleaned_data["quote"])
    except endorsing.Changed:
        return changed(request, asked, AnswerForm(request.POST, claim=asking.claim_of(asked.entry)))
    except endorsing.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, asked, form, status=422)
    return back(asked)


def changed(request, asked, form):
    """The page as the entry stands now, with what was chosen and still fits; nothing was confirmed yet."""
    return show(request, asked, form.renewed(), status=409, is_changed=True)


def show(request, asked, form, status=200, **more):
    context = {"asked": asked, "claim": form.claim, "form": form, **more}
    return render(request, "portfolio/endorse/asked.html", context, status=status)


def said(request, asked):
    context = {
        "asked": asked,
        "who": asking.name_of(asked.entry.owner),
        "endorsements": asked.endorsements.select_related("evidence__skill").order_by("pk"),
        "until": asked.answered_at + asking.SHOWN_FOR,
    }
    return render(request, "portfolio/endorse/said.html", context)


@by_secret
def decline(request, asked):
    """Says no, with a reason for the owner alone if there is one."""
    if asked.state != Asking.OPEN:
        return back(asked)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        endorsing.decline(asked=asked.pk, reason=form.cleaned_data["reason"])
        return back(asked)
    context = {"asked": asked, "form": form, "who": asking.name_of(asked.entry.owner)}
    return render(request, "portfolio/endorse/decline.html", context, status=422 if form.errors else 200)


@by_secret
def take_back(request, asked):
    """Takes back what was said, once that was asked on a page of its own."""
    if asked.state not in (Asking.CONFIRMED, Asking.DECLINED):
        return back(asked)
    if request.method == "POST":
        endorsing.take_back(asked=asked.pk)
        return back(asked)
    return render(request, "portfolio/endorse/take_back.html", {"asked": asked, "who": asking.name_of(asked.entry.owner)})
