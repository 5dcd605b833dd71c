"""What templates of the guide ask for beyond their own page."""

from functools import cache

from django import template
from django.db import connection
from django.db.models import Prefetch
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import mark_safe

from home.prepared import Prepared

from .. import profile
from ..models import CareerPage, GlossaryTerm, PayRange, SkillRequirement, StageDocument, StagePage
from ..neighbours import neighbours
from ..scales import Importance, Level, Need

register = template.Library()

NEEDS = dict(Need.choices)


@register.filter
def level_word(level):
    """How far a skill goes at a level of 1 to 4: "With guidance"."""
    return Level(level).label


@register.filter
def importance_word(importance):
    """How much a role needs a skill, 1 to 3: "Essential"."""
    return Importance(importance).label


@register.simple_tag
def section(block):
    """A section of a guide's stream, drawn by its own template with its value alone."""
    drawn = get_template(block.block.meta.template).template
    return mark_safe(drawn.render(Context({"value": block.value})))  # noqa: S308 - a rendered template


@register.simple_tag
def near_roles(page, profile):
    """The Neighbours of a career: two statements, one once the guide's roles are kept."""
    return neighbours(page, profile.skills, profile.similar)


@register.simple_tag
def shot_sizes():
    """The published terms that are drawn as a part of the scene, in reading order: title, summary and framing."""
    return drawn_terms(connection.vendor).fetch(None)


@cache
def drawn_terms(vendor):
    drawn = GlossaryTerm.objects.filter(live=True).exclude(framing="")
    return Prepared(drawn.order_by("pk").only("title", "summary", "framing"))


@register.simple_tag
def stage_panels():
    """The published stage guides in order: number, slug, title and tagline."""
    return StagePage.objects.readable().order_by("number").values("number", "slug", "title", "tagline")


@register.simple_tag
def stage_papers(slug, most):
    """The first papers of a published stage."""
    return StageDocument.objects.filter(page__in=StagePage.objects.readable().filter(slug=slug))[:most]


@register.simple_tag
def career_sample(slug):
    """A published career as page, pay (a fact for each country) and skills (the three it needs most); None if there is none."""
    found = CareerPage.objects.readable().filter(slug=slug)
    page = found.prefetch_related(
        Prefetch("pay_ranges", PayRange.objects.select_related("source")),
        Prefetch("requirements", SkillRequirement.objects.select_related("skill")),
    ).first()
    if not page:
        return None
    pay = [profile.pay_fact(place) for place in profile.places_of(page)]
    return {"page": page, "pay": pay, "skills": profile.skills(page)[:3]}


@register.filter
def choosing(options, slug):
    """The options of a select, of which there may be a thousand, with that of the slug selected."""
    return mark_safe(options.replace(f'value="{slug}"', f'value="{slug}" selected')) if slug else options  # noqa: S308 - our own


@register.filter
def crop(framing):
    """The part of an SVG's address that shows only this part of it: "left top width height" of its drawing."""
    return f"#svgView(viewBox({framing.replace(' ', ',')}))" if framing else ""


@register.filter
def sources(citations):
    """The sources of the citations, in their order."""
    return [citation.source for citation in citations]


@register.filter
def need_word(need):
    """When a part is needed, in words."""
    return NEEDS.get(need, "")
