"""One form a kind of entry; it edits the spine and the kind's own half together."""

from dataclasses import dataclass
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.models import CareerPage, Festival
from home.words import clean

from .. import lifecycle, partial_dates, zones
from ..models import CPDActivity, Entry, FestivalSubmission, Internship, Project
from ..scales import PROTECTED, Judging, Kind, PitchPart, State, Submission, Visibility
from .fields import CURRENCIES, HoursField, LabelsField, PartialDateField, RuntimeField, StagesField

STATES = [choice for choice in State.choices if choice[0] != State.DRAFT]


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields of a form under a heading; a folded part opens on request, or when something in it is filled."""

    name: str
    title: str
    fields: tuple[str, ...]
    folded: bool = False


def field_of(column, **options):
    """The form field of a model's column, with the browser's own pickers for days and times."""
    if isinstance(column, models.DateField):
        options["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if isinstance(column, models.TimeField):
        options["widget"] = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    if isinstance(column, models.URLField):
        options |= {"assume_scheme": "https", "validators": [URLValidator(schemes=["http", "https"])]}
    if isinstance(column, models.TextField) and "widget" not in options:
        options["widget"] = forms.Textarea(attrs={"rows": 4})
    if column.choices and column.blank:
        options["choices"] = [("", "—"), *column.choices]
        return forms.ChoiceField(
            label=capfirst(column.verbose_name), required=False, choices=options["choices"], help_text=column.help_text
        )
    return column.formfield(**options)


class EntryForm(forms.ModelForm):
    started = PartialDateField(label=_("From"), help_text=_("A year, a month or a day, as far as you know it."))
    ended = PartialDateField(label=_("To"), required=False, help_text=_("Leave it empty if it is still going."))
    minutes = HoursField(label=_("Hours"), required=False, help_text=_("Such as 12, 7.5 or 7:30."))
    state = forms.ChoiceField(
        label=_("Where it stands"), choices=STATES, help_text=_("Only what is completed counts towards a role.")
    )
    stages = StagesField(label=_("Stages it touched"))
    visibility = forms.TypedChoiceField(label=_("Who can see it?"), coerce=int, widget=forms.RadioSelect)
    labels = LabelsField(
        label=_("Your own labels"),
        required=False,
        max_length=600,
        help_text=_("Words to find it by, with commas between. Nobody else sees them."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)

    kind: Kind
    parts: tuple[Part, ...]
    # Fields for which the page suggests names that the guide knows.
    suggestions = {"role": "roles"}

    def __init__(self, *args, owner, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = owner
        allowed = PROTECTED if owner.is_protected else Visibility
        self.fields["visibility"].choices = [(level.value, level.label) for level in allowed]
        entry = self.instance
        self.initial.setdefault("token", uuid4())
        self.initial.setdefault("stages", entry.stages)
        self.initial["version"] = entry.version
        if entry.pk:
            self.initial["labels"] = [label.name for label in entry.labels.all()]
        if entry.is_draft:
            self.initial["state"] = State.COMPLETED
        for name, suggested in self.suggestions.items():
            self.fields[name].widget.attrs["list"] = f"known-{suggested}"

    def clean(self):
        found = super().clean()
        for name, value in found.items():
            if isinstance(value, str):
                found[name] = clean(value, lines=isinstance(self.fields[name].widget, forms.Textarea))
        self.check_order(found)
        return found

    def check_order(self, found):
        started, ended = found.get("started"), found.get("ended")
        if started and ended and partial_dates.is_after(started, ended):
            self.add_error("ended", ValidationError(gettext("This ends before it starts. Check both dates."), code="order"))

    def known_names(self):
        """The lists of names that fields suggest, each with its id."""
        known = {
            "roles": CareerPage.objects.readable().order_by("title"),
            "festivals": Festival.objects.filter(live=True),
        }
        wanted = sorted(set(self.suggestions.values()))
        return [(f"known-{name}", known[name].values_list("title", flat=True)) for name in wanted]

    def shown_parts(self):
        """The parts with their bound fields, and whether each is open."""
        return [
            {"part": part, "fields": [self[name] for name in part.fields], "open": not part.folded or self.holds(part)}
            for part in self.parts
        ]

    def holds(self, part):
        """Whether something in the part is filled in or wrong."""
        empty = (None, "", [], False)
        return any(self[name].value() not in empty or (self.is_bound and name in self.errors) for name in part.fields)


WHAT = ("title", "role", "started", "ended", "minutes", "state")


class ProjectForm(EntryForm):
    kind = Kind.PROJECT
    runtime = RuntimeField(label=_("Length"), required=False, help_text=_("In minutes, or as 1:24:05."))
    pitch = forms.MultipleChoiceField(
        label=_("What the pitch package holds so far"),
        choices=PitchPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what is ready."),
    )

    class Meta:
        model = Project
        formfield_callback = field_of
        fields = """title role started ended minutes state organisation format runtime budget_band credit_kind uncredited_reason
            credited_as basis days_worked status original_title genres countries languages logline synopsis commissioner
            achievements shooting_format aspect_ratio is_own pitch description reflection visibility""".split()
        labels = {"title": _("Title"), "role": _("Your role"), "organisation": _("Production company")}
        help_texts = {
            "title": _("The film, programme or show."),
            "role": _("As credited. If it had no name, say what you were asked to be."),
            "budget_band": _("Only you see this."),
            "runtime": "",
            "days_worked": _("Days on the project, if you count in days."),
            "credited_as": _("If the credits spell your name another way."),
        }

    parts = (
        Part("basics", _("The basics"), WHAT),
        Part("project", _("The project"), ("format", "organisation", "runtime", "budget_band")),
        Part("credit", _("Your credit"), ("credit_kind", "credited_as", "uncredited_reason", "basis", "days_worked"), True),
        Part(
            "more",
            _("More about the project"),
            """status original_title genres countries languages logline synopsis commissioner achievements shooting_format
            aspect_ratio""".split(),
            True,
        ),
        Part("pitch", _("Your own project: the pitch package"), ("is_own", "pitch"), True),
    )

    def clean(self):
        found = super().clean()
        if found.get("credit_kind") == "uncredited" and not found.get("uncredited_reason"):
            self.add_error("uncredited_reason", ValidationError(gettext("Say why there is no credit."), code="required"))
        return found


class InternshipForm(EntryForm):
    kind = Kind.INTERNSHIP

    class Meta:
        model = Internship
        formfield_callback = field_of
        fields = """title role started ended minutes state placement organisation supervisor_name department site pay
            supervisor_role supervisor_email objectives outcome early_end_reason has_reference sign_off signed_on description
            reflection visibility""".split()
        labels = {"title": _("Title"), "role": _("Your role"), "organisation": _("Company or station")}
        help_texts = {
            "title": _("In a few words: Runner at a documentary company."),
            "supervisor_name": _("Only you see this."),
            "supervisor_email": _("Only you see this."),
            "early_end_reason": _("Only you see this."),
            "objectives": _("What you agreed to learn."),
        }

    parts = (
        Part("basics", _("The basics"), WHAT),
        Part("placement", _("The placement"), ("placement", "organisation", "supervisor_name")),
        Part(
            "terms",
            _("Terms and sign-off"),
            """department site pay supervisor_role supervisor_email objectives outcome early_end_reason has_reference sign_off
            signed_on""".split(),
            True,
        ),
    )


class FestivalForm(EntryForm):
    kind = Kind.FESTIVAL
    suggestions = {"organisation": "festivals"}
    ended = state = None
    work = forms.ModelChoiceField(label=_("Which project?"), queryset=Project.objects.none(), required=False)
    fee_currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    deadline_zone = forms.ChoiceField(label=_("In the time of"), required=False)

    class Meta:
        model = FestivalSubmission
        formfield_callback = field_of
        fields = """title organisation started minutes work edition category deadline_on deadline_time deadline_zone fee
            fee_currency submission_status judging_status award platform deadline_tier submitted_on fee_paid_on waiver_code
            tracking_number screener_link website city country notified_on announced_on event_starts event_ends premiere prize
            screenings description reflection visibility""".split()
        labels = {"title": _("What you enter"), "organisation": _("Festival"), "started": _("Date")}
        help_texts = {
            "title": _("The film, script or project."),
            "organisation": _("Choose one from the list, or type its name."),
            "edition": _("Such as 2026, or 14th."),
            "fee": _("Only you see this."),
            "waiver_code": _("Only you see this."),
            "tracking_number": _("Only you see this."),
            "screener_link": _("Only you see this."),
            "announced_on": _("A result is shown to others from this day on."),
        }

    parts = (
        Part("basics", _("The basics"), ("title", "organisation", "started", "minutes")),
        Part(
            "submission",
            _("The submission"),
            "work edition category deadline_on deadline_time deadline_zone fee fee_currency".split(),
        ),
        Part("status", _("Where it stands"), ("submission_status", "judging_status", "award")),
        Part(
            "sending",
            _("How it was sent"),
            "platform deadline_tier submitted_on fee_paid_on waiver_code tracking_number screener_link premiere".split(),
            True,
        ),
        Part(
            "festival",
            _("More about the festival"),
            "website city country notified_on announced_on event_starts event_ends prize screenings".split(),
            True,
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started"].label = gettext("Date")
        self.fields["started"].help_text = gettext("The day or month you send it, or sent it.")
        self.fields["work"].queryset = Project.objects.of(self.owner).order_by("-started", "-pk")
        self.fields["deadline_zone"].choices = zones.choices(self.instance.deadline_zone, gettext("Your own time zone"))
        if self.instance.pk:
            self.keep_status()
        if self.instance.fee_currency and (self.instance.fee_currency,) * 2 not in CURRENCIES:
            self.fields["fee_currency"].choices = [*CURRENCIES, (self.instance.fee_currency,) * 2]

    def keep_status(self):
        """A submission that is there moves on its own page, step by step; the form leaves its status alone."""
        del self.fields["submission_status"], self.fields["judging_status"]
        self.parts = tuple(
            Part(part.name, gettext("The result"), ("award",), True) if part.name == "status" else part for part in self.parts
        )

    def clean(self):
        found = super().clean()
        self.check_status(found)
        if found.get("fee") is not None and not found.get("fee_currency"):
            self.add_error("fee_currency", ValidationError(gettext("Say which currency the fee is in."), code="required"))
        self.instance.festival = Festival.objects.filter(live=True, title__iexact=found.get("organisation", "")).first()
        return found

    def check_status(self, found):
        status = lifecycle.Status(
            Submission(found.get("submission_status") or self.instance.submission_status),
            Judging(found.get("judging_status") or self.instance.judging_status),
        )
        try:
            lifecycle.check(status)
        except lifecycle.NotAllowed as reason:
            self.add_error("judging_status" if "judging_status" in self.fields else None, str(reason))
        self.instance.state = lifecycle.entry_state(status)


class CPDForm(EntryForm):
    kind = Kind.CPD
    suggestions = {}
    cost_currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    # The step of the member's plan that this finishes, by its key.
    step = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=10**17)

    class Meta:
        model = CPDActivity
        formfield_callback = field_of
        fields = """title activity started ended minutes state is_structured organisation url location aim outcome application
            next_step proof certificate_issuer certificate_number certificate_issued certificate_expires cost cost_currency
            funded_by description reflection visibility""".split()
        labels = {"title": _("Title"), "organisation": _("Provider"), "is_structured": _("It was structured")}
        help_texts = {
            "title": _("The course, event or thing you studied."),
            "is_structured": _("Planned by somebody, with set aims: a course or a workshop, not reading on the train."),
            "cost": _("Only you see this."),
            "funded_by": _("Only you see this."),
        }

    parts = (
        Part("basics", _("The basics"), ("title", "activity", "started", "ended", "minutes", "state")),
        Part("training", _("The training"), ("organisation", "is_structured")),
        Part("learning", _("What came of it"), ("aim", "outcome", "application", "next_step", "url", "location"), True),
        Part(
            "certificate",
            _("Certificate and proof"),
            ("proof", "certificate_issuer", "certificate_number", "certificate_issued", "certificate_expires"),
            True,
        ),
        Part("cost", _("Cost"), ("cost", "cost_currency", "funded_by"), True),
    )

    def clean(self):
        found = super().clean()
        issued, expires = found.get("certificate_issued"), found.get("certificate_expires")
        if issued and expires and expires < issued:
            self.add_error("certificate_expires", ValidationError(gettext("This is before the day it was issued."), code="order"))
        if found.get("cost") is not None and not found.get("cost_currency"):
            self.add_error("cost_currency", ValidationError(gettext("Say which currency the cost is in."), code="required"))
        return found


FORMS: dict[Kind, type[EntryForm]] = {form.kind: form for form in (ProjectForm, InternshipForm, FestivalForm, CPDForm)}
MODELS: dict[Kind, type[Entry]] = {kind: form._meta.model for kind, form in FORMS.items()}
