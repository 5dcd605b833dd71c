"""Sends the pictures of the guide: drawn once, kept for all workers, and kept by others for as long as they stand."""

import hashlib
from dataclasses import astuple

from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from ..sites import absolute
from .drawing import EDITION, Facts, card

A_MONTH = 30 * 24 * 60 * 60
A_DAY = "public, max-age=86400"
FOR_GOOD = "public, max-age=31536000, immutable"


def version(thing):
    """What changes whenever the picture of a published page or snippet may; empty for one that was never published."""
    return f"{EDITION}-{thing.live_revision_id}" if thing.live_revision_id else ""


def address_of(thing):
    """The path of the thing's picture, other whenever the picture may be."""
    found = version(thing)
    return f"{thing.get_absolute_url()}card.png" + (f"?v={found}" if found else "")


def shown_address(path):
    """The path as people write it, with its host: guide.example.org/careers/."""
    return absolute(path).partition("://")[2]


def send(request, facts: Facts, thing=None):
    """The picture that says the facts, or word that the reader has it; for good if the address names the thing's version."""
    digest = hashlib.sha256(repr((EDITION, *astuple(facts))).encode(errors="replace")).hexdigest()[:32]
    etag = quote_etag(digest)
    response = get_conditional_response(request, etag=etag) or HttpResponse(drawn(digest, facts), content_type="image/png")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_GOOD if thing and request.GET.get("v") == version(thing) != "" else A_DAY
    # It is there to stand in other sites' pages.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def drawn(digest, facts):
    return caches["cards"].get_or_set(digest, lambda: card(facts), A_MONTH)
