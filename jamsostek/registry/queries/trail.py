"""The trail as auditors read it: who did or looked at what, when and why. Names of fields, never a value of a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from jamsostek.access import audit
from jamsostek.access.models import User
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.access.words import HAPPENED
from jamsostek.core.numbers import format_number
from jamsostek.core.text import N_
from jamsostek.registry.models import Employer, Participant, Sponsor
from jamsostek.registry.queries.merged import one_person

DONE = {
    "fund.projection_asked": N_("Proyeksi dana disusun"),
    "fund.projection_cancelled": N_("Proyeksi dana dihentikan"),
    "fund.projection_approved": N_("Asumsi proyeksi disahkan"),
    "fund.projection_refused": N_("Asumsi proyeksi ditolak"),
    "participant.registered": N_("Peserta didaftarkan"),
    "participant.changed": N_("Data peserta diubah"),
    "participant.died": N_("Kematian dicatat"),
    "participant.death_taken_back": N_("Catatan kematian dibatalkan"),
    "participant.erased": N_("Data peserta dihapus"),
    "participant.merged": N_("Dua nomor digabungkan"),
    "participant.unmerged": N_("Penggabungan dibatalkan"),
    "participant.told_apart": N_("Dinyatakan orang berbeda"),
    "relative.added": N_("Keluarga ditambahkan"),
    "relative.ended": N_("Hubungan keluarga diakhiri"),
    "employment.begun": N_("Hubungan kerja dimulai"),
    "employment.ended": N_("Hubungan kerja diakhiri"),
    "employment.reopened": N_("Hubungan kerja dibuka lagi"),
    "wage.changed": N_("Upah diubah"),
    "employment.unpaid": N_("Bulan tanpa upah dicatat"),
    "employment.paid_again": N_("Bulan tanpa upah dibatalkan"),
    "report.begun": N_("Laporan upah dimulai"),
    "report.changed": N_("Laporan upah diubah"),
    "report.prepared": N_("Laporan upah diajukan"),
    "report.recalled": N_("Laporan upah dijadikan draf lagi"),
    "report.approved": N_("Laporan upah disetujui"),
    "report.billed": N_("Laporan upah ditagihkan"),
    "report.returned": N_("Laporan upah dikembalikan"),
    "report.withdrawn": N_("Laporan upah ditarik"),
    "report.file": N_("Berkas laporan diterima"),
    "report.file_read": N_("Berkas laporan dibaca"),
    "report.file_downloaded": N_("Berkas laporan diunduh"),
    "cover.begun": N_("Perlindungan dimulai"),
    "cover.ended": N_("Perlindungan diakhiri"),
    "placement.recorded": N_("Penempatan migran dicatat"),
    "card.issued": N_("Kartu diterbitkan"),
    "card.revoked": N_("Kartu dicabut"),
    "card.key_rotated": N_("Kunci kartu diganti"),
    "employer.registered": N_("Perusahaan didaftarkan"),
    "employer.changed": N_("Data perusahaan diubah"),
    "employer.unit_added": N_("Unit ditambahkan"),
    "project.registered": N_("Proyek didaftarkan"),
    "sponsor.registered": N_("Pembayar iuran didaftarkan"),
    "office.registered": N_("Kantor didaftarkan"),
    "regions.imported": N_("Daftar wilayah dimasukkan"),
    "registration.repeated": N_("Pendaftaran diulang"),
    "upload.received": N_("Berkas diterima"),
    "upload.confirmed": N_("Berkas dikonfirmasi"),
    "upload.done": N_("Berkas selesai dicatat"),
    "upload.cancelled": N_("Berkas dibatalkan"),
    "upload.downloaded": N_("Berkas diunduh"),
    "look": N_("Data dilihat"),
    "show": N_("Data tertutup ditampilkan"),
    "export": N_("Daftar orang diunduh"),
    "data.exported": N_("Salinan data sendiri diunduh"),
    "eligibility.asked": N_("Kepesertaan ditanyakan rumah sakit"),
    "trail.read": N_("Catatan jejak dibaca"),
    "trail.verified": N_("Catatan jejak diperiksa"),
    "coverage.snapshot_made": N_("Potret cakupan dibuat"),
    "cells.read": N_("Jumlah per wilayah diunduh"),
    "coverage.exact_seen": N_("Jumlah tepat peserta dilihat"),
    "accounts.crediting_begun": N_("Pengkreditan JHT dimulai"),
    "accounts.crediting_ended": N_("Pengkreditan JHT selesai"),
    "fund.breach_planned": N_("Rencana pulihnya batas investasi diusulkan"),
    "fund.breach_accepted": N_("Rencana pulihnya batas investasi disetujui"),
    "fund.breach_sent_back": N_("Rencana pulihnya batas investasi dikembalikan"),
    "fund.board_limit_recorded": N_("Batas internal investasi dicatat"),
    "fund.board_limit_confirmed": N_("Batas internal investasi disahkan"),
    "fund.board_limit_refused": N_("Batas internal investasi ditolak"),
    "accounts.rate_declared": N_("Tingkat JHT dicatat"),
    "accounts.rate_confirmed": N_("Tingkat JHT disahkan"),
    "accounts.rate_refused": N_("Tingkat JHT ditolak"),
    "accounts.floor_recorded": N_("Bunga deposito dicatat"),
    "accounts.floor_confirmed": N_("Bunga deposito disahkan"),
    "accounts.floor_refused": N_("Catatan bunga deposito ditolak"),
    "fund.jht_return_proposed": N_("Usulan hasil JHT diajukan"),
    "fund.jht_return_adopted": N_("Usulan hasil JHT ditetapkan"),
    "fund.jht_return_refused": N_("Usulan hasil JHT ditolak"),
    "fund.issuer_registered": N_("Penerbit efek dicatat"),
    "fund.instrument_registered": N_("Efek dicatat"),
    "fund.prices_recorded": N_("Harga efek dicatat"),
    "fund.price_file_sent": N_("Berkas harga dikirim"),
    "fund.prices_taken": N_("Harga dari berkas dicatat"),
    "fund.custody_recorded": N_("Laporan kustodian dicatat"),
    "fund.difference_explained": N_("Selisih kustodian dijelaskan"),
    "fund.difference_confirmed": N_("Penjelasan selisih kustodian disahkan"),
    "fund.difference_refused": N_("Penjelasan selisih kustodian ditolak"),
    "ticket.asked": N_("Tiket diminta"),
    "ticket.opened": N_("Tiket dibuka"),
    "ticket.taken": N_("Tiket dilayani"),
    "ticket.closed": N_("Tiket ditutup"),
    "bill.made": N_("Tagihan dibuat"),
    "bill.voided": N_("Tagihan dibatalkan"),
    "bill.difference": N_("Tagihan selisih dibuat"),
    "ledger.period_closed": N_("Bulan pembukuan ditutup"),
    "ledger.exported": N_("Pembukuan dikeluarkan"),
    "fund.trade_planned": N_("Transaksi investasi direncanakan"),
    "fund.trade_checked": N_("Transaksi investasi diperiksa"),
    "fund.trade_refused": N_("Transaksi investasi ditolak"),
    "fund.breach_approved": N_("Pelampauan batas disetujui"),
    "fund.trade_settled": N_("Transaksi investasi diselesaikan"),
    "fund.trade_withdrawn": N_("Transaksi investasi dibatalkan"),
    "fund.event_recorded": N_("Kupon, dividen, atau pelunasan dibukukan"),
    "fund.month_ended": N_("Akhir bulan investasi dibukukan"),
    "fund.stress_kept": N_("Uji ketahanan disimpan"),
    "fund.stress_approved": N_("Uji ketahanan disetujui"),
    "fund.stress_refused": N_("Uji ketahanan ditolak"),
    "fund.report_asked": N_("Laporan dana diminta"),
    "fund.report_signed": N_("Laporan dana ditandatangani"),
    "fund.report_refused": N_("Laporan dana ditolak"),
    "fund.figures_exported": N_("Angka dana diunduh"),
    "fund.exported": N_("Daftar investasi diunduh"),
    "month.started": N_("Penagihan bulanan dimulai"),
    "month.billed": N_("Wilayah ditagih"),
    "reassessment.asked": N_("Penetapan ulang diminta"),
    "reassessment.decided": N_("Penetapan ulang diputuskan"),
    "reassessment.done": N_("Tagihan selisih penetapan ulang dibuat"),
    "reassessment.stopped": N_("Penetapan ulang berhenti"),
    "payment.received": N_("Pembayaran diterima"),
    "payment.used": N_("Uang yang menunggu dipakai"),
    "payment.match_asked": N_("Pemilik uang diusulkan"),
    "payment.match_decided": N_("Usulan pemilik uang diputuskan"),
    "payment.bounced": N_("Pembayaran ditarik kembali oleh bank"),
    "refund.asked": N_("Pengembalian diminta"),
    "refund.decided": N_("Pengembalian diputuskan"),
    "refund.paid": N_("Pengembalian keluar"),
    "refund.account_shown": N_("Nomor rekening pengembalian dibuka"),
    "receipt.entered": N_("Pembayaran dicatat petugas"),
    "receipt.decided": N_("Catatan pembayaran diputuskan"),
    "receipt.proof_seen": N_("Bukti pembayaran dilihat"),
    "statement.sent": N_("Rekening koran dikirim"),
    "statement.confirmed": N_("Rekening koran dikonfirmasi"),
    "statement.cancelled": N_("Rekening koran dibatalkan"),
    "statement.booked": N_("Rekening koran dibukukan"),
    "fine.assessed": N_("Denda ditetapkan"),
    "agreement.proposed": N_("Angsuran diusulkan"),
    "agreement.approved": N_("Angsuran disetujui"),
    "agreement.refused": N_("Angsuran ditolak"),
    "agreement.ended": N_("Kesepakatan angsuran diakhiri"),
    "case.opened": N_("Kasus sanksi dibuka"),
    "case.step_decided": N_("Langkah sanksi diputuskan"),
    "case.step_signed": N_("Langkah sanksi ditandatangani"),
    "case.step_refused": N_("Langkah sanksi ditolak"),
    "case.delivered": N_("Surat sanksi disampaikan"),
    "case.closed": N_("Kasus sanksi ditutup"),
    "compliance.compared": N_("Daftar instansi lain dibandingkan"),
    "compliance.scanned": N_("Tagihan diperiksa kepatuhannya"),
    "compliance.decided": N_("Temuan kepatuhan diputuskan"),
    "month.ended": N_("Penagihan bulanan selesai"),
    "month.stopped": N_("Penagihan bulanan berhenti"),
    "claim.begun": N_("Klaim dimulai"),
    "claim.submitted": N_("Klaim dikirim"),
    "claim.expired": N_("Klaim yang tidak dikirim ditutup"),
    "claim.withdrawn": N_("Klaim ditarik kembali"),
    "claim.document_given": N_("Berkas klaim diberikan"),
    "claim.document_accepted": N_("Berkas klaim diperiksa dan cocok"),
    "claim.document_refused": N_("Berkas klaim ditolak"),
    "claim.papers_asked": N_("Berkas klaim diminta"),
    "claim.taken_up": N_("Klaim kembali ke antrean kantor"),
    "claim.facts_found": N_("Fakta klaim ditemukan petugas"),
    "claim.party_added": N_("Seseorang ditambahkan ke klaim"),
    "claim.party_removed": N_("Seseorang dikeluarkan dari klaim"),
    "claim.account_given": N_("Rekening klaim diberikan"),
    "claim.account_checked": N_("Rekening klaim diperiksa"),
    "claim.proposed": N_("Keputusan klaim diusulkan"),
    "claim.seconded": N_("Keputusan klaim disetujui orang kedua"),
    "claim.sent_back": N_("Usul keputusan klaim dikembalikan"),
    "claim.approved": N_("Klaim disetujui"),
    "claim.refused": N_("Klaim ditolak"),
    "claim.reopened": N_("Klaim dibuka lagi"),
    "claim.objected": N_("Keberatan atas klaim diajukan"),
    "claim.objection_upheld": N_("Keberatan atas klaim dibenarkan"),
    "claim.objection_rejected": N_("Keberatan atas klaim tidak dibenarkan"),
    "claim.released": N_("Manfaat yang ditahan boleh dibayarkan"),
    "claim.bank_refused": N_("Bank menolak rekening klaim"),
    "claim.paid": N_("Seluruh uang klaim masuk ke rekening"),
    "claim.tax_paid": N_("Pajak JHT disetor ke kas negara"),
    "claim.proof_given": N_("Bukti hak diberikan"),
    "claim.proof_accepted": N_("Bukti hak diperiksa dan cocok"),
    "claim.proof_refused": N_("Bukti hak ditolak"),
    "claim.right_ended": N_("Hak berkala diakhiri"),
    "claim.overpaid": N_("Kelebihan bayar dicatat"),
    "claim.recovered": N_("Kelebihan bayar diterima kembali"),
    "payout.debtor": N_("Rekening pembayar manfaat dicatat"),
    "payout.prepared": N_("Berkas pembayaran manfaat disiapkan"),
    "payout.approved": N_("Berkas pembayaran manfaat disetujui"),
    "payout.cancelled": N_("Berkas pembayaran manfaat dibatalkan"),
    "payout.exported": N_("Berkas pembayaran manfaat dikirim"),
    "payout.file_taken": N_("Berkas pembayaran manfaat diambil"),
    "payout.answered": N_("Jawaban bank atas manfaat diterima"),
    "roll.prepared": N_("Daftar pembayaran bulanan disiapkan"),
    "roll.approved": N_("Daftar pembayaran bulanan disetujui"),
    "roll.cancelled": N_("Daftar pembayaran bulanan dibatalkan"),
    "claim.right_followed": N_("Pensiun janda atau duda diteruskan kepada anak"),
    "roll.posted": N_("Daftar pembayaran bulanan dibukukan"),
    "growth.proposed": N_("Kenaikan pensiun diusulkan"),
    "growth.approved": N_("Kenaikan pensiun disahkan"),
    "mapping.kept": N_("Pemetaan kolom disimpan"),
    "regulation.entered": N_("Peraturan dicatat"),
    "regulation.confirmed": N_("Peraturan disahkan di daftar"),
    "regulation.withdrawn": N_("Peraturan ditarik dari daftar"),
    "regulation.end_said": N_("Akhir berlaku peraturan dicatat"),
    "regulation.ended": N_("Akhir berlaku peraturan disahkan"),
    "goal.proposed": N_("Sasaran daerah diusulkan"),
    "goal.confirmed": N_("Sasaran daerah disahkan"),
    "goal.withdrawn": N_("Sasaran daerah ditarik"),
    "award.edition_written": N_("Edisi Paritrana ditulis"),
    "award.edition_opened": N_("Edisi Paritrana dibuka"),
    "award.edition_closed": N_("Edisi Paritrana ditutup"),
    "award.edition_cancelled": N_("Edisi Paritrana dibatalkan"),
    "award.juror_appointed": N_("Juri Paritrana diangkat"),
    "award.juror_left": N_("Juri Paritrana keluar"),
    "award.interest_declared": N_("Kepentingan juri Paritrana dinyatakan"),
    "award.marks_given": N_("Nilai juri Paritrana diberikan"),
    "award.marks_frozen": N_("Nilai juri Paritrana dikunci"),
    "award.marks_revealed": N_("Nilai juri Paritrana dibuka"),
    "award.marks_discussed": N_("Nilai juri Paritrana dibahas"),
    "award.interview_planned": N_("Wawancara Paritrana dijadwalkan"),
    "award.interview_moved": N_("Wawancara Paritrana dipindahkan"),
    "award.interview_cancelled": N_("Wawancara Paritrana dibatalkan"),
    "award.interview_held": N_("Wawancara Paritrana berlangsung"),
    "award.nominated": N_("Calon Paritrana diajukan"),
    "award.promoted": N_("Calon Paritrana maju ke tingkat berikutnya"),
    "award.entry_accepted": N_("Calon Paritrana diterima"),
    "award.entry_refused": N_("Calon Paritrana tidak diterima"),
    "award.entry_withdrawn": N_("Calon Paritrana mengundurkan diri"),
    "award.entry_disqualified": N_("Calon Paritrana didiskualifikasi"),
    "award.evidence_sent": N_("Bukti Paritrana dikirim"),
    "award.evidence_read": N_("Bukti Paritrana dibaca"),
    "award.evidence_withdrawn": N_("Bukti Paritrana ditarik"),
    "award.evidence_checked": N_("Bukti Paritrana diperiksa"),
    "award.evidence_rejected": N_("Bukti Paritrana ditolak"),
    "award.evidence_confirmed": N_("Pemeriksaan bukti Paritrana disahkan"),
    "award.evidence_returned": N_("Bukti Paritrana dikembalikan untuk diperiksa lagi"),
    "award.result_computed": N_("Hasil lomba Paritrana dihitung"),
    "award.result_decided": N_("Hasil lomba Paritrana diputuskan"),
    "award.result_refused": N_("Hasil lomba Paritrana ditolak"),
    "award.results_published": N_("Hasil Paritrana diumumkan"),
    "award.certificate_issued": N_("Sertifikat Paritrana diterbitkan"),
    "award.annulment_asked": N_("Pembatalan hasil Paritrana diminta"),
    "award.annulment_refused": N_("Pembatalan hasil Paritrana ditolak"),
    "award.result_annulled": N_("Hasil lomba Paritrana dibatalkan"),
    "award.snapshot_taken": N_("Potret ukuran Paritrana diambil"),
    "award.snapshot_read": N_("Potret ukuran Paritrana diunduh"),
    "plan.made": N_("Rencana strategi dimulai"),
    "plan.filled": N_("Rencana strategi diisi"),
    "plan_item.made": N_("Butir rencana ditambahkan"),
    "plan_item.changed": N_("Butir rencana diubah"),
    "plan_item.moved": N_("Keadaan butir rencana diubah"),
    "half_report.drafted": N_("Laporan semester disusun"),
    "half_report.counted": N_("Angka laporan semester dihitung ulang"),
    "half_report.written": N_("Laporan semester ditulis"),
    "half_report.signed": N_("Laporan semester ditandatangani"),
    "half_report.reopened": N_("Laporan semester dibuka lagi"),
    "half_report.sent": N_("Laporan semester dikirim"),
    "register.received": N_("Daftar orang diterima"),
    "register.mapped": N_("Isi kolom daftar ditentukan"),
    "register.downloaded": N_("Baris daftar yang perlu diperbaiki diunduh"),
    "register.exported": N_("Isi daftar diambil utuh"),
    "register.cancelled": N_("Pembacaan daftar dibatalkan"),
    "register.deleted": N_("Daftar orang dihapus"),
    "register.linked": N_("Daftar dipadankan dengan peserta"),
    "link.answered": N_("Padanan dijawab"),
    "rule.proposed": N_("Aturan prioritas diusulkan"),
    "rule.adopted": N_("Aturan prioritas ditetapkan"),
    "programme.made": N_("Program perlindungan dibuat"),
    "programme.money": N_("Sumber dana program diatur"),
    "programme.quotas": N_("Kuota desa diatur"),
    "programme.rule": N_("Aturan prioritas program diganti"),
    "programme.opened": N_("Program perlindungan dibuka"),
    "programme.closed": N_("Program perlindungan ditutup"),
    "programme.taken_in": N_("Calon diambil dari daftar"),
    "programme.judged": N_("Calon dinilai ulang"),
    "programme.funded": N_("Calon didanai"),
    "programme.replaced": N_("Tempat kosong diisi dari daftar tunggu"),
    "programme.reconciled": N_("Penerima dicocokkan ulang"),
    "candidate.told": N_("Keadaan calon dijelaskan"),
    "candidate.verified": N_("Calon disahkan"),
    "candidate.refused": N_("Calon ditolak"),
    "candidate.proposed_again": N_("Calon diajukan kembali"),
    "candidate.lapsed": N_("Perlindungan penerima berhenti"),
    "decree.prepared": N_("Lampiran keputusan disiapkan"),
    "decree.withdrawn": N_("Lampiran keputusan ditarik"),
    "decree.approved": N_("Lampiran keputusan disetujui"),
    "decree.looked": N_("Lampiran keputusan dibaca"),
    "decree.printed": N_("Lampiran keputusan dicetak"),
    "decree.exported": N_("Lampiran keputusan diunduh"),
    "decree.cards": N_("Kartu orang di lampiran keputusan dicetak"),
    "campaign.made": N_("Kampanye dibuat"),
    "campaign.changed": N_("Kampanye diubah"),
    "meeting.made": N_("Pertemuan dibuat"),
    "meeting.cancelled": N_("Pertemuan dibatalkan"),
    "meeting.counted": N_("Yang hadir dihitung"),
    "meeting.attended": N_("Daftar hadir dicatat"),
    "meeting.forgot": N_("Nama yang hadir dihapus"),
    "consent.given": N_("Izin dihubungi dicatat"),
    "consent.withdrawn": N_("Izin dihubungi ditarik kembali"),
    "agent.code_given": N_("Kode agen diberikan"),
    "agent.code_ended": N_("Kode agen diakhiri"),
    "participant.referred": N_("Kode rujukan dicatat"),
    "template.proposed": N_("Teks pengingat diusulkan"),
    "template.approved": N_("Teks pengingat disetujui"),
    "reminder.prepared": N_("Pengingat disiapkan"),
    "reminder.taken": N_("Berkas pengingat diambil"),
    "reminder.sent": N_("Pengingat ditandai terkirim"),
    "training.made": N_("Pelatihan dibuat"),
    "training.changed": N_("Pelatihan diubah"),
    "training.opened": N_("Pendaftaran pelatihan dibuka"),
    "training.closed": N_("Pendaftaran pelatihan ditutup"),
    "training.done": N_("Pelatihan diselesaikan"),
    "claim.training_invited": N_("Diundang ke pelatihan"),
    "claim.training_waiting_list": N_("Masuk daftar tunggu pelatihan"),
    "claim.training_accepted": N_("Mendapat tempat pelatihan"),
    "claim.training_declined": N_("Undangan pelatihan ditolak"),
    "claim.training_lapsed": N_("Undangan pelatihan tidak dijawab"),
    "claim.training_agreed": N_("Persetujuan kembali bekerja dicatat"),
    "claim.training_attending": N_("Mulai mengikuti pelatihan"),
    "claim.training_finished": N_("Pelatihan selesai diikuti"),
    "claim.training_left": N_("Berhenti dari pelatihan"),
    "claim.training_outcome": N_("Hasil pelatihan dicatat"),
}
"""What happened to people, payers and the trail itself, in words."""
ACTIONS: dict[str, str] = {**DONE, **HAPPENED}
SUBJECTS = {
    "participant": N_("Peserta"), "employer": N_("Perusahaan"), "sponsor": N_("Pembayar iuran"), "user": N_("Akun"),
    "upload": N_("Berkas"), "ticket": N_("Tiket"), "office": N_("Kantor"), "region": N_("Wilayah"), "key": N_("Kunci"),
    "projection": N_("Proyeksi dana"),
    "trail": N_("Catatan jejak"), "grant": N_("Hak akses"), "token": N_("Token"), "bill": N_("Tagihan"),
    "payment": N_("Pembayaran"), "receipt": N_("Catatan pembayaran"), "statement": N_("Rekening koran"),
    "project": N_("Proyek"), "run": N_("Penagihan bulanan"), "report": N_("Laporan upah"), "period": N_("Bulan pembukuan"),
    "rate": N_("Tingkat JHT"), "floor": N_("Bunga deposito"),
    "jht_proposal": N_("Usulan hasil JHT"), "reassessment": N_("Penetapan ulang"),
    "batch": N_("Berkas pembayaran manfaat"), "answer": N_("Jawaban bank"), "roll": N_("Daftar pembayaran bulanan"),
    "mapping": N_("Pemetaan kolom"), "register": N_("Daftar orang"), "person": N_("Orang di daftar"),
    "rule": N_("Aturan prioritas"), "programme": N_("Program perlindungan"), "candidate": N_("Calon penerima"),
    "decree": N_("Lampiran keputusan"),
    "fund_breach": N_("Pelampauan batas investasi"), "fund_boardlimit": N_("Batas internal investasi"),
    "fund": N_("Dana"), "growth": N_("Kenaikan pensiun"), "tax": N_("Pajak JHT"),
    "regulation": N_("Peraturan"), "plan": N_("Rencana strategi"), "plan_item": N_("Butir rencana"),
    "issuer": N_("Penerbit efek"), "instrument": N_("Efek"), "price": N_("Harga efek"),
    "custody": N_("Laporan kustodian"), "difference": N_("Selisih kustodian"),
    "half_report": N_("Laporan semester"), "goal": N_("Sasaran daerah"), "awards_edition": N_("Edisi Paritrana"),
    "awards_entry": N_("Calon Paritrana"), "awards_evidence": N_("Bukti Paritrana"),
    "awards_result": N_("Hasil lomba Paritrana"), "awards_certificate": N_("Sertifikat Paritrana"),
    "awards_snapshot": N_("Potret ukuran Paritrana"),
    "awards_juror": N_("Juri Paritrana"),
    "trade": N_("Transaksi investasi"), "event": N_("Uang dari investasi"), "month_end": N_("Akhir bulan investasi"),
    "position": N_("Yang dimiliki"), "stress_run": N_("Uji ketahanan dana"), "fund_report": N_("Laporan dana"),
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which entries: of these days (Jakarta), and narrowed by what else is told. `number` is a KPJ, NPP, sponsor's number."""

    first: dt.date
    last: dt.date
    action: str = ""
    actor: str = ""
    number: str = ""


