"""What the guide offers to search: careers, stages, skills, qualifications, organisations, festivals, words and pages."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.translation import get_language, gettext_lazy
from wagtail.models import Locale, Page

from home.languages import here
from home.models import StandardPage
from home.models.pages import is_restricted
from home.search import Group, Hit, Name, Source, mentioning, mentions, registry
from home.serving import kept

from .models import CareerPage, Festival, GlossaryTerm, ProfessionalBody, Qualification, Skill, StagePage
from .scales import Standing

MOST_PAGES, MOST_OTHERS = 20, 8
PAGES = [
    (CareerPage, "careers", gettext_lazy("Careers"), "/careers/{}/"),
    (StagePage, "stages", gettext_lazy("Production stages"), "/stages/{}/"),
    (StandardPage, "pages", gettext_lazy("About this site"), "/{}/"),
]
SNIPPETS = [
    (Skill, "skills", gettext_lazy("Skills")),
    (GlossaryTerm, "words", gettext_lazy("Glossary")),
    (Qualification, "qualifications", gettext_lazy("Qualifications")),
    (ProfessionalBody, "organisations", gettext_lazy("Organisations")),
    (Festival, "festivals", gettext_lazy("Festivals")),
]


def find(words, named, names):
    """The groups of the guide: what is called so, then what mentions it; in six statements, seven for the first in a language."""
    mentioned = mentioned_pages(words, names)
    for _, key, title, _ in PAGES:
        yield Group(key, title, first_of(named.get(key, []), mentioned[key], MOST_PAGES))
    for model, key, title in SNIPPETS:
        others = [snippet_hit(thing) for thing in mentions(words, model.objects.filter(live=True), MOST_OTHERS)]
        yield Group(key, title, first_of(named.get(key, []), others, MOST_OTHERS))


def first_of(named, mentioned, most):
    return list(dict.fromkeys([*named, *mentioned]))[:most]


def mentioned_pages(words, names):
    """Pages that mention the words in the guide's own language or the reader's, found together and told apart by their type;
    none that is closed to readers.
    """
    read, addresses = pages_read(names.version), {key: address for _, key, _, address in PAGES}
    hits = {key: [] for key in addresses}
    pages = in_words_read(Page.objects.live().filter(content_type__in=page_kinds()))
    for key, slug in filter(None, map(read.get, mentioning(words, pages, MOST_PAGES))):
        if hit := names.hits.get(here(addresses[key].format(slug))):
            hits[key].append(hit)
    return hits


def careers_mentioning(words, version, most):
    """Slugs of the careers that anybody may read and that mention the words in the guide's own language or the reader's."""
    read = pages_read(version)
    return [read[pk][1] for pk in mentioning(words, in_words_read(CareerPage.objects.live()), most) if pk in read]


def in_words_read(pages):
    """The pages that are written in the guide's own language or the reader's."""
    return pages.filter(locale__in=Locale.objects.filter(language_code__in={settings.LANGUAGE_CODE, get_language()}))


def pages_read(version):
    """The group and the slug of every page that anybody may read, under the page's key and that of its translation into the
    reader's language, which is read at the same address; kept until the guide changes.
    """
    return kept("pages", version, written_pages)


def written_pages():
    kinds = page_kinds()
    found = in_words_read(Page.objects.live().filter(~is_restricted(), content_type__in=kinds)).order_by()
    rows = list(found.values_list("pk", "translation_key", "locale__language_code", "content_type_id", "slug"))
    own = {key: (kinds[kind][0], slug) for _, key, language, kind, slug in rows if language == settings.LANGUAGE_CODE}
    return {pk: own[key] for pk, key, *_ in rows if key in own}


def page_kinds():
    types = ContentType.objects.get_for_models(*(model for model, *_ in PAGES))
    return {types[model].pk: (key, address) for model, key, _, address in PAGES}


def page_hit(page, kinds, title="", description=""):
    """The group of the page and the page as found, by these words if it is translated."""
    key, address = kinds[page.content_type_id]
    return key, Hit(title or page.title, here(address.format(page.slug)), description or page.search_description)


def snippet_hit(thing):
    """The thing as found; what it says of itself is left out when nobody has checked it."""
    note = thing.get_country_display() if isinstance(thing, (ProfessionalBody, Festival)) else ""
    if not getattr(thing, "is_checked", True):
        return Hit(thing.title, thing.get_absolute_url(), "", str(Standing.UNVERIFIED.label))
    return Hit(getattr(thing, "name", thing.title), thing.get_absolute_url(), thing.summary, note)


def names():
    """Every title and other name of what anybody may read: six statements, and one for what is translated."""
    kinds = page_kinds()
    pages = Page.objects.live().filter(~is_restricted(), content_type__in=kinds, locale__language_code=settings.LANGUAGE_CODE)
    said = translated_words(kinds)
    for page in pages.annotate(other_title=F("careerpage__alternative_titles__title")):
        key, hit = page_hit(page, kinds, *said.get(page.translation_key, ()))
        yield from (Name(text, key, hit) for text in filter(None, [page.title, page.other_title, hit.title]))
    for model, key, _ in SNIPPETS:
        for thing in model.objects.filter(live=True):
            hit = snippet_hit(thing)
            others = [*getattr(thing, "other_names", []), getattr(thing, "short", "")]
            yield from (Name(text, key, hit) for text in [thing.title, hit.title, *others])


def translated_words(kinds):
    """The title and description of each published translation into the reader's language, by its translation key."""
    if get_language() == settings.LANGUAGE_CODE:
        return {}
    found = Page.objects.live().filter(~is_restricted(), content_type__in=kinds, locale__language_code=get_language())
    return {key: words for key, *words in found.values_list("translation_key", "title", "search_description")}


def register():
    registry.register(Source(names=names, find=find))
