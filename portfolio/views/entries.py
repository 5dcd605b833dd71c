from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from careers.models import Skill
from careers.scales import Stage

from .. import asking, facts, lifecycle
from ..counselling import finishing, steps
from ..counselling.standing import shares_entries
from ..forms.editor import Editor, differences, editor_for
from ..forms.filters import EntryFilter
from ..models import Entry, Evidence, Feedback, Label, StatusChange
from ..scales import Judging, Kind, State, Submission, Visibility
from ..services import Conflict, SavedBefore, widest
from .bulk import undo_tag

PAGE_SIZE = 25


@login_required
@require_safe
def entries(request):
    """The member's log: filtered, sorted, a page at a time."""
    form = EntryFilter(request.GET)
    form.is_valid()
    found, more = form.page(form.narrow(Entry.objects.of(request.user)), PAGE_SIZE)
    context = {
        "form": form,
        "entries": found,
        "more": more_address(request, more),
        "labels": Label.objects.visible_to(request.user).filter(uses__content_object__deleted_at=None).distinct(),
        "visibilities": [level for level in Visibility if level <= widest(request.user)],
        "is_first_page": not form.cleaned_data["after"],
    }
    return render(request, "portfolio/entries.html", context)


def more_address(request, key):
    query = request.GET.copy()
    query["after"] = key
    return f"?{query.urlencode()}" if key else ""


