"""What a student answers to a recommended step, and what a counsellor does with one."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.forms import Lines, Words

from ..partial_dates import LAST_YEAR
from .fields import HoursField


class Welcome:
    """A text that is asked for, and not called optional, though it may stay empty."""

    def validate(self, value):
        """What is missing is asked about by the form, once."""


class WelcomeLine(Welcome, Words):
    """A line that is asked for."""


class WelcomeLines(Welcome, Lines):
    """A text that is asked for."""


class AsksOnce(forms.Form):
    """A form with a text that may stay empty once somebody was asked for it: `asks` has its name and the question."""

    asks = ("reason", _("A word on why helps. To send it without, send it once more."))

    use_required_attribute = False

    asked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def ask_once(self, found):
        name, question = self.asks
        if found.get(name) or found.get("asked") or name in self.errors:
            return
        self.add_error(name, ValidationError(question, code="asked"))
        self.data = self.data.copy()
        self.data[self.add_prefix("asked")] = "on"


class AnswerForm(forms.Form):
    """The answer to the step as it was when its page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, auto_id=f"{self.name}_%s", initial={"version": step.version, **self.standing(step)}, **kwargs)

    name = "accept"

    def standing(self, step):
        return {}

    def refresh(self, step):
        """Take the step as it stands now for seen; what was typed stays."""
        self.data = self.data.copy()
        self.data["version"] = str(step.version)

    def said(self):
        """What the verb of this answer takes beside the step and its version."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "asked")}


class AcceptForm(AnswerForm):
    name = "accept"


class DeferForm(AnswerForm):
    name = "defer"
    until = forms.DateField(
        label=_("Remind me on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a day."), "required": _("Say until when.")},
        help_text=_("It comes back to the top of your steps on this day."),
    )
    reason = Words(label=_("Why"), max_length=400, required=False)

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day <= timezone.localdate() or day.year > LAST_YEAR:
            raise ValidationError(gettext("Choose a day after today."), code="past")
        return day


class DeclineForm(AsksOnce, AnswerForm):
    name = "decline"
    reason = WelcomeLine(label=_("Why"), max_length=400, help_text=_("So that the next one fits better."))

    def clean(self):
        found = super().clean()
        self.ask_once(found)
        return found


class DropForm(AnswerForm):
    """Taking one's own step off the plan, for which nobody asks a reason."""

    name = "decline"


class ProgressForm(AnswerForm):
    name = "progress"
    minutes = HoursField(label=_("Hours done so far"), help_text=_("Such as 2, 7.5 or 7:30."))

    def standing(self, step):
        return {"minutes": step.minutes_done}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minutes"].error_messages["required"] = gettext("Say how many hours.")


class StepForm(forms.Form):
    """What a counsellor does with one step."""

    do = forms.ChoiceField(choices=[("seen", _("Certificate seen")), ("back", _("Take back"))])
