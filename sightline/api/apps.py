"""The API as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Answers programs: what the pages show and do, as JSON."""

    name = "sightline.api"
    label = "api"
    verbose_name = "API"
