"""What a reader asks of the directory; every input is a valid question."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careers.models import CareerPage, Skill
from careers.skill_words import by_name
from home.forms import OneOf, QueryField

from .. import finding
from ..scales import Availability
from .filters import Key

LOOKING = (Availability.OPEN, Availability.FROM)
MOST_SKILLS = 400


@dataclass(frozen=True, slots=True)
class Chip:
    """A question that is asked, and the address without it."""

    name: str
    label: str
    address: str


class PeopleFilter(forms.Form):
    """Words, role, skill and availability: two statements for what can be chosen from."""

    q = QueryField(label=_("Search people by name, headline or place"))
    role = OneOf(label=_("Role"))
    skill = OneOf(label=_("Skill, with evidence"))
    availability = OneOf(label=_("Availability"), choices=[("", _("Any")), *((each.value, each.label) for each in LOOKING)])
    after = Key(required=False)

    NARROWING = ("q", "role", "skill", "availability")

    def __init__(self, data):
        super().__init__(data)
        roles = CareerPage.objects.readable().order_by("title").values_list("slug", "title")
        skills = by_name(Skill.objects.filter(live=True).order_by("title").values_list("slug", "title")[:MOST_SKILLS])
        self.fields["role"].choices = [("", gettext("Any")), *roles]
        self.fields["skill"].choices = [("", gettext("Any")), *skills]

    def narrow(self, people, without=""):
        """The people whom the questions leave; `without` names one that is not asked."""
        asked = {name: value for name, value in self.asked.items() if name != without}
        people = finding.called(people, asked.get("q", ""))
        if "role" in asked:
            people = people.filter(career__slug=asked["role"])
        if "skill" in asked:
            people = finding.showing(people, asked["skill"])
        if "availability" in asked:
            people = people.filter(availability=asked["availability"])
        return people

    @property
    def asked(self):
        """The questions that are asked, by name."""
        return {name: self.cleaned_data[name] for name in self.NARROWING if self.cleaned_data[name]}

    @property
    def chips(self):
        return [Chip(name, self.label_of(name, value), self.address(**{name: ""})) for name, value in self.asked.items()]

    def label_of(self, name, value):
        return f"“{value}”" if name == "q" else dict(self.fields[name].choices)[value]

    def address(self, **changed):
        """The directory's address for what is asked, with something in it changed."""
        kept = {name: value for name, value in {**self.asked, **changed}.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"
