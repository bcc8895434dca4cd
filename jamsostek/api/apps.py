"""The Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API's addresses and its counters."""

    name = "jamsostek.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
