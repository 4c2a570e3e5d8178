"""Saved views as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.events import disposing, held
from sightline.screens import navigation


class SavedConfig(AppConfig):
    """Declares the entry types of saved views."""

    name = "sightline.saved"
    label = "saved"
    verbose_name = "Saved views"

    def ready(self) -> None:
        """Make the journal's entry types known, and put the list into the navigation."""
        from sightline.saved import disposed, entries, own, work  # noqa: F401 - importing makes them known

        navigation.offer(self.label, work.navigation)
        held.offer(self.label, own.own)
        disposing.offer(self.label, disposed.offered)
