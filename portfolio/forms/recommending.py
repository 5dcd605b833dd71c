"""What a counsellor recommends: a gap to close, a course or a step in words, a note and a day."""

from functools import cached_property
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.models import Skill
from careers.skill_words import by_name
from courses.models import Course
from home.forms import Words

from ..counselling import courses, lacks
from ..counselling.recommending import Advice
from ..partial_dates import LAST_YEAR
from .bulk import Keys
from .steps import AsksOnce, WelcomeLines


class AdviceForm(AsksOnce, forms.Form):
    """A recommendation. The courses that it offers are the best for the skill, and what the search words find."""

    asks = ("note", _("Say why, in a sentence. To send it without a note, send it once more."))

    skill = forms.ModelChoiceField(Skill.objects.filter(live=True), label=_("To close"), required=False)
    q = Words(label=_("Search all courses"), max_length=100, required=False, widget=forms.SearchInput)
    course = forms.ModelChoiceField(
        Course.objects.filter(live=True).select_related("provider"),
        label=_("Course"),
        required=False,
        error_messages={"invalid_choice": _("This course is not in the guide any more. Choose another.")},
    )
    title = Words(label=_("In words"), max_length=200, required=False, help_text=_("Such as: shadow a line producer for a day."))
    note = WelcomeLines(label=_("Your note"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
    due_on = forms.DateField(
        label=_("Finish by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a day.")},
    )
    batch = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": _("Send it once more.")})

    is_looking = False

    def __init__(self, *args, reader="", lacking=(), choices=None, **kwargs):
        super().__init__(*args, auto_id="recommend_%s", **kwargs)
        self.lacking = list(lacking)
        if choices is None:
            choices = [(str(each.skill), each.label) for each in self.lacking] or by_name(
                Skill.objects.filter(live=True).values_list("pk", "title")
            )
        self.fields["skill"].widget.choices = [*choices, ("", gettext("No skill in particular"))]
        self.fields["note"].help_text = gettext("Say why this one, and why now. {reader} reads this first.").format(
            reader=reader or gettext("They")
        )
        self.initial.setdefault("batch", uuid4())
        self.initial.setdefault("skill", choices[0][0] if self.lacking or choices else "")

    @cached_property
    def wanted(self):
        """The key of the skill chosen so far, or None."""
        value = str(self["skill"].value() or "")
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None

    def look(self):
        """Show courses for what was chosen so far, and judge nothing of what was typed."""
        self.is_looking = True
        self._errors, self.cleaned_data = ErrorDict(), {}

    @cached_property
    def picks(self):
        """Triples of a course, its line and whether it is chosen: the best for the skill, then what the words find."""
        best = courses.best(self.wanted) if self.wanted else []
        found = courses.matching(self.fields["q"].to_python(self["q"].value() or ""))
        offered = {str(each.pk): each for each in [*best, *found, *self.typed_course()]}
        chosen = str(self["course"].value() or "") if self.is_bound else ""
        if chosen not in offered and not self["title"].value() and (self.is_looking or not self.is_bound):
            chosen = next(iter(offered), "")
        return [(each, courses.line(each), key == chosen) for key, each in offered.items()]

    def typed_course(self):
        """The course that was sent, so that it stays on the page; one for another skill goes when courses are looked for."""
        try:
            found = self.fields["course"].clean(self["course"].value()) if self.is_bound and not self.is_looking else None
        except ValidationError:
            found = None
        return [found] if found else []

    @property
    def is_in_words(self):
        return not any(is_chosen for *_, is_chosen in self.picks)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise ValidationError(gettext("This day is over. Choose a later one."), code="past")
        if day and day.year > LAST_YEAR:
            raise ValidationError(gettext("Choose a day before the end of {last_year}.").format(last_year=LAST_YEAR), code="late")
        return day

    def clean(self):
        found = super().clean()
        if not found.get("course") and not found.get("title") and not {"course", "title"} & set(self.errors):
            self.add_error("course", ValidationError(gettext("Choose a course, or write a step in words."), code="required"))
        self.ask_once(found)
        return found

    def advice(self):
        """What was chosen, as the services take it."""
        found = self.cleaned_data
        skill = found["skill"]
        role = next((each.role for each in self.lacking if skill and each.skill == skill.pk), None)
        words = {"title": found["title"], "note": found["note"], "due_on": found["due_on"]}
        return Advice(course=found["course"], skill=skill, career=role, **words)


class RecommendForm(AdviceForm):
    """A recommendation to one student, with what they miss if they share it."""

    def __init__(self, *args, connection, held=None, **kwargs):
        missing = lacks.of(connection.student_id, held) if connection.shares_gap else []
        super().__init__(*args, reader=connection.student_name or gettext("The student"), lacking=missing, **kwargs)


class StudentsForm(forms.Form):
    """The students who were ticked in the caseload, by the keys of their connections."""

    student = Keys()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["student"].error_messages["required"] = gettext("Tick the students first.")


class RecommendManyForm(AdviceForm):
    """One recommendation to several students; `missing` says who of them misses which skill."""

    needed = forms.BooleanField(
        label=_("Leave out whoever misses nothing there"),
        required=False,
        help_text=_("Of those who share what is missing."),
    )

    def __init__(self, *args, connections, **kwargs):
        self.connections = connections
        self.sharing = {each.student_id for each in connections if each.shares_gap}
        self.missing = lacks.of_many(self.sharing) if self.sharing else {}
        ranked = sorted(self.missing.items(), key=lambda item: (-len(item[1][1]), item[1][0]))
        choices = [(str(skill), f"{title}: {self.tally(len(who))}") for skill, (title, who) in ranked]
        super().__init__(*args, reader=gettext("Each of them"), choices=choices or None, **kwargs)
        self.initial.setdefault("needed", True)

    def tally(self, count):
        """How many of those chosen miss it: "4 of 6 lack it"."""
        return gettext("{count} of {connections} lack it").format(count=count, connections=len(self.connections))

    def covered(self):
        """The connections of those who share what is missing, and miss nothing of the chosen skill."""
        skill = self.cleaned_data["skill"]
        if not (skill and self.cleaned_data["needed"]):
            return []
        _, lacking = self.missing.get(skill.pk, ("", set()))
        return [each.pk for each in self.connections if each.shares_gap and each.student_id not in lacking]
