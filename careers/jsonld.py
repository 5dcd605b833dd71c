"""What search engines are told of the guide (schema.org Occupation, Article, DefinedTerm), with the values of its pages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from home.jsonld import present, thing, whole

# The duration in which a sum is earned, in the words of schema.org's unitText.
UNITS = {"year": "YEAR", "week": "WEEK", "day": "DAY", "hour": "HOUR"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Code:
    """A number in a system of occupations."""

    system: str
    value: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pay:
    """A figure as it is printed: what was measured, who says so, and any of its three sums."""

    measure: str
    said: str
    low: Decimal | None
    typical: Decimal | None
    high: Decimal | None
    currency: str
    basis: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the figures hold: a country, or a part of one."""

    name: str
    is_country: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """What a profile says of a role; empty values are left out."""

    name: str
    address: str
    description: str = ""
    also_called: Sequence[str] = ()
    codes: Sequence[Code] = ()
    same_as: str = ""
    place: Place | None = None
    pay: Sequence[Pay] = ()
    experience: str = ""
    qualifications: Sequence[str] = ()
    responsibilities: Sequence[str] = ()
    skills: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its meaning; the slug is its code in the set."""

    name: str
    slug: str
    address: str
    meaning: str = ""
    also_called: Sequence[str] = ()
    same_as: str = ""


def occupation(role: Role) -> dict[str, Any]:
    """A schema.org Occupation with the values of the profile, word for word; figures of one place at a time."""
    return whole(
        thing(
            "Occupation",
            name=role.name,
            url=role.address,
            description=role.description,
            alternateName=list(role.also_called),
            occupationalCategory=[code(each) for each in role.codes],
            sameAs=role.same_as,
            occupationLocation=role.place and location(role.place),
            estimatedSalary=[salary(each) for each in role.pay],
            experienceRequirements=role.experience,
            qualifications=list(role.qualifications),
            responsibilities=list(role.responsibilities),
            skills=[thing("DefinedTerm", name=name, url=address) for name, address in role.skills],
        )
    )


def code(shown: Code) -> dict[str, Any]:
    return thing("CategoryCode", codeValue=shown.value, name=shown.name, inCodeSet=thing("CategoryCodeSet", name=shown.system))


def location(place: Place) -> dict[str, Any]:
    return thing("Country" if place.is_country else "AdministrativeArea", name=place.name)


def salary(pay: Pay) -> dict[str, Any]:
    """A MonetaryAmount: the sums are what a source printed, and which point of a distribution they are it seldom says."""
    sums = {"minValue": pay.low, "value": pay.typical, "maxValue": pay.high}
    told = {name: number(amount) for name, amount in sums.items() if amount is not None}
    value = {"@type": "QuantitativeValue", **told, "unitText": UNITS[pay.basis]}
    return thing("MonetaryAmount", name=pay.measure, description=pay.said, currency=pay.currency, value=value)


def number(amount: Decimal) -> int | float:
    """The amount as JSON has it: 29623, 11.95."""
    return int(amount) if amount == int(amount) else float(amount)


def article(
    *, title: str, address: str, description: str, picture: str, changed: str, publisher: str, site: str, section: str
) -> dict[str, Any]:
    """A schema.org Article by the project, with the day on which it was last published."""
    author = thing("Organization", name=publisher, url=site)
    return whole(
        thing(
            "Article",
            headline=title,
            url=address,
            description=description,
            image=picture,
            articleSection=section,
            dateModified=changed,
            author=author,
            publisher=author,
            license=LICENCE,
            isAccessibleForFree=True,
        )
    )


def term(shown: Term, within: str, address: str) -> dict[str, Any]:
    """A schema.org DefinedTerm of the set with the name and address."""
    return whole({**defined(shown), "inDefinedTermSet": thing("DefinedTermSet", name=within, url=address)})


def terms(name: str, address: str, held: Sequence[Term]) -> dict[str, Any]:
    """A schema.org DefinedTermSet that holds the terms."""
    return whole(
        thing(
            "DefinedTermSet",
            name=name,
            url=address,
            license=LICENCE,
            hasDefinedTerm=[defined(each) for each in held],
        )
    )


def defined(shown: Term) -> dict[str, Any]:
    return {
        "@type": "DefinedTerm",
        "name": shown.name,
        "termCode": shown.slug,
        "url": shown.address,
        **present(description=shown.meaning, alternateName=list(shown.also_called), sameAs=shown.same_as),
    }
