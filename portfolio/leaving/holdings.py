"""Everything that is a member's, table by table: what goes into their copy, and what is left out and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, QuerySet

from home.models import User

from ..models import Attachment, Entry
from .archive import file_name

BATCH = 500
# By what a row of the guide is named in a copy; its number means nothing elsewhere.
NAMES = ("slug", "codename", "name", "number")
PARTS = {"file": "", "preview": "small", "captions": "captions"}


@dataclass(frozen=True, slots=True)
class Holding:
    """A table of which some rows are a member's: `owner` is the way from a row to the member, `without` is never told.

    `more` adds columns by the way to them. `name` is the name of its spreadsheet.
    """

    name: str
    label: str
    owner: str
    without: tuple[str, ...] = ()
    more: dict[str, str] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def section(self) -> str:
        return self.label if self.name != "endorsements-given" else f"{self.label}:given"

    def of(self, account: int) -> QuerySet:
        return self.model._default_manager.filter(**{self.owner: account}).order_by("pk")


HOLDINGS = [
    # search_text only repeats other columns; "last_login" and the rest of the account are told.
    Holding("account", "home.User", "pk", without=("password",)),
    Holding("groups", "home.User_groups", "user"),
    Holding("permissions", "home.User_user_permissions", "user"),
    Holding("email-addresses", "account.EmailAddress", "user"),
    Holding("passkeys-and-apps", "mfa.Authenticator", "user", without=("data",), more={"name": "data__name"}),
    Holding("devices", "usersessions.UserSession", "user", without=("session_key", "data")),
    Holding("editor-settings", "wagtailusers.UserProfile", "user", without=("avatar",)),
    Holding("profile", "portfolio.Profile", "owner", without=("search_text",)),
    Holding("goals", "portfolio.Goal", "owner"),
    Holding("interests", "portfolio.InterestResult", "owner"),
    Holding("training-cycles", "portfolio.CPDCycle", "owner"),
    Holding("calendar-address", "portfolio.CalendarAddress", "owner", without=("digest",)),
    Holding("labels", "portfolio.Label", "owner"),
    Holding("entries", "portfolio.Entry", "owner", without=("search_text",)),
    Holding("labels-of-entries", "portfolio.EntryLabel", "content_object__owner"),
    Holding("projects", "portfolio.Project", "owner"),
    Holding("collaborators", "portfolio.Collaborator", "project__owner"),
    Holding("placements", "portfolio.Internship", "owner"),
    Holding("weeks", "portfolio.WeekLog", "internship__owner"),
    Holding("submissions", "portfolio.FestivalSubmission", "owner"),
    Holding("status-changes", "portfolio.StatusChange", "submission__owner"),
    Holding("training", "portfolio.CPDActivity", "owner"),
    Holding("evidence", "portfolio.Evidence", "entry__owner"),
    Holding("requests-to-confirm", "portfolio.EndorsementRequest", "entry__owner", without=("nonce",)),
    Holding("endorsements", "portfolio.Endorsement", "evidence__entry__owner"),
    # Their own words about others, without what they are about, which is the others'.
    Holding("endorsements-given", "portfolio.Endorsement", "endorser", without=("evidence", "request")),
    Holding("links", "portfolio.Link", "entry__owner"),
    Holding("files", "portfolio.Attachment", "entry__owner"),
    Holding("reminders", "portfolio.Reminder", "entry__owner"),
    Holding("put-in-front", "portfolio.Feature", "entry__owner"),
    Holding("secret-links", "portfolio.ShareLink", "owner", without=("digest",)),
    Holding("entries-of-secret-links", "portfolio.ShareLink_entries", "sharelink__owner"),
    Holding("who-has-looked", "portfolio.AccessEvent", "owner"),
    Holding("what-you-agreed-to", "portfolio.ConsentEvent", "owner"),
    Holding("counsellors", "portfolio.Connection", "student", without=("counsellor",)),
    Holding("handovers", "portfolio.Handover", "connection__student", without=("to",)),
    Holding("recommended-steps", "portfolio.PlanStep", "student", without=("batch",)),
    Holding("plans", "portfolio.ActionPlan", "connection__student"),
    Holding("goals-of-plans", "portfolio.PlanGoal", "plan__connection__student"),
    Holding("actions-of-plans", "portfolio.PlanAction", "goal__plan__connection__student"),
    Holding("changes-of-plans", "portfolio.PlanEvent", "plan__connection__student"),
    # Working notes as well: they are about the student, who may ask for them any day.
    Holding("meetings", "portfolio.Meeting", "connection__student"),
    Holding("feedback", "portfolio.Feedback", "entry__owner"),
    Holding("news", "portfolio.Notice", "owner", without=("connection",)),
    # What a counsellor set up; nothing of any student is in it.
    Holding("counsellor", "portfolio.Counsellor", "user"),
    Holding("seats-in-teams", "portfolio.Seat", "user"),
    Holding("cohorts", "portfolio.Cohort", "counsellor"),
    Holding("invitations", "portfolio.Invitation", "counsellor", without=("nonce", "connection", "email")),
    Holding("encounters", "portfolio.Encounter", "counsellor"),
    Holding("messages", "portfolio.Message", "owner"),
    Holding("copies", "portfolio.Export", "owner", without=("file",)),
]
KINDS = {"portfolio.Project", "portfolio.Internship", "portfolio.FestivalSubmission", "portfolio.CPDActivity"}

GUIDE = "Work on the guide, which stays the guide's: it knows by number who did it, until that account goes."
SECRET = "Opens something by itself, and says nothing of the person."
LEFT_OUT = {
    "portfolio.FormToken": "Says only that a form was saved once already.",
    "portfolio.Report": "What other people told the moderators; the decision is told with the entry or the profile.",
    "portfolio.Encounter_connections": "Who took part is told to the counsellor alone; what it was is in the encounters.",
    "account.EmailConfirmation": SECRET,
    "home.ReportAnswer": GUIDE,
    "wagtailcore.APIToken": SECRET,
    "wagtailadmin.EditingSession": GUIDE,
    "wagtailadmin.FormState": GUIDE,
} | dict.fromkeys(
    [
        *[f"careers.{name}" for name in "Skill Qualification ProfessionalBody GlossaryTerm Festival InterestStatement".split()],
        *[f"careers.{name}" for name in "CareerIndexPage CareerPage StageIndexPage StagePage".split()],
        *[f"courses.{name}" for name in "Provider Course Recommendation".split()],
        *["home.HomePage", "home.StandardPage", "wagtaildocs.Document", "wagtailimages.Image"],
        *[f"wagtailcore.{name}" for name in "ModelLogEntry PageLogEntry Revision UploadedFile WorkflowState TaskState".split()],
        *[f"wagtailcore.{name}" for name in "Page Comment CommentReply PageSubscription".split()],
    ],
    GUIDE,
)


def unaccounted() -> list[str]:
    """The models that point at a member, or at something that is a member's, and that neither list above knows."""
    held = {User, *[holding.model for holding in HOLDINGS]}
    pointing = [model for model in apps.get_models(include_auto_created=True) if not held.isdisjoint(points_at(model))]
    return [model._meta.label for model in pointing if model not in held and model._meta.label not in LEFT_OUT]


