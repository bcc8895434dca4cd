"""What can be wrong with what is reported: activity, dates, reason of leaving, segment, occupation, wage."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.messages.tables.kinds import WAGE_KINDS
from jamsostek.messages.tables.problems import ERROR, WARNING, Kind

KINDS: dict[str, Kind] = {
    "activity_unknown": Kind(
        ERROR,
        N_("Kegiatan tidak dikenal"),
        N_("salah satu dari: {nearest}"),
        N_("Pilih dari daftar; kosong berarti MASUK."),
    ),
    "activity_unclear": Kind(
        ERROR,
        N_("Tanggal atau sebab keluar terisi, tetapi kegiatannya bukan KELUAR: mana yang benar?"),
        N_("KELUAR, atau kegiatan lain tanpa tanggal dan sebab keluar"),
        N_("Ubah kegiatannya menjadi KELUAR, atau kosongkan tanggal dan sebab keluarnya."),
    ),
    "activity_inferred": Kind(
        WARNING,
        N_("Kegiatan kosong, dibaca KELUAR karena ada tanggal atau sebab keluar"),
        N_("kegiatan"),
        N_("Tulis KELUAR, atau kosongkan tanggal dan sebab keluarnya bila orang ini masuk."),
    ),
    "activity_not_here": Kind(
        ERROR,
        N_("Kegiatan ini tidak ada di daftar jenis ini"),
        N_("salah satu dari: {nearest}"),
        N_("Pilih dari daftar; kosong berarti MASUK."),
    ),
    "person_unknown": Kind(
        ERROR,
        N_("Tidak ada NIK maupun KPJ"),
        N_("NIK atau KPJ orang yang keluar atau diubah"),
        N_("Isi NIK atau KPJ."),
    ),
    "date_unreadable": Kind(
        ERROR,
        N_("Tanggal tidak terbaca"),
        N_("hari-bulan-tahun, misalnya 02-06-2026"),
        N_("Tulis ulang tanggalnya."),
    ),
    "date_impossible": Kind(
        ERROR,
        N_("Tanggal tidak ada atau terlalu jauh di masa depan"),
        N_("tanggal yang ada di kalender, paling lambat {latest}"),
        N_("Perbaiki tanggalnya."),
    ),
    "date_month_first": Kind(
        WARNING,
        N_("Tanggal dibaca bulan dahulu"),
        N_("hari-bulan-tahun; dibaca {used}"),
        N_("Tulis hari dahulu, misalnya 17-08-1990."),
    ),
    "start_missing": Kind(
        ERROR,
        N_("Tanggal masuk kosong"),
        N_("hari pertama bekerja"),
        N_("Isi tanggal masuknya."),
    ),
    "start_too_young": Kind(
        ERROR,
        N_("Tanggal masuk sebelum umur 15 tahun"),
        N_("setelah {used}"),
        N_("Cocokkan tanggal masuk dan tanggal lahir."),
    ),
    "start_long_ago": Kind(
        WARNING,
        N_("Ada yang sudah lama bekerja dan baru didaftarkan"),
        N_("didaftarkan paling lambat {limit} hari sejak bekerja; {count} baris, yang paling lama sejak {used}"),
        N_("Bila benar, iuran bulan-bulan yang terlewat dapat ditagih; periksa tanggal masuknya."),
    ),
    "end_missing": Kind(
        ERROR,
        N_("Tanggal keluar kosong"),
        N_("hari terakhir bekerja"),
        N_("Isi tanggal keluarnya."),
    ),
    "leave_before_join": Kind(
        ERROR,
        N_("Tanggal keluar sebelum tanggal masuk"),
        N_("sama dengan atau setelah {used}"),
        N_("Perbaiki salah satu tanggalnya."),
    ),
    "leave_reason_missing": Kind(
        ERROR,
        N_("Sebab keluar kosong"),
        N_("salah satu dari: {nearest}"),
        N_("Pilih sebabnya: hak JHT dan JKP bergantung padanya."),
    ),
    "leave_reason_unknown": Kind(
        ERROR,
        N_("Sebab keluar tidak dikenal"),
        N_("salah satu dari: {nearest}"),
        N_("Pilih dari daftar."),
    ),
    "leave_died": Kind(
        WARNING,
        N_("Keluar karena meninggal: ahli waris berhak atas santunan"),
        N_("ahli waris diberi tahu"),
        N_("Sampaikan kepada keluarganya agar mengajukan JKM atau JKK; kami juga akan menghubungi."),
    ),
    "segment_unknown": Kind(
        ERROR,
        N_("Jenis pekerja tidak dikenal"),
        N_("salah satu dari: {nearest}"),
        N_("Pilih dari daftar; kosong berarti PU."),
    ),
    "occupation_missing": Kind(
        WARNING,
        N_("Pekerjaan kosong"),
        N_("pekerjaan sehari-hari"),
        N_("Isi pekerjaannya: dipakai untuk menilai risiko dan memeriksa bahwa orang ini pekerja rentan."),
    ),
    "answer_unknown": Kind(
        WARNING,
        N_("Jawaban tidak dikenal, dibaca Tidak"),
        N_("Ya atau Tidak"),
        N_("Tulis Ya atau Tidak."),
    ),
    "income_unclear": Kind(
        WARNING,
        N_("Penghasilan tidak terbaca, jadi tidak dicatat"),
        N_("angka rupiah, misalnya 4500000"),
        N_("Tulis penghasilan sebulan sebagai angka, atau kosongkan."),
    ),
    "wage_missing": Kind(
        ERROR,
        N_("Upah kosong"),
        N_("upah sebulan: pokok dan tunjangan tetap"),
        N_("Isi upah sebulan: upah pokok ditambah tunjangan tetap."),
    ),
    **WAGE_KINDS,
    "wage_low": Kind(
        ERROR,
        N_("Upah sangat kecil"),
        N_("rupiah penuh sebulan; tertulis {amount} rupiah"),
        N_("Bila tertulis dalam ribuan atau jutaan, tulis lengkap: 4.500 ribu menjadi 4500000."),
    ),
    "wage_zero": Kind(
        ERROR,
        N_("Upah nol"),
        N_("lebih dari nol"),
        N_("Isi upahnya; bila pekerja sudah berhenti, ubah kegiatannya menjadi KELUAR."),
    ),
}
