"""Addresses of employers; each names the company by its number (NPP)."""

from django.urls import path

from jamsostek.portal.bills import lists as bills
from jamsostek.portal.employer import (
    add,
    cards,
    changes,
    facts,
    home,
    projects,
    report,
    report_files,
    report_of,
    report_review,
    units,
    upload,
    worker,
    workers,
)
from jamsostek.portal.statements import payer as accounts
from jamsostek.portal.uploads import converters  # noqa: F401  registers `npp` and `village`

app_name = "employer"
urlpatterns = [
    path("", home.choose, name="home"),
    path("<npp:npp>/", home.company, name="company"),
    path("<npp:npp>/pekerja/", workers.show, name="workers"),
    path("<npp:npp>/pekerja/unduh/", workers.download, name="download"),
    path("<npp:npp>/pekerja/tambah/", add.show, name="add"),
    path("<npp:npp>/pekerja/<int:employment_id>/", worker.show, name="worker"),
    path("<npp:npp>/pekerja/<int:employment_id>/upah/", changes.wage, name="wage"),
    path("<npp:npp>/pekerja/<int:employment_id>/keluar/", changes.leave, name="leave"),
    path("<npp:npp>/pekerja/<int:employment_id>/buka-lagi/", changes.reopen, name="reopen"),
    path("<npp:npp>/pekerja/<int:employment_id>/kartu/", cards.one, name="card"),
    path("<npp:npp>/kartu/", cards.sheet, name="cards"),
    path("<npp:npp>/unggah/", upload.send, name="upload"),
    path("<npp:npp>/unit/", units.show, name="units"),
    path("<npp:npp>/proyek/", projects.show, name="projects"),
    path("<npp:npp>/tagihan/", bills.of_company, name="bills"),
    path("<npp:npp>/rekening/", accounts.my_employer, name="account"),
    path("<npp:npp>/rekening/unduh/", accounts.my_employer_file, name="account_file"),
    path("<npp:npp>/rekening/rekening.pdf", accounts.my_employer_pdf, name="account_pdf"),
    path("<npp:npp>/data/", facts.show, name="facts"),
    path("<npp:npp>/data/ubah/", facts.change, name="change_facts"),
    path("<npp:npp>/laporan/", report_of.months, name="reports"),
    path("<npp:npp>/laporan/<bulan:month>/", report.show, name="report"),
    path("<npp:npp>/laporan/<bulan:month>/upah/", report.wages, name="report_wages"),
    path("<npp:npp>/laporan/<bulan:month>/pekerja/<int:employment_id>/", report.worker, name="report_worker"),
    path("<npp:npp>/laporan/<bulan:month>/masuk/", report.join, name="report_join"),
    path("<npp:npp>/laporan/<bulan:month>/masuk/peserta/", report.join_known, name="report_join_known"),
    path("<npp:npp>/laporan/<bulan:month>/baris/<int:change_id>/", report.undo, name="report_undo"),
    path("<npp:npp>/laporan/<bulan:month>/periksa/", report_review.check, name="report_check"),
    path("<npp:npp>/laporan/<bulan:month>/keadaan/", report_review.state, name="report_state"),
    path("<npp:npp>/laporan/<bulan:month>/setujui/", report_review.approve, name="report_approve"),
    path("<npp:npp>/laporan/<bulan:month>/setujui/sendiri/", report_review.approve_alone, name="report_alone"),
    path("<npp:npp>/laporan/<bulan:month>/kembalikan/", report_review.send_back, name="report_back"),
    path("<npp:npp>/laporan/<bulan:month>/draf/", report_review.recall, name="report_recall"),
    path("<npp:npp>/laporan/<bulan:month>/tarik/", report_review.withdraw, name="report_withdraw"),
    path("<npp:npp>/laporan/<bulan:month>/riwayat/", report_review.history, name="report_history"),
    path("<npp:npp>/laporan/<bulan:month>/versi/<int:version>/", report_review.version, name="report_version"),
    path("<npp:npp>/laporan/<bulan:month>/unduh/", report_files.sheet, name="report_sheet"),
    path("<npp:npp>/laporan/<bulan:month>/unggah/", report_files.upload, name="report_upload"),
    path("<npp:npp>/laporan/<bulan:month>/unggah/<int:file_id>/", report_files.show, name="report_file"),
    path("<npp:npp>/laporan/<bulan:month>/unggah/<int:file_id>/baris/<slug:kind>/", report_files.rows, name="report_file_rows"),
    path("<npp:npp>/laporan/<bulan:month>/unggah/<int:file_id>/kembali/", report_files.back, name="report_file_back"),
]
