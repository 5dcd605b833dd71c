"""Guides as Markdown: what anybody may read of a career, a stage or a skill, kept until the guide changes."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from home.markdown import tidied
from home.models import BasePage, GuideVersion
from home.serving import edition, kept, page_of

from .models import CareerPage, Skill, SkillRequirement, StagePage

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def credit() -> str:
    """The sentence that says how the guide may be used and whom to credit."""
    return _("%(site)s, licensed under CC BY 4.0, %(address)s") % {"site": settings.WAGTAIL_SITE_NAME, "address": LICENCE}


def page_in_markdown(model: type[BasePage], slug: str) -> str:
    """The published guide as Markdown, with links to paths of this site; empty if there is none that anybody may read.

    One statement when it is kept.
    """
    found = edition(model, slug)
    if not found:
        return ""
    pk, revision, version = found
    return kept(f"markdown:{model._meta.label_lower}:{pk}:{revision}:{version}", lambda: written_page(model, pk))


def written_page(model: type[BasePage], pk: int) -> str:
    page = page_of(model, connection.vendor).fetch(pk)[0]
    if page.restricted:
        return ""
    page.gather()
    return WRITERS[model](page)


def written_career(page: CareerPage) -> str:
    steps = page._cluster_related_objects["steps"]
    known = open_careers(step.to_id for step in steps)
    page._cluster_related_objects["steps"] = [step for step in steps if step.to_id is None or step.to_id in known]
    return document("career", page, **page.parts())


def written_stage(page: StagePage) -> str:
    parts = page.parts()
    known = open_careers(row.career_id for row in parts["people"])
    people = [row for row in parts["people"] if row.career_id in known]
    return document("stage", page, people=people, skills=parts["skills"])


def open_careers(keys: Any) -> set[int]:
    """Those of the careers that anybody may read."""
    asked = [key for key in keys if key]
    return set(CareerPage.objects.readable().filter(pk__in=asked).order_by().values_list("pk", flat=True))


def skill_in_markdown(slug: str) -> str:
    """The published skill as Markdown, as page_in_markdown() gives a page."""
    version = GuideVersion.current()
    found = Skill.objects.filter(live=True, slug=slug).first()
    return kept(f"markdown:skill:{found.pk}:{version}", lambda: written_skill(found)) if found else ""


def written_skill(skill: Skill) -> str:
    asking = SkillRequirement.objects.filter(skill=skill, page__in=CareerPage.objects.readable().values("pk"))
    return document("skill", skill, roles=asking.select_related("page").order_by("-importance", "page__title"))


def document(kind: str, page: Model, **parts: Any) -> str:
    return tidied(render_to_string(f"careers/markdown/{kind}.md", {"page": page, "credit": credit(), **parts}))


WRITERS = {CareerPage: written_career, StagePage: written_stage}
