"""Meetings as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.documents import places
from sightline.events import disposing, guards, held
from sightline.requests import ahead, figures, kinds, owing, parts
from sightline.screens import navigation
from sightline.search import registry


class MeetingsConfig(AppConfig):
    """Declares the entry types of meetings."""

    name = "sightline.meetings"
    label = "meetings"
    verbose_name = "meetings"

    def ready(self) -> None:
        """Make the journal's entry types known, and put the pages into the navigation."""
        from sightline.access import beside as told_beside
        from sightline.access import seeing as who_sees
        from sightline.governance import standing
        from sightline.meetings import (  # noqa: F401 - importing makes them known
            asked_about,
            beside,
            disposed,
            entries,
            figured,
            filed,
            finding,
            gaps,
            guarded,
            invited,
            own,
            seeing,
            shown,
            upon,
            work,
        )
        from sightline.partners import beside as of_parties

        navigation.offer(self.label, work.navigation)
        registry.offer(self.label, finding.offered)
        held.offer_said(self.label, own.said)
        disposing.forget_names(self.label, disposed.forget)
        disposing.reword_people(self.label, disposed.reword)
        guards.offer(self.label, guarded.offered)
        who_sees.offer(self.label, seeing.offered)
        told_beside.offer(self.label, beside.offered)
        of_parties.offer(self.label, shown.offered)
        figures.offer(self.label, figured.of)
        ahead.offer(self.label, figured.ahead)
        parts.offer(self.label, asked_about.part)
        owing.offer(self.label, gaps.offered)
        kinds.offer(self.label, invited.offered)
        standing.offer(self.label, upon.of_seats)
        places.offer("documents.document", filed.of_document)
