"""The app."""

from __future__ import annotations

from django.apps import AppConfig

from jamsostek.core.text import N_

_BOOKED = {
    "claim": N_("Manfaat diputuskan"), "benefit_paid": N_("Manfaat dibayar bank"),
    "benefit_returned": N_("Manfaat dikembalikan bank"), "late": N_("Ganti rugi keterlambatan"),
    "roll": N_("Manfaat bulanan"), "cancelled": N_("Manfaat dibatalkan"),
    "overpaid": N_("Kelebihan bayar manfaat"), "recovered": N_("Kelebihan bayar kembali"), "tax_paid": N_("Pajak JHT disetor"),
}  # fmt: skip


class ClaimsConfig(AppConfig):
    """Claims."""

    name = "jamsostek.claims"
    label = "claims"

    def ready(self) -> None:
        """Says what its groups in the books are called, and has the ledger's check prove the promises of benefits too."""
        from jamsostek.claims import checks
        from jamsostek.ledger.kinds import named

        checks.add_to_the_ledgers()
        for kind, words in _BOOKED.items():
            named(kind, words)
