"""A report in words: tables and graphs of its parts, in the reader's language, the same for page, workbook and paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jamsostek.core.months import last_day
from jamsostek.core.rupiah import PPM, format_decimal, format_number
from jamsostek.core.text import N_, _, day_words, language
from jamsostek.fund.choices import CLASSES
from jamsostek.fund.models import Report
from jamsostek.fund.reports import building
from jamsostek.fund.reports.held import YIELDS
from jamsostek.ledger.chart import FUND_TITLES, KINDS, PROGRAMMES

NOTHING = "–"
_MONTHS = (
    N_("Januari"), N_("Februari"), N_("Maret"), N_("April"), N_("Mei"), N_("Juni"), N_("Juli"), N_("Agustus"),
    N_("September"), N_("Oktober"), N_("November"), N_("Desember"),
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """A cell that names an account of the ledger: what it is called, and its code."""

    text: str
    code: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Percent:
    """A share in ppm, shown with so many digits."""

    ppm: int
    digits: int = 1

    def __str__(self) -> str:
        return f"{format_decimal(self.ppm * 100 / PPM, self.digits)} %"


Cell = str | int | Account | Percent | None
"""Whole numbers are rupiah or counts."""


@dataclass(frozen=True)
class Block:
    """A table: `numbers` are the places of columns that hold figures; `total` a last line; `note` a sentence below it."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: frozenset[int]
    total: Sequence[Cell] = ()
    note: str = ""


@dataclass(frozen=True)
class Graph:
    """A drawing: Vega-Lite without data, its rows, which columns its table has, and what it shows in a sentence."""

    name: str
    title: str
    spec: Mapping[str, Any]
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Mapping[str, Any]]
    text: str


def shown(cell: Cell) -> str:
    """A cell as a reader sees it."""
    if cell is None:
        return NOTHING
    if isinstance(cell, int):
        return format_number(cell) if cell >= 0 else f"−{format_number(-cell)}"
    return str(cell)


def month_words(month: int) -> str:
    """`202603` -> `Maret 2026`."""
    return f"{_(_MONTHS[month % 100 - 1])} {month // 100}"


def fund_words(fund: str) -> str:
    """`jkk` -> `Dana JKK`."""
    return _(FUND_TITLES[fund])


def title_of(report: Report) -> str:
    """What a report is called."""
    if report.kind == "annual":
        return _("Laporan tahunan kepada peserta {year}").format(year=report.period)
    return _("Laporan {fund} {month}").format(fund=fund_words(report.fund), month=month_words(report.period))


def subtitle_of(report: Report) -> str:
    """Its edition, and up to which day it tells."""
    day = day_words(last_day(building.last_month(report)))
    return _("Edisi {edition}, keadaan {day}").format(edition=report.edition, day=day)


# --- a fund's month ---------------------------------------------------------------------------------------------------------


def monthly(parts: Mapping[str, Any]) -> list[Block]:
    """Tables of a month, of the parts that are made."""
    found: list[Block] = []
    for name, build in (
        ("position", _position), ("changes", _changes), ("portfolio", _portfolio), ("limits", _limits), ("cover", _cover),
        ("yields", _yields),
    ):  # fmt: skip
        if name in parts:
            found += build(parts[name])
    return found


def _columns(months: Mapping[str, int]) -> list[str]:
    return [month_words(months[name]) for name in ("now", "before", "year_ago")]


def _three(told: Mapping[str, int]) -> list[Cell]:
    return [told["now"], told["before"], told["year_ago"]]


def _position(told: Mapping[str, Any]) -> list[Block]:
    figures = frozenset({1, 2, 3})
    made = []
    for kind in ("asset", "liability"):
        rows = [[Account(row["title"][language()], row["code"]), *_three(row)] for row in told["rows"] if row["kind"] == kind]
        made.append(
            Block(
                _(KINDS[kind]),
                [_("Akun"), *_columns(told["months"])],
                rows,
                figures,
                [_("Jumlah"), *_three(told["totals"][kind])],
            )
        )
    worth: list[Sequence[Cell]] = [[_("Aset bersih"), *_three(told["worth"])]]
    return [*made, Block(_("Aset bersih"), ["", *_columns(told["months"])], worth, figures)]


def _changes(told: Mapping[str, Any]) -> list[Block]:
    figures = frozenset({1, 2, 3})
    rows: list[Sequence[Cell]] = [[_("Aset bersih awal bulan"), *_three(told["opening"])]]
    rows += [[Account(row["title"][language()], row["code"]), *_three(row)] for row in told["rows"]]
    made = [
        Block(
            _("Perubahan aset bersih"), [_("Akun"), *_columns(told["months"])], rows, figures,
            [_("Aset bersih akhir bulan"), *_three(told["closing"])],
            _("Beban bertanda minus. Saldo awal dan perubahannya menjumlah ke saldo akhir."),
        )
    ]  # fmt: skip
    if told["members"]:
        lines = (
            ("opening", _("Saldo awal"), 1), ("contributions", _("Iuran masuk"), 1), ("credited", _("Hasil dikreditkan"), 1),
            ("paid", _("Dibayarkan"), -1),
        )  # fmt: skip
        members = told["members"]
        own = [[text, *(sign * members[at][name] for at in ("now", "before", "year_ago"))] for name, text, sign in lines]
        closing = [_("Saldo akhir"), *(members[at]["closing"] for at in ("now", "before", "year_ago"))]
        made.append(Block(_("Saldo JHT peserta"), ["", *_columns(told["months"])], own, figures, closing))
    return made


