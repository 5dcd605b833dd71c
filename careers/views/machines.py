"""The guide for programs and for those who write them: Markdown, llms.txt, the feed, and the page that tells of all this."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from home.markdown import absolute
from home.serving import for_everyone

from .. import feed as feeds
from .. import outline, writing
from ..models import CareerPage, StagePage

MARKDOWN, PLAIN = "text/markdown; charset=utf-8", "text/plain; charset=utf-8"


@require_safe
@conditional_page
@for_everyone
def career(request, slug):
    """One career's profile as Markdown."""
    return markdown(request, writing.page_in_markdown(CareerPage, slug), reverse("careers:career", args=[slug]))


@require_safe
@conditional_page
@for_everyone
def stage(request, slug):
    """One stage guide as Markdown."""
    return markdown(request, writing.page_in_markdown(StagePage, slug), reverse("careers:stage", args=[slug]))


@require_safe
@conditional_page
@for_everyone
def skill(request, slug):
    """One skill as Markdown."""
    return markdown(request, writing.skill_in_markdown(slug), reverse("careers:skill", args=[slug]))


def markdown(request, text, path):
    """The text with links that work anywhere, and the page that it stands for."""
    if not text:
        raise Http404
    canonical = f'<{request.build_absolute_uri(path)}>; rel="canonical"'
    return HttpResponse(absolute(text, root(request)), content_type=MARKDOWN, headers={"Link": canonical})


@require_safe
@conditional_page
@for_everyone
def llms(request):
    """What there is to read, for programs that read (llmstxt.org)."""
    return HttpResponse(absolute(outline.text(), root(request)), content_type=PLAIN)


@require_safe
@conditional_page
@for_everyone
def feed(request):
    """New and reviewed guides as an Atom feed."""
    return HttpResponse(feeds.written(root(request), request.path), content_type="application/atom+xml; charset=utf-8")


@require_safe
@for_everyone
def open_data(request):
    """How to take the guide away as data, and on what terms."""
    context = {"sample": outline.sample(), "credit": writing.credit(), "most": settings.API_A_MINUTE}
    return render(request, "careers/open_data.html", context)


def root(request):
    return request.build_absolute_uri("/").rstrip("/")
