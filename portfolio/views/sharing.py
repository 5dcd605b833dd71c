"""Who sees what: how far the portfolio is open, the secret links to it, who has looked and what was agreed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from .. import clocks, presenting, sharing
from ..forms.sharing import LinkForm, OpenForm, RevokeForm
from ..models import AccessEvent, ConsentEvent, Entry, ShareLink
from ..notifications import absolute
from ..scales import State, Visibility
from ..services import profile_of, widest

MOST = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sharing_page(request):
    """Everything about who sees what; a POST opens or closes the portfolio."""
    profile = profile_of(request.user)
    if request.method != "POST":
        return show(request, OpenForm(profile=profile))
    form = OpenForm(request.POST, profile=profile)
    if not form.is_valid():
        return show(request, form, status=422)
    changed = presenting.open_to(owner=request.user, **form.settings())
    messages.success(request, " ".join([gettext("Saved."), *changed]) if changed else gettext("Saved. Nothing is different."))
    return redirect("portfolio:sharing")


def show(request, form, status=200, **more):
    profile, now = form.profile, timezone.now()
    links = list(ShareLink.objects.visible_to(request.user).annotate(chosen=Count("entries"))[:MOST])
    context = {
        "form": form,
        "profile": profile,
        "levels": levels(request.user, profile),
        "link_form": LinkForm(profile=profile, now=now),
        "links": [(link, state_of(link, now)) for link in links],
        "looks": list(AccessEvent.objects.visible_to(request.user)[:MOST]),
        "consents": list(ConsentEvent.objects.visible_to(request.user)[:MOST]),
        "may_link": widest(request.user) >= Visibility.LINK,
        "has_open_door": profile.visibility >= Visibility.LINK,
        "clock": clocks.clock(profile.time_zone),
        **more,
    }
    return render(request, "portfolio/sharing.html", context, status=status)


def levels(owner, profile):
    """Each level with the number of entries that it opens now: of entry and portfolio the narrower counts."""
    rows = Entry.objects.of(owner).order_by().values_list("visibility", "state").annotate(Count("pk"))
    found = dict.fromkeys((level for level in Visibility if level <= widest(owner)), 0)
    for own, state, count in rows:
        level = Visibility.ME if state == State.DRAFT else min(own, profile.visibility, widest(owner))
        found[Visibility(level)] += count
    return list(found.items())


def state_of(link, now):
    """What a link is good for at this moment: "revoked", "over", "waiting" or "works"."""
    if link.revoked_at:
        return "revoked"
    if link.ends_at <= now:
        return "over"
    return "waiting" if link.starts_at > now else "works"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request):
    """Makes a secret link and shows its address this once, or takes one back."""
    if request.method != "POST":
        return redirect("portfolio:sharing")
    if request.POST.get("do") == "revoke":
        return revoke(request, RevokeForm(request.POST))
    profile = profile_of(request.user)
    form = LinkForm(request.POST, profile=profile, now=timezone.now())
    if not form.is_valid():
        return show(request, OpenForm(profile=profile), status=422, link_form=form)
    try:
        link, token = sharing.make_link(owner=request.user, **form.settings())
    except sharing.NotAllowed as reason:
        messages.error(request, str(reason))
        return redirect("portfolio:sharing")
    address = absolute(reverse("portfolio:shared:page", args=[token]))
    return show(request, OpenForm(profile=profile), address=address, made=link)


def revoke(request, form):
    link = sharing.revoke_link(owner=request.user, link=form.cleaned_data["link"]) if form.is_valid() else None
    if link:
        messages.success(request, gettext("Taken back. The link for “{name}” opens nothing any more.").format(name=link.name))
    else:
        messages.info(request, gettext("That link was taken back already."))
    return redirect("portfolio:sharing")
