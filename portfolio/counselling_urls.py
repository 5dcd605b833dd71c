"""The counsellor's desk."""

from django.urls import path

from .views.counselling import caseload, recommending, student

app_name = "counselling"
urlpatterns = [
    path("", caseload.caseload, name="caseload"),
    path("recommend/", recommending.recommend_many, name="recommend_many"),
    path("<key:pk>/recommend/", recommending.recommend, name="recommend"),
    path("<key:pk>/steps/<key:step>/", recommending.step, name="step"),
    path("<key:pk>/", student.student, name="student"),
]
