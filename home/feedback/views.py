"""What readers say about a guide, on pages without a cookie.

They get no token either; where a form was sent from is asked instead (decisions 5 and 23).
"""

from functools import wraps

from django.http import Http404, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..origins import is_own_origin
from ..rates import TooMany, pseudonym_of
from ..scales import Sort
from . import guides, services
from .forms import ReportForm, UsefulForm

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def about_a_guide(view):
    """The view with the guide that its address names, if anybody may read that; posts from other sites are refused."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request, kind, slug=""):
        guide = guides.find(kind, slug)
        if not guide:
            raise Http404
        if request.method == "POST" and not is_own_origin(request):
            return HttpResponseForbidden(
                gettext("This form belongs to another site. Nothing was sent."), content_type="text/plain"
            )
        response = view(request, guide)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return opened


@about_a_guide
def useful(request, guide):
    """Counts whether the guide was useful; the answer to it goes into the page, or stands on one of its own."""
    if request.method != "POST":
        return render(request, "home/feedback/useful.html", {"guide": guide, "answer": request.GET.get("answer", "")})
    form = UsefulForm(request.POST)
    if not form.is_valid():
        return render(request, "home/feedback/useful.html", {"guide": guide, "form": form}, status=422)
    answer = form.cleaned_data["useful"]
    if not services.count(guide=guide, is_useful=answer == "yes", origin=pseudonym_of(request)):
        answer = "again"
    if "X-In-Place" in request.headers:
        return render(request, "home/feedback/_answered.html", {"guide": guide, "answer": answer})
    return redirect(f"{request.path}?answer={answer}")


@about_a_guide
def report(request, guide):
    """The form in which a reader reports a mistake; or what became of it once it was sent, which only the address remembers."""
    if request.method == "POST":
        return receive(request, guide, ReportForm(request.POST, guide=guide))
    if outcome := {"sent", "known"} & set(request.GET):
        return render(request, "home/feedback/sent.html", {"guide": guide, "is_known": "known" in outcome})
    asked = {"section": request.GET.get("section", ""), "sort": Sort.MISSING if "missing" in request.GET else Sort.MISTAKE}
    return show(request, guide, ReportForm(guide=guide, initial=asked))


def receive(request, guide, form):
    if not form.is_valid():
        return show(request, guide, form, status=422)
    if form.is_from_a_program:
        return redirect(f"{request.path}?sent")
    try:
        made = services.report(guide=guide, words=form.words, origin=pseudonym_of(request))
    except TooMany as reason:
        response = show(request, guide, form, status=429, too_many=reason)
        response.headers["Retry-After"] = str(reason.wait)
        return response
    return redirect(f"{request.path}?{'sent' if made else 'known'}")


def show(request, guide, form, status=200, too_many=None):
    context = {"guide": guide, "form": form, "is_missing": form["sort"].value() == Sort.MISSING, "too_many": too_many}
    return render(request, "home/feedback/report.html", context, status=status)
