"""Serves published pages by slug, in one statement when the body is warm, with Wagtail's preview, privacy and hooks."""

from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from wagtail.views import serve

from .accounts import is_editor

PUBLIC = "public, max-age=60, stale-while-revalidate=600"
PRIVATE = "private, no-store"


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


def published(request, pages):
    """The page of the queryset, its body cached under page, live revision, guide version and language.

    A restricted page goes through Wagtail's own serving, hooks and password form included. An editor's request
    carries the page itself, which the user bar needs.
    """
    found = pages.live().editions().first()
    if not found:
        raise Http404
    pk, revision, version, restricted = found
    if restricted:
        return serve(request, request.path.lstrip("/"))
    context = fragment(pages.model, pk, revision, version)
    if is_editor(request):
        context = {**context, "page": pages.model.objects.get(pk=pk)}
    return render(request, pages.model.template, context)


def fragment(model, pk, revision, version):
    """The rendered body and head of a published page, as BasePage.drawn() returns them."""
    key = f"{model._meta.label_lower}:{pk}:{revision}:{version}:{get_language()}"
    cache = caches["guide"]
    kept = cache.get(key)
    if kept is None:
        kept = model.objects.get(pk=pk).drawn()
        cache.set(key, kept)
    return kept
