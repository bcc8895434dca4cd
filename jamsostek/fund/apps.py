"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class FundConfig(AppConfig):
    """The funds."""

    name = "jamsostek.fund"
    label = "fund"

    def ready(self) -> None:
        """Has refusals of these tables told in words, the ledger's check prove these books too, and their groups named."""
        from jamsostek.fund import checks, errors
        from jamsostek.fund.choices import KINDS
        from jamsostek.ledger.kinds import named

        errors.add_words()
        checks.add_to_the_ledgers()
        for kind, words in KINDS.items():
            named(kind, words)
