from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from home.cards.serving import address_of
from home.languages import here
from home.models import BasePage
from home.models.pages import is_restricted

from .. import scales, telling
from ..blocks import GuideBlock
from .catalogue import Source

STILLS = [
    ("studio", _("A studio set")),
    ("open-kitchen", _("An open kitchen")),
    ("platform", _("A railway platform")),
    ("low-water", _("A crew on a beach")),
    ("kite-string", "A kite"),
    ("night-bursar", _("A street at night")),
]


class StageIndexPage(BasePage):
    """The parent of the five stage guides; readers see all five at its address."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["careers.StagePage"]
    max_count = 1
    preview_modes = []
    lists_children = True


class StagePage(BasePage):
    number = models.PositiveSmallIntegerField("stage", choices=scales.Stage, unique=True)
    full_title = models.CharField(_("full title"), max_length=120, blank=True, help_text=_("The longer name, if there is one."))
    tagline = models.CharField(_("tagline"), max_length=80, blank=True)
    still = models.CharField(_("still"), max_length=20, choices=STILLS, blank=True)
    still_alt = models.CharField(_("description of the still"), max_length=160, blank=True)
    body = StreamField(GuideBlock(), blank=True, verbose_name=_("body"))
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_due = models.DateField(_("review due"), null=True, blank=True)

    parent_page_types = ["careers.StageIndexPage"]
    subpage_types = []
    template = "careers/stage_page.html"
    body_template = "careers/_stage_page.html"

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(["number", "full_title"]),
        "tagline",
        FieldRowPanel(["still", "still_alt"]),
        InlinePanel("tasks", heading=_("Tasks"), label=_("Task")),
        InlinePanel("documents", heading=_("Documents"), label=_("Document")),
        InlinePanel("people", heading=_("People"), label=_("Role")),
        InlinePanel("skills", heading=_("Skills"), label=_("Skill")),
        FieldPanel("body"),
        MultiFieldPanel([FieldRowPanel(["reviewed_on", "review_due"])], heading=_("Review")),
        InlinePanel("citations", heading=_("Sources"), label=_("Source")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("full_title"),
        index.SearchField("body"),
        index.RelatedFields("tasks", [index.SearchField("text")]),
        index.RelatedFields("documents", [index.SearchField("title")]),
    ]

    class Meta:
        verbose_name = _("stage guide")

    def save(self, *args, **kwargs):
        """Save, then index what is in the database once more: rows are written after Wagtail's own indexing."""
        super().save(*args, **kwargs)
        if self.live:
            index.insert_or_update_object(type(self).objects.get(pk=self.pk))

    def get_absolute_url(self):
        return here(f"/stages/{self.original_slug}/")

    def get_picture_url(self):
        return address_of(self)

    def told(self, parts):
        return {"": telling.stage(self)}

    def parts(self):
        """The guide's rows, each with what it points at; people without a page that anybody may read are left out."""
        prefetch_related_objects(
            [self],
            "tasks",
            Prefetch("documents", StageDocument.objects.select_related("term")),
            Prefetch("people", StagePerson.objects.filter(~is_restricted("career__path")).select_related("career")),
            Prefetch("skills", StageSkill.objects.select_related("skill")),
            Prefetch("citations", StageCitation.objects.select_related("source")),
        )
        return {
            "people": [person for person in self.people.all() if person.career.live],
            "skills": [row for row in self.skills.all() if row.skill.live],
            "guides": StagePage.objects.readable().order_by("number").values("number", "slug", "title"),
        }


class StageTask(Orderable):
    page = ParentalKey(StagePage, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(_("text"), max_length=200)
    yours = models.BooleanField(_("an associate producer's too"), default=False)
    note = models.CharField(_("note"), max_length=160, blank=True)

    panels = ["text", FieldRowPanel(["yours", "note"])]

    def __str__(self):
        return self.text


class StageDocument(Orderable):
    page = ParentalKey(StagePage, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=120)
    note = models.CharField(_("note"), max_length=160, blank=True)
    term = models.ForeignKey(
        "careers.GlossaryTerm", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("term")
    )

    panels = [FieldRowPanel(["title", "note"]), "term"]

    def __str__(self):
        return self.title


class StagePerson(Orderable):
    page = ParentalKey(StagePage, on_delete=models.CASCADE, related_name="people")
    career = models.ForeignKey(
        "careers.CareerPage", on_delete=models.CASCADE, related_name="stage_rows", verbose_name=_("career")
    )
    note = models.CharField(_("note"), max_length=160, blank=True)

    panels = [FieldRowPanel(["career", "note"])]

    def __str__(self):
        return str(self.career)


class StageSkill(Orderable):
    page = ParentalKey(StagePage, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey("careers.Skill", models.PROTECT, related_name="stage_rows", verbose_name=_("skill"))
    note = models.CharField(_("note"), max_length=160, blank=True)

    panels = [FieldRowPanel(["skill", "note"])]

    def __str__(self):
        return str(self.skill)


class StageCitation(Orderable):
    page = ParentalKey(StagePage, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    panels = ["source"]

    def __str__(self):
        return str(self.source)
