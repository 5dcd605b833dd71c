from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..forms import Baited, Lines, OneOf
from ..models import ReaderReport, ReportAnswer
from ..scales import ANSWERS, Sort
from ..words import could_reach_somebody, links_in
from . import stamps

MOST_LINKS = 2
TROUBLE = {
    stamps.Trouble.SOON: _("That was faster than people read. Look it over once, then send it again."),
    stamps.Trouble.LATE: _("This form was open for more than a day. Nothing is lost: send it again."),
}
WORDING = {
    Sort.MISTAKE: (_("What is wrong?"), _("What the page says, and why that is not right. At most 1,000 characters.")),
    Sort.MISSING: (_("What was missing?"), _("What you came for and did not find. At most 1,000 characters.")),
}


class UsefulForm(forms.Form):
    useful = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])


class WebAddress(forms.URLField):
    """An address that a browser opens as a page."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)


class ReportForm(Baited, forms.ModelForm):
    """What a reader reports about a guide. What might be about a person is asked about once, and then taken as it is."""

    section = OneOf(widget=forms.Select)
    sort = OneOf(choices=Sort.choices, widget=forms.HiddenInput)
    anyway = forms.BooleanField(label=_("Send it as it is. Nobody can be reached by it."), required=False)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ReaderReport
        fields = ["section", "sort", "text", "suggestion", "source"]
        field_classes = {"text": Lines, "suggestion": Lines, "source": WebAddress}
        labels = {"suggestion": _("What should it say?"), "source": _("Where does it say so?")}
        help_texts = {"source": _("The address of a page that an editor can check.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6}), "suggestion": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, data=None, *, guide, **kwargs):
        super().__init__(data, **kwargs)
        self.place = f"{guide.kind}/{guide.slug}"
        section, text = self.fields["section"], self.fields["text"]
        section.label = gettext("Which one?") if guide.is_list else gettext("Which part of the page?")
        whole = gettext("The list as a whole") if guide.is_list else gettext("The page as a whole")
        section.choices = [("", whole), *((part.anchor, part.title) for part in guide.parts)]
        text.required = True
        text.label, text.help_text = WORDING[self["sort"].value() if self["sort"].value() in WORDING else Sort.MISTAKE]

    @property
    def has_parts(self):
        return len(self.fields["section"].choices) > 1

    @property
    def asks_anyway(self):
        """Whether the box that lets doubtful words pass is shown: once there was a reason."""
        return self.is_bound and ("anyway" in self.data or any(self.has_error(name, "personal") for name in self.fields))

    @property
    def fresh_stamp(self):
        """The stamp that the form goes out with: the one it came with, or a new one if that was no good."""
        stamp = self["stamp"].value() if self.is_bound else ""
        return stamp if stamp and stamps.trouble(stamp, self.place) != stamps.Trouble.LATE else stamps.new(self.place)

    def clean_text(self):
        return self.checked("text")

    def clean_suggestion(self):
        return self.checked("suggestion")

    def checked(self, name):
        text = self.cleaned_data[name]
        if links_in(text) > MOST_LINKS:
            raise forms.ValidationError(
                ngettext("At most one link. Take some out.", "At most %(most)s links. Take some out.", MOST_LINKS),
                code="links",
                params={"most": MOST_LINKS},
            )
        if could_reach_somebody(text) and not self.data.get("anyway"):
            raise forms.ValidationError(
                gettext("This looks as if an email address or a phone number is in it. Take it out, or tick the box at the end."),
                code="personal",
            )
        return text

    def clean(self):
        cleaned = super().clean()
        trouble = stamps.trouble(cleaned.get("stamp", ""), self.place)
        if trouble and not self.errors and not self.is_from_a_program:
            raise forms.ValidationError(TROUBLE[trouble], code=trouble)
        return cleaned


class AnswerForm(forms.ModelForm):
    """What an editor sets a report to, and why."""

    state = forms.ChoiceField(label=_("State"), choices=[(state.value, state.label) for state in ANSWERS])

    class Meta:
        model = ReportAnswer
        fields = ["state", "note"]
        field_classes = {"note": Lines}
        labels = {"note": _("Note for other editors")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
