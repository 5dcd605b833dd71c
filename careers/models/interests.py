from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from home.models import GuideSnippet

from ..quiz import Statement
from ..scales import Holland, Liking

HOW_IT_IS_ASKED = _(
    "Readers are asked how much they would like to do this. Say one thing, in words that somebody of 13 knows; "
    "nothing that costs money to have tried, and nothing that sounds like a job for some people only. Five published "
    "statements of each type make the quiz. Each time the published set changes, it is kept as a new edition: results "
    "made before still open, and say that the statements have changed."
)


class InterestStatement(GuideSnippet):
    """A thing that readers may like doing, which stands for one of the six types. Its slug is what answers refer to."""

    holland = models.CharField("type", max_length=1, choices=Holland)

    panels = [
        HelpPanel(HOW_IT_IS_ASKED),
        FieldPanel("title", heading=_("Statement")),
        FieldRowPanel(["slug", "holland"]),
        FieldPanel("summary", heading=_("Note for editors"), help_text=_("Why it stands for its type. Readers do not see it.")),
    ]

    class Meta(GuideSnippet.Meta):
        ordering = ["holland", "slug"]
        verbose_name = _("quiz statement")

    def get_preview_template(self, request, mode_name):
        return "careers/quiz/statement_preview.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "statement": self.as_asked, "likings": Liking}

    @property
    def as_asked(self):
        return Statement(self.slug, self.holland, self.title)


class QuizEdition(models.Model):
    """The statements as they were asked for a time, so that answers given then can still be read. Never changed."""

    number = models.PositiveSmallIntegerField(unique=True)
    asked = models.JSONField(help_text=_("Key, type and words of each statement, in the order asked."))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return str(self.number)

    @property
    def statements(self):
        return tuple(Statement(*each) for each in self.asked)
