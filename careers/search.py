"""What the guide offers to search: careers, stages, skills, qualifications, organisations, words and pages."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from home.models import StandardPage
from home.search import Group, Hit, Source, matches, registry

from .models import AlternativeTitle, CareerPage, GlossaryTerm, ProfessionalBody, Qualification, Skill, StagePage

MOST_PAGES, MOST_OTHERS = 20, 8
SNIPPETS = [(Skill, "skills", "Skills"), (GlossaryTerm, "words", "Glossary"), (Qualification, "qualifications", "Qualifications")]
PAGES = [
    (CareerPage, "careers", "Careers", "/careers/{}/"),
    (StagePage, "stages", "Production stages", "/stages/{}/"),
    (StandardPage, "pages", "About this site", "/{}/"),
]


def find(words):
    """The groups of the guide that hold something for the words: seven at most, in eleven statements."""
    yield from found_pages(words)
    for model, key, title in SNIPPETS:
        yield Group(key, title, [hit(thing) for thing in matches(words, model.objects.filter(live=True), MOST_OTHERS)])
    bodies = matches(words, ProfessionalBody.objects.filter(live=True), MOST_OTHERS)
    yield Group("organisations", "Organisations", [hit(body, body.get_country_display()) for body in bodies])


def found_pages(words):
    """Careers, stages and other pages, found together and told apart by their type."""
    types = ContentType.objects.get_for_models(*(model for model, *_ in PAGES))
    shown = Page.objects.live().public().filter(content_type__in=types.values())
    found = matches(words, shown, MOST_PAGES)
    for model, key, title, address in PAGES:
        pages = [page for page in found if page.content_type_id == types[model].pk]
        yield Group(key, title, [Hit(page.title, address.format(page.slug), page.search_description) for page in pages])


def hit(thing, note=""):
    return Hit(thing.title, thing.get_absolute_url(), thing.summary, note)


def words():
    """Every title and other name in the guide."""
    for model in (CareerPage, StagePage, Skill, Qualification, ProfessionalBody, GlossaryTerm):
        yield from model.objects.filter(live=True).values_list("title", flat=True)
    yield from AlternativeTitle.objects.filter(page__live=True).values_list("title", flat=True)
    yield from ProfessionalBody.objects.filter(live=True).values_list("short", flat=True)
    for model in (Skill, GlossaryTerm):
        for names in model.objects.filter(live=True).values_list("also_called", flat=True):
            yield from names.splitlines()


def register():
    registry.register(Source(find=find, words=words))
