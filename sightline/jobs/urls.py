"""Addresses of background work."""

from django.urls import path

from sightline.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/", views.job_list, name="list"),
    path("jobs/<int:pk>/again/", views.job_again, name="again"),
]
