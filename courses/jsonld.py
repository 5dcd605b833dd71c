"""What search engines are told of a course (schema.org Course, JSON-LD 1.1), with the values of its page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from home.jsonld import present, script

__all__ = ["About", "Offer", "course", "script"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A checked price: the category in words, and a sum with its currency if there is one."""

    category: str
    price: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a course's page says; empty values are left out."""

    name: str
    address: str
    description: str
    provider: str
    provider_url: str
    leads_to: str
    level: str
    teaches: Sequence[str]
    duration: str
    language: str
    mode: str
    starts: str
    offer: Offer | None


def course(shown: About) -> dict[str, Any]:
    """A schema.org Course with the values of the page, word for word."""
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": shown.name,
        "url": shown.address,
        "provider": {"@type": "Organization", "name": shown.provider, **present(url=shown.provider_url)},
        **present(
            description=shown.description,
            sameAs=shown.leads_to,
            educationalLevel=shown.level,
            teaches=list(shown.teaches),
            timeRequired=shown.duration,
            inLanguage=shown.language and {"@type": "Language", "name": shown.language},
            offers=shown.offer and offer(shown.offer),
            hasCourseInstance=instance(shown),
        ),
    }


def offer(shown: Offer) -> dict[str, Any]:
    return {"@type": "Offer", **present(category=shown.category, price=shown.price, priceCurrency=shown.currency)}


def instance(shown: About) -> dict[str, Any]:
    """When and how it is taught; nothing if neither is known."""
    known = present(courseMode=shown.mode, startDate=shown.starts)
    return {"@type": "CourseInstance", **known} if known else {}
