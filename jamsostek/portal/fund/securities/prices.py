"""Prices from files: sent, looked at, taken with a yes; what is to be mended as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access.doors import door
from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.fund.actions.price_files import LARGEST_BYTES, send_prices, take_prices
from jamsostek.fund.models import Instrument, PriceFile
from jamsostek.fund.queries.price_files import Preview, PriceSeen, preview, price_file, price_files
from jamsostek.portal.fund.frame import READERS, screen
from jamsostek.portal.fund.securities.registering import takes_examples
from jamsostek.portal.fund.securities.words import (
    KEEPERS,
    SHOWN_PROBLEMS,
    by,
    home,
    keeps,
    price_words,
    problem_rows,
    problems_table,
    share_words,
)
from jamsostek.portal.screens import Column, DateField, Empty, Fact, Form, Link, Tag, Tile, done, export, paged, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date

ROWS_SHOWN = 100


class SendForm(Form):
    """A file of prices, where it is from, and the day of rows that have none."""

    file = forms.FileField(
        label=N_("Berkas harga"),
        help_text=N_("CSV atau Excel dengan kolom Kode, Tanggal, Harga; obligasi dalam persen dari nominal."),
    )
    source = forms.CharField(label=N_("Sumber"), max_length=200, help_text=N_("Misalnya: PHEI, IDX, bank kustodian."))
    default_day = DateField(label=N_("Tanggal harga"), required=False, help_text=N_("Hanya bila berkasnya tanpa kolom tanggal."))


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Files, the newest first; who keeps prices sends another."""
    sent = request.method == "POST"
    form = SendForm(request.POST, request.FILES) if sent else SendForm()
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            made = send_prices(
                content=given["file"].read(LARGEST_BYTES + 1), file_name=given["file"].name, source=given["source"],
                default_day=given["default_day"], today=today(), invented=takes_examples(),
            )  # fmt: skip
        except Refused:
            raise
        except InputError as error:
            error.field = error.field or "file"
            form.refuse(error)
        else:
            return done(request, _url(made))
    found = paged(request, price_files())
    columns = [
        Column(_("Berkas"), lambda one: Link(one.file_name, _url(one))),
        Column(_("Sumber"), lambda one: one.source),
        Column(_("Dikirim"), lambda one: by(one.sent_by, one.sent_at)),
        Column(_("Keadaan"), _state),
    ]
    context = {
        "form": form if keeps() else None,
        "table": table(_("Berkas harga, yang terbaru di atas"), columns, found.rows),
        "paged": found,
        "empty": Empty(_("Belum ada berkas harga"), _("Kirim harga setiap hari bursa, atau setiap akhir bulan.")),
        "yes": _("Kirim dan lihat"),
        "about": _("Harga dicatat oleh penyelesaian atau manajemen risiko, tidak oleh yang merencanakan transaksi."),
    }
    return screen(request, "securities/files.html", context, title=_("Harga"), here="securities:prices")


def _url(one: PriceFile) -> str:
    return reverse("securities:price_file", args=[one.pk])


def _state(one: PriceFile) -> Tag:
    taken = list(one.takings.all())
    if not taken:
        return Tag(_("Belum dicatat"), "warn")
    return Tag(_("{count} harga dicatat").format(count=format_number(sum(each.added + each.changed for each in taken))), "good")


def _file(file_id: int) -> PriceFile:
    try:
        return price_file(file_id)
    except Refused as error:
        raise Http404 from error


@door(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, file_id: int) -> HttpResponse:
    """What a file would do, and the yes; prices that moved far are each confirmed."""
    file, problem = _file(file_id), ""
    if request.method == "POST":
        try:
            taking = take_prices(file_id=file.pk, today=today(), confirmed=request.POST.getlist("pasti"))
        except Refused:
            raise
        except InputError as error:
            problem = str(error)
        else:
            words = _("{added} harga baru dan {changed} perubahan dicatat.").format(
                added=format_number(taking.added), changed=format_number(taking.changed)
            )
            return done(request, _url(file), words)
    seen = preview(file, today=today())
    writes = seen.count("new") + seen.count("changed")
    context: dict[str, Any] = {
        "problem": problem,
        "tag": _state(file),
        "tiles": _tiles(seen),
        "facts": _facts(file),
        "large": [(one.code, _large_words(one)) for one in seen.large] if keeps() else [],
        "rows": _rows(seen) if seen.rows else None,
        "more": max(len(seen.rows) - ROWS_SHOWN, 0),
        "problems": problems_table(seen.problems) if seen.problems else None,
        "more_problems": max(len(seen.problems) - SHOWN_PROBLEMS, 0),
        "mend_url": f"{reverse('securities:price_problems', args=[file.pk])}?" if seen.problems and keeps() else "",
        "yes": _("Catat {count} harga").format(count=format_number(writes)) if writes and keeps() else "",
        "back": reverse("securities:prices"),
        "nothing": not writes,
    }
    return screen(
        request, "securities/price_file.html", context, title=file.file_name,
        above=[home(), Link(_("Harga"), reverse("securities:prices"))],
    )  # fmt: skip


