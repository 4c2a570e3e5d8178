"""Addresses of the dashboards."""

from django.urls import path

from sightline.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("dashboard/", views.board, name="board"),
    path("dashboard/plans/<slug:key>/", views.board_of_plan, name="board_of_plan"),
    path("dashboard/groups/<slug:key>/", views.board_of_group, name="board_of_group"),
]
