"""Rows of TOML and CSV with the file and line each came from, checked against a table of fields. Pure."""

import datetime
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from csv import DictReader
from csv import Error as CsvError
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

Check = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value, in one sentence, and where."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return gettext("{file}, line {line}: {reason}").format(file=self.file, line=self.line, reason=self.reason)


class Refused(Exception):
    """Nothing was loaded, for these problems."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True)
class Field:
    """How a value is checked, and whether a row may go without it."""

    check: Check
    required: bool = False
    default: Any = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Checked values and the place they were written."""

    file: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def problem(self, reason: str, key: str = "") -> Problem:
        return Problem(self.file, self.lines.get(key, self.line), reason)


def text(longest: int) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError(gettext("write it as text, not {value!r}").format(value=value))
        if "\x00" in value:
            raise ValueError(gettext("it holds a NUL character"))
        if len(value) > longest:
            raise ValueError(
                gettext("it has {number} characters; at most {longest} fit").format(number=len(value), longest=longest)
            )
        return value.strip()

    return check


def one_of(choices: Any) -> Check:
    """A choice's value, given as the value itself or as its label."""
    known = {str(choice.label): choice.value for choice in choices} | {str(choice.value): choice.value for choice in choices}
    names = ", ".join(sorted({str(choice.value) for choice in choices}))

    def check(value: Any) -> Any:
        if str(value) not in known:
            raise ValueError(gettext("{value!r} is not one of {names}").format(value=value, names=names))
        return known[str(value)]

    return check


def matching(pattern: str, meaning: str | Promise) -> Check:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueError(gettext("{value!r} is not {meaning}").format(value=value, meaning=meaning))
        return value

    return check


slug = matching(r"[a-z0-9]+(?:-[a-z0-9]+)*", _("a short name of small letters, figures and hyphens"))
address = matching(r"(https?://[^\s<>\"]{3,190})?", _("a web address"))


def whole(low: int, high: int) -> Check:
    def check(value: Any) -> int:
        try:
            number = int(str(value))
        except ValueError as error:
            raise ValueError(gettext("{value!r} is not a whole number").format(value=value)) from error
        if not low <= number <= high:
            raise ValueError(gettext("{number} is not between {low} and {high}").format(number=number, low=low, high=high))
        return number

    return check


def amount(value: Any) -> str | None:
    """A sum of money as text, or None when it is left empty."""
    if value in ("", None):
        return None
    if not re.fullmatch(r"\d{1,8}(\.\d{1,2})?", str(value)):
        raise ValueError(gettext("{value!r} is not a sum such as 29623 or 11.95").format(value=value))
    return str(value)


def yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(gettext("{value!r} is not true or false").format(value=value))
    return value


def day(value: Any) -> datetime.date:
    if not isinstance(value, datetime.date):
        raise ValueError(gettext("{value!r} is not a date such as 2026-05-01").format(value=value))
    return value


def texts(longest: int) -> Check:
    check_one = text(longest)

    def check(value: Any) -> list[str]:
        if not isinstance(value, list):
            raise ValueError(gettext("write it as a list of texts"))
        return [check_one(item) for item in value]

    return check


