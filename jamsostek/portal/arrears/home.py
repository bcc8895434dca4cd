"""Arrears in figures: by age and programme, by age and region, on any day; and the list of who owes, with a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from jamsostek.access import audit
from jamsostek.access.doors import door
from jamsostek.collection.queries import arrears
from jamsostek.collection.queries.arrears import AGES, Aged, Debtor
from jamsostek.core.numbers import format_number as format_public
from jamsostek.core.regions import REGENCIES
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.portal.arrears import frame
from jamsostek.portal.arrears.frame import OFFICERS, PROGRAMMES
from jamsostek.portal.region.frame import VIEWERS
from jamsostek.portal.region.frame import crumbs as region_crumbs
from jamsostek.portal.region.frame import tabs as region_tabs
from jamsostek.portal.screens import Column, Empty, Link, Tile, export, page, paged, table, today, with_query
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import date
from jamsostek.portal.templatetags.words import regions_name


@door(*OFFICERS)
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The figures."""
    day = frame.day_of(request)
    found = arrears.ageing_kept(day)
    context = {
        "tabs": frame.tabs("home"),
        "day": day,
        "about": _("Lewat jatuh tempo dan belum dibayar pada {day}.").format(day=date(day)),
        "tiles": tiles(found),
        "tables": tables(found, link=True),
        "empty": Empty(_("Tidak ada tunggakan"), _("Semua yang jatuh tempo sudah dibayar.")),
        "ways": [Link(_("Lihat siapa yang menunggak"), reverse("arrears:debtors"))],
    }
    return frame.office_page(request, "arrears/home.html", context, title=_("Tunggakan"), crumbs=[])


@door(*VIEWERS)
@require_safe
def region(request: HttpRequest) -> HttpResponseBase:
    """A regional government sees sums and no payer."""
    found = arrears.ageing_kept(today())
    context = {
        "tabs": region_tabs("arrears"),
        "about": _("Lewat jatuh tempo dan belum dibayar pada {day}.").format(day=date(today())),
        "tiles": tiles(found),
        "tables": tables(found),
        "empty": Empty(_("Tidak ada tunggakan"), _("Semua yang jatuh tempo sudah dibayar.")),
    }
    return page(request, "arrears/region.html", context, title=_("Tunggakan iuran"), crumbs=region_crumbs())


def tiles(found: arrears.Ageing) -> list[Tile]:
    """All of it, and what threatens cover."""
    whole = found.whole
    over = sum(whole.rupiah[3:])
    return [
        Tile(_("Tunggakan"), format_rupiah(whole.total), tone="warn" if whole.total else "good"),
        Tile(_("Pembayar yang menunggak"), format_number(whole.payers), tone="warn" if whole.payers else "good"),
        Tile(_("Lebih dari 3 bulan"), format_rupiah(over), _("hak peserta terancam"), tone="bad" if over else "good"),
    ]


def tables(found: arrears.Ageing, *, link: bool = False) -> list[Table]:
    """By programme and by region; nothing where nothing is owed."""
    if not found.whole.total:
        return []
    by_programme = [one for one in found.programmes if one.total]
    by_place = sorted(found.regencies, key=lambda one: -one.total)

    def place(one: Aged) -> Link | str:
        name = regions_name(int(one.key)) if int(one.key) in REGENCIES or int(one.key) < 100 else str(one.key)
        return Link(name, f"{reverse('arrears:debtors')}?wilayah={one.key}") if link else name

    return [
        _aged(_("Menurut program"), _("Program"), by_programme, lambda one: _(PROGRAMMES[str(one.key)]), found.whole),
        _aged(_("Menurut wilayah"), _("Wilayah"), by_place, place, found.whole),
    ]


def _aged(caption: str, first: str, rows: Sequence[Aged], show: Callable[[Aged], object], whole: Aged) -> Table:
    def of_age(at: int) -> Callable[[Aged], str]:
        return lambda one: format_number(one.rupiah[at])

    ages = [Column(_(title), of_age(at), number=True) for at, (_first, _last, title) in enumerate(AGES)]
    columns = [
        Column(first, show),
        *ages,
        Column(_("Jumlah (Rp)"), lambda one: format_number(one.total), number=True),
    ]
    total = [_("Jumlah"), *(format_number(one) for one in whole.rupiah), format_number(whole.total)]
    return table(caption, columns, rows, total=total)


