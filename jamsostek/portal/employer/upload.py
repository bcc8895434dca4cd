"""Sending an employer's list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jamsostek.access.doors import door
from jamsostek.core.months import format_month, month_of
from jamsostek.core.text import _
from jamsostek.portal.employer.company import OWNERS, company_of, crumbs
from jamsostek.portal.screens import page, today
from jamsostek.portal.uploads.send import earlier, form_for, take_in


@door(*OWNERS)
def send(request: HttpRequest, npp: str) -> HttpResponse:
    """The form to download, the file to send, what was sent before."""
    company = company_of(request, npp)
    form = form_for(request, "employer")
    if request.method == "POST":
        upload = take_in(form, "employer", employer_id=company.pk)
        if upload is not None:
            return HttpResponseRedirect(reverse("uploads:upload", args=[upload.pk]))
    context = {
        "form": form,
        "steps": [
            {"title": _("Unduh formulir"), "text": _("Atau pakai daftar Anda sendiri: urutan dan judul kolom boleh lain.")},
            {"title": _("Isi"), "text": _("Satu baris satu orang: MASUK, KELUAR, UBAH UPAH, atau UBAH DATA.")},
            {"title": _("Kirim"), "text": _("Kami periksa dahulu. Tidak ada yang dicatat sebelum Anda mengonfirmasi.")},
        ],
        "template_url": f"{reverse('uploads:template', args=['employer'])}?bulan={format_month(month_of(today()))}",
        "earlier": earlier(lambda one: reverse("uploads:upload", args=[one.pk]), employer_id=company.pk),
    }
    return page(request, "uploads/send.html", context, title=_("Kirim daftar pekerja"), crumbs=crumbs(company))