def _facts(file: PriceFile) -> list[Fact]:
    told = [
        Fact(_("Sumber"), file.source),
        Fact(_("Dikirim"), by(file.sent_by, file.sent_at)),
        Fact(_("Sidik berkas"), " ".join(file.file_digest[at : at + 4] for at in range(0, 64, 4))),
    ]
    if file.default_day:
        told.insert(1, Fact(_("Tanggal harga"), date(file.default_day)))
    for one in file.takings.all():
        words = _("{added} baru, {changed} berubah, {same} sama, {left} baris tidak dipakai").format(
            added=format_number(one.added), changed=format_number(one.changed), same=format_number(one.same),
            left=format_number(one.left_out),
        )  # fmt: skip
        told.append(Fact(_("Dicatat"), f"{by(one.taken_by, one.taken_at)}: {words}"))
        if one.confirmed:
            told.append(Fact(_("Perubahan besar dipastikan"), ", ".join(one.confirmed)))
    return told


def _tiles(seen: Preview) -> list[Tile]:
    return [
        Tile(_("Baru"), format_number(seen.count("new")), _("harga")),
        Tile(_("Berubah"), format_number(seen.count("changed")), _("harga yang sudah ada untuk hari itu")),
        Tile(_("Sama"), format_number(seen.count("same")), _("tidak dicatat lagi"), tone="plain"),
        Tile(_("Efek belum tercatat"), format_number(seen.unknown), _("baris"), tone="warn" if seen.unknown else "plain"),
        Tile(_("Tidak dipakai"), format_number(seen.left_out), _("baris"), tone="warn" if seen.left_out else "good"),
        Tile(_("Berubah jauh"), format_number(len(seen.large)), _("lebih dari 25 persen"), tone="warn" if seen.large else "good"),
    ]


def _large_words(one: PriceSeen) -> str:
    assert one.before is not None and one.before_on is not None and one.moved is not None
    ((kind, unit),) = Instrument.objects.filter(code=one.code).values_list("asset_class", "unit_rupiah")
    before, now = price_words(one.before, kind, unit), price_words(one.price, kind, unit)
    return _("{code}: dari {before} pada {day} menjadi {price} ({moved})").format(
        code=one.code, before=before, day=date(one.before_on), price=now, moved=share_words(one.moved)
    )


def _rows(seen: Preview) -> Table:
    shown = seen.rows[:ROWS_SHOWN]
    kinds = {
        code: (kind, unit)
        for code, kind, unit in Instrument.objects.filter(code__in=[one.code for one in shown]).values_list(
            "code", "asset_class", "unit_rupiah"
        )
    }
    tags = {"new": Tag(_("Baru"), "info"), "changed": Tag(_("Berubah"), "warn"), "same": Tag(_("Sama"), "plain")}
    columns = [
        Column(_("Kode"), lambda one: one.code),
        Column(_("Nama"), lambda one: one.name),
        Column(_("Tanggal"), lambda one: date(one.day)),
        Column(_("Harga hari itu"), lambda one: price_words(one.price, *kinds[one.code]), number=True),
        Column(_("Sebelumnya"), lambda one: price_words(one.before, *kinds[one.code]), number=True),
        Column(_("Naik atau turun"), lambda one: NOTHING if one.moved is None else share_words(one.moved), number=True),
        Column(_("Keadaan"), lambda one: tags[one.state]),
    ]
    return table(_("Harga di berkas ini"), columns, shown)


@door(*KEEPERS)
@require_safe
def problems(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """What is to be mended, as a file."""
    file = _file(file_id)
    headings, rows = problem_rows(preview(file, today=today()).problems)
    return export(request, f"{_('perbaikan')}-{file.pk}", headings, rows)
