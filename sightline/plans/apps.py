from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sightline.plans"
    label = "plans"
    verbose_name = "plans"
