"""Addresses along the line of sight."""

from django.urls import path

from sightline.sight import views

app_name = "sight"

urlpatterns = [
    path("line-of-sight/<str:kind>/<str:key>/", views.whole, name="thread"),
    path("line-of-sight/<str:kind>/<str:key>/why/", views.why, name="why"),
    path("line-of-sight/<str:kind>/<str:key>/what-came-of-it/", views.came, name="came"),
    path("line-of-sight/<str:kind>/<str:key>/download/<str:format>/", views.download, name="download"),
    path("loose-threads/", views.loose, name="loose"),
    path("loose-threads/export/", views.loose_export, name="loose_export"),
    path("actions/<str:reference>/time-line/", views.timeline, name="timeline"),
]
