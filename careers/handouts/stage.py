"""A stage's guide read from its page: the same sections in the same order."""

from typing import Any

from django.utils.translation import gettext

from home.sites import absolute

from ..models import StagePage
from .document import Board, Checklist, Handout, Ledger, Line, Row, Rows, Section, Strip, section
from .parts import citations, colophon, published_on, reviewed, streamed


def handout(page: StagePage) -> Handout:
    """The guide as the published page tells it."""
    parts = page.parts()
    full = page.full_title if page.full_title != page.title else ""
    notes = [gettext("In full: {title}").format(title=full) if full else "", reviewed(page)]
    found = [
        tasks(page),
        *streamed(page.body, page.get_absolute_url(), page.number),
        people(parts["people"]),
        papers(page),
        skills(parts["skills"], page.number),
        section(gettext("Sources"), citations(citation.source for citation in page.citations.all())),
    ]
    return Handout(
        title=page.title,
        kind=gettext("A stage of a production"),
        lead=page.lead,
        address=absolute(page.get_absolute_url()),
        published=published_on(page),
        stages=(page.number,),
        notes=tuple(filter(None, notes)),
        sections=tuple(filter(None, found)),
        colophon=colophon(page),
    )


def tasks(page: StagePage) -> Section | None:
    said = gettext(
        "Strips on coloured paper are work an associate producer is likely to share. White strips belong to other people, and it "
        "helps to know what they are busy with."
    )
    whose = {True: gettext("Yours too"), False: gettext("Others")}
    strips = tuple(
        Strip(str(number), page.number if task.yours else 0, "", task.text, task.note, whose[task.yours])
        for number, task in enumerate(page.tasks.all(), start=1)
    )
    return section(gettext("What gets done"), Line(said), Board(strips) if strips else None)


def people(rows: list[Any]) -> Section | None:
    found = tuple(Rows(row.career.title, (Row(row.note),)) for row in rows)
    return section(gettext("Who does what"), Ledger(found) if found else None)


def papers(page: StagePage) -> Section | None:
    rows = tuple(Row(paper.title, paper.note) for paper in page.documents.all())
    return section(gettext("Papers of this stage"), Checklist(rows) if rows else None)


def skills(rows: list[Any], number: int) -> Section | None:
    found = tuple(Rows(row.skill.name, (Row(row.note),), number) for row in rows)
    return section(gettext("Skills you can evidence here"), Ledger(found) if found else None)
