"""Charts of what was published about the nation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.coverage.nation_history import share_aim
from jamsostek.coverage.published import NATION, WHOLE, Figure, figures
from jamsostek.coverage.published import sources as source_texts
from jamsostek.portal.coverage import words
from jamsostek.portal.screens import Chart, Measure, chart, lines
from jamsostek.portal.screens.charts import STATUSES

FEW_SOURCES = 2
PLANS_UNTIL = "2026"
"""Plans with denominators of their own stand side by side up to this year; what is later belongs to one of them."""
_COMMIT = re.compile(r", commit [0-9a-f]{40}")


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


def known(series: str, measure: str | None = None, *, segment: str | None = None, period: str = "moment") -> list[Figure]:
    """The nation's figures of a series that have a value, the oldest first."""
    told = figures(series, measure, segment=segment, region=NATION)
    return [one for one in told if one.value is not None and one.period == period]


def members() -> Chart:
    """Active members of all segments and of their own account, against the plans for them."""
    titles = (_("Peserta aktif dan sasarannya"), _("Semua segmen"), _("Sasaran semua segmen"))
    return _against("peserta", "all", "active members", *titles)


def informal() -> Chart:
    """Members of their own account against the nine million of the medium-term plan."""
    titles = (
        _("Pekerja mandiri dan sasaran sembilan juta"),
        _("Bukan penerima upah (BPU)"),
        _("Sasaran RPJMN 2020-2024"),
    )
    return _against("mandiri", "BPU", "BPU (informal) members", *titles)


def _against(name: str, segment: str, planned: str, title: str, real: str, goal: str) -> Chart:
    told, goals = known("members", "active", segment=segment), known("targets", planned)
    last = goals[-1]
    aim = _("Sasaran {year}: {goal}.").format(year=words.when(last), goal=words.millions(last.value or 0, 0))
    return _published(
        name,
        title,
        lines(_years(), _millions(), "kind"),
        [Measure(_("Apa"), "kind"), _when(), persons_column()],
        [_row(one, kind=kind) for kind, group in ((real, told), (goal, goals)) for one in group],
        [*told, *goals],
        text=f"{_course(told)} {aim}",
        note=_("Titik yang berdekatan dengan angka berbeda adalah sumber yang berbeda; lihat masa lalu terbitan."),
    )


