"""Rows that belong to an entry: evidence, links, files, fellow workers, weeks. An emptied row is a row taken out."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.models import Skill, SkillRequirement
from careers.scales import Family, Level
from careers.skill_words import by_name
from home.words import clean

from ..files import cleaning
from .fields import HoursField

BLANK_ROWS = 2


class Row(forms.Form):
    """A row of which nothing is asked while it is empty."""

    needs = ""

    def has_changed(self):
        return any(self[name].data not in (None, "", []) for name in self.fields if name != "key")

    def clean(self):
        found = super().clean()
        for name, value in found.items():
            if isinstance(value, str):
                found[name] = clean(value, lines=isinstance(self.fields[name].widget, forms.Textarea))
        return found


class Rows(BaseFormSet):
    """A formset whose rows() are what is filled in."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.empty_permitted, form.use_required_attribute = True, False
        return form

    @property
    def empty_form(self):
        form = super().empty_form
        form.use_required_attribute = False
        return form

    def rows(self):
        """The cleaned data of the rows that hold something, in their order."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data]

    @property
    def filled(self):
        return any(form.has_changed() if self.is_bound else form.initial for form in self.forms)


class EvidenceRow(Row):
    skill = forms.TypedChoiceField(
        coerce=int, label=_("Skill"), error_messages={"required": _("Choose the skill this is about.")}
    )
    level = forms.TypedChoiceField(
        coerce=int,
        label=_("How did you use it?"),
        choices=[("", "—"), *Level.choices],
        error_messages={"required": _("Say how you used it.")},
    )
    note = forms.CharField(label=_("In a few words"), max_length=255, required=False)

    def __init__(self, *args, skills, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = skills


class EvidenceRows(Rows):
    def clean(self):
        chosen = [form.cleaned_data["skill"] for form in self.forms if form.cleaned_data.get("skill")]
        for form in self.forms:
            if form.cleaned_data.get("skill") and chosen.count(form.cleaned_data["skill"]) > 1:
                form.add_error("skill", gettext("This skill is named twice; an entry is one piece of evidence for a skill."))
                raise ValidationError(gettext("Name each skill once."))


class LinkRow(Row):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"required": _("Give the address."), "invalid": _("Write an address such as https://example.org/clip.")},
    )
    label = forms.CharField(label=_("What it shows"), max_length=120, required=False)


class CollaboratorRow(Row):
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Give the name.")})
    credit = forms.CharField(label=_("Credit"), max_length=120, required=False)


class WeekRow(Row):
    starts = forms.DateField(
        label=_("Week of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say which week."), "invalid": _("Give a day of that week.")},
    )
    minutes = HoursField(label=_("Hours"), required=False)
    tasks = forms.CharField(label=_("What you did"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reflection = forms.CharField(
        label=_("What you take from it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    initials = forms.CharField(label=_("Supervisor’s initials"), max_length=8, required=False)


class UploadRow(Row):
    file = forms.FileField(label=_("File"), max_length=255, error_messages={"required": _("Choose the file again.")})
    alt = forms.CharField(label=_("What can be seen or heard"), max_length=255, required=False)
    captions = forms.FileField(label=_("Captions (.vtt)"), required=False)

    def clean_file(self):
        return accepted(cleaning.clean, self.cleaned_data["file"])

    def clean_captions(self):
        upload = self.cleaned_data["captions"]
        return accepted(cleaning.captions, upload) if upload else None


class KeptRow(Row):
    """A file the entry has already."""

    key = forms.IntegerField(widget=forms.HiddenInput)
    alt = forms.CharField(label=_("What can be seen or heard"), max_length=255, required=False)
    captions = forms.FileField(label=_("Captions (.vtt)"), required=False)
    remove = forms.BooleanField(label=_("Take this file out"), required=False)

    def has_changed(self):
        return True

    clean_captions = UploadRow.clean_captions


def accepted(look, upload):
    try:
        return look(upload)
    except cleaning.Refused as reason:
        raise ValidationError(str(reason), code="refused") from reason


def rows(form, most, formset=Rows, extra=BLANK_ROWS):
    return formset_factory(
        form, formset=formset, extra=extra, max_num=most, validate_max=True, absolute_max=most + 20, can_delete=False
    )


EvidenceFormSet = rows(EvidenceRow, 20, EvidenceRows)
LinkFormSet = rows(LinkRow, 10, extra=1)
CollaboratorFormSet = rows(CollaboratorRow, 60)
WeekFormSet = rows(WeekRow, 60, extra=1)
UploadFormSet = rows(UploadRow, 20, extra=1)
KeptFormSet = rows(KeptRow, 40, extra=0)


def skill_choices(owner, kept=()):
    """The published skills for a select: those that target roles ask for first, the rest by family; `kept` ids stay."""
    skills = list(Skill.objects.filter(live=True).values_list("pk", "title", "family"))
    targets = owner.goals.exclude(career=None).values("career")
    wanted = set(SkillRequirement.objects.filter(page__in=targets).values_list("skill", flat=True))
    groups = [(gettext("Asked for by your target roles"), by_name((pk, title) for pk, title, _ in skills if pk in wanted))]
    groups += [
        (family.label, by_name((pk, title) for pk, title, kin in skills if kin == family and pk not in wanted))
        for family in Family
    ]
    gone = set(kept) - {pk for pk, *_ in skills}
    kept_ones = Skill.objects.filter(pk__in=gone).values_list("pk", "title") if gone else []
    groups.append((gettext("No longer in the guide"), by_name(kept_ones)))
    return [("", "—"), *((name, found) for name, found in groups if found)]
