"""Addresses of payers' accounts at an office. Payers' own stand beneath their pages, a worker's beneath theirs."""

from django.urls import path

from jamsostek.portal.officer import converters  # noqa: F401  registers `npp`
from jamsostek.portal.statements import payer

app_name = "statements"
urlpatterns = [
    path("perusahaan/<npp:npp>/", payer.employer, name="employer"),
    path("perusahaan/<npp:npp>/unduh/", payer.employer_file, name="employer_file"),
    path("perusahaan/<npp:npp>/rekening.pdf", payer.employer_pdf, name="employer_pdf"),
    path("pembayar/<npp:number>/", payer.sponsor, name="sponsor"),
    path("pembayar/<npp:number>/unduh/", payer.sponsor_file, name="sponsor_file"),
    path("pembayar/<npp:number>/rekening.pdf", payer.sponsor_pdf, name="sponsor_pdf"),
]
