"""Addresses of rights that go on, at an office."""

from django.urls import path

from jamsostek.portal.payouts import ending, proofs, rights

app_name = "rights"
urlpatterns = [
    path("", rights.listing, name="home"),
    path("unduh/", rights.download, name="file"),
    path("bukti/", proofs.queue, name="proofs"),
    path("bukti/<int:proof_id>/", proofs.judge, name="proof"),
    path("bukti/<int:proof_id>/<int:paper_id>/", proofs.paper, name="paper"),
    path("bukti/<int:proof_id>/<int:paper_id>/kecil/", proofs.picture, name="picture"),
    path("kelebihan/", ending.overpayments, name="overpaid"),
    path("kelebihan/<int:overpaid_id>/", ending.overpayment, name="overpayment"),
    path("<int:benefit_id>/", rights.show, name="right"),
    path("<int:benefit_id>/bukti/", proofs.at_office, name="give"),
    path("<int:benefit_id>/akhiri/", ending.end, name="end"),
    path("<int:benefit_id>/teruskan/", ending.follow, name="follow"),
]
