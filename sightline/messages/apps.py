"""The outbox as a Django app; its label differs from Django's own "messages"."""

from __future__ import annotations

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Mail and work items."""

    name = "sightline.messages"
    label = "outbox"
    verbose_name = "Outbox"

    def ready(self) -> None:
        """Make the journal's entry types known."""
        from sightline.events import disposing, held
        from sightline.messages import disposed, entries, own, work  # noqa: F401 - importing makes them known
        from sightline.screens import navigation

        navigation.offer(self.label, work.navigation)
        held.offer(self.label, own.own)
        held.offer_said(self.label, own.said)
        disposing.forget_names(self.label, disposed.forget)
        disposing.offer(self.label, disposed.offered)
