"""Who is on a bill and for how much: searched, paged, downloaded; and one line down to the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.queries import bills, explaining
from jamsostek.collection.queries.bills import Line
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.bills import words
from jamsostek.portal.bills.bill import place_of
from jamsostek.portal.bills.who import READERS, TAKERS, crumbs, of_bill, url
from jamsostek.portal.screens import Column, Empty, Fact, Link, export, page, paged, table, with_query
from jamsostek.portal.screens.explanation import told
from jamsostek.portal.screens.words import month as month_words
from jamsostek.portal.uploads.asking import shown, to_address
from jamsostek.portal.uploads.asking import words as asked_words

if TYPE_CHECKING:
    from jamsostek.collection.models import Bill

PARTS = {
    "jkk": ("jkk",), "jkm": ("jkm",), "jht": ("jht_employer", "jht_worker"), "jp": ("jp_employer", "jp_worker"),
}  # fmt: skip


class _Lines:
    """The lines asked for by the address, fetched a page at a time."""

    def __init__(self, bill: Bill, text: str) -> None:
        self.bill, self.text = bill, text

    def __getitem__(self, wanted: slice) -> list[Line]:
        return bills.lines(self.bill, text=self.text, skip=wanted.start or 0, take=wanted.stop - (wanted.start or 0))


@of_bill(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, bill: Bill) -> HttpResponseBase:
    """A page of the lines."""
    _refuse_without(bill)
    elsewhere = to_address(request)
    if elsewhere is not None:
        return elsewhere
    text = asked_words(request)
    found = paged(request, _Lines(bill, text))
    audit.looked(_seen(found.rows), ("name", "kpj", "wage_rupiah"), "rincian tagihan")
    payer = bills.payer_of(bill)
    context: dict[str, Any] = {
        "about": words.title(bill, payer),
        "asked": shown(request),
        "table": table(_("Orang dalam tagihan ini"), columns(bill), found.rows),
        "paged": found,
        "empty": Empty(_("Tidak ada yang cocok"), _("Periksa ejaan namanya.")),
        "may_search": bill.payer_kind != PayerKind.PERSON,
        "export_url": _export_url(request, bill, text),
    }
    above = crumbs(bill, payer, Link(words.title(bill, payer), url(bill)))
    return page(request, "bills/lines.html", context, title=_("Rincian setiap orang"), crumbs=above)


def _export_url(request: HttpRequest, bill: Bill, text: str) -> str:
    if not _may_take(bill):
        return ""
    return f"{url(bill, 'download')}{with_query(request, hal=None) if request.GET and text else '?'}"


def _may_take(bill: Bill) -> bool:
    """Lists of people leave with the right to take them; one's own lines always."""
    scope = current()
    return scope.may(Can.EXPORT_PEOPLE, place_of(bill)) or bill.participant_id in scope.selves


def _refuse_without(bill: Bill) -> None:
    if not bills.has_lines(bill):
        raise Http404


def _seen(rows: Sequence[Line]) -> list[int]:
    return sorted({one.person.pk for one in rows if one.person is not None})


def columns(bill: Bill) -> list[Column]:
    """Lines as this kind of bill has them."""
    work = bill.payer_kind == PayerKind.EMPLOYER
    several = bill.months > 1 or bill.kind != BillKind.REGULAR

    def name(one: Line) -> Link | str:
        if one.person is None:
            return _("Di luar wilayah kerja Anda")
        return Link(one.person.name, url(bill, "line", one.person.kpj, one.row.for_month))

    def amount(*names: str) -> Any:
        return lambda one: format_rupiah(sum(getattr(one.row, f"{name}_rupiah") for name in names))

    asked = [name for name in PARTS if getattr(bill, f"{name}_rupiah")]
    return [
        Column(_("Nama"), name),
        Column(_("KPJ"), lambda one: format_public("kpj", one.person.kpj) if one.person else ""),
        *([Column(_("Bulan"), lambda one: month_words(one.row.for_month))] if several else []),
        Column(_("Upah") if work else _("Penghasilan"), lambda one: format_rupiah(one.row.wage_rupiah), number=True),
        *(Column(name.upper(), amount(*PARTS[name]), number=True) for name in asked),
        *([Column(_("Dipotong dari upah"), lambda one: format_rupiah(one.worker_rupiah), number=True)] if work else []),
        Column(_("Jumlah"), lambda one: format_rupiah(one.total_rupiah), number=True),
    ]