@dataclass(frozen=True)
class Seen:
    """One entry. `subject` is a public number or a username, "" where there is none to tell; `by_system`: by no user."""

    id: int
    at: dt.datetime
    actor: str
    by_system: bool
    action: str
    kind: str
    subject: str
    fields: tuple[str, ...]
    reason: str


class Entries:
    """Entries wanted, the newest first, as something that can be cut into pages. Raises `Refused`."""

    def __init__(self, wanted: Wanted) -> None:
        current().need(Can.READ_AUDIT)
        self._where, self._values = _conditions(wanted)

    def __getitem__(self, cut: slice) -> list[Seen]:
        return self.fetch(cut.stop - cut.start, cut.start)

    def fetch(self, take: int, skip: int = 0) -> list[Seen]:
        """Some of them."""
        sql = (
            "SELECT id, at, actor, user_id IS NULL, action, subject_kind, subject_id, fields, reason FROM access_auditentry"  # noqa: S608
            f" WHERE {' AND '.join(self._where)} ORDER BY id DESC LIMIT %s OFFSET %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [*self._values, take, skip])
            rows = cursor.fetchall()
        numbers = _numbers({(row[5], row[6]) for row in rows if row[6] is not None})
        return [
            Seen(
                number, at, actor, by_system, action, kind, numbers.get((kind, subject), ""),
                tuple(filter(None, fields.split(","))), reason,
            )
            for number, at, actor, by_system, action, kind, subject, fields, reason in rows
        ]  # fmt: skip


def _conditions(wanted: Wanted) -> tuple[list[str], list[Any]]:
    zone = timezone.get_default_timezone()
    begin = dt.datetime.combine(wanted.first, dt.time(), zone)
    end = dt.datetime.combine(wanted.last + dt.timedelta(days=1), dt.time(), zone)
    where: list[str] = ["at >= %s", "at < %s"]
    values: list[Any] = [begin, end]
    if wanted.action:
        where, values = [*where, "action = %s"], [*values, wanted.action]
    if wanted.actor:
        literal = wanted.actor.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        where.append("(actor ILIKE %s OR user_id = (SELECT id FROM access_user WHERE username = %s))")
        values += [f"%{literal}%", wanted.actor.lower()]
    if wanted.number:
        kind, ids = _subject(wanted.number)
        where, values = [*where, "subject_kind = %s", "subject_id = ANY (%s)"], [*values, kind, ids]
    return where, values


def _subject(number: str) -> tuple[str, list[int]]:
    """Whom a public number means, with the numbers merged into it; nobody where it is none."""
    digits = "".join(number.split())
    if len(digits) == 11:
        found = Participant.objects.filter(kpj=digits).values_list("pk", flat=True)
        return "participant", [number for one in found for number in one_person(one)]
    employer = list(Employer.objects.filter(npp=digits).values_list("pk", flat=True))
    if employer:
        return "employer", employer
    return "sponsor", list(Sponsor.objects.filter(number=digits).values_list("pk", flat=True))


def _numbers(subjects: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What subjects are called outside."""

    def of(kind: str) -> list[int]:
        return [number for one, number in subjects if one == kind]

    told: dict[tuple[str, int], str] = {}
    for pk, kpj in Participant.objects.filter(pk__in=of("participant")).values_list("pk", "kpj"):
        told["participant", pk] = format_number("kpj", kpj)
    for pk, npp in Employer.objects.filter(pk__in=of("employer")).values_list("pk", "npp"):
        told["employer", pk] = format_number("npp", npp)
    for pk, number in Sponsor.objects.filter(pk__in=of("sponsor")).values_list("pk", "number"):
        told["sponsor", pk] = format_number("npp", number)
    for pk, username in User.objects.filter(pk__in=of("user")).values_list("pk", "username"):
        told["user", pk] = username
    return told


# --- the chain --------------------------------------------------------------------------------------------------------

HOLDS, BROKEN = "holds", "broken"


@dataclass(frozen=True)
class Checked:
    """The newest check of the whole trail: when, by whom, what it found."""

    at: dt.datetime
    actor: str
    holds: bool
    blocks: int
    rows: int
    block: int | None
    row: int | None


@dataclass(frozen=True)
class Chain:
    """How the trail stands: blocks closed, entries in them, entries not closed yet, the newest block, the newest check."""

    blocks: int
    rows: int
    unsealed: int
    head: str
    sealed_at: dt.datetime | None
    checked: Checked | None


def chain() -> Chain:
    """How the trail stands; raises `Refused`."""
    current().need(Can.READ_AUDIT)
    head = audit.head()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(rows), 0) FROM access_auditblock")
        blocks, rows = cursor.fetchone()
        after = (head.upto_xid, head.last_id) if head else (0, 0)
        cursor.execute("SELECT count(*) FROM access_auditentry WHERE (xid, id) > (%s, %s)", [*after])
        (unsealed,) = cursor.fetchone()
    return Chain(
        blocks, int(rows), unsealed, bytes(head.digest).hex() if head else "", head.sealed_at if head else None, _last_check()
    )


def _last_check() -> Checked | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, actor, fields FROM access_auditentry WHERE action = 'trail.verified' ORDER BY id DESC LIMIT 1", []
        )
        row = cursor.fetchone()
    if row is None:
        return None
    verdict, *numbers = row[2].split(",")
    blocks, rows, block, number = (int(one) for one in numbers)
    return Checked(row[0], row[1], verdict == HOLDS, blocks, rows, block or None, number or None)


def check_chain() -> audit.Verdict:
    """Recomputes the whole trail and writes down what came of it."""
    verdict = audit.verify()
    told = (HOLDS if verdict.holds else BROKEN, verdict.blocks, verdict.rows, verdict.block or 0, verdict.row or 0)
    audit.record("trail.verified", "trail", None, fields=[str(one) for one in told], reason=verdict.problem)
    return verdict
