"""Kinds of problems that any table of workers can have: what the wage readers of this folder say."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.messages.tables.problems import ERROR, NOTE, WARNING, Kind

WAGE_KINDS: dict[str, Kind] = {
    "wage_text": Kind(
        ERROR,
        N_("Upah berupa tulisan"),
        N_("angka rupiah, misalnya 4500000"),
        N_("Ganti tulisan dengan angka."),
    ),
    "wage_formula": Kind(
        ERROR,
        N_("Rumus upah galat"),
        N_("angka rupiah, misalnya 4500000"),
        N_("Perbaiki rumusnya, lalu tempel sebagai nilai."),
    ),
    "wage_negative": Kind(
        ERROR,
        N_("Upah di bawah nol"),
        N_("lebih dari nol; potongan tidak mengurangi dasar iuran"),
        N_("Isi upah sebelum potongan, tanpa tanda minus."),
    ),
    "wage_too_large": Kind(
        ERROR,
        N_("Upah terlalu besar"),
        N_("paling banyak {maximum} sebulan"),
        N_("Periksa angka nol yang berlebih, atau NIK yang masuk ke kolom upah."),
    ),
    "wage_date": Kind(
        ERROR,
        N_("Upah terbaca sebagai tanggal"),
        N_("angka rupiah, misalnya 4500000"),
        N_("Excel mengubah angka menjadi tanggal: ubah format sel menjadi Angka, lalu ketik ulang."),
    ),
    "wage_ambiguous": Kind(
        ERROR,
        N_("Titik atau koma pada upah bermakna ganda"),
        N_("misalnya 4500000, 4.500.000, atau 4,5 jt"),
        N_("Tulis ulang tanpa titik dan koma, atau dengan satuan."),
    ),
    "wage_daily_mixed": Kind(
        ERROR,
        N_("Upah harian bercampur tunjangan bulanan"),
        N_("upah sebulan, atau upah harian saja"),
        N_("Tulis upah sebulan: upah harian dikali hari menurut aturan, ditambah tunjangan tetap."),
    ),
    "wage_low": Kind(
        WARNING,
        N_("Upah sangat kecil"),
        N_("rupiah penuh; {amount} rupiah dipakai apa adanya"),
        N_("Bila tertulis dalam ribuan, tulis lengkap: 4.500 ribu menjadi 4500000."),
    ),
    "wage_fraction": Kind(
        WARNING,
        N_("Upah berkoma"),
        N_("rupiah bulat; dibulatkan menjadi {rounded}"),
        N_("Bulatkan di berkas Anda."),
    ),
    "wage_differs": Kind(
        WARNING,
        N_("Upah yang tertulis berbeda dari pokok + tunjangan tetap"),
        N_("{computed}, dan itulah yang dipakai"),
        N_("Periksa apakah tunjangan tidak tetap ikut dihitung atau ada tunjangan tetap yang belum berkolom."),
    ),
}
WAGE_COLUMN_KINDS: dict[str, Kind] = {
    "wage_from_gross": Kind(
        WARNING,
        N_("Upah diambil dari kolom jumlah"),
        N_("kolom upah pokok dan tunjangan tetap"),
        N_("Bila jumlah ini memuat lembur, uang makan, atau potongan, pisahkan kolomnya."),
    ),
    "allowance_unclear": Kind(
        WARNING,
        N_("Tunjangan tidak jelas tetap atau tidak, jadi tidak dihitung"),
        N_("judul yang menyebut tetap atau tidak tetap"),
        N_("Bila dibayar tetap setiap bulan, ubah judulnya menjadi “Tunjangan Tetap …”."),
    ),
    "variable_left_out": Kind(
        NOTE,
        N_("Tidak dihitung sebagai upah karena tidak tetap"),
        N_("hanya upah pokok dan tunjangan tetap"),
        N_("Tidak perlu diubah."),
    ),
    "wage_parts": Kind(
        NOTE,
        N_("Upah dihitung dari"),
        N_("upah pokok ditambah tunjangan tetap"),
        N_("Tidak perlu diubah."),
    ),
}
