"""Sending a sponsor's list; somebody else confirms it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jamsostek.access.doors import door
from jamsostek.core.text import _
from jamsostek.portal.sponsor.payer import OWNERS, crumbs, sponsor_of
from jamsostek.portal.uploads.send import sending


@door(*OWNERS)
def send(request: HttpRequest, number: str) -> HttpResponse:
    """The form to download, the file to send, what was sent before."""
    sponsor = sponsor_of(request, number)
    steps = (
        _("Dengan daftar desa di wilayah Anda, bila sudah tersedia."),
        _("Satu baris satu orang. Yang penghasilannya tidak diketahui boleh kosong."),
        _("Kami periksa dahulu; kemudian penyetuju lain di lembaga Anda mengonfirmasi."),
    )
    return sending(
        request, "sponsor", title=_("Kirim daftar orang"), steps=steps, crumbs=crumbs(sponsor),
        template=f"&pembayar={sponsor.number}", sponsor_id=sponsor.pk,
    )  # fmt: skip
