"""JKP: cash for six months after a dismissal."""

from __future__ import annotations

import numpy as np

from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.law.engine import Array, Money, Output, Outputs, Ragged, Whole, rule
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law, Table

MONTHS = 6


@rule(
    "benefit.jkp",
    N_("Uang tunai JKP"),
    when="date",
    inputs=(
        Money("wage_rupiah"),
        Whole("months_already_paid_before_2025_02_07", default=0, required=False, most=MONTHS),
    ),
    outputs=(Output("monthly_rupiah", "rupiah_list"), Output("total_rupiah")),
    source="PP 37/2021 Pasal 21; PP 6/2025 Pasal 21 ayat (1); Permenaker 2/2025 Pasal II",
    at_dates=True,
)
def cash(law: Law, *, when: Array, wage_rupiah: Array, months_already_paid_before_2025_02_07: Array) -> Outputs:
    """The six monthly sums: months paid before 7 February 2025 by the first steps, the others by the second; whole rupiah."""
    _refuse_paid_before(law, when, months_already_paid_before_2025_02_07)
    base = cash_base(law, wage_rupiah)
    rate = cash_rate(law, months_already_paid_before_2025_02_07)
    monthly = cash_months(law, base, rate)
    starts = np.arange(len(wage_rupiah) + 1, dtype=np.int64) * MONTHS
    return {"monthly_rupiah": Ragged(starts, {"rupiah": monthly.ravel()}), "total_rupiah": monthly.sum(axis=1)}


def _refuse_paid_before(law: Law, when: Array, already_paid: Array) -> None:
    (change, _end, _steps), *_rest = law.series("jkp.cash.second")
    wrong = (already_paid > 0) & (when >= change)
    if wrong.any():
        raise InputError(
            _("PHK sejak 7 Februari 2025 belum mungkin dibayar sebelum hari itu."),
            field="months_already_paid_before_2025_02_07",
            row=int(np.argmax(wrong)) + 1,
            remedy=_("Isi 0."),
        )


@step(N_("Upah dasar manfaat JKP"), "min({wage_rupiah}; {jkp.cash.ceiling})", article="PP 37/2021 Pasal 21")
def cash_base(law: Law, wage_rupiah: Array) -> Array:
    """The last wage reported, up to the ceiling."""
    return np.minimum(wage_rupiah, law.rupiah("jkp.cash.ceiling"))


@step(
    N_("Tarif tiap bulan"),
    N_("{already_paid} bulan pertama: {jkp.cash.first}. Bulan lainnya: {jkp.cash.second}"),
    unit="ppm",
    article="Permenaker 2/2025 Pasal II",
)
def cash_rate(law: Law, already_paid: Array) -> Array:
    """(rows, 6) shares in ppm: the first steps for months already paid, the second for the rest."""
    month = np.arange(MONTHS)
    first = _by_month(law.table("jkp.cash.first"))
    ((_start, _end, later), *_rest) = law.series("jkp.cash.second")
    return np.where(month < already_paid[:, None], first, _by_month(later))


def _by_month(steps: Table) -> Array:
    place = np.searchsorted(steps["up_to_months"], np.arange(1, MONTHS + 1))
    found: Array = steps["share_ppm"][place]
    return found


@step(N_("Uang tunai tiap bulan"), "{base_rupiah} × {rate_ppm}")
def cash_months(law: Law, base_rupiah: Array, rate_ppm: Array) -> Array:
    """(rows, 6): base x share, each month rounded."""
    return law.share(base_rupiah[:, None], rate_ppm)
