from functools import cache

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from ..languages import moved, tag
from ..serving import kept

register = template.Library()

# Drawn on a 24 by 24 grid; the style sheet gives stroke and size.
ICONS = {
    "close": '<path d="m5 5 14 14M19 5 5 19"/>',
    "filters": '<path d="M3 6h18M6.5 12h11M10 18h4"/>',
    "menu": '<path d="M3 6.5h18M3 12h18M3 17.5h18"/>',
    "next": '<path d="M4 12h16M13 5l7 7-7 7"/>',
    "play": '<path d="M6 3.5v17l14-8.5z"/>',
    "previous": '<path d="M20 12H4M11 5l-7 7 7 7"/>',
    "print": '<path d="M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "theme": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
}


@register.simple_tag
@cache
def icon(name):
    """The named drawing as SVG, hidden from assistive technology; KeyError if there is none."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 - our own constants, above
    return format_html('<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{}</svg>', drawing)


class Kept(template.Node):
    def __init__(self, drawn, name, version):
        self.drawn, self.name, self.version = drawn, name, version

    def render(self, context):
        return kept(f"template:{self.name}", self.version.resolve(context), lambda: self.drawn.render(context))


@register.tag("kept")
def do_kept(parser, token):
    """{% kept name version %}: draw what stands before {% endkept %} once for a version and a language (home.serving.kept)."""
    _, name, version = token.split_contents()
    drawn = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(drawn, name, parser.compile_filter(version))


@register.filter
def prose(text):
    """Rich text as HTML, its links to pages and documents resolved; Wagtail's own filter draws a template for each."""
    source = getattr(text, "source", text)
    return mark_safe(moved(expand_db_html(source))) if source else ""  # noqa: S308 - cleaned by the editor's allow-list


@register.filter
def as_input(field):
    """The field's widget as one of our inputs; placeholders are never used, a visible label is."""
    return field.as_widget(attrs={"class": "input", "dir": "auto", "placeholder": False})


@cache
def cells(lit):
    numbered = enumerate(lit, start=1)
    return mark_safe("".join(f'<span data-stage="{n}">{n}</span>' if on else f"<span>{n}</span>" for n, on in numbered))  # noqa: S308 - figures


@register.filter
def stage_cells(stages):
    """Five numbered cells for five true or false values, the true ones on their stage's paper."""
    return cells(tuple(map(bool, stages)))


@register.simple_tag
def offline_copies():
    """The address of the page about offline copies; empty on a site that makes none."""
    return reverse("offline") if settings.OFFLINE_COPY else ""


class Constant(template.Node):
    def __init__(self, nodes):
        self.nodes = nodes
        self.rendered = {}

    def render(self, context):
        language = get_language()
        if language not in self.rendered:
            self.rendered[language] = self.nodes.render(context)
        return self.rendered[language]


@register.simple_tag
def in_english():
    """The attribute that tells screen readers of words that exist in the guide's own language alone; nothing in that language."""
    if get_language() == settings.LANGUAGE_CODE:
        return ""
    return format_html(' lang="{}"', tag(settings.LANGUAGE_CODE))


@register.tag
def constant(parser, token):
    """What stands between {% constant %} and {% endconstant %}, rendered once a process and language.

    Only for parts of the frame that no page, reader or setting changes: nothing in them may use the context.
    """
    nodes = parser.parse(["endconstant"])
    parser.delete_first_token()
    return Constant(nodes)
