"""The guides that a reader's browser keeps for when there is no connection: its worker, and the page about what it keeps."""

import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import conditional_page, require_safe

from .middleware import PERSONAL
from .serving import for_everyone

FOLDER = Path(__file__).parent / "worker"
# How many guides are kept; the one read longest ago makes room.
MOST = 60
# Where people sign in and out: whoever does finds nothing of what was read before.
DOORS = ("/accounts/",)
# Pages that are about somebody, or open by a secret address, whatever their answers say of themselves.
SHUT = tuple(
    "/people/ /shared/ /endorse/ /erased/ /files/ /calendar/ /reminders/ /counselling-mail/ /feedback/"
    " /careers/quiz/ /search/".split()
)
# What lies outside: no guide of ours, and nothing that an editor does.
WITHOUT = ("/cms/", "/_util/", "/api/", "/feed.atom", "/llms.txt", "/documents/", "/media/", "/healthz", "/readyz", "/sw.js")


@require_safe
@conditional_page
def worker(request):
    """The service worker; on a site that keeps no copies, one that takes the other away."""
    response = HttpResponse(script() if settings.OFFLINE_COPY else source("leave.js"), content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@for_everyone
def page(request):
    """What this browser keeps, and what stands in for a page that it does not."""
    if not settings.OFFLINE_COPY:
        raise Http404
    return render(request, "home/offline.html", {"most": MOST})


def script():
    """The worker's program after what it must know of the site; a change of either makes another edition."""
    known = {
        "homes": homes(),
        "shut": [*PERSONAL, *SHUT],
        "without": WITHOUT,
        "doors": DOORS,
        "statics": settings.STATIC_URL,
        "most": MOST,
    }
    text = json.dumps(known, sort_keys=True) + source("worker.js")
    edition = sha256(f"{text}{getattr(staticfiles_storage, 'manifest_hash', '')}".encode()).hexdigest()[:12]
    return f"const SITE = {json.dumps({**known, 'edition': edition})};\n{source('worker.js')}"


def source(name):
    return (FOLDER / name).read_text("utf-8")


def homes():
    """The page about the copies in each language, the most particular address first, with what a copy says of itself."""
    found = {}
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            address = reverse("offline")
            found[address] = render_to_string("home/_copy.html", {"address": address}).strip()
    return [{"address": address, "notice": found[address]} for address in sorted(found, key=len, reverse=True)]
