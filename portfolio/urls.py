from django.urls import path, register_converter
from django.urls.converters import IntConverter

from .views import bulk, calendar, cpd, dates, entries, festivals, files, plan, skills, trying


class KeyConverter(IntConverter):
    """A key that a database can hold; anything longer is no address."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")

app_name = "portfolio"
urlpatterns = [
    path("me/", plan.plan, name="plan"),
    path("me/roles/", plan.roles, name="roles"),
    path("me/roles/<slug:slug>/", plan.role, name="role"),
    path("me/skills/", skills.skills, name="skills"),
    path("me/skills/<slug:slug>/", skills.skill, name="skill"),
    path("careers/<slug:slug>/try/", trying.try_gap, name="try_gap"),
    path("me/entries/", entries.entries, name="entries"),
    path("me/entries/new/", entries.choose_kind, name="choose_kind"),
    path("me/entries/new/<slug:kind>/", entries.add, name="add"),
    path("me/entries/<key:pk>/", entries.entry, name="entry"),
    path("me/entries/<key:pk>/edit/", entries.edit, name="edit"),
    path("me/entries/<key:pk>/status/", festivals.status, name="status"),
    path("me/entries/selected/", bulk.selected, name="selected"),
    path("me/entries/undo/", bulk.undo, name="undo"),
    path("me/entries/bin/", bulk.bin, name="bin"),
    path("me/festivals/", festivals.festivals, name="festivals"),
    path("me/cpd/", cpd.cpd, name="cpd"),
    path("me/cpd/new/", cpd.add, name="add_cycle"),
    path("me/cpd/<key:pk>/", cpd.edit, name="cycle"),
    path("me/cpd/<key:pk>/delete/", cpd.delete, name="delete_cycle"),
    path("me/dates/", dates.dates, name="dates"),
    path("me/dates/calendar/", dates.calendar_address, name="calendar_address"),
    path("reminders/stop/<str:token>/", dates.stop, name="stop_reminders"),
    path("calendar/<slug:token>.ics", calendar.feed, name="calendar"),
    path("files/<uuid:uuid>/", files.file, name="file"),
    path("files/<uuid:uuid>/preview/", files.preview, name="preview"),
    path("files/<uuid:uuid>/captions/", files.captions, name="captions"),
]
