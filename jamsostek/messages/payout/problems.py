"""What can be wrong with one line of an answer. It is named and kept out of the outcomes; the others are read."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.core.text import N_, _
from jamsostek.messages.bank import problems as bank
from jamsostek.messages.tables.problems import ERROR, WARNING, Kind

ASK_BANK = N_("Unduh ulang jawabannya dari bank; bila tetap sama, minta bank memperbaikinya.")

KINDS: dict[str, Kind] = {
    **bank.KINDS,
    "transfer_unnamed": Kind(
        ERROR, N_("Transfer tanpa nomor acuan"), N_("nomor acuan yang kita beri (EndToEndId)"), ASK_BANK
    ),
    "status_unknown": Kind(
        ERROR,
        N_("Status transfer tidak dikenal"),
        N_("diterima, menunggu, ditolak, dibayar, atau dikembalikan"),
        N_("Tanyakan artinya kepada bank; jangan kirim ulang transfer ini sebelum jelas."),
    ),
    "status_differs": Kind(
        ERROR,
        N_("Satu transfer mendapat jawaban yang berbeda"),
        N_("satu jawaban untuk setiap nomor acuan"),
        N_("Tanyakan kepada bank mana yang benar; jangan kirim ulang transfer ini sebelum jelas."),
    ),
    "rejected_unnamed": Kind(
        ERROR,
        N_("Ada transfer ditolak yang tidak disebut"),
        N_("{expected} transfer ditolak; disebut {counted}"),
        N_("Minta bank menyebut setiap transfer yang ditolak; yang lain boleh dibukukan."),
    ),
    "amount_not_told": Kind(
        WARNING, N_("Jumlah transfer di jawaban ini bukan rupiah bulat"), N_("rupiah bulat, misalnya 1000000.00"), ASK_BANK
    ),
    "day_not_told": Kind(
        WARNING, N_("Tanggal buku di jawaban ini tidak terbaca"), N_("hari/bulan/tahun, misalnya 03/11/2025"), ASK_BANK
    ),
    "settled_twice": Kind(
        WARNING,
        N_("Satu transfer didebet dua kali"),
        N_("satu debet untuk setiap nomor acuan"),
        N_("Minta bank mengembalikan debet yang kedua."),
    ),
}  # fmt: skip
"""By severity: error, a transfer's fate is not known; warning, its fate is known and something beside it is not."""


@dataclass(frozen=True, slots=True)
class Problem(bank.Problem):
    """As of a statement; `row` is the number of the transfer in the answer, None for the whole of it."""

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


def of_statement(problem: bank.Problem) -> Problem:
    """A problem that the reader of statements found."""
    return Problem(problem.kind, problem.row, problem.field, problem.value, problem.detail)
