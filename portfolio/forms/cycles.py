"""The form of a CPD cycle, and what is asked of the page of hours."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.words import clean

from .. import training
from ..models import CPDCycle
from ..partial_dates import span_words
from .fields import HoursField
from .seen import SeenForm

A_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
WRONG_DAY = {"invalid": _("Give a day, such as 2026-01-31.")}
KEY = re.compile(r"(\d{4}-\d\d-\d\d)~(\d{1,18})")


class Hours(HoursField):
    """Hours, none if nothing is typed."""

    nothing = 0


class CycleForm(SeenForm):
    starts = forms.DateField(label=_("From"), help_text=_("The first day that counts."), error_messages=WRONG_DAY, **A_DAY)
    ends = forms.DateField(label=_("To"), help_text=_("The last day that counts."), error_messages=WRONG_DAY, **A_DAY)
    target_minutes = Hours(label=_("Hours to reach"), required=False, help_text=_("Such as 30 or 7:30. Empty means no target."))
    structured_minutes = Hours(
        label=_("Of these, structured at least"), required=False, help_text=_("Courses and workshops with set aims.")
    )
    carry_over_minutes = Hours(
        label=_("Most to carry over"),
        required=False,
        help_text=_("Hours to spare in the cycle before, if it has the same name."),
    )
    reduction_minutes = Hours(label=_("Taken off the target"), required=False, help_text=_("For leave or illness, for example."))

    class Meta:
        model = CPDCycle
        fields = """name body starts ends target_minutes structured_minutes carry_over_minutes reduction_minutes
            reduction_reason""".split()
        labels = {"name": _("Name"), "body": _("Set by"), "reduction_reason": _("Why")}
        error_messages = {"name": {"required": _("Give the cycle a name.")}}
        help_texts = {
            "name": _("One name makes cycles a series."),
            "body": _("You, your employer or a professional body."),
        }

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.owner = owner

    def clean_name(self):
        return " ".join(clean(self.cleaned_data["name"]).split())

    def clean_body(self):
        return clean(self.cleaned_data["body"])

    def clean_reduction_reason(self):
        return clean(self.cleaned_data["reduction_reason"])

    def clean(self):
        found = super().clean()
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", ValidationError(gettext("This is before the first day. Check both."), code="order"))
        elif starts and ends and found.get("name"):
            self.check_neighbours(found["name"], starts, ends)
        self.check_amounts(found)
        return found

    def check_neighbours(self, name, starts, ends):
        others = list(CPDCycle.objects.visible_to(self.instance.owner).exclude(pk=self.instance.pk))
        if not self.instance.pk and len(others) >= training.MOST_CYCLES:
            raise ValidationError(
                gettext("You have {most_cycles} cycles, which is the most there can be. Delete one first.").format(
                    most_cycles=training.MOST_CYCLES
                )
            )
        same = training.is_shared(name, starts, ends, others)
        if same:
            sentence = gettext("{same} shares days with these. Change the days or the name.").format(same=words(same))
            self.add_error("starts", ValidationError(sentence, code="overlap"))

    def check_amounts(self, found):
        target = found.get("target_minutes") or 0
        if target and (found.get("structured_minutes") or 0) > target:
            self.add_error("structured_minutes", ValidationError(gettext("This is more than the hours to reach."), code="order"))
        if (found.get("reduction_minutes") or 0) > target:
            self.add_error("reduction_minutes", ValidationError(gettext("This is more than the hours to reach."), code="order"))

    def save(self, commit=True):
        """The cycle, one version further if it was there before."""
        self.instance.version += bool(self.instance.pk)
        return super().save(commit)


def words(cycle):
    return f"“{cycle.name}” ({span_words(cycle.starts.isoformat(), cycle.ends.isoformat())})"


class HoursFilter(forms.Form):
    """Which cycle to look at, and where in its list; every input is a valid question."""

    cycle = forms.CharField(required=False)
    after = forms.CharField(required=False)

    def chosen(self, courses):
        """The cycle asked for, or else the first."""
        return next((course for course in courses if course.row and str(course.row.pk) == self.data.get("cycle")), courses[0])

    def beyond(self, activities):
        """The activities after the key, all of them for a key that is none."""
        found = KEY.fullmatch(self.data.get("after", ""))
        if not found:
            return activities
        day, pk = found[1], int(found[2])
        return activities.filter(Q(counts_on__lt=day) | Q(counts_on=day, pk__lt=pk))


def key_of(activity):
    return f"{activity.counts_on}~{activity.pk}"
