from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from careers.models import CareerPage
from careers.scales import Level
from home.languages import here
from home.serving import PRIVATE, for_everyone

from .. import coverage, gaps, keeping, reading
from ..forms.goals import TryForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_everyone
def try_gap(request, slug):
    """A role's skills to tick, and the gap that the ticks leave. Nothing is stored until "Keep this" is pressed."""
    career = get_object_or_404(CareerPage.objects.readable().only("title", "slug", "summary"), slug=slug)
    needs = reading.needs(career.pk)
    if request.method == "POST":
        return keep(request, career, TryForm(needs, request.POST).ticks)
    form = TryForm(needs, request.GET)
    context = {"career": career, "levels": Level, "lines": [(need, form.ticks.get(need.slug)) for need in needs]}
    if not form.is_sent:
        return render(request, "portfolio/try_gap.html", context)
    response = render(request, "portfolio/try_gap.html", {**context, **answer(needs, form.ticks)})
    response.headers["Cache-Control"] = PRIVATE
    return response


def answer(needs, ticks):
    """The gap that is left when each tick is one piece."""
    held = [gaps.Held(need.asked.skill, ticks[need.slug], 1) for need in needs if need.slug in ticks]
    found = gaps.gap([need.asked for need in needs], held)
    names = {need.asked.skill: (need.title, here(f"/skills/{need.slug}/")) for need in needs}
    return {
        "gap": found,
        "finding": gaps.finding(found, lambda skill: names[skill][0]),
        "rows": coverage.rows(found, names),
        "ticks": ticks,
    }


def keep(request, career, ticks):
    """Keep what was ticked: at once for a member, through sign-up for a visitor."""
    if not request.user.is_authenticated:
        keeping.remember(request, career.slug, ticks)
        return redirect(f"{reverse('account_signup')}?next={reverse('portfolio:plan')}")
    keeping.keep(owner=request.user, slug=career.slug, ticks=ticks)
    messages.success(request, gettext("Kept. Your target role is {role}.").format(role=career.title))
    return redirect("portfolio:plan")
