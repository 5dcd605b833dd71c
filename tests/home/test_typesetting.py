import re
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.typesetting import TEMPLATES, rich
from home.typesetting.rich import Block, Item, Run, blocks, plain

ROOT = Path(__file__).parents[2]
HERE = "https://guide.example/careers/producer/"


def texts(*items, kind="text"):
    return Block(kind, tuple(Item((Run(item),)) if isinstance(item, str) else item for item in items))


def test_every_colour_of_a_document_is_one_of_the_tokens():
    tokens = (ROOT / "home/static/home/css/tokens.css").read_text(encoding="utf-8")

    used = {
        name: set(re.findall(r"#[0-9a-f]{6}\b", (TEMPLATES / name).read_text())) for name in ("paper.typ", "cv.typ", "guide.typ")
    }

    assert {name: len(colours) for name, colours in used.items()} == {"paper.typ": 16, "cv.typ": 0, "guide.typ": 0}
    assert {colour for colour in used["paper.typ"] if colour not in tokens} == set()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One.</p><p>Two.</p>", (texts("One."), texts("Two."))),
        ("Bare &amp; plain", (texts("Bare & plain"),)),
        ("<p>  spaced \n out\t</p>", (texts("spaced out"),)),
        ("<p>one<br>two</p>", (texts("one two"),)),
        ("<h3>Head</h3><p>Text</p>", (texts("Head", kind="heading"), texts("Text"))),
        ("<ul><li>a</li><li><p>b</p></li></ul>", (texts("a", "b", kind="bullets"),)),
        ("<ol><li>a</li></ol><p>after</p>", (texts("a", kind="numbers"), texts("after"))),
        (
            "<p>a <b>bold</b> and <i>slanted</i></p>",
            (Block("text", (Item((Run("a "), Run("bold", bold=True), Run(" and "), Run("slanted", italic=True))),)),),
        ),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            (texts(Item((Run("a"),), (texts("b", kind="bullets"),)), "c", kind="bullets"),),
        ),
        ("", ()),
        ("<p> </p><p><b> </b></p><ul></ul>", ()),
        ("<p>before<script>alert(1)</script><style>p{}</style> after</p>", (texts("before after"),)),
        (
            "<p>never <b>closed <ul><li>here",
            (texts(Item((Run("never "), Run("closed", bold=True)))), texts(Item((Run("here", bold=True),)), kind="bullets")),
        ),
        ("</ul></li></b>stray", (texts("stray"),)),
    ],
)
def test_what_an_editor_wrote_becomes_blocks(html, found):
    assert blocks(html, HERE) == found


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/stages/production/", "https://guide.example/stages/production/"),
        ("#pay", f"{HERE}#pay"),
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.org", ""),
        ("data:text/html,x", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(href, url):
    assert blocks(f'<p><a href="{href}">go</a></p>', HERE) == (Block("text", (Item((Run("go", url=url),)),)),)


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" ")))
def test_any_text_is_read_and_no_word_is_lost_or_left_as_markup(text):
    assert plain(blocks(f"<p>{escape(text)}</p>", HERE)) == " ".join(part for part in text.split(" ") if part)


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<b>", "</b>", "<h3>", "</h3>", "x", " "]))
)
def test_tags_in_any_order_lose_no_word(parts):
    found = plain(blocks("".join(parts), HERE))

    assert found.count("x") == parts.count("x")


def test_the_words_of_nested_lists_are_words():
    assert rich.plain(blocks("<p>a</p><ul><li>b<ol><li>c</li></ol></li></ul>", HERE)) == "a b c"
