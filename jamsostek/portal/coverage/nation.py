"""Charts of what was published about the nation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.coverage.published import NATION, Figure, figures
from jamsostek.coverage.published import sources as source_texts
from jamsostek.portal.coverage import words
from jamsostek.portal.screens import Chart, Measure, chart, lines
from jamsostek.portal.screens.charts import STATUSES

FEW_SOURCES = 2
_COMMIT = re.compile(r", commit [0-9a-f]{40}")


def _years() -> dict[str, Any]:
    axis = {"format": "d", "tickMinStep": 1, "tickCount": 6}
    return {"field": "year", "type": "quantitative", "title": _("akhir tahun"), "axis": axis, "scale": {"zero": False}}


def url(name: str) -> str:
    """A chart's permanent address."""
    return f"/cakupan/grafik/{name}/"


def sources(told: Iterable[Figure]) -> str:
    """The sources, each once: in full where they are few, by their short names where many; the page of data has all in full."""
    return cited(sorted({name for one in told for name in one.source.split()}))


def cited(names: Iterable[str]) -> str:
    """Sources by their short names."""
    known = list(names)
    if len(known) > FEW_SOURCES:
        return ", ".join(known)
    return "; ".join(f"{name}: {_COMMIT.sub('', source_texts()[name]).partition('. ')[0]}" for name in known)


def year_of(one: Figure) -> float:
    """A moment on a line of years, on which a year stands at its end."""
    year, _dash, month = one.as_of.partition("-")
    return round(int(year) + (int(month) / 12 - 1 if month else 0), 2)


def _status(row: str) -> str:
    return _(STATUSES[row][0])


def members() -> Chart:
    """Active members of all segments and of their own account, against the plans for them."""
    return _against(
        "peserta",
        _("Peserta aktif dan sasarannya"),
        "all",
        ("active members",),
        _("Semua segmen"),
        _("Sasaran semua segmen"),
        _("Dari {first} pada {from_} menjadi {last} pada {until}. Sasaran 2026: 70 juta."),
    )


def informal() -> Chart:
    """Members of their own account against the nine million of the medium-term plan."""
    return _against(
        "mandiri",
        _("Pekerja mandiri dan sasaran sembilan juta"),
        "BPU",
        ("BPU (informal) members",),
        _("Bukan penerima upah (BPU)"),
        _("Sasaran RPJMN 2020-2024"),
        _("Dari {first} pada {from_} menjadi {last} pada {until}. Sasaran RPJMN 2020-2024: 9 juta."),
    )


def _against(name: str, title: str, segment: str, planned: tuple[str, ...], real: str, goal: str, text: str) -> Chart:
    told = [
        one
        for one in figures("members", "active", segment=segment, region=NATION)
        if one.value is not None and one.period == "moment"
    ]
    goals = [one for one in figures("targets", region=NATION) if one.measure in planned and one.value is not None]
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "when": words.moment(one.as_of),
            "year": year_of(one),
            "persons": int(one.value or 0),
            "millions": float(one.value or 0) / words.MILLION,
            "status": one.status,
            "source": one.source,
        }
        for kind, group in ((real, told), (goal, goals))
        for one in group
    ]
    first, last = told[0], told[-1]
    said = text.format(
        first=words.millions(first.value or 0),
        from_=words.moment(first.as_of),
        last=words.millions(last.value or 0),
        until=words.moment(last.as_of),
    )
    y = {"field": "millions", "type": "quantitative", "title": _("juta orang"), "scale": {"zero": True}}
    spec = lines(_years(), y, "kind")
    columns = [
        Measure(_("Apa"), "kind"),
        Measure(_("Kapan"), "when"),
        Measure(_("Orang"), "persons", format_number, number=True),
        Measure(_("Status"), "status", _status),
        Measure(_("Sumber"), "source"),
    ]
    note = _("Titik yang berdekatan dengan angka berbeda adalah sumber yang berbeda; lihat masa lalu terbitan.")
    return chart(
        name,
        title,
        spec,
        columns,
        rows,
        text=said,
        source=sources([*told, *goals]),
        source_lang="en",
        status="",
        note=note,
        url=url(name),
        draw=False,
    )


