"""What can be wrong with who a person is: name, mother, birth, sex."""

from __future__ import annotations

from dataclasses import replace

from jamsostek.core.text import N_
from jamsostek.messages.roster.kinds import KINDS as ROSTER
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING, Kind

_DATE = N_("hari-bulan-tahun, misalnya 17-08-1990")
_CARD = N_("Cocokkan dengan KTP; baris tetap dipakai tanpa tanggal lahir.")
_NAME = N_("Tulis nama seperti di KTP, tanpa gelar dan keterangan.")
KINDS: dict[str, Kind] = {
    "name_missing": ROSTER["name_missing"],
    "name_digits": replace(ROSTER["name_digits"], problem=N_("Nama hanya berisi angka")),
    "name_filler": ROSTER["name_filler"],
    "name_short": ROSTER["name_short"],
    "name_no_letters": replace(ROSTER["name_signs"], problem=N_("Nama tidak berisi huruf")),
    "name_title_only": Kind(ERROR, N_("Nama hanya sapaan atau gelar"), N_("nama lengkap seperti di KTP"), _NAME),
    "name_with_digits": replace(ROSTER["name_digits"], severity=WARNING),
    "name_signs": replace(ROSTER["name_signs"], severity=WARNING),
    "name_broken": replace(ROSTER["name_broken"], severity=WARNING),
    "name_long": Kind(WARNING, N_("Nama lebih dari 60 huruf"), N_("paling banyak 60 huruf"), _NAME),
    "deceased": replace(
        ROSTER["deceased"],
        severity=WARNING,
        remedy=N_("Orang ini ditandai mungkin sudah meninggal; hapus tandanya bila masih hidup."),
    ),
    "person_unidentifiable": Kind(
        ERROR,
        N_("Hanya nama: NIK, tanggal lahir, dan desa tidak ada atau tidak terbaca"),
        N_("sedikitnya salah satu dari NIK, tanggal lahir, desa"),
        N_("Isi salah satunya: tanpa itu orang ini tidak dapat dibedakan dari yang bernama sama."),
    ),
    "mother_same": ROSTER["mother_same"],
    "mother_unclear": ROSTER["mother_unclear"],
    "birth_date_unreadable": Kind(WARNING, N_("Tanggal lahir tidak terbaca"), _DATE, _CARD),
    "birth_date_impossible": Kind(WARNING, N_("Tanggal lahir tidak ada"), N_("tanggal yang ada di kalender"), _CARD),
    "birth_date_future": Kind(WARNING, N_("Tanggal lahir di masa depan"), N_("sebelum {latest}"), _CARD),
    "birth_date_too_old": Kind(WARNING, N_("Umur lebih dari 110 tahun"), N_("umur yang mungkin"), _CARD),
    "birth_date_default": Kind(
        WARNING,
        N_("Tanggal lahir hanya pengisi"),
        N_("tanggal lahir yang sebenarnya, bukan pengisi"),
        _CARD,
    ),
    "birth_date_year_only": Kind(WARNING, N_("Tanggal lahir hanya tahun"), _DATE, _CARD),
    "birth_date_two_digits": Kind(
        WARNING,
        N_("Tahun lahir hanya dua angka"),
        N_("empat angka tahun; dibaca {used}"),
        N_("Tulis tahunnya lengkap, misalnya 1990."),
    ),
    "birth_date_month_first": ROSTER["birth_date_month_first"],
    "birth_day_month_swapped": replace(
        ROSTER["birth_day_month_swapped"],
        severity=WARNING,
        remedy=N_("Tulis hari dahulu, lalu bulan; Excel berbahasa Inggris sering membaliknya."),
    ),
    "birth_date_words": Kind(
        NOTE, N_("Tanggal lahir bertulisan nama bulan dibaca"), N_("{count} baris"), N_("Tidak perlu diubah.")
    ),
    "birth_date_serial": Kind(
        NOTE,
        N_("Tanggal lahir berupa nomor urut hari Excel dibaca sebagai tanggal"),
        N_("{count} baris"),
        N_("Tidak perlu diubah."),
    ),
    "sex_unknown": replace(ROSTER["sex_unknown"], severity=WARNING),
}
