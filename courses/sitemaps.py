"""The courses that search engines are told of, and their list."""

from home.sitemaps import ListSitemap, SnippetSitemap

from .models import Course


class CourseSitemap(SnippetSitemap):
    model = Course


class CourseListSitemap(ListSitemap):
    lists = {"courses:courses": Course}
