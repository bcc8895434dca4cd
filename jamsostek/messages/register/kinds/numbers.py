"""What can be wrong with the numbers of a person: NIK, KK, telephone."""

from __future__ import annotations

from dataclasses import replace

from jamsostek.core.text import N_
from jamsostek.messages.roster.kinds import KINDS as ROSTER
from jamsostek.messages.tables.problems import WARNING, Kind

_DIGITS = N_("16 angka NIK dari KTP")
_REPAIR = N_("Ketik ulang NIK dari KTP, dengan format kolom Teks; baris tetap dipakai tanpa NIK.")


def _as_warning(name: str, remedy: str | None = None) -> Kind:
    return replace(ROSTER[name], severity=WARNING, **({"remedy": remedy} if remedy else {}))


KINDS: dict[str, Kind] = {
    "nik_missing": _as_warning(
        "nik_missing", N_("Isi NIK bila ada; tanpa NIK orang ini dicari dari nama, tanggal lahir, dan desa.")
    ),
    "nik_short": Kind(WARNING, N_("NIK kurang dari 16 angka"), N_("tepat 16 angka; terbaca {count}"), _REPAIR),
    "nik_long": Kind(WARNING, N_("NIK lebih dari 16 angka"), N_("tepat 16 angka; terbaca {count}"), _REPAIR),
    "nik_scientific": Kind(
        WARNING,
        N_("NIK berubah menjadi bilangan berpangkat (3,5E+15)"),
        N_("16 angka NIK tersimpan sebagai teks"),
        N_("Excel menyingkat NIK dan angkanya hilang: ambil lagi dari berkas asal dengan format kolom Teks."),
    ),
    "nik_lost_digits": _as_warning("nik_lost_digits"),
    "nik_column_cut": Kind(
        WARNING,
        N_("Hampir semua NIK di kolom ini berakhiran 0: angka terakhirnya terpotong"),
        N_("16 angka NIK tersimpan sebagai teks"),
        N_("Excel menyingkat NIK dan angkanya hilang: ambil lagi dari berkas asal dengan format kolom Teks."),
    ),
    "nik_repaired_letters": Kind(
        WARNING,
        N_("Huruf di dalam NIK dibaca sebagai angka (O = 0, I dan l = 1)"),
        N_("16 angka; tidak ada huruf"),
        N_("Cocokkan dengan KTP, lalu ganti hurufnya dengan angka."),
    ),
    "nik_repaired_marks": Kind(
        WARNING,
        N_("Titik, spasi, atau tanda lain di dalam NIK dibuang"),
        N_("16 angka; tidak ada tanda lain"),
        N_("Hapus tandanya di berkas Anda."),
    ),
    "nik_letters": _as_warning("nik_letters"),
    "nik_repeated": _as_warning("nik_repeated"),
    "nik_filler": Kind(
        WARNING,
        N_("NIK hanya pengisi"),
        N_("NIK yang sebenarnya, bukan angka pengisi"),
        _REPAIR,
    ),
    "nik_impossible": _as_warning("nik_impossible"),
    "nik_province_unknown": Kind(
        WARNING,
        N_("Dua angka pertama NIK bukan provinsi"),
        N_("kode provinsi 11 sampai 97"),
        _REPAIR,
    ),
    "nik_region_unknown": _as_warning("nik_region_unknown"),
    "nik_baby": Kind(
        WARNING,
        N_("NIK seorang bayi"),
        N_("lahir {from_nik} menurut NIK"),
        N_("Periksa apakah ini NIK anaknya, atau tahun di NIK salah ketik."),
    ),
    "nik_year_ahead": Kind(
        WARNING,
        N_("Tahun di dalam NIK belum tiba, atau orangnya hampir seratus tahun"),
        N_("tahun lahir yang mungkin; angka tahun di NIK {count}"),
        N_("Cocokkan angka ke-11 dan ke-12 dengan KTP."),
    ),
    "nik_is_phone": _as_warning("nik_is_phone"),
    "nik_is_kpj": _as_warning("nik_is_kpj"),
    "asn_nip": _as_warning("asn_nip", N_("Isi NIK dari KTP; orang ini ditandai sebagai ASN untuk diperiksa.")),
    "nik_birth_differs": _as_warning("nik_birth_differs", N_("Cocokkan dengan KTP dan perbaiki yang keliru.")),
    "nik_sex_differs": _as_warning("nik_sex_differs", N_("Cocokkan dengan KTP: mungkin ini NIK pasangannya.")),
    "nik_two_people": _as_warning(
        "nik_two_people", N_("NIK siapa ini? Sering NIK kepala keluarga ditulis untuk anggotanya; cocokkan dengan KTP keduanya.")
    ),
    "row_repeated": replace(
        ROSTER["row_repeated"],
        problem=N_("Orang ini sudah ada di baris lain (NIK dan nama sama)"),
    ),
    "person_double": Kind(
        WARNING,
        N_("Nama, tanggal lahir, dan desa sama dengan baris lain"),
        N_("satu baris untuk satu orang; mirip dengan baris {first_row}"),
        N_("Bila orangnya sama, hapus salah satu; bila memang dua orang, biarkan."),
    ),
    "kk_form": Kind(
        WARNING,
        N_("Nomor KK bukan 16 angka"),
        N_("16 angka dari Kartu Keluarga"),
        N_("Ketik ulang nomor KK dengan format kolom Teks; sementara ini tidak dicatat."),
    ),
    "kk_same_as_nik": Kind(
        WARNING,
        N_("Nomor KK sama dengan NIK"),
        N_("nomor KK dan NIK yang berbeda"),
        N_("Cocokkan dengan Kartu Keluarga; sementara ini nomor KK tidak dicatat."),
    ),
    "phone_lost_digits": ROSTER["phone_lost_digits"],
    "phone_unreadable": ROSTER["phone_unreadable"],
    "phone_length": ROSTER["phone_length"],
    "phone_not_mobile": ROSTER["phone_not_mobile"],
}
