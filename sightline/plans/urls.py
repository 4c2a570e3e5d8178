"""Addresses of plans, actions and sources; each subject has its own list."""

from django.urls import path

from sightline.plans.views import plans as plan_views

app_name = "plans"

plans = [
    path("plans/", plan_views.plan_list, name="list"),
]

urlpatterns = [*plans]
