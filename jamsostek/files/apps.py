"""The Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files people sent."""

    name = "jamsostek.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
