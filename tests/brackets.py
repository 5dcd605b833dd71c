"""A made-up language, written from right to left, in which every sentence stands in brackets: ⟦Careers⟧."""

from contextlib import contextmanager

from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

# Django takes the direction of the writing from the code; no test asks for Hebrew itself.
CODE = "he"
OPEN, SHUT = "⟦", "⟧"


class Bracketed(trans_real.DjangoTranslation):
    def gettext(self, message):
        return f"{OPEN}{message.split(trans_real.CONTEXT_SEPARATOR)[-1]}{SHUT}"

    def ngettext(self, singular, plural, number):
        return self.gettext(singular if number == 1 else plural)


@contextmanager
def offered():
    """The site offers the language at /he/."""
    with override_settings(LANGUAGES=[*settings.LANGUAGES, (CODE, CODE)]):
        trans_real._translations[CODE] = Bracketed(CODE)
        try:
            yield
        finally:
            del trans_real._translations[CODE]
