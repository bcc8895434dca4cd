"""JKM: death not caused by work, and the scholarship that JKK and JKM share."""

from __future__ import annotations

import numpy as np

from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_
from jamsostek.law.engine import NONE, Array, Choice, Money, Output, Outputs, Ragged, Records, Whole, rule
from jamsostek.law.explain import step
from jamsostek.law.parameters import Law
from jamsostek.law.totals import total

SEGMENTS = ("pu", "bpu")
CAUSES = ("jkk", "jkm")
LEVELS = ("kindergarten", "primary", "junior", "senior", "higher")
BPU = SEGMENTS.index("bpu")


@rule(
    "benefit.jkm.death",
    N_("Santunan jaminan kematian"),
    when="date",
    inputs=(
        Choice("segment", default="pu", required=False, options=SEGMENTS),
        Whole("membership_months", required=False, most=1200),
        Whole("arrears_months", default=0, required=False, most=1200),
    ),
    outputs=(Output("lump_sum_rupiah"), Output("periodic_rupiah"), Output("funeral_rupiah"), Output("total_rupiah")),
    source="PP 44/2015 Pasal 34, 41, 42; PP 82/2019 Pasal 34; Permenaker 1/2025",
)
def death(law: Law, *, segment: Array, membership_months: Array, arrears_months: Array) -> Outputs:
    """Cash to the heirs of a member who died of another cause; whole rupiah.

    BPU: new members leave only the funeral money; beyond the arrears forgiven there is no right. Workers of an employer keep
    the whole benefit in arrears (the employer pays first beyond three months).
    """
    full = full_right(law, segment, membership_months)
    entitled = has_right(law, segment, arrears_months)
    lump = lump_sum(law, full, entitled)
    periodic = periodic_sum(law, full, entitled)
    funeral = funeral_sum(law, full, entitled)
    return {
        "lump_sum_rupiah": lump,
        "periodic_rupiah": periodic,
        "funeral_rupiah": funeral,
        "total_rupiah": total(law, lump, periodic, funeral),
    }


@step(
    N_("Masa tunggu BPU sudah lewat"),
    N_("⟨segment: {membership_months} ≥ {jkm.bpu_wait.months}⟩⟨!segment: masa tunggu hanya untuk BPU⟩"),
    unit="flag",
)
def full_right(law: Law, segment: Array, membership_months: Array) -> Array:
    """0 for a BPU member whose membership is shorter than the waiting time; not given counts as long enough."""
    short = (segment == BPU) & (membership_months != NONE) & (membership_months < law.number("jkm.bpu_wait.months"))
    found: Array = 1 - short.astype(np.int64)
    return found


@step(
    N_("Tidak kehilangan hak karena tunggakan"),
    N_("⟨segment: {arrears_months} ≤ {jkm.arrears.bpu_months}⟩⟨!segment: tunggakan hanya menghapus hak BPU⟩"),
    unit="flag",
    article="PP 44/2015 Pasal 42",
)
def has_right(law: Law, segment: Array, arrears_months: Array) -> Array:
    """0 for a BPU member with more months of arrears than forgiven."""
    lost = (segment == BPU) & (arrears_months > law.number("jkm.arrears.bpu_months"))
    found: Array = 1 - lost.astype(np.int64)
    return found


@step(N_("Santunan sekaligus"), "{jkm.death[#lump_sum]} × {full_right} × {has_right}")
def lump_sum(law: Law, full_right: Array, has_right: Array) -> Array:
    """One sum."""
    found: Array = law.rupiahs("jkm.death")[0] * full_right * has_right
    return found


@step(N_("Santunan berkala"), "{jkm.death[#periodic]} × {full_right} × {has_right}")
def periodic_sum(law: Law, full_right: Array, has_right: Array) -> Array:
    """24 monthly sums paid at once."""
    found: Array = law.rupiahs("jkm.death")[1] * full_right * has_right
    return found


@step(N_("Biaya pemakaman"), "⟨full_right: {jkm.death[#funeral]}⟩⟨!full_right: {jkm.bpu_wait.funeral}⟩ × {has_right}")
def funeral_sum(law: Law, full_right: Array, has_right: Array) -> Array:
    """The funeral money; within the waiting time the sum that is left then."""
    new_member = law.rupiah("jkm.bpu_wait.funeral")
    found: Array = np.where(full_right == 1, law.rupiahs("jkm.death")[2], new_member) * has_right
    return found


@rule(
    "benefit.jkm.late_payment",
    N_("Ganti rugi keterlambatan pembayaran JKM"),
    when="date",
    inputs=(Money("benefit_rupiah", most=MAX_RUPIAH), Whole("days_late", most=900)),
    outputs=(Output("penalty_rupiah"),),
    source="PP 44/2015 Pasal 40 ayat (4)",
)
def late_payment(law: Law, *, benefit_rupiah: Array, days_late: Array) -> Outputs:
    """What BPJS owes for each day a death benefit is late; whole rupiah."""
    return {"penalty_rupiah": late_payment_penalty(law, benefit_rupiah, days_late)}


