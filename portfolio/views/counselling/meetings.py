"""The meetings of a counsellor with one student: arranged, written up, called off."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from ... import clocks
from ...counselling import between, meetings
from ...counselling.readings import split
from ...forms.meetings import MeetingForm
from ...models import Meeting
from ...scales import Attendance
from ...services import profile_of
from .door import closed, with_student

MOST = 200


@with_student(gettext_noop("Meetings"))
@require_safe
def listed(request, connection):
    """The meetings to come, then those that were, with what both read and what the counsellor noted alone."""
    found = list(seen_by(request.user, connection)[:MOST])
    coming, past = split(found, timezone.now())
    context = {"connection": connection, "coming": coming, "past": past, **zones(request, connection)}
    return render(request, "portfolio/counselling/meetings.html", context)


def seen_by(counsellor, connection):
    return Meeting.objects.visible_to(counsellor).filter(connection=connection)


def zones(request, connection):
    """The counsellor's time zone, and the student's if it is another."""
    home = profile_of(request.user).time_zone
    return {"clock": clocks.clock(home), "away": elsewhere(connection, home)}


def elsewhere(connection, home):
    """The student's time zone, if it is known and not this one."""
    away = profile_of(connection.student).time_zone
    return away if away != home and away in clocks.known() else ""


@with_student(gettext_noop("Meetings"))
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, connection):
    """A new meeting."""
    zone = profile_of(request.user).time_zone
    if request.method != "POST":
        today = clocks.today(timezone.now(), zone)
        return show(request, connection, MeetingForm(zone=zone, initial={"on": today}))
    form = MeetingForm(request.POST, zone=zone)
    if not form.is_valid():
        return show(request, connection, form, status=422)
    try:
        meetings.arrange(connection=connection.pk, meeting=form.instance)
    except between.Closed:
        return closed(request)
    messages.success(request, gettext("Saved. The student sees the meeting; the working note stays with you."))
    return redirect("portfolio:counselling:meetings", connection.pk)


@with_student(gettext_noop("Meetings"))
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request, connection, meeting):
    """A meeting's form; two windows cannot overwrite each other."""
    if request.POST.get("do") == "cancel":
        return cancel(request, connection, meeting)
    zone = profile_of(request.user).time_zone
    found = held(request, connection, meeting)
    before = {name: getattr(found, name) for name in meetings.TOLD}
    if request.method != "POST":
        return show(request, connection, MeetingForm(instance=found, zone=zone))
    form = MeetingForm(request.POST, instance=found, zone=zone)
    if not form.is_valid():
        return show(request, connection, form, status=422)
    if form.is_stale and form.differences():
        return stale(request, connection, form)
    try:
        meetings.change(meeting=form.instance, before=before)
    except between.Closed:
        return closed(request)
    messages.success(request, gettext("Saved."))
    return redirect("portfolio:counselling:meetings", connection.pk)


def held(request, connection, meeting):
    """The meeting, held until the transaction ends if it is to be written."""
    if request.method == "POST":
        # The connection first, in the order in which every verb holds them.
        between.hold(connection.pk)
        list(Meeting.objects.select_for_update().filter(pk=meeting, connection=connection))
    found = seen_by(request.user, connection).filter(pk=meeting).first()
    if not found:
        raise Http404
    return found


def stale(request, connection, form):
    differences = form.differences()
    form.agree()
    return show(request, connection, form, status=409, differences=differences, is_stale=True)


def show(request, connection, form, status=200, **more):
    context = {
        "connection": connection,
        "form": form,
        "meeting": form.instance,
        "zone": form.zone,
        "away": elsewhere(connection, form.zone),
        "can_cancel": form.instance.pk and form.instance.attendance == Attendance.PLANNED,
    }
    response = render(request, "portfolio/counselling/meeting_form.html", {**context, **more}, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def cancel(request, connection, meeting):
    try:
        done = meetings.cancel(connection=connection.pk, meeting=meeting)
    except between.Closed:
        return closed(request)
    if done:
        messages.success(request, gettext("Cancelled. The student is told."))
    else:
        messages.info(request, gettext("This meeting was not planned any more, so nothing was changed."))
    return redirect("portfolio:counselling:meetings", connection.pk)
