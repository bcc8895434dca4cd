"""Sending a list of the people whose contributions a village pays; somebody else confirms it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jamsostek.access.doors import door
from jamsostek.core.text import _
from jamsostek.portal.uploads.send import sending
from jamsostek.portal.village.place import OWNERS, crumbs, payer_of, village_of


@door(*OWNERS)
def send(request: HttpRequest, code: int) -> HttpResponse:
    """The form to download, the file to send, what was sent before."""
    name, payer = village_of(request, code), payer_of(code)
    steps = (
        _("Dengan daftar desa di wilayah Anda, bila sudah tersedia."),
        _("Satu baris satu orang. Yang penghasilannya tidak diketahui boleh kosong."),
        _("Kami periksa dahulu; kemudian penyetuju desa atau kantor cabang mengonfirmasi."),
    )
    return sending(
        request, "sponsor", title=_("Kirim daftar orang"), steps=steps, crumbs=crumbs(code, name),
        template=f"&pembayar={payer.number}", sponsor_id=payer.pk,
    )  # fmt: skip
