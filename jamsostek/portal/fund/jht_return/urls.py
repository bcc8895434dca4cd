"""Addresses under /dana/hasil-jht/."""

from django.urls import path

from jamsostek.portal.fund.jht_return import floors, home, proposals

app_name = "jht_return"
urlpatterns = [
    path("", home.home, name="home"),
    path("unduh/", home.file, name="file"),
    path("riwayat/", home.published, name="history"),
    path("bunga-deposito/", floors.listing, name="floors"),
    path("bunga-deposito/catat/", floors.record, name="record"),
    path("bunga-deposito/<int:floor_id>/", floors.one, name="floor"),
    path("usulan/", proposals.listing, name="proposals"),
    path("usulan/baru/", proposals.propose, name="propose"),
    path("usulan/<int:proposal_id>/", proposals.one, name="proposal"),
]
