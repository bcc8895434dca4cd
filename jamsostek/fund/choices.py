"""The closed lists of this room, with their words."""

from __future__ import annotations

from enum import StrEnum

from jamsostek.core.text import N_


class AssetClass(StrEnum):
    """Kinds of investment as PP 99/2013 and PP 55/2015 count them; limits are told by these."""

    GOVERNMENT_BOND = "government_bond"
    CENTRAL_BANK_PAPER = "central_bank_paper"
    CORPORATE_BOND = "corporate_bond"
    DEPOSIT = "deposit"
    EQUITY = "equity"
    MUTUAL_FUND = "mutual_fund"
    ASSET_BACKED = "asset_backed"
    REAL_ESTATE_FUND = "real_estate_fund"
    REPO = "repo"
    PROPERTY = "property"
    DIRECT = "direct"


CLASSES: dict[str, str] = {
    "government_bond": N_("Surat Berharga Negara"), "central_bank_paper": N_("Surat berharga Bank Indonesia"),
    "corporate_bond": N_("Surat utang korporasi"), "deposit": N_("Deposito"), "equity": N_("Saham"),
    "mutual_fund": N_("Reksa dana"), "asset_backed": N_("Efek beragun aset"), "real_estate_fund": N_("Dana investasi real estat"),
    "repo": N_("Repo"), "property": N_("Tanah dan bangunan"), "direct": N_("Penyertaan langsung"),
}  # fmt: skip


class IssuerKind(StrEnum):
    """Who owes or issues."""

    GOVERNMENT = "government"
    CENTRAL_BANK = "central_bank"
    STATE_BANK = "state_bank"
    REGIONAL_BANK = "regional_bank"
    BANK = "bank"
    COMPANY = "company"
    MANAGER = "manager"


ISSUER_KINDS: dict[str, str] = {
    "government": N_("Pemerintah"), "central_bank": N_("Bank Indonesia"), "state_bank": N_("Bank milik negara"),
    "regional_bank": N_("Bank milik daerah"), "bank": N_("Bank lain"), "company": N_("Perusahaan"),
    "manager": N_("Manajer investasi"),
}  # fmt: skip


class Measured(StrEnum):
    """By which rule a holding is carried: at amortised cost, at its market value, or at what it cost."""

    AMORTISED = "amortised"
    MARKET = "market"
    COST = "cost"


MEASURES: dict[str, str] = {
    "amortised": N_("Biaya perolehan diamortisasi"), "market": N_("Nilai pasar"), "cost": N_("Biaya perolehan"),
}  # fmt: skip


class Side(StrEnum):
    """Which way a trade goes."""

    BUY = "buy"
    SELL = "sell"


class Step(StrEnum):
    """What happened to a trade after it was planned."""

    CHECKED = "checked"
    REFUSED = "refused"
    BREACH_APPROVED = "breach_approved"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class TradeState(StrEnum):
    """Where a trade stands: what its steps come to."""

    PLANNED = "planned"
    CHECKED = "checked"
    BREACH = "breach"
    APPROVED = "approved"
    REFUSED = "refused"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


SIDES: dict[str, str] = {"buy": N_("Beli"), "sell": N_("Jual")}
STATES: dict[str, str] = {
    "planned": N_("Menunggu pemeriksaan"), "checked": N_("Menunggu penyelesaian"),
    "breach": N_("Menunggu persetujuan pelampauan"), "approved": N_("Disetujui, menunggu penyelesaian"),
    "refused": N_("Ditolak"), "settled": N_("Selesai"), "withdrawn": N_("Dibatalkan"),
}  # fmt: skip
STEPS: dict[str, str] = {
    "checked": N_("Sudah diperiksa"), "refused": N_("Ditolak"), "breach_approved": N_("Pelampauan disetujui"),
    "settled": N_("Diselesaikan"), "withdrawn": N_("Dibatalkan"),
}  # fmt: skip


class EventKind(StrEnum):
    """Money a holding brings without a trade."""

    COUPON = "coupon"
    DIVIDEND = "dividend"
    MATURITY = "maturity"


EVENTS: dict[str, str] = {"coupon": N_("Kupon atau bunga"), "dividend": N_("Dividen"), "maturity": N_("Pelunasan")}
KINDS: dict[str, str] = {
    "investment_buy": N_("Pembelian investasi"), "investment_sell": N_("Penjualan investasi"),
    "investment_coupon": N_("Kupon atau bunga diterima"), "investment_dividend": N_("Dividen diterima"),
    "investment_maturity": N_("Pelunasan investasi"), "investment_month_end": N_("Akhir bulan investasi"),
}  # fmt: skip
"""What groups of the ledger are called that this room posts."""
