"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "jamsostek.ledger"
    label = "ledger"

    def ready(self) -> None:
        """The ledger's own checks are known."""
        from jamsostek.ledger import proofs

        proofs.register_all()