def _portfolio(told: Mapping[str, Any]) -> list[Block]:
    heads = [_("Nilai tercatat"), _("Nilai pasar"), _("Bunga berjalan"), _("Bagian")]
    figures = frozenset({1, 2, 3, 4})

    def block(title: str, first: str, rows: Sequence[Mapping[str, Any]], name: Any, note: str = "") -> Block:
        lines = [[name(row["name"]), row["carried"], row["market"], row["accrued"], Percent(row["share_ppm"])] for row in rows]
        whole = told["whole"]
        total: list[Cell] = [
            _("Jumlah"),
            whole["carried"],
            whole["market"],
            whole["accrued"],
            Percent(PPM if whole["carried"] else 0),
        ]
        return Block(title, [first, *heads], lines, figures, total if title != _("Penerbit terbesar") else (), note)

    if not told["papers"]:
        return [Block(_("Portofolio"), [_("Kelas"), *heads], [], figures, (), _("Tidak ada investasi pada akhir bulan ini."))]
    note = _("Efek dan harganya contoh rekaan untuk peragaan.") if told["invented"] else ""
    return [
        block(_("Portofolio menurut kelas"), _("Kelas"), told["classes"], lambda name: _(CLASSES[name]), note),
        block(_("Penerbit terbesar"), _("Penerbit"), told["issuers"], str),
        block(_("Portofolio menurut jatuh tempo"), _("Kembali"), told["terms"], _),
    ]


def _limits(told: Mapping[str, Any]) -> list[Block]:
    rows: list[Sequence[Cell]] = [
        [
            row["title"][language()], row["subject"] or NOTHING, Percent(row["share_ppm"]), Percent(row["limit_ppm"]),
            row["room"],
            _("Dilampaui") if row["broken"] else _("Ditaati"), f"{row['regulation']} {row['article']}".strip(),
        ]
        for row in told["rows"]
    ]  # fmt: skip
    heads = [_("Batas"), _("Paling dekat"), _("Sekarang"), _("Batasnya"), _("Sisa ruang"), _("Keadaan"), _("Dasar")]
    return [Block(_("Batas investasi"), heads, rows, frozenset({2, 3, 4}))]


def _cover(told: Mapping[str, Any]) -> list[Block]:
    months = (
        NOTHING if told["claim_months"] is None else _("{number} bulan").format(number=format_decimal(told["claim_months"], 1))
    )
    rows: list[Sequence[Cell]] = [
        [_("Klaim dan pensiun dua belas bulan terakhir"), told["past_outgo"]],
        [_("Ketahanan membayar klaim"), months],
        [_("Rasio kecukupan"), None if told["funding_ppm"] is None else Percent(told["funding_ppm"])],
        [_("Dapat dijadikan kas"), told["liquid"]],
        [_("Keluar dua belas bulan ke depan, perkiraan"), told["outgo"]],
        [_("Likuiditas"), None if told["liquid_ppm"] is None else Percent(told["liquid_ppm"], 0)],
    ]
    return [Block(_("Ketahanan"), [_("Ukuran"), _("Nilai")], rows, frozenset({1}))]


def _yields(told: Mapping[str, Any]) -> list[Block]:
    if not told["rows"]:
        return []
    names = ("month_ppm", "year_to_date_ppm")
    rows: list[Sequence[Cell]] = [
        [_(YIELDS[row["id"]]), *(None if row[name] is None else Percent(row[name], 2) for name in names)] for row in told["rows"]
    ]
    rows.append([_("Hasil investasi, rupiah"), told["gained"]["month"], told["gained"]["year_to_date"]])
    note = _("Bagian dari masanya, bukan setahun; menurut nilai tercatat.")
    return [Block(_("Imbal hasil"), [_("Ukuran"), _("Sebulan"), _("Tahun berjalan")], rows, frozenset({1, 2}), (), note)]


# --- the year of all funds ----------------------------------------------------------------------------------------------------


