"""What a NIK tells: where it was first issued, sex and birth date; it has no check digit."""

from __future__ import annotations

import numpy as np

from jamsostek.core.nik import decode
from jamsostek.core.text import N_
from jamsostek.law.engine import NO_DATE, NONE, Array, Nik, Output, Outputs, rule
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law

SEXES = ("male", "female")


@rule(
    "identity.nik",
    N_("Nomor Induk Kependudukan"),
    when="month",
    inputs=(Nik("nik"),),
    outputs=(
        Output("valid", "flag"),
        Output("region_code", "region"),
        Output("sex", "choice", SEXES),
        Output("birth_date", "date"),
    ),
    source="Struktur NIK, administrasi kependudukan",
    at_dates=True,
)
def nik(law: Law, *, when: Array, nik: Array) -> Outputs:
    """The parts of a NIK; the two-digit year is the latest whose day is not after the last day of the month."""
    return parts_of_nik(law, nik, when)


@step(N_("Bagian-bagian NIK: wilayah, hari (perempuan + 40), bulan, tahun, nomor urut"), unit="outputs")
def parts_of_nik(law: Law, nik: Array, month: Array) -> Outputs:
    """Each NIK decoded against the last day of its month; what an invalid one holds is not given."""
    months, where = np.unique(month, return_inverse=True)
    found = {
        "valid": np.zeros_like(nik),
        "region_code": np.full_like(nik, NONE),
        "sex": np.full_like(nik, NONE),
        "birth_date": np.full_like(nik, NO_DATE),
    }
    for index, until in enumerate(months.tolist()):
        rows = np.flatnonzero(where == index)
        parts = decode(nik[rows], until)
        found["valid"][rows] = parts.valid
        found["region_code"][rows] = np.where(parts.valid, parts.region_code, NONE)
        found["sex"][rows] = np.where(parts.valid, parts.is_female, NONE)
        found["birth_date"][rows] = np.where(parts.valid, parts.birth_day, NO_DATE)
    return found
