"""One student at the desk: what is missing and what was recommended, and the entries that they share."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from ...counselling import student as sight
from ...forms.shared import SharedFilter
from .caseload import kept_close
from .door import with_student

PAGE_SIZE = 50


@require_safe
@with_student(gettext_noop("gaps and courses"))
def student(request, connection):
    """What is missing for the role in view, what was recommended, and what can be recommended next."""
    today = timezone.localdate()
    missing = sight.missing(connection, request.GET.get("role", ""))
    context = {
        "connection": connection,
        "row": sight.row_of(connection, today),
        "missing": missing,
        "needs": missing.needs if missing else [],
        "steps": sight.steps(connection, request.user, today),
        "most_steps": sight.MOST_STEPS,
        "profile": sight.profile_of(connection),
    }
    return kept_close(render(request, "portfolio/counselling/student.html", context))


@require_safe
@with_student(gettext_noop("entries"), "entries")
def entries(request, connection):
    """The entries that the student shares with counsellors, latest first."""
    form = SharedFilter(request.GET, skills=sight.skills_in(connection))
    form.is_valid()
    found, more = form.page(form.narrow(sight.entries(connection)), PAGE_SIZE)
    context = {"connection": connection, "form": form, "entries": found, "more": form.address(after=more) if more else ""}
    return kept_close(render(request, "portfolio/counselling/entries.html", context))
