"""A plain value of the law as a person reads it in its unit: rupiah, per cent, days, choices, tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from jamsostek.core.rupiah import format_number, format_percent, format_rupiah, separated
from jamsostek.core.text import _
from jamsostek.law.engine import NO_DATE, NONE
from jamsostek.law.figures import Parameter
from jamsostek.law.labels import CHOICES, choice, key_label, label, options, text_label

_UNIT_BY_SUFFIX = (
    ("_rupiah", "rupiah"), ("_ppm", "ppm"), ("_permille", "permille"), ("_day", "date"), ("_date", "date"), ("_months", "months"),
    ("_years", "years"),
)  # fmt: skip
_UNIT_BY_NAME = {
    "annual_rate": "ppm", "density": "ppm", "vat_rate": "ppm", "inflation_percent": "ppm", "inflation": "ppm", "rupiah": "rupiah",
    "permille": "permille", "loss": "loss", "sum_parts": "disability_parts", "parts": "disability_parts", "day_ppm": "day_ppm",
    "member": "flag", "jkp_member": "flag", "labour_intensive": "flag", "within": "flag", "tax_number": "flag",
    "full_right": "flag", "has_right": "flag", "left_handed": "flag", "swaps_sides": "flag", "per_step": "flag",
    "on_date": "date", "month": "month", "last_paid_month": "month", "year": "year", "first_year": "year",
    "months": "months", "months_late": "months", "months_already_paid_before_2025_02_07": "months", "up_to_months": "count",
    "days": "days", "days_late": "days", "days_in_month": "days", "days_in_year": "days", "movement_rupiah_days": "rupiah_days",
    "paid_on": "date", "relief_in_force": "flag", "industry_listed": "flag", "enough_workers": "flag", "paid_up": "flag",
    "years": "years", "kindergarten": "years", "primary": "years", "junior": "years",
    "senior": "years", "higher": "years", "band": "band",
}  # fmt: skip
NO_END = 10**6
"""A bound of a table from here on is no bound."""
SHORT_TABLE = 8
"""Tables of so many lines are shown whole."""


@cache
def unit_of(name: str) -> str:
    """The unit of an argument or column, read off its name; the unit of a choice is its own name."""
    if name in CHOICES:
        return name
    if name in _UNIT_BY_NAME:
        return _UNIT_BY_NAME[name]
    return next((unit for suffix, unit in _UNIT_BY_SUFFIX if name.endswith(suffix)), "count")


def in_unit(unit: str, value: Any) -> str:
    """A plain value as a person reads it in its unit; lists one after the other."""
    if unit == "rupiah" and type(value) is int:
        return format_rupiah(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(in_unit(unit, v) for v in value)
    if value is None:
        return "-"
    if isinstance(value, int) and value in (NONE, NO_DATE) and unit not in ("rupiah", "rupiah_days"):
        return _("tidak diisi")
    if unit in CHOICES:
        return ", ".join(choice(unit, name) for name in _chosen(unit, value))
    return _UNITS.get(unit, _as_text)(value)


def _chosen(unit: str, value: Any) -> list[str]:
    """The names behind a position (or, of several programmes, behind bits)."""
    if not isinstance(value, int):
        return [value]
    if unit == "programmes":
        return [name for bit, name in enumerate(options(unit)) if value >> bit & 1]
    return [options(unit)[value]]


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return text_label(value)
    return format_number(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def decimal(value: Decimal) -> str:
    """`Decimal("12.50")` -> `12,5`."""
    text = format(value, "f")
    return separated(text.rstrip("0").rstrip(".") if "." in text else text)


def _date(value: Any) -> str:
    return (dt.date(1970, 1, 1) + dt.timedelta(days=value)).isoformat() if isinstance(value, int) else str(value)


def _months(value: Any) -> str:
    return _("1 bulan") if value == 1 else _("{count} bulan").format(count=format_number(value))


def _days(value: Any) -> str:
    return _("1 hari") if value == 1 else _("{count} hari").format(count=format_number(value))


def _years(value: Any) -> str:
    return _("1 tahun") if value == 1 else _("{count} tahun").format(count=format_number(value))


def _band(value: Any) -> str:
    return _("golongan {number}").format(number=value + 1)


_UNITS: dict[str, Callable[[Any], str]] = {
    "rupiah": format_rupiah,
    "rupiah_days": lambda v: _("{rupiah} hari").format(rupiah=format_rupiah(v)),
    "ppm": format_percent,
    "permille": lambda v: format_percent(v * 1000),
    "disability_parts": lambda v: f"{decimal(Decimal(v).scaleb(-5))} %",
    "loss": lambda v: decimal(Decimal(v).scaleb(-4)),
    "flag": lambda v: _("ya") if v else _("tidak"),
    "date": _date,
    "year": str,
    "month": lambda v: f"{v // 100}-{v % 100:02d}",
    "months": _months,
    "days": _days,
    "years": _years,
    "working_days": lambda v: _("{count} hari kerja").format(count=format_number(v)),
    "hours": lambda v: _("{count} jam").format(count=format_number(v)),
    "day_ppm": lambda v: _("{count} hari").format(count=decimal(Decimal(v).scaleb(-6))),
    "band": _band,
    "index": _band,
    "index_product": decimal,
}


def value_text(parameter: Parameter, value: Any) -> str:
    """The whole value of a figure as its row has it, on one line; of a long table the number of lines."""
    if parameter.unit == "table" and len(value) > SHORT_TABLE:
        return _("tabel {count} baris").format(count=len(value))
    return ("; " if parameter.unit == "table" else ", ").join(value_lines(parameter, value))


def value_lines(parameter: Parameter, value: Any) -> list[str]:
    """One amount, an amount for each key, or the lines of a table."""
    if parameter.unit == "table":
        return [_line_text(parameter, line) for line in value]
    if isinstance(value, Mapping):
        return [f"{key_label(parameter.keys, key)} {in_unit(parameter.unit, value[key])}" for key in parameter.keys]
    if parameter.unit == "list":
        return [in_unit("text", one) for one in value]
    return [in_unit(parameter.unit, value)]


def _line_text(parameter: Parameter, line: Mapping[str, Any]) -> str:
    first, *rest = parameter.columns
    lead = _bound(first, line[first], parameter.columns[first])
    cells = [in_unit(parameter.columns[name], line[name]) for name in rest]
    named = cells if len(rest) == 1 else [f"{label(name)} {cell}" for name, cell in zip(rest, cells, strict=True)]
    return f"{lead}: {', '.join(named)}"


def _bound(name: str, value: Any, unit: str) -> str:
    """The first column of a line: what it is about, from where, or up to where it holds."""
    if name in CHOICES:
        return choice(name, value)
    if name.startswith("up_to_"):
        return _("seterusnya") if value >= NO_END else f"{label(name)} {in_unit(unit, value)}"
    own = unit_of(name) if unit == "count" else unit
    return f"{label(name)} {in_unit(own, value)}" if own in ("rupiah", "count") else in_unit(own, value)
