"""Requests as a Django app: who was asked for what, by when, who was reminded, who answered."""

from __future__ import annotations

from django.apps import AppConfig

from sightline.events import guards, held


class RequestsConfig(AppConfig):
    """Declares the entry types of requests."""

    name = "sightline.requests"
    label = "requests"
    verbose_name = "requests"

    def ready(self) -> None:
        """Make the journal's entry types known, and offer what others read of requests."""
        from sightline.access import seeing as who_sees
        from sightline.events import disposing
        from sightline.requests import (  # noqa: F401 - importing makes them known
            disposed,
            entries,
            guarded,
            own,
            seeing,
        )

        held.offer_said(self.label, own.said)
        disposing.forget_names(self.label, disposed.forget)
        disposing.reword_people(self.label, disposed.reword)
        guards.offer(self.label, guarded.offered)
        who_sees.offer(self.label, seeing.offered)
