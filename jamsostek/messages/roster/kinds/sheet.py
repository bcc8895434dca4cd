"""What can be wrong with the sheet itself."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.messages.tables.kinds import WAGE_COLUMN_KINDS
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING, Kind

KINDS: dict[str, Kind] = {
    "cell_error": Kind(
        ERROR,
        N_("Rumus di sel ini galat"),
        N_("nilai yang terbaca"),
        N_("Perbaiki rumusnya, lalu tempel sebagai nilai."),
    ),
    "cell_ignored": Kind(
        WARNING,
        N_("Rumus di sel ini galat, jadi tidak dicatat"),
        N_("nilai yang terbaca"),
        N_("Perbaiki rumusnya, lalu tempel sebagai nilai."),
    ),
    "merged_cell": Kind(
        ERROR,
        N_("Sel digabung dengan baris lain"),
        N_("setiap orang mempunyai selnya sendiri"),
        N_("Batalkan penggabungan sel (Merge), lalu isi setiap baris."),
    ),
    "merged_filled": Kind(
        WARNING,
        N_("Sel gabungan dibaca untuk semua barisnya"),
        N_("setiap orang mempunyai selnya sendiri"),
        N_("Periksa apakah memang berlaku untuk semua baris itu."),
    ),
    "start_from_month": Kind(
        NOTE,
        N_("Tidak ada kolom tanggal masuk: dipakai awal bulan laporan"),
        N_("{used}"),
        N_("Tambahkan kolom Tanggal masuk bila berbeda."),
    ),
    "region_no_column": Kind(
        WARNING,
        N_("Tidak ada kolom wilayah tempat tinggal"),
        N_("kolom Kode wilayah, atau Kabupaten/Kota"),
        N_("Tambahkan kolomnya: tanpa itu orang bernama sama sulit dibedakan."),
    ),
    "mother_no_column": Kind(
        WARNING,
        N_("Tidak ada kolom nama ibu kandung"),
        N_("kolom Nama ibu kandung"),
        N_("Tambahkan kolomnya bila diketahui."),
    ),
    "rows_hidden": Kind(
        WARNING,
        N_("Baris yang tersembunyi ikut dibaca"),
        N_("semua baris terlihat"),
        N_("Tampilkan barisnya (hapus saringan) dan periksa; hapus yang tidak dimaksud."),
    ),
    "macros_ignored": Kind(
        NOTE,
        N_("Makro di buku kerja ini tidak dijalankan"),
        N_("hanya isi selnya yang dibaca"),
        N_("Tidak perlu diubah."),
    ),
    "sheets_passed_over": Kind(
        NOTE,
        N_("Lembar petunjuk dan contoh tidak dibaca"),
        N_("daftar di lembar formulir"),
        N_("Tidak perlu diubah."),
    ),
    "hidden_sheet": Kind(
        WARNING,
        N_("Lembar tersembunyi juga berisi daftar dan tidak dibaca"),
        N_("daftar di lembar yang terlihat"),
        N_("Tampilkan lembarnya dan gabungkan ke satu lembar, atau hapus."),
    ),
    "other_table": Kind(
        WARNING,
        N_("Lembar lain juga berisi daftar dan tidak dibaca"),
        N_("satu lembar daftar"),
        N_("Gabungkan ke satu lembar, atau kirim lembar itu sebagai berkas sendiri."),
    ),
    "rows_skipped": Kind(
        NOTE,
        N_("Baris yang dilewati karena bukan orang"),
        N_("judul bagian, jumlah, tanda tangan, nomor kolom, atau judul yang diulang"),
        N_("Tidak perlu diubah."),
    ),
    **WAGE_COLUMN_KINDS,
}
