"""Addresses of challenges, risks and the scrutiny log."""

from django.urls import path

from sightline.challenges.views import challenges, risks, scrutiny

app_name = "challenges"
urlpatterns = [
    path("challenges/", challenges.challenge_list, name="list"),
    path("challenges/rows/<str:format>/", challenges.list_export, name="list_export"),
    path("challenges/figures/", challenges.figures, name="figures"),
    path("challenges/new/", challenges.challenge_new, name="new"),
    path("challenges/<int:number>/", challenges.challenge, name="challenge"),
    path("challenges/<int:number>/edit/", challenges.challenge_edit, name="edit"),
    path("challenges/<int:number>/<slug:deed>/", challenges.challenge_do, name="do"),
    path("risks/", risks.risk_list, name="risks"),
    path("risks/rows/<str:format>/", risks.risk_export, name="risk_export"),
    path("risks/map/", risks.heat_map, name="heat"),
    path("risks/new/", risks.risk_new, name="risk_new"),
    path("risks/<int:number>/", risks.risk, name="risk"),
    path("risks/<int:number>/edit/", risks.risk_edit, name="risk_edit"),
    path("risks/<int:number>/<slug:deed>/", risks.risk_do, name="risk_do"),
    path("scrutiny/", scrutiny.scrutiny_list, name="scrutinies"),
    path("scrutiny/rows/<str:format>/", scrutiny.scrutiny_export, name="scrutiny_export"),
    path("scrutiny/new/", scrutiny.scrutiny_new, name="scrutiny_new"),
    path("scrutiny/<int:number>/", scrutiny.scrutiny, name="scrutiny"),
    path("scrutiny/<int:number>/edit/", scrutiny.scrutiny_edit, name="scrutiny_edit"),
    path("scrutiny/<int:number>/<slug:deed>/", scrutiny.scrutiny_do, name="scrutiny_do"),
]
