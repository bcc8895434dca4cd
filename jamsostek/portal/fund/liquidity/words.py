"""How liquidity and stress are told in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jamsostek.core.months import add_months
from jamsostek.core.rupiah import PPM, format_decimal, format_number, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.coverage.published import figures
from jamsostek.fund import scenarios
from jamsostek.fund.scenarios import Parameter
from jamsostek.portal.fund.frame import fund_title
from jamsostek.portal.screens import Tag
from jamsostek.portal.screens.words import NOTHING, month, short_rupiah

UNITS = {"months": N_("{number} bulan"), "count": N_("{number} orang")}
WHAT = {
    "claim_months": N_("ketahanan membayar klaim turun di bawah {least} bulan"),
    "funding": N_("rasio kecukupan turun di bawah {least}"),
    "short": N_("kas tidak cukup dan harus menjual investasi"),
    "empty": N_("kas habis walau semua investasi dijual"),
}
_LEADING = {
    "market": ("fall.equity", N_("harga saham turun {value}, dan harga lain sebanding")),
    "rates": ("rates.rise", N_("imbal hasil obligasi naik {value} poin")),
    "layoffs": ("layoffs.share", N_("{value} pekerja kehilangan pekerjaan")),
    "pandemic": ("pandemic.deaths", N_("kematian bertambah {value}")),
    "quake": ("quake.deaths", N_("{value} peserta wilayah itu meninggal, dan yang luka sebanding")),
}  # fmt: skip


def signed_rupiah(amount: int) -> str:
    """A short amount of either sign."""
    return short_rupiah(amount, 2) if amount >= 0 else f"−{short_rupiah(-amount, 2)}"


def exact(amount: int) -> str:
    """A whole amount of either sign."""
    return format_rupiah(amount) if amount >= 0 else f"−{format_rupiah(-amount)}"


def percent(ppm: int | None, digits: int = 1) -> str:
    """`951999` -> `95,2 %`."""
    return NOTHING if ppm is None else f"{format_decimal(ppm * 100 / PPM, digits)} %"


def months_long(months: float | None) -> str:
    """How long claims could be paid."""
    return NOTHING if months is None else _("{number} bulan").format(number=format_decimal(months, 1))


def value(one: Parameter, amount: int) -> str:
    """A parameter's value with its unit."""
    if one.unit == "rupiah":
        return format_rupiah(amount)
    if one.unit == "ppm":
        return percent(amount, 2)
    return _(UNITS[one.unit]).format(number=format_number(amount))


def grade(name: str) -> Tag:
    """How well a parameter is known."""
    return Tag(_(scenarios.GRADES[name]), "warn" if name in ("assumed", "memory") else "info")


def when(at: int | None, first: int) -> str:
    """A month of the forecast by its place; a dash for never."""
    return NOTHING if at is None else month(add_months(first, at))


def scenario(name: str) -> str:
    """What a scenario is called."""
    return _(scenarios.TITLES[name])


def broken(one: Mapping[str, Any], of: str, used: Mapping[str, int]) -> str:
    """What breaks a fund, in a sentence: `Dana JHT: rasio … bila harga saham turun 22,4 %`."""
    least = percent(int(one["least"]), 1) if one["what"] == "funding" else format_decimal(one["least"], 0)
    said = _(WHAT[one["what"]]).format(least=least)
    title = fund_title(one["fund"])
    if one["severity"] is None:
        return _("{fund}: tidak terjadi, bahkan bila {most} kali separah anggapan ({what}).").format(
            fund=title, what=said, most=format_decimal(one["most"], 0)
        )
    if one["severity"] == 0:
        return _("{fund}: {what} sekarang juga, tanpa guncangan apa pun.").format(fund=title, what=said)
    return _("{fund}: {what} bila {cause} ({times} kali anggapan).").format(
        fund=title, what=said, cause=_cause(of, one["severity"], used), times=format_decimal(one["severity"], 2)
    )


def _cause(of: str, severity: float, used: Mapping[str, int]) -> str:
    if of == "combined":
        return _("semuanya datang bersamaan")
    name, text = _LEADING[of]
    moved = round(used[name] * severity)
    shown = percent(min(moved, PPM) if name not in ("pandemic.deaths", "rates.rise") else moved, 2)
    return _(text).format(value=shown)


def published(fund: str) -> str:
    """What was published of a fund's cover, newest figure of each kind, with its source."""
    measures = ("jht_funding_ratio", "jht_solvency") if fund == "jht" else ("claim_paying_ability",)
    found = []
    for measure in measures:
        rows = [one for one in figures("funds", measure, segment=fund.upper()) if one.value is not None]
        found += [_published(float(one.value or 0), one.unit, one.as_of, one.source) for one in rows]
    return "; ".join(found) or NOTHING


def _published(amount: float, unit: str, as_of: str, source: str) -> str:
    shown = (
        f"{format_decimal(amount, 1)} %" if unit == "percent" else _("{number} bulan").format(number=format_decimal(amount, 0))
    )
    at = month(int(as_of.replace("-", ""))) if "-" in as_of else as_of
    return f"{shown} ({at}, {source})"
