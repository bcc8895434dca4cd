"""Sending an employer's list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jamsostek.access.doors import door
from jamsostek.core.text import _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs
from jamsostek.portal.uploads.send import sending


@door(*OWNERS)
def send(request: HttpRequest, npp: str) -> HttpResponse:
    """The form to download, the file to send, what was sent before."""
    company = company_of(request, npp)
    steps = (
        _("Atau pakai daftar Anda sendiri: urutan dan judul kolom boleh lain."),
        _("Satu baris satu orang: MASUK, KELUAR, UBAH UPAH, atau UBAH DATA."),
        _("Kami periksa dahulu. Tidak ada yang dicatat sebelum Anda mengonfirmasi."),
    )
    return sending(
        request, "employer", title=_("Kirim daftar pekerja"), steps=steps, crumbs=crumbs(company), employer_id=company.pk
    )
