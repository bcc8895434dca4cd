"""What happened to a claim, in words: every kind of event, as the family reads it."""

from __future__ import annotations

from jamsostek.core.text import N_, _

HAPPENED: dict[str, str] = {
    "begun": N_("Klaim mulai diisi"),
    "submitted": N_("Klaim dikirim"),
    "papers_asked": N_("Berkas diminta"),
    "document_given": N_("Berkas diterima"),
    "document_accepted": N_("Berkas diperiksa dan cocok"),
    "document_refused": N_("Berkas tidak dapat dipakai"),
    "facts_found": N_("Petugas mencatat fakta dari berkas"),
    "taken_up": N_("Klaim kembali ke antrean kantor"),
    "served": N_("Petugas mulai mengerjakan klaim"),
    "served_out_of_order": N_("Petugas mulai mengerjakan klaim, mendahului urutan"),
    "assessed": N_("Hak dihitung menurut aturan"),
    "proposed": N_("Keputusan diusulkan petugas"),
    "seconded": N_("Orang kedua setuju; menunggu orang ketiga"),
    "sent_back": N_("Usul keputusan dikembalikan kepada petugas"),
    "approved": N_("Klaim disetujui"),
    "refused": N_("Klaim ditolak"),
    "reopened": N_("Klaim dibuka lagi"),
    "withdrawn": N_("Klaim ditarik kembali"),
    "party_added": N_("Seseorang ditambahkan ke klaim"),
    "party_removed": N_("Seseorang dikeluarkan dari klaim"),
    "account_given": N_("Nomor rekening diterima"),
    "account_checked": N_("Rekening diperiksa"),
    "released": N_("Uang yang ditahan boleh dibayarkan"),
    "bank_refused": N_("Bank menolak rekeningnya"),
    "paid": N_("Uang sudah masuk ke rekening"),
    "objected": N_("Keberatan Anda sudah masuk"),
    "objection_upheld": N_("Keberatan Anda dibenarkan"),
    "objection_rejected": N_("Keberatan Anda tidak dibenarkan"),
    "message_out": N_("Pesan dari kantor"),
    "message_in": N_("Pesan Anda"),
    "proof_given": N_("Bukti dikirim"),
    "proof_accepted": N_("Bukti diperiksa dan cocok"),
    "proof_refused": N_("Bukti tidak dapat dipakai"),
    "right_suspended": N_("Uang pensiun ditunda: bukti hidup belum datang"),
    "right_resumed": N_("Uang pensiun dibayar lagi"),
    "right_followed": N_("Pensiun diteruskan kepada anak"),
    "right_ended": N_("Pembayaran bulanan atau tahunan berakhir"),
    "overpaid": N_("Ada uang yang terlanjur dibayarkan dan diminta kembali"),
    "training_invited": N_("Diundang ke pelatihan"),
    "training_waiting_list": N_("Masuk daftar tunggu pelatihan"),
    "training_accepted": N_("Mendapat tempat di pelatihan"),
    "training_declined": N_("Tidak ikut pelatihan"),
    "training_lapsed": N_("Undangan pelatihan tidak berlaku lagi"),
    "training_attending": N_("Mulai mengikuti pelatihan"),
    "training_finished": N_("Pelatihan selesai diikuti"),
    "training_left": N_("Berhenti dari pelatihan"),
    "training_agreed": N_("Persetujuan kembali bekerja dicatat"),
    "training_outcome": N_("Kabar sesudah pelatihan dicatat"),
}
"""Indonesian by the kind of an event, in the order in which things happen."""


def happened_words(kind: str) -> str:
    """What an event is, for the reader; raises `KeyError` for a kind that nobody records."""
    return _(HAPPENED[kind])
