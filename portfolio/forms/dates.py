"""Which reminders a member wants, and in which time they live."""

from itertools import groupby

from django import forms

from .. import clocks, zones
from ..models import Profile


class DatesForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label="Your time zone", help_text="Your days begin and end by this clock.")

    class Meta:
        model = Profile
        fields = ["reminds_of_deadlines", "reminds_of_certificates", "time_zone"]
        labels = {
            "reminds_of_deadlines": "Remind me of festival deadlines",
            "reminds_of_certificates": "Remind me of certificates that expire",
        }
        help_texts = {
            "reminds_of_deadlines": "One email 7 days before a deadline and one the day before, for what you have not sent yet.",
            "reminds_of_certificates": "One email 30 days before.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = by_region(self.instance.time_zone)

    def clean_time_zone(self):
        name = self.cleaned_data["time_zone"]
        if name not in clocks.known():
            raise forms.ValidationError("Choose a time zone from the list.", code="invalid_choice")
        return name


def by_region(kept):
    """The zones under their regions; the one that is kept already stays choosable."""
    found = zones.choices(kept if kept in clocks.known() else "")
    groups = groupby(found, key=lambda choice: choice[0].partition("/")[0])
    named = [(region, [(name, clocks.city(name)) for name, _ in choices]) for region, choices in groups]
    return [("Everywhere" if region == "UTC" else region, choices) for region, choices in named]
