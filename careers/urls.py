from django.urls import path

from .views import cards, handouts, machines, mapping, quiz
from .views import guide as views

app_name = "careers"
urlpatterns = [
    path("careers/", views.careers, name="careers"),
    path("careers/suggestions/", views.suggestions, name="suggestions"),
    path("careers/compare/", views.compare, name="compare"),
    path("careers/map/", mapping.career_map, name="map"),
    path("careers/quiz/", quiz.start, name="quiz"),
    path("careers/quiz/how/", quiz.how, name="quiz_how"),
    path("careers/quiz/statements/", quiz.statements, name="quiz_statements"),
    path("careers/quiz/open/", quiz.open_code, name="quiz_open"),
    path("careers/quiz/<str:code>/", quiz.result, name="quiz_result"),
    path("careers/quiz/<str:code>/statements/", quiz.change, name="quiz_change"),
    path("careers/<slug:slug>.md", machines.career, name="career_markdown"),
    path("careers/<slug:slug>/", views.career, name="career"),
    path("careers/<slug:slug>/card.png", cards.career, name="career_card"),
    path("careers/<slug:slug>/guide.pdf", handouts.career_pdf, name="career_pdf"),
    path("stages/", views.stages, name="stages"),
    path("stages/<slug:slug>.md", machines.stage, name="stage_markdown"),
    path("stages/<slug:slug>/", views.stage, name="stage"),
    path("stages/<slug:slug>/card.png", cards.stage, name="stage_card"),
    path("stages/<slug:slug>/guide.pdf", handouts.stage_pdf, name="stage_pdf"),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:slug>.md", machines.skill, name="skill_markdown"),
    path("skills/<slug:slug>/", views.skill, name="skill"),
    path("skills/<slug:slug>/card.png", cards.skill, name="skill_card"),
    path("qualifications/", views.qualifications, name="qualifications"),
    path("organisations/", views.organisations, name="organisations"),
    path("festivals/", views.festivals, name="festivals"),
    path("glossary/", views.glossary, name="glossary"),
    path("data/", machines.open_data, name="open_data"),
]
