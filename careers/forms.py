from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from home.forms import AnyOf, OneOf, PageNumber, QueryField

from . import scales

ORDERS = [("match", _("Best match")), ("title", _("Title, A to Z")), ("rung", _("First jobs first"))]


class FacetFilter(forms.Form):
    """What a reader asks of a list: words, facets, order and page. Every input is a valid question."""

    q = QueryField()
    page = PageNumber()

    FACETS = ()
    # What the address keeps besides, and which is not the default.
    OTHERS = ("sort",)

    @property
    def chosen(self):
        return {facet: self.cleaned_data[facet] for facet in self.FACETS}

    @property
    def is_narrowed(self):
        """Whether anything is asked beyond the whole list in its own order."""
        return self.address() != "?"

    def label_of(self, facet, value):
        return dict(self.fields[facet].choices)[value]

    def address(self, page=1, **changes):
        """The list's address for what is asked, with the changes and without what is empty or the default."""
        asked = {**self.cleaned_data, **changes}
        kept = [("q", asked["q"])] if asked["q"] else []
        kept += [(facet, value) for facet in self.FACETS for value in asked[facet]]
        kept += [(name, asked[name]) for name in self.OTHERS if asked[name] != self.fields[name].choices[0][0]]
        kept += [("page", page)] if page > 1 else []
        return f"?{urlencode(kept)}" if kept else "?"


class CareerFilter(FacetFilter):
    """What a reader asks of the list of careers."""

    q = QueryField(label=_("Search careers by title, skill or task"))
    line = AnyOf(label=_("Where it sits"), choices=scales.Line.choices)
    stage = AnyOf(label=_("Production stage"), choices=[(str(value), label) for value, label in scales.Stage.choices])
    experience = AnyOf(label=_("Before you start"), choices=scales.Experience.choices)
    department = AnyOf(label=_("Department"), choices=scales.Department.choices)
    interest = AnyOf(label=_("Working interests"), choices=scales.Holland.choices)
    sort = OneOf(label=_("Sort by"), choices=ORDERS)

    FACETS = ("line", "stage", "experience", "department", "interest")


class CountryForm(forms.Form):
    """Whose figures the machine-readable part of a profile gives; anything but a country is no choice."""

    country = OneOf(choices=[("", ""), *scales.Country.choices])


class CompareForm(forms.Form):
    """The roles to set side by side, by their slugs. Whatever is asked is a question; what cannot be answered is said."""

    role = forms.MultipleChoiceField(label=_("Career"), required=False)

    def __init__(self, data, titles, most):
        super().__init__(data)
        self.titles, self.most = titles, most

    @property
    def asked(self):
        return list(dict.fromkeys(slug for slug in self.data.getlist("role") if slug))

    @property
    def known(self):
        return [slug for slug in self.asked if slug in self.titles]

    @property
    def chosen(self):
        """The first roles asked for that the guide has, each once."""
        return self.known[: self.most]

    @property
    def unknown(self):
        """How many of the roles asked for the guide does not have."""
        return len(self.asked) - len(self.known)

    @property
    def left_out(self):
        """The titles of the roles for which there is no room."""
        return [self.titles[slug] for slug in self.known[self.most :]]

    def without(self, slug):
        """The address of the comparison without one of its roles."""
        return f"?{urlencode([('role', each) for each in self.chosen if each != slug])}"

    @property
    def slots(self):
        """What each of the selects holds: the roles chosen, and an empty one for each that can be added."""
        return [*self.chosen, *[""] * (self.most - len(self.chosen))]


class PaperForm(forms.Form):
    """The paper of a guide to take away; what is no paper is A4."""

    paper = OneOf(choices=[("a4", gettext_lazy("A4")), ("letter", gettext_lazy("US Letter"))])

    @property
    def chosen(self):
        self.is_valid()
        return self.cleaned_data["paper"]
