from hashlib import sha256

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from home.secret import kept_secret

from .. import feeds, guesses
from ..calendars import CONTENT_TYPE


@require_safe
def feed(request, token):
    """A member's calendar, for whoever has its address; a wrong address looks like any page that is not there."""
    if guesses.are_too_many(request):
        return too_many(request)
    owner = feeds.owner_of(token)
    if not owner:
        guesses.count(request)
        raise Http404
    body = feeds.calendar_of(owner, timezone.now())
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=CONTENT_TYPE, headers={"ETag": etag})
    return kept_secret(get_conditional_response(request, etag=etag, response=response), cache="private, no-cache")


def too_many(request):
    """The page for too many tries."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(guesses.SECONDS)
    return response
