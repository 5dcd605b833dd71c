from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.models import Skill

from .. import reading, showing
from ..counselling import suggestions


@require_safe
@never_cache
@login_required
def skills(request):
    """Every skill that the member has evidence in or that a target role asks for."""
    asked, others = showing.standings(request.user)
    context = {"finding": showing.finding([*asked, *others]), "asked": asked, "others": others}
    return render(request, "portfolio/skills.html", context)


@require_safe
@never_cache
@login_required
def skill(request, slug):
    """One skill: the member's evidence over time, and every role that it counts for."""
    found = get_object_or_404(Skill.objects.only("title", "slug", "summary", "live", "evidence"), slug=slug)
    evidence, more = showing.evidence_of(request.user, found, request.GET.get("before", ""))
    if not (found.live or evidence):
        raise Http404
    held = reading.held_in(request.user.pk, found.pk)
    context = {
        "skill": found,
        "standing": showing.standing(found.name, found.slug, held),
        "years": [(year, list(pieces)) for year, pieces in groupby(evidence, key=lambda each: each.entry.started[:4])],
        "more": more,
        "is_first_page": "before" not in request.GET,
        "roles": showing.roles_asking(request.user, found, held),
        "steps": suggestions.for_skill(request.user.pk, found.pk),
    }
    return render(request, "portfolio/skill.html", context)
