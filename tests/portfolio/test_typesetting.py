import io
import logging
import re
import unicodedata
from dataclasses import replace

import pytest
from pypdf import PdfReader

from home.typesetting import glyphs
from home.typesetting.rich import is_link
from portfolio.cv import typesetting
from portfolio.cv.document import CV, Award, Credit, Group, Link, Quote, Skill, Training, cut, lines

SECTIONS = ("about", "credits", "laurels", "skills", "endorsements", "training", "links")
FULL = CV(
    name="Wren Tallow",
    headline="Keeps small shoots on time",
    place="Leeds",
    availability="Looking for work",
    languages="English",
    address="https://example.org/people/wren/",
    sections=SECTIONS,
    about="First paragraph.\n\nSecond paragraph.",
    role="Producer",
    credits=(
        Credit("Low Water", "Runner", "Brackish", "Short film", "2026", "2026", "2026", stages=(1, 3), skills=("Budgeting",)),
        Credit("Office", "Trainee", "Gannet", "Internship", "2025", "2025", "2025", is_placement=True),
    ),
    credit_count=2,
    awards=(Award("Winner", "Orchard", "2026", "Low Water", "2026-01-02"),),
    groups=(Group("Asked", (Skill("Budgeting", 3, 1, "On my own", (1, 0)),)), Group("Others", (Skill("Sound", 1, 0, "Helped"),))),
    training=(
        Training("First aid", "Course", "Quay", "2024", "2024", "6 hours", "Quay", "2024-01-10", "", "Certificate from Quay"),
    ),
    training_count=1,
    quotes=(Quote("Good.", "Bo", "Producer", "Low Water"),),
    links=(Link("Reel", "https://example.org/reel"),),
)
EMPTY = CV("Wren Tallow", "", "", "", "", "", SECTIONS)


@pytest.fixture(autouse=True)
def complaints(caplog):
    """What typst had to say against PDF/UA-1: nothing, unless a test expects it."""
    caplog.set_level(logging.WARNING, "home.typesetting")
    return caplog


def read(cv, paper="a4"):
    reader = PdfReader(io.BytesIO(typesetting.pdf(cv, paper)))
    text = "".join(page.extract_text() for page in reader.pages)
    return reader, "".join(text.split()).replace(glyphs.BREAK, "")


def everywhere(text):
    """The full CV with this text in every place that holds what somebody wrote."""
    credit = replace(
        FULL.credits[0],
        title=text,
        role=text,
        organisation=text,
        kind=text,
        text=text,
        highlights=(text,),
        facts=(text,),
        hours=text,
    )
    return replace(
        FULL,
        name=text,
        headline=text,
        place=text,
        availability=text,
        languages=text,
        about=text,
        role=text,
        credits=(credit, replace(credit, is_placement=True, stages=(), wanted=(text,))),
        awards=(Award(text, text, text, text, ""),),
        groups=(Group(text, (Skill(text, 2, 1, text, (5,)),)),),
        training=(Training(text, text, text, text, "", text, text, "", "", text),),
        quotes=(Quote(text, text, text, text),),
        links=(Link(text, "https://example.org/"),),
    )


