"""What can be wrong in a payroll table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from jamsostek.core.text import N_
from jamsostek.messages.tables.kinds import WAGE_COLUMN_KINDS, WAGE_KINDS
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING, Kind, TableProblem

KINDS: dict[str, Kind] = {
    "name_missing": Kind(
        ERROR,
        N_("Nama kosong"),
        N_("nama lengkap seperti di KTP"),
        N_("Isi nama pekerja; bila baris ini bukan pekerja, hapus."),
    ),
    "name_digits": Kind(
        ERROR,
        N_("Nama berisi nomor panjang"),
        N_("nama orang, bukan nomor"),
        N_("Periksa apakah kolom tergeser; isi nama di kolom nama."),
    ),
    "nik_missing": Kind(
        ERROR,
        N_("NIK kosong"),
        N_("16 angka NIK dari KTP"),
        N_("Isi NIK pekerja (atau KPJ bila sudah menjadi peserta)."),
    ),
    "nik_lost_digits": Kind(
        ERROR,
        N_("Angka terakhir NIK hilang"),
        N_("16 angka NIK tersimpan sebagai teks"),
        N_("Excel hanya menyimpan 15 angka: ubah format kolom menjadi Teks, lalu ketik ulang NIK dari KTP."),
    ),
    "nik_length": Kind(
        ERROR,
        N_("NIK tidak 16 angka"),
        N_("tepat 16 angka"),
        N_("Cocokkan dengan KTP; bila kolom ini nomor karyawan, tambahkan kolom NIK dari KTP."),
    ),
    "nik_letters": Kind(
        ERROR,
        N_("NIK berisi selain angka"),
        N_("tepat 16 angka"),
        N_("Ketik ulang dari KTP; huruf O dan I sering tertukar dengan angka 0 dan 1."),
    ),
    "nik_impossible": Kind(
        ERROR,
        N_("Tanggal di dalam NIK tidak ada"),
        N_("angka ke-7 sampai ke-12 adalah tanggal lahir (perempuan: tanggal + 40)"),
        N_("Cocokkan dengan KTP; nomor Kartu Keluarga bukan NIK."),
    ),
    "nik_duplicate": Kind(
        ERROR,
        N_("NIK sudah dipakai di baris lain"),
        N_("satu baris untuk satu pekerja; sama dengan baris {first_row}"),
        N_("Hapus baris ganda, atau perbaiki NIK yang keliru."),
    ),
    "kpj_duplicate": Kind(
        ERROR,
        N_("KPJ sudah dipakai di baris lain"),
        N_("satu baris untuk satu pekerja; sama dengan baris {first_row}"),
        N_("Hapus baris ganda, atau perbaiki KPJ yang keliru."),
    ),
    "kpj_letters": Kind(
        WARNING,
        N_("KPJ tidak terbaca"),
        N_("nomor peserta, biasanya 11 angka"),
        N_("Cocokkan dengan kartu peserta."),
    ),
    "wage_missing": Kind(
        ERROR,
        N_("Upah kosong"),
        N_("upah sebulan: pokok dan tunjangan tetap"),
        N_("Isi upahnya. Sel berumus yang galat (#N/A) atau belum dihitung juga terbaca kosong: hitung dan simpan di Excel."),
    ),
    **WAGE_KINDS,
    "wage_zero": Kind(
        ERROR,
        N_("Upah nol"),
        N_("lebih dari nol"),
        N_("Isi upahnya; bila pekerja sudah berhenti, hapus baris ini dan laporkan berhentinya."),
    ),
    "birth_date_unreadable": Kind(
        ERROR,
        N_("Tanggal lahir tidak terbaca"),
        N_("hari-bulan-tahun, misalnya 17-08-1990"),
        N_("Tulis ulang tanggal lahir."),
    ),
    "birth_date_impossible": Kind(
        ERROR,
        N_("Tanggal lahir tidak ada"),
        N_("tanggal yang ada di kalender, tidak di masa depan"),
        N_("Cocokkan dengan KTP."),
    ),
    "birth_date_from_nik": Kind(
        WARNING,
        N_("Tanggal lahir tidak terbaca, diambil dari NIK"),
        N_("hari-bulan-tahun; dipakai {used}"),
        N_("Tulis ulang tanggal lahir."),
    ),
    "birth_date_month_first": Kind(
        WARNING,
        N_("Tanggal lahir dibaca bulan dahulu"),
        N_("hari-bulan-tahun; dibaca {used}"),
        N_("Tulis hari dahulu, misalnya 17-08-1990."),
    ),
    "nik_birth_mismatch": Kind(
        WARNING,
        N_("NIK tidak cocok dengan tanggal lahir"),
        N_("menurut NIK lahir {from_nik}"),
        N_("Cocokkan keduanya dengan KTP; tanggal di kolom yang dipakai."),
    ),
    "nik_sex_mismatch": Kind(
        WARNING,
        N_("NIK tidak cocok dengan jenis kelamin"),
        N_("menurut NIK: {from_nik}"),
        N_("Cocokkan keduanya dengan KTP."),
    ),
    "sex_unknown": Kind(
        WARNING,
        N_("Jenis kelamin tidak dikenal"),
        N_("L atau P"),
        N_("Tulis L (laki-laki) atau P (perempuan)."),
    ),
    "age_unusual": Kind(
        WARNING,
        N_("Umur tidak lazim untuk pekerja"),
        N_("15 sampai 80 tahun; terhitung {age} tahun"),
        N_("Periksa tahun lahirnya."),
    ),
    "risk_class_unknown": Kind(
        ERROR,
        N_("Kelas risiko tidak dikenal"),
        N_("sangat rendah, rendah, sedang, tinggi, sangat tinggi (atau I sampai V)"),
        N_("Tulis salah satu kelas, atau kosongkan agar memakai kelas perusahaan."),
    ),
    "total_differs": Kind(
        WARNING,
        N_("Jumlah di berkas berbeda dari hitungan kami"),
        N_("{computed}"),
        N_("Periksa rumus jumlahnya: mungkin ada baris yang tidak ikut atau terhitung dua kali."),
    ),
    "no_identity_column": Kind(
        WARNING,
        N_("Tidak ada kolom NIK maupun KPJ"),
        N_("kolom NIK atau KPJ"),
        N_("Tagihan tetap dihitung, tetapi upah tidak dapat dilaporkan tanpa nomor pekerja."),
    ),
    **WAGE_COLUMN_KINDS,
    "other_table": Kind(
        WARNING,
        N_("Lembar lain juga berisi daftar upah dan tidak dibaca"),
        N_("satu lembar daftar upah"),
        N_("Gabungkan ke satu lembar, atau baca lembar itu dengan pilihan --sheet."),
    ),
    "rows_skipped": Kind(
        NOTE,
        N_("Baris yang dilewati karena bukan pekerja"),
        N_("judul bagian, tanda tangan, nomor kolom, atau judul yang diulang"),
        N_("Tidak perlu diubah."),
    ),
}


def severity_of(kind: str) -> str:
    """'error' (the row is not billed), 'warning' (billed, look again) or 'note' (nothing to do)."""
    return KINDS[kind].severity


@dataclass(frozen=True, slots=True)
class RowProblem(TableProblem):
    """One thing to mend in a payroll table."""

    kinds: ClassVar[Mapping[str, Kind]] = KINDS
