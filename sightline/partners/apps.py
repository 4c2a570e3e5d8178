"""Partners as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.events import disposing, guards, held
from sightline.screens import navigation
from sightline.search import registry


class PartnersConfig(AppConfig):
    """Declares the entry types of partners."""

    name = "sightline.partners"
    label = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        """Make the journal's entry types known, and put the list into the navigation."""
        from sightline.partners import (  # noqa: F401 - importing makes them known
            beside,
            disposed,
            entries,
            finding,
            guarded,
            own,
            shown,
            work,
        )

        navigation.offer(self.label, work.navigation)
        registry.offer(self.label, finding.offered)
        held.offer(self.label, own.own)
        held.offer_said(self.label, own.said)
        beside.offer(self.label, shown.offered)
        disposing.offer(self.label, disposed.offered)
        disposing.forget_names(self.label, disposed.forget)
        guards.offer(self.label, guarded.offered)
