"""Addresses of the dashboards."""

from django.urls import path

from sightline.dashboards import views

app_name = "dashboards"
urlpatterns = [path("", views.home, name="home")]
