"""What the interests quiz takes in: answers, and the codes that hold them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .quiz_codes import LONGEST
from .scales import Liking


class QuizForm(forms.Form):
    """How much a reader would like each thing that an edition asks about; what is left out is no mistake."""

    def __init__(self, edition, data=None, answers=None):
        super().__init__(data, prefix="s", initial={key: value or None for key, value in (answers or {}).items()})
        self.edition = edition
        for statement in edition.statements:
            self.fields[statement.key] = Answer(label=statement.words)

    def clean(self):
        found = super().clean()
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(_("Nothing is answered yet. One answer is enough to begin with."), code="nothing")
        return found


class Answer(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        wrong = {"invalid_choice": _("Choose one of the five answers, or none.")}
        super().__init__(
            choices=Liking.choices,
            coerce=int,
            empty_value=0,
            required=False,
            widget=forms.RadioSelect,
            error_messages=wrong,
            **kwargs,
        )


class OpenedForm(forms.Form):
    """What a page of statements knows of itself: the edition it asks, and the earlier result to compare with, if any."""

    edition = forms.IntegerField(required=False, min_value=1, max_value=32_767)
    before = forms.CharField(required=False, max_length=LONGEST)

    @property
    def number(self):
        return self.cleaned_data.get("edition") if self.is_valid() else None

    @property
    def code(self):
        return self.cleaned_data.get("before", "") if self.is_valid() else ""


class CodeForm(forms.Form):
    """A code as somebody typed it, and the code of the result that it is to be set beside, if any."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=LONGEST,
        help_text=_("Thirty letters and figures. Capitals, spaces and hyphens do not matter, and O counts as 0."),
        error_messages={
            "required": _("Type the code that the quiz gave you."),
            "max_length": _("That is far longer than a code, which has 30 letters and figures."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    beside = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
