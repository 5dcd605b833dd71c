"""Captions of a clip: a WebVTT file, read as text (W3C WebVTT, 4.1). Pure."""

import re

from django.utils.translation import gettext

from .limits import CAPTIONS, Refused, in_words

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
BEGINNING = re.compile(r"WEBVTT(?=[ \t\n]|$)")


def wanted() -> str:
    most = in_words(CAPTIONS)
    return gettext("Captions are accepted as a WebVTT file (.vtt) in UTF-8 of at most {most}.").format(most=most)


def checked(content: bytes) -> str:
    """The text of the captions with plain line breaks; raises Refused for anything that is not WebVTT."""
    if len(content) > CAPTIONS:
        raise Refused(gettext("The captions are too large. {wanted}").format(wanted=wanted()))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(gettext("The captions are not text in UTF-8. {wanted}").format(wanted=wanted())) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROLS.search(text):
        raise Refused(gettext("The captions hold characters that are not text. {wanted}").format(wanted=wanted()))
    if not BEGINNING.match(text):
        raise Refused(gettext("The captions do not begin with WEBVTT. {wanted}").format(wanted=wanted()))
    return text
