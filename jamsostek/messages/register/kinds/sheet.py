"""What can be wrong with the table itself: broken cells, shifted columns, rows that are no people."""

from __future__ import annotations

from dataclasses import replace

from jamsostek.core.text import N_
from jamsostek.messages.roster.kinds import KINDS as ROSTER
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING, Kind

_COUNT = N_("{count} baris")
_NOTHING = N_("Tidak perlu diubah.")
KINDS: dict[str, Kind] = {
    "cell_error": replace(ROSTER["cell_ignored"]),
    "columns_shifted": Kind(
        ERROR,
        N_("Isi baris ini tergeser: nama dan NIK bertukar kolom"),
        N_("setiap isi di bawah judulnya"),
        N_("Geser isi baris ini kembali ke kolomnya."),
    ),
    "row_short": Kind(
        WARNING,
        N_("Baris ini kurang dari jumlah kolom judul"),
        N_("{expected} kolom; terbaca {count}"),
        N_("Periksa apakah ada kolom yang hilang atau tergeser."),
    ),
    "row_long": Kind(
        ERROR,
        N_("Baris ini lebih dari jumlah kolom judul"),
        N_("{expected} kolom; terbaca {count}"),
        N_("Isi yang memuat tanda pemisah harus diapit tanda petik; perbaiki baris ini atau kirim sebagai .xlsx."),
    ),
    "merged_cell": replace(ROSTER["merged_cell"], severity=WARNING),
    "merged_filled": Kind(NOTE, N_("Sel gabungan dibaca untuk semua barisnya"), _COUNT, _NOTHING),
    "text_broken": Kind(
        WARNING,
        N_("Huruf rusak di sel ini"),
        N_("huruf yang terbaca utuh"),
        N_("Simpan CSV sebagai UTF-8 (atau kirim .xlsx), lalu ketik ulang sel ini."),
    ),
    "hidden_marks": Kind(NOTE, N_("Tanda yang tidak terlihat dibuang dari sel"), _COUNT, _NOTHING),
    "rows_empty": Kind(NOTE, N_("Baris kosong dilewati"), _COUNT, _NOTHING),
    "rows_total": Kind(NOTE, N_("Baris jumlah dilewati"), _COUNT, _NOTHING),
    "header_repeated": Kind(NOTE, N_("Judul yang berulang dilewati"), _COUNT, _NOTHING),
    "column_numbers": Kind(NOTE, N_("Baris nomor kolom dilewati"), _COUNT, _NOTHING),
    "rows_other": Kind(NOTE, N_("Judul bagian dan tanda tangan dilewati"), _COUNT, _NOTHING),
}
"""Notes of rows passed over name the first such row; `rows_*`, `header_repeated` and `column_numbers` count them all."""
PASSED = ("rows_empty", "rows_total", "header_repeated", "column_numbers", "rows_other")
