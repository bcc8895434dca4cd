"""What a finished run shows at first sight; home and the run's own page draw the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from jamsostek.core.rupiah import format_decimal, format_number
from jamsostek.core.text import _
from jamsostek.fund.projection import GRADES, PROGRAMMES, base
from jamsostek.fund.queries.projections import Run
from jamsostek.portal.fund.frame import fund_title
from jamsostek.portal.fund.projection import charts, frame
from jamsostek.portal.screens import Column, Link, Table, Tag, Tile, table

SHOWN_YEARS = (2030, 2050, 2070, 2100)


def body(request: HttpRequest, run: Run, told: Mapping[str, Any]) -> dict[str, Any]:
    """Headline, charts and the funds."""
    return {
        "tiles": tiles(told),
        "charts": [
            charts.assets("cadangan-jp", _("Cadangan JP sampai 2100"), told, "jp"),
            charts.payg(told),
        ],
        "funds": funds(run, told),
        "odds": odds(told),
        "changed": changed(run),
        "estimate": _(frame.ESTIMATE),
        "population": _(frame.PUBLISHED),
        "ways": ways(run),
    }


def tiles(told: Mapping[str, Any]) -> list[Tile]:
    """What an actuary signs."""
    head, fan = told["headline"], told["fan"]
    spread = ""
    if fan:
        low, high = fan["exhausted"][0], fan["exhausted"][-1]
        spread = _("90 dari 100 jalur: {low} sampai {high}").format(low=frame.year(low), high=frame.year(high))
    balance = head["balance"]
    return [
        Tile(_("Dana JP habis"), frame.year(head["exhausted"]), spread, tone="bad" if head["exhausted"] else "good"),
        Tile(_("Premi rata-rata umum JP"), frame.percent(head["premium"]), _("tarif tetap yang cukup sampai 2100")),
        Tile(_("Tarif yang masuk"), frame.percent(head["rate"]), _("iuran tertagih, dari upah yang diiur")),
        Tile(_("Neraca aktuaria JP"), frame.percent(balance), _("tarif dikurangi premi"), tone="bad" if balance < 0 else "good"),
        Tile(_("Biaya JP tahun pertama"), frame.percent(_payg(told, told["first_ahead"])), str(told["first_ahead"])),
    ]


def _payg(told: Mapping[str, Any], year: int) -> float:
    return float(told["jp"]["payg"][told["years"].index(year)])


def funds(run: Run, told: Mapping[str, Any]) -> Table:
    """Assets of every fund in some years."""

    def at(year: int) -> Any:
        place = told["years"].index(year)

        def amount(p: str) -> Any:
            value = told["funds"][p]["assets"][place]
            return format_decimal(value / 1e12, 1) if value >= 0 else Tag(_("habis"), "bad")

        return amount

    columns = [
        Column(_("Dana"), lambda p: Link(fund_title(p), reverse("projection:programme", args=[run.id, p]))),
        Column(_("Habis"), lambda p: frame.year(told["funds"][p]["exhausted"])),
    ]
    columns += [Column(str(year), at(year), number=True) for year in SHOWN_YEARS]
    return table(_("Aset pada akhir tahun, triliun rupiah"), columns, PROGRAMMES)


def odds(told: Mapping[str, Any]) -> Table | None:
    """How many paths find JP dry by a year."""
    if not told["fan"]:
        return None
    rows = [(year, share) for year, share in told["fan"]["dry_by"].items() if int(year) >= 2050]
    columns = [
        Column(_("Sampai akhir"), lambda one: one[0]),
        Column(_("Jalur yang dana JP-nya habis"), lambda one: frame.percent(one[1], 1), number=True),
    ]
    title = _("Peluang habis, dari {paths} jalur").format(paths=format_number(told["fan"]["paths"]))
    return table(title, columns, rows)


def changed(run: Run) -> Table | None:
    """Figures other than the base, beside it."""
    rows = [base()[id] for id in run.changed if id in base()]
    if not rows:
        return None
    columns = [
        Column(_("Asumsi"), lambda one: one.title),
        Column(_("Dasar"), lambda one: frame.value(one, one.value), number=True),
        Column(_("Dipakai"), lambda one: Tag(frame.value(one, run.changed[one.id]), "warn"), number=True),
        Column(_("Mutu dasarnya"), lambda one: _(GRADES[one.grade])),
    ]
    return table(_("Yang lain dari dasar"), columns, rows)


def ways(run: Run) -> list[Link]:
    """To the parts of a run."""
    return [
        Link(_("Kepekaan"), reverse("projection:sensitivity", args=[run.id])),
        Link(_("Uji balik 2016–2024"), reverse("projection:backtest", args=[run.id])),
        Link(_("Asumsi"), reverse("projection:assumptions")),
        Link(_("Semua proyeksi"), reverse("projection:list")),
        Link(_("Bandingkan"), f"{reverse('projection:compare')}?a={run.id}"),
    ]


def years_rows(told: Mapping[str, Any], programme: str) -> list[list[Any]]:
    """A fund year by year, in millions of rupiah, for a file."""
    fund = told["funds"][programme]
    keys = ("contributions", "benefits", "costs", "returns", "assets")
    return [[programme, year, *(millions(fund[key][at]) for key in keys)] for at, year in enumerate(told["years"])]


def years_headings() -> list[str]:
    """What stands above these."""
    names = (_("Iuran"), _("Manfaat"), _("Biaya"), _("Hasil investasi"), _("Aset akhir tahun"))
    return [_("Program"), _("Tahun"), *(_("{what}, juta rupiah").format(what=name) for name in names)]


def millions(rupiah: float) -> int:
    """To the million."""
    return round(rupiah / 1_000_000)


def decimal(value: float) -> str:
    """Two digits."""
    return format_decimal(value, 2)
