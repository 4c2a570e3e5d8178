"""Addresses of governance."""

from django.urls import path

from sightline.governance.views import files, lists

app_name = "governance"
urlpatterns = [
    path("groups/<int:pk>/lists/", lists.member_lists, name="lists"),
    path("lists/<int:number>/", lists.member_list, name="list"),
    path("lists/<int:number>/confirm/", lists.list_confirm, name="list_confirm"),
    path("lists/<int:number>/give-up/", lists.list_discard, name="list_discard"),
    path("lists/<int:number>/file/", files.list_file, name="list_file"),
]
