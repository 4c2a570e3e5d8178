"""Addresses of the journal."""

from django.urls import path

from sightline.events import views

app_name = "journal"
urlpatterns = [
    path("journal/", views.journal, name="list"),
    path("journal/<int:number>/", views.entry, name="entry"),
    path("journal/<int:number>/shred/", views.shred, name="shred"),
    path("journal/as/<str:format>/", views.take, name="take"),
    path("journal/of/<str:app>/<str:model>/<int:number>/", views.of_record, name="of"),
]
