"""What can be wrong with one line of a statement. It is named and kept out of the entries; the others are read.

A file that cannot be believed as a whole is refused instead (`refusals`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING, Kind, mask

_LONGEST_VALUE = 60

ASK_BANK = N_("Unduh ulang mutasinya dari bank; bila tetap sama, minta bank memperbaikinya.")

KINDS: dict[str, Kind] = {
    "amount_unreadable": Kind(
        ERROR, N_("Jumlah uang tidak terbaca"), N_("rupiah bulat, misalnya 1.000.000,00 atau 1,000,000.00"), ASK_BANK
    ),
    "amount_missing": Kind(ERROR, N_("Jumlah uang kosong"), N_("jumlah di kolom debet atau kredit"), ASK_BANK),
    "amount_both": Kind(
        ERROR, N_("Kolom debet dan kredit terisi keduanya"), N_("jumlah di satu kolom saja"), ASK_BANK
    ),
    "amount_fraction": Kind(
        ERROR,
        N_("Jumlah uang memuat sen"),
        N_("Rupiah bulat: sen 00"),
        N_("Rekening iuran menerima rupiah bulat; minta bank mengembalikan atau membulatkan baris ini."),
    ),
    "amount_too_large": Kind(ERROR, N_("Jumlah uang terlalu besar"), N_("paling banyak {maximum}"), ASK_BANK),
    "amount_zero": Kind(NOTE, N_("Baris tanpa uang"), N_("jumlah lebih dari nol"), N_("Tidak perlu diubah.")),
    "direction_unknown": Kind(
        ERROR, N_("Tidak jelas uang masuk atau keluar"), N_("CR (masuk) atau DB (keluar)"), ASK_BANK
    ),
    "date_missing": Kind(ERROR, N_("Tanggal kosong"), N_("hari/bulan/tahun, misalnya 03/11/2025"), ASK_BANK),
    "date_unreadable": Kind(ERROR, N_("Tanggal tidak terbaca"), N_("hari/bulan/tahun, misalnya 03/11/2025"), ASK_BANK),
    "date_impossible": Kind(ERROR, N_("Tanggal ini tidak ada"), N_("tanggal yang ada di kalender"), ASK_BANK),
    "date_outside": Kind(
        ERROR, N_("Tanggal di luar masa mutasi"), N_("dari {first} sampai {last}, seperti tertulis di kepala mutasi"), ASK_BANK
    ),
    "line_unreadable": Kind(ERROR, N_("Baris mutasi tidak terbaca"), N_("baris :61: menurut aturan SWIFT"), ASK_BANK),
    "details_differ": Kind(
        ERROR, N_("Rincian tidak sama dengan jumlah entrinya"), N_("rincian berjumlah {expected}; terhitung {counted}"), ASK_BANK
    ),
    "pending": Kind(
        WARNING,
        N_("Belum dibukukan oleh bank"),
        N_("baris yang sudah dibukukan"),
        N_("Tunggu mutasi berikutnya: baris ini datang lagi sesudah dibukukan."),
    ),
    "not_whole": Kind(
        ERROR,
        N_("Mutasi ini belum terbaca seluruhnya"),
        N_("saldo awal, semua baris, dan saldo akhir saling cocok; belum terbaca {missing} di baris {rows}"),
        N_("Baris lain boleh dibukukan. Kirim lagi mutasi yang sudah diperbaiki; yang sudah ada tidak terhitung dua kali."),
    ),
}  # fmt: skip
"""By severity: error, the line moves money and is not read; warning, not booked yet; note, nothing to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that is not an entry, told in either language. `row` as in `Entry`, None for the whole statement."""

    kind: str
    row: int | None
    field: str
    value: str
    """What stands there, cut short; identity numbers starred."""
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict, repr=False)

    @property
    def severity(self) -> str:
        """`error`, `warning` or `note`."""
        return KINDS[self.kind].severity

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return _(KINDS[self.kind].problem)

    @property
    def expected(self) -> str:
        """What should have been there."""
        return _(KINDS[self.kind].expected).format(**self._told())

    @property
    def remedy(self) -> str:
        """How to mend it."""
        return _(KINDS[self.kind].remedy)

    def _told(self) -> dict[str, Any]:
        return {name: format_number(value) if isinstance(value, int) else value for name, value in self.detail.items()}


def short(value: object) -> str:
    """A value as a screen may show it: one line, cut, numbers of sixteen digits and more starred."""
    text = " ".join(str(value).split())
    return mask(text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…", minimum_digits=16)


class Unread(Exception):
    """Why one line cannot be an entry; raised and caught inside the reader, never seen outside."""

    def __init__(self, kind: str, field: str, value: object, **detail: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.field = field
        self.value = short(value)
        self.detail = detail
        self.signed: int | None = None
        """What the line moves, where that at least is known; rupiah."""

    def moving(self, signed: int) -> Unread:
        """The same, with the money known."""
        self.signed = signed
        return self

    def problem(self, row: int) -> Problem:
        """What is told of it."""
        return Problem(self.kind, row, self.field, self.value, self.detail)