def roles_in(node, found):
    """The types of a structure tree in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            roles_in(each, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(str(node["/S"]))
        roles_in(node.get("/K", []), found)
    return found


def test_the_document_is_tagged_named_and_in_a_language(complaints):
    reader, _ = read(FULL)

    root = reader.trailer["/Root"]
    roles = [role for role in roles_in(root["/StructTreeRoot"], []) if re.fullmatch(r"/H\d", role)]
    xmp = root["/Metadata"].get_data().decode()
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (True, "en-GB", True)
    assert (reader.metadata.title, reader.metadata.author) == ("Wren Tallow: CV", "Wren Tallow")
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert roles == ["/H1", "/H2", "/H2", "/H3", "/H2", "/H3", "/H2", "/H2", "/H3", "/H3", "/H2", "/H2", "/H2"]
    assert complaints.messages == []


def test_what_is_read_first_stands_first():
    _, text = read(FULL)

    order = [
        "WrenTallow",
        "Keepssmall",
        "Leeds",
        "Firstpara",
        "Secondpara",
        "LowWater",
        "Placements",
        "Office",
        "Orchard",
        "Asked",
        "Budgeting3pieces,1verified",
        "Others",
        "Sound1piece",
        "“Good.”",
        "Bo·Producer",
        "Firstaid",
        "Certificate",
        "Reel",
    ]
    places = [text.index(word, text.index("Asked") if word.startswith(("Budgeting3", "Others")) else 0) for word in order]
    assert places == sorted(places)


def test_the_orders_and_sections_are_the_owners():
    _, text = read(replace(FULL, sections=("training", "credits")))

    assert text.index("Firstaid") < text.index("LowWater")
    assert [word for word in ("Orchard", "Asked", "Good", "Reel", "Firstpara") if word in text] == []


def test_an_empty_record_is_a_whole_document():
    reader, text = read(EMPTY)

    assert (len(reader.pages), "Nothingstandshereyet." in text, "WrenTallow" in text) == (1, True, True)


HOSTILE = {
    "code": '#eval("1+1") #read("/etc/passwd") #sys.inputs #import "x.typ"',
    "markup": "*bold* _it_ `raw` $x^2$ <label> @ref = Heading // gone /* too */ ~ -- #",
    "escapes": "\\ \\u{41} \\# \" ' ` { } [ ] ( ) ; \\n \\",
    "long": "W" * 5000,
    "squares": "海" * 600,
    "address": "https://example.org/" + "a" * 480,
    "from the right": "نور الهدى بنت المرسى البعيد",
    "hebrew": "שלום עולם",
    "overridden": "\u202ereversed\u202c \u2066isolated\u2069",
    "piled": "Z" + "\u0301\u0323\u0489" * 60,
    "lone accent": "\u0301\u0302",
    "nothing": "\0\x01\x1b[31m\x7f\ufeff\u200b",
    "ends": "a\r\nb\u2028c\u2029d\te",
    "emoji": "🎬👩\u200d🎤❤\ufe0f🏴\U000e0067\U000e0062\U000e007f👍🏽",
    "private": "\ue000\uf8ff\U000f0000\U0010ffff",
    "unpaired": "\ud800 \udfff",
    "many scripts": "Ελληνικά Русский Tiếng Việt हिन्दी ไทย 한국어 ქართული Հայերեն አማርኛ ᐃᓄᒃ",
    "html": "<script>alert(1)</script>&amp;",
    "space": "   ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_the_document_or_its_claim(complaints, text):
    reader, _ = read(everywhere(text))

    assert (len(reader.pages) < 90, complaints.messages) == (True, [])


@pytest.mark.parametrize("name", ["code", "markup", "escapes", "html"])
def test_text_that_looks_like_code_is_printed_as_it_is(name):
    _, text = read(replace(EMPTY, headline=HOSTILE[name]))

    assert "".join(HOSTILE[name].split()) in text


def test_a_word_that_never_ends_stays_on_the_page():
    reader, _ = read(everywhere("W" * 1000))
    seen = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: seen.append(tm[4] if text.strip() else 0))

    assert max(seen) < 595 - 40


def test_a_record_as_long_as_it_may_be_is_set():
    credits = tuple(
        replace(FULL.credits[0], title=f"Film {number}", text="word " * 80, highlights=("line " * 40,) * 5)
        for number in range(200)
    )
    training = tuple(replace(FULL.training[0], title=f"Course {number}") for number in range(60))

    reader, text = read(replace(FULL, credits=credits, credit_count=312, training=training, training_count=61))

    assert ("Film199" in text, "Thelatest200of312." in text, "Course59" in text, "Thelatest60of61." in text) == (True,) * 4
    assert f"Page{len(reader.pages)}of{len(reader.pages)}" in text


def test_only_addresses_of_the_web_are_led_to():
    reader, _ = read(FULL)

    uris = {each.get_object()["/A"]["/URI"] for page in reader.pages for each in page.get("/Annots", [])}

    assert uris == {"https://example.org/people/wren/", "https://example.org/reel"}


def test_what_typst_holds_against_the_claim_does_not_keep_the_document_back(complaints, monkeypatch):
    monkeypatch.setattr(glyphs, "faces", lambda: (frozenset(map(chr, range(0x20, 0x10000))),))

    reader, _ = read(replace(EMPTY, headline="海"))

    assert "pdfuaid" not in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert ["could not be displayed" in each for each in complaints.messages] == [True]


# Faces


def test_every_character_of_the_table_has_a_glyph(complaints):
    """In text, bold, narrow and condensed; marks stand on a letter, since alone they are drawn on a circle."""
    known = sorted(set().union(*glyphs.faces()))
    shown = [char for char in known if unicodedata.category(char)[0] not in "MZC"]
    rows = [" ".join(shown[at : at + 400]) for at in range(0, len(shown), 400)]
    credits = tuple(replace(FULL.credits[0], title=row, text=row, facts=(row,)) for row in rows)

    read(replace(EMPTY, name="".join(shown[:2000]), credits=credits))

    assert (len(shown) > 7000, complaints.messages) == (True, [])


@pytest.mark.parametrize(
    ("text", "plain", "lost"),
    [
        ("Łukasz Þorgerðardóttir", "Łukasz Þorgerðardóttir", 0),
        ("Zoe\u0308", "Zoë", 0),
        ("海边 Low Water", "□□ Low Water", 2),
        ("👩\u200d🎤!", "□!", 1),
        ("❤\ufe0f", "❤", 0),
        ("a\u202eb\u200bc\0d\ufeff", "abcd", 0),
        ("a\u2003b\tc\nd\u00a0e", "a b c d\u00a0e", 0),
        ("نور الهدى", "نور الهدى", 0),
        ("W" + "\u0489" * 40, "W", 1),
        ("\ud800", "", 0),
        ("", "", 0),
    ],
)
def test_what_no_typeface_has_is_replaced_and_counted(text, plain, lost):
    assert glyphs.plain(text) == (plain, lost)


def test_a_long_word_may_break_and_a_short_one_may_not():
    text, _ = glyphs.plain("Productieassistentiecoördinator " + "a" * 27)

    assert text == "Productieassis\u200btentiecoördina\u200btor " + "a" * 27


def test_the_document_says_how_many_characters_it_lacks_and_where_they_are():
    cv = replace(EMPTY, headline="海边", place="W" + "\u0489" * 6, address="https://example.org/people/wren/")

    _, public = read(cv)
    _, secret = read(replace(cv, address=""))
    _, whole = read(EMPTY)

    said = "3charactersofthisdocumentarenotinitstypefacesandshowas□orwithouttheiraccents."
    assert f"{said}Theportfoliopageathttps://example.org/people/wren/hasthemastheyare." in public
    assert f"{said}Theportfoliopagehasthemastheyare." in secret
    assert "typefaces" not in whole
    assert typesetting.lost_in(cv) == 3


# Plain values


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("One.\n\nTwo.", "One."),
        ("\n \n  One   two\tthree ", "One two three"),
        ("", ""),
        ("word " * 100, "word " * 79 + "…"),
        ("a" * 500, "a" * 399 + " …"),
    ],
)
def test_a_text_is_cut_to_its_first_paragraph(text, short):
    assert cut(text) == short


def test_a_list_is_cut_to_a_few_lines_without_their_bullets():
    assert lines("- One\n* Two\n\n• Three\n4\n5\n6") == ("One", "Two", "Three", "4", "5")


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org/", True),
        ("javascript:alert(1)", False),
        ("HTTPS://example.org/ x", False),
        ("https://example.org/\nb", False),
        ("//example.org/", False),
        ("https://e.org/" + "a" * 500, False),
        (None, False),
        (7, False),
    ],
)
def test_an_address_that_a_document_may_lead_to(url, leads):
    assert is_link(url) is leads
