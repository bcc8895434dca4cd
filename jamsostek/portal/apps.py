"""The Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages, parts, static files and the tags of templates."""

    name = "jamsostek.portal"
    label = "portal"
