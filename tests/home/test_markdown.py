"""Text stays text in Markdown, wherever in a document it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from home.markdown import absolute, address, escaped, tidied

reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SYNTAX = st.text(alphabet="abC 0123456789.)(#*_-+=~`[]<>!|\\&;:\"'/\n\t", max_size=40)
PLACES = ["{}\n", "- {}\n", "# {}\n", "> {}\n", "| a | b |\n| --- | --- |\n| {} | x |\n", "**x:** {} (y)\n"]


def printed(text):
    """The text as a reader is to see it: what cannot be printed is a space, and one space is as good as many."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


def inside(document):
    """The kinds of inline tokens in the document, and its text."""
    found = [token for block in reader.parse(document) for token in block.children or []]
    return {token.type for token in found}, " ".join("".join(token.content for token in found).split())


@pytest.mark.parametrize("place", PLACES)
@given(text=SYNTAX | st.text(max_size=40))
def test_no_text_means_anything(place, text):
    document, plain = place.format(escaped(text) or "z"), place.format("PLACE")

    assert [token.type for token in reader.parse(document)] == [token.type for token in reader.parse(plain)]
    assert inside(document) == (inside(plain)[0], inside(plain)[1].replace("PLACE", printed(text) or "z"))


@pytest.mark.parametrize(
    "start", ["# a", "- a", "+ a", "1. a", "12) a", "===", "---", "***", "> a", ": a", "~~~", "```", "    a", "<b>a"]
)
def test_no_start_of_a_line_makes_a_block(start):
    assert [token.type for token in reader.parse(escaped(start))] == ["paragraph_open", "inline", "paragraph_close"]


@given(st.text(max_size=60))
def test_an_address_cannot_leave_its_brackets(url):
    tokens = reader.parse(f"[a]({address(url)}) b")[1].children

    assert tokens[-1].content == " b"


def test_a_document_is_tidied():
    assert tidied("\n\n# A  \n\n\n\n- b\n\n") == "# A\n\n- b\n"


def test_paths_of_the_site_lead_to_its_address():
    text = r"[a](/careers/) [b](https://x.example/) \](/c) [d](//e.example/)"

    assert absolute(text, "https://site.example") == (
        r"[a](https://site.example/careers/) [b](https://x.example/) \](/c) [d](//e.example/)"
    )
