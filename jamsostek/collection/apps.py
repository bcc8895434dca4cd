"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Collection."""

    name = "jamsostek.collection"
    label = "collection"

    def ready(self) -> None:
        """Has the ledger's check prove the promises of bills and payments too, and says which months of cover are paid."""
        from jamsostek.collection import checks
        from jamsostek.collection.queries import cover

        checks.add_to_the_ledgers()
        cover.register()
