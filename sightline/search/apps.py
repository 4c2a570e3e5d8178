"""Search as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """Makes the database's own index after each migration."""

    name = "sightline.search"
    label = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        """Connect the one permitted post_migrate receiver; make the journal's entry types known."""
        from sightline.search import entries, tables  # noqa: F401 - importing makes them known

        post_migrate.connect(tables.install_after_migrate, sender=self, dispatch_uid="search.tables")
