"""The counsellor's desk."""

from django.urls import path

from .views.counselling import caseload, meetings, plans, reviewing

app_name = "counselling"
urlpatterns = [
    path("", caseload.caseload, name="caseload"),
    path("<key:pk>/plan/", plans.plan, name="plan"),
    path("<key:pk>/plan/write/", plans.write, name="write_plan"),
    path("<key:pk>/plan/actions/<key:action>/", plans.action, name="plan_action"),
    path("<key:pk>/meetings/", meetings.listed, name="meetings"),
    path("<key:pk>/meetings/new/", meetings.add, name="add_meeting"),
    path("<key:pk>/meetings/<key:meeting>/", meetings.edit, name="meeting"),
    path("<key:pk>/entries/<key:entry>/review/", reviewing.review, name="review"),
    path("<key:pk>/entries/<key:entry>/review/<key:evidence>/", reviewing.endorse, name="endorse"),
]
