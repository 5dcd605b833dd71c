"""A plan as its student reads it: answered, worked on, closed."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from .. import clocks
from ..counselling import between, plans
from ..counselling.outlines import changes
from ..counselling.readings import outline_of, shown_to, standing, with_text
from ..forms.plans import AnswerForm, OwnActionForm, StateForm
from ..models import PlanAction
from ..scales import ActionState, PlanState, Side
from ..services import profile_of

MOST_EVENTS = 60
CHANGED = re.compile(r"([0-9]{1,18})-([a-z]{1,7})")
DONE = {
    "agree": _("Agreed. The plan is live."),
    "changes": _("Sent back, with your words."),
    "refuse": _("You have not agreed to it. Nothing of it counts."),
    "close": _("Closed. Both of you can read it on."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, pk):
    """One plan, with what changed in it and its history; a POST answers it or closes it."""
    found = own(request, pk)
    if request.method != "POST":
        return show(request, found)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, found, status=422, form=form)
    try:
        answer(request.user, found, **form.cleaned_data)
    except between.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, own(request, pk), status=409, form=form)
    messages.success(request, gettext(DONE[form.cleaned_data["do"]]))
    return redirect("portfolio:action_plan", pk)


def own(request, pk):
    """The student's plan, with its text."""
    return get_object_or_404(with_text(shown_to(request.user)).select_related("connection"), pk=pk)


def answer(student, plan, do, seen, words):
    if do == "close":
        plans.close(plan=plan, side=Side.STUDENT)
    elif do == "agree":
        plans.agree(student=student, plan=plan.pk, seen=seen)
    else:
        verb = plans.refuse if do == "refuse" else plans.ask_for_changes
        verb(student=student, plan=plan.pk, seen=seen, words=words)


def show(request, found, status=200, **more):
    text, live = outline_of(found), None
    if found.state == PlanState.OFFERED:
        live = standing(found.connection, PlanState.LIVE)
    context = {
        "plan": found,
        "form": AnswerForm(initial={"seen": text.mark}),
        "own_form": OwnActionForm(plan=found),
        "live": live,
        "changes": changes(outline_of(live), text) if live else None,
        "events": found.events.all()[:MOST_EVENTS],
        "today": clocks.today(timezone.now(), profile_of(request.user).time_zone),
        "side": Side.STUDENT,
        "undo": changed_action(request),
        **more,
    }
    if "form" in more:
        renew(context["form"], text)
    return render(request, "portfolio/guiding/plan.html", context, status=status)


def renew(form, text):
    """Take the text that stands now for seen: it is on the page that this form is part of."""
    form.data = form.data.copy()
    form.data["seen"] = text.mark


@login_required
@require_POST
def add(request, pk):
    """Something more that the student takes on."""
    found = own(request, pk)
    form = OwnActionForm(request.POST, plan=found)
    if not form.is_valid():
        return show(request, found, status=422, own_form=form)
    try:
        plans.add_action(student=request.user, plan=found.pk, **form.cleaned_data)
    except between.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, own(request, pk), status=422, own_form=form)
    messages.success(request, gettext("Added. Your counsellor sees it too, while you share your plan."))
    return redirect("portfolio:action_plan", pk)


@login_required
@require_POST
def action(request, pk, action):
    """Where one of the student's own actions stands."""
    return redirect(reverse("portfolio:action_plan", args=[pk]) + moved_action(request, own(request, pk), Side.STUDENT, action))


def moved_action(request, plan, side, action):
    """Move an action as the form says, and return what to add to the plan's address: its row, and how to undo it."""
    form = StateForm(request.POST)
    before = PlanAction.objects.filter(pk=action, goal__plan=plan).values_list("state", flat=True).first()
    try:
        if not form.is_valid():
            raise between.NotPossible(gettext("Nothing was changed."))
        moved = plans.set_state(plan=plan, side=side, action=action, state=form.cleaned_data["state"])
    except between.Closed:
        raise
    except between.NotPossible as why:
        messages.error(request, str(why))
        return ""
    if before == moved.state:
        return f"#action-{action}"
    return f"?changed={action}-{before}#action-{action}"


def changed_action(request):
    """The action that was just moved and the state it came from, as the address says; nothing unless it is sound."""
    found = CHANGED.fullmatch(request.GET.get("changed", ""))
    if not found or found[2] not in ActionState.values:
        return None
    return {"action": int(found[1]), "state": found[2]}
