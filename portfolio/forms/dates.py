"""Which reminders a member wants, and in which time they live."""

from itertools import groupby

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import clocks, zones
from ..models import Profile


class DatesForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("Your time zone"), help_text=_("Your days begin and end by this clock."))

    class Meta:
        model = Profile
        fields = ["reminds_of_deadlines", "reminds_of_certificates", "hears_of_counselling", "time_zone"]
        labels = {
            "reminds_of_deadlines": _("Remind me of festival deadlines"),
            "reminds_of_certificates": _("Remind me of certificates that expire"),
            "hears_of_counselling": _("Tell me what is new from my counsellor"),
        }
        help_texts = {
            "reminds_of_deadlines": _(
                "One email 7 days before a deadline and one the day before, for what you have not sent yet."
            ),
            "reminds_of_certificates": _("One email 30 days before."),
            "hears_of_counselling": _("One email a day at most, without what was said."),
        }

    def __init__(self, *args, counsellor=None, **kwargs):
        self.counsellor = counsellor
        super().__init__(*args, **kwargs)
        if self.counsellor:
            self.fields["hears_as_counsellor"] = hears_as_counsellor(self.counsellor)
        self.fields["time_zone"].choices = by_region(self.instance.time_zone)

    def clean_time_zone(self):
        name = self.cleaned_data["time_zone"]
        if name not in clocks.known():
            raise forms.ValidationError(gettext("Choose a time zone from the list."), code="invalid_choice")
        return name

    @transaction.atomic
    def save(self):
        """The settings, written down with those of the counsellor that the member is, if they are one."""
        self.instance.save(update_fields=self._meta.fields)
        if self.counsellor:
            self.counsellor.hears_of_counselling = self.cleaned_data["hears_as_counsellor"]
            self.counsellor.save(update_fields=["hears_of_counselling"])
        return self.instance


def hears_as_counsellor(counsellor):
    words = {
        "label": gettext("Tell me what is new from my students"),
        "help_text": gettext("In the same email, without what was said."),
    }
    return forms.BooleanField(required=False, initial=counsellor.hears_of_counselling, **words)


def by_region(kept):
    """The zones under their regions; the one that is kept already stays choosable."""
    found = zones.choices(kept if kept in clocks.known() else "")
    groups = groupby(found, key=lambda choice: choice[0].partition("/")[0])
    named = [(region, [(name, clocks.city(name)) for name, _ in choices]) for region, choices in groups]
    return [(gettext("Everywhere") if region == "UTC" else region, choices) for region, choices in named]
