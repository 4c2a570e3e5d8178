"""Who needs to know, as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from sightline.events import disposing, guards, held, net
from sightline.screens import navigation


class KnowingConfig(AppConfig):
    """Puts case lists, conflicts of interest and break-glass where journal, net and own data look for them."""

    name = "sightline.knowing"
    label = "knowing"
    verbose_name = "Need to know"

    def ready(self) -> None:
        """Make the journal's entry types known; connect the checks."""
        from sightline.access import reviewing
        from sightline.knowing import checks as knowing_checks
        from sightline.knowing import (  # noqa: F401 - importing makes them known
            disposed,
            entries,
            guarded,
            own,
            reviewed,
            work,
        )

        navigation.offer(self.label, work.navigation)
        held.offer(self.label, own.own)
        guards.offer(self.label, guarded.offered)
        guards.keep_beside(self.label, guarded.beside)
        net.cover(guarded.NETTED)
        disposing.offer(self.label, disposed.offered)
        disposing.forget_names(self.label, disposed.forget)
        reviewing.offer(reviewed.PLACES)
        checks.register(knowing_checks.check_wall)
