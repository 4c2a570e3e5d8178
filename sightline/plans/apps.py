"""Sources, recommendations, plans and actions as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Declares the entry types of plans."""

    name = "sightline.plans"
    label = "plans"
    verbose_name = "plans"

    def ready(self) -> None:
        """Make the journal's entry types known."""
        from sightline.plans import entries  # noqa: F401
