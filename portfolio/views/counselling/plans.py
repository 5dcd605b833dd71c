"""The plan on the counsellor's desk: written, offered, worked on."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from ... import clocks
from ...counselling import between, plans
from ...counselling.outlines import changes
from ...counselling.readings import UNANSWERED, outline_of, standing
from ...forms.plans import OfferedForm, PlanEditor
from ...models import ActionPlan, PlanEvent
from ...scales import PlanState, Scope, Side
from ...services import profile_of
from ..action_plans import changed_action, moved_action
from .door import closed, with_student

MOST_EVENTS = 60
DONE = {
    "offer": _("Offered. It counts once the student says yes."),
    "take-back": _("Taken back. Change it and offer it again."),
    "discard": _("The draft is gone."),
    "close": _("Closed. Both of you can read it on."),
}


@with_student(gettext_noop("Plan"), Scope.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, connection):
    """The plan that stands, and the one that is being written or waits for an answer; a POST moves one of them on."""
    if request.method == "POST":
        return move(request, connection, OfferedForm(request.POST))
    return show(request, connection)


def show(request, connection):
    live, next_ = standing(connection, PlanState.LIVE), standing(connection, *UNANSWERED)
    text = outline_of(next_)
    context = {
        "connection": connection,
        "live": live,
        "next": next_,
        "text": text,
        "changes": changes(outline_of(live), text) if live and next_ else None,
        "events": PlanEvent.objects.filter(plan__connection=connection)[:MOST_EVENTS],
        "past": connection.plans.filter(state__in=[PlanState.CLOSED, PlanState.REFUSED])[:20],
        "today": clocks.today(timezone.now(), profile_of(request.user).time_zone),
        "side": Side.COUNSELLOR,
        "undo": changed_action(request),
    }
    return render(request, "portfolio/counselling/plan.html", context)


def move(request, connection, form):
    do = form.cleaned_data["do"] if form.is_valid() else ""
    try:
        done(connection, do, form.cleaned_data.get("seen", ""))
    except between.Closed:
        return closed(request)
    except between.NotPossible as why:
        messages.error(request, str(why))
    else:
        messages.success(request, gettext(DONE[do])) if do else messages.info(request, gettext("Nothing was changed."))
    return redirect("portfolio:counselling:plan", connection.pk)


def done(connection, do, seen):
    if do == "offer":
        plans.offer(connection=connection.pk, seen=seen)
    elif do == "take-back":
        plans.take_back(connection=connection.pk)
    elif do == "discard":
        plans.discard(connection=connection.pk)
    elif do == "close":
        live = standing(connection, PlanState.LIVE)
        if not live:
            raise between.NotPossible(gettext("No plan is under way any more."))
        plans.close(plan=live, side=Side.COUNSELLOR)


@with_student(gettext_noop("Plan"), Scope.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, connection):
    """The form of the plan that is written: a draft until it is offered, beside the one that stands."""
    now = outline_of(standing(connection, *UNANSWERED) or standing(connection, PlanState.LIVE))
    if request.method != "POST":
        return form_page(request, connection, PlanEditor(now))
    editor = PlanEditor(now, request.POST)
    if "more" in request.POST:
        editor.grow(request.POST["more"])
        return form_page(request, connection, editor)
    if not editor.is_valid():
        return form_page(request, connection, editor, status=422, errors=editor.errors())
    try:
        saved = save(request, connection, editor.outline(), editor.form.cleaned_data["seen"])
    except between.Closed:
        return closed(request)
    except plans.Changed as meanwhile:
        differences = editor.differences(meanwhile.now)
        editor.agree(meanwhile.now)
        return form_page(request, connection, editor, status=409, differences=differences, is_stale=True)
    except between.NotPossible as why:
        return form_page(request, connection, editor, status=422, errors=[("", str(why))])
    messages.success(request, saved)
    return redirect("portfolio:counselling:plan", connection.pk)


def save(request, connection, text, seen):
    """What was done, in words: the draft kept, or offered at once."""
    plans.write(connection=connection.pk, text=text, seen=seen)
    if request.POST.get("do") != "offer":
        return gettext("Saved as a draft. Only you see it until you offer it.")
    plans.offer(connection=connection.pk, seen=text.mark)
    return gettext(DONE["offer"])


def form_page(request, connection, editor, status=200, **more):
    context = {"connection": connection, "editor": editor, "form": editor.form, **more}
    response = render(request, "portfolio/counselling/plan_form.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@with_student(gettext_noop("Plan"), Scope.PLAN)
@require_POST
def action(request, connection, action):
    """Where one of the counsellor's own actions stands."""
    visible = ActionPlan.objects.visible_to(request.user).filter(connection=connection)
    found = get_object_or_404(visible.distinct(), goals__actions=action)
    try:
        moved = moved_action(request, found, Side.COUNSELLOR, action)
    except between.Closed:
        return closed(request)
    return redirect(reverse("portfolio:counselling:plan", args=[connection.pk]) + moved)
