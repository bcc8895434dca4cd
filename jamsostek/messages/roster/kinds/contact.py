"""What can be wrong with where a person is found: region, telephone, bank account; and with a disability."""

from __future__ import annotations

from jamsostek.core.text import N_
from jamsostek.messages.tables.problems import ERROR, WARNING, Kind

KINDS: dict[str, Kind] = {
    "region_missing": Kind(
        WARNING,
        N_("Wilayah tempat tinggal kosong"),
        N_("kode atau nama kabupaten/kota"),
        N_("Isi kode wilayah: tanpa itu orang bernama sama sulit dibedakan, dan kantor terdekat tidak diketahui."),
    ),
    "region_unknown": Kind(
        ERROR,
        N_("Wilayah tidak dikenal"),
        N_("kode Kemendagri, kode BPS, atau nama kabupaten/kota; terdekat: {nearest}"),
        N_("Pakai kode atau nama yang terdekat bila itu yang dimaksud."),
    ),
    "region_ambiguous": Kind(
        ERROR,
        N_("Nama wilayah dipunyai lebih dari satu kabupaten atau kota"),
        N_("salah satu dari: {nearest}"),
        N_("Tulis Kabupaten atau Kota di depan namanya, atau kodenya."),
    ),
    "region_is_province": Kind(
        ERROR,
        N_("Ini provinsi, bukan kabupaten atau kota"),
        N_("kabupaten atau kota di {nearest}"),
        N_("Tulis kabupaten atau kotanya."),
    ),
    "region_differs": Kind(
        ERROR,
        N_("Kode wilayah dan nama kabupaten/kota tidak cocok: mana yang benar?"),
        N_("menurut kode: {by_code}; menurut nama: {by_name}"),
        N_("Perbaiki salah satunya."),
    ),
    "region_bps": Kind(
        WARNING,
        N_("Kode wilayah dibaca sebagai kode BPS"),
        N_("kode Kemendagri; dibaca {used}"),
        N_("Bila bukan itu yang dimaksud, tulis kode Kemendagri atau namanya."),
    ),
    "region_former": Kind(
        WARNING,
        N_("Kode wilayah dari peta sebelum 2022"),
        N_("kode sekarang: {used}"),
        N_("Tidak wajib diubah; kode sekarang yang dicatat."),
    ),
    "village_unknown": Kind(
        WARNING,
        N_("Desa atau kelurahan tidak dikenal, dicatat namanya saja"),
        N_("desa atau kelurahan di daftar wilayah; terdekat: {nearest}"),
        N_("Periksa ejaannya, atau tulis kode desa 10 angka."),
    ),
    "phone_unreadable": Kind(
        WARNING,
        N_("Nomor HP tidak terbaca, jadi tidak dicatat"),
        N_("nomor seperti 081200000001"),
        N_("Tulis ulang nomornya, hanya angka."),
    ),
    "phone_length": Kind(
        WARNING,
        N_("Panjang nomor HP tidak wajar, jadi tidak dicatat"),
        N_("08 diikuti 8 sampai 11 angka, atau +62"),
        N_("Tulis ulang nomornya."),
    ),
    "phone_lost_digits": Kind(
        WARNING,
        N_("Angka nomor HP hilang di Excel, jadi tidak dicatat"),
        N_("nomor HP tersimpan sebagai teks"),
        N_("Ubah format kolom menjadi Teks, lalu ketik ulang nomornya."),
    ),
    "phone_not_mobile": Kind(
        WARNING,
        N_("Nomor ini bukan nomor HP"),
        N_("nomor HP peserta sendiri"),
        N_("Isi nomor HP agar kartu dan kabar sampai kepada peserta."),
    ),
    "account_without_bank": Kind(
        WARNING,
        N_("Nomor rekening tanpa nama bank, jadi tidak dicatat"),
        N_("nama bank di kolom Bank"),
        N_("Isi nama banknya."),
    ),
    "bank_without_account": Kind(
        WARNING,
        N_("Nama bank tanpa nomor rekening"),
        N_("nomor rekening"),
        N_("Isi nomor rekeningnya, atau kosongkan nama banknya."),
    ),
    "bank_unknown": Kind(
        WARNING,
        N_("Bank tidak dikenal, dicatat seperti tertulis"),
        N_("nama bank; terdekat: {nearest}"),
        N_("Periksa ejaannya; dompet digital bukan rekening bank."),
    ),
    "account_unreadable": Kind(
        WARNING,
        N_("Nomor rekening tidak terbaca, jadi tidak dicatat"),
        N_("hanya angka"),
        N_("Tulis ulang nomornya dari buku tabungan."),
    ),
    "account_length": Kind(
        WARNING,
        N_("Panjang nomor rekening tidak wajar, jadi tidak dicatat"),
        N_("6 sampai 20 angka"),
        N_("Tulis ulang nomornya dari buku tabungan."),
    ),
    "account_lost_digits": Kind(
        WARNING,
        N_("Angka nomor rekening hilang di Excel, jadi tidak dicatat"),
        N_("nomor rekening tersimpan sebagai teks"),
        N_("Ubah format kolom menjadi Teks, lalu ketik ulang nomornya."),
    ),
    "account_number": Kind(
        WARNING,
        N_("Nomor rekening tersimpan sebagai angka"),
        N_("nomor rekening sebagai teks; nol di depan bisa hilang"),
        N_("Cocokkan dengan buku tabungan; ubah format kolom menjadi Teks."),
    ),
    "account_shared": Kind(
        WARNING,
        N_("Rekening yang sama dipakai beberapa orang"),
        N_("rekening atas nama peserta sendiri; juga ada di baris {first_row}"),
        N_("Periksa: santunan hanya dibayar ke rekening peserta atau ahli warisnya."),
    ),
    "disability_type_unknown": Kind(
        WARNING,
        N_("Jenis disabilitas tidak dikenal, jadi tidak dicatat"),
        N_("salah satu dari: {nearest}"),
        N_("Pilih dari daftar, atau kosongkan."),
    ),
    "disability_degree_unknown": Kind(
        WARNING,
        N_("Derajat disabilitas tidak dikenal, jadi tidak dicatat"),
        N_("salah satu dari: {nearest}"),
        N_("Pilih dari daftar, atau kosongkan."),
    ),
    "disability_degree_alone": Kind(
        WARNING,
        N_("Derajat disabilitas tanpa jenisnya, jadi tidak dicatat"),
        N_("jenis disabilitas di kolomnya"),
        N_("Isi jenis disabilitasnya, atau kosongkan derajatnya."),
    ),
    "text_long": Kind(
        WARNING,
        N_("Tulisan terlalu panjang, dipotong"),
        N_("paling banyak 200 huruf"),
        N_("Persingkat bila bagian pentingnya terpotong."),
    ),
}
