from .entries import (
    Collaborator,
    CPDActivity,
    Entry,
    EntryLabel,
    FestivalSubmission,
    Internship,
    Label,
    Project,
    StatusChange,
    WeekLog,
)
from .evidence import Attachment, Endorsement, Evidence, Link, Reminder
from .people import CalendarAddress, CPDCycle, FormToken, Goal, Profile

__all__ = [
    "Attachment",
    "CPDActivity",
    "CPDCycle",
    "CalendarAddress",
    "Collaborator",
    "Endorsement",
    "Entry",
    "EntryLabel",
    "Evidence",
    "FestivalSubmission",
    "FormToken",
    "Goal",
    "Internship",
    "Label",
    "Link",
    "Profile",
    "Project",
    "Reminder",
    "StatusChange",
    "WeekLog",
]
