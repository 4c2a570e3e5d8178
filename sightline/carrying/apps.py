"""Whole exports as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from sightline.events import disposing
from sightline.screens import navigation


class CarryingConfig(AppConfig):
    """Declares entry types, connects the check that every field is exported or left out with a reason."""

    name = "sightline.carrying"
    label = "carrying"
    verbose_name = "Whole exports"

    def ready(self) -> None:
        """Make the journal's entry types known, put the page into the navigation, connect the check."""
        from sightline.carrying import checks as own_checks
        from sightline.carrying import disposed, entries, work  # noqa: F401 - importing makes them known

        navigation.offer(self.label, work.navigation)
        disposing.forget_names(self.label, disposed.forget)
        checks.register(own_checks.check_exported)
