"""Guides as Markdown: what anybody may read of a career, a stage or a skill, kept until the guide changes."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from home.markdown import tidied
from home.models import BasePage, GuideVersion
from home.serving import edition, kept, page_of

from .models import CareerPage, Skill, SkillRequirement, StagePage

TEMPLATES = {CareerPage: "career", StagePage: "stage"}
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
    return kept(f"markdown:{model._meta.label_lower}:{pk}", (revision, version), lambda: written_page(model, pk))


def written_page(model: type[BasePage], pk: int) -> str:
    page = page_of(model, pk)
    if page.restricted:
        return ""
    page.gather()
    return document(TEMPLATES[model], page, **page.parts())


def skill_in_markdown(slug: str) -> str:
    """The published skill as Markdown, as page_in_markdown() gives a page."""
    version = GuideVersion.current()
    found = Skill.objects.filter(live=True, slug=slug).first()
    return kept(f"markdown:skill:{found.pk}", version, lambda: written_skill(found)) if found else ""


def written_skill(skill: Skill) -> str:
    asking = SkillRequirement.objects.filter(skill=skill, page__in=CareerPage.objects.readable().values("pk"))
    return document("skill", skill, roles=asking.select_related("page").order_by("-importance", "page__title"))


def document(kind: str, page: Model, **parts: Any) -> str:
    return tidied(render_to_string(f"careers/markdown/{kind}.md", {"page": page, "credit": credit(), **parts}))
