"""The pictures that other sites show beside the addresses of careers, stages and skills."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from home.cards import serving
from home.cards.drawing import Facts

from ..models import CareerPage, Skill, StagePage
from ..scales import Stage


@require_safe
def career(request, slug):
    """The role, its department, and the stages it works in."""
    page = get_object_or_404(CareerPage.objects.readable().prefetch_related("stage_involvements"), slug=slug)
    stages = tuple(sorted(row.stage for row in page.stage_involvements.all())) or tuple(Stage.values)
    return serving.send(request, facts(page, gettext("Career"), page.get_department_display(), page.summary, stages), page)


@require_safe
def stage(request, slug):
    """The stage on its paper."""
    page = get_object_or_404(StagePage.objects.readable(), slug=slug)
    of = gettext("Stage %(number)s of %(count)s") % {"number": page.number, "count": len(Stage)}
    return serving.send(request, facts(page, of, "", page.tagline or page.lead, (page.number,)), page)


@require_safe
def skill(request, slug):
    """The skill and its family."""
    found = get_object_or_404(Skill.objects.filter(live=True), slug=slug)
    return serving.send(request, facts(found, gettext("Skill"), found.get_family_display(), found.summary), found)


def facts(thing, kind, group, line, stages=tuple(Stage.values)):
    address = serving.shown_address(thing.get_absolute_url())
    return Facts(thing.title, " · ".join(filter(None, [kind, group])), line, address, stages)
