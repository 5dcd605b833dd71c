from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from home.languages import here
from home.models import GuideSnippet

from ..scales import Country, FestivalFact
from .catalogue import Checked


class Ticks(forms.MultipleChoiceField):
    """Choices ticked in a form and kept as one text, with commas between them."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return list(filter(None, value.split(", "))) if isinstance(value, str) else value

    def clean(self, value):
        return ", ".join(super().clean(value))

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class FestivalForm(WagtailAdminModelForm):
    to_check = Ticks(
        choices=FestivalFact,
        required=False,
        label=gettext_lazy("Facts to check"),
        help_text=gettext_lazy("Tick each fact that the source does not say: readers see it apart, marked as not checked yet."),
    )


class Festival(Checked, GuideSnippet):
    """A real festival or award. Its facts are as old as its source, and some of them stand in no source at all."""

    place = models.CharField(gettext_lazy("place"), max_length=80)
    country = models.CharField(gettext_lazy("country"), max_length=6, choices=Country)
    kinds = models.CharField(
        gettext_lazy("what it is"),
        max_length=80,
        blank=True,
        help_text=gettext_lazy("In a few words: shorts, documentary, awards."),
    )
    month = models.PositiveSmallIntegerField(
        gettext_lazy("month it begins"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=gettext_lazy(
            "1 to 12, as far as it is known: for putting festivals in the order of the year, never shown as a date."
        ),
    )
    when = models.CharField(gettext_lazy("when it is held"), max_length=160, blank=True)
    films = models.CharField(gettext_lazy("films accepted"), max_length=200, blank=True)
    ages = models.CharField(gettext_lazy("who may enter"), max_length=120, blank=True)
    submission_window = models.CharField(gettext_lazy("when entries are open"), max_length=200, blank=True)
    fee = models.CharField(gettext_lazy("entry fee"), max_length=160, blank=True)
    qualifies_for = models.CharField(
        gettext_lazy("counts for"), max_length=200, blank=True, help_text=gettext_lazy("Its own prizes, or awards it leads to.")
    )
    note = models.CharField(gettext_lazy("good to know"), max_length=300, blank=True)
    url = models.URLField("address", blank=True)
    to_check = models.CharField(gettext_lazy("facts to check"), max_length=120, blank=True)
    unchecked = models.CharField(
        gettext_lazy("also said"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("What else is said that nobody has checked."),
    )

    base_form_class = FestivalForm
    panels = [
        "title",
        FieldRowPanel(["slug", "kinds"]),
        FieldRowPanel(["place", "country"]),
        "summary",
        MultiFieldPanel([FieldRowPanel(["when", "month"]), "films", "ages", "submission_window", "fee", "qualifies_for", "note"]),
        "url",
        MultiFieldPanel(["source", "status", FieldPanel("to_check"), "unchecked"], heading=gettext_lazy("Where this was read")),
    ]
    search_fields = [
        *GuideSnippet.search_fields,
        index.SearchField("place"),
        index.SearchField("kinds"),
        index.FilterField("country"),
    ]

    class Meta(GuideSnippet.Meta):
        constraints = [models.CheckConstraint(condition=Q(month__range=(1, 12)), name="festival_month_1_to_12")]

    def get_absolute_url(self):
        return here(f"/festivals/#{self.slug}")

    def get_preview_template(self, request, mode_name):
        return "careers/festival_preview.html"

    @property
    def checked_facts(self):
        """What the source says: the name and the value of each fact."""
        return [(name, value) for key, name, value in self.facts if self.is_checked and key not in self.doubted]

    @property
    def unchecked_facts(self):
        """What no source says, in the same shape."""
        return [(name, value) for key, name, value in self.facts if not self.is_checked or key in self.doubted]

    @property
    def facts(self):
        """Every fact that is told, checked or not: key, name and value."""
        told = [(fact.value, fact.label, getattr(self, fact.value)) for fact in FestivalFact]
        return [fact for fact in told if fact[-1]]

    @property
    def doubted(self):
        return self.to_check.split(", ")

    @property
    def doubts(self):
        """The names of the facts to check, for a list of editors."""
        return ", ".join(str(name) for name, _ in self.unchecked_facts)
