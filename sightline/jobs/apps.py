"""Background work as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from sightline.events import disposing
from sightline.screens import navigation


class JobsConfig(AppConfig):
    """Finds every app's jobs.py."""

    name = "sightline.jobs"
    label = "jobs"
    verbose_name = "Background work"

    def ready(self) -> None:
        """Register every app's jobs and schedule, and put the page into the navigation."""
        from sightline.jobs import disposed, work

        autodiscover_modules("jobs")
        navigation.offer(self.label, work.navigation)
        disposing.offer(self.label, disposed.offered)
        disposing.forget_names(self.label, disposed.forget)
