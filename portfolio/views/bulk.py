"""What is done to many entries at once, the bin, and taking things back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from careers.interests import opened
from careers.quiz_codes import Unreadable
from home.languages import plain

from .. import interests, services
from ..counselling import steps
from ..forms.bulk import BinForm, SelectionForm
from ..models import Entry
from ..scales import Visibility

SALT = "portfolio.undo"
A_DAY = 24 * 60 * 60


def undo_tag(owner, **what):
    """The tag of a message that can be taken back: which entries to bin, to restore, or whom to show them to again."""
    return "undo:" + signing.dumps({"owner": owner.pk, **what}, salt=SALT, compress=True)


@login_required
@require_POST
def selected(request):
    """Show the selected entries to somebody else, or put them in the bin."""
    form = SelectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect(way_back(request))
    entries = form.cleaned_data["entry"]
    if form.cleaned_data["do"] == "bin":
        binned = services.bin_entries(owner=request.user, entries=entries)
        say(request, binned, gettext("in the bin"), restore=binned)
        return redirect(way_back(request))
    level = Visibility(form.cleaned_data["visibility"])
    before = services.show_entries(owner=request.user, entries=entries, visibility=level)
    say(request, before, gettext("now seen by: {label}").format(label=level.label.lower()), show=before)
    return redirect(way_back(request))


def say(request, entries, what, **undo):
    count = len(entries)
    if not count:
        messages.info(request, gettext("Nothing was changed."))
        return
    words = gettext("One entry is") if count == 1 else gettext("{count} entries are").format(count=count)
    messages.success(request, f"{words} {what}.", extra_tags=undo_tag(request.user, **undo))


def way_back(request):
    """The list as it was filtered, if the form says so."""
    address = request.POST.get("next", "")
    is_ours = plain(address).startswith(("/me/", "/counselling/")) and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None
    )
    return address if is_ours else "portfolio:entries"


@login_required
@require_POST
def undo(request):
    """Take back what the signed note says was done."""
    try:
        done = signing.loads(request.POST.get("undo", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        done = {}
    if done.get("owner") != request.user.pk:
        messages.info(request, gettext("There is nothing to undo any more."))
        return redirect(way_back(request))
    if "batch" in done:
        return recommended(request, done["batch"])
    if "interests" in done:
        return kept_again(request, done["interests"])
    services.bin_entries(owner=request.user, entries=done.get("bin", []))
    services.restore_entries(owner=request.user, entries=done.get("restore", []))
    for level in Visibility:
        entries = [int(pk) for pk, before in done.get("show", {}).items() if before == level]
        services.show_entries(owner=request.user, entries=entries, visibility=level)
    messages.success(request, gettext("Undone."))
    return redirect(way_back(request))


def recommended(request, batch):
    """Take back what a counsellor recommended, as far as nobody has answered it."""
    count = len(steps.take_back(counsellor=request.user, batch=batch))
    if count:
        messages.success(
            request, gettext("Taken back.") if count == 1 else gettext("Taken back from {count} students.").format(count=count)
        )
    else:
        messages.info(request, gettext("This cannot be taken back any more."))
    return redirect(way_back(request))


def kept_again(request, code):
    """Keep again what was let go: its code holds all of it."""
    try:
        interests.keep(owner=request.user, result=opened(code))
        messages.success(request, "Undone.")
    except (Unreadable, interests.Full) as error:
        messages.error(request, str(error) if isinstance(error, interests.Full) else "This cannot be undone any more.")
    return redirect(way_back(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bin(request):
    """What was deleted and can be brought back, or deleted for good once that was asked twice."""
    form = BinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entries = form.cleaned_data["entry"]
        if form.cleaned_data["do"] == "restore":
            count = services.restore_entries(owner=request.user, entries=entries)
            messages.success(
                request, gettext("One entry is back.") if count == 1 else gettext("{count} entries are back.").format(count=count)
            )
            return redirect("portfolio:bin")
        if not form.cleaned_data["sure"]:
            found = Entry.objects.binned_by(request.user).filter(pk__in=entries)
            return render(request, "portfolio/bin_sure.html", {"entries": found})
        count = services.erase_entries(owner=request.user, entries=entries)
        messages.success(
            request,
            gettext("One entry is deleted for good.")
            if count == 1
            else gettext("{count} entries are deleted for good.").format(count=count),
        )
        return redirect("portfolio:bin")
    found = Entry.objects.binned_by(request.user)[:200]
    return render(request, "portfolio/bin.html", {"entries": found, "form": form, "days": services.DAYS_IN_BIN})
