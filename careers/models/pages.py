from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import connection, models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from home.cards.serving import address_of
from home.languages import here
from home.models import BasePage
from home.models.pages import PROSE, is_restricted
from home.prepared import ANY, Prepared, Together

from .. import profile, scales, telling
from ..blocks import GuideBlock
from ..querysets import CareerManager
from .links import (
    AlternativeTitle,
    BodyLink,
    CareerCitation,
    CareerStep,
    EntryRoute,
    GoalLink,
    PayRange,
    QualificationAdvice,
    SkillRequirement,
    StageInvolvement,
    Task,
)


class CareerIndexPage(BasePage):
    """The parent of the careers; the explorer is what readers see at its address."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["careers.CareerPage"]
    max_count = 1
    preview_modes = []
    lists_children = True


# The relations that a profile shows: the rows' model, what they point at and the fields of it that are shown.
# A career at the end of a step would otherwise bring all its prose.
RELATIONS = [
    ("requirements", SkillRequirement, "skill", "title slug summary live"),
    ("qualification_advice", QualificationAdvice, "qualification", "title slug kind live"),
    ("pay_ranges", PayRange, "source", "slug publisher"),
    ("bodies", BodyLink, "body", "title short slug live"),
    ("citations", CareerCitation, "source", "slug publisher title url year note"),
    ("steps", CareerStep, "to", "title slug summary live"),
]


# Those that point at nothing that the page shows: one statement brings them all.
PLAIN_RELATIONS = {
    "alternative_titles": AlternativeTitle,
    "stage_involvements": StageInvolvement,
    "goals": GoalLink,
    "entry_routes": EntryRoute,
    "tasks": Task,
}


@cache
def rows_of(relation, model, name, wanted):
    """The prepared rows of a relation, each with the wanted fields of what it points at."""
    own = [field.name for field in model._meta.concrete_fields]
    rows = model.objects.filter(page=ANY).order_by("sort_order").select_related(name)
    if name == "to":
        rows = rows.filter(~is_restricted("to__path"))
    return Prepared(rows.only(*own, *(f"{name}__{field}" for field in wanted.split())))


@cache
def plain_rows(vendor):
    return Together(*(model.objects.filter(page=ANY) for model in PLAIN_RELATIONS.values()))


def in_order(rows):
    return sorted(rows, key=lambda row: row.sort_order or 0)


def prose(label, **options):
    return RichTextField(label, blank=True, features=PROSE, **options)


class CareerPage(BasePage):
    department = models.CharField(_("department"), max_length=12, choices=scales.Department)
    line = models.CharField(_("where it sits"), max_length=6, choices=scales.Line)
    line_note = models.CharField(_("note on where it sits"), max_length=80, blank=True)
    experience = models.CharField(
        _("experience"), max_length=8, choices=scales.Experience, help_text=_("Our reading of the steps that come before.")
    )
    hours = models.CharField(_("hours"), max_length=60, blank=True)
    hours_note = models.CharField(_("hours note"), max_length=80, blank=True)
    contract = models.CharField(_("contract"), max_length=60, blank=True)
    summary = models.CharField(_("summary"), max_length=200, help_text=_("One sentence for cards and search results."))
    answer = models.TextField(_("answer"), blank=True, max_length=400, help_text=_("Two lines: what is it?"))

    holland_code = models.CharField(
        _("interest code"),
        max_length=3,
        blank=True,
        validators=[
            RegexValidator(r"^(?!.*(.).*\1)[RIASEC]{1,3}$", _("Up to three of R I A S E C, each once, strongest first."))
        ],
    )
    holland_status = models.CharField(_("interest code checked"), max_length=10, choices=scales.Standing, default="unverified")
    holland_source = models.ForeignKey(
        "careers.Source", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("source of the interest code")
    )
    onet_code = models.CharField("O*NET-SOC code", max_length=12, blank=True)
    onet_title = models.CharField("O*NET title", max_length=120, blank=True)
    onet_fit = models.CharField("O*NET fit", max_length=20, blank=True)
    onet_status = models.CharField(_("O*NET code checked"), max_length=10, choices=scales.Standing, default="unverified")
    esco_uri = models.URLField("ESCO address", blank=True)
    isco_code = models.CharField("ISCO-08 code", max_length=6, blank=True)

    introduction = prose("introduction")
    responsibilities = prose("responsibilities")
    daily_duties = prose(_("daily duties"))
    line_reason = prose(_("why above or below the line"))
    work_environment = prose(_("work environment"))
    schedule = prose("schedule")
    employers = prose("employers")
    organisations_intro = prose(_("professional organisations"))
    challenges = prose("challenges")
    work_experience = prose(_("work experience"))
    study = prose(_("recommended qualifications"))
    school_subjects = prose(_("school subjects"))
    certifications = prose(_("certifications and background checks"))
    career_path = prose(_("career path"))
    what_comes_next = prose(_("what comes next"))
    prospects = prose("prospects")
    professional_development = prose(_("professional development"))
    tools = prose(_("tools and software"))
    interests_text = prose("interests")
    conclusion = prose("conclusion")
    advice = prose("advice")
    did_you_know = prose(_("did you know"))
    learn_more = StreamField(GuideBlock(), blank=True, verbose_name=_("learn more"))

    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_due = models.DateField(_("review due"), null=True, blank=True)

    objects = CareerManager()

    PROSE_FIELDS = (
        "introduction responsibilities daily_duties line_reason work_environment schedule employers organisations_intro "
        "challenges work_experience study school_subjects certifications career_path what_comes_next prospects "
        "professional_development tools interests_text conclusion advice did_you_know"
    ).split()

    parent_page_types = ["careers.CareerIndexPage"]
    subpage_types = []
    template = "careers/career_page.html"
    body_template = "careers/_career_page.html"

    facts_panels = [
        *BasePage.content_panels,
        "summary",
        "answer",
        MultiFieldPanel(
            [
                FieldRowPanel(["department", "experience"]),
                FieldRowPanel(["line", "line_note"]),
                FieldRowPanel(["hours", "hours_note", "contract"]),
            ],
            heading=_("At a glance"),
        ),
        InlinePanel("alternative_titles", heading=_("Similar titles"), label=_("Title")),
        InlinePanel("pay_ranges", heading=_("Pay by country"), label=_("Figure")),
    ]
    work_panels = [
        "introduction",
        "responsibilities",
        InlinePanel("stage_involvements", heading=_("Stages"), label=_("Stage"), max_num=5),
        InlinePanel("tasks", heading=_("Responsibilities by stage and medium"), label=_("Task")),
        "daily_duties",
        "line_reason",
        "work_environment",
        "schedule",
        "employers",
        "challenges",
        "tools",
    ]
    skills_panels = [
        InlinePanel("requirements", heading=_("Skills"), label=_("Skill")),
        MultiFieldPanel(
            ["holland_code", FieldRowPanel(["holland_source", "holland_status"]), "interests_text"], heading="Interests (RIASEC)"
        ),
        InlinePanel("goals", heading=_("Sustainable Development Goals"), label=_("Goal")),
    ]
    path_panels = [
        InlinePanel("entry_routes", heading=_("Ways in"), label=_("Route")),
        "work_experience",
        "study",
        "school_subjects",
        InlinePanel("qualification_advice", heading=_("Qualifications"), label=_("Qualification")),
        "certifications",
        "career_path",
        InlinePanel("steps", heading=_("Steps and similar careers"), label=_("Step")),
        "what_comes_next",
        "prospects",
        "professional_development",
        "organisations_intro",
        InlinePanel("bodies", heading=_("Organisations"), label=_("Organisation")),
    ]
    more_panels = ["learn_more", "conclusion", "advice", "did_you_know"]
    source_panels = [
        FieldRowPanel(["reviewed_on", "review_due"]),
        InlinePanel("citations", heading=_("Sources"), label=_("Source")),
        MultiFieldPanel(
            [FieldRowPanel(["onet_code", "onet_title"]), FieldRowPanel(["onet_fit", "onet_status"]), "esco_uri", "isco_code"],
            heading=_("Codes of other systems"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(facts_panels, heading=_("Facts")),
            ObjectList(work_panels, heading=_("The work")),
            ObjectList(skills_panels, heading=_("Skills")),
            ObjectList(path_panels, heading=_("Ways in and on")),
            ObjectList(more_panels, heading=_("Learn more")),
            ObjectList(source_panels, heading=_("Sources and review")),
            ObjectList([*Page.promote_panels, PublishingPanel()], heading=_("Promote")),
        ]
    )

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        *(index.SearchField(name) for name in PROSE_FIELDS),
        index.SearchField("learn_more"),
        index.RelatedFields("alternative_titles", [index.SearchField("title", boost=3), index.AutocompleteField("title")]),
        index.RelatedFields("requirements", [index.RelatedFields("skill", [index.SearchField("title")])]),
        index.RelatedFields("tasks", [index.SearchField("text")]),
        index.FilterField("line"),
        index.FilterField("department"),
    ]

    class Meta:
        verbose_name = "career"

    def save(self, *args, **kwargs):
        """Save, then index what is in the database once more: rows are written after Wagtail's own indexing."""
        super().save(*args, **kwargs)
        if self.live:
            index.insert_or_update_object(type(self).objects.get(pk=self.pk))

    def clean(self):
        super().clean()
        if self.reviewed_on and self.review_due and self.review_due < self.reviewed_on:
            raise ValidationError({"review_due": gettext("The next review comes after the last one.")})

    def get_absolute_url(self):
        return here(f"/careers/{self.original_slug}/")

    def gather(self):
        """Bring every row of the published page, by prepared statements."""
        pointing = {
            relation: rows_of(relation, model, name, wanted).fetch(self.pk) for relation, model, name, wanted in RELATIONS
        }
        plain = map(in_order, plain_rows(connection.vendor).fetch(self.pk))
        self._cluster_related_objects = {**pointing, **dict(zip(PLAIN_RELATIONS, plain, strict=True))}

    def parts(self):
        """The profile that the page's body shows; rows that were not gathered are brought, whatever has been edited."""
        if not hasattr(self, "_cluster_related_objects"):
            self.gather()
        return {"profile": profile.build(self)}

    def get_picture_url(self):
        return address_of(self)

    def told(self, parts):
        return telling.career(self, parts["profile"])

    @property
    def completeness(self):
        """How many of the prose sections are written, and of how many."""
        return sum(bool(getattr(self, name)) for name in self.PROSE_FIELDS), len(self.PROSE_FIELDS)
