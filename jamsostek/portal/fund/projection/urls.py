"""Addresses under /dana/proyeksi/."""

from django.urls import path

from jamsostek.portal.fund.projection import assumptions, compare, decide, home, new, programmes, run

app_name = "projection"
urlpatterns = [
    path("", home.home, name="home"),
    path("asumsi/", assumptions.listing, name="assumptions"),
    path("daftar/", home.listing, name="list"),
    path("baru/", new.new, name="new"),
    path("banding/", compare.compare, name="compare"),
    path("<int:id>/", run.one, name="run"),
    path("<int:id>/keadaan/", run.state, name="state"),
    path("<int:id>/hentikan/", run.cancel, name="cancel"),
    path("<int:id>/putusan/", decide.decide, name="decide"),
    path("<int:id>/kepekaan/", run.sensitivity, name="sensitivity"),
    path("<int:id>/uji-balik/", run.backtest, name="backtest"),
    path("<int:id>/program/<str:programme>/", programmes.one, name="programme"),
]
