"""The counsellor's desk."""

from django.urls import path

from .views.counselling import (
    caseload,
    cohorts,
    encounters,
    handing,
    inviting,
    meetings,
    plans,
    recommending,
    reports,
    reviewing,
    student,
)

app_name = "counselling"
urlpatterns = [
    path("introduction/", inviting.introduction, name="introduction"),
    path("invitations/", inviting.invitations, name="invitations"),
    path("requests/", inviting.requests, name="requests"),
    path("leave/", inviting.leave, name="leave"),
    path("cohorts/", cohorts.all_cohorts, name="cohorts"),
    path("cohorts/<key:pk>/", cohorts.cohort, name="cohort"),
    path("<key:pk>/end/", handing.end, name="end"),
    path("<key:pk>/handover/", handing.handover, name="handover"),
    path("", caseload.caseload_page, name="caseload"),
    path("list.csv", caseload.as_file, name="list"),
    path("<key:pk>/", student.student, name="student"),
    path("<key:pk>/entries/", student.entries, name="entries"),
    path("recommend/", recommending.recommend_many, name="recommend_many"),
    path("<key:pk>/recommend/", recommending.recommend, name="recommend"),
    path("<key:pk>/steps/<key:step>/", recommending.step, name="step"),
    path("<key:pk>/plan/", plans.plan, name="plan"),
    path("<key:pk>/plan/write/", plans.write, name="write_plan"),
    path("<key:pk>/plan/actions/<key:action>/", plans.action, name="plan_action"),
    path("<key:pk>/meetings/", meetings.listed, name="meetings"),
    path("<key:pk>/meetings/new/", meetings.add, name="add_meeting"),
    path("<key:pk>/meetings/<key:meeting>/", meetings.edit, name="meeting"),
    path("<key:pk>/entries/<key:entry>/review/", reviewing.review, name="review"),
    path("<key:pk>/entries/<key:entry>/review/<key:evidence>/", reviewing.endorse, name="endorse"),
    path("reports/", reports.reports, name="reports"),
    path("reports/figures.csv", reports.figures, name="figures"),
    path("reports/teams/<key:pk>/", reports.team, name="team_report"),
    path("reports/teams/<key:pk>/figures.csv", reports.team_figures, name="team_figures"),
    path("encounters/", encounters.encounters, name="encounters"),
    path("encounters/new/", encounters.add, name="add_encounter"),
    path("encounters/<key:pk>/", encounters.edit, name="encounter"),
    path("encounters/<key:pk>/delete/", encounters.delete, name="delete_encounter"),
]
