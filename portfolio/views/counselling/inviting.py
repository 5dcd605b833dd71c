"""How a counsellor introduces themselves, whom they invite, who asked them, and how they stop."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ...counselling import connecting, inviting, requesting
from ...counselling.invitations import token_of
from ...forms.counselling import IntroductionForm, InvitationDoForm, InvitationForm, RequestForm
from ...models import Connection, Counsellor, Invitation
from ...notifications import absolute
from ...scales import Side
from .door import for_counsellors

MOST = 100


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request):
    """What students read about the counsellor before they decide."""
    found = Counsellor.objects.filter(user=request.user).first() or Counsellor(user=request.user)
    is_new = found._state.adding
    form = IntroductionForm(request.POST if request.method == "POST" else None, instance=found)
    if not form.is_valid():
        return show_introduction(request, form, status=422 if form.is_bound else 200)
    if not is_new and form.is_stale:
        differences = form.differences()
        form.agree()
        return show_introduction(request, form, status=409, is_stale=True, differences=differences)
    inviting.introduce(counsellor=request.user, **{name: form.cleaned_data[name] for name in form._meta.fields})
    messages.success(request, gettext("Saved. Students read this before they decide."))
    return redirect("portfolio:counselling:invitations" if is_new else "portfolio:counselling:introduction")


def show_introduction(request, form, status=200, **more):
    return render(request, "portfolio/counselling/introduction.html", {"form": form, **more}, status=status)


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request):
    """Whom the counsellor invited, with the secret address of each that waits; a POST invites, sends again or takes back."""
    if request.method == "POST" and "do" in request.POST:
        return act(request, InvitationDoForm(request.POST))
    form = InvitationForm(request.POST if request.method == "POST" else None, counsellor=request.user)
    if not form.is_valid():
        return show_invitations(request, form, status=422 if form.is_bound else 200)
    try:
        made = inviting.invite(counsellor=request.user, **form.said())
    except connecting.NotPossible as why:
        form.add_error(None, str(why))
        return show_invitations(request, form, status=422)
    messages.success(request, invited_words(made))
    return redirect(f"{reverse('portfolio:counselling:invitations')}#invitation-{made.pk}")


def invited_words(made):
    if made.email:
        return gettext("Invited. The mail to {name} is on its way.").format(name=made.name)
    return gettext("Made. Copy the address for {name} below, and pass it on to nobody else.").format(name=made.name)


def act(request, form):
    try:
        messages.success(request, done(request, form))
    except connecting.NotPossible as why:
        messages.error(request, str(why))
    return redirect("portfolio:counselling:invitations")


def done(request, form):
    """What was done about an invitation, as a sentence."""
    if not form.is_valid():
        raise connecting.NotPossible(gettext("Nothing was changed."))
    key = form.cleaned_data["invitation"]
    if form.cleaned_data["do"] == "again":
        found = inviting.send_again(counsellor=request.user, invitation=key)
        return gettext("On its way to {name} once more.").format(name=found.name)
    found = inviting.revoke(counsellor=request.user, invitation=key)
    return gettext("Taken back. The address for {name} opens nothing any more.").format(name=found.name)


def show_invitations(request, form, status=200):
    now = timezone.now()
    found = Invitation.objects.visible_to(request.user).select_related("cohort")[:MOST]
    context = {
        "form": form,
        "invitations": [row(each, now) for each in found],
        "has_introduction": Counsellor.objects.filter(user=request.user).exists(),
        "most": inviting.MOST_A_DAY,
    }
    return render(request, "portfolio/counselling/invitations.html", context, status=status)


def row(invitation, now):
    """An invitation with where it stands, its secret address while it opens, and whether it can be sent again."""
    state = inviting.state_of(invitation, now)
    waits = state == "waits"
    address = absolute(reverse("portfolio:invited", args=[token_of(invitation)])) if waits else ""
    again = waits and invitation.email and invitation.sent_at and invitation.sent_at <= now - inviting.A_DAY
    return {"invitation": invitation, "state": state, "address": address, "can_send": bool(again)}


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request):
    """The students who asked this counsellor; a POST agrees or declines."""
    if request.method == "POST":
        return answer(request, RequestForm(request.POST))
    mine = Connection.objects.visible_to(request.user).filter(counsellor=request.user).waiting()
    context = {
        "asked": mine.filter(agreed_at=None).order_by("asked_at", "pk")[:MOST],
        "agreed": mine.filter(agreed_at__isnull=False).order_by("-agreed_at", "-pk")[:MOST],
        "counsellor": Counsellor.objects.filter(user=request.user).first(),
    }
    return render(request, "portfolio/counselling/requests.html", context)


def answer(request, form):
    try:
        messages.success(request, answered(request, form))
    except connecting.NotPossible as why:
        messages.error(request, str(why))
    return redirect("portfolio:counselling:requests")


def answered(request, form):
    """What was answered to a request, as a sentence."""
    key = form.cleaned_data["connection"] if form.is_valid() else None
    mine = Connection.objects.visible_to(request.user).filter(counsellor=request.user).waiting()
    found = mine.filter(pk=key).first() if key else None
    if not found:
        raise connecting.NotPossible(gettext("This request does not wait for your answer any more."))
    if form.cleaned_data["do"] == "agree":
        requesting.agree(counsellor=request.user, connection=found.pk)
        return gettext("Agreed. {who} decides now what you see.").format(who=found.student_name)
    connecting.end(connection=found.pk, side=Side.COUNSELLOR)
    return gettext("Declined. {who} is told.").format(who=found.student_name)


@for_counsellors
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request):
    """Stops altogether, once that was asked on a page of its own: every connection of the counsellor's ends."""
    mine = Connection.objects.of_counsellor(request.user)
    if request.method != "POST":
        return render(request, "portfolio/counselling/leave.html", {"count": mine.count()})
    ended = connecting.leave(counsellor=request.user.pk)
    messages.success(request, gettext("You see nothing of any student any more. Ended: {count}.").format(count=ended))
    return redirect("portfolio:counselling:caseload")
