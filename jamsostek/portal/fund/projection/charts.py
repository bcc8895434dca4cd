"""Charts of projections: a fund to 2100 with its fan, yearly cost, people, where money goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jamsostek.core.rupiah import format_decimal, format_number
from jamsostek.core.text import _
from jamsostek.portal.fund.projection.frame import money, percent
from jamsostek.portal.screens import Chart, Measure, chart

TRILLION = 1_000_000_000_000
X = {"field": "year", "type": "quantitative", "title": None, "axis": {"format": "d"}, "scale": {"nice": False}}


def source() -> str:
    """Where the figures come from."""
    return _("Proyeksi pemasangan ini; sumber setiap asumsi pada halamannya")


def _y(field: str, title: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": title}


def assets(name: str, title: str, told: Mapping[str, Any], programme: str, last: int = 2100) -> Chart:
    """A fund's assets at the year's end; the fan is where 90 and 50 of 100 paths lie. What is gone stands at nothing."""
    fund, fan = told["funds"][programme], told["fan"]
    first = told["years"].index(told["first_ahead"])
    rows: list[dict[str, Any]] = []
    stop = _end(told, programme, last)
    for at, year in enumerate(told["years"]):
        if year > stop or year < told["first_ahead"] - 9:
            continue
        row: dict[str, Any] = {"year": year, "assets": max(fund["assets"][at], 0) / TRILLION, "low": None, "high": None,
                               "near": None, "far": None}  # fmt: skip
        if fan and at >= first:
            points = [max(one[at - first], 0) / TRILLION for one in fan["assets"][programme]]
            row |= {"low": points[0], "near": points[1], "far": points[3], "high": points[4]}
        rows.append(row)
    line = {"mark": {"type": "line"}, "encoding": {"x": X, "y": _y("assets", _("triliun rupiah"))}}
    bands = [
        {
            "mark": {"type": "area", "opacity": 0.2},
            "transform": [{"filter": f"datum.{low} != null"}],
            "encoding": {"x": X, "y": _y(low, _("triliun rupiah")), "y2": {"field": high}},
        }
        for low, high in (("low", "high"), ("near", "far"))
    ]

    def trillions(amount: float) -> str:
        return format_decimal(amount, 1)

    columns = [
        Measure(_("Tahun"), "year", str),
        Measure(_("Aset, triliun rupiah"), "assets", trillions, number=True),
        Measure(_("5 dari 100 di bawah"), "low", trillions, number=True),
        Measure(_("25 dari 100 di bawah"), "near", trillions, number=True),
        Measure(_("75 dari 100 di bawah"), "far", trillions, number=True),
        Measure(_("95 dari 100 di bawah"), "high", trillions, number=True),
    ]
    top = max(rows, key=lambda row: row["assets"])
    text = _("Tertinggi {amount} pada akhir {year}.").format(amount=money(top["assets"] * TRILLION), year=top["year"])
    if fan:
        text += " " + _("Pita gelap memuat 50, pita terang 90 dari 100 jalur ekonomi.")
    return chart(
        name, title, {"layer": [*(bands if fan else []), line]}, columns if fan else columns[:2], rows, text=text,
        source=source(),        status="estimate", as_of=str(told["first_ahead"] - 1),
    )  # fmt: skip


def _end(told: Mapping[str, Any], programme: str, last: int) -> int:
    """A fund that runs dry is shown a little beyond."""
    dry = told["funds"][programme]["exhausted"]
    return min(last, dry + 8) if dry else last


def flows(name: str, title: str, told: Mapping[str, Any], programme: str, last: int = 2100) -> Chart:
    """Contributions and what is paid, year by year."""
    fund = told["funds"][programme]
    rows = [
        {"year": year, "kind": words, "trillions": fund[key][at] / TRILLION}
        for key, words in (("contributions", _("Iuran")), ("benefits", _("Manfaat")), ("returns", _("Hasil investasi")))
        for at, year in enumerate(told["years"])
        if told["first_ahead"] - 8 <= year <= _end(told, programme, last)
        and (key != "returns" or fund["exhausted"] is None or year < fund["exhausted"])
    ]
    return _several(name, title, rows, _("triliun rupiah"))


def series(name: str, title: str, told: Mapping[str, Any], named: Mapping[str, Sequence[float]], unit: str, size: float) -> Chart:
    """Lines of figures by year, divided by a size."""
    rows = [
        {"year": year, "kind": words, "trillions": values[at] / size}
        for words, values in named.items()
        for at, year in enumerate(told["years"])
    ]
    return _several(name, title, rows, unit)


def payg(told: Mapping[str, Any]) -> Chart:
    """What the pensions of a year cost over the wages of that year."""
    rows = [
        {"year": year, "kind": words, "trillions": 100 * values[at]}
        for words, values in (
            (_("Biaya tahun itu"), told["jp"]["payg"]), (_("Tarif iuran"), [told["headline"]["rate"]] * len(told["years"])),
        )
        for at, year in enumerate(told["years"])
        if year >= told["first_ahead"]
    ]  # fmt: skip
    last = told["jp"]["payg"][-1]
    return _several(
        "biaya-jp", _("Biaya JP setahun, dari upah yang diiur"), rows, _("persen"),
        text=_("Pada {year} manfaat dan biaya JP mencapai {share} dari upah.").format(
            year=told["years"][-1], share=percent(last, 1)
        ),
    )  # fmt: skip


def _several(name: str, title: str, rows: list[dict[str, Any]], unit: str, text: str = "") -> Chart:
    named = {"field": "kind", "type": "nominal", "sort": None, "legend": {"symbolType": "stroke", "symbolSize": 500}}
    spec = {
        "mark": {"type": "line"},
        "encoding": {"x": X, "y": _y("trillions", unit), "color": named, "strokeDash": named},
    }
    columns = [
        Measure(_("Apa"), "kind"), Measure(_("Tahun"), "year", str),
        Measure(unit, "trillions", lambda amount: format_decimal(amount, 2), number=True),
    ]  # fmt: skip
    return chart(name, title, spec, columns, rows, text=text, source=source(), status="estimate")


def beside(name: str, title: str, both: Sequence[tuple[str, Mapping[str, Any]]], programme: str, last: int = 2100) -> Chart:
    """The assets of one fund in two runs."""
    rows = [
        {"year": year, "kind": words, "trillions": max(told["funds"][programme]["assets"][at], 0) / TRILLION}
        for words, told in both
        for at, year in enumerate(told["years"])
        if told["first_ahead"] - 1 <= year <= max(_end(one, programme, last) for _words, one in both)
    ]
    return _several(name, title, rows, _("triliun rupiah"))


def people(number: float) -> str:
    """Whole persons."""
    return format_number(round(number))
