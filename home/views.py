from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.db import connection
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_POST, require_safe

from .cards import serving
from .cards.drawing import Facts
from .context_processors import THEMES
from .forms import SearchForm
from .models import HomePage, StandardPage
from .origins import is_own_origin
from .search import registry
from .serving import for_everyone, published

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@for_everyone
def home(request):
    """The home page."""
    return published(request, HomePage)


@require_safe
@for_everyone
def page(request, slug):
    """A page about the site."""
    return published(request, StandardPage, slug)


@require_safe
@for_everyone
def search(request):
    """Everything published that holds the words, in groups."""
    form = SearchForm(request.GET)
    form.is_valid()
    query = form.cleaned_data["q"]
    groups = registry.find(query)
    found = sum(len(group.hits) for group in groups)
    better = registry.did_you_mean(query) if query and not found else ""
    return render(request, "home/search.html", {"query": query, "groups": groups, "found": found, "did_you_mean": better})


@require_safe
def card(request):
    """The picture of every page that has none of its own."""
    title = gettext("Careers in film and television production")
    line = gettext("The work, the skills, the ways in, and where every figure comes from.")
    return serving.send(request, Facts(title, "", line, serving.shown_address("/")))


@csrf_exempt
@require_POST
def theme(request):
    """Keep the reader's colours in a cookie.

    Pages for everybody carry no CSRF token, so the origin of the request is checked instead; the cookie holds
    nothing but the choice.
    """
    if not is_own_origin(request):
        return HttpResponseForbidden(gettext("This form belongs to another site."))
    response = HttpResponseRedirect(way_back(request))
    choice = request.POST.get("theme")
    if choice in THEMES:
        response.set_cookie("theme", choice, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True)
    return response


def way_back(request):
    """The page of this site that the reader came from."""
    referer = urlsplit(request.headers.get("Referer", ""))
    address = referer._replace(scheme="", netloc="").geturl()
    inside = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if inside else "/"


@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request):
    """The process and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready", content_type="text/plain")


@require_safe
def robots(request):
    """What crawlers may read: the guide, not the searches."""
    lines = [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /accounts/",
        "Disallow: /search/",
        "Disallow: /feedback/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(private=True, no_cache=True)
@conditional_page
def sitemap(request, sitemaps):
    """What search engines may read. What a member takes back is told to nobody from the next request on."""
    response = sitemap_of(request, sitemaps)
    # A page that is taken back moves no date forward, so what has changed is told by the content alone.
    del response.headers["Last-Modified"]
    return response
