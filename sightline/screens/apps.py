from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "sightline.screens"
    label = "screens"
