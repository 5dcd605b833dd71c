"""The ways to find a portfolio: the directory, and its address as a picture."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from home import qr
from home.secret import HEADERS

from .. import finding
from ..forms.people import Chip, PeopleFilter
from ..notifications import absolute
from ..services import profile_of
from .doors import kept_fresh

PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class Results:
    """A page of the directory: its cards, the address of the next one, and what to drop if nobody is left."""

    people: list[finding.Person]
    more: str
    drop: Chip | None


@require_safe
def people(request):
    """Adults who asked to be found; htmx gets the part that changes, except when going back.

    Never for search engines: that is asked of each portfolio by itself.
    """
    form = PeopleFilter(request.GET)
    form.is_valid()
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    template = "portfolio/people/_found.html" if part else "portfolio/people/directory.html"
    response = kept_fresh(render(request, template, {"form": form, "results": results(form)}))
    response.headers["X-Robots-Tag"] = HEADERS["X-Robots-Tag"]
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def results(form):
    """What the directory shows for a valid PeopleFilter: two statements, up to five if nobody is found."""
    asked = form.cleaned_data["after"]
    found = list(finding.beyond(form.narrow(finding.people()), asked)[: PAGE_SIZE + 1])
    more = form.address(after=finding.key_of(found[PAGE_SIZE - 1])) if len(found) > PAGE_SIZE else ""
    drop = None if found or asked else first_that_helps(form)
    return Results(finding.cards(found[:PAGE_SIZE]), more, drop)


def first_that_helps(form):
    """The first question that somebody would be found without."""
    people = finding.people()
    return next((chip for chip in form.chips if form.narrow(people, without=chip.name).exists()), None)


@login_required
@require_safe
def code(request):
    """The address of the member's portfolio as a QR code, to keep."""
    profile = profile_of(request.user)
    if not profile.handle:
        raise Http404
    picture = qr.svg(absolute(profile.get_absolute_url()), gettext("QR code with the address of the portfolio"))
    name = f'attachment; filename="portfolio-{profile.handle}.svg"'
    return kept_fresh(HttpResponse(picture, content_type="image/svg+xml", headers={"Content-Disposition": name}))
