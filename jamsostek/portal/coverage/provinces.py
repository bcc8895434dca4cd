"""Charts of the provinces: ranked by a definition, and each by itself; and what is said of those counted together."""

from __future__ import annotations

from typing import Any

from jamsostek.core.regions import PROVINCES
from jamsostek.core.rupiah import format_number
from jamsostek.core.text import _
from jamsostek.coverage.published import figures
from jamsostek.coverage.shares import LABOUR_FORCE, OFFICE, WAYS, WORKERS, Share, share, spread
from jamsostek.portal.coverage import words
from jamsostek.portal.coverage.nation import cited, persons_column, url
from jamsostek.portal.screens import Chart, Measure, chart


def ranking(key: str) -> Chart:
    """The provinces by a definition, with the range that other years and denominators give."""
    definition = WAYS[key]
    found = [(code, share(key, code), spread(code)) for code in PROVINCES if PROVINCES[code].parent_before_2022 is None]
    told = sorted(((code, one, reach) for code, one, reach in found if one and reach), key=lambda line: -line[1].percent)
    with_range = key in (WORKERS, LABOUR_FORCE)
    rows: list[dict[str, Any]] = [
        {
            "place": place_name(one),
            "region": code,
            "active": one.active,
            "eligible": one.eligible,
            "percent": float(round(one.percent, 4)),
            "low": float(round(reach[0], 4)) if with_range else None,
            "high": float(round(reach[1], 4)) if with_range else None,
        }
        for code, one, reach in told
    ]
    y = {
        "field": "place",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"grid": False, "labelPadding": 4, "titleY": 0, "labelLimit": 150},
    }
    x = {"field": "percent", "type": "quantitative", "title": _("persen"), "axis": {"grid": True, "orient": "top"}}
    spec = {
        "height": {"step": 17},
        "encoding": {"y": y},
        "layer": [
            *(
                [
                    {
                        "mark": {"type": "rule", "strokeWidth": 5, "color": "var(--line)"},
                        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}},
                    }
                ]
                if with_range
                else []
            ),
            {"mark": {"type": "point", "size": 60}, "encoding": {"x": x}},
        ],
    }
    shown = lambda value: words.percent(value)  # noqa: E731  the default digits
    columns = [
        Measure(_("Provinsi"), "place"),
        Measure(_("Peserta aktif"), "active", format_number, number=True),
        Measure(_("Pembagi"), "eligible", format_number, number=True),
        Measure(_("Cakupan"), "percent", shown, number=True),
        *(
            [Measure(_("Terendah"), "low", shown, number=True), Measure(_("Tertinggi"), "high", shown, number=True)]
            if with_range
            else []
        ),
    ]
    top, bottom = rows[0], rows[-1]
    return chart(
        f"peringkat-{key}",
        _("Provinsi menurut cakupan: {definition}").format(definition=_(definition.title).lower()),
        spec,
        columns,
        rows,
        text=_("Tertinggi {top} {most}, terendah {bottom} {least}.").format(
            top=top["place"], most=words.percent(top["percent"]), bottom=bottom["place"], least=words.percent(bottom["percent"])
        ),
        source=cited(["C09", "S06"] if key == OFFICE else ["S06"]),
        source_lang="en",
        status="derived",
        as_of=_("2025; pembagi Agustus 2025"),
        url=url(f"peringkat-{key}"),
        draw=False,
        note=" ".join((range_words() if with_range else "", papua_words(), _(definition.note))).strip(),
    )


def range_words() -> str:
    """What the range of a province is, and what it is not."""
    return _(
        "Batang abu-abu: terendah dan tertinggi dari empat hitungan (peserta 2024 dan 2025, dibagi penduduk bekerja dan angkatan "
        "kerja). Galat sampling Sakernas tidak ada dalam data terbitan, jadi ini bukan selang kepercayaan."
    )


def papua_words() -> str:
    """Where the members of the four provinces of 2022 are counted."""
    return _(
        "Peserta di empat provinsi baru tahun 2022 masih dihitung dalam Papua dan Papua Barat, maka pembaginya juga digabung."
    )


def short_name(code: int) -> str:
    """A province's name as people say it: `Daerah Khusus Ibukota Jakarta` -> `DKI Jakarta`."""
    name = PROVINCES[code].name
    for long, short in (("Daerah Khusus Ibukota", "DKI"), ("Daerah Istimewa", "DI"), ("Kepulauan", "Kep.")):
        name = name.replace(long, short)
    return name


def place_name(one: Share) -> str:
    """A province with those counted in it."""
    name = short_name(one.region)
    return _("{name} (lama)").format(name=name) if len(one.counted_with) > 1 else name


def province(code: int) -> Chart:
    """A province's members by domicile in the years that were printed."""
    told = [
        one
        for one in figures("members", "active", region=code)
        if one.value is not None and one.basis == "domicile" and one.segment in ("PU", "BPU")
    ]
    rows: list[dict[str, Any]] = [
        {
            "when": one.as_of,
            "segment": words.segment(one),
            "persons": int(one.value or 0),
            "thousands": float(one.value or 0) / 1000,
        }
        for one in told
    ]
    spec = {
        "mark": "bar",
        "encoding": {
            "x": {"field": "when", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "y": {"field": "thousands", "type": "quantitative", "title": _("ribu orang")},
            "xOffset": {"field": "segment", "sort": None},
            "color": {"field": "segment", "type": "nominal", "sort": None},
        },
    }
    columns = [
        Measure(_("Tahun"), "when"),
        Measure(_("Segmen"), "segment"),
        persons_column(),
    ]
    return chart(
        f"provinsi-{code}",
        _("Peserta aktif di {name} menurut domisili").format(name=PROVINCES[code].name),
        spec,
        columns,
        rows,
        text=_("Penerima upah dan bukan penerima upah pada tahun-tahun yang pernah dicetak."),
        source=cited(["S06"]),
        source_lang="en",
        status="verified",
        as_of=_("akhir tahun; bulan pada 2025 tidak disebut"),
        url=url(f"provinsi-{code}"),
        draw=False,
        height=220,
    )
