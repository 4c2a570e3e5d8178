"""Addresses of plans, actions and sources; each subject has its own list."""

from django.urls import path

from sightline.plans.views import plans as plan_views
from sightline.plans.views import reports as report_views

app_name = "plans"

plans = [
    path("plans/", plan_views.plan_list, name="list"),
    path("plans/<slug:key>/", plan_views.plan, name="plan"),
    path("plans/<slug:key>/edit/", plan_views.plan, name="edit"),
    path("plans/<slug:key>/state/", plan_views.plan, name="state"),
    path("plans/<slug:key>/export/<str:format>/", plan_views.export, name="export"),
]

reports = [
    path("reports/exceptions/", report_views.report_list, name="reports"),
    path("reports/exceptions/<int:number>/", report_views.report, name="report"),
    path("reports/exceptions/<int:number>/issue/", report_views.report_issue, name="report_issue"),
    path(
        "reports/exceptions/<int:number>/download/<str:format>/",
        report_views.report_download,
        name="report_download",
    ),
]

urlpatterns = [*reports, *plans]
