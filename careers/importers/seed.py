"""Reads the guide's own files into checked rows, or refuses them all with file, line and reason. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from home.importing import Field, Reader, Row, markup, text

from .. import scales
from ..quiz import PER_TYPE
from . import fields

Named = dict[str, Row]
# What somebody else says, so that it cannot stand without them.
READ = (scales.Standing.CONFIRMED, scales.Standing.SECONDARY)


@dataclass(frozen=True, slots=True)
class Document:
    """A career or a stage: its own values, its tables and its rows."""

    row: Row
    tables: dict[str, dict[str, Any]]
    rows: dict[str, list[Row]]


@dataclass(slots=True)
class Guide:
    """Everything the guide's files say, each kind by its slug."""

    sources: Named = field(default_factory=dict)
    skills: Named = field(default_factory=dict)
    qualifications: Named = field(default_factory=dict)
    organisations: Named = field(default_factory=dict)
    terms: Named = field(default_factory=dict)
    festivals: Named = field(default_factory=dict)
    statements: Named = field(default_factory=dict)
    pay: list[Row] = field(default_factory=list)
    weights: list[Row] = field(default_factory=list)
    stages: dict[str, Document] = field(default_factory=dict)
    careers: dict[str, Document] = field(default_factory=dict)


def read(folder: Path) -> Guide:
    """The guide of the folder's files; raises home.importing.Refused with every problem found."""
    return Files(folder).guide()


