"""Filters for templates that write Markdown; such a template stands in {% autoescape off %}."""

from functools import cache

from django import template
from wagtail.admin.rich_text.converters.markdown_db import MarkdownConverter

from ..markdown import address, escaped
from ..models.pages import PROSE

register = template.Library()
register.filter("address", address)


@register.filter
def plain(text):
    """The value as text on one line that means nothing in Markdown."""
    return escaped(str(text)) if text else ""


@register.filter
def written(text):
    """Rich text as Markdown, its links to pages and documents resolved, by Wagtail's own converter."""
    source = getattr(text, "source", text)
    return converter().from_database_format(source, resolved=True).strip() if source else ""


@cache
def converter():
    return MarkdownConverter(["h2", "h3", *PROSE])
