"""Writing to a member and reporting what stands on a portfolio, both behind its public door only.

Readers get no cookie, and so no CSRF token; where the form was sent from is asked instead.
"""

from django.http import Http404, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home import rates
from home.origins import is_own_origin
from home.secret import HEADERS

from .. import contacting, showcase
from ..forms.contact import MessageForm, ReportForm
from .doors import through_door

METHODS = ["GET", "HEAD", "POST"]


def form_for(door):
    """The form for a message on a portfolio's page; None where nobody can write."""
    return MessageForm() if door.is_public and contacting.takes_messages(door.profile) else None


@csrf_exempt
@require_http_methods(METHODS)
@through_door
def message(request, door):
    """Writes to the portfolio's owner; where they take no messages there is no such page."""
    if not form_for(door):
        raise Http404

    def show(form, **more):
        return page(request, "message", {"door": door, "profile": door.profile, "form": form}, **more)

    def send(form):
        contacting.send(profile=door.profile, words=form.words, origin=rates.address_of(request))

    return answer(request, MessageForm, show, send)


@csrf_exempt
@require_http_methods(METHODS)
@through_door
def report(request, door, pk=None):
    """Reports the portfolio, or one of its entries."""
    if not door.is_public:
        raise Http404
    entry = get_object_or_404(showcase.entries(door.owner, door.viewer), pk=pk) if pk is not None else None

    def show(form, **more):
        return page(request, "report", {"door": door, "profile": door.profile, "entry": entry, "form": form}, **more)

    def send(form):
        contacting.report(profile=door.profile, entry=entry, words=form.words, origin=rates.address_of(request))

    return answer(request, ReportForm, show, send)


def answer(request, form_class, show, send):
    """The form; or what became of it once it was sent, which only the address remembers."""
    if request.method != "POST":
        return show(form_class(), is_sent="sent" in request.GET)
    if not is_own_origin(request):
        return HttpResponseForbidden(gettext("This form belongs to another site. Nothing was sent."), content_type="text/plain")
    form = form_class(request.POST)
    if not form.is_valid():
        return show(form, status=422)
    if form.is_from_a_program:
        return redirect(f"{request.path}?sent")
    try:
        send(form)
    except contacting.TooMany as reason:
        return later(show(form, status=429, too_many=reason), reason.wait)
    return redirect(f"{request.path}?sent")


def page(request, name, context, status=200, is_sent=False, too_many=None):
    """The page with the form, or the one that says it was sent; neither is for search engines."""
    template = f"portfolio/people/{name}{'_sent' if is_sent else ''}.html"
    context |= {"too_many": too_many, "wait": wait_words(too_many.wait) if too_many else ""}
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = HEADERS["X-Robots-Tag"]
    return response


def later(response, wait):
    response.headers["Retry-After"] = str(wait)
    return response


def wait_words(seconds):
    """The time to wait, rounded up: "3 minutes", "2 hours"."""
    minutes = -(-seconds // 60)
    hours = -(-minutes // 60)
    if minutes > 90:
        return ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
