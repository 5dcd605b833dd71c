"""Figures of a counsellor's students, and of a team's for whoever leads it. A team's name nobody."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ...counselling.reports import report
from ...forms.reporting import ReportFilter
from ...leaving.archive import write_table
from ...models import Connection, Team
from .door import for_counsellors


def for_leads(view):
    """The view of a team's figures, given the Team of the key `pk`; for others there is no such place."""

    @wraps(view)
    def opened(request, pk):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, get_object_or_404(led_by(request.user), pk=pk))

    return opened


def led_by(user):
    """The teams that somebody leads."""
    leads = user.is_authenticated and user.has_perm("portfolio.lead")
    return Team.objects.filter(seats__user=user, seats__is_lead=True) if leads else Team.objects.none()


@require_safe
def reports(request):
    """The figures of a counsellor's own students; somebody who only leads teams finds the way to theirs."""
    teams = list(led_by(request.user))
    if teams and not request.user.has_perm("portfolio.counsel"):
        return render(request, "portfolio/counselling/reports_teams.html", {"teams": teams})
    return own(request, teams)


@for_counsellors
def own(request, teams):
    form = own_filter(request)
    return show(request, form, own_report(request, form), teams=teams)


def own_filter(request):
    return ReportFilter(request.GET, today=timezone.localdate(), counsellor=request.user)


def own_report(request, form):
    mine = Connection.objects.of_counsellor(request.user)
    group = form.is_valid() and form.cleaned_data["group"]
    return report(mine.filter(cohort=group), form.period, mine.count()) if group else report(mine, form.period)


def show(request, form, found, **more):
    context = {"form": form, "period": form.period, "report": found, "query": request.GET.urlencode(), **more}
    return render(request, "portfolio/counselling/reports.html", context, status=200 if form.is_valid() else 422)


@for_counsellors
@require_safe
def figures(request):
    """The same figures as a table for spreadsheets, with as much hidden."""
    form = own_filter(request)
    return as_file(form, own_report(request, form))


@require_safe
@for_leads
def team(request, found):
    """The figures of a team."""
    form = ReportFilter(request.GET, today=timezone.localdate())
    return show(request, form, team_report(found, form), team=found)


@require_safe
@for_leads
def team_figures(request, found):
    form = ReportFilter(request.GET, today=timezone.localdate())
    return as_file(form, team_report(found, form))


def team_report(found, form):
    return report(Connection.objects.open().filter(counsellor__in=found.seats.values("user")), form.period)


def as_file(form, found):
    if not form.is_valid():
        raise Http404
    period = form.period
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="figures-{period.first}-to-{period.last}.csv"'
    write_table(
        response,
        [gettext("Table"), gettext("Line"), gettext("Students"), gettext("What else is counted"), gettext("How many")],
        lines_of(found),
    )
    return response


def lines_of(found):
    if found.is_too_small:
        return [[gettext("The group is too small to be shown"), "", "", "", ""]]
    return [[each.title, line.label, line.students, each.amounts, line.amount] for each in found.tables for line in each.lines]
