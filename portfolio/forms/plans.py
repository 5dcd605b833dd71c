"""The form of a plan, with its goals and what is to be done for each; and what both sides say about it."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.models import Skill
from careers.skill_words import by_name

from ..counselling.outlines import Aim, Outline, Task, written
from ..counselling.plans import MOST_ACTIONS, MOST_GOALS
from ..scales import ActionState, Side
from .editor import errors_of
from .endorsing import Line, Words
from .rows import Row, rows

A_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}
WRONG_DAY = {"invalid": _("Give a day, such as 2026-01-31.")}
FIRST_YEAR, LAST_YEAR = 2000, 2100
MORE_ROWS = 2


class Day(forms.DateField):
    """A day of our time, or none."""

    def __init__(self, **kwargs):
        super().__init__(error_messages=WRONG_DAY, **{**A_DAY, **kwargs})

    def clean(self, value):
        found = super().clean(value)
        if found and not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValidationError(
                gettext("Give a day between {first_year} and {last_year}.").format(first_year=FIRST_YEAR, last_year=LAST_YEAR),
                code="range",
            )
        return found


class PlanForm(forms.Form):
    title = Line(label=_("Title"), max_length=160, error_messages={"required": _("Give the plan a title.")})
    review_on = Day(label=_("Look at it again on"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class GoalRow(Row):
    text = Line(label=_("Goal"), max_length=300, error_messages={"required": _("Write the goal that this is for.")})
    skill = forms.TypedChoiceField(label=_("Skill"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, skills, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = skills


class ActionRow(Row):
    text = Line(label=_("What is to be done"), max_length=300, error_messages={"required": _("Say what is to be done by then.")})
    whose = forms.ChoiceField(label=_("Who does it"), choices=Side.choices, initial=Side.STUDENT)
    due_on = Day(label=_("By"))

    def has_changed(self):
        return any(self[name].data for name in ("text", "due_on"))


GoalFormSet = rows(GoalRow, MOST_GOALS, extra=1)
ActionFormSet = rows(ActionRow, MOST_ACTIONS, extra=1)


class PlanEditor:
    """A plan as it is written: its form, and its goals, each with the actions for it; judged once data is given."""

    def __init__(self, text, data=None):
        self.text, self.data = text, data
        self.initial = {"title": text.title, "review_on": text.review_on, "seen": text.mark}
        self.skills = skill_choices(text)
        self.build()

    def build(self):
        aims = self.text.aims
        self.form = PlanForm(self.data, initial=self.initial)
        initial = [{"text": aim.text, "skill": aim.skill} for aim in aims]
        self.goals = GoalFormSet(self.data, prefix="goals", initial=initial, form_kwargs={"skills": self.skills})
        tasks = [aim.tasks for aim in aims] + [()] * (len(self.goals.forms) - len(aims))
        self.pairs = list(zip(self.goals.forms, map(self.actions, range(len(tasks)), tasks), strict=False))

    def actions(self, number, tasks):
        initial = [{"text": task.text, "whose": task.whose, "due_on": task.due_on} for task in tasks]
        return ActionFormSet(self.data, prefix=f"goals-{number}-actions", initial=initial)

    @property
    def parts(self):
        return [self.goals, *(actions for _, actions in self.pairs)]

    def is_valid(self):
        """Whether it may be saved; all of it is looked at, so that all that is wrong is said at once."""
        sound = [self.form.is_valid(), *(each.is_valid() for each in self.parts)]
        for goal, actions in self.pairs:
            if actions.is_valid() and actions.rows() and not goal.has_changed():
                goal.add_error("text", goal.fields["text"].error_messages["required"])
                sound.append(False)
        return all(sound)

    def errors(self):
        """Everything to fix, as pairs of the id of an input (empty for the whole form) and a sentence."""
        found = list(errors_of(self.form))
        for each in self.parts:
            found += [("", error) for error in each.non_form_errors()]
            found += [pair for form in each for pair in errors_of(form)]
        return found

    def grow(self, prefix):
        """Two more rows of the goals, or of a goal's actions; nothing that was typed is judged yet."""
        if prefix in {each.prefix for each in self.parts}:
            self.data = self.data.copy()
            name = f"{prefix}-TOTAL_FORMS"
            count = str(self.data.get(name))
            self.data[name] = str(min(int(count) + MORE_ROWS, MOST_ACTIONS)) if count.isdecimal() and len(count) < 4 else "2"
            self.build()
        for form in [self.form, *(form for each in self.parts for form in each)]:
            form._errors, form.cleaned_data = ErrorDict(), {}
        for each in self.parts:
            each._errors, each._non_form_errors = [], ErrorList()

    def outline(self):
        """The plan as typed."""
        said = self.form.cleaned_data
        filled = [(goal.cleaned_data, actions.rows()) for goal, actions in self.pairs if goal.cleaned_data]
        aims = (Aim(goal["text"], goal["skill"], tuple(Task(**row) for row in tasks)) for goal, tasks in filled)
        return Outline(said["title"], said["review_on"], tuple(aims))

    def differences(self, now):
        """What was typed beside what stands saved, where they differ."""
        typed = self.outline()
        rows = [
            (gettext("Title"), typed.title, now.title),
            (gettext("Look at it again on"), typed.review_on, now.review_on),
            (gettext("Goals"), written(typed), written(now)),
        ]
        return [{"label": label, "typed": mine, "saved": saved} for label, mine, saved in rows if mine != saved]

    def agree(self, now):
        """Take what stands saved for seen."""
        self.form.data = self.form.data.copy()
        self.form.data["seen"] = now.mark


def skill_choices(text):
    """The published skills, and those the plan names already."""
    kept = {aim.skill for aim in text.aims if aim.skill}
    rows = Skill.objects.values_list("pk", "title", "live")
    return [("", "—"), *by_name((pk, title) for pk, title, is_live in rows if is_live or pk in kept)]


class OfferedForm(forms.Form):
    """What the counsellor does with a plan; `seen` is the mark of the text that was read."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("offer", "take-back", "discard", "close")])
    seen = forms.CharField(required=False, max_length=64)


class AnswerForm(forms.Form):
    """What the student says to a plan that was offered."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("agree", "changes", "refuse", "close")])
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    words = Words(
        rows=3,
        label=_("In your words"),
        max_length=360,
        help_text=_("What should be different, or why not. Your counsellor reads this."),
    )

    def clean(self):
        found = super().clean()
        if found.get("do") == "changes" and not found.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Say what should be different."))
        return found


class StateForm(forms.Form):
    """Where an action stands."""

    state = forms.ChoiceField(choices=ActionState.choices)


class OwnActionForm(forms.Form):
    """Something more that the student takes on."""

    goal = forms.TypedChoiceField(label=_("For which goal"), coerce=int, error_messages={"required": _("Choose the goal.")})
    text = Line(label=_("What you will do"), max_length=300, error_messages={"required": _("Say what you will do.")})
    due_on = Day(label=_("By"))

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [(goal.pk, goal.text) for goal in plan.goals.all()]
