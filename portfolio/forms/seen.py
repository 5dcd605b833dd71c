"""Forms that two windows may hold at once: the one saved last sees what the other has saved, and decides."""

import hashlib

from django import forms


class SeenForm(forms.ModelForm):
    """A form that carries what was stored when it was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = {name: self.initial.get(name) for name in self._meta.fields}
        self.initial["seen"] = mark_of(self.stored)

    def notice(self, more):
        """Count these fields, which are no columns of the model, among what was stored."""
        self.stored |= more
        self.initial |= {**more, "seen": mark_of(self.stored)}

    @property
    def is_stale(self):
        """Whether what it edits was changed since the form was opened."""
        return bool(self.instance.pk) and self.data.get("seen") != mark_of(self.stored)

    def differences(self):
        """What was typed beside what stands saved, for each field that differs; saving once more keeps what was typed."""
        return [
            {"label": self[name].label, "typed": self[name].value(), "saved": self.shown(name)}
            for name in self.stored
            if getattr(self.cleaned_data[name], "pk", self.cleaned_data[name]) != self.stored[name]
        ]

    def shown(self, name):
        """What stands saved, as the input would hold it."""
        field = self.fields[name]
        return str(field.widget.format_value(field.prepare_value(self.stored[name])) or "")

    def agree(self):
        """Take what stands saved for seen."""
        self.data = self.data.copy()
        self.data["seen"] = mark_of(self.stored)


def mark_of(values):
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()
