"""Stored files as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Declares the entry types of stored files."""

    name = "sightline.documents"
    label = "documents"
    verbose_name = "documents"

    def ready(self) -> None:
        """Make the journal's entry types known."""
        from sightline.documents import disposed, entries  # noqa: F401 - importing makes them known
        from sightline.events import disposing

        disposing.forget_names(self.label, disposed.forget)
