"""What can be wrong in a payroll table, in the sender's words: what was seen, what was expected, how to mend it.

A problem keeps its kind and its values, not its sentence, so it can be told in either language. Problems of one kind
are mended the same way: the lists shown to people are grouped by kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jamsostek.core.nik import mask_nik
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_number
from jamsostek.core.text import N_, _

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True)
class _Kind:
    """What is told of a kind of problem, in Indonesian; `{names}` are filled from the problem's detail."""

    severity: str
    problem: str
    expected: str
    remedy: str


_TOLD: dict[str, _Kind] = {
    "name_missing": _Kind(
        ERROR,
        N_("Nama kosong"),
        N_("nama lengkap seperti di KTP"),
        N_("Isi nama pekerja; bila baris ini bukan pekerja, hapus."),
    ),
    "name_digits": _Kind(
        ERROR,
        N_("Nama berisi nomor panjang"),
        N_("nama orang, bukan nomor"),
        N_("Periksa apakah kolom tergeser; isi nama di kolom nama."),
    ),
    "nik_missing": _Kind(
        ERROR,
        N_("NIK kosong"),
        N_("16 angka NIK dari KTP"),
        N_("Isi NIK pekerja (atau KPJ bila sudah menjadi peserta)."),
    ),
    "nik_lost_digits": _Kind(
        ERROR,
        N_("Angka terakhir NIK hilang"),
        N_("16 angka NIK tersimpan sebagai teks"),
        N_("Excel hanya menyimpan 15 angka: ubah format kolom menjadi Teks, lalu ketik ulang NIK dari KTP."),
    ),
    "nik_length": _Kind(
        ERROR,
        N_("NIK tidak 16 angka"),
        N_("tepat 16 angka"),
        N_("Cocokkan dengan KTP; bila kolom ini nomor karyawan, tambahkan kolom NIK dari KTP."),
    ),
    "nik_letters": _Kind(
        ERROR,
        N_("NIK berisi selain angka"),
        N_("tepat 16 angka"),
        N_("Ketik ulang dari KTP; huruf O dan I sering tertukar dengan angka 0 dan 1."),
    ),
    "nik_impossible": _Kind(
        ERROR,
        N_("Tanggal di dalam NIK tidak ada"),
        N_("angka ke-7 sampai ke-12 adalah tanggal lahir (perempuan: tanggal + 40)"),
        N_("Cocokkan dengan KTP; nomor Kartu Keluarga bukan NIK."),
    ),
    "nik_duplicate": _Kind(
        ERROR,
        N_("NIK sudah dipakai di baris lain"),
        N_("satu baris untuk satu pekerja; sama dengan baris {first_row}"),
        N_("Hapus baris ganda, atau perbaiki NIK yang keliru."),
    ),
    "kpj_duplicate": _Kind(
        ERROR,
        N_("KPJ sudah dipakai di baris lain"),
        N_("satu baris untuk satu pekerja; sama dengan baris {first_row}"),
        N_("Hapus baris ganda, atau perbaiki KPJ yang keliru."),
    ),
    "kpj_letters": _Kind(
        WARNING,
        N_("KPJ tidak terbaca"),
        N_("nomor peserta, biasanya 11 angka"),
        N_("Cocokkan dengan kartu peserta."),
    ),
    "wage_missing": _Kind(
        ERROR,
        N_("Upah kosong"),
        N_("upah sebulan: pokok dan tunjangan tetap"),
        N_("Isi upahnya. Sel berumus yang galat (#N/A) atau belum dihitung juga terbaca kosong: hitung dan simpan di Excel."),
    ),
    "wage_text": _Kind(
        ERROR,
        N_("Upah berupa tulisan"),
        N_("angka rupiah, misalnya 4500000"),
        N_("Ganti tulisan dengan angka."),
    ),
    "wage_formula": _Kind(
        ERROR,
        N_("Rumus upah galat"),
        N_("angka rupiah, misalnya 4500000"),
        N_("Perbaiki rumusnya, lalu tempel sebagai nilai."),
    ),
    "wage_negative": _Kind(
        ERROR,
        N_("Upah di bawah nol"),
        N_("lebih dari nol; potongan tidak mengurangi dasar iuran"),
        N_("Isi upah sebelum potongan, tanpa tanda minus."),
    ),
    "wage_zero": _Kind(
        ERROR,
        N_("Upah nol"),
        N_("lebih dari nol"),
        N_("Isi upahnya; bila pekerja sudah berhenti, hapus baris ini dan laporkan berhentinya."),
    ),
    "wage_too_large": _Kind(
        ERROR,
        N_("Upah terlalu besar"),
        N_("paling banyak {maximum} sebulan"),
        N_("Periksa angka nol yang berlebih, atau NIK yang masuk ke kolom upah."),
    ),
    "wage_date": _Kind(
        ERROR,
        N_("Upah terbaca sebagai tanggal"),
        N_("angka rupiah, misalnya 4500000"),
        N_("Excel mengubah angka menjadi tanggal: ubah format sel menjadi Angka, lalu ketik ulang."),
    ),
    "wage_ambiguous": _Kind(
        ERROR,
        N_("Titik atau koma pada upah bermakna ganda"),
        N_("misalnya 4500000, 4.500.000, atau 4,5 jt"),
        N_("Tulis ulang tanpa titik dan koma, atau dengan satuan."),
    ),
    "wage_daily_mixed": _Kind(
        ERROR,
        N_("Upah harian bercampur tunjangan bulanan"),
        N_("upah sebulan, atau upah harian saja"),
        N_("Tulis upah sebulan: upah harian dikali hari menurut aturan, ditambah tunjangan tetap."),
    ),
    "wage_low": _Kind(
        WARNING,
        N_("Upah sangat kecil"),
        N_("rupiah penuh; {amount} rupiah dipakai apa adanya"),
        N_("Bila tertulis dalam ribuan, tulis lengkap: 4.500 ribu menjadi 4500000."),
    ),
    "wage_fraction": _Kind(
        WARNING,
        N_("Upah berkoma"),
        N_("rupiah bulat; dibulatkan menjadi {rounded}"),
        N_("Bulatkan di berkas Anda."),
    ),
    "wage_differs": _Kind(
        WARNING,
        N_("Upah yang tertulis berbeda dari pokok + tunjangan tetap"),
        N_("{computed}, dan itulah yang dipakai"),
        N_("Periksa apakah tunjangan tidak tetap ikut dihitung atau ada tunjangan tetap yang belum berkolom."),
    ),
    "birth_date_unreadable": _Kind(
        ERROR,
        N_("Tanggal lahir tidak terbaca"),
        N_("hari-bulan-tahun, misalnya 17-08-1990"),
        N_("Tulis ulang tanggal lahir."),
    ),
    "birth_date_impossible": _Kind(
        ERROR,
        N_("Tanggal lahir tidak ada"),
        N_("tanggal yang ada di kalender, tidak di masa depan"),
        N_("Cocokkan dengan KTP."),
    ),
    "birth_date_from_nik": _Kind(
        WARNING,
        N_("Tanggal lahir tidak terbaca, diambil dari NIK"),
        N_("hari-bulan-tahun; dipakai {used}"),
        N_("Tulis ulang tanggal lahir."),
    ),
    "birth_date_month_first": _Kind(
        WARNING,
        N_("Tanggal lahir dibaca bulan dahulu"),
        N_("hari-bulan-tahun; dibaca {used}"),
        N_("Tulis hari dahulu, misalnya 17-08-1990."),
    ),
    "nik_birth_mismatch": _Kind(
        WARNING,
        N_("NIK tidak cocok dengan tanggal lahir"),
        N_("menurut NIK lahir {from_nik}"),
        N_("Cocokkan keduanya dengan KTP; tanggal di kolom yang dipakai."),
    ),
    "nik_sex_mismatch": _Kind(
        WARNING,
        N_("NIK tidak cocok dengan jenis kelamin"),
        N_("menurut NIK: {from_nik}"),
        N_("Cocokkan keduanya dengan KTP."),
    ),
    "sex_unknown": _Kind(
        WARNING,
        N_("Jenis kelamin tidak dikenal"),
        N_("L atau P"),
        N_("Tulis L (laki-laki) atau P (perempuan)."),
    ),
    "age_unusual": _Kind(
        WARNING,
        N_("Umur tidak lazim untuk pekerja"),
        N_("15 sampai 80 tahun; terhitung {age} tahun"),
        N_("Periksa tahun lahirnya."),
    ),
    "risk_class_unknown": _Kind(
        ERROR,
        N_("Kelas risiko tidak dikenal"),
        N_("sangat rendah, rendah, sedang, tinggi, sangat tinggi (atau I sampai V)"),
        N_("Tulis salah satu kelas, atau kosongkan agar memakai kelas perusahaan."),
    ),
    "total_differs": _Kind(
        WARNING,
        N_("Jumlah di berkas berbeda dari hitungan kami"),
        N_("{computed}"),
        N_("Periksa rumus jumlahnya: mungkin ada baris yang tidak ikut atau terhitung dua kali."),
    ),
    "no_identity_column": _Kind(
        WARNING,
        N_("Tidak ada kolom NIK maupun KPJ"),
        N_("kolom NIK atau KPJ"),
        N_("Tagihan tetap dihitung, tetapi upah tidak dapat dilaporkan tanpa nomor pekerja."),
    ),
    "wage_from_gross": _Kind(
        WARNING,
        N_("Upah diambil dari kolom jumlah"),
        N_("kolom upah pokok dan tunjangan tetap"),
        N_("Bila jumlah ini memuat lembur, uang makan, atau potongan, pisahkan kolomnya."),
    ),
    "allowance_unclear": _Kind(
        WARNING,
        N_("Tunjangan tidak jelas tetap atau tidak, jadi tidak dihitung"),
        N_("judul yang menyebut tetap atau tidak tetap"),
        N_("Bila dibayar tetap setiap bulan, ubah judulnya menjadi “Tunjangan Tetap …”."),
    ),
    "other_table": _Kind(
        WARNING,
        N_("Lembar lain juga berisi daftar upah dan tidak dibaca"),
        N_("satu lembar daftar upah"),
        N_("Gabungkan ke satu lembar, atau baca lembar itu dengan pilihan --sheet."),
    ),
    "variable_left_out": _Kind(
        NOTE,
        N_("Tidak dihitung sebagai upah karena tidak tetap"),
        N_("hanya upah pokok dan tunjangan tetap"),
        N_("Tidak perlu diubah."),
    ),
    "wage_parts": _Kind(
        NOTE,
        N_("Upah dihitung dari"),
        N_("upah pokok ditambah tunjangan tetap"),
        N_("Tidak perlu diubah."),
    ),
    "rows_skipped": _Kind(
        NOTE,
        N_("Baris yang dilewati karena bukan pekerja"),
        N_("judul bagian, tanda tangan, nomor kolom, atau judul yang diulang"),
        N_("Tidak perlu diubah."),
    ),
}

