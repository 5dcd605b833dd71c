from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.secret import kept_secret

from .. import agenda, clocks, feeds, notifications
from ..forms.dates import DatesForm
from ..models import CalendarAddress, Counsellor, Profile
from ..services import profile_of

MOST = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request):
    """What lies ahead of the member, their reminders, and the address of their calendar."""
    if request.method != "POST":
        return show(request, form_of(request.user))
    profile, _ = Profile.objects.get_or_create(owner=request.user)
    form = DatesForm(request.POST, instance=profile, counsellor=counsellor_of(request.user))
    if not form.is_valid():
        return show(request, form, status=422)
    form.save()
    messages.success(request, gettext("Saved. ") + promised(form.instance))
    return redirect("portfolio:dates")


def form_of(owner):
    return DatesForm(instance=profile_of(owner), counsellor=counsellor_of(owner))


def counsellor_of(owner):
    return Counsellor.objects.filter(user=owner).first()


def promised(profile):
    """What the member can count on now, in words."""
    kept = {
        (True, True): gettext("We will remind you of deadlines and certificates by email."),
        (True, False): gettext("We will remind you of deadlines by email."),
        (False, True): gettext("We will remind you of certificates by email."),
        (False, False): gettext("We will send you no reminders."),
    }
    return kept[profile.reminds_of_deadlines, profile.reminds_of_certificates]


def show(request, form, status=200, **more):
    now, home = timezone.now(), profile_of(request.user).time_zone
    found = agenda.upcoming(request.user, home, now)
    context = {
        "form": form,
        "months": months(found[:MOST], home, now),
        "count": len(found),
        "most": MOST,
        "home": home,
        "clock": clocks.clock(home),
        "made_at": CalendarAddress.objects.visible_to(request.user).values_list("made_at", flat=True).first(),
        **more,
    }
    return render(request, "portfolio/dates.html", context, status=status)


def months(occasions, home, now):
    """The occasions by month, each with the day to show and the days until it."""
    today = clocks.today(now, home)
    rows = [(agenda.listed_on(occasion, home, today), occasion) for occasion in occasions]
    dated = [
        {
            "occasion": occasion,
            "day": day,
            "days_left": (day - today).days,
            "is_end": occasion.is_long and day == occasion.ends,
        }
        for day, occasion in rows
    ]
    return [(first, list(group)) for first, group in groupby(dated, key=lambda row: row["day"].replace(day=1))]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_address(request):
    """Makes the address of the member's calendar and shows it this once, or takes it back."""
    if request.method != "POST":
        return redirect("portfolio:dates")
    if request.POST.get("do") == "remove":
        feeds.revoke(owner=request.user)
        messages.success(request, gettext("Removed. The old address answers nobody any more."))
        return redirect("portfolio:dates")
    token = feeds.make(owner=request.user)
    address = request.build_absolute_uri(reverse("portfolio:calendar", args=[token]))
    return show(request, form_of(request.user), address=address)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Switches off the reminders that the token of a mail names.

    Mail programs post here on their own (RFC 8058), with no session and no CSRF token: the signed token is the proof, and
    all it can do is to stop mails. Opening the link changes nothing.
    """
    found = notifications.read_stop(token)
    if not found:
        raise Http404
    profile, what = found
    if request.method == "POST":
        notifications.stop(profile=profile, what=what)
    context = {"what": what.value, "is_done": request.method == "POST"}
    return kept_secret(render(request, "portfolio/stop_reminders.html", context))
