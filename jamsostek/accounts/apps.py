"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "jamsostek.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Has the ledger's check prove members' money too."""
        from jamsostek.accounts import checks

        checks.add_to_the_ledgers()
