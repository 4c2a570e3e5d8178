"""The line of sight as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.screens import navigation


class SightConfig(AppConfig):
    """Offers the loose threads to the navigation."""

    name = "sightline.sight"
    label = "sight"
    verbose_name = "line of sight"

    def ready(self) -> None:
        """Make the journal's entry types known, and put the page into the navigation."""
        from sightline.sight import entries, work  # noqa: F401 - importing makes them known

        navigation.offer(self.label, work.navigation)
