"""The student's side of recommended steps: what waits, what is under way, and the answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.models import Course

from ..counselling import steps as verbs
from ..counselling import suggestions
from ..forms.steps import AcceptForm, DeclineForm, DeferForm, DropForm, ProgressForm
from ..models import PlanStep
from ..scales import STEPS_OPEN, StepState

VERBS = {"accept": verbs.accept, "defer": verbs.defer, "decline": verbs.decline, "progress": verbs.progress}


@login_required
@require_safe
@never_cache
def steps(request):
    """The member's steps: what waits for an answer first, then what is under way, put off, finished and declined."""
    groups = suggestions.groups(request.user.pk, timezone.localdate())
    return render(request, "portfolio/steps.html", {"groups": groups, "is_empty": not any(found for _, found in groups)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def step(request, pk):
    """One step with the counsellor's note first; a POST opens or answers it."""
    found = mine(request.user, pk)
    if request.method != "POST":
        return show(request, found)
    do = request.POST.get("do", "")
    if do == "open":
        verbs.open_step(student=request.user, step=found.pk)
        return redirect("portfolio:step", found.pk)
    if do not in VERBS:
        messages.error(request, gettext("Nothing was changed. Use one of the buttons on this page."))
        return show(request, found, status=422)
    form = forms_of(found, do, request.POST)[do]
    if not form.is_valid():
        return show(request, found, form, status=422)
    return answer(request, found, form, do)


def mine(owner, pk):
    """The owner's own step, and nobody else's, whatever else they may see."""
    found = PlanStep.objects.visible_to(owner).filter(student=owner)
    return get_object_or_404(found.select_related("course__provider", "skill", "career", "entry", "connection"), pk=pk)


def answer(request, found, form, do):
    try:
        answered = VERBS[do](student=request.user, step=found.pk, version=form.cleaned_data["version"], **form.said())
    except verbs.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, found, form, status=422)
    except verbs.Changed:
        now = mine(request.user, found.pk)
        form.refresh(now)
        return show(request, now, form, status=409, is_stale=True)
    messages.success(request, said_words(answered))
    return redirect("portfolio:step", found.pk)


def said_words(step):
    """What the answer did, in words."""
    match step.state:
        case StepState.ACCEPTED:
            return gettext("Accepted. It is on your plan.")
        case StepState.DEFERRED:
            return gettext("Put off. It comes back on the day you chose.")
        case StepState.DECLINED:
            return gettext("Taken off your plan.") if not step.by else gettext("Declined. You can still accept it later.")
    return gettext("Saved.")


def forms_of(step, do="", data=None):
    """The forms of the answers that the step takes, by their verbs; the one of `do` holds the data."""
    found = {"accept": AcceptForm, "defer": DeferForm, "decline": DeclineForm if step.by else DropForm, "progress": ProgressForm}
    return {name: form(data if name == do else None, step=step) for name, form in found.items()}


def show(request, step, form=None, status=200, **more):
    forms = forms_of(step)
    if form:
        forms[form.name] = form
    context = {
        "step": step,
        "forms": forms,
        "wrong": form,
        "is_open": step.state in STEPS_OPEN,
        "can_finish": step.state in verbs.FINISHABLE,
        "has_entry": bool(step.entry) and not step.entry.deleted_at,
        "course": suggestions.course_of(step),
        **more,
    }
    return render(request, "portfolio/step.html", context, status=status)


@login_required
@require_POST
def add(request, course):
    """Puts a course on the member's own plan; twice is once."""
    found = get_object_or_404(Course.objects.filter(live=True), slug=course)
    try:
        step, is_new = verbs.add_own(student=request.user, course=found)
    except verbs.NotPossible as why:
        messages.error(request, str(why))
        return redirect("portfolio:steps")
    say = gettext("{course} is on your plan. Nobody else sees it.") if is_new else gettext("{course} is on your plan already.")
    messages.success(request, say.format(course=step.title))
    return redirect("portfolio:step", step.pk)
