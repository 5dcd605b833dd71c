"""What a counsellor arranged for students: the list, and the form of one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from ...counselling import arranging
from ...forms.encounters import EncounterForm
from ...models import Encounter
from .door import for_counsellors

PAGE_SIZE = 50


@for_counsellors
@require_safe
def encounters(request):
    """What the counsellor arranged, the latest first."""
    mine = (
        Encounter.objects.visible_to(request.user)
        .select_related("cohort")
        .annotate(students=Count("connections"))
        .order_by("-on", "-pk")
    )
    page = Paginator(mine, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "portfolio/counselling/encounters.html", {"page": page})


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """Something new that was arranged."""
    form = EncounterForm(request.POST if request.method == "POST" else None, counsellor=request.user)
    if request.method == "POST" and form.is_valid():
        return saved(request, form)
    return show(request, form)


def saved(request, form):
    made = arranging.note_encounter(encounter=form.instance, students=form.cleaned_data["students"])
    messages.success(request, gettext("Saved. “{title}” counts in your reports.").format(title=made.title))
    return redirect("portfolio:counselling:encounters")


def show(request, form, status=None, **more):
    context = {"form": form, "encounter": form.instance, **more}
    status = status or (422 if form.errors else 200)
    return render(request, "portfolio/counselling/encounter_form.html", context, status=status)


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request, pk):
    """The form of one; two windows cannot overwrite each other."""
    mine = Encounter.objects.visible_to(request.user)
    if request.method != "POST":
        return show(request, EncounterForm(instance=get_object_or_404(mine, pk=pk), counsellor=request.user))
    found = get_object_or_404(mine.select_for_update(of=("self",)), pk=pk)
    form = EncounterForm(request.POST, instance=found, counsellor=request.user)
    if not form.is_valid():
        return show(request, form)
    if not form.is_stale:
        return saved(request, form)
    differences = form.differences()
    form.agree()
    return show(request, form, status=409, differences=differences, is_stale=True)


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Deletes one, once that was asked on a page of its own."""
    encounter = get_object_or_404(Encounter.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        encounter.delete()
        messages.success(request, gettext("“{title}” is deleted.").format(title=encounter.title))
        return redirect("portfolio:counselling:encounters")
    return render(request, "portfolio/counselling/encounter_delete.html", {"encounter": encounter})
