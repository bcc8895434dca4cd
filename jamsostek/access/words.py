"""What people read for rights, kinds of scope, and what happened to their account."""

from __future__ import annotations

from jamsostek.access.roles import Can, Kind
from jamsostek.core.text import N_

KINDS: dict[Kind, str] = {
    Kind.NATION: N_("Nasional"),
    Kind.REGION: N_("Provinsi, kabupaten, atau kota"),
    Kind.VILLAGE: N_("Desa atau kelurahan"),
    Kind.EMPLOYER: N_("Perusahaan"),
    Kind.SPONSOR: N_("Pembayar iuran"),
    Kind.OFFICE: N_("Kantor atau loket"),
    Kind.SELF: N_("Peserta"),
}
CANS: dict[Can, str] = {
    Can.REGISTER_PERSON: N_("Mendaftarkan orang"),
    Can.REGISTER_SELF: N_("Mendaftarkan diri sendiri"),
    Can.EDIT_PERSON: N_("Mengubah data orang"),
    Can.REGISTER_EMPLOYER: N_("Mendaftarkan perusahaan"),
    Can.EDIT_EMPLOYER: N_("Mengubah data perusahaan"),
    Can.REGISTER_SPONSOR: N_("Mendaftarkan pembayar iuran"),
    Can.EMPLOY: N_("Mencatat masuk, keluar, dan upah pekerja"),
    Can.SPONSOR: N_("Menanggung iuran orang"),
    Can.UPLOAD: N_("Mengirim berkas massal"),
    Can.APPROVE_UPLOAD: N_("Menyetujui berkas massal"),
    Can.MERGE: N_("Menggabungkan peserta ganda"),
    Can.ISSUE_CARD: N_("Menerbitkan kartu"),
    Can.REVOKE_CARD: N_("Mencabut kartu"),
    Can.RECORD_DEATH: N_("Mencatat kematian"),
    Can.SHOW_SECRET: N_("Menampilkan data tertutup"),
    Can.GIVE_GRANT: N_("Memberi hak akses"),
    Can.RESET_LOGIN: N_("Membuat kode masuk untuk orang lain"),
    Can.SERVE_TICKET: N_("Melayani tiket bantuan"),
    Can.READ_AUDIT: N_("Membaca catatan jejak"),
    Can.READ_CELLS: N_("Membaca jumlah per wilayah"),
    Can.EXPORT_PEOPLE: N_("Mengunduh daftar orang"),
    Can.IMPORT_REGIONS: N_("Memasukkan daftar wilayah"),
    Can.ERASE: N_("Menghapus data orang"),
}
HAPPENED: dict[str, str] = {
    "account.opened": N_("Akun dibuat"),
    "account.closed": N_("Akun ditutup"),
    "account.signed_in": N_("Masuk"),
    "account.signed_out": N_("Keluar"),
    "account.password_refused": N_("Kata sandi salah"),
    "account.locked": N_("Terkunci karena terlalu banyak percobaan"),
    "account.factor_refused": N_("Kode pengaman salah"),
    "account.factor_added": N_("Pengaman kedua dipasang"),
    "account.factor_removed": N_("Pengaman kedua dilepas"),
    "account.factor_renewed": N_("Kode cadangan diperbarui"),
    "account.second_factor_dropped": N_("Pengaman kedua dilepas dengan kode kantor"),
    "account.code_issued": N_("Kode masuk dibuat"),
    "account.code_refused": N_("Kode masuk salah"),
    "account.password_reset": N_("Kata sandi baru dengan kode"),
    "account.password_changed": N_("Kata sandi diganti"),
    "account.device_ended": N_("Perangkat dikeluarkan"),
    "account.opened_by_other": N_("Akun dilihat petugas"),
    "grant.given": N_("Peran diberikan"),
    "grant.ended": N_("Peran diakhiri"),
    "token.issued": N_("Token dibuat"),
    "token.revoked": N_("Token dicabut"),
}
