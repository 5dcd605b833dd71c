"""Who teaches what: providers, their courses and the skills that each course teaches."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from careers.models.catalogue import FEATURES, Checked
from careers.scales import PUBLISHABLE, Country, Level, Standing
from home.languages import here
from home.models import GuideSnippet

from ..scales import BROKEN, Cost, CourseKind, CourseLevel, LinkState, Mode


def within(name, low, high):
    return Q(**{f"{name}__range": (low, high)}) | Q(**{name: None})


def in_order(low, high):
    return Q(**{f"{low}__lte": F(high)}) | Q(**{low: None}) | Q(**{high: None})


class Provider(GuideSnippet):
    """A school, a platform or a body that teaches."""

    url = models.URLField(_("address"), blank=True)
    country = models.CharField(_("country"), max_length=6, choices=Country, blank=True)

    panels = ["title", FieldRowPanel(["slug", "country"]), "summary", "url"]

    def get_absolute_url(self):
        return here(f"/courses/?provider={self.slug}")

    def get_preview_template(self, request, mode_name):
        return "courses/provider_preview.html"


class Course(Checked, GuideSnippet, ClusterableModel):
    """Something to learn from, with the skills it teaches; what nobody has checked is shown as such."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="courses", verbose_name=_("provider"))
    url = models.URLField(_("address"), max_length=500)
    kind = models.CharField(_("kind"), max_length=14, choices=CourseKind)
    level = models.CharField(pgettext_lazy("a course", "for"), max_length=12, choices=CourseLevel, blank=True)
    framework_level = models.PositiveSmallIntegerField(
        _("framework level"), null=True, blank=True, help_text=_("Its level in the qualifications framework, from 1 to 8.")
    )
    mode = models.CharField(_("mode"), max_length=9, choices=Mode, blank=True)
    language = models.CharField(_("language"), max_length=60, default="English")
    hours = models.DecimalField(
        _("hours of study"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("All hours together, if they are known."),
    )
    length = models.CharField(_("length"), max_length=120, blank=True, help_text=_("In words: four weeks, eight hours a week."))
    length_status = models.CharField(_("length status"), max_length=10, choices=Standing, default=Standing.UNVERIFIED)
    cost = models.CharField(_("cost"), max_length=13, choices=Cost, blank=True)
    price_low = models.DecimalField(_("price from"), max_digits=9, decimal_places=2, null=True, blank=True)
    price_high = models.DecimalField(_("price to"), max_digits=9, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("Three letters: GBP."))
    cost_note = models.CharField(_("cost note"), max_length=200, blank=True)
    cost_status = models.CharField(_("cost status"), max_length=10, choices=Standing, default=Standing.UNVERIFIED)
    starts = models.CharField(_("when it starts"), max_length=120, blank=True, help_text=_("In words: any time, each autumn."))
    starts_on = models.DateField(_("next start"), null=True, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    ages_note = models.CharField(_("note on ages"), max_length=120, blank=True)
    prerequisites = models.CharField(_("prerequisites"), max_length=400, blank=True)
    awards = models.CharField(_("what it awards"), max_length=160, blank=True)
    body = RichTextField(_("body"), blank=True, features=FEATURES)
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("What readers should know before they rely on it.")
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    panels = [
        "title",
        FieldRowPanel(["slug", "provider"]),
        "summary",
        "url",
        FieldRowPanel(["kind", "level", "framework_level"]),
        FieldRowPanel(["mode", "language"]),
        InlinePanel("outcomes", heading=_("What it teaches"), label=_("Skill")),
        MultiFieldPanel([FieldRowPanel(["hours", "length", "length_status"])], heading=_("How long it takes")),
        MultiFieldPanel(
            [FieldRowPanel(["cost", "cost_status"]), FieldRowPanel(["price_low", "price_high", "currency"]), "cost_note"],
            heading=_("What it costs"),
        ),
        MultiFieldPanel(
            [FieldRowPanel(["starts", "starts_on"]), FieldRowPanel(["age_from", "age_to", "ages_note"]), "prerequisites"],
            heading=_("Who can take it, and when"),
        ),
        "awards",
        "body",
        "note",
        MultiFieldPanel(
            [FieldRowPanel(["source", "status"]), FieldRowPanel(["checked_on", "checked_by"])], heading=_("Where this was read")
        ),
    ]
    search_fields = [
        *GuideSnippet.search_fields,
        index.SearchField("body"),
        index.SearchField("awards"),
        index.RelatedFields("provider", [index.SearchField("title")]),
        index.FilterField("provider"),
        index.FilterField("kind"),
    ]

    class Meta(GuideSnippet.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(framework_level__range=(1, 8)) | Q(framework_level=None), name="framework_level_1_to_8"
            ),
            models.CheckConstraint(
                condition=Q(age_from__lte=F("age_to")) | Q(age_from=None) | Q(age_to=None), name="ages_in_order"
            ),
            models.CheckConstraint(
                condition=Q(price_low__lte=F("price_high")) | Q(price_low=None) | Q(price_high=None), name="prices_in_order"
            ),
        ]

    def get_absolute_url(self):
        return here(f"/courses/{self.slug}/")

    def get_preview_template(self, request, mode_name):
        return "courses/course_preview.html"

    @property
    def is_length_checked(self):
        return self.length_status in PUBLISHABLE

    @property
    def is_cost_checked(self):
        return self.cost_status in PUBLISHABLE


class CourseOutcome(Orderable):
    """A course teaches a skill to a level: what a finished course is evidence of."""

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="outcomes", verbose_name=_("course"))
    skill = models.ForeignKey("careers.Skill", models.PROTECT, related_name="taught_by", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.HELPED)

    panels = [FieldRowPanel([FieldPanel("skill"), FieldPanel("level")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["course", "skill"], name="one_outcome_per_skill"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="outcome_level_1_to_4"),
        ]

    def __str__(self):
        return f"{self.skill}: {self.get_level_display().lower()}"


class LinkCheck(models.Model):
    """What came of the last looks at a course's address; apart from the course, so that publishing does not undo it."""

    course = models.OneToOneField(Course, models.CASCADE, primary_key=True, related_name="link_check")
    url = models.URLField(max_length=500)
    state = models.CharField(max_length=6, choices=LinkState)
    detail = models.CharField(max_length=200, blank=True)
    moved_to = models.URLField(max_length=500, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["-failures", "checked_at"]

    def __str__(self):
        return f"{self.course}: {self.get_state_display().lower()}"

    @property
    def is_broken(self):
        return self.state in BROKEN and self.failures > 1
