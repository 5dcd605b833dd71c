"""A ZIP written piece by piece, with names that stay inside it and spreadsheets that run nothing. Pure."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any, TextIO

# Longer names trouble some file systems once a folder stands before them.
LONGEST = 120
ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\s*$")
FORBIDDEN = set('<>:"/\\|?*')
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# A cell that begins so is a formula to a spreadsheet (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Archive:
    """A ZIP in an open file; one member at a time, nothing kept in memory but the list of names."""

    def __init__(self, file: IO[bytes], now: datetime):
        self.zip = zipfile.ZipFile(file, "w")
        self.date = (now.year, now.month, now.day, now.hour, now.minute, now.second)

    def close(self) -> None:
        self.zip.close()

    def member(self, name: str, kind: int) -> zipfile.ZipInfo:
        found = zipfile.ZipInfo(name, self.date)
        found.compress_type = kind
        found.external_attr = 0o600 << 16
        return found

    @contextmanager
    def text(self, name: str) -> Iterator[TextIO]:
        """A member to write text into, as UTF-8."""
        with self.zip.open(self.member(name, zipfile.ZIP_DEFLATED), "w") as member:
            text = io.TextIOWrapper(member, "utf-8", newline="")
            yield text
            text.flush()
            text.detach()

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """A member made of these blocks, as they are: what members upload is compressed already."""
        with self.zip.open(self.member(name, zipfile.ZIP_STORED), "w") as member:
            for block in blocks:
                member.write(block)


def file_name(key: int, shown: str, ending: str, part: str = "") -> str:
    """A name in the archive's folder files/, unlike any other because it begins with the file's number.

    `shown` may be anything; nothing of it can lead out of the folder, hide, or trouble a file system. `ending` is the
    stored file's own, whatever the shown name ends in.
    """
    plain = ENDING.sub("", unicodedata.normalize("NFC", shown.replace("\\", "/").rpartition("/")[2]))
    kept = "".join(" " if char in FORBIDDEN else char for char in plain if unicodedata.category(char) not in UNSEEN)
    stem = " ".join(kept.split()).strip(". ")
    after = f"{f' ({part})' if part else ''}{ending if ending[1:].isalnum() and ending.isascii() else ''}"
    return f"files/{shortened(f'{key} {stem}'.rstrip(), LONGEST - len(after))}{after}"


def shortened(text: str, octets: int) -> str:
    """As much of the text as fits into so many bytes of UTF-8."""
    return text.encode()[:octets].decode(errors="ignore").rstrip(". ")


def cell(value: Any) -> str:
    """The value as a spreadsheet may open it: as text, never as a formula."""
    text = written(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def written(value: Any) -> str:
    """The value in its one spelling: nothing for nothing, dates by ISO 8601, lists and answers as in data.json."""
    if value is None or isinstance(value, str):
        return value or ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | list | dict) else str(value)


def write_table(text: TextIO, names: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """A table by RFC 4180, with the mark by which spreadsheets know UTF-8."""
    text.write("\ufeff")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(list(names))
    for row in rows:
        table.writerow([cell(value) for value in row])
