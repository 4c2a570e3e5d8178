"""Addresses of the statutory pages."""

from django.urls import path

from sightline.statutory import views

app_name = "statutory"
urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/edit/", views.notice_edit, name="notice"),
    path("cookies/", views.cookies, name="cookies"),
    path("account/data/", views.own_data, name="own_data"),
    path("account/data/<slug:key>/", views.own_part, name="own_part"),
    path("account/data/download/<str:format>/", views.own_data_take, name="own_data_take"),
]
