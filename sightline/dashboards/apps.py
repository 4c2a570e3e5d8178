from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "sightline.dashboards"
    label = "dashboards"
    verbose_name = "what needs you"