def shares() -> Chart:
    """What was said in per cent, each by its own definition: a line of its own, and nothing between them."""
    told = [
        one
        for one in (*figures("universal", "coverage", region=NATION), *figures("targets", region=NATION))
        if one.unit == "percent" and one.value is not None and "BPU" not in one.measure + one.segment
    ]
    rows: list[dict[str, Any]] = [
        {
            "what": _share_name(one),
            "line": f"{words.segment(one)}{' (UCJ)' if 'UCJ' in one.measure else ''}, {words.moment(one.as_of)}",
            "when": words.moment(one.as_of),
            "percent": float(one.value or 0),
            "kind": _("Sasaran") if one.series == "targets" else _("Keadaan"),
            "label": words.percent(one.value or 0, 2),
            "status": one.status,
            "source": one.source,
        }
        for one in told
    ]
    kind = {"field": "kind", "type": "nominal", "sort": None}
    x = {"field": "percent", "type": "quantitative", "title": _("persen"), "scale": {"domain": [0, 125]}, "axis": None}
    spec = {
        "height": {"step": 40},
        "encoding": {"y": {"field": "line", "type": "nominal", "sort": None, "axis": None}},
        "layer": [
            {"mark": {"type": "bar", "height": 14, "yOffset": 8}, "encoding": {"x": x, "color": kind}},
            {"mark": {"type": "text", "align": "left", "dx": 5, "yOffset": 8}, "encoding": {"x": x, "text": {"field": "label"}}},
            {"mark": {"type": "text", "align": "left", "dy": -9}, "encoding": {"x": {"value": 0}, "text": {"field": "line"}}},
        ],
    }
    columns = [
        Measure(_("Apa"), "what"),
        Measure(_("Kapan"), "when"),
        Measure(_("Persen"), "percent", lambda value: words.percent(value, 2), number=True),
        Measure(_("Status"), "status", _status),
        Measure(_("Sumber"), "source"),
    ]
    return chart(
        "persen",
        _("Cakupan dalam persen, menurut beberapa pengertian"),
        spec,
        columns,
        rows,
        text=_("Keadaan 35,68 % pada April 2025 menurut indikator daerah; sasaran 99,5 % pada 2045."),
        source=sources(told),
        source_lang="en",
        status="",
        url=url("persen"),
        draw=False,
        note=_(
            "Setiap baris mempunyai pembagi sendiri. 32,15 %, 34,99 %, dan 52,15 % bukan tiga tahap dari satu ukuran, maka tidak "
            "dihubungkan dengan garis."
        ),
    )


def _share_name(one: Figure) -> str:
    if one.series == "targets":
        return f"{words.measure(one)} ({words.segment(one)})"
    return words.segment(one)


def segments() -> Chart:
    """Active members by segment at each moment for which the segments were printed."""
    names = ("PU", "BPU", "Jakon")
    told = [
        one
        for one in figures("members", "active", region=NATION)
        if one.segment in names and one.value is not None and one.period == "moment"
    ]
    rows: list[dict[str, Any]] = [
        {
            "segment": words.segment(one),
            "when": words.moment(one.as_of),
            "year": year_of(one),
            "persons": int(one.value or 0),
            "millions": float(one.value or 0) / words.MILLION,
            "status": one.status,
            "source": one.source,
        }
        for one in told
    ]
    y = {"field": "millions", "type": "quantitative", "title": _("juta orang")}
    columns = [
        Measure(_("Segmen"), "segment"),
        Measure(_("Kapan"), "when"),
        Measure(_("Orang"), "persons", format_number, number=True),
        Measure(_("Status"), "status", _status),
        Measure(_("Sumber"), "source"),
    ]
    return chart(
        "segmen",
        _("Peserta aktif menurut segmen"),
        lines(_years(), y, "segment"),
        columns,
        rows,
        text=_("Penerima upah paling banyak; pekerja mandiri naik dari 1,4 juta pada 2016 menjadi sekitar 9 juta pada 2025."),
        source=sources(told),
        source_lang="en",
        status="",
        url=url("segmen"),
        draw=False,
    )


def money(name: str) -> Chart:
    """The managed fund, or claims paid a year, in trillions of rupiah."""
    series, measure, title, text = {
        "dana": (
            "funds",
            "managed_fund",
            _("Dana kelolaan"),
            _("Dari Rp250,3 triliun pada akhir 2016 menjadi Rp781,96 triliun pada November 2024."),
        ),
        "klaim": (
            "claims",
            "paid",
            _("Klaim dibayar setahun"),
            _("Dari Rp20,06 triliun pada 2016 menjadi sekitar Rp57 triliun pada 2024."),
        ),
    }[name]
    told = [
        one
        for one in figures(series, measure, segment="all", region=NATION)
        if one.value is not None and one.period == ("moment" if name == "dana" else "year")
    ]
    rows: list[dict[str, Any]] = [
        {
            "when": words.when(one),
            "year": year_of(one),
            "trillions": float(one.value or 0),
            "status": one.status,
            "source": one.source,
        }
        for one in told
    ]
    if name == "klaim":
        rows = _every_year(rows)
    x = (
        _years()
        if name == "dana"
        else {"field": "when", "type": "ordinal", "title": None, "sort": None, "axis": {"labelAngle": 0}}
    )
    y = {"field": "trillions", "type": "quantitative", "title": _("triliun rupiah")}
    mark: Any = {"type": "line", "point": True} if name == "dana" else "bar"
    columns = [
        Measure(_("Kapan"), "when"),
        Measure(_("Triliun rupiah"), "trillions", lambda value: words.decimal(value, 2), number=True),
        Measure(_("Status"), "status", _status),
        Measure(_("Sumber"), "source"),
    ]
    spec = {"mark": mark, "encoding": {"x": x, "y": y}}
    return chart(
        name, title, spec, columns, rows, text=text, source=sources(told), source_lang="en", status="", url=url(name), draw=False
    )


def _every_year(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Years without a figure stand empty between those with one."""
    told = {int(row["when"]): row for row in rows}
    empty = {"trillions": None, "status": "missing", "source": ""}
    return [told.get(year, {"when": str(year), "year": year, **empty}) for year in range(min(told), max(told) + 1)]
