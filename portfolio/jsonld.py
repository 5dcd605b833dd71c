"""What search engines are told of a portfolio, in their own words (schema.org, JSON-LD 1.1). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from home.jsonld import present, script

__all__ = ["About", "Role", "person", "script"]


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
