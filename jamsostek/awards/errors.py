"""What the tables of the award refuse, in words."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.ledger.errors import WORDS, LedgerRefused, refusals

__all__ = ["LedgerRefused", "refusals"]

OURS = {
    "awards_version_reason": (
        N_("Edisi ini sudah dibuka, jadi perubahannya memerlukan alasan."), N_("Tulis alasannya; semua orang dapat membacanya."),
    ),
    "awards_version_order": (
        N_("Orang lain baru saja mengubah edisi ini."), N_("Muat ulang halamannya, lalu ulangi perubahannya."),
    ),
    "awards_version_once": (
        N_("Orang lain baru saja mengubah edisi ini."), N_("Muat ulang halamannya, lalu ulangi perubahannya."),
    ),
    "awards_version_days": (
        N_("Tanggal edisi ini tidak berurutan."), N_("Pencalonan dibuka, ditutup, bukti ditutup, lalu penilaian ditutup."),
    ),
    "awards_step_author": (
        N_("Anda sendiri yang menulis edisi ini."), N_("Minta panitia nasional yang lain membukanya."),
    ),
    "awards_step_once": (N_("Edisi ini belum atau tidak lagi di tahap itu."), N_("Lihat keadaan edisi di halamannya.")),
    "awards_step_reason": (N_("Alasan belum diisi."), N_("Tulis alasannya.")),
    "awards_step_order": (N_("Edisi ini belum atau tidak lagi di tahap itu."), N_("Lihat keadaan edisi di halamannya.")),
    "awards_entry_window": (
        N_("Pencalonan belum dibuka atau sudah ditutup."), N_("Lihat tanggal pencalonan di halaman edisi."),
    ),
    "awards_entry_order": (N_("Pencalonan ini tidak lagi di tahap itu."), N_("Muat ulang halamannya.")),
    "awards_entrystep_reason": (N_("Alasan belum diisi."), N_("Tulis alasannya.")),
    "awards_snapshot_version": (
        N_("Edisi ini baru saja berubah, jadi potretnya menurut isi yang lama."), N_("Ambil potretnya sekali lagi."),
    ),
    "awards_snapshot_once": (N_("Potret yang sama sudah ada."), N_("Muat ulang halamannya.")),
    "awards_snapshotrun_one": (N_("Potret ini sedang diambil."), N_("Tunggu sampai selesai.")),
    "awards_snapshotrun_over": (N_("Pengambilan potret ini sudah selesai."), N_("Muat ulang halamannya.")),
}  # fmt: skip


def add_words() -> None:
    """Has every refusal of these tables told in words, whoever meets it."""
    WORDS.update(OURS)
