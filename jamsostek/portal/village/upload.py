"""Sending a list of the people whose contributions a village pays; somebody else confirms it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.core.months import format_month, month_of
from jamsostek.core.text import _
from jamsostek.portal.screens import page, today
from jamsostek.portal.uploads.send import earlier, form_for, take_in
from jamsostek.portal.village.place import OWNERS, crumbs, payer_of, village_of


@door(*OWNERS)
def send(request: HttpRequest, code: int) -> HttpResponse:
    """The form to download, the file to send, what was sent before."""
    name, payer = village_of(request, code), payer_of(code)
    form = form_for(request, "sponsor")
    if request.method == "POST":
        upload = take_in(form, "sponsor", sponsor_id=payer.pk)
        if upload is not None:
            return HttpResponseRedirect(reverse("uploads:upload", args=[upload.pk]))
    month = format_month(month_of(today()))
    context = {
        "form": form,
        "steps": [
            {"title": _("Unduh formulir"), "text": _("Dengan daftar desa di wilayah Anda, bila sudah tersedia.")},
            {"title": _("Isi"), "text": _("Satu baris satu orang. Yang penghasilannya tidak diketahui boleh kosong.")},
            {"title": _("Kirim"), "text": _("Kami periksa dahulu; kemudian penyetuju desa atau kantor cabang mengonfirmasi.")},
        ],
        "template_url": f"{reverse('uploads:template', args=['sponsor'])}?bulan={month}&pembayar={payer.number}",
        "earlier": earlier(lambda one: reverse("uploads:upload", args=[one.pk]), sponsor_id=payer.pk),
    }
    return page(request, "uploads/send.html", context, title=_("Kirim daftar orang"), crumbs=crumbs(code, name))