@step(N_("Ganti rugi keterlambatan"), "{benefit_rupiah} × {jkm.late_payment.rate_per_day} × {days_late}")
def late_payment_penalty(law: Law, benefit_rupiah: Array, days_late: Array) -> Array:
    """Benefit x daily rate x days, rounded once."""
    return law.share(benefit_rupiah, days_late * law.ppm("jkm.late_payment.rate_per_day"))


# ---- scholarship


@rule(
    "benefit.scholarship",
    N_("Beasiswa anak"),
    when="date",
    inputs=(
        Choice("cause", default="jkk", required=False, options=CAUSES),
        Whole("contribution_months", required=False, most=1200),
        Records(
            "children",
            required=False,
            nested="levels",
            fields=tuple(Whole(level, required=False, most=50) for level in LEVELS),
        ),
        Whole("children_count", required=False, most=50),
    ),
    outputs=(
        Output("per_child_rupiah", "rupiah_list"),
        Output("total_rupiah"),
        Output("yearly_rupiah", "rupiah_map", LEVELS),
    ),
    source="PP 44/2015 Pasal 25, 34; PP 82/2019 Pasal 25 ayat (3), 34 ayat (3), Lampiran III",
    one_of=(("children", "children_count"),),
)
def scholarship(law: Law, *, cause: Array, contribution_months: Array, children: Ragged, children_count: Array) -> Outputs:
    """What the children are promised for the school years still to go: two children, each level for its most years; whole rupiah.

    Before 2019-12-02 one sum for the participant. Not modelled: age under 23, marriage, work (conditions of each year's claim).
    """
    counted = _children(children, children_count)
    entitled = entitled_to_scholarship(law, cause, contribution_months)
    row = counted.row_of_line()
    place = np.arange(len(row), dtype=np.int64) - counted.starts[row]
    chosen = (place < law.number("scholarship.max_children")) * entitled[row]
    years = np.stack([counted.columns[level] for level in LEVELS], axis=1)
    amounts = child_scholarship(law, years) * chosen
    amounts = amounts + once_scholarship(law, place) * entitled[row]
    return {
        "per_child_rupiah": Ragged(counted.starts, {"rupiah": amounts}),
        "total_rupiah": counted.sums(amounts),
        "yearly_rupiah": _yearly(law, counted, children_count),
    }


@step(
    N_("Berhak atas beasiswa"),
    N_("⟨cause: {contribution_months} ≥ {scholarship.jkm_minimum_months}⟩⟨!cause: masa iur hanya disyaratkan JKM⟩"),
    unit="flag",
)
def entitled_to_scholarship(law: Law, cause: Array, contribution_months: Array) -> Array:
    """0 where death was not caused by work and fewer months were paid than the law asks; not given counts as enough."""
    short = (contribution_months != NONE) & (contribution_months < law.number("scholarship.jkm_minimum_months"))
    found: Array = 1 - (short & (cause == CAUSES.index("jkm"))).astype(np.int64)
    return found


@step(N_("Beasiswa setiap anak menurut jenjang"), "{Σ scholarship.yearly × years ≤ scholarship.years_max}")
def child_scholarship(law: Law, years: Array) -> Array:
    """Years still to go of each level, at most the level's years, x its yearly sum; (lines, levels) in, (lines,) out."""
    kept = np.minimum(np.maximum(years, 0), law.numbers("scholarship.years_max"))
    total: Array = (kept * law.rupiahs("scholarship.yearly")).sum(axis=1, dtype=np.int64)
    return total


@step(N_("Beasiswa sekaligus untuk peserta"), N_("⟨!place: {scholarship.once}⟩⟨place: hanya pada anak pertama⟩"))
def once_scholarship(law: Law, place: Array) -> Array:
    """The old sum, once for the participant: shown at the first child."""
    found: Array = law.rupiah("scholarship.once") * (place == 0)
    return found


def _children(children: Ragged, children_count: Array) -> Ragged:
    """The children listed; where only a count is given, that many with all years to go."""
    listed = np.diff(children.starts)
    lengths = np.where(children_count == NONE, listed, np.maximum(children_count, 0))
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    columns = {}
    for level in LEVELS:
        lines = np.full(int(starts[-1]), 50, dtype=np.int64)
        given = np.repeat(children_count == NONE, lengths)
        lines[given] = children.columns[level]
        columns[level] = lines
    return Ragged(starts, columns)


def _yearly(law: Law, children: Ragged, children_count: Array) -> Ragged:
    """The yearly sum of every level some child still has years in."""
    named = np.stack([children.sums((children.columns[level] >= 0).astype(np.int64)) for level in LEVELS], axis=1) > 0
    lengths = named.sum(axis=1)
    rows, levels = np.nonzero(named)
    del rows
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    return Ragged(starts, {"key": levels.astype(np.int64), "rupiah": law.rupiahs("scholarship.yearly")[levels]})
