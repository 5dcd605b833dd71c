from django.urls import path

from .views import guide as views
from .views import handouts

app_name = "careers"
urlpatterns = [
    path("careers/", views.careers, name="careers"),
    path("careers/suggestions/", views.suggestions, name="suggestions"),
    path("careers/compare/", views.compare, name="compare"),
    path("careers/<slug:slug>/", views.career, name="career"),
    path("careers/<slug:slug>/guide.pdf", handouts.career_pdf, name="career_pdf"),
    path("stages/", views.stages, name="stages"),
    path("stages/<slug:slug>/", views.stage, name="stage"),
    path("stages/<slug:slug>/guide.pdf", handouts.stage_pdf, name="stage_pdf"),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:slug>/", views.skill, name="skill"),
    path("qualifications/", views.qualifications, name="qualifications"),
    path("organisations/", views.organisations, name="organisations"),
    path("festivals/", views.festivals, name="festivals"),
    path("glossary/", views.glossary, name="glossary"),
]
