"""All instruments and issuers: found by words, class and what is held; as a file too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.core.text import N_, _
from jamsostek.fund.choices import CLASSES, ISSUER_KINDS
from jamsostek.fund.queries import catalogue
from jamsostek.portal.fund.frame import READERS, screen
from jamsostek.portal.fund.securities.words import (
    class_words,
    coupon_words,
    day_or_nothing,
    home,
    instrument_link,
    keeps,
    price_words,
)
from jamsostek.portal.screens import Column, Empty, Form, Link, export, paged, sorting, table, today, with_query
from jamsostek.portal.screens.words import NOTHING


class FilterForm(Form):
    """Which instruments."""

    cari = forms.CharField(label=N_("Kode, nama, ISIN, atau penerbit"), required=False, max_length=60)
    golongan = forms.ChoiceField(label=N_("Golongan"), required=False, choices=[("", N_("Semua golongan")), *CLASSES.items()])
    dimiliki = forms.BooleanField(label=N_("Hanya yang dimiliki sekarang"), required=False)


def _found(request: HttpRequest) -> tuple[FilterForm, Any]:
    form = FilterForm(request.GET)
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = catalogue.instruments(
        search=given.get("cari", ""), asset_class=given.get("golongan", ""), held_on=today() if given.get("dimiliki") else None
    )
    return form, found


def _columns() -> list[Column]:
    return [
        Column(_("Kode"), instrument_link, sort="code"),
        Column(_("Nama"), lambda one: one.name, sort="name"),
        Column(_("Golongan"), lambda one: class_words(one.asset_class)),
        Column(_("Penerbit"), lambda one: Link(one.issuer.name, reverse("securities:issuer", args=[one.issuer_id]))),
        Column(_("Jatuh tempo"), lambda one: day_or_nothing(one.matures_on), sort="matures_on"),
        Column(_("Harga terakhir"), lambda one: price_words(one.newest_price, one.asset_class, one.unit_rupiah), number=True),
        Column(_("Per"), lambda one: day_or_nothing(one.newest_on)),
    ]


@door(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Instruments by code, with the newest price of each."""
    form, whole = _found(request)
    columns = _columns()
    order = sorting(request, columns, "code")
    found = paged(request, whole.order_by(order, "pk"))
    narrowed = any(request.GET.get(name) for name in ("cari", "golongan", "dimiliki"))
    ways = [Link(_("Penerbit"), reverse("securities:issuers"))]
    own = [Link(_("Catat efek"), reverse("securities:new"))] if keeps() else []
    empty = (
        Empty(_("Tidak ada efek seperti ini"), _("Ubah kata yang dicari atau golongannya."), Link(_("Semua efek"), request.path))
        if narrowed
        else Empty(_("Belum ada efek"), _("Efek dicatat oleh bagian penyelesaian atau manajemen risiko."), *own)
    )
    context = {
        "form": form,
        "narrowed": narrowed,
        "table": table(_("Efek, menurut kode"), columns, found.rows, request=request, sorted_by=order),
        "paged": found,
        "empty": empty,
        "ways": [*own, *ways],
        "export_url": f"{reverse('securities:file')}{with_query(request, hal=None, urut=None)}",
    }
    return screen(request, "securities/listing.html", context, title=_("Efek investasi"), here="securities:home")


@door(*READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same instruments as a file; prices in rupiah of a unit."""
    headings = [
        _("Kode"), _("ISIN"), _("Nama"), _("Golongan"), _("Penerbit"), _("Kelompok usaha"), _("Nilai nominal"), _("Kupon"),
        _("Tanggal terbit"), _("Jatuh tempo"), _("Tercatat di bursa"), _("Peringkat"), _("Harga terakhir"), _("Per"), _("Contoh"),
    ]  # fmt: skip
    rows = (
        [
            one.code, one.isin, one.name, class_words(one.asset_class), one.issuer.name, one.issuer.corporate_group,
            one.unit_rupiah, coupon_words(one), one.issued_on, one.matures_on, _("Ya") if one.listed else _("Tidak"), one.rating,
            None if one.newest_price is None else format(one.newest_price.normalize(), "f"), one.newest_on,
            _("Ya") if one.invented else _("Tidak"),
        ]
        for one in _found(request)[1]
    )  # fmt: skip
    return export(request, _("efek"), headings, rows)


class IssuerFilterForm(Form):
    """Which issuers."""

    cari = forms.CharField(label=N_("Kode, nama, atau kelompok usaha"), required=False, max_length=60)


@door(*READERS)
@require_safe
def issuers(request: HttpRequest) -> HttpResponse:
    """Issuers by code."""
    form = IssuerFilterForm(request.GET)
    asked = form.cleaned_data["cari"] if form.is_valid() else ""
    found = paged(request, catalogue.issuers(search=asked))
    columns = [
        Column(_("Kode"), lambda one: Link(one.code, reverse("securities:issuer", args=[one.pk]))),
        Column(_("Nama"), lambda one: one.name),
        Column(_("Jenis"), lambda one: _(ISSUER_KINDS[one.kind])),
        Column(_("Kelompok usaha"), lambda one: one.corporate_group or NOTHING),
    ]
    own = [Link(_("Catat penerbit"), reverse("securities:new_issuer"))] if keeps() else []
    context = {
        "form": form,
        "narrowed": bool(asked),
        "table": table(_("Penerbit, menurut kode"), columns, found.rows),
        "paged": found,
        "empty": Empty(
            _("Tidak ada penerbit seperti ini") if asked else _("Belum ada penerbit"),
            _("Penerbit dicatat sebelum efeknya."), *own,
        ),
        "ways": own,
    }  # fmt: skip
    return screen(request, "securities/listing.html", context, title=_("Penerbit"), above=[home()])
