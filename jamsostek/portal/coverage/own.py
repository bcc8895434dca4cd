"""Charts of this installation's own registry, as everybody may see them: from nightly cells, no small numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek.core.months import add_months
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import cube
from jamsostek.coverage.protected import told as told
from jamsostek.portal.coverage import words
from jamsostek.portal.coverage.nation import persons_column, url
from jamsostek.portal.screens import Chart, Measure, chart
from jamsostek.portal.screens import words as said

MONTHS = 24
LEAST_SHARED = 100
"""Of fewer people no share is told: both figures are rounded to the nearest ten."""
PAYERS = {
    "employer": N_("Pemberi kerja"),
    "self": N_("Peserta sendiri"),
    "regional_government": N_("Pemerintah daerah"),
    "village": N_("Desa"),
    "csr": N_("Perusahaan (CSR)"),
    "private": N_("Donatur"),
    "placement": N_("Penempatan pekerja migran"),
    "none": N_("Tidak diketahui"),
}
SEXES = {"m": N_("Laki-laki"), "f": N_("Perempuan")}
DISABILITIES = {
    "none": N_("Tanpa disabilitas"),
    "physical": N_("Fisik"),
    "intellectual": N_("Intelektual"),
    "mental": N_("Mental"),
    "sensory": N_("Sensorik"),
    "multiple": N_("Ganda"),
}
_BY_MONTH = {
    "field": "day", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"format": "%b %y", "tickCount": 6},
}  # fmt: skip
STOCKS = {"active": N_("Aktif"), "ever": N_("Pernah terlindungi"), "registered": N_("Terdaftar")}
FLOWS = {"joined": N_("Masuk pertama kali"), "returned": N_("Kembali"), "lapsed": N_("Berhenti")}


@dataclass(frozen=True)
class Now:
    """The last night's cells: the last month told, and the day they were made."""

    month: int
    as_of: dt.date


def now() -> Now | None:
    """The newest snapshot, or None where none was made yet."""
    found = cube.latest()
    return Now(found.last_month, found.as_of) if found else None


def count(persons: int | None) -> str:
    """People, or that they are too few to tell."""
    return _("kurang dari 10") if persons is None else format_number(persons)


def counts(at: Now, **where: Collection[int | str]) -> list[tuple[str, str]]:
    """Who is active, was ever covered and is registered, in words; nothing where nobody is known."""
    lines = told((at.month,), tuple(STOCKS), (), **where)
    return [(_(title), count(lines[0][name])) for name, title in STOCKS.items()] if lines else []


def recent(at: Now, **where: Collection[int | str]) -> list[dict[str, Any]]:
    """Who joined, returned and lapsed in each of the last months."""
    return told(_months(at), tuple(FLOWS), ("month",), **where)


def _months(at: Now) -> tuple[int, ...]:
    return tuple(add_months(at.month, -back) for back in range(MONTHS - 1, -1, -1))


def _day(month: int) -> str:
    """A month on a chart's axis; noon, so that no zone moves it."""
    return f"{month // 100}-{month % 100:02d}-01T12:00:00"


def flows(at: Now, name: str = "arus", **where: Collection[int | str]) -> Chart:
    """Joined and returned above the line, lapsed below it, month by month."""
    lines = recent(at, **where)
    rows: list[dict[str, Any]] = [
        {
            "month": said.month(line["month"]),
            "day": _day(line["month"]),
            "flow": _(title),
            "persons": line[flow],
            "drawn": (-1 if flow == "lapsed" else 1) * (line[flow] or 0),
        }
        for line in sorted(lines, key=lambda one: one["month"])
        for flow, title in FLOWS.items()
    ]
    spec = {
        "mark": "bar",
        "encoding": {
            "x": _BY_MONTH,
            "y": {"field": "drawn", "type": "quantitative", "title": _("orang; berhenti di bawah garis")},
            "color": {"field": "flow", "type": "nominal", "sort": None},
        },
    }
    columns = [Measure(_("Bulan"), "month"), Measure(_("Arus"), "flow"), persons_column()]
    return _chart(at, name, _("Masuk, kembali, dan berhenti"), spec, columns, rows, text=_cliff(lines))


def _cliff(lines: list[dict[str, Any]]) -> str:
    """The month in which most people lapsed, and why a January is what it is."""
    worst = max(lines, key=lambda one: one["lapsed"] or 0, default=None)
    if worst is None or not worst["lapsed"]:
        return _("Tidak ada bulan dengan cukup orang yang berhenti untuk disebut.")
    text = _("Paling banyak berhenti pada {month}: {persons} orang.").format(
        month=said.month(worst["month"]), persons=format_number(worst["lapsed"])
    )
    if worst["month"] % 100 == 1:
        text += " " + _(
            "Anggaran yang dibayar setahun berakhir pada Desember; yang tidak dianggarkan lagi berhenti pada Januari."
        )
    return text


