"""What a member can do with everything that is theirs: take it along, or have it erased."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.background import hand_over
from home.secret import kept_secret

from .. import tasks
from ..forms.leaving import EraseForm
from ..leaving import erasing, exporting, jobs
from ..models import Erasure, Export
from ..scales import Progress
from .files import sent


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def data(request):
    """The member's copy of everything, and the way out; a POST has a copy packed."""
    if request.method == "POST":
        return begin(request)
    part = is_part(request)
    return render(request, "portfolio/_data_copy.html" if part else "portfolio/data.html", standing(request.user, part))


@reauthentication_required
def begin(request):
    export = exporting.ask(owner=request.user)
    hand_over(tasks.pack_copy, export.pk)
    return redirect("portfolio:data")


def is_part(request):
    """Whether the page asks for how far the work is, and not somebody for the page."""
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def standing(owner, is_part):
    """How the member's copy stands. The one to fetch stays until the next is ready."""
    now = timezone.now()
    found = list(Export.objects.visible_to(owner))
    job = next((each for each in found if each.progress in jobs.UNDER_WAY), None)
    return {
        "export": exporting.ready(owner, now).first(),
        "job": job,
        "is_left_alone": bool(job) and jobs.is_left_alone(job, now),
        "has_failed": bool(found) and found[0].progress == Progress.FAILED,
        "is_part": is_part,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request):
    """Has the copy packed on when whoever was at it is gone."""
    if request.method == "POST":
        for export in Export.objects.visible_to(request.user).filter(progress__in=jobs.UNDER_WAY):
            if jobs.revive(Export, export.pk, timezone.now()):
                hand_over(tasks.pack_copy, export.pk)
    return redirect("portfolio:data")


@login_required
@require_safe
@reauthentication_required
def export(request, uuid):
    """A copy, for its owner alone and for a day; what is over is removed as it is asked for."""
    now = timezone.now()
    exporting.expire(now, owner=request.user, uuid=uuid)
    found = get_object_or_404(exporting.ready(request.user, now), uuid=uuid)
    try:
        response = sent(request, found.file, "application/zip", f"greenlight-{found.finished_at:%Y-%m-%d}.zip", is_shown=False)
    except FileNotFoundError as error:
        raise Http404 from error
    if request.method == "GET":
        exporting.note_fetching(owner=request.user, now=now)
    return response


@login_required
@require_safe
def erase(request):
    """What goes with an account, what stays, and what to take along first."""
    return render(request, "portfolio/erase.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def erase_sure(request):
    """Asks once more; a POST closes the account at once and has everything erased."""
    form = EraseForm(request.POST if request.method == "POST" else None, owner=request.user)
    if not form.is_valid():
        return render(request, "portfolio/erase_sure.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        erasure = erasing.close(owner=request.user)
    except erasing.Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "portfolio/erase_sure.html", {"form": form}, status=422)
    logout(request)
    hand_over(tasks.erase_account, erasure.pk)
    return redirect("portfolio:erased", uuid=erasure.uuid)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def erased(request, uuid):
    """How far the erasure of an account is, for whoever has its address; it says nothing of the person.

    A browser that keeps this address to itself sends the form without its origin, which Django would refuse. The address
    is the proof, and all that a POST can do is to go on erasing.
    """
    erasure = get_object_or_404(Erasure, uuid=uuid)
    if request.method == "POST":
        if erasing.go_on(erasure):
            hand_over(tasks.erase_account, erasure.pk)
        return redirect("portfolio:erased", uuid=uuid)
    context = {"erasure": erasure, "is_left_alone": jobs.is_left_alone(erasure, timezone.now())}
    return kept_secret(render(request, "portfolio/_erased.html" if is_part(request) else "portfolio/erased.html", context))
