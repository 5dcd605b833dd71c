"""The endpoints: what each kind of thing is asked by, and what it says of itself."""

from django.db.models import Prefetch, Q

from home.models import StandardPage

from ..models import (
    BodyLink,
    CareerPage,
    CareerStep,
    Festival,
    GlossaryTerm,
    ProfessionalBody,
    Qualification,
    QualificationAdvice,
    Skill,
    SkillRequirement,
    Source,
    StageCitation,
    StageDocument,
    StagePage,
    StagePerson,
    StageSkill,
)
from ..sources import cited
from . import rows
from .base import GuideViewSet, markdown, shaped

CHECKED = ["status", *shaped(source=lambda found: rows.source(found.source))]


def in_order(rows):
    """The rows as editors ordered them; those of before they were numbered stand as they came."""
    return rows.order_by("sort_order", "pk")


def with_source(relation):
    """The rows of a relation with their sources."""
    model = CareerPage._meta.get_field(relation).related_model
    return Prefetch(relation, in_order(model.objects.select_related("source")))


def asked_by_careers():
    readable = SkillRequirement.objects.filter(page__in=CareerPage.objects.readable()).select_related("page")
    return Prefetch("requirements", readable.order_by("-importance", "page__title"))


class PageViewSet(GuideViewSet):
    meta_fields = [*GuideViewSet.meta_fields, "first_published_at", "last_published_at"]
    listing_default_fields = [*GuideViewSet.listing_default_fields, "first_published_at", "last_published_at"]
    orders = ("id", "title", "first_published_at", "last_published_at")

    def readable(self):
        return self.model.objects.readable()


class Careers(PageViewSet):
    model = CareerPage
    filters = ("department", "line", "experience")
    orders = (*PageViewSet.orders, "reviewed_on")
    is_needing = True
    joined = ("holland_source",)
    meta_fields = [*PageViewSet.meta_fields, markdown("career")]
    own = "summary department line line_note experience hours hours_note contract reviewed_on review_due".split()
    listing_default_fields = [*PageViewSet.listing_default_fields, "markdown_url", *own]
    body_fields = [
        *("id", "title", "lead", "answer", *own),
        *shaped(
            also_called=rows.rows_of("alternative_titles", rows.other_title),
            stages=rows.rows_of("stage_involvements", rows.stage),
            tasks=rows.rows_of("tasks", rows.task),
            skills=rows.rows_of("requirements", rows.skill),
            qualifications=rows.rows_of("qualification_advice", rows.advice),
            entry_routes=rows.rows_of("entry_routes", rows.route),
            pay=rows.rows_of("pay_ranges", rows.pay, lambda row: row.is_shown),
            steps=rows.rows_of("steps", rows.step),
            organisations=rows.rows_of("bodies", rows.body),
            goals=rows.rows_of("goals", rows.goal),
            sources=rows.rows_of("citations", rows.citation),
            interests=rows.interests,
            codes=rows.codes,
        ),
        *CareerPage.PROSE_FIELDS,
        "learn_more",
    ]
    detail_only_fields = [*CareerPage.PROSE_FIELDS, "learn_more"]

    @property
    def gathered(self):
        open_to_all = CareerPage.objects.readable().values("pk")
        steps = CareerStep.objects.filter(Q(to=None) | Q(to__in=open_to_all)).select_related("source", "to")
        needs = SkillRequirement.objects.filter(skill__live=True).select_related("skill")
        studies = QualificationAdvice.objects.filter(qualification__live=True).select_related("source", "qualification")
        bodies = BodyLink.objects.filter(body__live=True).select_related("source", "body")
        return {
            "also_called": "alternative_titles",
            "stages": "stage_involvements",
            "tasks": with_source("tasks"),
            "skills": Prefetch("requirements", needs.order_by("-importance", "sort_order", "pk")),
            "qualifications": Prefetch("qualification_advice", in_order(studies)),
            "entry_routes": with_source("entry_routes"),
            "pay": with_source("pay_ranges"),
            "steps": Prefetch("steps", in_order(steps.defer(*(f"to__{name}" for name in self.detail_only_fields)))),
            "organisations": Prefetch("bodies", in_order(bodies)),
            "goals": with_source("goals"),
            "sources": with_source("citations"),
        }


