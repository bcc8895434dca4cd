"""Addresses of the committee's results, beneath an edition."""

from django.urls import path

from jamsostek.portal.award.committee import ceremony, results

patterns = [
    path("edisi/<slug:edition>/hasil/", results.listing, name="results"),
    path("edisi/<slug:edition>/hasil/hitung/", results.compute, name="compute"),
    path("edisi/<slug:edition>/hasil/umumkan/", results.publish, name="publish"),
    path("edisi/<slug:edition>/hasil/acara/", ceremony.show, name="ceremony"),
    path("edisi/<slug:edition>/hasil/acara/acara.pdf", ceremony.paper, name="ceremony_pdf"),
    path("edisi/<slug:edition>/hasil/<slug:result_code>/", results.show, name="result"),
    path("edisi/<slug:edition>/hasil/<slug:result_code>/batalkan/", results.annul, name="annul"),
    path("edisi/<slug:edition>/hasil/<slug:result_code>/pembatalan/", results.annulment, name="annulment"),
]
