from .editions import GuideVersion
from .feedback import ReaderReport, ReportAnswer, Usefulness
from .pages import BasePage, GuidePageQuerySet, HomePage, StandardPage
from .snippets import GuideSnippet
from .users import User

__all__ = [
    "BasePage",
    "GuidePageQuerySet",
    "GuideSnippet",
    "GuideVersion",
    "HomePage",
    "ReaderReport",
    "ReportAnswer",
    "StandardPage",
    "Usefulness",
    "User",
]
