"""The Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Participants, employers, sponsors, and what ties them."""

    name = "jamsostek.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Grants over ours can be named."""
        from jamsostek.registry.queries import targets

        targets.register()
