from django.urls import path

from .views import guide as views
from .views import machines

app_name = "careers"
urlpatterns = [
    path("careers/", views.careers, name="careers"),
    path("careers/suggestions/", views.suggestions, name="suggestions"),
    path("careers/compare/", views.compare, name="compare"),
    path("careers/<slug:slug>.md", machines.career, name="career_markdown"),
    path("careers/<slug:slug>/", views.career, name="career"),
    path("stages/", views.stages, name="stages"),
    path("stages/<slug:slug>.md", machines.stage, name="stage_markdown"),
    path("stages/<slug:slug>/", views.stage, name="stage"),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:slug>.md", machines.skill, name="skill_markdown"),
    path("skills/<slug:slug>/", views.skill, name="skill"),
    path("qualifications/", views.qualifications, name="qualifications"),
    path("organisations/", views.organisations, name="organisations"),
    path("festivals/", views.festivals, name="festivals"),
    path("glossary/", views.glossary, name="glossary"),
    path("data/", machines.open_data, name="open_data"),
]
