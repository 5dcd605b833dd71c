from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import clocks
from ..counselling.readings import split, told, under_way
from ..services import profile_of

MOST = 200


@login_required
@require_safe
def meetings(request):
    """The student's meetings, those to come first, and the plans they have agreed to or are asked about."""
    coming, past = split(list(told(request.user)[:MOST]), timezone.now())
    clock = clocks.clock(profile_of(request.user).time_zone)
    context = {"coming": coming, "past": past, "clock": clock, "plans": under_way(request.user)}
    return render(request, "portfolio/guiding/meetings.html", context)
