"""Accounts, permissions, roles and scope as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Declares the entry types of access."""

    name = "sightline.access"
    label = "access"
    verbose_name = "Access"

    def ready(self) -> None:
        """Make the journal's entry types known."""
        from sightline.access import entries  # noqa: F401
