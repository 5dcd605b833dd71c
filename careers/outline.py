"""The guide's outline for programs that read (llmstxt.org): every guide that is published, with a line about each."""

from django.db.models import F, Value
from django.template.loader import render_to_string

from home.markdown import tidied
from home.models import GuideVersion, StandardPage
from home.serving import kept

from .models import CareerPage, Skill, StagePage
from .writing import credit

SHOWN = ("group", "slug", "title", "said", "rank")


def text() -> str:
    """The outline as Markdown with links to paths of this site; at most three statements, one when it is kept."""
    return kept("outline", GuideVersion.current(), written)


def written() -> str:
    pages: dict[str, list[dict[str, str]]] = {}
    for page in published():
        pages.setdefault(page["group"], []).append(page)
    skills = Skill.objects.filter(live=True).order_by("title").values("slug", "title", "summary")
    return tidied(render_to_string("careers/markdown/llms.md", {**pages, "skill_list": skills, "credit": credit()}))


def published():
    """Group, slug, title and a line of every page that anybody may read, stages in their order, in one statement."""
    named = [
        (CareerPage, "careers", F("summary"), Value(0)),
        (StagePage, "stages", F("lead"), F("number")),
        (StandardPage, "about", F("lead"), Value(0)),
    ]
    first, *others = (
        model.objects.readable().order_by().annotate(group=Value(group), said=said, rank=rank).values(*SHOWN)
        for model, group, said, rank in named
    )
    return first.union(*others, all=True).order_by("group", "rank", "title")


def sample() -> dict[str, str] | None:
    """The slug and title of a published career, for examples."""
    return CareerPage.objects.readable().order_by("title").values("slug", "title").first()
