"""Oversight of access and of the journal as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.events import disposing, guards
from sightline.screens import navigation


class OversightConfig(AppConfig):
    """Declares the entry types of oversight."""

    name = "sightline.oversight"
    label = "oversight"
    verbose_name = "Oversight"

    def ready(self) -> None:
        """Make the journal's entry types known, put the pages into the navigation, and say who reads its records."""
        from sightline.oversight import disposed, entries, guarded, work  # noqa: F401 - importing makes them known

        navigation.offer(self.label, work.navigation)
        guards.offer(self.label, guarded.offered)
        disposing.offer(self.label, disposed.offered)
        disposing.forget_names(self.label, disposed.forget)
