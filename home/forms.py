from django import forms
from django.utils.translation import gettext_lazy as _

from . import search
from .words import clean


class QueryField(forms.CharField):
    """Words to search for: whatever is typed becomes something that can be searched."""

    def __init__(self, **kwargs):
        super().__init__(required=False, empty_value="", **kwargs)

    def to_python(self, value):
        text = "".join(char for char in super().to_python(value) if char.isprintable())
        return text[: search.LONGEST].strip()


class AnyOf(forms.MultipleChoiceField):
    """Some of the choices; values that are not among them are left out rather than refused."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        known = {str(choice) for choice, _ in self.choices}
        return [choice for choice in dict.fromkeys(super().to_python(value)) if choice in known]


class OneOf(forms.ChoiceField):
    """One of the choices; anything else is the first of them."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        known = [choice for choice, _ in self.choices]
        return value if value in known else known[0]


class PageNumber(forms.IntegerField):
    """A page number from 1; nonsense is 1, and the view takes the last page for one too high."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        try:
            return max(1, int(str(value)[:9]))
        except ValueError:
            return 1


class SearchForm(forms.Form):
    q = QueryField(label=_("Search the guide"))


class Words(forms.CharField):
    """A line as people write it, without control characters; what is left of it counts."""

    lines = False

    def to_python(self, value):
        text = clean(super().to_python(value), self.lines)
        return text.replace("\r\n", "\n").strip() if self.lines else " ".join(text.split())


class Lines(Words):
    lines = True


class Baited(forms.Form):
    """A form with a field that people do not see: what fills it in is a program."""

    # A name that no browser has anything to fill in for.
    subject = forms.Field(label=_("Leave this empty"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    @property
    def is_from_a_program(self):
        return bool(self.cleaned_data.get("subject"))

    @property
    def words(self):
        """What was written, as the services take it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "subject"}
