"""What may be asked of the API, and what is wrong with a question."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import BadRequestError, parse_fields_parameter

FEW, MOST, FURTHEST = 20, 100, 1_000_000
RICH_TEXT = ("html", "markdown")
LONGEST = 60


class Question(forms.Form):
    """Which fields of a thing are asked for, and how its longer texts are written."""

    def __init__(self, data):
        super().__init__(data)
        self.fields["rich_text_format"] = choice([(name, name) for name in RICH_TEXT])
        # A form's own attribute is called so too.
        self.fields["fields"] = forms.CharField(max_length=500, required=False)

    def clean(self):
        unknown = sorted(self.data.keys() - self.fields.keys())
        if unknown:
            names = ", ".join(name[:LONGEST] for name in unknown[:5])
            raise forms.ValidationError(_("unknown: %(names)s; this takes %(known)s") % {"names": names, "known": self.known})
        return super().clean()

    def clean_fields(self):
        """The parsed list of fields, as Wagtail reads it; rows are given whole."""
        try:
            parsed = parse_fields_parameter(self.cleaned_data["fields"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if nested := [name for name, _negated, within in parsed if within is not None]:
            raise forms.ValidationError(_("the rows of %(name)s are given whole") % {"name": nested[0]})
        return parsed

    @property
    def known(self):
        return ", ".join(sorted(self.fields))

    def answers(self):
        """The cleaned question; raises BadRequestError that says what is wrong with it."""
        if self.is_valid():
            return self.cleaned_data
        found = [(name, text) for name, texts in self.errors.items() for text in texts]
        raise BadRequestError(" ".join(text if name == "__all__" else f"{name}: {text}" for name, text in found))


class FindQuestion(Question):
    """One thing by its id or its slug."""

    id = forms.IntegerField(required=False, min_value=1)
    slug = forms.SlugField(required=False)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("id") and not cleaned.get("slug"):
            raise forms.ValidationError(_("say which one: id or slug"))
        return cleaned


class ListQuestion(Question):
    """A part of a list: `filters` are the model's fields that narrow it by one value, `orders` those that order it."""

    limit = forms.IntegerField(required=False, min_value=1, max_value=MOST)
    offset = forms.IntegerField(required=False, min_value=0, max_value=FURTHEST)
    slug = forms.SlugField(required=False)

    def __init__(self, data, model, filters=(), orders=(), is_searched=True, is_needing=False):
        super().__init__(data)
        for name in filters:
            self.fields[name] = choice(model._meta.get_field(name).choices)
        self.fields["order"] = choice([(sign + name, name) for name in orders for sign in ("", "-")])
        if is_searched:
            self.fields["search"] = forms.CharField(max_length=100, required=False)
        if is_needing:
            self.fields["skill"] = forms.SlugField(required=False)


def choice(choices):
    """A field that takes one of the values, and names them when it gets another."""
    values = [str(value) for value, _label in choices]
    wrong = _("take one of %(values)s") % {"values": ", ".join(values)}
    return forms.ChoiceField(
        choices=[(value, value) for value in values], required=False, error_messages={"invalid_choice": wrong}
    )
