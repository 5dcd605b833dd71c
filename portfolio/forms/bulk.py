from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..scales import Visibility

MOST = 200


class Keys(forms.TypedMultipleChoiceField):
    """Keys of entries; which of them are the member's own, the services ask."""

    def __init__(self):
        super().__init__(coerce=int, error_messages={"required": gettext("Tick the entries first.")})

    def valid_value(self, value):
        return str(value).isascii() and str(value).isdecimal() and len(str(value)) < 19

    def clean(self, value):
        return super().clean(value)[:MOST]


class SelectionForm(forms.Form):
    entry = Keys()
    do = forms.ChoiceField(choices=[("show", _("Show")), ("bin", _("Delete"))])
    visibility = forms.TypedChoiceField(choices=Visibility.choices, coerce=int, required=False, empty_value=Visibility.ME)


class BinForm(forms.Form):
    entry = Keys()
    do = forms.ChoiceField(choices=[("restore", _("Bring back")), ("erase", _("Delete for good"))])
    sure = forms.BooleanField(required=False)
