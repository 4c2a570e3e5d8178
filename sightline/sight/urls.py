"""Addresses along the line of sight."""

from django.urls import path

from sightline.sight.views import comparing, threads

app_name = "sight"

urlpatterns = [
    path("line-of-sight/<str:kind>/<str:key>/", threads.whole, name="thread"),
    path("line-of-sight/<str:kind>/<str:key>/why/", threads.why, name="why"),
    path("line-of-sight/<str:kind>/<str:key>/what-came-of-it/", threads.came, name="came"),
    path("line-of-sight/<str:kind>/<str:key>/download/<str:format>/", threads.download, name="download"),
    path("as-it-stood/", comparing.then, name="then"),
    path("as-it-stood/download/<str:format>/", comparing.then_download, name="then_download"),
    path("loose-threads/", threads.loose, name="loose"),
    path("loose-threads/export/", threads.loose_export, name="loose_export"),
    path("plans/<slug:key>/compare/", comparing.compare, name="compare"),
    path(
        "plans/<slug:key>/compare/download/<str:format>/", comparing.compare_download, name="compare_download"
    ),
    path("imports/<int:number>/compare/", comparing.papers, name="papers"),
    path(
        "imports/<int:number>/compare/download/<str:format>/",
        comparing.papers_download,
        name="papers_download",
    ),
    path("actions/<str:reference>/time-line/", threads.timeline, name="timeline"),
]