# --- who owes -------------------------------------------------------------------------------------------------------------


def _asked(request: HttpRequest) -> tuple[str, int | None, int | None]:
    kind = request.GET.get("jenis", "")
    age, place = (request.GET.get(name, "") for name in ("umur", "wilayah"))
    known = kind if kind in ("employer", "sponsor") else ""
    return (
        known,
        int(age) if age.isascii() and age.isdecimal() and int(age[:2]) < len(AGES) else None,
        int(place) if place.isascii() and place.isdecimal() and len(place) <= 4 else None,
    )


@door(*OFFICERS)
@require_safe
def debtors(request: HttpRequest) -> HttpResponseBase:
    """Who owes, the most first; narrowed by kind, age and region."""
    day, (kind, age, regency) = frame.day_of(request), _asked(request)
    rows = arrears.debtors(day, kind=kind, age=age, regency=regency, named=False)
    found = paged(request, rows, total=len(rows))
    context = {
        "tabs": frame.tabs("debtors"),
        "day": day,
        "filters": [
            (_("Jenis"), _choices(request, "jenis", kind, [("employer", _("Perusahaan")), ("sponsor", _("Pembayar iuran"))])),
            (
                _("Umur"),
                _choices(request, "umur", "" if age is None else str(age), [(str(at), _(one[2])) for at, one in enumerate(AGES)]),
            ),
        ],
        "where": regions_name(regency) if regency is not None and (regency in REGENCIES or regency < 100) else "",
        "everywhere": with_query(request, wilayah=None, hal=None),
        "total": format_rupiah(sum(one.rupiah for one in rows)),
        "table": table(_("Penunggak, yang terbesar di atas"), _columns(), arrears.with_names(found.rows)),
        "paged": found,
        "empty": Empty(_("Tidak ada yang menunggak"), _("Ubah pilihannya, atau lihat hari yang lain.")),
        "export_url": f"{reverse('arrears:debtors_file')}{with_query(request, hal=None)}",
    }
    return frame.office_page(request, "arrears/debtors.html", context, title=_("Penunggak"), crumbs=frame.above())


def _choices(request: HttpRequest, name: str, chosen: str, options: Sequence[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    found = [(_("Semua"), with_query(request, **{name: None, "hal": None}), not chosen)]
    return found + [(text, with_query(request, **{name: value, "hal": None}), value == chosen) for value, text in options]


def _columns() -> list[Column]:
    def link(one: Debtor) -> Link | str:
        return (
            Link(one.name, reverse(f"arrears:{one.kind}", args=[one.number])) if one.number else _("Di luar wilayah kerja Anda")
        )

    return [
        Column(_("Nama"), link),
        Column(_("Nomor"), lambda one: format_public("npp", one.number) if one.number else ""),
        Column(_("Wilayah"), lambda one: regions_name(one.regency_code)),
        Column(_("Tagihan"), lambda one: format_number(one.bills), number=True),
        Column(_("Terlama"), lambda one: frame.months_words(one.months)),
        Column(_("Tunggakan"), lambda one: format_rupiah(one.rupiah), number=True),
    ]


@door(*OFFICERS)
@require_safe
def debtors_file(request: HttpRequest) -> HttpResponseBase:
    """The same as a file, with the programmes."""
    day, (kind, age, regency) = frame.day_of(request), _asked(request)
    rows = arrears.debtors(day, kind=kind, age=age, regency=regency)
    audit.record("export", "employer", None, fields=("name", "npp"), reason="unduh daftar penunggak")
    headings = [
        _("Nama"), _("Nomor"), _("Kode wilayah"), _("Wilayah"), _("Tagihan"), _("Bulan terlama"), "JKK", "JKM", "JHT", "JP",
        _("Denda"), _("Tunggakan"),
    ]  # fmt: skip
    lines = (
        [
            one.name, one.number, one.regency_code, regions_name(one.regency_code), one.bills, one.months, *one.programmes,
            one.fine_rupiah, one.rupiah,
        ]
        for one in rows
    )  # fmt: skip
    return export(request, f"{_('tunggakan')}-{day.isoformat()}", headings, lines)
