"""The form that takes a bulk file in: used by the pages of employers and sponsors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import N_, _
from jamsostek.messages.guards import DEFAULT_LIMITS, FileUnreadable
from jamsostek.portal.screens import Column, Form, Link, MonthField, table, today
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


def form_for(request: HttpRequest, layout: str) -> Form:
    """The form, filled in where it was sent."""
    kind = UploadForm if layout == "employer" else SponsorUploadForm
    now = month_of(today())
    if request.method == "POST":
        return kind(request.POST, request.FILES)
    return kind(initial={"month": now, "to_month": add_months(now, 12 - now % 100)})


def take_in(form: Form, layout: str, **whose: Any) -> Upload | None:
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


def earlier(url: Any, **whose: Any) -> Table | None:
    """The newest uploads as a table; `url` gives an upload's address."""
    found = recent(**whose)
    columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, url(one))),
        Column(_("Bulan"), lambda one: month_words(one.month)),
        Column(_("Keadaan"), state_tag),
        Column(_("Dikirim"), lambda one: moment(one.created_at)),
    ]
    return table(_("Berkas yang pernah dikirim"), columns, found) if found else None
