from django import forms

from home.forms import AnyOf, OneOf, PageNumber, QueryField

from . import scales

ORDERS = [("match", "Best match"), ("title", "Title, A to Z"), ("rung", "First jobs first")]


class CareerFilter(forms.Form):
    """What a reader asks of the list of careers: words, facets, order and page. Every input is a valid question."""

    q = QueryField(label="Search careers by title, skill or task")
    line = AnyOf(label="Where it sits", choices=scales.Line.choices)
    stage = AnyOf(label="Production stage", choices=[(str(value), label) for value, label in scales.Stage.choices])
    experience = AnyOf(label="Before you start", choices=scales.Experience.choices)
    department = AnyOf(label="Department", choices=scales.Department.choices)
    interest = AnyOf(label="Working interests", choices=scales.Holland.choices)
    sort = OneOf(label="Sort by", choices=ORDERS)
    page = PageNumber()

    FACETS = ("line", "stage", "experience", "department", "interest")

    @property
    def chosen(self):
        return {facet: self.cleaned_data[facet] for facet in self.FACETS}

    def label_of(self, facet, value):
        return dict(self.fields[facet].choices)[value]
