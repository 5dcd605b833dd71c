"""Ending with one student, and asking one to go on with another counsellor."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from ...counselling import connecting, handing
from ...forms.counselling import HandoverForm
from ...models import Handover
from ...scales import Side, Transfer
from .door import with_student


@with_student(gettext_noop("Ended the connection"))
@require_POST
def end(request, connection):
    """Ends the connection with the one click; nobody has to say why."""
    connecting.end(connection=connection.pk, side=Side.COUNSELLOR)
    messages.success(request, gettext("Ended. You see nothing of {who} any more.").format(who=connection.student_name))
    return redirect("portfolio:counselling:caseload")


@with_student(gettext_noop("Handing over"))
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request, connection):
    """Asks the student to go on with another counsellor; nothing moves until they say yes."""
    if request.POST.get("do") == "take-back":
        return take_back(request, connection)
    form = HandoverForm(request.POST if request.method == "POST" else None, counsellor=request.user)
    if not form.is_valid():
        return show(request, connection, form, status=422 if form.is_bound else 200)
    try:
        handing.offer(counsellor=request.user, connection=connection.pk, to=form.receiver(), reason=form.cleaned_data["reason"])
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, connection, form, status=422)
    words = gettext("If this is a counsellor here, {who} is asked. Until they say yes, nothing changes.")
    messages.success(request, words.format(who=connection.student_name))
    return redirect("portfolio:counselling:handover", connection.pk)


def take_back(request, connection):
    handing.take_back(counsellor=request.user, connection=connection.pk)
    messages.success(request, gettext("Taken back. Nobody else is offered to the student any more."))
    return redirect("portfolio:counselling:handover", connection.pk)


def show(request, connection, form, status=200):
    """The page; whether an address was somebody's is not to be read from it, so only colleagues are named."""
    colleagues = handing.colleagues(request.user)
    waits = Handover.objects.filter(connection=connection, state=Transfer.WAITING, to__in=colleagues.values("user"))
    context = {"connection": connection, "form": form, "waits": waits.first()}
    return render(request, "portfolio/counselling/handover.html", context, status=status)
