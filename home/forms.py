from django import forms

from . import search


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
    q = QueryField(label="Search the guide")
