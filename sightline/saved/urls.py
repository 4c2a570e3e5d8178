"""Addresses of saved views."""

from django.urls import path

from sightline.saved import views

app_name = "saved"
urlpatterns = [
    path("saved-views/", views.view_list, name="list"),
    path("saved-views/new/", views.view_new, name="new"),
    path("saved-views/<int:pk>/", views.view_edit, name="edit"),
    path("saved-views/<int:pk>/remove/", views.view_remove, name="remove"),
]
