"""The archive's own rules: names stay inside it, whatever a file was called, and cells are text."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.leaving.archive import LONGEST, Archive, cell, file_name, write_table

HOSTILE = {
    "../../etc/passwd": "files/7 passwd.png",
    "..\\..\\boot.ini": "files/7 boot.png",
    "a\x00b\x1b.png": "files/7 ab.png",
    "": "files/7.png",
    "...": "files/7.png",
    "still.jpg.exe": "files/7 still.jpg.png",
    "\u202egnp.exe": "files/7 gnp.png",
    "con.png": "files/7 con.png",
    "name ending in dots. . .png": "files/7 name ending in dots.png",
    "Zoë’s 🎬 day.heic": "files/7 Zoë’s 🎬 day.png",
    "plain name": "files/7 plain name.png",
    "Mr. Smith": "files/7 Mr. Smith.png",
}


@pytest.mark.parametrize(("shown", "name"), HOSTILE.items())
def test_a_name_says_what_it_said_without_its_tricks(shown, name):
    assert file_name(7, shown, ".png") == name


@pytest.mark.parametrize("ending", ["/../x", ".", "", ".p\x00g", ".é", ".a/b"])
def test_a_strange_ending_is_none(ending):
    assert file_name(7, "a.png", ending) == "files/7 a"


@given(st.text(max_size=400), st.sampled_from(["", "small", "captions"]))
def test_no_name_leads_out_hides_or_is_too_long(shown, part):
    name = file_name(12, shown, ".webp", part)

    folder, *rest = PurePosixPath(name).parts
    assert (folder, len(rest)) == ("files", 1)
    assert rest[0].startswith("12")
    assert rest[0].isprintable() or "\u00a0" in rest[0]
    assert len(rest[0].encode()) <= LONGEST
    assert not set('\\:*?"<>|\0') & set(rest[0])


def test_two_files_of_one_name_lie_side_by_side():
    assert file_name(1, "a.png", ".png") != file_name(2, "a.png", ".png")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
        (0, "0"),
        (True, "true"),
        (["a"], '["a"]'),
        (Decimal("12.50"), "12.50"),
        (date(2026, 3, 1), "2026-03-01"),
    ],
)
def test_a_cell_is_text_to_a_spreadsheet(value, text):
    assert cell(value) == text


def test_a_table_reads_back_as_it_was():
    rows = [["a,b", 'say "cut"', "two\r\nlines"], ["é", "🎬", ""]]
    file = io.StringIO(newline="")

    write_table(file, ["one", "two", "three"], rows)

    text = file.getvalue()
    assert text.startswith("\ufeffone,two,three\r\n")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:] == rows


def test_an_archive_is_whole():
    file, now = io.BytesIO(), datetime(2026, 3, 1, 12, tzinfo=UTC)
    archive = Archive(file, now)

    with archive.text("a.txt") as text:
        text.write("é" * 100_000)
    archive.add("files/1 b.bin", (bytes([number]) * 1000 for number in range(3)))
    archive.close()

    with zipfile.ZipFile(file) as read:
        assert (read.testzip(), read.namelist()) == (None, ["a.txt", "files/1 b.bin"])
        assert read.read("a.txt").decode() == "é" * 100_000
        assert [info.compress_type for info in read.infolist()] == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]
