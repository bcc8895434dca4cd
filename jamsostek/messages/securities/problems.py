"""What can be wrong in a table of prices or holdings: each kind with what was expected and how it is mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from jamsostek.core.text import N_
from jamsostek.messages.tables.problems import ERROR, WARNING, Kind, TableProblem

KINDS: dict[str, Kind] = {
    "code_missing": Kind(
        ERROR, N_("Kode efek kosong"), N_("kode atau ISIN efek"), N_("Isi kode efeknya; bila baris ini bukan efek, hapus.")
    ),
    "code_unknown": Kind(
        ERROR, N_("Efek belum tercatat"), N_("kode atau ISIN efek yang sudah tercatat"),
        N_("Perbaiki kodenya, atau catat efeknya dahulu lalu kirim lagi berkas ini."),
    ),
    "code_differs": Kind(
        ERROR, N_("Kode dan ISIN menunjuk efek yang berbeda"), N_("kode dan ISIN dari efek yang sama"),
        N_("Perbaiki salah satunya, atau kosongkan yang keliru."),
    ),
    "not_priced": Kind(
        ERROR, N_("Golongan ini tidak mempunyai harga pasar"), N_("efek yang diperdagangkan"), N_("Hapus baris ini.")
    ),
    "price_missing": Kind(ERROR, N_("Harga kosong"), N_("angka di atas nol"), N_("Isi harganya, atau hapus barisnya.")),
    "price_text": Kind(
        ERROR, N_("Harga tidak terbaca"), N_("angka, misalnya 101,25 atau 4250"), N_("Tulis ulang sebagai angka.")
    ),
    "price_negative": Kind(ERROR, N_("Harga nol atau di bawah nol"), N_("angka di atas nol"), N_("Periksa harganya.")),
    "price_ambiguous": Kind(
        ERROR, N_("Titik atau koma pada harga bermakna ganda"), N_("misalnya 9350 atau 93,50"),
        N_("Tulis ulang tanpa pemisah ribuan, atau simpan sebagai .xlsx."),
    ),
    "price_decimals": Kind(
        ERROR, N_("Terlalu banyak angka di belakang koma"), N_("paling banyak enam angka dalam rupiah per unit"),
        N_("Bulatkan harganya."),
    ),
    "price_odd": Kind(
        ERROR, N_("Harga tidak mungkin dalam satuannya"), N_("persen dari nominal antara 1 dan 400, atau rupiah per unit"),
        N_("Isi kolom Satuan dengan persen atau rupiah, dan periksa angkanya."),
    ),
    "price_twice": Kind(
        ERROR, N_("Ada dua harga untuk efek dan tanggal yang sama"), N_("satu harga; lihat baris {first_row}"),
        N_("Biarkan satu yang benar."),
    ),
    "quote_unknown": Kind(
        ERROR, N_("Satuan harga tidak dikenal"), N_("persen atau rupiah"), N_("Tulis persen, rupiah, atau kosongkan.")
    ),
    "day_missing": Kind(
        ERROR, N_("Tanggal kosong"), N_("tanggal harga atau posisi"),
        N_("Isi tanggalnya, atau pilih tanggal untuk seluruh berkas.")
    ),
    "day_unreadable": Kind(
        ERROR, N_("Tanggal tidak terbaca"), N_("hari-bulan-tahun, misalnya 20-11-2026"), N_("Tulis ulang tanggalnya.")
    ),
    "day_impossible": Kind(
        ERROR, N_("Tanggal tidak ada atau belum tiba"), N_("tanggal di kalender, tidak di masa depan"), N_("Periksa tanggalnya.")
    ),
    "day_month_first": Kind(
        WARNING, N_("Tanggal dibaca bulan dahulu"), N_("hari-bulan-tahun"), N_("Tulis hari dahulu, misalnya 20-11-2026.")
    ),
    "day_other": Kind(
        ERROR, N_("Tanggal baris ini berbeda dari tanggal laporan"), N_("satu tanggal untuk satu laporan"),
        N_("Pisahkan posisi setiap tanggal menjadi berkas sendiri."),
    ),
    "units_missing": Kind(
        ERROR, N_("Jumlah unit kosong"), N_("jumlah unit atau nominal; 0 bila habis"), N_("Isi jumlahnya, atau hapus barisnya.")
    ),
    "units_text": Kind(ERROR, N_("Jumlah unit tidak terbaca"), N_("angka"), N_("Tulis ulang sebagai angka.")),
    "units_negative": Kind(ERROR, N_("Jumlah unit di bawah nol"), N_("nol atau lebih"), N_("Periksa jumlahnya.")),
    "units_ambiguous": Kind(
        ERROR, N_("Titik atau koma pada jumlah bermakna ganda"), N_("misalnya 1500000"),
        N_("Tulis ulang tanpa pemisah ribuan, atau simpan sebagai .xlsx."),
    ),
    "units_decimals": Kind(
        ERROR, N_("Jumlah unit terlalu terperinci atau terlalu besar"), N_("paling banyak empat angka di belakang koma"),
        N_("Periksa jumlahnya."),
    ),
    "face_divides": Kind(
        ERROR, N_("Nominal bukan kelipatan nilai satu unit"), N_("kelipatan {unit}"),
        N_("Periksa nominalnya, atau isi jumlah unit.")
    ),
    "units_twice": Kind(
        ERROR, N_("Efek yang sama ada di dua baris"), N_("satu baris untuk satu efek; lihat baris {first_row}"),
        N_("Jumlahkan menjadi satu baris."),
    ),
    "value_unreadable": Kind(
        WARNING, N_("Nilai tidak terbaca dan tidak dipakai"), N_("rupiah"), N_("Tulis ulang sebagai angka.")
    ),

}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SecurityProblem(TableProblem):
    """One thing to mend in a table of prices or holdings."""

    kinds: ClassVar[Mapping[str, Kind]] = KINDS
