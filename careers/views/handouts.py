"""A guide to take away: its PDF, typeset once for each edition of the guide."""

from threading import Lock

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.views.decorators.http import conditional_page, require_safe

from home.serving import edition, for_everyone, kept, page_of, translation_of
from home.sites import absolute
from home.typesetting import POLICY

from ..forms import PaperForm
from ..handouts import career, stage, typesetting
from ..models import CareerPage, StagePage

# One at a time in a process: typesetting takes a whole core, and many readers ask for the same guide.
typing = Lock()


@require_safe
@conditional_page
@for_everyone
def career_pdf(request, slug):
    """A career's guide as a PDF."""
    return handed_out(request, CareerPage, career.handout, slug)


@require_safe
@conditional_page
@for_everyone
def stage_pdf(request, slug):
    """A stage's guide as a PDF."""
    return handed_out(request, StagePage, stage.handout, slug)


def handed_out(request, model, handout, slug):
    """The guide on the paper asked for; nothing of a page that not everybody may read."""
    found = edition(model, slug)
    if not found:
        raise Http404
    paper = PaperForm(request.GET).chosen
    pk, *version = found
    name = f"pdf:{model._meta.label_lower}:{pk}:{paper}"
    content = kept(name, version, lambda: kept_once(name, version, lambda: typeset(model, pk, handout, paper)))
    if not content:
        raise Http404
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"{slug}-guide.pdf")
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Link"] = f'<{absolute(request.path.removesuffix("guide.pdf"))}>; rel="canonical"'
    response._csp_replace = POLICY
    return response


def kept_once(name, version, make):
    """What somebody else has made of it while we waited for our turn, or else what we make of it."""
    with typing:
        return kept(name, version, make)


def typeset(model, pk, handout, paper):
    """The published page as a PDF, in English while nobody has translated it; empty if it is closed to some readers."""
    page = page_of(model, pk)
    if page.restricted:
        return b""
    translated = translation_of(page)
    shown = translated or page
    with override(get_language() if translated else settings.LANGUAGE_CODE):
        shown.gather()
        return typesetting.pdf(handout(shown), paper)
