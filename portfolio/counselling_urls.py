"""The counsellor's desk."""

from django.urls import path

from .views.counselling import caseload

app_name = "counselling"
urlpatterns = [
    path("", caseload.caseload, name="caseload"),
]
