from .editions import GuideVersion
from .pages import BasePage, GuidePageQuerySet, HomePage, StandardPage
from .snippets import GuideSnippet
from .users import User

__all__ = ["BasePage", "GuidePageQuerySet", "GuideSnippet", "GuideVersion", "HomePage", "StandardPage", "User"]