def lapses(at: Now, name: str = "berhenti", **where: Collection[int | str]) -> Chart:
    """Who lapsed, month by month, by who had paid for them: a budget that ends shows beside somebody who stopped paying."""
    lines = told(_months(at), ("lapsed",), ("month", "payer"), **where)
    rows = [
        {"month": said.month(one["month"]), "day": _day(one["month"]), "payer": _(PAYERS[one["payer"]]), "persons": one["lapsed"]}
        for one in sorted(lines, key=lambda one: (one["month"], list(PAYERS).index(one["payer"])))
        if one["lapsed"]
    ]
    spec = {
        "mark": "bar",
        "encoding": {
            "x": _BY_MONTH,
            "y": {"field": "persons", "type": "quantitative", "title": _("orang")},
            "color": {"field": "payer", "type": "nominal", "sort": None},
        },
    }
    sums = Counter[str]()
    for row in rows:
        sums[row["payer"]] += row["persons"]
    return _chart(
        at,
        name,
        _("Siapa yang berhenti, menurut yang membayarnya"),
        spec,
        [Measure(_("Bulan"), "month"), Measure(_("Pembayar"), "payer"), persons_column()],
        rows,
        text=_each(sums.most_common(3)),
        note=_(
            "Pembayar: perusahaan, berarti hubungan kerja berakhir; peserta sendiri, berarti iurannya tidak dibayar lagi; "
            "pemerintah atau desa, berarti anggarannya habis atau orangnya tidak didaftar lagi."
        ),
    )


def payers(at: Now, name: str = "pembayar", **where: Collection[int | str]) -> Chart:
    """Active members by who pays for them."""
    lines = told((at.month,), ("active",), ("payer",), **where)
    rows = [{"payer": _(PAYERS[one["payer"]]), "persons": one["active"]} for one in lines if one["active"]]
    rows.sort(key=lambda one: -one["persons"])
    spec = {
        "height": {"step": 28},
        "encoding": {
            "y": {"field": "payer", "type": "nominal", "sort": None, "title": None},
            "x": {"field": "persons", "type": "quantitative", "title": None, "axis": None},
        },
        "layer": [
            {"mark": "bar"},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": {"field": "persons", "format": ",d"}}},
        ],
    }
    return _chart(
        at,
        name,
        _("Siapa yang membayar"),
        spec,
        [Measure(_("Pembayar"), "payer"), persons_column()],
        rows,
        text=_each((row["payer"], row["persons"]) for row in rows[:3]),
        note=_("Orang dengan dua pembayar dihitung pada keduanya, maka jumlahnya dapat melebihi peserta."),
    )


def gaps(at: Now, name: str = "kesenjangan", **where: Collection[int | str]) -> Chart:
    """Of those ever covered, who still is: by sex, and by disability."""
    rows: list[dict[str, Any]] = []
    for dimension, titles in (("sex", SEXES), ("disability", DISABILITIES)):
        lines = {one[dimension]: one for one in told((at.month,), ("active", "ever"), (dimension,), **where)}
        for key, title in titles.items():
            one = lines.get(key)
            if one and one["active"] and (one["ever"] or 0) >= LEAST_SHARED:
                share = round(100 * one["active"] / one["ever"], 1)
                group = _("Jenis kelamin") if dimension == "sex" else _("Disabilitas")
                rows.append(
                    {"who": _(title), "group": group, "active": one["active"], "ever": one["ever"], "percent": min(share, 100.0)}
                )
    spec = {
        "height": {"step": 26},
        "encoding": {
            "y": {"field": "who", "type": "nominal", "sort": None, "title": None},
            "x": {"field": "percent", "type": "quantitative", "title": None, "axis": None, "scale": {"domain": [0, 115]}},
        },
        "layer": [
            {"mark": "bar", "encoding": {"color": {"field": "group", "type": "nominal", "sort": None}}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": {"field": "percent", "format": ".1f"}}},
        ],
    }
    columns = [
        Measure(_("Siapa"), "who"),
        Measure(_("Aktif"), "active", format_number, number=True),
        Measure(_("Pernah terlindungi"), "ever", format_number, number=True),
        Measure(_("Masih aktif"), "percent", words.percent, number=True),
    ]
    return _chart(
        at,
        name,
        _("Siapa yang masih terlindungi"),
        spec,
        columns,
        rows,
        text=_("Dari yang pernah terlindungi, bagian yang masih aktif, menurut jenis kelamin dan disabilitas."),
        note=_("Pembaginya orang dalam daftar ini, bukan semua pekerja: siapa yang belum pernah terdaftar tidak tampak di sini."),
    )


def _chart(
    at: Now,
    name: str,
    title: str,
    spec: Mapping[str, Any],
    columns: Sequence[Measure],
    rows: Sequence[Mapping[str, Any]],
    *,
    text: str,
    note: str = "",
) -> Chart:
    """A chart of the last night's cells, undrawn; its note ends with how small numbers are told."""
    return chart(
        name,
        title,
        spec,
        columns,
        rows,
        text=text,
        source=_("sel malam pemasangan ini"),
        status="registry",
        as_of=said.date(at.as_of),
        note=f"{note} {small_words()}".strip(),
        url=url(name),
        draw=False,
    )


def _each(counts: Iterable[tuple[str, int]]) -> str:
    """Who and how many, for the text of a chart."""
    return ", ".join(f"{who}: {format_number(persons)}" for who, persons in counts)


def small_words() -> str:
    """How people are kept from being found by these figures."""
    return _("Setiap angka dibulatkan sendiri ke puluhan; kurang dari 10 orang tidak disebut.")
