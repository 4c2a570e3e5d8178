"""Governance as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.documents import places
from sightline.events import disposing, guards, held
from sightline.search import registry


class GovernanceConfig(AppConfig):
    """Declares the entry types of governance."""

    name = "sightline.governance"
    label = "governance"
    verbose_name = "governance"

    def ready(self) -> None:
        """Make the journal's entry types known, and offer what others show."""
        from sightline.access import seeing as who_sees
        from sightline.access import tabling
        from sightline.governance import (  # noqa: F401 - importing makes them known
            disposed,
            entries,
            filed,
            finding,
            guarded,
            own,
            seeing,
            shown,
            tabled,
        )
        from sightline.governance.services.disposing import reword_leads
        from sightline.partners import beside

        held.offer_said(self.label, own.said)
        disposing.offer(self.label, disposed.offered)
        disposing.forget_names(self.label, disposed.forget)
        disposing.reword_people(self.label, reword_leads)
        registry.offer(self.label, finding.offered)
        beside.offer_ways(self.label, [("Safeguarding leads: whom to take a worry to", "governance:leads")])
        guards.offer(self.label, guarded.offered)
        who_sees.offer(self.label, seeing.offered)
        tabling.offer(self.label, tabled.offered)
        beside.offer(self.label, shown.offered)
        places.offer("documents.document", filed.of_document)
