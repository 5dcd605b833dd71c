"""The counsellor's desk."""

from django.urls import path

from .views.counselling import caseload, student

app_name = "counselling"
urlpatterns = [
    path("", caseload.caseload_page, name="caseload"),
    path("list.csv", caseload.as_file, name="list"),
    path("<key:pk>/", student.student, name="student"),
    path("<key:pk>/entries/", student.entries, name="entries"),
]
