"""Addresses of whole exports."""

from django.urls import path

from sightline.carrying import views

app_name = "carrying"
urlpatterns = [
    path("whole-exports/", views.exports, name="exports"),
    path("whole-exports/new/", views.new, name="new"),
    path("whole-exports/<int:number>/", views.export, name="export"),
    path("whole-exports/<int:number>/file/", views.export_file, name="export_file"),
]
