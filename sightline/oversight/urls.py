"""Addresses of oversight."""

from django.urls import path

from sightline.oversight.views import samples, unusual

app_name = "oversight"
urlpatterns = [
    path("data-protection/", unusual.unusual, name="unusual"),
    path("data-protection/unusual/<int:pk>/", unusual.alert, name="alert"),
    path("data-protection/samples/", samples.samples, name="samples"),
    path("data-protection/samples/<str:key>/", samples.sample, name="sample"),
    path("data-protection/samples/<str:key>/sign/", samples.sign, name="sign"),
    path("data-protection/samples/<str:key>/as/<str:format>/", samples.report, name="report"),
    path("data-protection/samples/<str:key>/<int:position>/", samples.drawn, name="drawn"),
]