def points_at(model: type[Model]) -> set[Any]:
    return {each.related_model for each in model._meta.local_concrete_fields if each.is_relation}


def columns(holding: Holding) -> dict[str, str]:
    """The columns that are told of the table, with the way to each; who owns the row goes without saying."""
    own = [each for each in holding.model._meta.local_concrete_fields if each.related_model is not User]
    return {each.name: way_to(each) for each in own if each.name not in holding.without} | holding.more


def spread(holding: Holding) -> dict[str, str]:
    """The columns of its spreadsheet: those of a kind have the whole entry in them."""
    if holding.label not in KINDS:
        return columns(holding)
    entry = next(each for each in HOLDINGS if each.model is Entry)
    return columns(entry) | {name: way for name, way in columns(holding).items() if name != "entry_ptr"}


def way_to(column: Field) -> str:
    """What stands for the row that the column points at: its number if it is in the copy, else its name in the guide."""
    target = column.related_model
    if not target or any(target is holding.model for holding in HOLDINGS):
        return column.attname
    name = next(name for name in NAMES if name in {each.name for each in target._meta.get_fields()})
    return f"{column.name}__{name}"


def rows(holding: Holding, account: int, ways: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The member's rows, in the order they were made and a batch in memory at a time."""
    names = list(ways)
    for batch in batches(holding.of(account), *ways.values()):
        for key, *values in batch:
            yield told(holding, key, dict(zip(names, values, strict=True)))


def batches(found: QuerySet, *ways: str, size: int = BATCH) -> Iterator[list[tuple]]:
    """The rows as tuples that begin with their key, in batches; no statement stays open in between."""
    batch = list(found.values_list("pk", *ways)[:size])
    while batch:
        yield batch
        batch = list(found.filter(pk__gt=batch[-1][0]).values_list("pk", *ways)[:size])


def told(holding: Holding, key: int, row: dict[str, Any]) -> dict[str, Any]:
    """The row as it is told: files by their names in the copy."""
    if holding.model is not Attachment:
        return row
    return row | {part: name_in_copy(key, row["name"], row[part], part) for part in PARTS}


def name_in_copy(key: int, shown: str, stored: str, part: str) -> str:
    """Where the copy has the file, or one of its parts; empty if there is none."""
    return file_name(key, shown, PurePath(stored).suffix, PARTS[part]) if stored else ""
