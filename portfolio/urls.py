from django.urls import include, path, register_converter
from django.urls.converters import IntConverter, SlugConverter

from .views import (
    action_plans,
    answering,
    bulk,
    calendar,
    cards,
    contact,
    counsellors,
    cpd,
    cv,
    data,
    dates,
    directory,
    endorsing,
    entries,
    feedback,
    festivals,
    files,
    interests,
    joining,
    meetings,
    moderating,
    people,
    plan,
    portfolio,
    sharing,
    skills,
    steps,
    trying,
)
from .views.counselling import stopping


class KeyConverter(IntConverter):
    """A key that a database can hold; anything longer is no address."""

    regex = "[0-9]{1,18}"


class HandleConverter(SlugConverter):
    """The name of a portfolio in its address."""

    regex = "[a-z0-9-]{3,40}"


register_converter(KeyConverter, "key")
register_converter(HandleConverter, "handle")

# What every door to a portfolio leads to (views/doors.py). A page links to the others from door.base.
behind_a_door = (
    [
        path("", people.page, name="page"),
        path("credits/", people.credits, name="credits"),
        path("<key:pk>/", people.entry, name="entry"),
        path("message/", contact.message, name="message"),
        path("report/", contact.report, name="report"),
        path("<key:pk>/report/", contact.report, name="report_entry"),
        path("card.png", cards.card, name="card"),
        path("cv/", cv.page, name="cv"),
        path("cv.pdf", cv.pdf, name="cv_pdf"),
        path("resume.json", cv.resume, name="resume"),
        path("files/<uuid:uuid>/", files.shown, name="file"),
        path("files/<uuid:uuid>/preview/", files.shown, {"part": "preview"}, name="preview"),
        path("files/<uuid:uuid>/captions/", files.shown, {"part": "captions"}, name="captions"),
    ],
    "door",
)

app_name = "portfolio"
urlpatterns = [
    path("people/", directory.people, name="directory"),
    path("people/<handle:handle>/", include(behind_a_door, namespace="people")),
    path("shared/<slug:token>/", include(behind_a_door, namespace="shared")),
    path("me/portfolio/as/<slug:level>/", include(behind_a_door, namespace="rehearsal")),
    path("me/portfolio/", portfolio.edit, name="portfolio"),
    path("me/portfolio/sections/", portfolio.sections, name="sections"),
    path("me/portfolio/clips/", portfolio.clips, name="clips"),
    path("me/sharing/", sharing.sharing_page, name="sharing"),
    path("me/sharing/links/", sharing.links, name="links"),
    path("me/portfolio/qr.svg", directory.code, name="qr"),
    path("me/", plan.plan, name="plan"),
    path("me/cv/", cv.choose, name="cv"),
    path("me/roles/", plan.roles, name="roles"),
    path("me/roles/<slug:slug>/", plan.role, name="role"),
    path("me/skills/", skills.skills, name="skills"),
    path("me/skills/<slug:slug>/", skills.skill, name="skill"),
    path("me/steps/", steps.steps, name="steps"),
    path("me/steps/<key:pk>/", steps.step, name="step"),
    path("me/steps/add/<slug:course>/", steps.add, name="add_step"),
    path("careers/<slug:slug>/try/", trying.try_gap, name="try_gap"),
    path("me/entries/", entries.entries, name="entries"),
    path("me/entries/new/", entries.choose_kind, name="choose_kind"),
    path("me/entries/new/<slug:kind>/", entries.add, name="add"),
    path("me/entries/<key:pk>/", entries.entry, name="entry"),
    path("me/entries/<key:pk>/edit/", entries.edit, name="edit"),
    path("me/entries/<key:pk>/status/", festivals.status, name="status"),
    path("me/entries/<key:pk>/endorsements/", endorsing.endorsements, name="endorsements"),
    path("me/entries/<key:pk>/endorsements/asked/<key:asked>/", endorsing.asked, name="asked"),
    path("me/entries/<key:pk>/endorsements/<key:endorsement>/remove/", endorsing.remove, name="remove_endorsement"),
    path("endorse/<str:token>/", answering.answer, name="answer"),
    path("endorse/<str:token>/decline/", answering.decline, name="decline"),
    path("endorse/<str:token>/take-back/", answering.take_back, name="take_back"),
    path("me/entries/selected/", bulk.selected, name="selected"),
    path("me/entries/undo/", bulk.undo, name="undo"),
    path("me/entries/bin/", bulk.bin, name="bin"),
    path("me/festivals/", festivals.festivals, name="festivals"),
    path("me/cpd/", cpd.cpd, name="cpd"),
    path("me/cpd/new/", cpd.add, name="add_cycle"),
    path("me/cpd/<key:pk>/", cpd.edit, name="cycle"),
    path("me/cpd/<key:pk>/delete/", cpd.delete, name="delete_cycle"),
    path("me/interests/", interests.results, name="interests"),
    path("me/interests/keep/<str:code>/", interests.keep, name="keep_interests"),
    path("me/interests/<key:pk>/delete/", interests.let_go, name="let_interests_go"),
    path("me/dates/", dates.dates, name="dates"),
    path("me/dates/calendar/", dates.calendar_address, name="calendar_address"),
    path("me/counsellors/", counsellors.counsellors, name="counsellors"),
    path("me/counsellors/code/", joining.code, name="code"),
    path("me/counsellors/ask/", counsellors.ask, name="ask_counsellor"),
    path("me/counsellors/handovers/<key:pk>/", counsellors.handover, name="handover"),
    path("me/counsellors/<key:pk>/", counsellors.connection, name="connection"),
    path("me/counsellors/<key:pk>/end/", counsellors.end, name="end_connection"),
    path("invited/<str:token>/", joining.invited, name="invited"),
    path("join/<slug:code>/", joining.join, name="join"),
    path("counselling/<key:connection>/portfolio/", include(behind_a_door, namespace="desk")),
    path("me/meetings/", meetings.meetings, name="meetings"),
    path("me/plans/<key:pk>/", action_plans.plan, name="action_plan"),
    path("me/plans/<key:pk>/actions/", action_plans.add, name="add_action"),
    path("me/plans/<key:pk>/actions/<key:action>/", action_plans.action, name="plan_action"),
    path("me/entries/<key:pk>/feedback/<key:feedback>/", feedback.feedback, name="feedback"),
    path("counselling/", include("portfolio.counselling_urls")),
    path("moderation/", moderating.reports, name="reports"),
    path("moderation/<key:pk>/", moderating.case, name="case"),
    path("me/data/", data.data, name="data"),
    path("me/data/go-on/", data.go_on, name="go_on"),
    path("me/data/exports/<uuid:uuid>/", data.export, name="export"),
    path("me/data/erase/", data.erase, name="erase"),
    path("me/data/erase/sure/", data.erase_sure, name="erase_sure"),
    path("erased/<uuid:uuid>/", data.erased, name="erased"),
    path("reminders/stop/<str:token>/", dates.stop, name="stop_reminders"),
    path("counselling-mail/stop/<str:token>/", stopping.stop, name="stop_counselling_mail"),
    path("calendar/<slug:token>.ics", calendar.feed, name="calendar"),
    path("files/<uuid:uuid>/", files.file, name="file"),
    path("files/<uuid:uuid>/preview/", files.preview, name="preview"),
    path("files/<uuid:uuid>/captions/", files.captions, name="captions"),
]
