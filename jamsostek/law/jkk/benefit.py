"""JKK benefits in cash: death, total and partial disability, temporary incapacity, transport, and the price of paying late."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_, _
from jamsostek.law.engine import (
    NONE,
    Array,
    Choice,
    Flag,
    Money,
    Output,
    Outputs,
    Ragged,
    Records,
    Share,
    Whole,
    rule,
)
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law, load
from jamsostek.law.totals import total
from jamsostek.law.wage import monthly_wage

LOSS_PARTS = 10_000
PERMILLE = 1_000
CODES: tuple[str, ...] = tuple(line["code"] for line in load().by_id["jkk.partial.table"].rows[-1].value)
"""The codes of the disability table, in its order."""


# ---- death


@rule(
    "benefit.jkk.death",
    N_("Santunan kematian karena kecelakaan kerja"),
    when="date",
    inputs=(Money("wage_rupiah", required=False), Money("daily_wage_rupiah", required=False, most=10**9)),
    outputs=(
        Output("death_rupiah"),
        Output("periodic_rupiah"),
        Output("funeral_rupiah"),
        Output("scholarship_once_rupiah"),
        Output("total_rupiah"),
    ),
    source="PP 44/2015 Pasal 25 ayat (2) b, Lampiran III; PP 82/2019 Pasal 25 ayat (2) b, Lampiran III",
    one_of=(("wage_rupiah", "daily_wage_rupiah"),),
)
def death(law: Law, *, wage_rupiah: Array, daily_wage_rupiah: Array) -> Outputs:
    """Cash to the heirs of a worker who died of a work accident; the total holds no scholarship; whole rupiah."""
    wage = monthly_wage(law, wage_rupiah, daily_wage_rupiah)
    lump = death_lump_sum(law, wage)
    periodic = death_periodic(law, wage)
    funeral = death_funeral(law, wage)
    return {
        "death_rupiah": lump,
        "periodic_rupiah": periodic,
        "funeral_rupiah": funeral,
        "scholarship_once_rupiah": np.full_like(wage, law.rupiah("jkk.death.scholarship_once")),
        "total_rupiah": total(law, lump, periodic, funeral),
    }


@step(N_("Santunan kematian"), "max({jkk.death.share} × {jkk.benefit.wage_months} × {wage_rupiah}; {jkk.death.minimum})")
def death_lump_sum(law: Law, wage_rupiah: Array) -> Array:
    """60 % of 80 monthly wages, at least the minimum."""
    months = law.number("jkk.benefit.wage_months")
    return np.maximum(law.share(wage_rupiah * months, law.ppm("jkk.death.share")), law.rupiah("jkk.death.minimum"))


@step(N_("Santunan berkala"), "{jkk.death.periodic}")
def death_periodic(law: Law, wage_rupiah: Array) -> Array:
    """Paid at once."""
    return np.full_like(wage_rupiah, law.rupiah("jkk.death.periodic"))


@step(N_("Biaya pemakaman"), "{jkk.death.funeral}")
def death_funeral(law: Law, wage_rupiah: Array) -> Array:
    """One sum."""
    return np.full_like(wage_rupiah, law.rupiah("jkk.death.funeral"))


# ---- disability


@rule(
    "benefit.jkk.total_disability",
    N_("Santunan cacat total tetap"),
    when="date",
    inputs=(Money("wage_rupiah"),),
    outputs=(Output("disability_rupiah"), Output("periodic_rupiah"), Output("total_rupiah")),
    source="PP 44/2015 Lampiran III; PP 82/2019 Pasal 25 ayat (2) b, Lampiran III",
)
def total_disability(law: Law, *, wage_rupiah: Array) -> Outputs:
    """Cash to a worker who can never work again; whole rupiah."""
    lump = total_disability_lump_sum(law, wage_rupiah)
    periodic = np.full_like(wage_rupiah, law.rupiah("jkk.total_disability.periodic"))
    return {"disability_rupiah": lump, "periodic_rupiah": periodic, "total_rupiah": total(law, lump, periodic)}


@step(N_("Santunan cacat total tetap"), "{jkk.total_disability.share} × {jkk.benefit.wage_months} × {wage_rupiah}")
def total_disability_lump_sum(law: Law, wage_rupiah: Array) -> Array:
    """70 % of 80 monthly wages."""
    return law.share(wage_rupiah * law.number("jkk.benefit.wage_months"), law.ppm("jkk.total_disability.share"))


class Loss(Share):
    """The share of function lost (1: lost), to four decimals; for codes per step the number of steps."""


@rule(
    "benefit.jkk.partial_disability",
    N_("Santunan cacat sebagian"),
    when="date",
    inputs=(
        Money("wage_rupiah"),
        Records(
            "injuries",
            fields=(
                Choice("code", options=CODES),
                Loss("loss", parts=LOSS_PARTS, most=Share.most * 10),
                Flag("left_handed"),
            ),
        ),
    ),
    outputs=(Output("percent", "percent"), Output("disability_rupiah")),
    source="PP 44/2015 Lampiran III; PP 82/2019 Lampiran III",
)
def partial_disability(law: Law, *, wage_rupiah: Array, injuries: Ragged) -> Outputs:
    """Cash for lost limbs and lost function: table x loss, added, of 80 monthly wages; whole rupiah, percent in 1/100,000.

    Several injuries count to 70 % together (interpretation 29). Refuses a loss above 1 outside codes per step.
    """
    _refuse_losses(law, injuries)
    lines = injury_percent(law, injuries.columns["code"], injuries.columns["loss"], injuries.columns["left_handed"])
    percent = capped_percent(law, injuries.sums(lines))
    return {"percent": percent, "disability_rupiah": partial_lump_sum(law, wage_rupiah, percent)}


@step(
    N_("Persentase menurut tabel cacat"),
    N_(
        "{code}: ⟨!left_handed: {jkk.partial.table[code].permille}⟩"
        "⟨left_handed: persentase dengan kanan dan kiri bertukar (kidal)⟩"
        " × {loss}⟨, paling sedikit {jkk.partial.table[code].minimum_permille}⟩"
    ),
    unit="disability_parts",
    article="Lampiran III",
)
def injury_percent(law: Law, code: Array, loss: Array, left_handed: Array) -> Array:
    """Table permille x loss (1/10,000) of each injury, in 1/10,000,000; right and left change places for the left-handed."""
    table = law.table("jkk.partial.table")
    used = np.where(left_handed == 1, _mirrored(table)[code], code)
    least = table["minimum_permille"][used] * LOSS_PARTS
    found: Array = np.maximum(table["permille"][used] * loss, least)
    return found


def _refuse_losses(law: Law, injuries: Ragged) -> None:
    code, loss = injuries.columns["code"], injuries.columns["loss"]
    table = law.table("jkk.partial.table")
    per_step = table["per_step"][code] == 1
    wrong = (loss <= 0) | (~per_step & (loss > LOSS_PARTS)) | (per_step & (loss % LOSS_PARTS != 0))
    if wrong.any():
        line = int(np.argmax(wrong))
        name, value = table["code"][int(code[line])], Decimal(int(loss[line])) / LOSS_PARTS
        raise InputError(
            _("Kehilangan {value} untuk {code} tidak mungkin.").format(value=value.normalize(), code=name),
            field="injuries.loss",
            value=value,
            row=int(injuries.row_of_line()[line]) + 1,
            remedy=_("Isi 1 untuk hilang, bagian fungsi di antara 0 dan 1, atau banyaknya langkah untuk jenis bertingkat."),
        )


def _mirrored(table: Any) -> Array:
    """For each code the position of its other side (itself where sides do not matter)."""
    codes = list(table["code"])
    other = [
        codes.index(c.replace("_right", "_left") if "_right" in c else c.replace("_left", "_right")) if s else i
        for i, (c, s) in enumerate(zip(codes, table["swaps_sides"].tolist(), strict=True))
    ]
    return np.array(other, dtype=np.int64)


@step(N_("Persentase cacat"), "min({sum_parts}; {jkk.partial.cap})", unit="disability_parts")
def capped_percent(law: Law, sum_parts: Array) -> Array:
    """The sum of all injuries, up to the cap; in 1/10,000,000 of 80 wages."""
    return np.minimum(sum_parts, law.permille("jkk.partial.cap") * LOSS_PARTS)


@step(N_("Santunan cacat sebagian"), "{parts} × {jkk.benefit.wage_months} × {wage_rupiah}")
def partial_lump_sum(law: Law, wage_rupiah: Array, parts: Array) -> Array:
    """Percentage x 80 monthly wages, rounded once."""
    return law.scale(wage_rupiah, parts * law.number("jkk.benefit.wage_months"), PERMILLE * LOSS_PARTS)


# ---- temporary incapacity


@rule(
    "benefit.jkk.temporary_incapacity",
    N_("Santunan sementara tidak mampu bekerja (STMB)"),
    when="date",
    inputs=(
        Money("wage_rupiah"),
        Whole("months", required=False, most=1200),
        Whole("days", required=False, most=36_500),
    ),
    outputs=(Output("incapacity_rupiah"),),
    source="PP 44/2015 Lampiran III; PP 82/2019 Lampiran III",
    one_of=(("months", "days"),),
)
def temporary_incapacity(law: Law, *, wage_rupiah: Array, months: Array, days: Array) -> Outputs:
    """The wage replaced while a worker cannot work, by the steps in force on the day of the accident; whole rupiah."""
    length = incapacity_days(law, months, days)
    weighted = incapacity_steps(law, length)
    return {"incapacity_rupiah": incapacity(law, wage_rupiah, weighted)}


@step(N_("Lama tidak mampu bekerja"), "{days|months × jkk.stmb.days_in_month}", unit="days")
def incapacity_days(law: Law, months: Array, days: Array) -> Array:
    """Days; a month counts as 30."""
    return np.where(days == NONE, months * law.number("jkk.stmb.days_in_month"), days)


@step(N_("Hari dengan upah penuh"), "{Σ jkk.stmb.steps.share_ppm: days by jkk.stmb.days_in_month}", unit="day_ppm")
def incapacity_steps(law: Law, days: Array) -> Array:
    """Days of each step x its share, summed; in days x ppm."""
    steps = law.table("jkk.stmb.steps")
    in_month = law.number("jkk.stmb.days_in_month")
    found = np.zeros_like(days)
    lower = 0
    for up_to, rate in zip(steps["up_to_months"].tolist(), steps["share_ppm"].tolist(), strict=True):
        upper = up_to * in_month
        found += np.clip(days - lower, 0, upper - lower) * rate
        lower = upper
    return found


@step(N_("Santunan sementara tidak mampu bekerja"), "{wage_rupiah} × {day_ppm} ÷ {jkk.stmb.days_in_month}")
def incapacity(law: Law, wage_rupiah: Array, day_ppm: Array) -> Array:
    """Wage x weighted days / 30, rounded once."""
    return law.scale(wage_rupiah, day_ppm, law.number("jkk.stmb.days_in_month") * 1_000_000)


# ---- transport and lateness


@rule(
    "benefit.jkk.transport",
    N_("Penggantian biaya pengangkutan"),
    when="date",
    inputs=(
        Money("land_rupiah", default=0, required=False),
        Money("sea_rupiah", default=0, required=False),
        Money("air_rupiah", default=0, required=False),
    ),
    outputs=(Output("transport_rupiah"),),
    source="PP 44/2015 Lampiran III; PP 82/2019 Pasal 25 ayat (2) b.1, Lampiran III",
)
def transport(law: Law, *, land_rupiah: Array, sea_rupiah: Array, air_rupiah: Array) -> Outputs:
    """Actual cost of each way of transport up to its ceiling, added; whole rupiah."""
    return {"transport_rupiah": transport_paid(law, land_rupiah, sea_rupiah, air_rupiah)}


@step(
    N_("Biaya pengangkutan"),
    "min({land_rupiah}; {jkk.transport.ceiling[#land]}) + min({sea_rupiah}; {jkk.transport.ceiling[#sea]})"
    " + min({air_rupiah}; {jkk.transport.ceiling[#air]})",
)
def transport_paid(law: Law, land_rupiah: Array, sea_rupiah: Array, air_rupiah: Array) -> Array:
    """Each cost up to its ceiling."""
    land, sea, air = law.rupiahs("jkk.transport.ceiling")
    found: Array = np.minimum(land_rupiah, land) + np.minimum(sea_rupiah, sea) + np.minimum(air_rupiah, air)
    return found


@rule(
    "benefit.jkk.late_payment",
    N_("Ganti rugi keterlambatan pembayaran JKK"),
    when="date",
    inputs=(Money("benefit_rupiah", most=MAX_RUPIAH), Whole("days_late", most=900)),
    outputs=(Output("penalty_rupiah"),),
    source="PP 44/2015 Pasal 37 ayat (3)",
)
def late_payment(law: Law, *, benefit_rupiah: Array, days_late: Array) -> Outputs:
    """What BPJS owes for each day a cash benefit is late; whole rupiah."""
    return {"penalty_rupiah": late_payment_penalty(law, benefit_rupiah, days_late)}


@step(N_("Ganti rugi keterlambatan"), "{benefit_rupiah} × {jkk.late_payment.rate_per_day} × {days_late}")
def late_payment_penalty(law: Law, benefit_rupiah: Array, days_late: Array) -> Array:
    """Benefit x daily rate x days, rounded once."""
    return law.share(benefit_rupiah, days_late * law.ppm("jkk.late_payment.rate_per_day"))
