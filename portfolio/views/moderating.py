"""Where moderators read reports and decide. For everybody else there is no such place."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from .. import cases, moderation
from ..forms.moderating import DecisionForm
from ..scales import Verdict

PAGE_SIZE = 25


def for_moderators(view):
    """The view for those who may decide; nobody else learns that it exists."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if not request.user.has_perm("portfolio.moderate"):
            raise Http404
        return view(request, *args, **kwargs)

    return opened


@for_moderators
@require_safe
def reports(request):
    """What is to be decided, oldest first, and what was, latest first."""
    undecided, more = cases.undecided(key_in(request.GET.get("after", "")), PAGE_SIZE)
    decided, older = cases.decided(moment_in(request.GET.get("before", "")), PAGE_SIZE)
    pages = {"more": more, "older": older and older.isoformat()}
    context = {"undecided": undecided, "decided": decided, "me": request.user.pk, **pages}
    return render(request, "portfolio/moderation/reports.html", context)


def key_in(text):
    """The key that a page begins after; nonsense is the first page."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def moment_in(text):
    """The moment that a page begins before, as isoformat() wrote it; nonsense is the first page."""
    try:
        found = DateTimeField().to_python(text)
    except ValidationError:
        return None
    return found if found and found.tzinfo else None


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def case(request, pk):
    """One thing that was reported, with its reports, and the decision."""
    found = get_object_or_404(cases.reports(), pk=pk)
    if request.method != "POST":
        return show(request, found, DecisionForm(standing=found.verdict))
    form = DecisionForm(request.POST, standing=request.POST.get("standing", ""))
    if not form.is_valid():
        return show(request, found, form, status=422)
    try:
        decided = moderation.decide(moderator=request.user, report=found, **form.cleaned_data)
    except moderation.DecidedAlready as reason:
        return show(request, cases.reports().get(pk=pk), form, status=409, refusal=reason)
    except moderation.NotDecided as reason:
        return show(request, found, form, status=403, refusal=reason)
    messages.success(
        request, gettext("Decided: {label}. Its owner is told by email.").format(label=Verdict(decided.verdict).label.lower())
    )
    return redirect("portfolio:reports")


def show(request, report, form, status=200, refusal=None):
    context = {
        "case": cases.case_of(report),
        "form": form,
        "standing": report.verdict,
        "can_decide": report.verdict in moderation.NEXT,
        "is_own": report.owner_id == request.user.pk,
        "refusal": refusal,
    }
    return render(request, "portfolio/moderation/case.html", context, status=status)
