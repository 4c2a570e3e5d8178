from django.apps import AppConfig

from sightline.screens import navigation


class SiteConfig(AppConfig):
    name = "sightline.site"
    label = "site"
    verbose_name = "the site"

    def ready(self) -> None:
        """Offer the page on which the entries are gathered that few people need and nobody every day."""
        administration = navigation.NavItem("Administration", "administration", order=99, gathers=True)
        navigation.offer(self.label, [administration])
