"""Addresses of retention."""

from django.urls import path

from sightline.retention.views import overview, table

app_name = "retention"
urlpatterns = [
    path("retention/", overview.overview, name="overview"),
    path("retention/rules/", table.rules, name="rules"),
    path("retention/rules/file.<slug:format>", table.rules_file, name="rules_file"),
    path("retention/rules/<slug:key>/", table.rule, name="rule"),
    path("retention/rules/<slug:key>/confirm/", table.confirm, name="confirm"),
    path("retention/rules/<slug:key>/change/", table.change, name="change"),
]
