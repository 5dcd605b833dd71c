"""Serves published pages by slug, in one statement when the body is warm, with Wagtail's preview, privacy and hooks."""

from functools import cache, partial, wraps

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from wagtail.views import serve

from .accounts import is_editor
from .context_processors import frame
from .languages import moved, plain, prefixes, tag
from .models.pages import is_restricted, squeezed
from .prepared import ANY, Prepared

PUBLIC = "public, max-age=60, stale-while-revalidate=600"
PRIVATE = "private, no-store"
SLUG = "{slug}"


def for_everyone(view):
    """Let a proxy keep the answer for readers without a session; nobody else's is kept."""

    @wraps(view)
    def served(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.has_header("Cache-Control"):
            signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
            response.headers["Cache-Control"] = PRIVATE if signed_in else PUBLIC
            patch_vary_headers(response, ["Cookie"])
        return response

    return served


def published(request, model, slug=None, choice=""):
    """The published page of the model with the slug (or the only one), its body kept until something changes.

    `choice` picks among what BasePage.drawn() offers to choose from; one that is not offered changes nothing.
    A restricted page goes through Wagtail's own serving, hooks and password form included. An editor's request
    carries the page itself, which the user bar needs.
    """
    found = edition(model, slug)
    if not found:
        raise Http404
    pk, revision, version = found
    # With the day, since what a page shows may stand until a day: counsellors' picks of courses do.
    version = (revision, version, timezone.localdate())
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        html = framed(model, pk, version, frame(request), choice)
        return HttpResponse(html) if html else serve(request, plain(request.path).lstrip("/"))
    context = fragment(model, pk, version)
    if not context:
        return serve(request, plain(request.path).lstrip("/"))
    page = {"page": model.objects.get(pk=pk)} if is_editor(request) else {}
    return render(request, model.template, {**chosen(context, choice), **page})


def edition(model, slug):
    """The row of `editions()` for the slug, or None. Written once: building this query costs ten times its answer."""
    sql, params = edition_statement(model, slug is None, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [slug if value == SLUG else value for value in params])
        return cursor.fetchone()


@cache
def edition_statement(model, is_only, vendor):
    """The SQL and parameters that find one page's edition; SLUG stands for the slug, unless the page is the only one."""
    pages = model.objects.live().original() if is_only else model.objects.live().original().filter(slug=SLUG)
    return pages.order_by().editions()[:1].query.get_compiler(connection=connection).as_sql()


def framed(model, pk, version, reader, choice):
    """The page as a reader without a session gets it: nothing in it depends on anything but these and the colours.

    Empty for a page that is closed to some readers.
    """
    # A choice that the page does not offer would be one more copy of the same.
    offered = choice if choice and choice in fragment(model, pk, version).get("choices", {}) else ""
    around = partial(frame_around, reader=reader, model=model)
    name = f"{model._meta.label_lower}:{pk}:{reader['theme']}:{offered}"
    return kept(name, version, lambda: around(chosen(fragment(model, pk, version), offered)))


def chosen(context, choice):
    """The context with what the choice puts in place of its own."""
    return {**context, **context.get("choices", {}).get(choice, {})}


def frame_around(context, reader, model):
    return squeezed(render_to_string(model.template, {**context, **reader})) if context else ""


def fragment(model, pk, version):
    """The rendered body and head of a page, as BasePage.drawn() returns them; empty for one closed to some readers."""
    return kept(f"{model._meta.label_lower}:{pk}", version, lambda: drawn_from_database(model, pk))


def drawn_from_database(model, pk):
    page = page_of(model, pk)
    if page.restricted:
        return {}
    written = [settings.LANGUAGE_CODE, *(code for code in others() if getattr(page, f"in_{code}"))]
    return {**drawn_as_read(page), "head_languages": written}


def drawn_as_read(page):
    if get_language() != settings.LANGUAGE_CODE:
        return drawn_in_translation(page)
    page.gather()
    return page.drawn()


def drawn_in_translation(page):
    """The page as editors have translated it; as it was written, and said to be so, while they have not."""
    translated = translation_of(page)
    if translated:
        translated.gather()
        notice = {"is_older": translated.last_published_at < page.last_published_at}
        return with_notice(translated.drawn(), notice)
    with override(settings.LANGUAGE_CODE):
        page.gather()
        drawn = page.drawn()
    body = mark_safe(moved(drawn["body"]))  # noqa: S308 - a rendered template
    return with_notice({**drawn, "body": body}, {"source": tag(settings.LANGUAGE_CODE)})


def translation_of(page):
    """The published translation in the reader's language, in the place of the page; None in the guide's own or without one."""
    if get_language() == settings.LANGUAGE_CODE:
        return None
    found = type(page).objects.translations(get_language()).filter(translation_key=page.translation_key).first()
    return found.in_place_of(page) if found else None


def with_notice(drawn, notice):
    """What was drawn, below a word on how it stands with its translation, where there is one to be said."""
    return {**drawn, "body": render_to_string("components/translation.html", {"body": drawn["body"], **notice})}


def page_of(model, pk):
    """The published page of the model with the key; `restricted` if it is closed to some readers, `in_fr` and the like where
    there is a published translation.
    """
    return page_statement(model, connection.vendor, others()).fetch(pk)[0]


@cache
def page_statement(model, vendor, languages):
    own = OuterRef("translation_key")
    written = {f"in_{code}": Exists(model.objects.translations(code).filter(translation_key=own)) for code in languages}
    return Prepared(model.objects.filter(pk=ANY).annotate(restricted=is_restricted(), **written).order_by())


def others():
    """The codes of the languages offered beside the guide's own."""
    return tuple(sorted(prefixes()))


def kept(name, version, make):
    """What the process keeps under the name for readers of this language, made if what is there is of another version.

    One version of a thing is kept at a time: what was drawn before the last change is asked for no more.
    """
    name = f"{get_language()}:{name}"
    found = caches["guide"].get(name)
    if found is None or found[0] != version:
        found = (version, make())
        caches["guide"].set(name, found)
    return found[1]
