"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "jamsostek.ledger"
    label = "ledger"
