"""The form of something that a counsellor arranged for students."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.words import clean

from ..models import Cohort, Connection, Encounter
from .cycles import A_DAY, WRONG_DAY
from .fields import HoursField
from .seen import SeenForm, mark_of

KEY = re.compile(r"[0-9]{1,18}")


class StudentsField(forms.ModelMultipleChoiceField):
    """Some of the counsellor's students, by their connections."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        if not all(KEY.fullmatch(str(each)) for each in value or ()):
            raise ValidationError(gettext("Choose among your students."), code="invalid_choice")
        return super().clean(value)

    def label_from_instance(self, connection):
        return connection.student_name or gettext("A student")


class EncounterForm(SeenForm):
    on = forms.DateField(label=_("Day"), error_messages=WRONG_DAY, **A_DAY)
    minutes = HoursField(label=_("Hours"), required=False, help_text=_("Such as 2 or 1:30."))
    students = StudentsField(Connection.objects.none(), label=_("Students who were there"), required=False)

    class Meta:
        model = Encounter
        fields = "title benchmark organisation on minutes cohort".split()
        labels = {
            "title": _("What it was"),
            "benchmark": _("Counts for"),
            "organisation": _("With whom"),
            "cohort": _("A whole group"),
        }
        help_texts = {"cohort": _("Counts for everybody who is in the group now and lets you see something.")}

    def __init__(self, *args, counsellor, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.counsellor = counsellor
        caseload = Connection.objects.of_counsellor(counsellor).order_by("student_name", "pk")
        self.fields["cohort"].queryset = Cohort.objects.visible_to(counsellor)
        self.fields["cohort"].error_messages["invalid_choice"] = gettext("Choose one of your groups.")
        self.fields["students"].queryset = caseload
        self.fields["students"].error_messages["invalid_choice"] = gettext("Choose among your students.")
        if self.instance.pk:
            self.initial["students"] = sorted(caseload.filter(encounters=self.instance).values_list("pk", flat=True))
            self.stored = {**self.stored, "students": self.initial["students"]}
            self.initial["seen"] = mark_of(self.stored)

    def clean_title(self):
        title = " ".join(clean(self.cleaned_data["title"]).split())
        if not title:
            raise ValidationError(gettext("Say what it was."))
        return title

    def clean_organisation(self):
        return clean(self.cleaned_data["organisation"])

    def clean(self):
        found = super().clean()
        if not any(found.get(name) or name in self.errors for name in ("cohort", "students")):
            self.add_error("students", gettext("Choose a group, or somebody who was there."))
        return found
