"""What the tables of the funds refuse, in words; the ledger's own refusals are in `ledger.errors`."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.ledger.errors import WORDS, LedgerRefused, refusals

__all__ = ["LedgerRefused", "refusals"]

OURS = {
    "fund_trade_hands": (
        N_("Satu orang tidak boleh memegang dua langkah dari satu transaksi."), N_("Minta orang lain yang berwenang."),
    ),
    "fund_trade_order": (
        N_("Langkah ini belum atau tidak lagi pada gilirannya."), N_("Lihat keadaan transaksi ini di halamannya."),
    ),
    "fund_trade_breach": (
        N_("Transaksi ini melampaui batas investasi dan pelampauannya belum disetujui."),
        N_("Minta persetujuan bernama dengan rencana perbaikan, atau batalkan transaksinya."),
    ),
    "fund_lot_used": (N_("Yang dijual lebih banyak daripada yang dimiliki."), N_("Periksa jumlah yang masih ada.")),
    "fund_jhtproposal_rate": (
        N_("Tingkat ini bukan usulan hasil JHT yang dapat ditetapkan."), N_("Ajukan usulannya lengkap dengan dampaknya."),
    ),
    "fund_jhtproposal_decree": (N_("Nomor keputusannya belum diisi."), N_("Isi nomor dan tanggal keputusan.")),
    "fund_jhtproposal_reason": (N_("Alasannya belum diisi."), N_("Tulis mengapa tingkat ini yang diusulkan.")),
}  # fmt: skip


def add_words() -> None:
    """Has every refusal of these tables told in words, whoever meets it."""
    WORDS.update(OURS)
