"""The Django app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Participants, employers, sponsors, and what ties them."""

    name = "jamsostek.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
