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
        from sightline.messages import disposed, entries, own  # noqa: F401 - importing makes them known

        held.offer(self.label, own.own)
        disposing.offer(self.label, disposed.offered)
