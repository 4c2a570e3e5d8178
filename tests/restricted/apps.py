"""The app of the tests alone."""

from django.apps import AppConfig


class RestrictedConfig(AppConfig):
    """Known as "restricted"; stands behind the wall as an app of the product does."""

    name = "tests.restricted"
    label = "restricted"
    verbose_name = "Restricted"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the case notes behind the wall."""
        from sightline.events import guards
        from sightline.knowing import registry
        from sightline.knowing.guarded import guard_of
        from tests.restricted.models import KIND

        registry.offer(self.label, [KIND])
        guards.offer(self.label, [guard_of(KIND)])
