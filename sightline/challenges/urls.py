"""Addresses of challenges."""

from django.urls import path

from sightline.challenges.views import challenges

app_name = "challenges"
urlpatterns = [
    path("challenges/", challenges.challenge_list, name="list"),
    path("challenges/rows/<str:format>/", challenges.list_export, name="list_export"),
    path("challenges/figures/", challenges.figures, name="figures"),
    path("challenges/new/", challenges.challenge_new, name="new"),
    path("challenges/<int:number>/", challenges.challenge, name="challenge"),
    path("challenges/<int:number>/edit/", challenges.challenge_edit, name="edit"),
    path("challenges/<int:number>/<slug:deed>/", challenges.challenge_do, name="do"),
]
