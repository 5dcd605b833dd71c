"""A counsellor's cohorts, each with its code and who joined."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ...counselling import codes, cohorts, connecting
from ...counselling.querysets import open_at
from ...forms.counselling import CohortDoForm, CohortForm
from ...models import Cohort, Connection, Counsellor
from ...notifications import absolute
from .door import for_counsellors

MOST = 100
MOST_STUDENTS = 500


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def all_cohorts(request):
    """The counsellor's cohorts, with how many students are in each; a POST makes one."""
    form = CohortForm(request.POST if request.method == "POST" else None, counsellor=request.user)
    if not form.is_valid():
        return show_all(request, form, status=422 if form.is_bound else 200)
    try:
        made = cohorts.make(counsellor=request.user, **form.said())
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show_all(request, form, status=422)
    messages.success(request, gettext("Made. Its code is {code}.").format(code=codes.shown(made.code)))
    return redirect("portfolio:counselling:cohort", made.pk)


def show_all(request, form, status=200):
    now = timezone.now()
    students = Count("connections", filter=open_at(now, "connections__"), distinct=True)
    found = Cohort.objects.visible_to(request.user).annotate(students=students)
    context = {
        "form": form,
        "cohorts": [(each, code_of(each, now)) for each in found.filter(closed_at=None)[:MOST]],
        "closed": found.filter(closed_at__isnull=False)[:MOST],
        "has_introduction": Counsellor.objects.filter(user=request.user).exists(),
    }
    return render(request, "portfolio/counselling/cohorts.html", context, status=status)


def code_of(cohort, now):
    """The cohort's code as it is read aloud, while it works."""
    works = cohort.code and not cohort.closed_at and cohort.code_ends_at and cohort.code_ends_at > now
    return codes.shown(cohort.code) if works else ""


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def cohort(request, pk):
    """One cohort: what it asks for, its code, and who joined; a POST changes one of these."""
    found = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    if request.method == "POST" and "do" in request.POST:
        return act(request, found, CohortDoForm(request.POST, counsellor=request.user))
    form = CohortForm(request.POST if request.method == "POST" else None, instance=found, counsellor=request.user)
    if not form.is_valid():
        return show(request, found.pk, form, status=422 if form.is_bound else 200)
    if form.is_stale:
        differences = form.differences()
        form.agree()
        return show(request, found.pk, form, status=409, is_stale=True, differences=differences)
    try:
        cohorts.change(cohort=form.instance, fields=[name for name in form._meta.fields if name in form.fields])
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, found.pk, form, status=422)
    messages.success(request, gettext("Saved. Who joined before has agreed to what stood there then."))
    return redirect("portfolio:counselling:cohort", pk)


def show(request, pk, form, status=200, **more):
    found, now = Cohort.objects.visible_to(request.user).get(pk=pk), timezone.now()
    code = code_of(found, now)
    mine = Connection.objects.of_counsellor(request.user, now)
    context = {
        "cohort": found,
        "form": form,
        "code": code,
        "address": absolute(reverse("portfolio:join", args=[found.code])) if code else "",
        "students": mine.filter(cohort=found).order_by("student_name", "pk")[:MOST_STUDENTS],
        "others": Cohort.objects.visible_to(request.user).filter(closed_at=None).exclude(pk=pk)[:MOST],
        **more,
    }
    return render(request, "portfolio/counselling/cohort.html", context, status=status)


def act(request, found, form):
    try:
        messages.success(request, done(request, found, form))
    except connecting.NotPossible as why:
        messages.error(request, str(why))
    return redirect("portfolio:counselling:cohort", found.pk)


def done(request, found, form):
    """What was done about the cohort, as a sentence."""
    if not form.is_valid():
        raise connecting.NotPossible(gettext("Nothing was changed."))
    do = form.cleaned_data["do"]
    if do == "move":
        return moved(request, form)
    if do == "code":
        made = cohorts.new_code(cohort=found)
        return gettext("The new code is {code}. The one before leads nowhere now.").format(code=codes.shown(made.code))
    if do == "end-code":
        cohorts.end_code(cohort=found)
        return gettext("The code leads nowhere any more. Who joined by it stays.")
    cohorts.close(cohort=found)
    return gettext("Closed. Nobody joins it any more; what its students share with you goes on.")


def moved(request, form):
    key, to = form.cleaned_data["connection"], form.cleaned_data["to"]
    connection = cohorts.move(counsellor=request.user, connection=key or 0, to=to)
    words = gettext("{who} is in {cohort} now.") if to else gettext("{who} is in no cohort now.")
    return words.format(who=connection.student_name, cohort=to)
