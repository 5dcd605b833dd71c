"""The owner's side of confirming: whom they asked about an entry, what came of it, and taking it away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from .. import asking, endorsing
from ..forms.endorsing import AskedForm, AskForm, RemoveForm
from ..models import Endorsement, EndorsementRequest, Entry, Evidence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def endorsements(request, pk):
    """Asks somebody who was there to confirm an entry, and lists whom its owner has asked."""
    entry = get_object_or_404(Entry.objects.of(request.user).with_details().select_related("owner__profile"), pk=pk)
    if request.method != "POST":
        return show(request, entry, AskForm(entry=entry))
    form = AskForm(request.POST, entry=entry)
    if not form.is_valid():
        return show(request, entry, form, status=422)
    try:
        asked = endorsing.ask(entry=entry, **form.cleaned_data)
    except endorsing.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, entry, form, status=422)
    messages.success(
        request, gettext("You have asked {name}. The mail is on its way; the request stands for 30 days.").format(name=asked.name)
    )
    return redirect("portfolio:endorsements", entry.pk)


def show(request, entry, form, status=200):
    claim = asking.claim_of(entry)
    context = {
        "entry": entry,
        "form": form,
        "claim": claim,
        "obstacle": asking.obstacle(entry, has_evidence=bool(claim.pieces)),
        "asked": asking.asked_about(entry, timezone.now()),
        "days": asking.OPEN_FOR.days,
    }
    response = render(request, "portfolio/endorsements.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_POST
def asked(request, pk, asked):
    """Takes a request back, or sends it again."""
    found = get_object_or_404(EndorsementRequest.objects.visible_to(request.user), pk=asked, entry=pk)
    form = AskedForm(request.POST)
    try:
        say(request, found, form.cleaned_data["do"] if form.is_valid() else "")
    except endorsing.NotPossible as why:
        messages.error(request, str(why))
    return redirect("portfolio:endorsements", pk)


def say(request, found, do):
    if do == "withdraw":
        endorsing.withdraw(owner=request.user, asked=found.pk)
        messages.success(
            request, gettext("Taken back. The address that {name} got opens nothing any more.").format(name=found.name)
        )
    elif do == "again":
        endorsing.send_again(owner=request.user, asked=found.pk)
        messages.success(request, gettext("On its way to {name} once more.").format(name=found.name))
    else:
        messages.error(request, gettext("Nothing was changed."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, pk, endorsement):
    """Takes away what somebody confirmed, once that was asked on a page of its own."""
    mine = Endorsement.objects.filter(evidence__in=Evidence.objects.of(request.user).filter(entry=pk))
    found = get_object_or_404(mine.select_related("evidence__skill", "evidence__entry"), pk=endorsement)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = endorsing.remove(owner=request.user, endorsement=found.pk, is_whole=form.cleaned_data["do"] == "whole")
        if not count:
            raise Http404
        messages.success(request, gettext("Removed. What {name} confirmed is shown to nobody any more.").format(name=found.name))
        return redirect("portfolio:entry", pk)
    whole = mine.filter(request=found.request_id, name=found.name, relation=found.relation).count()
    context = {"endorsement": found, "entry": found.evidence.entry, "count": whole}
    return render(request, "portfolio/endorsement_remove.html", context, status=422 if request.method == "POST" else 200)
