"""Addresses under /dana/efek/."""

from __future__ import annotations

from django.urls import path

from jamsostek.portal.fund.securities import custody, instrument, listing, prices, registering, yields

app_name = "securities"
urlpatterns = [
    path("", listing.listing, name="home"),
    path("unduh/", listing.download, name="file"),
    path("hasil/", yields.show, name="yields"),
    path("hasil/unduh/", yields.download, name="yields_file"),
    path("catat/", registering.new_instrument, name="new"),
    path("<int:instrument_id>/", instrument.show, name="instrument"),
    path("<int:instrument_id>/harga/", instrument.prices_of, name="prices_of"),
    path("penerbit/", listing.issuers, name="issuers"),
    path("penerbit/catat/", registering.new_issuer, name="new_issuer"),
    path("penerbit/<int:issuer_id>/", instrument.issuer, name="issuer"),
    path("harga/", prices.listing, name="prices"),
    path("harga/<int:file_id>/", prices.show, name="price_file"),
    path("harga/<int:file_id>/perbaikan/", prices.problems, name="price_problems"),
    path("kustodian/", custody.listing, name="custody"),
    path("kustodian/<int:custody_id>/", custody.show, name="statement"),
    path("kustodian/<int:custody_id>/unduh/", custody.statement_file, name="statement_file"),
    path("kustodian/<int:custody_id>/perbaikan/", custody.statement_problems, name="statement_problems"),
    path("kustodian/<int:custody_id>/jelaskan/", custody.explain, name="explain"),
    path("kustodian/penjelasan/<int:explanation_id>/", custody.explanation, name="explanation"),
]
