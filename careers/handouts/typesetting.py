"""A guide typeset as a tagged PDF."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext, pgettext

from home import typesetting

from ..scales import Stage
from .document import Handout


def pdf(handout: Handout, paper: str = "a4") -> bytes:
    """The guide on this paper."""
    known, lost = typesetting.set_in_type(values(handout))
    said, _ = typesetting.set_in_type({**words(handout), "lost": note(handout, lost)})
    return typesetting.pdf("guide.typ", known | {"words": said}, paper)


def values(handout: Handout) -> dict[str, Any]:
    """What the template is given: every part with the name of its kind."""
    found = asdict(handout)
    # The day that the guide was published, and not that of the copy: the same guide gives the same file to the last byte.
    day = handout.published
    found["published"] = {"year": day.year, "month": day.month, "day": day.day} if day else None
    for section, plain in zip(found["sections"], handout.sections, strict=True):
        for part, known in zip(section["parts"], plain.parts, strict=True):
            part["kind"] = known.KIND
    return found


def words(handout: Handout) -> dict[str, Any]:
    """The document's own words."""
    return {
        "title": gettext("{title}: guide").format(title=handout.title),
        "stages": [str(stage.label) for stage in Stage],
        "at_a_glance": gettext("At a glance"),
        "measured": gettext("What was measured"),
        "figure": gettext("Figure"),
        "no_figure": gettext("No checked figure yet"),
        "compared": gettext("Compared by"),
        "pros": pgettext("an argument", "For"),
        "cons": gettext("Against"),
        "before": gettext("Often before"),
        "after": gettext("Often after"),
        "copy": gettext("About this copy"),
        "contents": gettext("In this guide"),
        **typesetting.page_words(),
    }


def note(handout: Handout, lost: int) -> str:
    """What stands at the end of a document that does not show every character."""
    said = typesetting.lost_words(lost)
    where = gettext("The page at {address} has them as they are.").format(address=handout.address)
    return f"{said} {where}" if said else ""
