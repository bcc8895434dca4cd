"""The addresses of the portal: a line for each audience."""

from django.urls import include, path

from jamsostek.portal import landing
from jamsostek.portal.account.urls import library

urlpatterns = [
    path("", include(library)),
    path("", include("jamsostek.portal.account.urls")),
    path("", include("jamsostek.portal.public.urls")),
    path("beranda/", landing.landing, name="landing"),
    path("cakupan/", include("jamsostek.portal.coverage.urls")),
    path("daftar/", include("jamsostek.portal.register.urls")),
    path("klaim/", include("jamsostek.portal.filing.urls")),
    path("peserta/hak/", include("jamsostek.portal.payouts.own_urls")),
    path("peserta/", include("jamsostek.portal.worker.urls")),
    path("perusahaan/", include("jamsostek.portal.employer.urls")),
    path("sponsor/", include("jamsostek.portal.sponsor.urls")),
    path("desa/", include("jamsostek.portal.village.urls")),
    path("unggahan/", include("jamsostek.portal.uploads.urls")),
    path("tagihan/", include("jamsostek.portal.bills.urls")),
    path("bulan/", include("jamsostek.portal.month.urls")),
    path("program/", include("jamsostek.portal.programmes.urls")),
    path("uang/", include("jamsostek.portal.payments.urls")),
    path("hak/", include("jamsostek.portal.claims.own_urls")),
    path("kantor/klaim/", include("jamsostek.portal.claims.urls")),
    path("pelatihan/", include("jamsostek.portal.training.public_urls")),
    path("kantor/pelatihan/", include("jamsostek.portal.training.urls")),
    path("kantor/pembayaran/", include("jamsostek.portal.payouts.urls")),
    path("kantor/hak/", include("jamsostek.portal.payouts.rights_urls")),
    path("kantor/tunggakan/", include("jamsostek.portal.arrears.urls")),
    path("kantor/rekening/", include("jamsostek.portal.statements.urls")),
    path("kantor/", include("jamsostek.portal.officer.urls")),
    path("pengkreditan/", include("jamsostek.portal.books_crediting.urls")),
    path("agen/", include("jamsostek.portal.agent.urls")),
    path("sosialisasi/", include("jamsostek.portal.campaigns.urls")),
    path("wilayah/", include("jamsostek.portal.region.urls")),
    path("gerakan/", include("jamsostek.portal.movement.urls")),
    path("peraturan/", include("jamsostek.portal.strategy.rules_urls")),
    path("strategi/", include("jamsostek.portal.strategy.urls")),
    path("pantau/", include("jamsostek.portal.oversight.urls")),
    path("buku/", include("jamsostek.portal.books.urls")),
]
