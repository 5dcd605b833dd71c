"""Captions of a clip: a WebVTT file, read as text (W3C WebVTT, 4.1). Pure."""

import re

from .limits import CAPTIONS, Refused, in_words

WANTED = f"Captions are accepted as a WebVTT file (.vtt) in UTF-8 of at most {in_words(CAPTIONS)}."
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
BEGINNING = re.compile(r"WEBVTT(?=[ \t\n]|$)")


def checked(content: bytes) -> str:
    """The text of the captions with plain line breaks; raises Refused for anything that is not WebVTT."""
    if len(content) > CAPTIONS:
        raise Refused(f"The captions are too large. {WANTED}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"The captions are not text in UTF-8. {WANTED}") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROLS.search(text):
        raise Refused(f"The captions hold characters that are not text. {WANTED}")
    if not BEGINNING.match(text):
        raise Refused(f"The captions do not begin with WEBVTT. {WANTED}")
    return text