def shares() -> Chart:
    """What was said in per cent, each by its own definition: a line of its own, and nothing between them."""
    state, goals = known("universal", "coverage"), known("targets")
    told = [one for one in (*state, *goals) if one.unit == "percent" and "BPU" not in one.measure + one.segment]
    rows = [
        _row(
            one,
            what=f"{words.measure(one)} ({words.segment(one)})" if one.series == "targets" else words.segment(one),
            line=f"{words.segment(one)}{' (UCJ)' if 'UCJ' in one.measure else ''}, {words.when(one)}",
            kind=_("Sasaran") if one.series == "targets" else _("Keadaan"),
            label=words.percent(one.value or 0, 2),
        )
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
    now = next(one for one in reversed(state) if one.segment == WHOLE)
    last = share_aim()
    apart = sorted(one.value or 0 for one in told if one.series == "targets" and one.as_of <= PLANS_UNTIL)
    return _published(
        "persen",
        _("Cakupan dalam persen, menurut beberapa pengertian"),
        spec,
        [
            Measure(_("Apa"), "what"),
            _when(),
            Measure(_("Persen"), "percent", lambda value: words.percent(value, 2), number=True),
        ],
        rows,
        told,
        text=_("Keadaan {share} pada {when} menurut indikator daerah; sasaran {goal} pada {year}.").format(
            share=words.value(now), when=words.when(now), goal=words.aim(last), year=last.year
        ),
        note=_(
            "Setiap baris mempunyai pembagi sendiri. Sasaran {shares} bukan tahap-tahap dari satu ukuran, maka tidak dihubungkan "
            "dengan garis."
        ).format(shares="; ".join(words.percent(one, 2) for one in apart)),
    )


def segments() -> Chart:
    """Active members by segment at each moment for which the segments were printed."""
    told = [one for one in known("members", "active") if one.segment in ("PU", "BPU", "Jakon")]
    text = _("Penerima upah paling banyak; pekerja mandiri dari {first} pada {from_} menjadi {last} pada {until}.")
    return _published(
        "segmen",
        _("Peserta aktif menurut segmen"),
        lines(_years(), _millions(), "segment"),
        [Measure(_("Segmen"), "segment"), _when(), persons_column()],
        [_row(one, segment=words.segment(one)) for one in told],
        told,
        text=_course([one for one in told if one.segment == "BPU"], text),
    )


def money(name: str) -> Chart:
    """The managed fund, or claims paid a year, in trillions of rupiah."""
    y = {"field": "trillions", "type": "quantitative", "title": _("triliun rupiah")}
    spec: dict[str, Any]
    if name == "dana":
        title, told = _("Dana kelolaan"), known("funds", "managed_fund", segment=WHOLE)
        rows = [_row(one) for one in told]
        spec = {"mark": {"type": "line", "point": True}, "encoding": {"x": _years(), "y": y}}
    else:
        title, told = _("Klaim dibayar setahun"), known("claims", "paid", segment=WHOLE, period="year")
        rows = _every_year([_row(one) for one in told])
        x = {"field": "when", "type": "ordinal", "title": None, "sort": None, "axis": {"labelAngle": 0}}
        spec = {"mark": "bar", "encoding": {"x": x, "y": y}}
    trillions = Measure(_("Triliun rupiah"), "trillions", lambda value: words.decimal(value, 2), number=True)
    return _published(name, title, spec, [_when(), trillions], rows, told, text=_course(told))


def _every_year(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Years without a figure stand empty between those with one."""
    told = {int(row["when"]): row for row in rows}
    empty = {"trillions": None, "status": "missing", "source": ""}
    return [told.get(year, {"when": str(year), "year": year, **empty}) for year in range(min(told), max(told) + 1)]


# --- what the charts share --------------------------------------------------------------------------------------------------


def _row(one: Figure, **named: str) -> dict[str, Any]:
    """A figure as a row: what it is called, its moment, its value as the axis shows it, and how far to rely on it."""
    value = float(one.value or 0)
    shown: dict[str, float] = {
        "persons": {"persons": int(value), "millions": value / words.MILLION},
        "trillion_rupiah": {"trillions": value},
        "percent": {"percent": value},
    }[one.unit]
    return {**named, "when": words.when(one), "year": year_of(one), **shown, "status": one.status, "source": one.source}


def _published(
    name: str,
    title: str,
    spec: Mapping[str, Any],
    columns: Sequence[Measure],
    rows: Sequence[Mapping[str, Any]],
    told: Iterable[Figure],
    *,
    text: str,
    note: str = "",
) -> Chart:
    """A chart of published figures, undrawn; each row ends with its status and source."""
    last = (Measure(_("Status"), "status", lambda row: _(STATUSES[row][0])), Measure(_("Sumber"), "source"))
    return chart(
        name,
        title,
        spec,
        [*columns, *last],
        rows,
        text=text,
        source=sources(told),
        source_lang="en",
        status="",
        note=note,
        url=url(name),
        draw=False,
    )


def _course(told: Sequence[Figure], text: str = "") -> str:
    """From the first figure to the last, in a sentence."""
    first, last = told[0], told[-1]
    return (text or _("Dari {first} pada {from_} menjadi {last} pada {until}.")).format(
        first=_short(first), from_=words.when(first), last=_short(last), until=words.when(last)
    )


def _short(one: Figure) -> str:
    """A figure in a sentence; what its source rounded is told as such."""
    text = words.millions(one.value or 0) if one.unit == "persons" else words.value(one)
    return _("sekitar {value}").format(value=text) if one.status == "approximate" else text


def _when() -> Measure:
    return Measure(_("Kapan"), "when")


def persons_column() -> Measure:
    """How many people a row tells."""
    return Measure(_("Orang"), "persons", format_number, number=True)


def _years() -> dict[str, Any]:
    axis = {"format": "d", "tickMinStep": 1, "tickCount": 6}
    return {"field": "year", "type": "quantitative", "title": _("akhir tahun"), "axis": axis, "scale": {"zero": False}}


def _millions() -> dict[str, Any]:
    return {"field": "millions", "type": "quantitative", "title": _("juta orang"), "scale": {"zero": True}}
