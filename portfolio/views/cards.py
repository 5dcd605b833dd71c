"""The picture that other sites show beside the address of a public portfolio."""

import hashlib
from dataclasses import astuple

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..cards import drawing
from ..notifications import absolute
from .doors import noindex, through_door


@require_safe
@through_door
def card(request, door):
    """The preview of a portfolio, through its public door alone; drawn anew only when what it says has changed."""
    if not door.is_public:
        raise Http404
    facts = facts_of(door)
    etag = quote_etag(hashlib.sha256(repr((drawing.EDITION, *astuple(facts))).encode(errors="replace")).hexdigest()[:32])
    known = get_conditional_response(request, etag=etag)
    response = known or HttpResponse(drawing.card(facts), content_type="image/png")
    response.headers["ETag"] = etag
    # It is there to stand in other sites' pages, alone among our answers.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return noindex(response, door)


def facts_of(door):
    profile = door.profile
    career = profile.career if profile.career and profile.career.live else None
    address = absolute(door.base).partition("://")[2]
    return drawing.Facts(profile.display_name, profile.headline, career.title if career else "", profile.place, address)
