"""A portfolio, as those see it who come in by one of its doors."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import showcase
from ..scales import Section
from .doors import noindex, through_door

PAGE_SIZE = 50


@require_safe
@through_door
def page(request, door):
    """The first page of a portfolio: what its owner puts in front, then the sections in their order."""
    context = {"door": door, "profile": door.profile, **sections(door)}
    return noindex(render(request, "portfolio/people/page.html", context), door)


def sections(door):
    """What the sections that are switched on have to show: "sections" in their order, and their content by name."""
    readings = {
        Section.LAURELS: lambda: showcase.laurels(door.owner, door.viewer, door.today),
        Section.CLIPS: lambda: showcase.clips(door.owner, door.viewer),
        Section.SKILLS: lambda: showcase.skills(door.owner, door.viewer),
        Section.ENDORSEMENTS: lambda: showcase.quotes(door.owner, door.viewer),
        Section.TRAINING: lambda: showcase.training(door.owner, door.viewer, door.today),
    }
    on = door.profile.shown_sections
    return {"sections": on} | {section.value: readings[section]() for section in on if section in readings}