KINDS = tuple(_TOLD)


def severity_of(kind: str) -> str:
    """'error' (the row is not billed), 'warning' (billed, look again) or 'note' (nothing to do)."""
    return _TOLD[kind].severity


_LONG_NUMBER = re.compile(r"\d(?:[ .,\-]?\d){9,}")


def mask(text: str, *, minimum_digits: int = 10) -> str:
    """Every number of at least `minimum_digits` digits in a text starred: nobody's NIK or account on a screen."""

    def starred(found: re.Match[str]) -> str:
        return mask_nik(found[0]) if sum(mark.isdigit() for mark in found[0]) >= minimum_digits else found[0]

    return _LONG_NUMBER.sub(starred, text)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to mend. `row` is the sheet's own row number (None for the whole sheet), `column` its letter."""

    kind: str
    sheet: str
    row: int | None
    column: str
    title: str
    """The title above the column, as the sender wrote it."""
    value_seen: str
    """What the cell shows, long numbers starred."""
    value_whole: str = field(repr=False, default="")
    """What the cell holds: only for the file that goes back to its sender."""
    detail: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def severity(self) -> str:
        """See `severity_of`."""
        return severity_of(self.kind)

    @property
    def problem(self) -> str:
        """What is wrong, in the reader's language; the heading of its group."""
        return _(_TOLD[self.kind].problem)

    @property
    def expected(self) -> str:
        """What should have been there."""
        return _(_TOLD[self.kind].expected).format(**self._told())

    @property
    def remedy(self) -> str:
        """How to mend it."""
        return _(_TOLD[self.kind].remedy)

    def _told(self) -> dict[str, Any]:
        words = {"male": _("laki-laki"), "female": _("perempuan")}
        told: dict[str, Any] = {"maximum": format_number(MAX_MONTHLY_RUPIAH)}
        for name, value in self.detail.items():
            plain_number = isinstance(value, int) and name not in {"first_row", "age"}
            told[name] = format_number(value) if plain_number else words.get(value, value)
        return told


def by_kind(problems: Iterable[RowProblem]) -> dict[str, list[RowProblem]]:
    """Problems grouped by the repair they need: errors first, then the largest groups."""
    groups: dict[str, list[RowProblem]] = {}
    for problem in problems:
        groups.setdefault(problem.kind, []).append(problem)
    order = {ERROR: 0, WARNING: 1, NOTE: 2}
    return dict(sorted(groups.items(), key=lambda item: (order[severity_of(item[0])], -len(item[1]), KINDS.index(item[0]))))
