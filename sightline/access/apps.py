"""Accounts, permissions, roles and scope as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class AccessConfig(AppConfig):
    """Declares the entry types of access."""

    name = "sightline.access"
    label = "access"
    verbose_name = "Access"

    def ready(self) -> None:
        """Make the journal's entry types known; connect the checks."""
        from sightline.access import checks as access_checks
        from sightline.access import (  # noqa: F401 - importing makes them known
            disposed,
            entries,
            guarded,
            own,
            readers,
            receivers,
            reviewed,
            reviewing,
        )
        from sightline.events import disposing, guards, held, net
        from sightline.messages import readers as told

        held.offer(self.label, own.own)
        told.offer(readers.readers)
        disposing.offer(self.label, disposed.offered)
        disposing.forget_names(self.label, disposed.forget)
        guards.offer(self.label, guarded.offered)
        reviewing.offer(reviewed.MEMBERSHIPS)
        net.cover(guarded.NETTED)
        checks.register(access_checks.check_roles)
        checks.register(access_checks.check_floors)
        checks.register(access_checks.check_views_are_marked, checks.Tags.urls)