def annual(parts: Mapping[str, Any]) -> list[Block]:
    """Tables of a year, of the parts that are made."""
    told = [parts[fund] for fund in PROGRAMMES if fund in parts]
    names = (
        ("opening", _("Aset bersih pada awal tahun"), 1), ("brought", _("Modal awal pembukuan"), 1),
        ("contributions", _("Iuran masuk"), 1),
        ("fines", _("Denda"), 1), ("earned", _("Hasil investasi"), 1), ("paid", _("Dibayarkan kepada peserta dan keluarga"), -1),
        ("credited", _("Hasil yang dikreditkan kepada peserta JHT"), -1), ("closing", _("Aset bersih"), 1),
        ("owed_members", _("Saldo JHT milik peserta"), 1),
    )  # fmt: skip
    rows = [[text, *(sign * one[name] for one in told)] for name, text, sign in names if any(one[name] for one in told)]
    figures = frozenset(range(1, len(told) + 1))
    made = [
        Block(
            _("Tahun ini menurut dana"), ["", *(fund_words(one["fund"]) for one in told)], rows, figures, (),
            _("Iuran JHT menambah saldo peserta, bukan aset bersih dananya; begitu pula yang dibayarkan dari saldo itu."),
        )
    ]  # fmt: skip
    if "declared" in parts:
        rates = [
            [month_words(row["month"]), None if row["ppm"] is None else Percent(row["ppm"], 2), _standing(row)]
            for row in parts["declared"]["rows"]
        ]
        made.append(
            Block(_("Hasil JHT yang ditetapkan, setahun"), [_("Bulan"), _("Tingkat"), _("Sumber")], rates, frozenset({1}))
        )
    return made


def _standing(row: Mapping[str, Any]) -> str:
    """Where a declared rate stands."""
    if row["ppm"] is None:
        return _("belum ditetapkan")
    if row["invented"]:
        return f"{row['source']} ({_('contoh rekaan')})"
    return row["source"] or _("data hukum")


# --- graphs ---------------------------------------------------------------------------------------------------------------------


def graphs(report: Report, parts: Mapping[str, Any]) -> list[Graph]:
    """Drawings of a report, of the parts that are made."""
    found: list[Graph] = []
    if "portfolio" in parts and parts["portfolio"]["papers"]:
        found.append(_classes(parts["portfolio"]))
    if "cover" in parts and parts["cover"]["history"]:
        found.append(_flows("arus-laporan", fund_words(report.fund), parts["cover"]["history"]))
    funds = [one for one in PROGRAMMES if report.kind == "annual" and one in parts and parts[one]["months"]]
    return found + [_flows(f"arus-{fund}", fund_words(fund), parts[fund]["months"]) for fund in funds]


def _classes(told: Mapping[str, Any]) -> Graph:
    rows = [{"class": _(CLASSES[row["name"]]), "billions": round(row["carried"] / 1e9, 3)} for row in told["classes"]]
    spec = {
        "mark": "bar",
        "encoding": {
            "x": {"field": "billions", "type": "quantitative", "title": _("miliar rupiah")},
            "y": {"field": "class", "type": "nominal", "sort": None, "title": None},
        },
    }
    text = _("Terbanyak: {name}, {share} dari investasi.")
    top = max(told["classes"], key=lambda row: row["carried"])
    return Graph(
        "kelas-laporan", _("Investasi menurut kelas"), spec, [(_("Kelas"), "class"), (_("Miliar rupiah"), "billions")], rows,
        text.format(name=_(CLASSES[top["name"]]), share=Percent(top["share_ppm"])),
    )  # fmt: skip


def _flows(name: str, title: str, months: Sequence[Mapping[str, int]]) -> Graph:
    kinds = {"in": _("Masuk"), "out": _("Dibayarkan")}
    rows = [
        {
            "month": month_words(row["month"]), "day": f"{row['month'] // 100}-{row['month'] % 100:02d}-01T12:00:00",
            "kind": kinds[kind], "billions": round(row[kind] / 1e9, 3),
        }
        for row in months
        for kind in kinds
    ]  # fmt: skip
    x = {"field": "day", "type": "temporal", "timeUnit": "yearmonth", "title": None, "axis": {"format": "%b %y", "tickCount": 6}}
    spec = {
        "mark": "bar",
        "encoding": {
            "x": x, "y": {"field": "billions", "type": "quantitative", "title": _("miliar rupiah")},
            "color": {"field": "kind", "type": "nominal", "sort": None}, "xOffset": {"field": "kind", "sort": None},
        },
    }  # fmt: skip
    came, paid = sum(row["in"] for row in months), sum(row["out"] for row in months)
    text = _("{first} sampai {last}: masuk {came} miliar rupiah, dibayarkan {paid} miliar rupiah.").format(
        first=month_words(months[0]["month"]), last=month_words(months[-1]["month"]), came=format_decimal(came / 1e9, 1),
        paid=format_decimal(paid / 1e9, 1),
    )  # fmt: skip
    return Graph(
        name, _("{fund}: iuran masuk dan yang dibayarkan").format(fund=title), spec,
        [(_("Bulan"), "month"), (_("Arus"), "kind"), (_("Miliar rupiah"), "billions")], rows, text,
    )  # fmt: skip


def blocks(report: Report, parts: Mapping[str, Any]) -> list[Block]:
    """All tables of a report."""
    return annual(parts) if report.kind == "annual" else monthly(parts)