def rows_of(fields: dict[str, Field]) -> Check:
    """A list of inline tables, each checked by the fields."""

    def check(value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise ValueError(gettext("write it as a list of tables"))
        return [table_of(fields)(item) for item in value]

    return check


def table_of(fields: dict[str, Field]) -> Check:
    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ValueError(gettext("write it as a table"))
        problems: list[str] = []
        checked = _checked(value, fields, lambda key, reason: problems.append(f"{key}: {reason}"))
        if problems:
            raise ValueError("; ".join(problems))
        return checked

    return check


_markdown = MarkdownIt("zero", {"html": False}).enable(
    ["list", "emphasis", "link", "escape", "heading", "balance_pairs", "fragments_join"]
)


def markup(value: Any) -> str:
    """Rich text (HTML) of the light markup that the seed files use: paragraphs, lists, bold, italics, links."""
    source = text(20_000)(value)
    if "](http" in source:
        raise ValueError(gettext("links in the text lead inside the guide; name outside addresses as sources"))
    html = _markdown.render(source)
    for tag, ours in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{tag}>", f"<{ours}>").replace(f"</{tag}>", f"</{ours}>")
    return str(html).strip()


def _checked(found: dict[str, Any], fields: dict[str, Field], complain: Callable[[str, str], None]) -> dict[str, Any]:
    for key in found.keys() - fields.keys():
        complain(key, gettext("there is no such field"))
    values = {}
    for name, spec in fields.items():
        value = found.get(name, "")
        if value in ("", None) and spec.required:
            complain(name, gettext("it is missing"))
        elif value in ("", None):
            values[name] = spec.default
        else:
            try:
                values[name] = spec.check(value)
            except ValueError as error:
                complain(name, str(error))
    return values


class Lines:
    """Where the tables and keys of a TOML text stand."""

    def __init__(self, source: str):
        self.tables: dict[str, list[int]] = {}
        self.keys: dict[tuple[str, int], dict[str, int]] = {}
        table, index, inside = "", 0, False
        for number, line in enumerate(source.splitlines(), 1):
            header = re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(#.*)?$", line)
            key = re.match(r"\s*([\w-]+)\s*=", line)
            if not inside and header:
                table = header[1]
                self.tables.setdefault(table, []).append(number)
                index = len(self.tables[table]) - 1
            elif not inside and key:
                self.keys.setdefault((table, index), {}).setdefault(key[1], number)
            if (line.count("'''") + line.count('"""')) % 2:
                inside = not inside

    def row(self, table: str, index: int) -> int:
        numbers = self.tables.get(table, [])
        return numbers[index] if index < len(numbers) else 1


@dataclass(slots=True)
class Reader:
    """Reads files into rows and keeps every problem it meets."""

    problems: list[Problem] = field(default_factory=list)

    def toml(self, file: str, source: str) -> tuple[dict[str, Any], Lines]:
        """The document and its lines; an unreadable one is a problem and an empty document."""
        try:
            return tomllib.loads(source), Lines(source)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"line (\d+)", str(error))
            self.problems.append(Problem(file, int(at[1]) if at else 1, gettext("this is not TOML: {error}").format(error=error)))
            return {}, Lines("")

    def row(self, file: str, found: Any, fields: dict[str, Field], line: int, lines: dict[str, int]) -> Row | None:
        """The checked row, or None when something in it was refused."""
        before = len(self.problems)
        if not isinstance(found, dict):
            self.problems.append(Problem(file, line, gettext("write it as a table")))
            return None
        values = _checked(
            found,
            fields,
            lambda key, reason: self.problems.append(Problem(file, lines.get(key, line), f"{key}: {reason}")),
        )
        return Row(file, line, values, lines) if len(self.problems) == before else None

    def tables(self, file: str, document: dict[str, Any], lines: Lines, name: str, fields: dict[str, Field]) -> list[Row]:
        """The rows of an array of tables; those refused are left out."""
        found = document.get(name, [])
        if not isinstance(found, list):
            self.problems.append(Problem(file, lines.row(name, 0), gettext("write {name} as [[{name}]] rows").format(name=name)))
            return []
        rows = (
            self.row(file, item, fields, lines.row(name, index), lines.keys.get((name, index), {}))
            for index, item in enumerate(found)
        )
        return [row for row in rows if row]

    def table(self, file: str, document: dict[str, Any], lines: Lines, name: str, fields: dict[str, Field]) -> Row | None:
        """One table of the document; name "" is the document's own keys."""
        found = {k: v for k, v in document.items() if k in fields} if not name else document.get(name, {})
        return self.row(file, found, fields, lines.row(name, 0), lines.keys.get((name, 0), {}))

    def csv(self, file: str, source: str, fields: dict[str, Field]) -> list[Row]:
        """The rows of a CSV file with a header line."""
        reader = DictReader(io.StringIO(source), strict=True)
        try:
            return [row for row in self._csv_rows(file, reader, fields) if row]
        except CsvError as error:
            self.problems.append(Problem(file, reader.line_num, gettext("this is not CSV: {error}").format(error=error)))
            return []

    def _csv_rows(self, file: str, reader: "DictReader[str]", fields: dict[str, Field]) -> Iterator[Row | None]:
        missing = [name for name in fields if name not in (reader.fieldnames or [])]
        if missing:
            self.problems.append(Problem(file, 1, gettext("the header lacks {names}").format(names=", ".join(missing))))
            return
        for found in reader:
            if None in found or None in found.values():
                self.problems.append(Problem(file, reader.line_num, gettext("the number of cells differs from the header's")))
                continue
            yield self.row(file, found, fields, reader.line_num, {})

    def finish(self) -> None:
        """Raise Refused with every problem, in file and line order, if there is any."""
        if self.problems:
            raise Refused(sorted(self.problems, key=lambda problem: (problem.file, problem.line)))
