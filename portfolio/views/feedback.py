from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ..counselling import between, reviewing
from ..forms.reviewing import ReplyForm
from ..models import Feedback


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request, pk, feedback):
    """What a counsellor said about one of the member's entries; a POST answers it, or settles it."""
    mine = Feedback.objects.visible_to(request.user).filter(entry__owner=request.user, entry=pk)
    found = get_object_or_404(mine.select_related("entry", "evidence__skill"), pk=feedback)
    if request.method != "POST":
        return show(request, found, ReplyForm(initial={"text": found.reply}))
    try:
        return settle(request, found) if request.POST.get("do") == "settle" else answer(request, found)
    except between.NotPossible as why:
        messages.error(request, str(why))
        return redirect("portfolio:entry", pk)


def settle(request, found):
    reviewing.settle(owner=request.user, feedback=found.pk)
    messages.success(request, gettext("Settled. You can still read it below your entry."))
    return redirect("portfolio:entry", found.entry_id)


def answer(request, found):
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    reviewing.reply(owner=request.user, feedback=found.pk, text=form.cleaned_data["text"])
    messages.success(request, gettext("Sent. Your counsellor reads it while they see this entry."))
    return redirect("portfolio:entry", found.entry_id)


def show(request, found, form, status=200):
    context = {"feedback": found, "entry": found.entry, "form": form}
    response = render(request, "portfolio/guiding/feedback.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
