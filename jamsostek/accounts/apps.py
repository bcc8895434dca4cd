"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "jamsostek.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Has the ledger's check prove members' money too, and its refusals told in words."""
        from jamsostek.accounts import checks, errors

        checks.add_to_the_ledgers()
        errors.add_words()
