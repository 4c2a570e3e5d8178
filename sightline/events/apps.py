"""The journal as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    """Installs the journal's triggers after each migration (SQLite loses them when a table is rebuilt)."""

    name = "sightline.events"
    label = "events"
    verbose_name = "Journal"

    def ready(self) -> None:
        """Connect the one permitted post_migrate receiver and the checks."""
        from sightline.events import checks as events_checks
        from sightline.events import entries, held, net, own, triggers, work  # noqa: F401 - importing makes them known
        from sightline.screens import navigation

        navigation.offer(self.label, work.navigation)
        held.offer(self.label, own.own)
        connection_created.connect(net.on_connection, dispatch_uid="events.net")
        post_migrate.connect(triggers.install_after_migrate, sender=self, dispatch_uid="events.triggers")
        checks.register(events_checks.check_triggers, checks.Tags.database)
