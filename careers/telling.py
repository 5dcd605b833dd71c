"""What search engines are told of the guide's pages: rows and labels in, JSON-LD out. Asks the database nothing."""

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from home.cards.serving import address_of
from home.jsonld import script
from home.sites import absolute

from . import jsonld, profile
from .scales import PUBLISHABLE, Country, Weight

# What a role can be said to ask for; the rest is advice.
ASKED = (Weight.REQUIRED, Weight.EXPECTED)


def told(thing):
    """The thing as the content of a script element."""
    return mark_safe(script(thing))  # noqa: S308 - escaped by script()


def career(page, shown):
    """The Occupation of a profile in each country that has a figure; under "" that of the first, which is told unless asked."""
    countries = countries_of(page)
    each = {country: told(jsonld.occupation(role(page, shown, country))) for country in countries}
    return {"": each[countries[0]] if countries else told(jsonld.occupation(role(page, shown, ""))), **each}


def countries_of(page):
    """The countries with a figure that is shown, those that readers ask for first in front."""
    found = [row.country for row in page.pay_ranges.all() if row.is_shown]
    return [country for country in dict.fromkeys([*profile.HEADLINE_COUNTRIES, *found]) if country in found]


def role(page, shown, country):
    return jsonld.Role(
        name=page.title,
        address=absolute(page.get_absolute_url()),
        description=page.answer or page.lead,
        also_called=[row.title for row in shown.titles],
        codes=codes(page),
        same_as=page.esco_uri,
        place=place(country),
        pay=[pay(figure) for figure in figures(shown, country)],
        experience=page.get_experience_display(),
        qualifications=[str(row.qualification) for row in shown.qualifications if row.is_checked and row.weight in ASKED],
        responsibilities=[task["text"] for group in shown.tasks for task in group["tasks"]],
        skills=[(row["name"], absolute(row["url"])) for row in shown.skills],
    )


def codes(page):
    """The numbers of the job that somebody has checked, or that are the system's own."""
    found = [jsonld.Code("ISCO-08", page.isco_code)] if page.isco_code else []
    if page.onet_code and page.onet_status in PUBLISHABLE:
        found.append(jsonld.Code("O*NET-SOC", page.onet_code, page.onet_title))
    return found


def place(country):
    if not country or country == Country.INTERNATIONAL:
        return None
    return jsonld.Place(str(Country(country).label), is_country="-" not in country)


def figures(shown, country):
    return [figure for each in shown.places for figure in each.figures if figure.row.country == country]


def pay(figure):
    row = figure.row
    said = f"{figure.per}{profile.for_whom(row)}, {profile.vouched(row)}"
    return jsonld.Pay(row.measure, said, row.low, row.typical, row.high, row.currency, row.basis)


def stage(page):
    """The Article of a stage's guide."""
    changed = page.last_published_at or page.latest_revision_created_at
    return told(
        jsonld.article(
            title=page.title,
            address=absolute(page.get_absolute_url()),
            description=page.lead,
            picture=absolute(address_of(page)),
            changed=changed.date().isoformat() if changed else "",
            publisher="Greenlight",
            site=absolute(),
            section=gettext("Production stages"),
        )
    )


def skill(found, address):
    """The DefinedTerm of a skill, in the set whose list has the address."""
    return told(jsonld.term(term(found, found.name), gettext("Skills"), absolute(address)))


def skills(families, address):
    """The DefinedTermSet of the list of skills."""
    held = [term(each, each.name) for group in families for each in group.rows]
    return told(jsonld.terms(gettext("Skills"), absolute(address), held))


def glossary(kinds, address):
    """The DefinedTermSet of the words that have been checked."""
    held = [term(each, each.title) for group in kinds for each in group.rows if each.is_checked]
    return told(jsonld.terms(gettext("Glossary"), absolute(address), held))


def term(found, name):
    same_as = getattr(found, "external_uri", "")
    return jsonld.Term(name, found.slug, absolute(found.get_absolute_url()), found.summary, found.other_names, same_as)
