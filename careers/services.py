"""Loads the guide into the database: what is missing is added, what editors have is left alone."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Orderable, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.importing import Row
from home.models import BasePage, GuideSnippet, HomePage
from home.services import publish

from .importers.fields import PROSE
from .importers.seed import Document, Guide
from .models import (
    AlternativeTitle,
    BodyLink,
    CareerCitation,
    CareerIndexPage,
    CareerPage,
    CareerStep,
    EntryRoute,
    Festival,
    GlossaryTerm,
    GoalLink,
    InterestStatement,
    PayRange,
    ProfessionalBody,
    Qualification,
    QualificationAdvice,
    Skill,
    SkillRequirement,
    Source,
    StageCitation,
    StageDocument,
    StageIndexPage,
    StageInvolvement,
    StagePage,
    StagePerson,
    StageSkill,
    StageTask,
    Task,
)
from .scales import importance_of, level_of

Progress = Callable[[str, int, int], None]
BLOCK_FIELDS = {
    "topic": ["title", "anchor", "text"],
    "comparison": ["title", "anchor", "text", "caption", "highlight", "columns", "rows"],
    "versus": ["title", "anchor", "text", "left", "right"],
    "terms": ["title", "anchor", "text", "items"],
    "checklist": ["title", "anchor", "text", "items"],
    "shots": ["title", "anchor", "text"],
    "board": ["title", "anchor", "text", "items", "total", "total_note"],
}
ITEM_FIELDS = {
    "terms": ["term", "text"],
    "checklist": ["text", "note", "needed"],
    "board": ["no", "place", "what", "who", "yours"],
}


@transaction.atomic
def load_guide(*, guide: Guide, home: HomePage, progress: Progress = lambda *_: None) -> dict[str, int]:
    """Add what the guide has and the database lacks; returns the number added of each kind.

    All or nothing: an error leaves the database as it was.
    """
    loader = Loader(guide, home, progress)
    # Wagtail would index a page's references anew for each of its rows: two thirds of the loading time.
    with disable_reference_index_auto_update():
        added = {
            "sources": loader.catalogue(Source, guide.sources, loader.source),
            "skills": loader.catalogue(Skill, guide.skills, loader.skill),
            "qualifications": loader.catalogue(Qualification, guide.qualifications, loader.checked),
            "organisations": loader.catalogue(ProfessionalBody, guide.organisations, loader.organisation),
            "glossary terms": loader.catalogue(GlossaryTerm, guide.terms, loader.term),
            "festivals": loader.catalogue(Festival, guide.festivals, loader.checked),
            "statements": loader.statements(),
            "careers": loader.careers(),
            "stages": loader.stages(),
        }
    for thing in loader.made:
        ReferenceIndex.create_or_update_for_object(thing)
    return added


class Loader:
    def __init__(self, guide: Guide, home: HomePage, progress: Progress):
        self.guide = guide
        self.home = home
        self.progress = progress
        self.known: dict[type, dict[str, Any]] = {}
        self.made: list[Any] = []

    def catalogue(self, model: type, rows: dict[str, Row], build: Callable[[Row], dict[str, Any]]) -> int:
        found = {thing.slug: thing for thing in model.objects.all()}
        missing = [row for slug, row in rows.items() if slug not in found]
        for done, row in enumerate(missing, 1):
            thing = model.objects.create(**build(row))
            if isinstance(thing, GuideSnippet):
                keep_first_words(thing)
            found[thing.slug] = thing
            self.made.append(thing)
            self.progress(str(model._meta.verbose_name_plural), done, len(missing))
        self.known[model] = found
        return len(missing)

    @staticmethod
    def source(row: Row) -> dict[str, Any]:
        values = {key: row[key] for key in ("publisher", "title", "url", "year", "kind", "note")}
        return {"slug": row["id"], **values}

    @staticmethod
    def skill(row: Row) -> dict[str, Any]:
        lists = {key: "\n".join(row[key] or []) for key in ("evidence", "also_called")}
        return {**row.values, **lists}

    def checked(self, row: Row) -> dict[str, Any]:
        return {**row.values, "source": self.cited(row["source"])}

    def organisation(self, row: Row) -> dict[str, Any]:
        values = self.checked(row)
        values.pop("kind")
        return values

    def term(self, row: Row) -> dict[str, Any]:
        values = self.checked(row)
        summary = values.pop("meaning")
        return {**values, "summary": summary, "also_called": "\n".join(values["also_called"] or [])}

    def statements(self) -> int:
        """The quiz comes as a set: once there is one, it is the editors', and a statement they took out stays out."""
        if InterestStatement.objects.exists():
            return 0
        return self.catalogue(InterestStatement, self.guide.statements, self.statement)

    @staticmethod
    def statement(row: Row) -> dict[str, Any]:
        return {"slug": row["slug"], "title": row["text"], "holland": row["type"]}

    def cited(self, slug: str) -> Source | None:
        return self.known[Source][slug] if slug else None

    def careers(self) -> int:
        parent = CareerIndexPage.objects.original().first() or publish(
            self.home, CareerIndexPage(title="Careers", slug="careers")
        )
        there = {page.slug: page for page in CareerPage.objects.original()}
        missing = [document for slug, document in self.guide.careers.items() if slug not in there]
        for document in missing:
            page = CareerPage(live=False, **self.career_values(document))
            parent.add_child(instance=page)
            there[page.slug] = page
        for done, document in enumerate(missing, 1):
            page = there[document.row["slug"]]
            self.add_rows(page, document, there)
            page.save_revision().publish()
            self.made.append(page)
            self.progress("careers", done, len(missing))
        self.known[CareerPage] = there
        return len(missing)

    def career_values(self, document: Document) -> dict[str, Any]:
        interests, codes, prose = document.tables["interests"], document.tables["codes"], document.tables["prose"]
        return {
            **document.row.values,
            **{name: prose.get(name, "") for name in PROSE},
            "holland_code": interests.get("code", ""),
            "holland_status": interests.get("status", "unverified"),
            "holland_source": self.cited(interests.get("source", "")),
            "onet_code": codes.get("onet", ""),
            "onet_title": codes.get("onet_title", ""),
            "onet_fit": codes.get("fit", ""),
            "onet_status": codes.get("status", "unverified"),
            "learn_more": sections(document.rows["learn_more"]),
        }

    def add_rows(self, page: CareerPage, document: Document, careers: dict[str, CareerPage]) -> None:
        rows = document.rows
        page.alternative_titles = [AlternativeTitle(**row.values) for row in rows["titles"]]
        page.stage_involvements = [StageInvolvement(**row.values) for row in rows["stages"]]
        page.tasks = [Task(**{**self.checked(row), "stage": row["stage"] or None}) for row in rows["tasks"]]
        page.entry_routes = [EntryRoute(**self.checked(row)) for row in rows["routes"]]
        page.goals = [GoalLink(**self.checked(row)) for row in rows["sdgs"]]
        page.citations = [CareerCitation(source=self.cited(row["source"])) for row in rows["citations"]]
        page.steps = [CareerStep(**{**self.checked(row), "to": careers.get(row["to"])}) for row in rows["steps"]]
        page.bodies = [self.linked(BodyLink, row, "organisation", "body", ProfessionalBody) for row in rows["organisations"]]
        page.qualification_advice = [
            self.linked(QualificationAdvice, row, "qualification", "qualification", Qualification)
            for row in rows["qualifications"]
        ]
        page.pay_ranges = [PayRange(**self.figure(row)) for row in self.guide.pay if row["role"] == page.slug]
        page.requirements = [
            self.requirement(page, row, document.tables["skills_why"]) for row in self.guide.weights if row["role"] == page.slug
        ]
        number_rows(page)

    def linked(self, model: type, row: Row, key: str, name: str, target: type) -> Any:
        values = self.checked(row)
        return model(**{name: self.known[target][values.pop(key)]}, **values)

    def figure(self, row: Row) -> dict[str, Any]:
        values = self.checked(row)
        values.pop("role")
        return values

    def requirement(self, page: CareerPage, row: Row, why: dict[str, str]) -> SkillRequirement:
        importance = importance_of(row["importance"])
        return SkillRequirement(
            skill=self.known[Skill][row["skill"]],
            importance=importance,
            level=level_of(importance, page.experience),
            why=why.get(row["skill"], ""),
        )

    def stages(self) -> int:
        parent = StageIndexPage.objects.original().first() or publish(
            self.home, StageIndexPage(title="Production stages", slug="stages")
        )
        there = set(StagePage.objects.original().values_list("number", flat=True))
        documents = sorted(self.guide.stages.values(), key=lambda document: document.row["number"])
        missing = [document for document in documents if document.row["number"] not in there]
        for done, document in enumerate(missing, 1):
            self.stage(parent, document)
            self.progress("stages", done, len(missing))
        return len(missing)

    def stage(self, parent: StageIndexPage, document: Document) -> None:
        rows = document.rows
        page = StagePage(**document.row.values, body=sections(rows["body"]))
        page.tasks = [StageTask(**row.values) for row in rows["tasks"]]
        page.documents = [
            StageDocument(title=row["title"], note=row["note"], term=self.known[GlossaryTerm].get(row["glossary"]))
            for row in rows["documents"]
        ]
        page.people = [StagePerson(career=self.known[CareerPage][row["role"]], note=row["note"]) for row in rows["people"]]
        page.skills = [StageSkill(skill=self.known[Skill][row["skill"]], note=row["note"]) for row in rows["skills"]]
        page.citations = [StageCitation(source=self.cited(row["source"])) for row in rows["citations"]]
        number_rows(page)
        self.made.append(publish(parent, page))


def number_rows(page: BasePage) -> None:
    """Give the page's rows the order in which they stand; without numbers a database may give them in any."""
    for relation in get_all_child_relations(page):
        for place, row in enumerate(getattr(page, relation.get_accessor_name()).all()):
            if isinstance(row, Orderable):
                row.sort_order = place


def keep_first_words(thing: GuideSnippet) -> None:
    """A first revision, so that an editor can go back to the words we shipped."""
    thing.live_revision = thing.save_revision()
    thing.save(update_fields=["live_revision"])


def sections(rows: list[Row]) -> str:
    """The rows as the raw JSON of a guide's StreamField."""
    return json.dumps([section(row.values) for row in rows])


def section(values: dict[str, Any]) -> dict[str, Any]:
    kind = values["type"]
    value = {name: values[name] for name in BLOCK_FIELDS[kind]}
    if kind in ITEM_FIELDS:
        value["items"] = [{name: item[name] for name in ITEM_FIELDS[kind]} for item in values["items"] or []]
    return {"type": kind, "value": value}