@login_required
@require_safe
def choose_kind(request):
    """The first question of a new entry: which kind is it?"""
    return render(request, "portfolio/choose_kind.html", {"kinds": Kind, "query": request.GET.urlencode()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, kind):
    """A new entry of a kind."""
    if kind not in Kind.values:
        raise Http404
    if request.method == "POST":
        return save(request, Editor(request.user, Kind(kind), **sent(request)))
    return show(request, Editor(request.user, Kind(kind), initial=asked_for(request)))


def sent(request):
    """What the browser sent: fields, files, and the names of files that were dropped for their size."""
    return {"data": request.POST, "files": request.FILES, "dropped": getattr(request, "dropped_files", ())}


def asked_for(request):
    """What a link to the form may fill in: a skill by its slug, a stage, the work that is entered.

    While a counsellor is let see entries, a new one starts as theirs to see.
    """
    found = {"visibility": Visibility.COUNSELLOR} if shares_entries(request.user) else {}
    skill = Skill.objects.filter(live=True, slug=request.GET.get("skill", "")).first() if request.GET.get("skill") else None
    if skill:
        found["skill"] = skill.pk
    if request.GET.get("stage") in {"1", "2", "3", "4", "5"}:
        found["stages"] = [int(request.GET["stage"])]
    work = request.GET.get("work", "")
    if work.isdecimal() and len(work) < 19:
        entry = Entry.objects.of(request.user).filter(kind=Kind.PROJECT, pk=int(work)).first()
        if entry:
            found |= {"work": entry.pk, "title": entry.title}
    return found | finishing.asked_for(request.user, request.GET)


@login_required
@require_safe
def entry(request, pk):
    """One entry of the member's own, with all that belongs to it."""
    found = get_object_or_404(Entry.objects.visible_to(request.user).with_parts(), pk=pk, owner=request.user)
    context = {
        "entry": found,
        "details": found.details,
        "facts": facts.shown(found),
        "private_facts": facts.private(found),
        "pitch": pitch_of(found),
        "stage_names": Stage.choices,
        "confirmations": asking.confirmations(found),
        "feedback": Feedback.objects.visible_to(request.user).filter(entry=found.pk).select_related("evidence__skill"),
    }
    if found.kind == Kind.FESTIVAL:
        submission = found.details
        status = lifecycle.Status(Submission(submission.submission_status), Judging(submission.judging_status))
        context |= {
            "submission": submission,
            "moves": lifecycle.moves(status),
            "changes": StatusChange.objects.filter(submission=submission),
        }
    return render(request, "portfolio/entry.html", context)


def pitch_of(entry):
    """The parts of the pitch package, each with whether it is ready; nothing unless it is the member's own project."""
    if entry.kind != Kind.PROJECT or not entry.details.is_own:
        return []
    field = Editor(entry.owner, Kind.PROJECT).form.fields["pitch"]
    return [{"label": label, "is_ready": value in entry.details.pitch} for value, label in field.choices]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """The form of an entry; two tabs cannot overwrite each other."""
    if request.method == "POST":
        # An entry that another tab has put in the bin is answered with its words, not with a 404.
        found = get_object_or_404(Entry.objects.filter(owner=request.user).with_details(), pk=pk)
        return save(request, editor_for(found, request.user, **sent(request)))
    return show(request, editor_for(get_object_or_404(Entry.objects.of(request.user).with_details(), pk=pk), request.user))


def save(request, editor):
    """Save what was sent, or show it again with what is to be done about it; nothing that was typed is lost."""
    if "more" in request.POST:
        editor.grow(request.POST["more"])
        return show(request, editor)
    if not editor.is_valid():
        return show(request, editor, status=422, errors=editor.errors())
    try:
        saved = editor.save(draft="draft" in request.POST)
    except SavedBefore as before:
        return save_again(request, editor, before.entry)
    except Conflict:
        return conflict(request, editor)
    except steps.NotPossible as why:
        return on_its_own(request, editor, str(why))
    messages.success(request, saved_words(saved), extra_tags="" if editor.entry else undo_tag(request.user, bin=[saved.pk]))
    return went(request, after_saving(request, saved))


def save_again(request, first, entry):
    """The same form once more, since its first answer never arrived: what was changed in it meanwhile counts, once."""
    if entry.deleted_at:
        return show(request, first, status=409, is_gone=True)
    editor = editor_for(entry, request.user, **sent(request))
    editor.sent_before = {file.name for file in editor.attachments.values()}
    if not editor.is_valid() or not editor.says_more():
        return went(request, entry.get_absolute_url())
    try:
        saved = editor.save(draft="draft" in request.POST)
    except Conflict:
        return conflict(request, editor)
    except steps.NotPossible as why:
        return on_its_own(request, editor, str(why))
    messages.success(request, saved_words(saved))
    return went(request, after_saving(request, saved))


def went(request, address):
    """The way on; a page that saves by script is told the address, so that the message there is not used up on the way."""
    if request.headers.get("X-Saves-In-Place"):
        return HttpResponse(status=204, headers={"X-Next": address})
    return HttpResponseRedirect(address)


def after_saving(request, saved):
    if "another" in request.POST:
        return reverse("portfolio:choose_kind")
    return reverse("portfolio:entry", args=[saved.pk])


def saved_words(saved):
    """What saving has done, in words: the entry, and the skill it adds most to."""
    if saved.state == State.DRAFT:
        return gettext("Saved as a draft. Only you see “{title}”, and it does not count yet.").format(title=saved.title)
    first = saved.evidence.select_related("skill").first()
    if not first or saved.state != State.COMPLETED:
        return gettext("Saved. “{title}” is in your log.").format(title=saved.title)
    pieces = Evidence.objects.of(saved.owner).counting().filter(skill=first.skill_id).count()
    return ngettext(
        "Saved. {skill} now has {number} piece of evidence.", "Saved. {skill} now has {number} pieces of evidence.", pieces
    ).format(skill=first.skill, number=pieces)


def conflict(request, editor):
    """Both versions, side by side; saving once more keeps what was typed."""
    now = Entry.objects.of(request.user).with_details().filter(pk=editor.entry.pk).first()
    if not now:
        return show(request, editor, status=409, is_gone=True)
    found = differences(editor, now.details)
    editor.form.data = editor.form.data.copy()
    editor.form.data["version"] = now.version
    return show(request, editor, status=409, differences=found, saved_at=now.updated_at)


def on_its_own(request, editor, why):
    """The form once more, bound to no step from now on, since another entry stands for that one."""
    editor.form.data = editor.form.data.copy()
    editor.form.data["step"] = ""
    return show(request, editor, status=409, errors=[("", why)])


def show(request, editor, status=200, **more):
    context = {"editor": editor, "form": editor.form, "sets": editor.sets, "kind": editor.kind, "entry": editor.entry}
    response = render(request, "portfolio/entry_form.html", {**context, **more}, status=status)
    # Without no-store a browser may bring the typed words back after a lost connection.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
