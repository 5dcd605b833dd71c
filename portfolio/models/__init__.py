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
from .evidence import Attachment, Endorsement, EndorsementRequest, Evidence, Link, Reminder
from .leaving import Erasure, Export
from .people import CalendarAddress, CPDCycle, FormToken, Goal, Profile
from .sharing import AccessEvent, ConsentEvent, Feature, Message, Report, ShareLink

__all__ = [
    "AccessEvent",
    "Attachment",
    "CPDActivity",
    "CPDCycle",
    "CalendarAddress",
    "Collaborator",
    "ConsentEvent",
    "Endorsement",
    "EndorsementRequest",
    "Entry",
    "EntryLabel",
    "Erasure",
    "Evidence",
    "Export",
    "Feature",
    "FestivalSubmission",
    "FormToken",
    "Goal",
    "Internship",
    "Label",
    "Link",
    "Message",
    "Profile",
    "Project",
    "Reminder",
    "Report",
    "ShareLink",
    "StatusChange",
    "WeekLog",
]
