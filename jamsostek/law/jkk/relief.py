"""Who gets the labour-intensive relief on JKK: tested against the facts that open it, each told on its own."""

from __future__ import annotations

import numpy as np

from jamsostek.core.months import parse_month
from jamsostek.core.rupiah import PPM
from jamsostek.core.text import N_
from jamsostek.law.engine import Array, Choice, Month, Output, Outputs, Whole, rule
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law

INDUSTRIES = (
    "food_drink_tobacco", "textile_and_clothing", "leather_and_leather_goods", "footwear", "toys", "furniture", "other",
)  # fmt: skip
CONDITIONS = ("industry_listed", "enough_workers", "paid_up")


@rule(
    "relief.labour_intensive",
    N_("Keringanan JKK industri padat karya"),
    when="month",
    inputs=(
        Choice("industry", options=INDUSTRIES),
        Whole("active_workers", most=10**8),
        Month("last_paid_month"),
    ),
    outputs=(
        Output("labour_intensive", "flag"),
        Output("relief_in_force", "flag"),
        *(Output(name, "flag") for name in CONDITIONS),
    ),
    source="PP 7/2025 Pasal 4; PP 36/2025 Pasal 10A",
)
def labour_intensive(law: Law, *, industry: Array, active_workers: Array, last_paid_month: Array) -> Outputs:
    """Whether a firm pays half its JKK for a month: the flag `labour_intensive` of `contribution.pu`, with each condition.

    `active_workers` are those covered by the firm in the month; `last_paid_month` is the last month up to which no JKK is
    owing (for a firm younger than the condition, the month before its first). The conditions are told only while the relief
    is in force. Not tested: whether arrears were settled by the last day the extension allows.
    """
    running = relief_in_force(law, industry)
    met = _conditions(law, running, industry, active_workers, last_paid_month)
    return {"labour_intensive": all_met(law, running, *met.values()), "relief_in_force": running} | met


@step(N_("Keringanan berlaku bulan ini"), "{jkk.relief.labour_intensive} < 100 %", unit="flag")
def relief_in_force(law: Law, industry: Array) -> Array:
    """1 in the contribution months of the relief, whatever the firm."""
    return np.full_like(industry, law.ppm("jkk.relief.labour_intensive") < PPM)


def _conditions(law: Law, running: Array, industry: Array, active_workers: Array, last_paid_month: Array) -> Outputs:
    """The three conditions, asked for only while the relief is in force: outside it they have no figures."""
    if not running.any():
        return dict.fromkeys(CONDITIONS, running)
    return {
        "industry_listed": industry_listed(law, industry),
        "enough_workers": enough_workers(law, active_workers),
        "paid_up": paid_up(law, last_paid_month),
    }


@step(N_("Sektor industri yang ditentukan"), "{jkk.relief.labour_intensive.sectors[industry]}", unit="flag")
def industry_listed(law: Law, industry: Array) -> Array:
    """1 where the firm is in one of the industries of the regulation."""
    found: Array = law.flags("jkk.relief.labour_intensive.sectors")[industry]
    return found


@step(N_("Cukup pekerja aktif"), "{active_workers} ≥ {jkk.relief.labour_intensive.minimum_workers}", unit="flag")
def enough_workers(law: Law, active_workers: Array) -> Array:
    """1 where the firm has as many active workers as the regulation asks."""
    found: Array = (active_workers >= law.number("jkk.relief.labour_intensive.minimum_workers")).astype(np.int64)
    return found


@step(N_("Iuran JKK lunas"), "{last_paid_month} ≥ {jkk.relief.labour_intensive.paid_until}", unit="flag")
def paid_up(law: Law, last_paid_month: Array) -> Array:
    """1 where no JKK is owing up to the month of the regulation."""
    found: Array = (last_paid_month >= parse_month(law.text("jkk.relief.labour_intensive.paid_until"))).astype(np.int64)
    return found


@step(
    N_("Mendapat keringanan"),
    N_(
        "⟨!relief_in_force: tidak berlaku bulan ini⟩"
        "⟨relief_in_force: sektor: {industry_listed}, cukup pekerja: {enough_workers}, lunas: {paid_up}⟩"
    ),
    unit="flag",
)
def all_met(law: Law, relief_in_force: Array, industry_listed: Array, enough_workers: Array, paid_up: Array) -> Array:
    """1 where the relief is in force and every condition is met."""
    return relief_in_force * industry_listed * enough_workers * paid_up
