from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from careers.models import CareerPage
from home.languages import here

from .. import coverage, gaps, goals, planning, reading
from ..forms.goals import AimForm, TargetForm

PAGE_SIZE = 40


@require_safe
@never_cache
@login_required
def plan(request):
    """The member's plan: the gap to a target role, what to do next and what lies ahead."""
    found = planning.plan(request.user, timezone.now(), request.GET.get("role", ""))
    return render(request, "portfolio/plan.html", {"plan": found})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def roles(request):
    """The member's target roles, and every role by how near it is."""
    if request.method == "POST":
        return change(request, TargetForm(request.POST, owner=request.user))
    found, names, titles = reading.roles()
    ranking = gaps.nearest(found, reading.held(request.user.pk))
    ranked = Paginator(ranking, PAGE_SIZE).get_page(request.GET.get("page"))
    targets = reading.targets(request.user.pk)
    aims = {target.career for target in targets}
    context = {
        "targets": targets,
        "nearest": names[ranking[0].role][0] if ranking and ranking[0].gap.counted else "",
        "page": ranked,
        "roles": [(coverage.near(each, names[each.role], titles), each.role in aims) for each in ranked],
    }
    return render(request, "portfolio/roles.html", context)


def change(request, form):
    if not form.is_valid():
        messages.error(request, gettext("That role is not among your target roles any more."))
    elif form.cleaned_data["do"] == "first":
        put_first(request, form.cleaned_data["goal"])
    else:
        drop(request, form.cleaned_data["goal"])
    return redirect("portfolio:roles")


def put_first(request, goal):
    goals.put_first(owner=request.user, goal=goal)
    messages.success(request, gettext("{role} comes first in your plan now.").format(role=goal.title))


def drop(request, goal):
    goals.drop_role(owner=request.user, goal=goal)
    messages.success(request, gettext("{role} is no longer your target role. Your entries stay.").format(role=goal.title))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def role(request, slug):
    """One role to aim at: what it asks, and the button; a POST chooses it, puts it first or drops it."""
    career = get_object_or_404(CareerPage.objects.readable().only("title", "slug", "summary"), slug=slug)
    if request.method == "POST":
        return aim(request, career, AimForm(request.POST))
    needs = reading.needs(career.pk)
    found = gaps.gap([need.asked for need in needs], reading.held(request.user.pk))
    names = {need.asked.skill: (need.title, here(f"/skills/{need.slug}/")) for need in needs}
    context = {
        "career": career,
        "gap": found,
        "rows": coverage.rows(found, names),
        "target": next((each for each in reading.targets(request.user.pk) if each.career == career.pk), None),
    }
    return render(request, "portfolio/role.html", context)


def aim(request, career, form):
    """Do what the form says and go where it came from."""
    if not form.is_valid():
        messages.error(request, gettext("Nothing was changed. Use one of the buttons on this page."))
        return redirect("portfolio:role", career.slug)
    goal = reading.goal_of(request.user, career)
    match form.cleaned_data["do"]:
        case "drop" if goal:
            drop(request, goal)
        case "first" if goal:
            put_first(request, goal)
        case "choose":
            goals.choose_role(owner=request.user, career=career)
            messages.success(request, gettext("Your target role is {role}.").format(role=career.title))
    back = {"guide": career.get_absolute_url(), "roles": "portfolio:roles"}
    return redirect(back.get(form.cleaned_data["back"], "portfolio:plan"))
