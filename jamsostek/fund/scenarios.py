"""The parameters of the stress tests: data/stress.yaml, dated, with source and grade; what a reader changed; what the law
pays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jamsostek import law
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import N_, _, language
from jamsostek.fund.stress import Assumed, Floor
from jamsostek.law import NoLawError

FILE = Path(__file__).parent / "data" / "stress.yaml"
TITLES = {
    "market": N_("Pasar jatuh"), "rates": N_("Suku bunga naik"), "layoffs": N_("PHK besar-besaran"),
    "pandemic": N_("Pandemi"), "quake": N_("Gempa di satu wilayah"), "combined": N_("Pasar, bunga, PHK, dan pandemi bersamaan"),
}  # fmt: skip
GROUPS = {
    "haircut.": N_("Biaya menjual segera"), "fall.": N_("Pasar jatuh"), "rates.": N_("Suku bunga naik"),
    "layoffs.": N_("PHK besar-besaran"), "pandemic.": N_("Pandemi"), "quake.": N_("Gempa di satu wilayah"),
    "floor.": N_("Kapan dianggap putus"), "": N_("Arus kas"),
}  # fmt: skip
"""Parameters that begin so, under one heading; the last takes the rest."""
GRADES = {
    "secondary": N_("dibaca di artikel"), "derived": N_("dihitung dari angka yang dibaca"), "memory": N_("dari ingatan"),
    "assumed": N_("anggapan sistem ini"),
}  # fmt: skip
MOST = {"market": 10.0, "rates": 10.0, "layoffs": 10.0, "pandemic": 50.0, "quake": 100.0, "combined": 10.0}
"""How many times as severe is still tried."""
MEMBERS_MOST = 300_000_000


@dataclass(frozen=True)
class Parameter:
    """One figure as it stands on a day, and within what it may be changed."""

    id: str
    titles: Mapping[str, str]
    unit: str
    value: int
    grade: str
    source: str
    since: dt.date
    least: int
    most: int

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.titles[language()]


@cache
def _read() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def parameters(on: dt.date) -> dict[str, Parameter]:
    """Every parameter on a day; of a day before the figures begin, the first of each."""
    found = {}
    for one in _read():
        row = next((row for row in reversed(one["rows"]) if row["from"] <= on), one["rows"][0])
        found[one["id"]] = Parameter(
            one["id"],
            one["title"],
            one["unit"],
            row["value"],
            row["grade"],
            row["source"],
            row["from"],
            one["least"],
            one["most"],
        )
    return found


def group_of(name: str) -> str:
    """Under which heading a parameter stands."""
    return next(start for start in GROUPS if name.startswith(start))


def checked(on: dt.date, changed: Mapping[str, int]) -> dict[str, int]:
    """The parameters of a day with what a reader changed; `InputError` for one that is unknown or out of bounds."""
    known = parameters(on)
    for name, value in changed.items():
        if name not in known:
            raise unknown_name(_("Parameter"), name, known)
        one = known[name]
        if not one.least <= value <= one.most:
            raise InputError(
                _("{title} harus antara {least} dan {most}.").format(title=one.title, least=one.least, most=one.most),
                field=name, value=value, remedy=_("Pakai angka di antaranya, dalam satuan parameternya."),
            )  # fmt: skip
    return {name: one.value for name, one in known.items()} | dict(changed)


def assumed(on: dt.date, changed: Mapping[str, int], *, members: int, wage_members: int) -> Assumed:
    """Everything a scenario asks for: the parameters, what the law pays at the average wage on that day, members of the region
    and of the JKP fund."""
    values = checked(on, changed)
    wage = values["wage_rupiah"]
    jkk = law.calculate("benefit.jkk.death", date=on.isoformat(), wage_rupiah=wage)["total_rupiah"]
    jkm = law.calculate("benefit.jkm.death", date=on.isoformat())["total_rupiah"]
    made = {
        **values, "quake.members": members, "members.wage": wage_members, "law.jkk_death_rupiah": jkk,
        "law.jkm_death_rupiah": jkm, "law.jkp_rupiah": jkp_rupiah(on, wage),
    }  # fmt: skip
    return Assumed(made)


def jkp_rupiah(on: dt.date, wage_rupiah: int) -> int:
    """What JKP pays in cash to one who stays without work for all months of the law."""
    try:
        return int(law.calculate("benefit.jkp", date=on.isoformat(), wage_rupiah=wage_rupiah)["total_rupiah"])
    except NoLawError:
        return 0


def haircuts(given: Assumed) -> dict[str, int]:
    """Haircuts in ppm by asset class."""
    return given.by_class("haircut.")


def floors(fund: str, given: Assumed) -> tuple[Floor, ...]:
    """What counts as broken in a fund."""
    own = Floor("funding", given["floor.jht_ppm"]) if fund == "jht" else Floor("claim_months", given[f"floor.{fund}_months"])
    return (own, Floor("short"), Floor("empty"))
