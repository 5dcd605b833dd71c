"""What a counsellor asks of the entries that a student shares; every input is a valid question.

There is no search by words: it would look into what counsellors do not see.
"""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from home.forms import OneOf

from ..scales import Kind
from .filters import Key, beyond, key_of

ORDER = ("started", "id")


class SharedFilter(forms.Form):
    kind = OneOf(label=_("Kind"), choices=[("", _("Every kind")), *Kind.choices])
    skill = OneOf(label=_("Skill"))
    after = Key(required=False)

    def __init__(self, data, skills):
        super().__init__(data)
        self.fields["skill"].choices = [("", _("Every skill")), *skills]

    def narrow(self, entries):
        """The entries that the questions leave."""
        if self.cleaned_data["kind"]:
            entries = entries.filter(kind=self.cleaned_data["kind"])
        if self.cleaned_data["skill"]:
            entries = entries.filter(evidence__skill__slug=self.cleaned_data["skill"])
        return entries

    def page(self, entries, size):
        """One page of the entries, latest first, and the key of the last if there are more."""
        ordered = entries.order_by(*(f"-{name}" for name in ORDER))
        found = list(beyond(ordered, ORDER, self.cleaned_data["after"], is_descending=True)[: size + 1])
        return found[:size], key_of(found[size - 1], ORDER[0]) if len(found) > size else ""

    @property
    def is_narrowed(self):
        return bool(self.cleaned_data["kind"] or self.cleaned_data["skill"])

    @property
    def is_first_page(self):
        return not self.cleaned_data["after"]

    def address(self, **changed):
        kept = {name: self.cleaned_data[name] for name in ("kind", "skill")} | changed
        return f"?{urlencode({name: value for name, value in kept.items() if value})}"