@of_bill(*TAKERS)
@require_safe
def download(request: HttpRequest, bill: Bill) -> HttpResponseBase:
    """All lines as XLSX or CSV."""
    _refuse_without(bill)
    if not _may_take(bill):
        current().need(Can.EXPORT_PEOPLE, place_of(bill))
    found = bills.lines(bill, text=asked_words(request))
    audit.looked(_seen(found), ("name", "kpj", "wage_rupiah"), "unduh rincian tagihan", action="export")
    headings = [
        _("Nama"), _("KPJ"), _("Bulan"), _("Upah atau penghasilan"), _("JKK"), _("JKM"), _("JHT pemberi kerja"), _("JHT pekerja"),
        _("JP pemberi kerja"), _("JP pekerja"), _("Jumlah"),
    ]  # fmt: skip
    name = f"{_('rincian-tagihan')}-{words.months(bill)}".replace(" ", "-").lower()
    return export(request, name, headings, _rows(found))


def _rows(found: Sequence[Line]) -> Iterator[list[Any]]:
    for one in found:
        row, person = one.row, one.person
        yield [
            person.name if person else _("Di luar wilayah kerja Anda"), person.kpj if person else "", format_month(row.for_month),
            row.wage_rupiah, row.jkk_rupiah, row.jkm_rupiah, row.jht_employer_rupiah, row.jht_worker_rupiah,
            row.jp_employer_rupiah, row.jp_worker_rupiah, one.total_rupiah,
        ]  # fmt: skip


# --- one line ---------------------------------------------------------------------------------------------------------


@of_bill(*READERS)
@require_safe
def line(request: HttpRequest, bill: Bill, kpj: str, month: int) -> HttpResponseBase:
    """Why one person's month is asked for so much."""
    _refuse_without(bill)
    try:
        number = parse_month(month)
    except InputError as error:
        raise Http404 from error
    try:
        one = bills.line(bill, kpj, number)
    except Refused as error:
        raise Http404 from error
    assert one.person is not None
    audit.looked([one.person.pk], ("name", "wage_rupiah"), "penjelasan tagihan")
    explained = explaining.line(bill, one.row)
    payer = bills.payer_of(bill)
    context: dict[str, Any] = {
        "about": f"{one.person.name}, {month_words(number)}",
        "total": format_rupiah(one.total_rupiah),
        "explained": explained,
        "told": told(explained.told) if explained.told else None,
        "changes": [change.text() for change in explained.changes],
        "differing": differing_table(explained),
        "facts": _line_facts(bill, one),
        "before": format_rupiah(sum(explained.before.values())) if explained.before else "",
    }
    above = crumbs(
        bill, payer, Link(words.title(bill, payer), url(bill)), Link(_("Rincian setiap orang"), url(bill, "lines"))
    )  # fmt: skip
    return page(request, "bills/why.html", context, title=_("Mengapa sebesar ini?"), crumbs=above)


def _line_facts(bill: Bill, one: Line) -> list[Fact]:
    found = [Fact(_("Jumlah"), format_rupiah(one.total_rupiah))]
    if bill.payer_kind == PayerKind.EMPLOYER:
        found += [
            Fact(_("Ditanggung pemberi kerja"), format_rupiah(one.employer_rupiah)),
            Fact(_("Dipotong dari upah"), format_rupiah(one.worker_rupiah)),
        ]
    return found


AMOUNTS: dict[str, str] = {
    "jkk": "JKK", "jkm": "JKM", "jht_employer": "JHT", "jht_worker": "JHT", "jp_employer": "JP", "jp_worker": "JP",
}  # fmt: skip


def differing_table(explained: explaining.Explained) -> Any:
    """What stands on the bill beside what the law gives today, where they differ."""
    columns = [
        Column(_("Iuran"), amount_words),
        Column(_("Pada tagihan"), lambda name: format_rupiah(explained.stored.get(name, 0)), number=True),
        Column(_("Menurut hukum sekarang"), lambda name: format_rupiah(explained.found.get(name, 0)), number=True),
    ]
    return table(_("Yang berbeda"), columns, explained.differing) if explained.differing else None


def amount_words(name: str) -> str:
    """`JHT (pekerja)`."""
    who = {
        "jht_employer": _("pemberi kerja"),
        "jp_employer": _("pemberi kerja"),
        "jht_worker": _("pekerja"),
        "jp_worker": _("pekerja"),
    }
    return f"{AMOUNTS[name]} ({who[name]})" if name in who else AMOUNTS[name]