class Stages(PageViewSet):
    model = StagePage
    orders = ("number", *PageViewSet.orders, "reviewed_on")
    meta_fields = [*PageViewSet.meta_fields, markdown("stage")]
    own = ["number", "full_title", "tagline", "lead", "reviewed_on", "review_due"]
    listing_default_fields = [*PageViewSet.listing_default_fields, "markdown_url", *own]
    body_fields = [
        *("id", "title", *own),
        *shaped(
            tasks=rows.rows_of("tasks", rows.stage_task),
            documents=rows.rows_of("documents", rows.document),
            people=rows.rows_of("people", rows.person),
            skills=rows.rows_of("skills", rows.stage_skill),
            sources=rows.rows_of("citations", rows.citation),
        ),
        "body",
    ]
    detail_only_fields = ["body"]

    @property
    def gathered(self):
        people = StagePerson.objects.filter(career__in=CareerPage.objects.readable().values("pk")).select_related("career")
        return {
            "tasks": "tasks",
            "documents": Prefetch("documents", in_order(StageDocument.objects.select_related("term"))),
            "people": Prefetch("people", in_order(people.defer(*(f"career__{name}" for name in Careers.detail_only_fields)))),
            "skills": Prefetch("skills", in_order(StageSkill.objects.filter(skill__live=True).select_related("skill"))),
            "sources": Prefetch("citations", in_order(StageCitation.objects.select_related("source"))),
        }


class AboutPages(PageViewSet):
    model = StandardPage
    body_fields = ["id", "title", "lead", "body"]
    listing_default_fields = [*PageViewSet.listing_default_fields, "lead"]
    detail_only_fields = ["body"]


class Skills(GuideViewSet):
    model = Skill
    filters = ("family",)
    orders = ("id", "title", "family")
    meta_fields = [*GuideViewSet.meta_fields, markdown("skill")]
    own = ["family", "summary"]
    listing_default_fields = [*GuideViewSet.listing_default_fields, "markdown_url", *own, "external_uri"]
    body_fields = [
        *("id", "title", *own, "body"),
        *shaped(
            evidence=lambda skill: skill.evidence_ideas,
            also_called=lambda skill: skill.other_names,
            careers=rows.rows_of("requirements", rows.asking),
        ),
        "external_uri",
    ]
    detail_only_fields = ["body"]

    @property
    def gathered(self):
        return {"careers": asked_by_careers()}


class Qualifications(GuideViewSet):
    model = Qualification
    filters = ("kind", "status")
    joined = ("source",)
    own = ["kind", "level", "place", "summary", "status", "source"]
    listing_default_fields = [*GuideViewSet.listing_default_fields, *own]
    body_fields = [
        *("id", "title", "kind", "level", "place", "summary", "body"),
        *shaped(careers=rows.rows_of("advice", rows.counting)),
        *CHECKED,
    ]
    detail_only_fields = ["body"]

    @property
    def gathered(self):
        readable = QualificationAdvice.objects.filter(page__in=CareerPage.objects.readable()).select_related("page", "source")
        return {"careers": Prefetch("advice", readable.order_by("page__title"))}


class Organisations(GuideViewSet):
    model = ProfessionalBody
    filters = ("country", "status")
    joined = ("source",)
    own = ["short", "country", "for_whom", "summary", "url", "status", "source"]
    listing_default_fields = [*GuideViewSet.listing_default_fields, *own]
    body_fields = ["id", "title", "short", "country", "for_whom", *shaped(summary=rows.vouched("summary")), "url", *CHECKED]


class Glossary(GuideViewSet):
    model = GlossaryTerm
    filters = ("kind", "status")
    joined = ("source",)
    listing_default_fields = [*GuideViewSet.listing_default_fields, "kind", "meaning", "use", "also_called", "status", "source"]
    body_fields = [
        *("id", "title", "kind"),
        *shaped(meaning=lambda term: term.summary),
        "use",
        *shaped(also_called=lambda term: term.other_names),
        *CHECKED,
    ]


class Festivals(GuideViewSet):
    model = Festival
    filters = ("country", "status")
    joined = ("source",)
    own = ["place", "country", "kinds", "summary", "facts", "note", "unchecked", "url", "status", "source"]
    listing_default_fields = [*GuideViewSet.listing_default_fields, *own]
    body_fields = [
        *("id", "title", "place", "country", "kinds"),
        *shaped(summary=rows.vouched("summary"), facts=rows.facts, note=rows.vouched("note")),
        *("unchecked", "url"),
        *CHECKED,
    ]


class Sources(GuideViewSet):
    model = Source
    filters = ("kind",)
    orders = ("id", "title", "publisher")
    is_searched = False
    meta_fields = ["type", "detail_url", "slug"]
    own = ["publisher", "url", "year", "kind", "note"]
    listing_default_fields = ["id", "type", "detail_url", "slug", "title", *own]
    body_fields = ["id", "title", *own]

    def readable(self):
        return cited()
