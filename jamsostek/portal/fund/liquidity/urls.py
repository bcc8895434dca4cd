"""Addresses under /dana/likuiditas/."""

from __future__ import annotations

from django.urls import path

from jamsostek.portal.fund.liquidity import home, runs, testing

app_name = "liquidity"
urlpatterns = [
    path("", home.show, name="home"),
    path("dana/<str:fund>/", home.fund, name="fund"),
    path("uji/", testing.show, name="test"),
    path("uji/simpan/", testing.keep, name="keep"),
    path("tersimpan/", runs.listing, name="runs"),
    path("tersimpan/banding/", runs.compare, name="compare"),
    path("tersimpan/<int:stress_id>/", runs.one, name="run"),
    path("tersimpan/<int:stress_id>/unduh/", runs.download, name="run_file"),
]
