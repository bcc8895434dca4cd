"""The page that takes a bulk file in, for employers, sponsors and villages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, format_month, month_of
from jamsostek.core.text import N_, _
from jamsostek.messages.guards import DEFAULT_LIMITS, FileUnreadable
from jamsostek.portal.screens import Column, Form, Link, MonthField, page, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import moment
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.who import state_tag
from jamsostek.registry.actions import uploads
from jamsostek.registry.queries.uploads import recent

if TYPE_CHECKING:
    from jamsostek.registry.models import Upload

AHEAD = {"employer": 1, "sponsor": 12}
"""How many months ahead a list may be sent."""


class UploadForm(Form):
    """A list of an employer."""

    file = forms.FileField(label=N_("Berkas daftar"), help_text=N_("Excel (.xlsx, .xls), .ods, atau .csv; paling besar 50 MB."))
    month = MonthField(label=N_("Bulan laporan"), help_text=N_("Upah yang berubah berlaku mulai bulan ini."))
    overwrite = forms.BooleanField(
        label=N_("Ganti data lama"),
        help_text=N_(
            "Upah, alamat, dan telepon pekerja yang sudah tercatat diganti dengan isi berkas. Tanpa centang, data lama tetap."
        ),
        required=False,
    )


class SponsorUploadForm(UploadForm):
    """A list of a sponsor."""

    month = MonthField(label=N_("Terlindungi mulai bulan"))
    to_month = MonthField(label=N_("Sampai bulan"), help_text=N_("Bulan terakhir yang Anda bayar."))
    overwrite = forms.BooleanField(
        label=N_("Ganti data lama"),
        help_text=N_("Alamat dan telepon orang yang sudah tercatat diganti dengan isi berkas. Tanpa centang, data lama tetap."),
        required=False,
    )
    field_order = ("file", "month", "to_month", "overwrite")


def sending(
    request: HttpRequest,
    layout: str,
    *,
    title: str,
    steps: Sequence[str],
    crumbs: Sequence[Link],
    template: str = "",
    **whose: int,
) -> HttpResponse:
    """The form to download, the file to send, what was sent before; after sending, the page of the upload.

    `steps` are three texts, for downloading, filling in and sending; `template` is more for the template's address; `whose` is
    `employer_id` or `sponsor_id`.
    """
    form = _form(request, layout)
    if request.method == "POST":
        upload = _take_in(form, layout, **whose)
        if upload is not None:
            return HttpResponseRedirect(reverse("uploads:upload", args=[upload.pk]))
    headings = (_("Unduh formulir"), _("Isi"), _("Kirim"))
    month = format_month(month_of(today()))
    context = {
        "form": form,
        "steps": [{"title": heading, "text": text} for heading, text in zip(headings, steps, strict=True)],
        "template_url": f"{reverse('uploads:template', args=[layout])}?bulan={month}{template}",
        "earlier": _earlier(**whose),
    }
    return page(request, "uploads/send.html", context, title=title, crumbs=crumbs)


def _form(request: HttpRequest, layout: str) -> Form:
    kind = UploadForm if layout == "employer" else SponsorUploadForm
    now = month_of(today())
    if request.method == "POST":
        return kind(request.POST, request.FILES)
    return kind(initial={"month": now, "to_month": add_months(now, 12 - now % 100)})


def _take_in(form: Form, layout: str, **whose: int) -> Upload | None:
    """The upload of a form that was sent; None where the form now says what is wrong."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    latest = add_months(month_of(today()), AHEAD[layout])
    if given["month"] > latest:
        form.add_error("month", _("Paling jauh {month}.").format(month=month_words(latest)))
        return None
    try:
        return uploads.receive(
            content=given["file"].read(DEFAULT_LIMITS.file_bytes + 1),
            file_name=given["file"].name,
            layout=layout,
            month=given["month"],
            to_month=given.get("to_month"),
            overwrite=given["overwrite"],
            **whose,
        )
    except FileUnreadable as error:
        form.add_error("file", str(error))
    except Refused:
        raise
    except InputError as error:
        form.refuse(error)
    return None


def _earlier(**whose: int) -> Table | None:
    """The newest uploads."""
    found = recent(**whose)
    columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, reverse("uploads:upload", args=[one.pk]))),
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Keadaan"), state_tag),
        Column(_("Dikirim"), lambda one: moment(one.created_at)),
    ]
    return table(_("Berkas yang pernah dikirim"), columns, found) if found else None
