"""The language of a page is a part of its address: /fr/careers/ is in French, /careers/ in the language of the guide."""

import re
from contextlib import contextmanager

from django.conf import settings
from django.urls import get_script_prefix
from django.utils import translation

# An address of this site in a page, but for those that have no language.
PAGE_ADDRESS = re.compile(r'\b(href|action)="/(?!/|static/|media/|documents/|cms/|theme/)')


def ReaderLanguage(get_response):
    """Middleware that answers in the language of the address, whatever the browser prefers: one address, one page."""

    def middleware(request):
        language = language_of(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", tag(language))
        return response

    return middleware


def language_of(path):
    """The code of the language that the path names; the guide's own if it names none."""
    first = path[1:].partition("/")[0]
    return first if first in prefixes() else settings.LANGUAGE_CODE


def prefixes():
    """The first words of addresses that name a language; the guide's own has none."""
    return {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


def plain(path):
    """The path without the language: "/fr/me/" is "/me/". What guards a place asks for this."""
    language = language_of(path)
    return path.removeprefix(f"/{language}") or "/" if language != settings.LANGUAGE_CODE else path


def here(path):
    """The path in the language that is being read: "/careers/" is "/fr/careers/" for a reader of French."""
    return within(translation.get_language(), path)


def within(language, path):
    """The plain path in the language."""
    return path if language in (None, settings.LANGUAGE_CODE) else f"{get_script_prefix()}{language}{path}"


def moved(html):
    """The HTML with every address of a page of ours in the language that is being read."""
    language = translation.get_language()
    return html if language in (None, settings.LANGUAGE_CODE) else PAGE_ADDRESS.sub(rf'\1="/{language}/', html)


def editions(path):
    """The same page in every language: its tag, the language's name in itself, address."""
    at = plain(path)
    return [(tag(code), name, within(code, at)) for code, name in settings.LANGUAGES]


def tag(language):
    """The code as the web writes it (BCP 47): "en-GB"."""
    return translation.to_locale(language).replace("_", "-")


@contextmanager
def speaking_to(user):
    """In the language in which the user reads our mails."""
    with translation.override(language_for(user)):
        yield


def language_for(user):
    """The code of the language that the user chose for mails, if it is offered, or else of the guide's own."""
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def in_every_language(text):
    """What the lazy text is in each language: to find what was stored in the words of the one who stored it."""
    return [translated(text, code) for code, _ in settings.LANGUAGES]


def translated(text, language):
    with translation.override(language):
        return str(text)
