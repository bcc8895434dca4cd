"""Charts of a region's monthly page, from last night's count; exact, for who works for the region: without public links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse

from jamsostek.core.rupiah import format_number, format_share
from jamsostek.core.text import _
from jamsostek.outreach.queries.course import Course
from jamsostek.outreach.queries.half_figures import told as tellable
from jamsostek.portal.coverage.own import FLOWS, PAYERS
from jamsostek.portal.coverage.words import decimal
from jamsostek.portal.screens import Chart, Measure, chart
from jamsostek.portal.screens import words as said
from jamsostek.portal.screens.charts import lines
from jamsostek.portal.strategy import goal_words

_BY_MONTH = {
    "field": "day", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"format": "%b %y", "tickCount": 6},
}  # fmt: skip


def _chart(region: int, month: int, name: str, found: Course, *given: Any, text: str, note: str) -> Chart:
    address = reverse("strategy:month_chart", args=[region, name])
    return chart(
        name, *given, text=text, source=_("sel malam pemasangan ini"), status="registry", as_of=said.date(found.as_of), note=note,
        csv_url=f"{address}?bulan={month}&bentuk=csv", draw=False,
    )  # fmt: skip


def _day(month: int) -> str:
    """A month on the axis; noon, so that no zone moves it."""
    return f"{month // 100}-{month % 100:02d}-01T12:00:00"


def active(region: int, month: int, found: Course) -> Chart:
    """Active members by month, beside the paths of the region's goals of coverage."""
    series: list[tuple[str, Mapping[int, int]]] = [(_("Peserta aktif"), {one.month: one.active for one in found.flows})]
    path = _("Jalur ke sasaran {share}, {year}")
    series += [
        (path.format(share=goal_words.value(one.goal, one.goal.target), year=one.goal.year), one.people) for one in found.paths
    ]
    rows: list[Mapping[str, Any]] = [
        {"month": said.month(at), "day": _day(at), "what": what, "persons": persons}
        for what, people in series
        for at, persons in people.items()
    ]
    first, last = found.flows[0], found.flows[-1]
    text = _("{first} orang pada {from_month}, {last} pada {to_month}.").format(
        first=format_number(first.active), from_month=said.month(first.month), last=format_number(last.active),
        to_month=said.month(last.month),
    )  # fmt: skip
    text += "".join(
        " " + _("Jalur ke sasaran {year}: {persons} pada {month}.").format(
            year=one.goal.year, persons=format_number(one.people[last.month]), month=said.month(last.month)
        )
        for one in found.paths
        if last.month in one.people
    )  # fmt: skip
    spec = lines(_BY_MONTH, {"field": "persons", "type": "quantitative", "title": _("orang")}, "what")
    columns = [Measure(_("Bulan"), "month"), Measure(_("Deret"), "what"), _people()]
    note = "" if found.paths else _("Jalur sasaran tampak di sini begitu sasaran cakupan daerah ini disahkan.")
    return _chart(region, month, "aktif", found, _("Peserta aktif tiap bulan"), spec, columns, rows, text=text, note=note)


def flows(region: int, month: int, found: Course) -> Chart:
    """Joined and returned above the line, lapsed below it."""
    rows: list[Mapping[str, Any]] = [
        {
            "month": said.month(one.month), "day": _day(one.month), "flow": _(title), "persons": (people := getattr(one, name)),
            "drawn": -people if name == "lapsed" else people,
        }
        for one in found.flows
        for name, title in FLOWS.items()
    ]  # fmt: skip
    worst = max(found.flows, key=lambda one: one.lapsed)
    text = _("Paling banyak berhenti pada {month}: {persons} orang.").format(
        month=said.month(worst.month), persons=format_number(worst.lapsed)
    ) if worst.lapsed else _("Tidak ada yang berhenti.")  # fmt: skip
    spec = {
        "mark": "bar",
        "encoding": {
            "x": _BY_MONTH,
            "y": {"field": "drawn", "type": "quantitative", "title": _("orang; berhenti di bawah garis")},
            "color": {"field": "flow", "type": "nominal", "sort": None},
        },
    }
    columns = [Measure(_("Bulan"), "month"), Measure(_("Arus"), "flow"), _people()]
    note = _("Yang mandiri dihitung aktif selama iurannya dibayar, jadi angkanya dapat berbeda dari tabel di atas.")
    return _chart(region, month, "arus", found, _("Masuk, kembali, dan berhenti"), spec, columns, rows, text=text, note=note)


def payers(region: int, month: int, found: Course) -> Chart:
    """Who pays for how many of the active members; fewer than five people are not told."""
    last = found.flows[-1]
    rows: list[dict[str, Any]] = [
        {"payer": _(PAYERS[name]), "persons": persons, "percent": round(100 * persons / last.active, 1)}
        for name, persons in tellable(found.payers).items()
        if persons and last.active
    ]
    rows.sort(key=lambda one: -one["persons"])
    text = ", ".join(f"{one['payer']}: {format_share(one['persons'], last.active)}" for one in rows[:3])
    spec = {
        "height": {"step": 28},
        "encoding": {
            "y": {"field": "payer", "type": "nominal", "sort": None, "title": None},
            "x": {"field": "percent", "type": "quantitative", "title": None, "axis": None, "scale": {"domain": [0, 115]}},
        },
        "layer": [
            {"mark": "bar"},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": {"field": "percent", "format": ".1f"}}},
        ],
    }
    columns = [
        Measure(_("Pembayar"), "payer"), _people(),
        Measure(_("Persen dari peserta aktif"), "percent", decimal, number=True),
    ]  # fmt: skip
    title = _("Siapa yang membayar, {month}").format(month=said.month(last.month))
    note = _("Orang dengan dua pembayar dihitung pada keduanya, maka jumlahnya dapat melebihi peserta.")
    return _chart(region, month, "pembayar", found, title, spec, columns, rows, text=text, note=note)


def _people() -> Measure:
    return Measure(_("Orang"), "persons", format_number, number=True)


CHARTS: dict[str, Callable[[int, int, Course], Chart]] = {"aktif": active, "arus": flows, "pembayar": payers}
"""Every chart of the page, undrawn, by the name in the address of its file."""
