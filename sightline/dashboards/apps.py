"""The dashboards as a Django app."""

from django.apps import AppConfig

from sightline.screens import navigation


class DashboardsConfig(AppConfig):
    """Offers the first page to the navigation."""

    name = "sightline.dashboards"
    label = "dashboards"
    verbose_name = "Dashboards"

    def ready(self) -> None:
        """Put the page into the navigation."""
        from sightline.dashboards import work

        navigation.offer(self.label, work.navigation)
