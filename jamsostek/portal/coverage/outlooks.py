"""Charts of where members are going and where the gaps are, each with an address of its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from jamsostek.core.rupiah import format_number
from jamsostek.core.text import N_, _
from jamsostek.coverage import inclusion
from jamsostek.coverage.denominators import latest
from jamsostek.coverage.inclusion import Division
from jamsostek.coverage.nation_history import Outlook, counts, outlook
from jamsostek.coverage.published import NATION, counted_with, figures, old_map
from jamsostek.portal.coverage import words
from jamsostek.portal.coverage.nation import persons_column, url
from jamsostek.portal.screens import Chart, Measure, chart, lines
from jamsostek.portal.screens.words import signed
from jamsostek.portal.templatetags.words import regions_name

MEMBERS_YEAR = "2025"
YEARS = [2016, 2020, 2025, 2030, 2035, 2040, 2045]
CAUSES = {"jobs": N_("Jenis pekerjaan"), "registering": N_("Cakupan di tiap jenis pekerjaan")}


def projection(told: Outlook | None = None, *, address: str = "") -> Chart:
    """Counts, the projection and the bounds of 80 of 100, year by year."""
    found = told or outlook()
    rows: list[dict[str, Any]] = [
        _row(_("Terbitan"), float(time), float(active), float(active), float(active))
        for time, active in zip(found.past.times, found.past.active, strict=True)
    ]
    ahead = _("Perkiraan")
    rows += [_row(ahead, one.time, one.middle, one.low_80, one.high_80) for one in found.told]
    spec = lines(
        {
            "field": "year",
            "type": "quantitative",
            "title": _("akhir tahun"),
            "axis": {"format": "d", "values": YEARS},
            "scale": {"zero": False, "nice": False},
        },
        {"field": "millions", "type": "quantitative", "title": _("juta peserta aktif")},
        "kind",
    )
    band = {
        "mark": {"type": "area", "opacity": 0.2},
        "transform": [{"filter": {"field": "kind", "equal": ahead}}],
        "encoding": {
            "x": spec["encoding"]["x"],
            "y": {"field": "low_millions", "type": "quantitative"},
            "y2": {"field": "high_millions"},
        },
    }
    columns = [
        Measure(_("Apa"), "kind"),
        Measure(_("Akhir"), "when"),
        persons_column(),
        Measure(_("Paling sedikit (80 %)"), "low", format_number, number=True),
        Measure(_("Paling banyak (80 %)"), "high", format_number, number=True),
    ]
    text = _("Menurut cara yang paling tepat di masa lalu, {goal_year} {middle} dengan rentang {low} sampai {high}.").format(
        goal_year=2030, middle=words.millions(round(found.at(2030).middle)), low=words.millions(round(found.at(2030).low_80)),
        high=words.millions(round(found.at(2030).high_80)),
    )  # fmt: skip
    return chart(
        "proyeksi", _("Peserta aktif ke tahun 2045"), {"layer": [band, spec]}, columns, rows, text=text, source=_sources(),
        status="estimate", url=address or url("proyeksi"), draw=False,
    )  # fmt: skip


def _row(kind: str, time: float, persons: float, low: float, high: float) -> dict[str, Any]:
    month = round((time - int(time)) * 12)
    year = int(time) if month else int(time) - 1
    return {
        "kind": kind, "year": round(time - 1, 3), "when": words.moment(f"{year}-{month or 12:02d}"),
        "persons": round(persons), "low": round(low), "high": round(high),
        "millions": persons / words.MILLION, "low_millions": low / words.MILLION, "high_millions": high / words.MILLION,
    }  # fmt: skip


def _sources() -> str:
    return ", ".join(sorted({name for one in counts() for name in one.source.split()}))


@cache
def provinces() -> tuple[tuple[int, Division], ...]:
    """Every province of the published map beside the nation, the largest gap below it first."""
    nation = place(NATION)
    found = [(code, inclusion.divide(place(code), nation)) for code in old_map()]
    return tuple(sorted(found, key=lambda one: one[1].gap))


def place(region: int) -> inclusion.Group:
    """A province, or the nation as their sum: people at work and members by domicile, with and without an employer."""
    codes = old_map() if region == NATION else [region]
    active = [sum(_members(code, segment) for code in codes) for segment in ("PU", "BPU")]
    at_work = [latest("formal", region=region), latest("informal", region=region)]
    return inclusion.two_steps(regions_name(region) if region else _("Indonesia"), at_work, active)


def _members(region: int, segment: str) -> int:
    found = figures("members", "active", segment=segment, region=region)
    return int(next(one.value for one in found if one.as_of == MEMBERS_YEAR and one.basis == "domicile") or 0)


def gaps() -> Chart:
    """Each province's distance from the nation, in points, and how much of it is that other jobs are done there."""
    rows = [
        {
            "province": place_name(code), "part": _(title), "points": round(100 * division.parts[name], 2),
            "gap": round(100 * division.gap, 2),
        }
        for code, division in provinces()
        for name, title in CAUSES.items()
    ]  # fmt: skip
    spec = {
        "mark": "bar",
        "encoding": {
            "y": {"field": "province", "type": "nominal", "sort": None, "title": None},
            "x": {"field": "points", "type": "quantitative", "title": _("poin persen dari angka Indonesia")},
            "color": {"field": "part", "type": "nominal", "sort": None},
        },
    }
    columns = [
        Measure(_("Provinsi"), "province"),
        Measure(_("Sebab"), "part"),
        Measure(_("Poin persen"), "points", lambda value: signed(value, 2), number=True),
    ]
    first, last = provinces()[0], provinces()[-1]
    text = _("Terjauh di bawah: {first}, {low} poin; terjauh di atas: {last}, {high} poin.").format(
        first=place_name(first[0]), low=signed(100 * first[1].gap, 1), last=place_name(last[0]), high=signed(100 * last[1].gap, 1)
    )
    return chart(
        "celah-provinsi", _("Mengapa cakupan provinsi berbeda"), spec, columns, rows, text=text, source="S06", status="derived",
        as_of="2025", height=700, url=url("celah-provinsi"), draw=False,
    )  # fmt: skip


def place_name(code: int) -> str:
    """A province, and whether others are counted in it."""
    return regions_name(code) + (" *" if len(counted_with(code)) > 1 else "")
