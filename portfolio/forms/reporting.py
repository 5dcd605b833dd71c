"""What a report is about: a period and a group."""

from django import forms
from django.utils.translation import gettext

from ..counselling import reporting
from ..counselling.reports import Period
from ..models import Cohort
from .cycles import A_DAY, WRONG_DAY

LONGEST_YEARS = 5


class ReportFilter(forms.Form):
    """The days of a report, by the address `?from=&to=`; without them the school year. A counsellor's may be of one group."""

    def __init__(self, *args, today, counsellor=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["from"] = forms.DateField(label=gettext("From"), required=False, error_messages=WRONG_DAY, **A_DAY)
        self.fields["to"] = forms.DateField(label=gettext("To"), required=False, error_messages=WRONG_DAY, **A_DAY)
        if counsellor:
            mine = Cohort.objects.visible_to(counsellor)
            self.fields["group"] = forms.ModelChoiceField(
                mine, label=gettext("Group"), required=False, empty_label=gettext("All students")
            )
            self.fields["group"].error_messages["invalid_choice"] = gettext("Choose one of your groups.")

    def clean(self):
        found = super().clean()
        first, last = found.get("from"), found.get("to")
        if first and last and last < first:
            self.add_error("to", gettext("This is before the first day. Check both."))
        elif first and last and last.year - first.year > LONGEST_YEARS:
            self.add_error("to", gettext("Choose at most {longest_years} years.").format(longest_years=LONGEST_YEARS))
        return found

    @property
    def period(self):
        """The days asked for; the school year where they were not, or make no sense."""
        first, last = reporting.year_of(self.today)
        if self.is_valid():
            first, last = self.cleaned_data["from"] or first, self.cleaned_data["to"] or last
        return Period(first, max(first, last))

    @property
    def spans(self):
        """Periods to choose with one click, as words and addresses."""
        term, year = reporting.term_of(self.today), reporting.year_of(self.today)
        return [
            (words, f"?from={first}&to={last}")
            for words, (first, last) in ((gettext("This term"), term), (gettext("This year"), year))
        ]
