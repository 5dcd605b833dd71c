from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from home.languages import here
from home.models import GuideSnippet
from home.wording import year_words

from ..scales import PUBLISHABLE, Country, Family, QualificationKind, Standing, TermKind
from ..skill_words import skill_name

FEATURES = ["bold", "italic", "link", "ul", "ol"]


class Source(models.Model):
    """Where a statement was read: a publication, its year and how far to trust it."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    publisher = models.CharField(_("publisher"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    year = models.CharField(_("year"), max_length=60, blank=True, help_text=_("As printed: 2024, May 2024, undated."))
    kind = models.CharField(
        _("kind"), max_length=10, choices=[("primary", _("Primary")), ("secondary", _("Secondary"))], default="secondary"
    )
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("What readers should know before they rely on it.")
    )

    panels = ["slug", "publisher", "title", "url", FieldRowPanel(["year", "kind"]), "note"]

    class Meta:
        ordering = ["publisher", "title"]

    def __str__(self):
        return f"{self.publisher}: {self.title}"

    @property
    def dated(self):
        return year_words(self.year)


class Checked(models.Model):
    """A statement with its source and how far it has been checked."""

    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source"))
    status = models.CharField(_("status"), max_length=10, choices=Standing, default=Standing.UNVERIFIED)

    class Meta:
        abstract = True

    @property
    def is_checked(self):
        return self.status in PUBLISHABLE


class Skill(GuideSnippet):
    family = models.CharField(_("family"), max_length=10, choices=Family)
    body = RichTextField(_("body"), blank=True, features=FEATURES)
    evidence = models.TextField(_("ideas for evidence"), blank=True, help_text=_("One a line: things a person could log."))
    also_called = models.TextField(_("also called"), blank=True, help_text=_("One a line: other words people search for."))
    external_uri = models.URLField(_("external address"), blank=True, help_text=_("The same skill in ESCO or O*NET."))

    panels = [
        FieldPanel("title"),
        FieldRowPanel(["slug", "family"]),
        "summary",
        "body",
        "evidence",
        "also_called",
        "external_uri",
    ]
    search_fields = [
        *GuideSnippet.search_fields,
        index.SearchField("body"),
        index.SearchField("evidence"),
        index.SearchField("also_called", boost=2),
        index.AutocompleteField("also_called"),
        index.FilterField("family"),
    ]

    def get_absolute_url(self):
        return here(f"/skills/{self.slug}/")

    def get_preview_template(self, request, mode_name):
        return "careers/skill_preview.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "skill": self}

    @property
    def name(self):
        """The title as readers of the language that is being read say it."""
        return skill_name(self.title)

    @property
    def evidence_ideas(self):
        return [line.strip() for line in self.evidence.splitlines() if line.strip()]

    @property
    def other_names(self):
        return [line.strip() for line in self.also_called.splitlines() if line.strip()]


class Qualification(Checked, GuideSnippet):
    kind = models.CharField(_("kind"), max_length=14, choices=QualificationKind)
    level = models.CharField(_("level"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    body = RichTextField(_("body"), blank=True, features=FEATURES)

    panels = [
        "title",
        FieldRowPanel(["slug", "kind"]),
        FieldRowPanel(["level", "place"]),
        "summary",
        "body",
        MultiFieldPanel(["source", "status"], heading=_("Where this was read")),
    ]
    search_fields = [*GuideSnippet.search_fields, index.SearchField("body"), index.FilterField("kind")]

    def get_absolute_url(self):
        return here(f"/qualifications/#{self.slug}")

    def get_preview_template(self, request, mode_name):
        return "careers/qualification_preview.html"


class ProfessionalBody(Checked, GuideSnippet):
    short = models.CharField(_("short name"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=6, choices=Country)
    for_whom = models.CharField(_("for whom"), max_length=160, blank=True)
    url = models.URLField("address", blank=True)

    panels = [
        "title",
        FieldRowPanel(["slug", "short"]),
        FieldRowPanel(["country", "for_whom"]),
        "summary",
        "url",
        MultiFieldPanel(["source", "status"], heading=_("Where this was read")),
    ]
    search_fields = [
        *GuideSnippet.search_fields,
        index.SearchField("short", boost=4),
        index.AutocompleteField("short"),
        index.SearchField("for_whom"),
        index.FilterField("country"),
    ]

    class Meta(GuideSnippet.Meta):
        verbose_name = "organisation"
        verbose_name_plural = "organisations"

    def get_absolute_url(self):
        return here(f"/organisations/#{self.slug}")

    def get_preview_template(self, request, mode_name):
        return "careers/organisation_preview.html"


class GlossaryTerm(Checked, GuideSnippet):
    kind = models.CharField(_("kind"), max_length=13, choices=TermKind)
    use = models.CharField(_("when it is used"), max_length=160, blank=True)
    also_called = models.TextField(_("also called"), blank=True, help_text=_("One a line: other words for the same thing."))
    framing = models.CharField(
        _("framing"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^-?\d+ -?\d+ \d+ \d+$", _("Four whole numbers: left, top, width and height."))],
        help_text=_("The part of the drawn scene that this shot shows: left, top, width, height."),
    )

    panels = [
        "title",
        FieldRowPanel(["slug", "kind"]),
        FieldPanel("summary", heading=_("Meaning")),
        "use",
        "also_called",
        "framing",
        MultiFieldPanel(["source", "status"], heading=_("Where this was read")),
    ]
    search_fields = [
        *GuideSnippet.search_fields,
        index.SearchField("also_called", boost=2),
        index.AutocompleteField("also_called"),
        index.FilterField("kind"),
    ]

    def get_absolute_url(self):
        return here(f"/glossary/#{self.slug}")

    def get_preview_template(self, request, mode_name):
        return "careers/term_preview.html"

    @property
    def other_names(self):
        return [line.strip() for line in self.also_called.splitlines() if line.strip()]
