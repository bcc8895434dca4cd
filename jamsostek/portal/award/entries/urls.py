"""Addresses of the award: nominations and evidence. An entry and a piece of evidence are named by random codes."""

from django.urls import URLPattern, path

from jamsostek.portal.award.entries import entry, feedback, home, nominate, receipts, sending

app_name = "award_entries"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("baru/<slug:edition>/", nominate.nominate, name="nominate"),
    path("ikut/<slug:entry>/", entry.show, name="entry"),
    path("ikut/<slug:entry>/umpan-balik/", feedback.feedback, name="feedback"),
    path("ikut/<slug:entry>/mundur/", entry.withdraw, name="withdraw"),
    path("ikut/<slug:entry>/bukti/<slug:criterion>/<slug:kind>/", sending.send, name="send"),
    path("bukti/<slug:evidence>/", receipts.show, name="evidence"),
    path("bukti/<slug:evidence>/berkas/", receipts.file, name="file"),
    path("bukti/<slug:evidence>/tarik/", receipts.withdraw, name="evidence_withdraw"),
    path("tanda-terima/", receipts.search, name="receipts"),
    path("tanda-terima/<slug:evidence>/", receipts.receipt, name="receipt"),
    path("tanda-terima/<slug:evidence>/cetak/", receipts.receipt_pdf, name="receipt_pdf"),
]
