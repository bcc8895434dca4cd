"""Addresses of the books."""

from django.urls import path

from jamsostek.portal.books import account, checking, converters, group, months, overview, trial  # noqa: F401  converters

app_name = "books"
urlpatterns = [
    path("", overview.home, name="home"),
    path("neraca/", trial.show, name="trial"),
    path("neraca/unduh/", trial.download, name="trial_file"),
    path("akun/", account.chart, name="chart"),
    path("akun/<account:code>/", account.show, name="account"),
    path("akun/<account:code>/unduh/", account.download, name="account_file"),
    path("kelompok/<group:number>/", group.show, name="group"),
    path("bulan/", months.listing, name="months"),
    path("bulan/<books_month:month>/", months.show, name="month"),
    path("bulan/<books_month:month>/tutup/", months.close, name="close"),
    path("periksa/", checking.show, name="check"),
    path("periksa/jalankan/", checking.run, name="run_check"),
]
