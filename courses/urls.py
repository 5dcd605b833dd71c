from django.urls import path

from . import views

app_name = "courses"
urlpatterns = [
    path("courses/", views.courses, name="courses"),
    path("courses/<slug:slug>/", views.course, name="course"),
    path("courses/<slug:slug>/card.png", views.card, name="card"),
]
