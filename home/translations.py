"""The words of pages in the language that is being read, where editors have translated them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language


def in_reader_s_words(pages: Iterable[Any], *fields: str) -> list[Any]:
    """The pages with these fields as their published translations have them: one statement, none in the guide's own language.

    The pages are meant to be read, not saved.
    """
    found = list(pages)
    if not found or get_language() == settings.LANGUAGE_CODE:
        return found
    keys = [page.translation_key for page in found]
    rows = type(found[0]).objects.translations(get_language()).filter(translation_key__in=keys)
    words = {key: values for key, *values in rows.values_list("translation_key", *fields)}
    for page in found:
        for name, value in zip(fields, words.get(page.translation_key, ()), strict=False):
            setattr(page, name, value or getattr(page, name))
    return found
