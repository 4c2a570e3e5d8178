"""Addresses of plans, actions and sources; each subject has its own list."""

from django.urls import path

from sightline.plans.views import imports as import_views
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

imports = [
    path("imports/", import_views.import_list, name="imports"),
    path("imports/new/", import_views.import_new, name="import_new"),
    path("imports/<int:number>/", import_views.import_, name="import"),
    path("imports/<int:number>/about/", import_views.import_about, name="import_about"),
    path("imports/<int:number>/owners/", import_views.import_owners, name="import_owners"),
    path("imports/<int:number>/rows/<int:index>/", import_views.import_row, name="import_row"),
    path("imports/<int:number>/changes/", import_views.import_changes, name="import_changes"),
    path("imports/<int:number>/confirm/", import_views.import_confirm, name="import_confirm"),
    path("imports/<int:number>/withdraw/", import_views.import_withdraw, name="import_withdraw"),
    path("imports/<int:number>/discard/", import_views.import_discard, name="import_discard"),
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

urlpatterns = [*imports, *reports, *plans]
