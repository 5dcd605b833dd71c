"""A portfolio, as those see it who come in by one of its doors."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careers.models import Skill
from careers.scales import Stage

from .. import facts, showcase
from ..scales import Kind, Medium, Section
from .contact import form_for
from .doors import noindex, through_door

PAGE_SIZE = 50


@require_safe
@through_door
def page(request, door):
    """The first page of a portfolio: what its owner puts in front, then the sections in their order."""
    found = content(door)
    context = {"door": door, "bands": bands(door.profile.shown_sections, found), **found}
    return noindex(render(request, "portfolio/people/page.html", context), door)


def content(door):
    """What the sections that are switched on have to show, by their names."""
    who = (door.owner, door.viewer)
    readings = {
        Section.LAURELS: showcase.laurels,
        Section.CLIPS: showcase.clips,
        Section.CREDITS: first_credits,
        Section.SKILLS: showcase.skills,
        Section.ENDORSEMENTS: showcase.quotes,
        Section.TRAINING: partial(showcase.training, today=door.today),
    }
    found = {section.value: readings[section](*who) for section in door.profile.shown_sections if section in readings}
    return found | {
        "profile": door.profile,
        "reel": reel_of(found.get(Section.CLIPS.value, [])),
        "form": form_for(door),
        "is_open_to_messages": door.is_public and door.profile.takes_messages,
    }


def bands(sections, found):
    """The sections that have something to show, each in a list of its own; training that follows skills stands beside them."""
    there = [section.value for section in sections if has_something(section, found)]
    grouped = []
    for name in there:
        if name == Section.TRAINING and grouped and grouped[-1] == [Section.SKILLS.value]:
            grouped[-1].append(name)
        else:
            grouped.append([name])
    return grouped


def has_something(section, found):
    """Whether the section is worth its heading; a portfolio without any content says so in one place instead."""
    profile, content = found["profile"], found.get(section.value)
    match section:
        case Section.CREDITS:
            return bool(content["strips"])
        case Section.TRAINING:
            return bool(content.entries)
        case Section.CLIPS:
            return any(clip is not found["reel"] for clip in content)
        case Section.ABOUT | Section.LINKS:
            return bool(getattr(profile, section.value))
        case Section.CONTACT:
            return found["is_open_to_messages"]
    return bool(content)


def first_credits(*who):
    """The latest credits on their board, and whether there are more; `total` is how many there are in all."""
    found = showcase.first_credits(*who)
    has_more = len(found) > showcase.MOST_CREDITS
    totals = showcase.years(*who) if found else []
    strips = showcase.board(found[: showcase.MOST_CREDITS], totals, has_more)
    return {"strips": strips, "has_more": has_more, "total": sum(year.credits for year in totals)}


def reel_of(clips):
    """What stands at the top: the clip that its owner made the reel."""
    return next((clip for clip in clips if clip.feature.is_reel), None)


@require_safe
@through_door
def credits(request, door):
    """Every credit, a page at a time; with a skill in the address, everything that shows the skill."""
    skill = skill_asked(request)
    found = showcase.entries(door.owner, door.viewer)
    found = found.filter(evidence__skill=skill) if skill else found.filter(kind__in=showcase.CREDITS)
    rows = list(showcase.beyond(showcase.listed(found), request.GET.get("before", ""))[: PAGE_SIZE + 1])
    if skill and not rows:
        raise Http404
    context = {
        "door": door,
        "profile": door.profile,
        "skill": skill,
        "entries": rows[:PAGE_SIZE],
        "more": showcase.key_of(rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else "",
        "is_first_page": "before" not in request.GET,
    }
    response = render(request, "portfolio/people/credits.html", context)
    # One address of a portfolio is enough for search engines.
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def skill_asked(request):
    slug = request.GET.get("skill", "")
    return get_object_or_404(Skill.objects.only("title", "slug"), slug=slug) if slug else None


@require_safe
@through_door
def entry(request, door, pk):
    """One entry: what was done, the skills it shows and who confirms them."""
    shown = showcase.entries(door.owner, door.viewer)
    found = get_object_or_404(shown.with_parts(), pk=pk)
    context = {
        "door": door,
        "profile": door.profile,
        "entry": found,
        "details": found.details,
        "facts": facts.public(found, door.profile.shows_hours),
        "laurel": showcase.laurel(found.details) if found.kind == Kind.FESTIVAL else None,
        "stages": [(number, Stage(number).label) for number in found.stages],
        "poster": next((file for file in found.attachments.all() if file.medium == Medium.IMAGE), None),
    }
    return noindex(render(request, "portfolio/people/entry.html", context), door)
