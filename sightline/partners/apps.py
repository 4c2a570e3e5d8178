from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "sightline.partners"
    label = "partners"
    verbose_name = "partners"
