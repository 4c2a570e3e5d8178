"""Partners as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Declares the entry types of partners."""

    name = "sightline.partners"
    label = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        """Make the journal's entry types known."""
        from sightline.partners import entries  # noqa: F401
