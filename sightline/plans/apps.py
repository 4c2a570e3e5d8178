"""Sources, recommendations, plans and actions as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.access import returns
from sightline.challenges import answered as answers
from sightline.documents import places
from sightline.events import disposing, guards, held
from sightline.requests import figures, kinds, parts
from sightline.screens import navigation
from sightline.search import registry


class PlansConfig(AppConfig):
    """Declares the entry types of plans."""

    name = "sightline.plans"
    label = "plans"
    verbose_name = "plans"

    def ready(self) -> None:
        """Make the journal's entry types known, and put the pages into the navigation."""
        from sightline.access import seeing as who_sees
        from sightline.access import tabling
        from sightline.plans import (  # noqa: F401 - importing makes them known
            answered,
            disposed,
            entries,
            figured,
            filed,
            finding,
            guarded,
            own,
            returned,
            rounds,
            seeing,
            tabled,
            work,
        )

        navigation.offer(self.label, work.navigation)
        registry.offer(self.label, finding.offered)
        held.offer(self.label, own.own)
        held.offer_said(self.label, own.said)
        disposing.offer(self.label, disposed.offered, disposed.gatherings)
        disposing.forget_names(self.label, disposed.forget)
        disposing.reword_people(self.label, disposed.reword)
        answers.offer(self.label, answered.offered)
        guards.offer(self.label, guarded.offered)
        returns.offer(self.label, returned.offered)
        kinds.offer(self.label, rounds.offered)
        parts.offer(self.label, rounds.part)
        figures.offer(self.label, figured.of)
        who_sees.offer(self.label, seeing.offered)
        tabling.offer(self.label, tabled.offered)
        for model, place in filed.offered.items():
            places.offer(model, place)
