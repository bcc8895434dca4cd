"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Collection."""

    name = "jamsostek.collection"
    label = "collection"
