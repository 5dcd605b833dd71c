"""Serves published pages by slug, in one statement when the body is warm, with Wagtail's preview, privacy and hooks."""

from functools import cache, wraps

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from wagtail.views import serve

from .accounts import is_editor

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


def published(request, model, slug=None):
    """The published page of the model with the slug (or the only one), its body kept until something changes.

    A restricted page goes through Wagtail's own serving, hooks and password form included. An editor's request
    carries the page itself, which the user bar needs.
    """
    found = edition(model, slug)
    if not found:
        raise Http404
    pk, revision, version, restricted = found
    if restricted:
        return serve(request, request.path.lstrip("/"))
    context = fragment(model, pk, revision, version)
    if is_editor(request):
        context = {**context, "page": model.objects.get(pk=pk)}
    return render(request, model.template, context)


def edition(model, slug):
    """The row of `editions()` for the slug, or None. Written once: building this query costs ten times its answer."""
    sql, params = edition_statement(model, slug is None, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [slug if value == SLUG else value for value in params])
        return cursor.fetchone()


@cache
def edition_statement(model, is_only, vendor):
    """The SQL and parameters that find one page's edition; SLUG stands for the slug, unless the page is the only one."""
    pages = model.objects.live() if is_only else model.objects.live().filter(slug=SLUG)
    return pages.order_by().editions()[:1].query.get_compiler(connection=connection).as_sql()


def fragment(model, pk, revision, version):
    """The rendered body and head of a published page, as BasePage.drawn() returns them."""
    key = f"{model._meta.label_lower}:{pk}:{revision}:{version}:{get_language()}"
    kept = caches["guide"].get(key)
    if kept is None:
        kept = model.objects.get(pk=pk).drawn()
        caches["guide"].set(key, kept)
    return kept
