"""What anybody may write on a public portfolio: a message to its owner, or a report about what stands there."""

from django import forms
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.forms import Baited, Lines, Words
from home.words import links_in

from ..models import Message, Report
from ..scales import Ground

MOST_LINKS = 3


class Address(forms.EmailField):
    """An email address that a mail can be sent to."""

    def clean(self, value):
        address = super().clean(value)
        try:
            return sanitize_address(address, "utf-8") if address else ""
        except ValueError as error:
            raise forms.ValidationError(
                gettext("No mail can be sent to this address. Check its spelling."), code="invalid"
            ) from error


class MessageForm(Baited, forms.ModelForm):
    class Meta:
        model = Message
        fields = ["name", "email", "text"]
        field_classes = {"name": Words, "email": Address, "text": Lines}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "text": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        most = gettext("At most 4,000 characters and {number} links.").format(number=MOST_LINKS)
        self.fields["text"].help_text = most

    def clean_text(self):
        text = self.cleaned_data["text"]
        if links_in(text) > MOST_LINKS:
            raise forms.ValidationError(
                gettext("A message takes at most {most_links} links. Take some out.").format(most_links=MOST_LINKS),
                code="too_many",
            )
        return text


class ReportForm(Baited, forms.ModelForm):
    ground = forms.ChoiceField(label=_("What is wrong with it?"), choices=Ground.choices, widget=forms.RadioSelect)

    class Meta:
        model = Report
        fields = ["ground", "text", "email"]
        field_classes = {"text": Lines, "email": Address}
        labels = {"text": _("In your own words"), "email": _("Your email")}
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "email": forms.EmailInput(attrs={"autocomplete": "email"})}
        help_texts = {
            "text": _("What you saw, and how you know. Moderators read it; the person you report does not."),
            "email": _("To hear what became of it. Nobody else sees it."),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ground") == Ground.OTHER and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", gettext("Say in a few words what is wrong."))
        return cleaned
