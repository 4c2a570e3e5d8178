"""The yearly rhythm as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.events import disposing, guards, held
from sightline.requests import ahead
from sightline.screens import navigation
from sightline.search import registry


class RhythmConfig(AppConfig):
    """Declares the entry types of the yearly rhythm."""

    name = "sightline.rhythm"
    label = "rhythm"
    verbose_name = "yearly rhythm"

    def ready(self) -> None:
        """Make the journal's entry types known, and put the pages into the navigation."""
        from sightline.access import seeing as who_sees
        from sightline.access import tabling
        from sightline.partners import beside
        from sightline.rhythm import (  # noqa: F401 - importing makes them known
            disposed,
            entries,
            finding,
            guarded,
            looking,
            own,
            seeing,
            shown,
            tabled,
            work,
        )

        navigation.offer(self.label, work.navigation)
        registry.offer(self.label, finding.offered)
        held.offer_said(self.label, own.said)
        disposing.forget_names(self.label, disposed.forget)
        disposing.reword_people(self.label, disposed.reword)
        guards.offer(self.label, guarded.offered)
        who_sees.offer(self.label, seeing.offered)
        tabling.offer(self.label, tabled.offered)
        beside.offer(self.label, shown.offered)
        ahead.offer(self.label, looking.ahead)
