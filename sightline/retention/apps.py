"""Retention as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from sightline.events import guards, triggers
from sightline.screens import navigation


class RetentionConfig(AppConfig):
    """Declares entry types and connects the checks; keeps versions and certificates from being changed."""

    name = "sightline.retention"
    label = "retention"
    verbose_name = "Retention"

    def ready(self) -> None:
        """Make the journal's entry types known, put the pages into the navigation, connect the checks."""
        from sightline.retention import checks as own_checks
        from sightline.retention import entries, guarded, work  # noqa: F401 - importing makes them known

        navigation.offer(self.label, work.navigation)
        guards.offer(self.label, guarded.offered)
        triggers.keep_as_written(guarded.AS_WRITTEN)
        checks.register(own_checks.check_retention)
