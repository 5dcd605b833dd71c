"""Inputs that take what people type: partial dates, hours, running times, stages, labels."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from careers.scales import Stage

from .. import partial_dates

CURRENCIES = [("", "—"), *((code, code) for code in "GBP EUR USD CAD AUD NZD CHF DKK NOK SEK PLN CZK JPY INR ZAR BRL".split())]
MOST_LABELS = 10


class ReadField(forms.CharField):
    """A text that one of the readers of partial_dates turns into what is stored, and back into an input."""

    read = write = None
    nothing = None

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "maxlength": "60"}

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return self.nothing
        try:
            return type(self).read(text)
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from problem

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else type(self).write(value)

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial if initial is not None else self.nothing)
        except ValidationError:
            return True


class PartialDateField(ReadField):
    read = staticmethod(partial_dates.parse)
    nothing = ""


class HoursField(ReadField):
    read = staticmethod(partial_dates.parse_minutes)
    write = staticmethod(partial_dates.hours_input)


class RuntimeField(ReadField):
    read = staticmethod(partial_dates.parse_runtime)
    write = staticmethod(partial_dates.runtime_input)


class StagesField(forms.TypedMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=Stage.choices, coerce=int, required=False, **kwargs)


class LabelsField(forms.CharField):
    """The owner's own words for an entry, separated by commas, as a list without repeats."""

    def to_python(self, value):
        words = [" ".join(word.split()) for word in super().to_python(value).split(",")]
        found = {word.casefold(): word for word in reversed(words) if word}
        return list(reversed(found.values()))

    def validate(self, value):
        super().validate(", ".join(value))
        if len(value) > MOST_LABELS:
            raise ValidationError(
                gettext("Give an entry at most {most_labels} labels.").format(most_labels=MOST_LABELS), code="too_many"
            )
        if any(len(word) > 50 for word in value):
            raise ValidationError(gettext("Keep each label under 50 characters."), code="too_long")

    def run_validators(self, value):
        """The limits above are all there is; the validators of a text do not fit a list."""

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else ", ".join(value)

    def has_changed(self, initial, data):
        return self.to_python(data or "") != list(initial or [])
