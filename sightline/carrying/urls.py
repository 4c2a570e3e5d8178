"""Addresses of whole exports."""

from django.urls import path

from sightline.carrying import views

app_name = "carrying"
urlpatterns = [
    path("everything/", views.exports, name="exports"),
    path("everything/new/", views.new, name="new"),
    path("everything/<int:number>/", views.export, name="export"),
    path("everything/<int:number>/file/", views.export_file, name="export_file"),
]
