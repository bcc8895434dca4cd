"""Addresses of what was decided, for the person and whoever stands for them."""

from django.urls import path

from jamsostek.portal.claims import (
    converters,  # noqa: F401  registers `klaim`
    counted,
    letters,
    own_amounts,
)

app_name = "claim_own"
urlpatterns = [
    path("<klaim:number>/", counted.mine, name="counted"),
    path("<klaim:number>/uang/<slug:amount>/", own_amounts.show, name="amount"),
    path("<klaim:number>/uang/<slug:amount>/rincian.pdf", own_amounts.pdf, name="amount_pdf"),
    path("<klaim:number>/surat.pdf", letters.mine, name="letter"),
]
