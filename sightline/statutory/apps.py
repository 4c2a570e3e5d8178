"""The statutory pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class StatutoryConfig(AppConfig):
    """Declares the entry types of statutory pages."""

    name = "sightline.statutory"
    label = "statutory"
    verbose_name = "Statutory pages"

    def ready(self) -> None:
        """Make the journal's entry types known."""
        from sightline.statutory import entries  # noqa: F401 - importing makes them known
