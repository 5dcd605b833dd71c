"""The counsellor's desk."""

from django.urls import path

from .views.counselling import caseload, encounters, reports

app_name = "counselling"
urlpatterns = [
    path("", caseload.caseload, name="caseload"),
    path("reports/", reports.reports, name="reports"),
    path("reports/figures.csv", reports.figures, name="figures"),
    path("reports/teams/<key:pk>/", reports.team, name="team_report"),
    path("reports/teams/<key:pk>/figures.csv", reports.team_figures, name="team_figures"),
    path("encounters/", encounters.encounters, name="encounters"),
    path("encounters/new/", encounters.add, name="add_encounter"),
    path("encounters/<key:pk>/", encounters.edit, name="encounter"),
    path("encounters/<key:pk>/delete/", encounters.delete, name="delete_encounter"),
]
