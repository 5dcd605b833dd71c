"""The counsellor's students: who could do with a nudge, the list as asked for, and the list as a file."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ...counselling import attention, caseload
from ...counselling.listing import written
from ...forms.caseload import CaseloadFilter
from ...models import Connection, Counsellor
from ...scales import Look
from .door import for_counsellors

PAGE_SIZE = 25
RULE = {"quiet": attention.QUIET_AFTER // 7, "slowing": attention.SLOWING_AFTER // 7}


@for_counsellors
@require_safe
def caseload_page(request):
    """The counsellor's students as asked for; htmx gets the part that changes, except when going back."""
    form, now = asked(request)
    page = Paginator(form.found(), PAGE_SIZE).get_page(form.cleaned_data["page"])
    shown = caseload.detailed(page.object_list, request.user)
    context = {
        "form": form,
        "page": page,
        "rows": shown,
        "summary": caseload.summary(form.rows),
        "counsellor": Counsellor.objects.filter(user=request.user).first(),
        "requests": Connection.objects.visible_to(request.user).waiting().filter(counsellor=request.user).count(),
        "rule": RULE,
    }
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    template = "portfolio/counselling/_students.html" if part else "portfolio/counselling/caseload.html"
    response = kept_close(render(request, template, context))
    note(request, shown, Look.CASELOAD, now)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@for_counsellors
@require_safe
def as_file(request):
    """The list as asked for, all pages of it, as a table for a spreadsheet; nothing in it that is not shared."""
    form, now = asked(request)
    found = caseload.detailed(form.found(), request.user)
    response = kept_close(HttpResponse(written(found), content_type="text/csv; charset=utf-8"))
    response.headers["Content-Disposition"] = content_disposition_header(True, f"caseload-{now:%Y-%m-%d}.csv")
    note(request, found, Look.LIST, now, timedelta(0))
    return response


def asked(request):
    """The filter with the counsellor's students in it, and the moment they were read at."""
    now = timezone.now()
    connections = Connection.objects.of_counsellor(request.user, now)
    form = CaseloadFilter(request.GET, caseload.rows(connections, timezone.localdate(now)))
    form.is_valid()
    return form, now


def note(request, shown, what, now, every=timedelta(days=1)):
    if request.method == "GET":
        caseload.note_looks(shown, what, now, every)


def kept_close(response):
    """The response kept by nobody on the way, and in no browser's memory: access may end with the next request."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
