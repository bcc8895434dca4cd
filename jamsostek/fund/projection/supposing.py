"""What the projection supposes: figures and tables from dated YAML, each with source and grade; some replaced by whoever
runs it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import N_, _, language

Floats = NDArray[np.float64]
FOLDER = Path(__file__).with_name("assumptions")
FIRST, LAST = 2015, 2100
"""The first year that is gone through again, and the last projected."""
YEARS = tuple(range(FIRST, LAST + 1))
SEXES = ("male", "female")
SEGMENTS = ("formal_large", "formal_small", "public", "bpu", "construction")
FORMAL = ("formal_large", "formal_small", "public")
DIVISORS = {"percent": 100.0, "permille": 1000.0}
GRADES = {
    "secondary": N_("dibaca pada sumber kedua"), "derived": N_("dihitung dari angka terbit"), "memory": N_("dari ingatan"),
    "assumed": N_("anggapan"),
}  # fmt: skip
GROUPS = {
    "economy": N_("Ekonomi"), "people": N_("Orang"), "jp": N_("Jaminan pensiun"), "jht": N_("Jaminan hari tua"),
    "jkk": N_("Jaminan kecelakaan kerja"), "jkm": N_("Jaminan kematian"), "jkp": N_("Jaminan kehilangan pekerjaan"),
    "law": N_("Hukum kelak"), "chance": N_("Ketidakpastian"),
}  # fmt: skip
UNITS = {
    "percent": N_("persen"), "permille": N_("per seribu"), "years": N_("tahun"), "days": N_("hari"), "months": N_("bulan"),
    "rupiah": N_("rupiah"),
}  # fmt: skip


@dataclass(frozen=True)
class Assumption:
    """A figure that may be replaced: `value` in its unit, between `least` and `most`; `step` is that of the sensitivity table."""

    id: str
    group: str
    unit: str
    value: float
    least: float
    most: float
    step: float
    grade: str
    source: str
    titles: Mapping[str, str] = field(repr=False)

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.titles[language()]

    def checked(self, value: Any) -> float:
        """A value within the bounds; raises `InputError`."""
        try:
            found = float(value)
        except (TypeError, ValueError):
            found = float("nan")
        if not self.least <= found <= self.most:
            raise InputError(
                _("{title} harus antara {least} dan {most}.").format(title=self.title, least=self.least, most=self.most),
                field=self.id, value=value, remedy=_("Tulis angka dalam satuannya."),
            )  # fmt: skip
        return found


@cache
def base() -> Mapping[str, Assumption]:
    """The figures as they stand in the file, by id, in its order."""
    told = _yaml("scalars.yaml")["assumptions"]
    return {
        one["id"]: Assumption(
            one["id"], one["group"], one["unit"], float(one["value"]), float(one["least"]), float(one["most"]),
            float(one["step"]), one["grade"], one["source"], one["title"],
        )
        for one in told
    }  # fmt: skip


@cache
def _yaml(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def tables() -> Any:
    """Members, ages, wages, the past economy, the assets to begin with."""
    return _yaml("members.yaml")


def published() -> list[dict[str, Any]]:
    """What was published of the years behind."""
    found: list[dict[str, Any]] = _yaml("published.yaml")
    return found


def sources() -> list[dict[str, str]]:
    """Each table with its grade and source, for whoever asks where the figures come from."""
    found = [{"id": "mortality", "grade": _yaml("mortality.yaml")["grade"], "source": _yaml("mortality.yaml")["source"]}]
    found += [{"id": name, "grade": t["grade"], "source": t["source"]} for name, t in tables().items()]
    return found


@cache
def mortality() -> Floats:
    """Probabilities of death of the table: (sex, age 0 to 111)."""
    told = _yaml("mortality.yaml")
    return np.array([told["male"], told["female"]], dtype=np.float64)


@cache
def files_digest() -> str:
    """SHA-256 of every file of assumptions."""
    whole = b"".join(path.name.encode() + path.read_bytes() for path in sorted(FOLDER.glob("*.yaml")))
    return sha256(whole).hexdigest()


@dataclass(frozen=True)
class Supposed:
    """The assumptions of one run: the base with some figures replaced (`changed`, in their units)."""

    changed: Mapping[str, float] = field(default_factory=dict)

    def __getitem__(self, id: str) -> float:
        """A figure: shares as numbers (2.5 % is 0.025), others as they are."""
        one = base()[id]
        return self.in_unit(id) / DIVISORS.get(one.unit, 1.0)

    def in_unit(self, id: str) -> float:
        """A figure in its own unit."""
        return self.changed.get(id, base()[id].value)

    def values(self) -> dict[str, float]:
        """All figures in their units."""
        return {id: self.in_unit(id) for id in base()}

    @property
    def digest(self) -> str:
        """SHA-256 of every figure and table used."""
        told = json.dumps(self.values(), sort_keys=True)
        return sha256((files_digest() + told).encode()).hexdigest()

    def but(self, **changed: float) -> Supposed:
        """With further figures replaced; dots in ids are written as two underscores."""
        return Supposed({**self.changed, **{id.replace("__", "."): value for id, value in changed.items()}})


def suppose(changed: Mapping[str, Any] | None = None) -> Supposed:
    """The base with figures replaced; each is checked. Figures equal to the base are left out. Raises `InputError`."""
    found: dict[str, float] = {}
    for id, value in (changed or {}).items():
        one = base().get(id)
        if one is None:
            raise unknown_name(_("asumsi"), id, tuple(base()))
        checked = one.checked(value)
        if checked != one.value:
            found[id] = checked
    together = Supposed(found)
    if together["jp.children"] + together["jp.parents"] > 1:
        raise InputError(
            _("Anak dan orang tua bersama melebihi seluruhnya."), field="jp.parents", value=together.in_unit("jp.parents"),
            remedy=_("Kecilkan salah satunya."),
        )  # fmt: skip
    if together["people.leave_young"] + together["people.disability"] >= 1:
        raise InputError(_("Yang berhenti melebihi seluruhnya."), field="people.leave_young", remedy=_("Kecilkan."))
    return together