class Files:
    def __init__(self, folder: Path):
        self.folder = folder
        self.reader = Reader()

    def guide(self) -> Guide:
        guide = Guide(
            sources=self.named(self.csv("sources.csv", fields.SOURCES), "id"),
            organisations=self.named(self.csv("organisations.csv", fields.ORGANISATIONS)),
            festivals=self.named(self.csv("festivals.csv", fields.FESTIVALS)),
            skills=self.named(self.toml_rows("skills.toml", "skill", fields.SKILL)),
            qualifications=self.named(self.toml_rows("qualifications.toml", "qualification", fields.QUALIFICATION)),
            terms=self.named(self.toml_rows("glossary.toml", "term", fields.TERM)),
            statements=self.named(self.toml_rows("statements.toml", "statement", fields.STATEMENT)),
            pay=self.csv("pay.csv", fields.PAY),
            weights=self.csv("role_skills.csv", fields.WEIGHTS),
            stages=self.documents("stages", fields.STAGE, fields.STAGE_ROWS),
            careers=self.documents("careers", fields.CAREER, fields.CAREER_ROWS, self.career_tables()),
        )
        self.check_figures(guide)
        self.check_festivals(guide)
        self.check_statements(guide)
        self.reader.finish()
        # Only now: a row that was refused would make every row that names it look wrong too.
        self.check_references(guide)
        self.reader.finish()
        return guide

    @staticmethod
    def career_tables() -> dict[str, dict[str, Field] | None]:
        prose = {name: Field(markup) for name in fields.PROSE}
        return {"interests": fields.INTERESTS, "codes": fields.CODES, "prose": prose, "skills_why": None}

    def text(self, name: str) -> str:
        path = self.folder / name
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.refuse(name, 1, f"it cannot be read: {error}")
            return ""

    def refuse(self, name: str, line: int, reason: str) -> None:
        self.reader.problems.append(Row(name, line, {}).problem(reason))

    def csv(self, name: str, spec: dict[str, Field]) -> list[Row]:
        return self.reader.csv(name, self.text(name), spec)

    def toml_rows(self, name: str, table: str, spec: dict[str, Field]) -> list[Row]:
        document, lines = self.reader.toml(name, self.text(name))
        for key in document.keys() - {table}:
            self.refuse(name, 1, f"{key}: there is no such table")
        return self.reader.tables(name, document, lines, table, spec)

    def named(self, rows: Iterable[Row], key: str = "slug") -> Named:
        found: Named = {}
        for row in rows:
            if row[key] in found:
                self.reader.problems.append(row.problem(f"{row[key]} is there twice", key))
            found[row[key]] = row
        return found

    def documents(
        self,
        folder: str,
        spec: dict[str, Field],
        row_specs: dict[str, dict[str, Field]],
        table_specs: dict[str, dict[str, Field] | None] | None = None,
    ) -> dict[str, Document]:
        files = sorted((self.folder / folder).glob("*.toml"))
        read = [self.document(f"{folder}/{path.name}", spec, row_specs, table_specs or {}) for path in files]
        documents = [document for document in read if document]
        self.named(document.row for document in documents)
        return {document.row["slug"]: document for document in documents}

    def document(
        self,
        name: str,
        spec: dict[str, Field],
        row_specs: dict[str, dict[str, Field]],
        table_specs: dict[str, dict[str, Field] | None],
    ) -> Document | None:
        found, lines = self.reader.toml(name, self.text(name))
        for key in found.keys() - spec.keys() - row_specs.keys() - table_specs.keys():
            self.refuse(name, lines.keys.get(("", 0), {}).get(key, lines.row(key, 0)), f"{key}: there is no such field")
        row = self.reader.table(name, found, lines, "", spec)
        tables: dict[str, dict[str, Any]] = {}
        for key, columns in table_specs.items():
            columns = columns or {skill: Field(text(255)) for skill in found.get(key, {})}
            table = self.reader.table(name, found, lines, key, columns)
            tables[key] = table.values if table else {}
        rows = {key: self.reader.tables(name, found, lines, key, columns) for key, columns in row_specs.items()}
        return Document(row, tables, rows) if row else None

    def check_references(self, guide: Guide) -> None:
        """Every name used in one file stands in the file it belongs to."""
        known: dict[str, Iterable[str]] = {
            "source": guide.sources,
            "skill": guide.skills,
            "role": guide.careers,
            "to": guide.careers,
            "qualification": guide.qualifications,
            "organisation": guide.organisations,
            "glossary": guide.terms,
        }
        for row in self.all_rows(guide):
            for key, names in known.items():
                name = row.values.get(key)
                if name and name not in names:
                    self.reader.problems.append(row.problem(f"{key}: there is no {name!r}", key))

    @staticmethod
    def all_rows(guide: Guide) -> Iterable[Row]:
        for named in (guide.qualifications, guide.organisations, guide.terms, guide.festivals):
            yield from named.values()
        yield from [*guide.pay, *guide.weights]
        for document in [*guide.stages.values(), *guide.careers.values()]:
            for rows in document.rows.values():
                yield from rows

    def check_figures(self, guide: Guide) -> None:
        """A low figure is not above a high one, and a figure names its source."""
        for row in guide.pay:
            low, high = row["low"], row["high"]
            if low and high and float(low) > float(high):
                self.reader.problems.append(row.problem("low is above high", "low"))
            if (low or high or row["typical"]) and not row["source"]:
                self.reader.problems.append(row.problem("a figure needs a source", "source"))

    def check_festivals(self, guide: Guide) -> None:
        """A festival's facts name their source unless nobody has checked them, and only what is said is to be checked."""
        for row in guide.festivals.values():
            if row["status"] in READ and not row["source"]:
                self.reader.problems.append(row.problem(f"{row['status']} needs a source", "source"))
            for name in filter(None, row["to_check"].split(", ")):
                if not row[name]:
                    self.reader.problems.append(row.problem(f"to_check: {name} is empty", "to_check"))

    def check_statements(self, guide: Guide) -> None:
        """The quiz asks the same number of statements of each type."""
        found = Counter(row["type"] for row in guide.statements.values())
        wrong = [f"{letter} has {found[letter]}" for letter in map(str, scales.Holland.values) if found[letter] != PER_TYPE]
        if wrong:
            self.refuse("statements.toml", 1, f"each type needs {PER_TYPE} statements; {', '.join(wrong)}")
