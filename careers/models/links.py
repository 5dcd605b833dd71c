"""The rows of a career page: what SQL asks about and editors order."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from .. import scales
from .catalogue import Checked, Source


class AlternativeTitle(Orderable):
    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="alternative_titles")
    title = models.CharField(_("title"), max_length=120)
    note = models.CharField(_("note"), max_length=160, blank=True)

    panels = [FieldRowPanel(["title", "note"])]

    def __str__(self):
        return self.title


class StageInvolvement(Orderable):
    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="stage_involvements")
    stage = models.PositiveSmallIntegerField(_("stage"), choices=scales.Stage)
    summary = models.CharField(_("summary"), max_length=120, help_text=_("What this role does in that stage, verb first."))

    panels = [FieldRowPanel(["stage", "summary"])]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "stage"], name="one_row_per_stage")]

    def __str__(self):
        return f"{self.get_stage_display()}: {self.summary}"


class Task(Checked, Orderable):
    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(_("text"), max_length=400)
    stage = models.PositiveSmallIntegerField(
        _("stage"), choices=scales.Stage, null=True, blank=True, help_text=_("Leave empty if it spans stages.")
    )
    medium = models.CharField(_("medium"), max_length=10, choices=scales.Medium, default=scales.Medium.ANY)

    panels = ["text", FieldRowPanel(["stage", "medium"]), FieldRowPanel(["source", "status"])]

    def __str__(self):
        return self.text


class SkillRequirement(Orderable):
    """A role asks for a skill at a level, with an importance: the gap is counted from these."""

    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="requirements")
    skill = models.ForeignKey("careers.Skill", models.PROTECT, related_name="requirements", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=scales.Level)
    importance = models.PositiveSmallIntegerField(_("importance"), choices=scales.Importance)
    why = models.CharField(_("why"), max_length=255, blank=True)

    panels = [FieldPanel("skill"), FieldRowPanel(["importance", "level"]), "why"]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "skill"], name="one_requirement_per_skill"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="requirement_level_1_to_4"),
            models.CheckConstraint(condition=Q(importance__range=(1, 3)), name="requirement_importance_1_to_3"),
        ]

    def __str__(self):
        return f"{self.skill}, {self.get_importance_display().lower()}"


class QualificationAdvice(Checked, Orderable):
    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="qualification_advice")
    qualification = models.ForeignKey(
        "careers.Qualification", models.PROTECT, related_name="advice", verbose_name=_("qualification")
    )
    weight = models.CharField(_("weight"), max_length=8, choices=scales.Weight)
    why = models.CharField(_("why"), max_length=300, blank=True)

    panels = [FieldRowPanel(["qualification", "weight"]), "why", FieldRowPanel(["source", "status"])]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "qualification"], name="one_advice_per_qualification")]

    def __str__(self):
        return f"{self.qualification}: {self.get_weight_display().lower()}"


class PayRange(Checked, Orderable):
    """What the role earns in a country, as one source says; without a source it is not shown."""

    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="pay_ranges")
    country = models.CharField(_("country"), max_length=6, choices=scales.Country)
    measure = models.CharField(
        _("measure"), max_length=160, help_text=_("What the figure is: an average, a median, a recommended minimum.")
    )
    covers = models.CharField(
        _("whom it covers"),
        max_length=80,
        blank=True,
        help_text=_("If it is for more than this role: all producers and directors."),
    )
    low = models.DecimalField(_("low"), max_digits=10, decimal_places=2, null=True, blank=True)
    typical = models.DecimalField(_("typical"), max_digits=10, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    basis = models.CharField(_("basis"), max_length=4, choices=scales.Basis, default=scales.Basis.YEAR)
    year = models.CharField(
        _("year"), max_length=60, blank=True, help_text=_("The year of the figure, or empty if the source gives none.")
    )
    note = models.CharField(_("note"), max_length=255, blank=True)

    panels = [
        FieldRowPanel(["country", "measure"]),
        "covers",
        FieldRowPanel(["low", "typical", "high"]),
        FieldRowPanel(["currency", "basis", "year"]),
        "note",
        FieldRowPanel(["source", "status"]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")), name="pay_low_under_high"
            )
        ]

    def __str__(self):
        return f"{self.get_country_display()}, {self.measure}"

    @property
    def is_shown(self):
        return self.is_checked and bool(self.source_id) and (self.low or self.typical or self.high) is not None


class EntryRoute(Checked, Orderable):
    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="entry_routes")
    kind = models.CharField(_("kind"), max_length=14, choices=scales.RouteKind)
    text = models.CharField(_("text"), max_length=400)

    panels = ["kind", "text", FieldRowPanel(["source", "status"])]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text}"


class CareerStep(Checked, Orderable):
    """A move between careers; a role without a page of its own is kept by its title."""

    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="steps")
    to = models.ForeignKey(
        "careers.CareerPage", models.SET_NULL, null=True, blank=True, related_name="reached_from", verbose_name=_("leads to")
    )
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("For a role that has no page here."))
    kind = models.CharField(_("kind"), max_length=14, choices=scales.StepKind)
    note = models.CharField(_("note"), max_length=160, blank=True)

    panels = [FieldRowPanel(["kind", "to"]), FieldRowPanel(["title", "note"]), FieldRowPanel(["source", "status"])]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.to or self.title}"


class BodyLink(Checked, Orderable):
    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="bodies")
    body = models.ForeignKey("careers.ProfessionalBody", models.PROTECT, related_name="careers", verbose_name="organisation")
    why = models.CharField(_("why"), max_length=255, blank=True)

    panels = [FieldRowPanel(["body", "why"]), FieldRowPanel(["source", "status"])]

    def __str__(self):
        return str(self.body)


class GoalLink(Checked, Orderable):
    """A Sustainable Development Goal that the work adds to."""

    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="goals")
    number = models.PositiveSmallIntegerField("goal", choices=scales.SDG)
    why = models.CharField(_("why"), max_length=255, blank=True)

    panels = [FieldRowPanel(["number", "why"]), FieldRowPanel(["source", "status"])]

    def __str__(self):
        return self.get_number_display()


class CareerCitation(Orderable):
    page = ParentalKey("careers.CareerPage", on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    panels = ["source"]

    def __str__(self):
        return str(self.source)
