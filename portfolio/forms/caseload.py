"""What a counsellor asks of the list of students; every input is a valid question."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from home.forms import OneOf, PageNumber, QueryField
from home.words import fold

from ..counselling.attention import Status
from .people import Chip

NUDGE, NO_ROLE = "nudge", "-"
STATUSES = [
    ("", _("Any status")),
    (NUDGE, _("Could do with a nudge")),
    (Status.QUIET.value, _("Quiet")),
    (Status.NOT_STARTED.value, _("Not started")),
    (Status.SLOWING.value, _("Slowing")),
    (Status.ON_TRACK.value, _("On track or covered")),
]
ORDERS = [("attention", _("Needs attention first")), ("name", _("Name")), ("last", _("Last active"))]
KEYS = {
    "attention": lambda row: (*row.rank, fold(row.name), row.connection),
    "name": lambda row: (fold(row.name), row.connection),
    "last": lambda row: (-row.signs.last_logged.toordinal() if row.signs.last_logged else 0, fold(row.name), row.connection),
}


class CaseloadFilter(forms.Form):
    """A student's name, target role, group and status, and the order; offers the roles and groups that the rows have."""

    q = QueryField(label=_("Find a student"))
    role = OneOf(label=_("Target role"))
    cohort = OneOf(label=_("Group"))
    status = OneOf(label=_("Status"), choices=STATUSES)
    order = OneOf(label=_("Order"), choices=ORDERS)
    page = PageNumber()

    NARROWING = ("q", "role", "cohort", "status")

    def __init__(self, data, rows):
        super().__init__(data)
        self.rows = rows
        roles = {row.target.slug: row.target.title for row in rows if row.target and row.target.slug}
        cohorts = {str(row.cohort): row.cohort_name for row in rows if row.cohort}
        none = [(NO_ROLE, _("No role chosen"))] if any(row.signs.has_role is False for row in rows) else []
        self.fields["role"].choices = [("", _("Any role")), *by_label(roles), *none]
        self.fields["cohort"].choices = [("", _("Every group")), *by_label(cohorts)]

    def found(self):
        """The students whom the questions leave, in the order asked for."""
        return sorted(self.narrow(), key=KEYS[self.cleaned_data["order"]])

    def narrow(self, without=""):
        asked = {name: value for name, value in self.asked.items() if name != without}
        return [row for row in self.rows if all(fits(row, *each) for each in asked.items())]

    @property
    def asked(self):
        """The questions that are asked, by name."""
        return {name: self.cleaned_data[name] for name in self.NARROWING if self.cleaned_data[name]}

    @property
    def chips(self):
        return [Chip(name, self.label_of(name, value), self.address(**{name: ""})) for name, value in self.asked.items()]

    @property
    def drop(self):
        """The first question that somebody would be found without, and how many."""
        found = ((chip, len(self.narrow(without=chip.name))) for chip in self.chips)
        return next(((chip, number) for chip, number in found if number), None)

    def label_of(self, name, value):
        return f"“{value}”" if name == "q" else dict(self.fields[name].choices)[value]

    def address(self, **changed):
        """The list's address for what is asked, with something in it changed."""
        order = self.cleaned_data["order"]
        kept = {**self.asked, "order": order if order != "attention" else "", **changed}
        kept = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    @property
    def joint(self):
        """The address with what joins a page to it."""
        asked = self.address()
        return asked if asked == "?" else f"{asked}&"


def by_label(choices):
    return sorted(choices.items(), key=lambda choice: fold(choice[1]))


def fits(row, name, value):
    """Whether the student is one that the question leaves; what is not shared fits no question about it."""
    match name:
        case "q":
            return all(word in fold(row.name) for word in fold(value).split())
        case "role":
            return row.signs.has_role is False if value == NO_ROLE else bool(row.target) and row.target.slug == value
        case "cohort":
            return str(row.cohort) == value
    return row.status.needs_nudge if value == NUDGE else row.status == value
