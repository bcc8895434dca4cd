"""What came of a scenario, drawn the same whether it was just reckoned or was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jamsostek.core.months import add_months
from jamsostek.core.rupiah import format_decimal
from jamsostek.core.text import N_, _
from jamsostek.fund.choices import CLASSES
from jamsostek.fund.scenarios import Parameter
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.portal.fund.frame import fund_title
from jamsostek.portal.fund.liquidity import words
from jamsostek.portal.screens import Chart, Column, Measure, Quote, Table, Tag, Tile, chart, lines, table
from jamsostek.portal.screens.words import NOTHING, month

Results = Mapping[str, Any]
MEASURES = {
    "worth_rupiah": N_("Aset bersih sekarang"), "worth_after_rupiah": N_("Seketika sesudahnya"),
    "lowest_rupiah": N_("Terendah dalam dua tahun"), "lowest_claim_months": N_("Ketahanan terendah"),
    "lowest_funding_ppm": N_("Rasio kecukupan terendah"), "lost_by_sales_rupiah": N_("Rugi karena menjual"),
    "unpaid_rupiah": N_("Tidak terbayar"),
}  # fmt: skip


def by_fund(results: Results) -> list[tuple[str, Any]]:
    """Funds in their usual order: what was kept comes back in another."""
    return [(fund, results["funds"][fund]) for fund in PROGRAMMES if fund in results["funds"]]


def drawn(results: Results, scenario: str, used: Mapping[str, int]) -> dict[str, Any]:
    """What a template is given of results."""
    return {
        "tiles": tiles(results),
        "funds": funds(results),
        "cash": cash(results),
        "sales": sales(results),
        **breaks(results, scenario, used),
        "charts": [path(results)],
    }


def breaks(results: Results, scenario: str, used: Mapping[str, int]) -> dict[str, Any]:
    """What breaks, the soonest first, in sentences; and the funds in which nothing does up to the most that was tried."""
    told = results["breaks"]
    broken = sorted((one for one in told if one["severity"] is not None), key=lambda one: one["severity"])
    order = [fund for fund, _told in by_fund(results)]
    whole = [fund for fund in order if any(one["fund"] == fund for one in told) and all(one["fund"] != fund for one in broken)]
    partly = [one for one in told if one["severity"] is None and one["fund"] not in whole]
    return {
        "breaks": [words.broken(one, scenario, used) for one in (*broken, *partly)],
        "unbroken": ", ".join(fund_title(fund) for fund in whole),
        "most": format_decimal(told[0]["most"], 0) if told else "",
    }


def tiles(results: Results) -> list[Tile]:
    """What is lost at once, what is sold, and whose cash ends."""
    told = dict(by_fund(results)).values()
    lost = sum(one["before"]["worth_rupiah"] - one["after"]["worth_after_rupiah"] for one in told)
    sold = sum(sale["fetched_rupiah"] for one in told for sale in one["after"]["sales"])
    empty = [fund_title(fund) for fund, one in by_fund(results) if one["after"]["empty_at"] is not None]
    return [
        Tile(_("Nilai yang hilang seketika"), words.signed_rupiah(lost), tone="bad" if lost else "good"),
        Tile(_("Yang harus dijual"), words.signed_rupiah(sold), tone="warn" if sold else "good"),
        Tile(_("Kas habis"), ", ".join(empty) or _("Tidak ada"), tone="bad" if empty else "good"),
    ]


def funds(results: Results) -> Table:
    """Each fund before and after."""

    def pair(name: str, show: Any) -> Any:
        return lambda row: f"{show(row[1]['before'][name])} → {show(row[1]['after'][name])}"

    columns = [
        Column(_("Dana"), lambda row: fund_title(row[0])),
        Column(_("Aset bersih sekarang"), lambda row: words.signed_rupiah(row[1]["before"]["worth_rupiah"]), number=True),
        Column(_("Seketika sesudahnya"), lambda row: words.signed_rupiah(row[1]["after"]["worth_after_rupiah"]), number=True),
        Column(_("Terendah dalam dua tahun"), lambda row: words.signed_rupiah(row[1]["after"]["lowest_rupiah"]), number=True),
        Column(_("Ketahanan terendah"), pair("lowest_claim_months", words.months_long)),
        Column(_("Rasio kecukupan terendah"), pair("lowest_funding_ppm", words.percent)),
    ]
    return table(_("Aset bersih dan rasio: tanpa guncangan → dengan guncangan"), columns, by_fund(results))


def cash(results: Results) -> Table:
    """When cash is short, when it is gone."""
    first = results["first_month"]

    def gone(row: Any) -> Any:
        at = row[1]["after"]["empty_at"]
        return Tag(words.when(at, first), "bad") if at is not None else NOTHING

    columns = [
        Column(_("Dana"), lambda row: fund_title(row[0])),
        Column(_("Mulai menjual"), lambda row: words.when(row[1]["after"]["cash_short_at"], first)),
        Column(_("Kas habis"), gone),
        Column(_("Rugi karena menjual"), lambda row: words.signed_rupiah(row[1]["after"]["lost_by_sales_rupiah"]), number=True),
        Column(_("Tidak terbayar"), lambda row: words.signed_rupiah(row[1]["after"]["unpaid_rupiah"]), number=True),
        Column(_("Kas dua tahun lagi"), lambda row: words.signed_rupiah(row[1]["after"]["cash"][-1]), number=True),
    ]
    return table(_("Kas"), columns, by_fund(results))


def sales(results: Results) -> Table:
    """What is sold, by fund and class, in the order it is sold."""
    rows: dict[tuple[str, str], dict[str, int]] = {}
    for fund, told in by_fund(results):
        for sale in told["after"]["sales"]:
            row = rows.setdefault(
                (fund, sale["asset_class"]),
                {"first": sale["month_at"], "fetched": 0, "carried": 0, "haircut": sale["haircut_ppm"]},
            )
            row["fetched"] += sale["fetched_rupiah"]
            row["carried"] += sale["carried_rupiah"]
    first = results["first_month"]
    columns = [
        Column(_("Dana"), lambda row: fund_title(row[0][0])),
        Column(_("Kelas"), lambda row: _(CLASSES[row[0][1]])),
        Column(_("Mulai"), lambda row: words.when(row[1]["first"], first)),
        Column(_("Hasil jual"), lambda row: words.signed_rupiah(row[1]["fetched"]), number=True),
        Column(_("Nilai tercatat"), lambda row: words.signed_rupiah(row[1]["carried"]), number=True),
        Column(_("Potongan"), lambda row: words.percent(row[1]["haircut"], 2), number=True),
    ]
    return table(_("Yang dijual, termurah dahulu"), columns, list(rows.items()))


def path(results: Results) -> Chart:
    """Cash of every fund month by month under the scenario."""
    first = results["first_month"]
    rows = [
        {
            "month": month(add_months(first, at)), "day": _day(add_months(first, at)), "fund": fund.upper(),
            "billions": round(rupiah / 1e9, 3),
        }
        for fund, told in by_fund(results)
        for at, rupiah in enumerate(told["after"]["cash"])
    ]  # fmt: skip
    x = {"field": "day", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"format": "%b %y", "tickCount": 6}}
    y = {"field": "billions", "type": "quantitative", "title": _("miliar rupiah")}
    return chart(
        "kas-uji", _("Kas setiap dana dengan guncangan"), lines(x, y, "fund"),
        [Measure(_("Bulan"), "month"), Measure(_("Dana"), "fund"),
         Measure(_("Miliar rupiah"), "billions", lambda value: format_decimal(value, 3), number=True)],
        rows,
        text=_("Kas bulan demi bulan; yang turun sampai nol harus menjual investasi."),
        source=_("buku besar pemasangan ini"), status="estimate",
    )  # fmt: skip


def _day(value: int) -> str:
    return f"{value // 100}-{value % 100:02d}-01T12:00:00"


def parameters(known: Mapping[str, Parameter], used: Mapping[str, int]) -> Table:
    """Every parameter with the value that was used, its grade and source."""

    def shown(one: Parameter) -> str:
        value = used.get(one.id, one.value)
        told = words.value(one, value)
        return told if value == one.value else _("{value}, diubah dari {was}").format(value=told, was=words.value(one, one.value))

    columns = [
        Column(_("Parameter"), lambda one: one.title),
        Column(_("Nilai"), shown),
        Column(_("Mutu"), lambda one: words.grade(one.grade)),
        Column(_("Sumber"), lambda one: Quote(one.source, "en") if one.source else NOTHING),
    ]
    return table(_("Parameter"), columns, known.values())


def flat(results: Results, scenario: str, used: Mapping[str, int]) -> tuple[list[str], list[Sequence[Any]]]:
    """Headings and rows of a file: every figure of every fund, then what breaks."""
    headings = [_("Dana"), _("Ukuran"), _("Tanpa guncangan"), _("Dengan guncangan")]
    names = (
        "worth_rupiah", "worth_after_rupiah", "lowest_rupiah", "lowest_claim_months", "lowest_funding_ppm",
        "lost_by_sales_rupiah", "unpaid_rupiah",
    )  # fmt: skip
    first = results["first_month"]
    rows: list[Sequence[Any]] = []
    for fund, told in by_fund(results):
        rows += [[fund.upper(), _(MEASURES[name]), told["before"][name], told["after"][name]] for name in names]
        both = zip(told["before"]["cash"], told["after"]["cash"], strict=True)
        rows += [
            [fund.upper(), _("Kas akhir {month}").format(month=month(add_months(first, at))), *cash_]
            for at, cash_ in enumerate(both)
        ]
    rows += [[one["fund"].upper(), words.broken(one, scenario, used), "", one["severity"]] for one in results["breaks"]]
    return headings, rows
