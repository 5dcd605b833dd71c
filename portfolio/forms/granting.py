"""What a student lets a counsellor see, and until when; asking a counsellor; typing a code."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.wording import day_words

from .. import asking, clocks
from ..counselling import codes, terms
from ..counselling.connecting import Grant
from ..counselling.handing import working
from ..models import Connection
from ..scales import Scope
from .endorsing import Line, Words

YEAR, MONTHS, DATE, KEEP = "year", "months", "date", "keep"
A_FEW = 3
# What each switch opens, and what it does not.
TOLD = {
    Scope.PROFILE: (
        _("What you wrote on your portfolio: your line, role, place, languages, links and what you look for."),
        _("Not your email address, and none of your entries."),
    ),
    Scope.ENTRIES: (
        _("Entries that you set to “My counsellor” or wider, with their skills and files. They can comment and confirm."),
        _("Not what is set to “Only me”. Never drafts, reflections, fees, contacts or labels."),
    ),
    Scope.GAP: (
        _("The roles you aim at, and for each skill how much you have shown and what is missing."),
        _("Not the entries behind the numbers, unless you share those too."),
    ),
    Scope.PLAN: (
        _("The courses and steps they recommend, your answers to them, and the goals you agree on together."),
        _("Not the steps that you put on your plan for yourself alone."),
    ),
}


class GrantForm(forms.Form):
    """One switch for each part, none of them on before the student turns it on; a name, and a last day."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    name = Line(
        label=_("Your name, as the counsellor sees it"),
        max_length=120,
        error_messages={"required": _("Give a name, so that they know who you are.")},
    )
    profile = forms.BooleanField(label=Scope.PROFILE.label, required=False)
    entries = forms.BooleanField(label=Scope.ENTRIES.label, required=False)
    gap = forms.BooleanField(label=Scope.GAP.label, required=False)
    plan = forms.BooleanField(label=Scope.PLAN.label, required=False)
    until = forms.ChoiceField(
        label=_("Until when"), widget=forms.RadioSelect, error_messages={"required": _("Choose until when they see it.")}
    )
    until_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only if you chose a date. At most a year from now."),
        error_messages={"invalid": _("Give a day.")},
    )

    def __init__(self, *args, student, profile, now, connection=None, asked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.zone, self.today = clocks.clock(profile.time_zone), clocks.today(now, profile.time_zone)
        self.connection, self.asked, self.now = connection, asked, now
        if student.is_protected:
            self.fields["name"].help_text = gettext("A first name is enough.")
        self.initial = {**self.starting(student, profile), **self.initial}
        self.fields["until"].choices = self.ways()

    def starting(self, student, profile):
        """What stands in the form at first: nothing is shared that was not shared before."""
        held = self.connection
        if not held:
            return {"name": profile.display_name if student.is_protected else asking.name_of(student), "until": MONTHS}
        shared = {scope.value: scope in held.shared for scope in Scope}
        until = KEEP if self.is_running else MONTHS
        return {"name": held.student_name, "until": until, "version": held.version, **shared}

    @property
    def is_running(self):
        """Whether it has an end that is still to come, and so can stay as it is."""
        return bool(self.connection and self.connection.ends_at and self.connection.ends_at > self.now)

    def ways(self):
        """The ends on offer, by their names."""
        year, months = terms.school_year_ends(self.today), terms.months_later(self.today, A_FEW)
        kept = terms.last_day(self.connection.ends_at, self.zone) if self.is_running else None
        found = [(KEEP, gettext("As it is: until {kept}").format(kept=day_words(kept)))] if kept else []
        found += [
            (MONTHS, gettext("For three months: until {months}").format(months=day_words(months))),
            (YEAR, gettext("To the end of the school year: {year}").format(year=day_words(year))),
        ]
        return [*found, (DATE, gettext("Until a date"))]

    @property
    def switches(self):
        """Each scope's field, with what it opens, what it does not, and whether the counsellor asks for it."""
        return [(self[scope.value], *TOLD[scope], scope in self.asked) for scope in Scope]

    def clean(self):
        found = super().clean()
        if found.get("until") != DATE:
            return found
        last = found.get("until_on")
        if not last and "until_on" not in self.errors:
            self.add_error("until_on", ValidationError(gettext("Give the last day."), code="required"))
        elif last and last < self.today:
            self.add_error("until_on", ValidationError(gettext("This day is over. Choose a later one."), code="past"))
        elif last and last > terms.latest(self.today):
            self.add_error(
                "until_on", ValidationError(gettext("A year is the longest. You can prolong it any day."), code="long")
            )
        return found

    def given(self):
        """What was chosen, as the services take it."""
        scopes = frozenset(scope for scope in Scope if self.cleaned_data[scope.value])
        return Grant(self.cleaned_data["name"], scopes, self.ends_at())

    def ends_at(self):
        until = self.cleaned_data["until"]
        if until == KEEP:
            return self.connection.ends_at
        days = {YEAR: terms.school_year_ends(self.today), MONTHS: terms.months_later(self.today, A_FEW)}
        return terms.end_of(days.get(until) or self.cleaned_data["until_on"], self.zone)

    @property
    def seen(self):
        """The version of what the student was shown."""
        return self.cleaned_data.get("version") or 0

    def differences(self):
        """What was chosen beside what stands saved, for each part that differs."""
        saved = {"name": self.connection.student_name, **{scope.value: scope in self.connection.shared for scope in Scope}}
        typed = {name: self.cleaned_data[name] for name in saved}
        return [
            {"label": self[name].label, "saved": in_words(saved[name]), "typed": in_words(typed[name])}
            for name in saved
            if saved[name] != typed[name]
        ]

    def agree(self):
        """Take what stands saved for seen."""
        self.data = self.data.copy()
        self.data["version"] = self.connection.version


def in_words(value):
    return value if isinstance(value, str) else gettext("Shared") if value else gettext("Not shared")


class AnswerHandoverForm(forms.Form):
    do = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])


