"""Where a member makes their portfolio: its words, the order of its parts, what stands in front."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from home import qr

from .. import presenting
from ..forms.portfolio import ClipForm, PortfolioForm, SectionForm
from ..models import Attachment, Feature, Link
from ..notifications import absolute
from ..scales import Section, Visibility
from ..services import profile_of, widest
from .doors import REHEARSALS

MOST_OFFERED = 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request):
    """The words at the head of the portfolio; two windows cannot overwrite each other."""
    if request.method != "POST":
        profile = profile_of(request.user)
        return show(request, PortfolioForm(instance=profile), profile=profile)
    with transaction.atomic():
        form = PortfolioForm(request.POST, instance=presenting.profile_for(request.user))
        if not form.is_valid():
            return show(request, form, status=422)
        if form.is_stale:
            differences = form.differences()
            form.agree()
            return show(request, form, status=409, differences=differences, is_stale=True)
        try:
            presenting.save_profile(form.instance, form._meta.fields)
        except presenting.Taken:
            form.add_error("handle", gettext("Somebody else has this address."))
            return show(request, form, status=422)
    messages.success(request, saved_words(form.instance))
    return redirect("portfolio:portfolio")


def saved_words(profile):
    if profile.visibility == Visibility.PUBLIC:
        return gettext("Saved. Visitors see it from now on.")
    return gettext("Saved. Nobody else sees it before you open it.")


def show(request, form, status=200, profile=None, **more):
    # A form that was not saved has changed its own profile; what stands stored is asked for anew.
    profile = profile or profile_of(request.user)
    address = absolute(profile.get_absolute_url()) if profile.handle else ""
    context = {
        "form": form,
        "profile": profile,
        "sections": [(section, section not in profile.hidden) for section in profile.sections],
        "features": features_of(request.user),
        "rehearsals": [(word, level.label) for word, level in REHEARSALS.items() if level <= widest(request.user)],
        "is_public": is_public(profile),
        "address": address,
        "code": qr.svg(address, gettext("QR code with the address of your portfolio")) if address else "",
        **more,
    }
    return render(request, "portfolio/portfolio.html", context, status=status)


def is_public(profile):
    return profile.visibility == Visibility.PUBLIC and profile.handle and not profile.owner.is_protected


def features_of(owner):
    return list(Feature.objects.of(owner).select_related("entry", "attachment"))


@login_required
@require_POST
def sections(request):
    """Show, hide or move one part of the portfolio."""
    form = SectionForm(request.POST)
    if form.is_valid():
        presenting.arrange(owner=request.user, section=Section(form.cleaned_data["section"]), do=form.cleaned_data["do"])
    else:
        messages.error(request, gettext("Nothing was changed. Use one of the buttons on this page."))
    return redirect(f"{request.path.removesuffix('sections/')}#parts")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clips(request):
    """What stands in front of the portfolio, and what could."""
    if request.method == "POST":
        return change_clips(request, ClipForm(request.POST))
    features = features_of(request.user)
    files, urls = {each.attachment_id for each in features}, {each.url for each in features}
    shown = Attachment.objects.of(request.user).filter(medium__in=presenting.SHOWABLE).select_related("entry").order_by("-pk")
    links = Link.objects.filter(entry__in=request.user.entries.filter(deleted_at=None)).select_related("entry").order_by("-pk")
    context = {
        "features": features,
        "files": [each for each in shown[:MOST_OFFERED] if each.pk not in files],
        "links": [each for each in links[:MOST_OFFERED] if each.url not in urls],
        "most": presenting.MOST_FEATURES,
        "is_full": len(features) >= presenting.MOST_FEATURES,
    }
    return render(request, "portfolio/clips.html", context)


def change_clips(request, form):
    asked = form.cleaned_data if form.is_valid() else {"do": ""}
    if asked["do"] == "add":
        done = presenting.put_in_front(owner=request.user, file=asked["file"], link=asked["link"])
    elif asked["do"]:
        done = presenting.rearrange(owner=request.user, feature=asked["feature"] or 0, do=asked["do"])
    else:
        done = None
    if not done:
        messages.error(request, gettext("Nothing was changed. It may be gone, in front already, or one too many."))
    return redirect("portfolio:clips")
