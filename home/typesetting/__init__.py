"""Documents typeset by typst as tagged PDF: data go in as JSON and are never code."""

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext

from .glyphs import plain

# By their paths, never as bytes: typst gives every source in memory a number of its own, has 65,535 of them, and stops the
# process after the last. The folder is all that they can read.
TEMPLATES = settings.BASE_DIR / "templates/typst"
FONTS = Path(__file__).parent / "fonts"
PAPERS = {"a4": "a4", "letter": "us-letter"}
# What is no words: it must stay as it is.
NO_WORDS = ("url", "address", "picture")
# A PDF is shown by the browser's own viewer, which needs an object and its own styles; nothing in it is a page of ours.
POLICY = {
    "default-src": ["'none'"],
    "object-src": ["'self'"],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": ["'none'"],
}
log = logging.getLogger(__name__)


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def pdf(template: str, known: dict[str, Any], paper: str = "a4") -> bytes:
    """The template of this name with what is known, as PDF/UA-1; without that claim, if typst finds that it does not hold."""
    known = {**known, "paper": PAPERS.get(paper, "a4"), "tongue": tongue()}
    try:
        return compiled(template, known, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        log.warning("A document went out without PDF/UA-1: %s", getattr(error, "message", "")[:200])
        return compiled(template, known)


def compiled(template: str, known: dict[str, Any], **options: Any) -> bytes:
    inputs = {"known": json.dumps(known)}
    return typst.compile(TEMPLATES / template, root=TEMPLATES, font_paths=fonts(), sys_inputs=inputs, **options)


def tongue() -> dict[str, str]:
    """The language that the document is read out in, as typst takes it: lang, and region or none."""
    lang, _, region = (get_language() or settings.LANGUAGE_CODE).partition("-")
    return {"lang": lang, "region": region.upper()}


def set_in_type(value: Any, name: str = "") -> tuple[Any, int]:
    """The value with every text in it as the typefaces can show it, and how many characters they cannot."""
    if isinstance(value, str):
        return (value, 0) if name in NO_WORDS else plain(value)
    if isinstance(value, dict):
        found = {key: set_in_type(each, key) for key, each in value.items()}
        return {key: each for key, (each, _) in found.items()}, sum(lost for _, lost in found.values())
    if isinstance(value, (list, tuple)):
        rows = [set_in_type(each) for each in value]
        return [each for each, _ in rows], sum(lost for _, lost in rows)
    return value, 0


def lost_words(lost: int) -> str:
    """What stands at the end of a document that does not show every character; nothing of one that does."""
    if not lost:
        return ""
    return ngettext(
        "{lost} character of this document is not in its typefaces and shows as □ or without its accent.",
        "{lost} characters of this document are not in its typefaces and show as □ or without their accents.",
        lost,
    ).format(lost=lost)


def page_words() -> dict[str, str]:
    """The words of every document's foot."""
    return {"page": gettext("Page"), "of": gettext("of")}
