"""The Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users, grants, audit, keys."""

    name = "jamsostek.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Signing in leaves its trail."""
        from jamsostek.access import receivers  # noqa: F401
