"""Tables from spreadsheets: how they are written, what is refused, and cells that would calculate."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses import tables
from courses.tables import Table, plain, written
from home.importing import Field, Refused, text
from home.words import inert

FIELDS = {"slug": Field(text(120), required=True), "title": Field(text(120)), "note": Field(text(120))}


def read(content):
    table = Table("x.csv", content if isinstance(content, bytes) else content.encode(), FIELDS)
    return table, list(table.rows())


def values(content):
    return [each.row.values for each in read(content)[1]]


def reasons(content):
    return [str(problem) for each in read(content)[1] for problem in each.problems]


def refused(content):
    with pytest.raises(Refused) as caught:
        read(content)
    return [problem.reason for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "how"),
    [
        ("slug,title\na,Café\n".encode(), "UTF-8, with commas between the cells"),
        ("\ufeffslug,title\r\na,Café\r\n".encode(), "UTF-8, with commas between the cells"),
        ("slug;title\na;Café\n".encode("cp1252"), "Windows-1252, with semicolons between the cells"),
        ("slug\ttitle\r\na\tCafé\r\n".encode("utf-16"), "UTF-16, with tabs between the cells"),
        ("TITLE, Slug \rCafé,a".encode(), "UTF-8, with commas between the cells"),
        ('"slug";"title"\n"a";"Café"\n\n;\n'.encode(), "UTF-8, with semicolons between the cells"),
    ],
)
def test_however_it_is_written_it_says_the_same(content, how):
    table, rows = read(content)

    assert [row.row.values for row in rows] == [{"slug": "a", "title": "Café"}]
    assert table.written_in == how


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"slug,title\n\x81\x8d\n", "this is not text that can be read; save it as CSV in UTF-8"),
        ("slug,title\na,b".encode("utf-16-le"), "this is not text that can be read; save it as CSV in UTF-8"),
        (b"\xff\xfes", "this is not text that can be read; save it as CSV in UTF-8"),
        (b"PK\x03\x04\x00\x00\x00", "this is not text that can be read; save it as CSV in UTF-8"),
        (b"%PDF-1.7 and so on\n", "the first line names none of the columns, which are slug, title, note"),
        (b"slug,colour,size\n", "there is no column 'colour', 'size'; the columns are slug, title, note"),
        (b"slug,title,title\n", "the header names title twice"),
        (b"title,note\n", "the header lacks slug, by which rows are told apart"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, reason):
    assert refused(content) == [reason]


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 2**20)

    assert refused(b"slug\n" + b"a" * 2**20) == ["the file is larger than 1 MB; split it"]


def test_rows_beyond_the_most_are_refused_with_one_reason(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 2)

    assert reasons("slug\na\nb\nc\nd\n") == ["x.csv, line 4: the file has more than 2 rows; split it"]


def test_each_bad_row_is_named_by_the_line_it_begins_in():
    content = 'slug,title\na,"two\nlines"\n,Nobody\nb,c,d\na,Again\nc,\x00\nd,"open\n'

    assert reasons(content) == [
        "x.csv, line 4: slug: it is missing",
        "x.csv, line 5: it has 3 cells; the header has 2",
        "x.csv, line 6: slug: a is in line 2 already",
        "x.csv, line 7: title: it holds a NUL character",
        "x.csv, line 8: this is not CSV, and nothing after it was read: unexpected end of data",
    ]


def test_a_cell_too_large_for_csv_is_refused():
    assert reasons("slug,title\na," + "x" * 200_000)[0].startswith("x.csv, line 2: this is not CSV, and nothing after it")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "'=1", "''@x"])
def test_a_cell_that_would_calculate_goes_out_with_one_apostrophe_and_comes_back_without(cell):
    assert (inert(cell), plain(inert(cell))) == (f"'{cell}", cell)


@pytest.mark.parametrize("cell", ["'tis", "it's", "''", "1-1", ""])
def test_other_cells_stay_as_they_are(cell):
    assert (inert(cell), plain(cell)) == (cell, cell)


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=40), min_size=1))
def test_what_is_written_reads_back(cells):
    content = "".join(written([f"c{number}" for number in range(len(cells))], [cells]))
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""), strict=True))

    assert [plain(cell) for cell in rows[1]] == cells
    assert not [cell for cell in rows[1] if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
