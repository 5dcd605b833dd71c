from django.utils.translation import gettext_lazy as _

from careers.forms import FacetFilter
from home.forms import AnyOf, OneOf, QueryField

from . import scales
from .words import UNCHECKED

ORDERS = [
    ("match", _("Best match")),
    ("gap", _("Closes most of the gap")),
    ("title", _("Title, A to Z")),
    ("shortest", _("Shortest first")),
    ("cheapest", _("Cheapest known first")),
]
NO_ROLE = [("", _("No role in particular"))]


def banded(bands):
    return [(name, words) for name, (words, *_) in bands.items()]


class CourseFilter(FacetFilter):
    """What a reader asks of the list of courses; the skills, providers and roles to choose from are the catalogue's."""

    q = QueryField(label=_("Search courses by title, provider or skill"))
    role = OneOf(label=_("For a role"), choices=NO_ROLE)
    skill = AnyOf(label=_("Teaches"))
    level = AnyOf(label=_("For"), choices=scales.CourseLevel.choices)
    cost = AnyOf(label=_("Cost"), choices=[*scales.Cost.choices, (scales.UNKNOWN, UNCHECKED)])
    hours = AnyOf(label=_("Hours"), choices=[*banded(scales.BANDS), (scales.UNKNOWN, UNCHECKED)])
    mode = AnyOf(label=_("How"), choices=scales.Mode.choices)
    age = AnyOf(label=_("Open at the age of"), choices=[*banded(scales.AGES), (scales.UNKNOWN, _("No age given"))])
    provider = AnyOf(label=_("Provider"))
    sort = OneOf(label=_("Sort by"), choices=ORDERS)

    FACETS = ("skill", "level", "cost", "hours", "mode", "age", "provider")
    OTHERS = ("role", "sort")

    def __init__(self, data, catalogue):
        super().__init__(data)
        self.catalogue = catalogue
        self.fields["role"].choices = [*NO_ROLE, *((role.slug, role.title) for role in catalogue.roles.values())]
        self.fields["skill"].choices = catalogue.skills
        self.fields["provider"].choices = catalogue.providers

    @property
    def role_asked(self):
        """The role to close the gap to, if one was chosen."""
        return self.catalogue.roles.get(self.cleaned_data["role"])
