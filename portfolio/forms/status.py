"""A step of a festival submission, as its page asks for it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.words import clean

from ..lifecycle import AXES
from ..scales import Judging, Submission

STEPS = [*Submission.choices, *Judging.choices]


class StepForm(forms.Form):
    """`shown` (posted as `from`) is where the submission stood on the page that the step was chosen on."""

    axis = forms.ChoiceField(choices=[(axis, axis) for axis in AXES])
    to = forms.ChoiceField(label=_("Where it stands now"), choices=STEPS)
    reason = forms.CharField(label=_("Why?"), max_length=255, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.ChoiceField(choices=STEPS)

    def clean_reason(self):
        return clean(self.cleaned_data["reason"])

    def sentence(self):
        """What is wrong: with the reason, or else with the step, which nobody types."""
        return next(iter(self.errors.get("reason", [gettext("Choose one of the steps listed.")])))

    def step(self):
        """The step as submissions.move takes it."""
        return {"shown": self.cleaned_data["from"], **{name: self.cleaned_data[name] for name in ("axis", "to", "reason")}}
