"""What search engines are told of a portfolio, in their own words (schema.org, JSON-LD 1.1). Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What could end a script element, begin a comment in it, or break a line in old readers of JavaScript.
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Role:
    """The role that somebody shows themselves for, and the address of its guide."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class About:
    """What a public portfolio says of its owner; empty values are left out."""

    name: str
    address: str
    headline: str = ""
    about: str = ""
    place: str = ""
    role: Role | None = None
    skills: Sequence[str] = ()


def person(shown: About) -> dict[str, Any]:
    """A schema.org Person with the values of the page, word for word."""
    return {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": shown.name,
        "url": shown.address,
        **present(
            jobTitle=shown.role.title if shown.role else "",
            description=shown.headline or shown.about,
            address=shown.place and {"@type": "PostalAddress", "addressLocality": shown.place},
            hasOccupation=shown.role and {"@type": "Occupation", "name": shown.role.title, "url": shown.role.address},
            knowsAbout=list(shown.skills),
        ),
    }


def present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def script(content: Mapping[str, Any]) -> str:
    """The content as JSON that no text in it can end: it may stand in a script element as it is (HTML, 4.12.1.3)."""
    return json.dumps(content, ensure_ascii=False).translate(UNSAFE)
