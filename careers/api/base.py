"""What all endpoints share: who may ask how much, what a question looks like, and what an answer carries."""

from django.db.models import Count, Window
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import BasePagination
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.views import BaseAPIViewSet

from home.search import cleaned, mentioning
from home.serving import PUBLIC

from .forms import FEW, FindQuestion, ListQuestion, Question
from .limits import PerAddress

MOST_FOUND = 1000
OPEN_TO_ALL = {
    # Public data, the same for everybody: any page in any browser may read it, and no cookie comes with it.
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Shaped(serializers.Field):
    """A value that a function makes of the whole thing."""

    def __init__(self, shape):
        super().__init__(read_only=True, source="*")
        self.shape = shape

    def to_representation(self, found):
        return self.shape(found)


class Address(Shaped):
    """An address on this site, as the request reached it, out of the path that a function gives."""

    def to_representation(self, found):
        return self.context["request"].build_absolute_uri(self.shape(found))


def shaped(**shapes):
    """API fields whose values the functions make of the thing."""
    return [APIField(name, serializer=Shaped(shape)) for name, shape in shapes.items()]


def address(name, path):
    return APIField(name, serializer=Address(path))


class GuideSerializer(BaseSerializer):
    detail_url = serializers.SerializerMethodField()

    def get_detail_url(self, found):
        context = self.context
        return context["request"].build_absolute_uri(context["router"].get_object_detail_urlpath(type(found), found.pk))


class Pages(BasePagination):
    """A part of the list and the length of the whole, which the database counts in the same statement."""

    def paginate_queryset(self, queryset, request, view=None):
        start = view.question["offset"] or 0
        counted = queryset.annotate(counted=Window(Count("pk")))
        found = list(counted[start : start + (view.question["limit"] or FEW)])
        self.total = found[0].counted if found else (queryset.count() if start else 0)
        return found

    def get_paginated_response(self, data):
        return Response({"meta": {"total_count": self.total}, "items": data})


class JSONForAll(BaseContentNegotiation):
    """Everybody gets JSON, whatever their browser would rather have."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class GuideViewSet(BaseAPIViewSet):
    """Things of the guide that anybody may read: a list, one by its id, one found by its slug."""

    http_method_names = ["get", "head"]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JSONForAll
    authentication_classes = []
    permission_classes = []
    throttle_classes = [PerAddress]
    metadata_class = None
    pagination_class = Pages
    base_serializer_class = GuideSerializer

    meta_fields = ["type", "detail_url", address("html_url", lambda found: found.get_absolute_url()), "slug"]
    listing_default_fields = ["id", "type", "detail_url", "html_url", "slug", "title"]
    orders = ("id", "title")
    filters = ()
    is_searched = True
    is_needing = False
    # What each field that is made of rows needs, in one statement; what every thing needs is joined.
    gathered = {}
    joined = ()

    def readable(self):
        """What anybody may read of the model."""
        return self.model.objects.filter(live=True)

    @cached_property
    def question(self):
        if self.action == "find_view":
            return FindQuestion(self.request.GET).answers()
        if self.action == "detail_view":
            return Question(self.request.GET).answers()
        settings = (self.model, self.filters, self.orders, self.is_searched, self.is_needing)
        return ListQuestion(self.request.GET, *settings).answers()

    def get_queryset(self):
        found = self.readable().select_related(*self.joined).order_by("id")
        if self.action == "listing_view":
            found = found.defer(*self.detail_only_fields)
        return found.prefetch_related(*(self.gathered[name] for name in self.asked.Meta.fields if name in self.gathered))

    def find_view(self, request):
        """Lead to the one thing that is called so."""
        wanted = {name: self.question[name] for name in ("id", "slug") if self.question[name]}
        found = get_object_or_404(self.readable().only("pk"), **wanted)
        passed = urlencode([(name, value) for name, value in request.GET.items() if name not in wanted])
        path = self.request.wagtailapi_router.get_object_detail_urlpath(self.model, found.pk)
        return redirect(request.build_absolute_uri(f"{path}?{passed}" if passed else path))

    def check_query_parameters(self, queryset):
        """The question is its form's to check, before a queryset is made."""

    def filter_queryset(self, queryset):
        if self.action != "listing_view":
            return queryset
        asked = self.question
        exact = {name: asked[name] for name in (*self.filters, "slug") if asked[name]}
        queryset = queryset.filter(**exact)
        if asked.get("skill"):
            queryset = queryset.filter(requirements__skill__slug=asked["skill"], requirements__skill__live=True)
        if asked.get("search"):
            queryset = queryset.filter(pk__in=self.mentioning(asked["search"]))
        return queryset.order_by(asked["order"] or "id", "id")

    def mentioning(self, text):
        words = cleaned(text)
        return mentioning(words, self.model.objects.filter(live=True), MOST_FOUND) if words else []

    @cached_property
    def asked(self):
        """The serializer of the fields that are asked for."""
        parsed, is_detail = self.question["fields"], self.action != "listing_view"
        return self._get_serializer_class(self.request.wagtailapi_router, self.model, parsed, show_details=is_detail)

    def get_serializer_class(self):
        return self.asked

    def resolve_rich_text_format(self):
        return self.question["rich_text_format"] or "html"

    def get_renderer_context(self):
        return {**super().get_renderer_context(), "indent": None}

    def handle_exception(self, exc):
        response = super().handle_exception(exc)
        if "detail" in response.data:
            response.data = {"message": str(response.data["detail"])}
        return response

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        kept = PUBLIC if response.status_code in (200, 302) else "no-store"
        for name, value in {**OPEN_TO_ALL, "Cache-Control": kept}.items():
            response.headers[name] = value
        return response


def markdown(kind):
    """The address of the Markdown of a guide of this kind."""
    return address("markdown_url", lambda found: reverse(f"careers:{kind}_markdown", args=[found.slug]))
