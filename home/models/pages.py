import re

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from .. import jsonld
from ..blocks import BoardBlock
from ..heads import description
from ..languages import here
from ..sites import absolute
from .editions import GuideVersion

PROSE = ["bold", "italic", "link", "ul", "ol", "document-link"]


def is_restricted(path="path"):
    """The condition that the page of the path, or one above it, is closed to some readers."""
    path = ExpressionWrapper(OuterRef(path), output_field=models.CharField())
    return Exists(PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path")))


class GuidePageQuerySet(PageQuerySet):
    def original(self):
        """The pages in the guide's own language: what is counted, compared and aimed at. Translations are read beside them."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def readable(self):
        """Published pages of the guide's own language that anybody may read; one statement with whatever else is asked."""
        return self.live().original().filter(~is_restricted())

    def translations(self, language):
        """The published pages in the language that anybody may read."""
        return self.live().filter(~is_restricted(), locale__language_code=language)

    def editions(self):
        """One row a page: pk, live revision and guide version, which together name what readers get."""
        version = Subquery(GuideVersion.objects.values("number")[:1])
        return self.annotate(version=version).values_list("pk", "live_revision_id", "version")


def squeezed(html):
    """The HTML without the indentation of its templates, which every reader would have to fetch."""
    return mark_safe(re.sub(r"\n\s*", "\n", html))  # noqa: S308 - a rendered template


class BasePage(Page):
    """What every page of the guide has: a lead for readers and words for search engines."""

    lead = models.TextField(_("lead"), blank=True, max_length=400, help_text=_("One or two sentences under the title."))

    objects = PageManager.from_queryset(GuidePageQuerySet)()

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]

    # Whether the page at this address is a list of the pages below it.
    lists_children = False

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **self.drawn()}

    def drawn(self):
        """The head and body as they are now, published or draft.

        head_title, head_name, head_description, head_address, head_picture; structured, the page as JSON-LD; choices, what
        else any of these may be, by a word that the address can ask with; and body.
        """
        parts = self.parts()
        told = self.told(parts)
        return {
            "head_title": self.seo_title or self.title,
            "head_name": self.title,
            "head_description": description(self.search_description or self.lead),
            "head_address": self.get_absolute_url(),
            "head_picture": self.get_picture_url(),
            "structured": told.get("", ""),
            "choices": {choice: {"structured": structured} for choice, structured in told.items() if choice},
            "body": squeezed(render_to_string(self.body_template, {"page": self, **parts})),
        }

    # Set on a translation that is being read: the address and the marks of a page are those of the original.
    original_pk = property(lambda self: getattr(self, "_original", self).pk)
    original_slug = property(lambda self: getattr(self, "_original", self).slug)

    def in_place_of(self, original):
        """This translation, as what readers find at the address of the original."""
        self._original = original
        return self

    def get_absolute_url(self):
        return here(f"/{self.original_slug}/")

    def get_picture_url(self):
        """The path of the picture that other sites show beside this page; empty for the one of the whole site."""
        return ""

    def told(self, parts):
        """The page as JSON-LD, safe in a script element, under "", and under other words what can be asked for instead."""
        return {}

    def gather(self):
        """Bring at once what the body of the published page needs, if there is a quicker way than asking row by row."""

    def parts(self):
        """What the template of this page's body needs beyond the page itself."""
        return {}


class HomePage(BasePage):
    title_lines = models.TextField(_("promise"), help_text=_("One line each; the large words at the top."))
    board_note = models.CharField(_("board note"), max_length=160, blank=True, help_text=_("Says what the strips below are."))
    board = StreamField(BoardBlock(), blank=True, verbose_name=_("board"))

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "home/home_page.html"
    body_template = "home/_home_page.html"

    content_panels = [*BasePage.content_panels, "title_lines", "board_note", "board"]

    def get_absolute_url(self):
        return here("/")

    def told(self, parts):
        site = jsonld.website("Greenlight", absolute(), f"{absolute('/search/')}?q={{q}}")
        return {"": mark_safe(jsonld.script(site))}  # noqa: S308 - escaped by script()

    @property
    def promise(self):
        return self.title_lines.splitlines()


class StandardPage(BasePage):
    body = RichTextField(_("body"), blank=True, features=["h2", "h3", *PROSE])

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/standard_page.html"
    body_template = "home/_standard_page.html"

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
