"""The trail in words for the person it is about: what was done, to which of their data."""

from __future__ import annotations

from jamsostek.core.text import N_, _
from jamsostek.portal.screens.trail import actor_words
from jamsostek.registry.queries.own import Seen

ACTIONS: dict[str, str] = {
    "claim.expired": N_("Menutup klaim yang tidak pernah dikirim"),
    "claim.recovered": N_("Mencatat uang yang dikembalikan"),
    "look": N_("Melihat data Anda"),
    "show": N_("Membuka data yang tertutup"),
    "participant.registered": N_("Mendaftarkan Anda"),
    "participant.changed": N_("Mengubah data Anda"),
    "participant.died": N_("Mencatat kematian"),
    "participant.death_taken_back": N_("Membatalkan catatan kematian"),
    "participant.merged": N_("Menggabungkan dua nomor Anda"),
    "participant.unmerged": N_("Membatalkan penggabungan nomor"),
    "participant.referred": N_("Mencatat kode rujukan Anda"),
    "participant.told_apart": N_("Memastikan Anda bukan orang lain yang mirip"),
    "participant.erased": N_("Menghapus data Anda"),
    "employment.begun": N_("Mencatat Anda mulai bekerja"),
    "employment.ended": N_("Mencatat Anda keluar kerja"),
    "employment.reopened": N_("Membatalkan catatan keluar kerja"),
    "wage.changed": N_("Mengubah upah yang dilaporkan"),
    "employment.unpaid": N_("Mencatat sebulan tanpa upah"),
    "employment.paid_again": N_("Membatalkan catatan sebulan tanpa upah"),
    "cover.begun": N_("Mencatat perlindungan"),
    "cover.ended": N_("Mengakhiri perlindungan"),
    "placement.recorded": N_("Mencatat kontrak kerja di luar negeri"),
    "card.issued": N_("Menerbitkan kartu"),
    "card.revoked": N_("Mencabut kartu"),
    "card.printed": N_("Mencetak kartu"),
    "relative.added": N_("Mencatat anggota keluarga"),
    "relative.ended": N_("Mengubah anggota keluarga"),
    "registration.repeated": N_("Seseorang mencoba mendaftar dengan NIK Anda"),
    "request.correction": N_("Meminta pembetulan data"),
    "request.wage": N_("Melaporkan upah yang tidak sesuai"),
    "request.deletion": N_("Meminta penghapusan data"),
    "data.exported": N_("Mengunduh semua data"),
    "export": N_("Mengunduh daftar yang memuat data Anda"),
    "export_whole": N_("Mengunduh daftar yang memuat data Anda"),
    "bill.made": N_("Membuat tagihan iuran"),
    "claim.begun": N_("Memulai klaim tentang Anda"),
    "claim.submitted": N_("Mengirim klaim tentang Anda"),
    "claim.approved": N_("Menyetujui klaim tentang Anda"),
    "claim.refused": N_("Menolak klaim tentang Anda"),
    "claim.paid": N_("Membayar klaim tentang Anda"),
    "claim.withdrawn": N_("Menarik kembali klaim tentang Anda"),
}
FIELDS: dict[str, str] = {
    "name": N_("nama"), "nik": N_("NIK"), "birth_date": N_("tanggal lahir"), "birth_place": N_("tempat lahir"),
    "sex": N_("jenis kelamin"), "mother_name": N_("nama ibu"), "regency_code": N_("tempat tinggal"),
    "village_code": N_("desa"), "domicile_since": N_("hari pindah"),
    "address": N_("alamat"), "phone": N_("telepon"), "bank_code": N_("bank"),
    "bank_account": N_("rekening"), "bank": N_("rekening"), "disability_type": N_("disabilitas"),
    "disability_degree": N_("derajat disabilitas"), "employer": N_("perusahaan"), "from_month": N_("bulan mulai"),
    "to_month": N_("bulan akhir"), "wage_rupiah": N_("upah"), "leaving": N_("sebab keluar"), "payer": N_("pembayar"),
    "occupation": N_("pekerjaan"), "income_rupiah": N_("penghasilan"), "card": N_("kartu"), "kin": N_("hubungan keluarga"),
    "relative": N_("keluarga"), "relatives": N_("keluarga"), "number": N_("nomor peserta"), "kpj": N_("nomor peserta"),
    "timeline": N_("masa perlindungan"), "died_on": N_("tanggal meninggal"), "placement": N_("kontrak luar negeri"),
    "ticket": N_("tiket"), "jht": N_("saldo JHT"), "jp": N_("iuran JP"), "all": N_("semua"), "bill": N_("tagihan"),
    "claim": N_("klaim"), "claim_document": N_("berkas klaim"), "claim_account": N_("rekening klaim"),
    "payment": N_("pembayaran"), "months": N_("banyaknya bulan"),
    "total_rupiah": N_("jumlah"), "month": N_("bulan"), "rate_ppm": N_("tingkat setahun"),
}  # fmt: skip


def what_of(one: Seen) -> str:
    """What was done; one that has no words yet is named as it is, never left out."""
    if one.action.startswith("claim.") and one.action not in ACTIONS:
        return _("Mengerjakan klaim tentang Anda")
    return _(ACTIONS[one.action]) if one.action in ACTIONS else one.action


def fields_of(one: Seen) -> str:
    """The data it was about."""
    told = dict.fromkeys(_(FIELDS[name]) if name in FIELDS else name for name in one.fields)
    return ", ".join(told)


def actor_of(one: Seen) -> str:
    """Who did it. The installation's own doings have names that are texts of ours; a visitor has none."""
    if one.by_me:
        return _("Anda sendiri")
    return actor_words(one.actor, by_system=one.by_system)
