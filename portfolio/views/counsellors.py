"""The student's side: who sees what until when, changing and ending it, who has looked, and asking a counsellor."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import clocks
from ..counselling import connecting, handing, inviting, requesting, standing
from ..counselling.invitations import token_of
from ..forms.granting import AnswerHandoverForm, AskCounsellorForm, GrantForm
from ..scales import Side
from ..services import profile_of
from .moderating import key_in


@login_required
@require_safe
def counsellors(request):
    """Everybody who is or was a counsellor of the member's, and what waits for an answer."""
    now = timezone.now()
    found = standing.ties(request.user, now)
    invitations = inviting.sent_to(request.user, now)[: standing.MOST]
    context = {
        "open": [each for each in found if each.state == "open"],
        "waiting": [each for each in found if each.state in ("asked", "agreed")],
        "past": [each for each in found if each.state in ("over", "gone", "ended")],
        "handovers": handing.waiting_for(request.user)[: standing.MOST],
        "invitations": [(each, token_of(each)) for each in invitations],
        "clock": clocks.clock(profile_of(request.user).time_zone),
    }
    return render(request, "portfolio/counsellors/counsellors.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def connection(request, pk):
    """One counsellor: what they see, until when, and every look of theirs; a POST changes what they see."""
    found = get_object_or_404(standing.of(request.user), pk=pk)
    profile = profile_of(request.user)
    form = grant_form(request, profile, connection=found)
    if request.method != "POST":
        return show(request, found, profile, form)
    if not form.is_valid():
        return show(request, found, profile, form, status=422)
    try:
        changed = connecting.change(student=request.user, connection=found.pk, version=form.seen, given=form.given())
    except connecting.Changed:
        return changed_elsewhere(request, pk, profile)
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, found, profile, form, status=422)
    messages.success(request, said(changed))
    return redirect("portfolio:connection", pk)


def grant_form(request, profile, connection=None, asked=(), data=None):
    """The form by which the member gives something, with what was typed into it."""
    sent = request.POST if request.method == "POST" else None
    return GrantForm(sent, student=request.user, profile=profile, now=timezone.now(), connection=connection, asked=asked)


def changed_elsewhere(request, pk, profile):
    """The page as it stands now beside what was chosen; nothing was changed yet."""
    found = get_object_or_404(standing.of(request.user), pk=pk)
    form = grant_form(request, profile, connection=found)
    if not form.is_valid():
        return show(request, found, profile, form, status=422)
    differences = form.differences()
    form.agree()
    return show(request, found, profile, form, status=409, is_stale=True, differences=differences)


def show(request, found, profile, form, status=200, **more):
    tie = standing.tie(found)
    looks, before = standing.looks(request.user, found, key_in(request.GET.get("before", "")))
    clock = clocks.clock(profile.time_zone)
    context = {
        "tie": tie,
        "connection": found,
        "form": form if tie.may_change else None,
        "days": [(day, list(each)) for day, each in groupby(looks, key=lambda look: look.at.astimezone(clock).date())],
        "before": before,
        "clock": clock,
        **around(request, profile, found.counsellor_name),
        **more,
    }
    return render(request, "portfolio/counsellors/connection.html", context, status=status)


def around(request, profile, who):
    """What a page with the form says beside it."""
    return {"who": who, "profile": profile, "shown_entries": standing.shown_entries(request.user)}


def said(connection):
    """What the counsellor sees from now on, as a sentence."""
    shared = [str(scope.label).lower() for scope in connection.shared]
    what = ", ".join(shared) if shared else gettext("your name, and when you last logged something")
    return gettext("Saved. {who} sees: {what}.").format(who=connection.counsellor_name, what=what)


@login_required
@require_POST
def end(request, pk):
    """Ends what the counsellor sees, or takes a request back, with the one click."""
    found = get_object_or_404(standing.of(request.user), pk=pk)
    if connecting.end(connection=found.pk, side=Side.STUDENT):
        words = gettext("Ended. {who} sees nothing of yours any more.") if found.granted_at else gettext("Taken back.")
        messages.success(request, words.format(who=found.counsellor_name))
    else:
        messages.info(request, gettext("That was ended already."))
    return redirect("portfolio:counsellors")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Asks one of the counsellors who take requests; nothing but a name and a few words goes to them."""
    profile = profile_of(request.user)
    form = AskCounsellorForm(request.POST if request.method == "POST" else None, student=request.user, profile=profile)
    if not form.is_valid():
        return show_ask(request, form, status=422 if form.is_bound else 200)
    counsellor = form.cleaned_data["counsellor"].user
    words = {"name": form.cleaned_data["student_name"], "message": form.cleaned_data["message"]}
    try:
        made = requesting.ask(student=request.user, counsellor=counsellor, **words)
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show_ask(request, form, status=422)
    words = gettext("You have asked {who}. They see nothing until you say so.")
    messages.success(request, words.format(who=made.counsellor_name))
    return redirect("portfolio:counsellors")


def show_ask(request, form, status=200):
    offered = list(form.fields["counsellor"].queryset[: standing.MOST])
    context = {"form": form, "offered": offered, "chosen": key_in(str(form["counsellor"].value()))}
    return render(request, "portfolio/counsellors/ask.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request, pk):
    """Somebody else is to go on with the member, who says yes, with what they see, or no."""
    found = handing.waiting_for(request.user).filter(pk=pk).first()
    if not found:
        raise Http404
    profile = profile_of(request.user)
    form = grant_form(request, profile, connection=found.connection)
    if request.method != "POST":
        return show_handover(request, found, profile, form)
    answer = AnswerHandoverForm(request.POST)
    if answer.is_valid() and answer.cleaned_data["do"] == "no":
        return refused(request, found)
    if not form.is_valid() or not answer.is_valid():
        return show_handover(request, found, profile, form, status=422)
    try:
        made = handing.agree(student=request.user, handover=found.pk, given=form.given())
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show_handover(request, found, profile, form, status=422)
    messages.success(request, said(made))
    return redirect("portfolio:connection", made.pk)


def refused(request, found):
    try:
        handing.refuse(student=request.user, handover=found.pk)
    except connecting.NotPossible as why:
        messages.error(request, str(why))
        return redirect("portfolio:counsellors")
    who = found.connection.counsellor_name
    messages.success(request, gettext("Everything stays as it is. {who} is your counsellor.").format(who=who))
    return redirect("portfolio:connection", found.connection_id)


def show_handover(request, found, profile, form, status=200):
    context = {
        "handover": found,
        "form": form,
        "clock": clocks.clock(profile.time_zone),
        **around(request, profile, found.to_name),
    }
    return render(request, "portfolio/counsellors/handover.html", context, status=status)
