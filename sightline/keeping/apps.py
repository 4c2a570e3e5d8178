"""Backups as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    """Declares the entry types of backups."""

    name = "sightline.keeping"
    label = "keeping"
    verbose_name = "Backups"

    def ready(self) -> None:
        """Make the journal's entry types known."""
        from sightline.keeping import entries  # noqa: F401 - importing makes them known
