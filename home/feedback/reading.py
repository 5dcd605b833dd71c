"""What editors read of it: the months of one guide, its open reports, and how many reports wait in all."""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from ..models import ReaderReport, ReportAnswer, Usefulness

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Readers:
    """What readers said of one guide: its latest months, and the reports that nobody has decided, oldest first."""

    months: list[Usefulness]
    reports: list[ReaderReport]


def of(thing: Model) -> Readers:
    """What readers said of the page or snippet; two statements."""
    months = list(Usefulness.objects.about(thing)[:MONTHS])
    return Readers(months, list(ReaderReport.objects.open().about(thing).order_by("received_on", "pk")))


def waiting() -> int:
    """How many reports nobody has decided."""
    return ReaderReport.objects.open().count()


@dataclass(frozen=True, slots=True)
class Case:
    """A report with its history, and the guide as it is now: where it is edited, and whether its words are newer."""

    report: ReaderReport
    answers: list[ReportAnswer]
    edit_address: str
    is_newer: bool


def case(report: ReaderReport, user) -> Case:
    """The report as its editor reads it."""
    model = report.content_type.model_class()
    thing = model and report.object_id and model._default_manager.filter(pk=report.object_id).first()
    return Case(
        report,
        list(report.answers.select_related("by")),
        (AdminURLFinder(user).get_edit_url(thing) or "") if thing else "",
        bool(thing and report.revision_id and thing.live_revision_id != report.revision_id),
    )


def address_of(report: ReaderReport) -> str:
    """Where editors answer the report."""
    return reverse("reader_report", args=[report.pk])
