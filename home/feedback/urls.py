from django.urls import path

from . import views

app_name = "feedback"
urlpatterns = [
    path("<slug:kind>/", views.report, name="report_list"),
    path("<slug:kind>/<str:slug>/", views.report, name="report"),
    path("<slug:kind>/<str:slug>/useful/", views.useful, name="useful"),
]
