"""The app of the tests alone."""

from django.apps import AppConfig


class RestrictedConfig(AppConfig):
    """Known as "restricted"; offers nothing by itself, so that tests of other things are not changed by it."""

    name = "tests.restricted"
    label = "restricted"
    verbose_name = "Restricted"
    default_auto_field = "django.db.models.BigAutoField"
