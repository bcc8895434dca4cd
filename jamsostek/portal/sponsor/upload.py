"""Sending a sponsor's list; somebody else confirms it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.core.months import format_month, month_of
from jamsostek.core.text import _
from jamsostek.portal.screens import page, today
from jamsostek.portal.sponsor.payer import OWNERS, crumbs, sponsor_of
from jamsostek.portal.uploads.send import earlier, form_for, take_in


@door(*OWNERS)
def send(request: HttpRequest, number: str) -> HttpResponse:
    """The form to download, the file to send, what was sent before."""
    sponsor = sponsor_of(request, number)
    form = form_for(request, "sponsor")
    if request.method == "POST":
        upload = take_in(form, "sponsor", sponsor_id=sponsor.pk)
        if upload is not None:
            return HttpResponseRedirect(reverse("uploads:upload", args=[upload.pk]))
    month = format_month(month_of(today()))
    context = {
        "form": form,
        "steps": [
            {"title": _("Unduh formulir"), "text": _("Dengan daftar desa di wilayah Anda, bila sudah tersedia.")},
            {"title": _("Isi"), "text": _("Satu baris satu orang. Yang penghasilannya tidak diketahui boleh kosong.")},
            {"title": _("Kirim"), "text": _("Kami periksa dahulu; kemudian penyetuju lain di lembaga Anda mengonfirmasi.")},
        ],
        "template_url": f"{reverse('uploads:template', args=['sponsor'])}?bulan={month}&pembayar={sponsor.number}",
        "earlier": earlier(lambda one: reverse("uploads:upload", args=[one.pk]), sponsor_id=sponsor.pk),
    }
    return page(request, "uploads/send.html", context, title=_("Kirim daftar orang"), crumbs=crumbs(sponsor))
