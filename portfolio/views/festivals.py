from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from home.words import clean

from .. import agenda, clocks, lifecycle, submissions
from ..forms.filters import beyond, key_of
from ..forms.status import StepForm
from ..models import FestivalSubmission
from ..services import Conflict, profile_of

PAGE_SIZE = 50


@login_required
@require_safe
def festivals(request):
    """Every submission of the member: what to send, what to wait for, and what came of the rest."""
    home = profile_of(request.user).time_zone
    after = clean(request.GET.get("after", ""))
    found = list(beyond(submissions.results(request.user), ["started"], after, True)[: PAGE_SIZE + 1])
    context = {
        "to_send": submissions.to_send(request.user, home, timezone.now()),
        "waiting": submissions.waiting(request.user),
        "results": found[:PAGE_SIZE],
        "more": key_of(found[PAGE_SIZE - 1], "started") if len(found) > PAGE_SIZE else "",
        "is_first_page": not after,
        "laurels": submissions.laurels(request.user),
        "tally": submissions.tally(request.user),
        "spend": submissions.spend(request.user),
        "home": home,
        "clock": clocks.clock(home),
    }
    return render(request, "portfolio/festivals.html", context)


@login_required
@require_POST
def status(request, pk):
    """Moves a submission one step; what cannot be says why, and keeps what was typed."""
    submission = get_object_or_404(FestivalSubmission.objects.of(request.user), pk=pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        return refused(request, submission, form, form.sentence(), 422)
    try:
        moved = submissions.move(submission=submission, **form.step())
    except lifecycle.NotAllowed as reason:
        return refused(request, submission, form, f"{reason}.", 422)
    except Conflict:
        return refused(
            request,
            submission,
            form,
            gettext("It was moved somewhere else, after you opened the page. This is where it stands."),
            409,
        )
    messages.success(
        request,
        gettext("Saved. {moved}: {moved2}.").format(
            moved=agenda.festival_name(moved), moved2=lifecycle.result_words(submissions.status_of(moved)).lower()
        ),
    )
    return redirect(moved)


def refused(request, submission, form, sentence, status):
    submission = FestivalSubmission.objects.of(request.user).filter(pk=submission.pk).first() or submission
    context = {
        "submission": submission,
        "moves": lifecycle.moves(submissions.status_of(submission)),
        "sentence": sentence,
        "reason": form.data.get("reason", "")[:255],
        "chosen": form.data.get("to", ""),
    }
    return render(request, "portfolio/status_refused.html", context, status=status)
