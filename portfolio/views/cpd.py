from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from .. import clocks, training
from ..cpd import default_cycle
from ..forms.cycles import CycleForm, HoursFilter, key_of
from ..models import CPDCycle
from ..services import profile_of

PAGE_SIZE = 50


@login_required
@require_safe
def cpd(request):
    """The member's training: the hours of each cycle, what they were spent on, and the years before."""
    asked = HoursFilter(request.GET)
    courses = training.courses(request.user, today_of(request.user))
    chosen = asked.chosen(courses)
    within = training.activities(request.user).filter(training.within(chosen.cycle)).order_by("-counts_on", "-pk")
    found = list(asked.beyond(within)[: PAGE_SIZE + 1])
    context = {
        "chosen": chosen,
        "courses": courses,
        "activities": found[:PAGE_SIZE],
        "more": key_of(found[PAGE_SIZE - 1]) if len(found) > PAGE_SIZE else "",
        "is_first_page": not asked.data.get("after"),
        "years": training.years(request.user),
    }
    return render(request, "portfolio/cpd.html", context)


def today_of(owner):
    return clocks.today(timezone.now(), profile_of(owner).time_zone)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """A new cycle, from the calendar year that it is now."""
    form = CycleForm(request.POST if request.method == "POST" else None, owner=request.user, initial=suggested(request.user))
    if request.method == "POST" and form.is_valid():
        return saved(request, form)
    return show(request, form)


def suggested(owner):
    """What most people would type: this calendar year."""
    year = default_cycle(today_of(owner))
    return {"starts": year.starts, "ends": year.ends}


def saved(request, form):
    cycle = form.save()
    messages.success(request, gettext("Saved. “{name}” has its hours below.").format(name=cycle.name))
    return redirect("portfolio:cpd")


def show(request, form, **more):
    status = 422 if form.errors else 200
    return render(request, "portfolio/cycle_form.html", {"form": form, "cycle": form.instance, **more}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request, pk):
    """A cycle's form; two windows cannot overwrite each other."""
    mine = CPDCycle.objects.visible_to(request.user)
    if request.method != "POST":
        return show(request, CycleForm(instance=get_object_or_404(mine, pk=pk), owner=request.user))
    form = CycleForm(request.POST, instance=get_object_or_404(mine.select_for_update(), pk=pk), owner=request.user)
    if not form.is_valid():
        return show(request, form)
    if not form.is_stale:
        return saved(request, form)
    differences = form.differences()
    form.agree()
    response = show(request, form, differences=differences, is_stale=True)
    response.status_code = 409
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Deletes a cycle, once that was asked on a page of its own; the training itself stays."""
    cycle = get_object_or_404(CPDCycle.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        cycle.delete()
        messages.success(request, gettext("“{name}” is deleted. Your training is all still there.").format(name=cycle.name))
        return redirect("portfolio:cpd")
    return render(request, "portfolio/cycle_delete.html", {"cycle": cycle})
