"""Evidence review: what a counsellor says about an entry, asks for, and confirms. The entry itself stays its owner's."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from ... import facts
from ...counselling import between, reviewing
from ...forms.reviewing import CommentForm, EndorseForm, TakeBackForm
from ...models import Feedback
from ...scales import Scope, State
from .door import closed, with_student


@with_student(gettext_noop("Review of an entry"), Scope.ENTRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, connection, entry):
    """An entry with its evidence, what was said about it, and the forms to say more; a POST comments."""
    found = reviewing.open_to(connection).with_parts().filter(pk=entry).first()
    if not found:
        return closed(request)
    if request.method != "POST":
        return show(request, connection, found)
    form = CommentForm(request.POST, pieces=found.evidence.all())
    if not form.is_valid():
        return show(request, connection, found, status=422, form=form)
    try:
        reviewing.comment(connection=connection.pk, entry=found.pk, **form.cleaned_data)
    except between.Closed:
        return closed(request)
    except between.NotPossible as why:
        form.add_error(None, str(why))
        return show(request, connection, found, status=422, form=form)
    messages.success(request, gettext("Sent. The student reads it on the entry."))
    return redirect("portfolio:counselling:review", connection.pk, found.pk)


def show(request, connection, entry, status=200, form=None, refused=None):
    """The page; `refused` is a piece's key with the form of it that has something to fix."""
    pieces = list(entry.evidence.all())
    context = {
        "connection": connection,
        "entry": entry,
        "details": entry.details,
        "facts": facts.public(entry),
        "form": form or CommentForm(pieces=pieces),
        "pieces": [row(piece, request.user, refused) for piece in pieces],
        "feedback": Feedback.objects.visible_to(request.user).filter(entry=entry.pk).select_related("evidence__skill"),
        "is_completed": entry.state == State.COMPLETED,
    }
    response = render(request, "portfolio/counselling/review.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def row(piece, counsellor, refused):
    """A piece, what this counsellor confirmed of it, and the form to do so."""
    mine = next((each for each in piece.endorsements.all() if each.endorser_id == counsellor.pk), None)
    others = [each for each in piece.endorsements.all() if each is not mine]
    form = refused[1] if refused and refused[0] == piece.pk else None
    form = form or EndorseForm(piece=piece, initial={"level": mine.level if mine else ""}, prefix=f"piece-{piece.pk}")
    return {"piece": piece, "mine": mine, "others": others, "form": form}


@with_student(gettext_noop("Review of an entry"), Scope.ENTRIES)
@require_POST
def endorse(request, connection, entry, evidence):
    """Confirms a piece of evidence at a level, or takes that back."""
    found = reviewing.open_to(connection).with_parts().filter(pk=entry).first()
    piece = next((each for each in found.evidence.all() if each.pk == evidence), None) if found else None
    if not piece:
        return closed(request)
    try:
        if request.POST.get("do") == "take-back":
            return take_back(request, connection, piece)
        form = EndorseForm(request.POST, piece=piece, prefix=f"piece-{piece.pk}")
        if not form.is_valid():
            return show(request, connection, found, status=422, refused=(piece.pk, form))
        reviewing.endorse(connection=connection.pk, entry=entry, evidence=evidence, **form.cleaned_data)
    except between.Closed:
        return closed(request)
    except between.NotPossible as why:
        messages.error(request, str(why))
    else:
        messages.success(request, gettext("Confirmed. It counts as verified, with your name beside it."))
    return redirect("portfolio:counselling:review", connection.pk, entry)


def take_back(request, connection, piece):
    form = TakeBackForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if reviewing.take_back(connection=connection.pk, entry=piece.entry_id, evidence=piece.pk, why=why):
        messages.success(request, gettext("Taken back. The student is told, with your words."))
    else:
        messages.info(request, gettext("There was nothing of yours to take back."))
    return redirect("portfolio:counselling:review", connection.pk, piece.entry_id)