class CodeForm(forms.Form):
    """The code that a counsellor gave out."""

    code = Line(
        label=_("The code"),
        max_length=40,
        help_text=_("Eight letters and digits, such as ACDE-3467. Capitals and spaces do not matter."),
        error_messages={"required": _("Type the code that your counsellor gave you.")},
    )

    def clean_code(self):
        code = codes.read(self.cleaned_data["code"])
        if not code:
            raise ValidationError(gettext("A code has eight letters and digits. Check it, letter by letter."), code="invalid")
        return code


class CounsellorChoice(forms.ModelChoiceField):
    """One of the counsellors, by the key of the account: no column of the counsellor's own, so nothing else bounds it."""

    def to_python(self, value):
        if value and not (str(value).isascii() and str(value).isdecimal() and len(str(value)) < 19):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class AskCounsellorForm(forms.ModelForm):
    """Whom to ask, as who, and what about."""

    counsellor = CounsellorChoice(
        label=_("Who"),
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom to ask."), "invalid_choice": _("Choose somebody from the list.")},
    )

    class Meta:
        model = Connection
        fields = ["student_name", "message"]
        field_classes = {"student_name": Line}

    message = Words(label=_("What you would like help with"), max_length=600, help_text=_("They read this before they answer."))
    field_order = ["counsellor", "student_name", "message"]

    def __init__(self, *args, student, profile, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["counsellor"].queryset = working().filter(takes_requests=True).exclude(user=student).order_by("name", "pk")
        name = self.fields["student_name"]
        name.required, name.error_messages["required"] = True, gettext("Give a name, so that they know who asks.")
        name.help_text = gettext("A first name is enough.") if student.is_protected else ""
        self.initial["student_name"] = profile.display_name if student.is_protected else asking.name_of(student)
