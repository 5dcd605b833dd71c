"""Tables that people make in spreadsheets: bytes into checked rows, rows into cells that cannot calculate. Pure."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from home.importing import Field, Problem, Reader, Refused, Row
from home.wording import figures
from home.words import FORMULA, inert

MOST_BYTES = 32 * 2**20
MOST_ROWS = 100_000
DELIMITERS = (",", ";", "\t")
NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


def plain(cell: str) -> str:
    """The cell without the one apostrophe that `home.words.inert` has put before it."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def written(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180) with a byte order mark, without which spreadsheets misread accents."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    line.write("\ufeff")
    for row in [list(columns)], rows:
        for cells in row:
            writer.writerow([inert(cell) for cell in cells])
            yield line.getvalue()
            line.seek(0)
            line.truncate()


def encoding_of(content: bytes) -> str | None:
    """The encoding in which the content can be read, the likeliest first, or None."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Text of two bytes a letter without a mark is full of NULs, and no text of one byte is.
        return None if not marked and content[:1000].count(0) > len(content[:1000]) // 4 else encoding
    return None


@dataclass(frozen=True, slots=True)
class Checked:
    """A row of the file: its values, or what is wrong with it."""

    line: int
    row: Row | None
    problems: list[Problem]


class Table:
    """A file of rows under a header, in whatever order; raises home.importing.Refused if it cannot be read at all."""

    def __init__(self, file: str, content: bytes, fields: dict[str, Field], key: str = "slug"):
        self.file = file
        self.content = content
        self.encoding = self.checked_encoding()
        self.delimiter, header = self.likeliest(fields)
        self.columns = self.checked_header(header, fields, key)
        self.fields = {name: fields[name] for name in self.columns}
        self.key = key

    @property
    def written_in(self) -> str:
        """How the file was read, in words."""
        marks = {",": gettext("commas"), ";": gettext("semicolons"), "\t": gettext("tabs")}
        return gettext("{encoding}, with {marks} between the cells").format(
            encoding=NAMES[self.encoding], marks=marks[self.delimiter]
        )

    def refuse(self, reason: str, line: int = 1) -> Refused:
        return Refused([Problem(self.file, line, reason)])

    def checked_encoding(self) -> str:
        if len(self.content) > MOST_BYTES:
            raise self.refuse(gettext("the file is larger than {size} MB; split it").format(size=MOST_BYTES // 2**20))
        if not self.content.removeprefix(b"\xef\xbb\xbf").strip():
            raise self.refuse(gettext("the file is empty"))
        encoding = encoding_of(self.content)
        if encoding is None:
            raise self.refuse(gettext("this is not text that can be read; save it as CSV in UTF-8"))
        return encoding

    def lines(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self.content), encoding=self.encoding, newline="")

    def likeliest(self, fields: dict[str, Field]) -> tuple[str, list[str]]:
        """The delimiter under which the first line names most of the columns, and the names."""
        line = self.lines().readline(100_000)
        headers = {mark: header_of(line, mark) for mark in DELIMITERS}
        mark = max(DELIMITERS, key=lambda each: len(fields.keys() & set(headers[each])))
        return mark, headers[mark]

    def checked_header(self, header: list[str], fields: dict[str, Field], key: str) -> list[str]:
        unknown = [name[:60] for name in header if name not in fields]
        twice = [name for name, number in Counter(header).items() if number > 1 and name in fields]
        if not fields.keys() & set(header):
            raise self.refuse(
                gettext("the first line names none of the columns, which are {names}").format(names=", ".join(fields))
            )
        reasons = []
        if unknown:
            named = ", ".join(repr(name) for name in unknown[:10])
            reasons.append(
                gettext("there is no column {unknown}; the columns are {names}").format(unknown=named, names=", ".join(fields))
            )
        if twice:
            reasons.append(gettext("the header names {names} twice").format(names=", ".join(twice)))
        if key not in header:
            reasons.append(gettext("the header lacks {key}, by which rows are told apart").format(key=key))
        if reasons:
            raise Refused([Problem(self.file, 1, reason) for reason in reasons])
        return header

    def rows(self) -> Iterator[Checked]:
        """Each row checked by itself, and against the rows before it for its key; one at a time."""
        seen: dict[str, int] = {}
        for number, (line, cells) in enumerate(self.records(), 1):
            if isinstance(cells, str):
                yield Checked(line, None, [Problem(self.file, line, cells)])
                continue
            if number > MOST_ROWS:
                reason = gettext("the file has more than {most} rows; split it").format(most=figures(MOST_ROWS))
                yield Checked(line, None, [Problem(self.file, line, reason)])
                return
            yield self.checked(line, cells, seen)

    def checked(self, line: int, cells: list[str], seen: dict[str, int]) -> Checked:
        if len(cells) != len(self.columns):
            reason = gettext("it has {number} cells; the header has {wanted}").format(number=len(cells), wanted=len(self.columns))
            return Checked(line, None, [Problem(self.file, line, reason)])
        reader = Reader()
        found = {name: plain(cell).strip() for name, cell in zip(self.columns, cells, strict=True)}
        row = reader.row(self.file, found, self.fields, line, {})
        key = found[self.key]
        if key and seen.setdefault(key, line) != line:
            reader.problems.append(
                Problem(
                    self.file,
                    line,
                    gettext("{column}: {value} is in line {line} already").format(
                        column=self.key, value=key[:120], line=seen[key]
                    ),
                )
            )
        return Checked(line, None if reader.problems else row, reader.problems)

    def records(self) -> Iterator[tuple[int, list[str] | str]]:
        """The line each record begins in and its cells, or why it and all that follow cannot be read."""
        reader = csv.reader(self.lines(), delimiter=self.delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                if line > 1 and any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            yield line, gettext("this is not CSV, and nothing after it was read: {error}").format(error=error)


def header_of(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []
