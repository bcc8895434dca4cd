"""JP: pension age, limits, indexed wages, the monthly pension of each kind, and the price of paying late."""

from __future__ import annotations

from typing import Any

import numpy as np

from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import MAX_RUPIAH, PPM, format_rupiah
from jamsostek.core.text import N_, _
from jamsostek.law.engine import (
    Array,
    Choice,
    Date,
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
from jamsostek.law.jp.ages import pension_reached
from jamsostek.law.parameters import Law

KINDS = ("old_age", "disability", "widow", "child", "parent")
MAX_MEAN_WAGE = 10**9


@rule(
    "benefit.jp.pension_age",
    N_("Usia pensiun"),
    when="date",
    inputs=(Date("birth_date"),),
    outputs=(Output("pension_age_years", "count"), Output("reached_on", "date")),
    source="PP 45/2015 Pasal 15",
)
def pension_age(law: Law, *, birth_date: Array) -> Outputs:
    """The age at which a member's pension begins, and the day it is reached."""
    return {"pension_age_years": age_reached(law, birth_date), "reached_on": day_reached(law, birth_date)}


@step(
    N_("Usia pensiun menurut tanggal lahir"),
    N_("jadwal usia pensiun untuk yang lahir {birth_date}"),
    unit="years",
    article="PP 45/2015 Pasal 15",
)
def age_reached(law: Law, birth_date: Array) -> Array:
    """The pension age of the day on which it is reached."""
    return pension_reached(law, birth_date)[1]


@step(
    N_("Hari usia pensiun tercapai"),
    N_("jadwal usia pensiun untuk yang lahir {birth_date}"),
    unit="date",
    article="PP 45/2015 Pasal 15",
)
def day_reached(law: Law, birth_date: Array) -> Array:
    """The birthday on which the age of the day's timetable is reached."""
    return pension_reached(law, birth_date)[0]


@rule(
    "benefit.jp.limits",
    N_("Batas manfaat pensiun"),
    when="date",
    inputs=(),
    outputs=(Output("minimum_rupiah"), Output("maximum_rupiah")),
    source="PP 45/2015 Pasal 18",
    at_dates=True,
)
def limits(law: Law, *, when: Array) -> Outputs:
    """The least and the most a monthly pension can be; whole rupiah."""
    least, most = law.rupiahs("jp.limits")
    return {"minimum_rupiah": np.full_like(when, least), "maximum_rupiah": np.full_like(when, most)}


@rule(
    "benefit.jp.indexed_wages",
    N_("Upah terindeks"),
    when="date",
    inputs=(
        Records(
            "years",
            fields=(
                Whole("year", least=1990, most=2200),
                Money("wage_rupiah", most=MAX_MEAN_WAGE),
                Share("inflation_percent", parts=10_000, least=Share.least - 50, most=Share.most * 100),
            ),
        ),
    ),
    outputs=(Output("indexed_rupiah", "rupiah_map"), Output("mean_rupiah")),
    source="PP 45/2015 Pasal 17 ayat (3), (5)",
    at_dates=True,
)
def indexed_wages(law: Law, *, when: Array, years: Ragged) -> Outputs:
    """Past monthly wages in the money of the year before the pension: x (1 + inflation) of their own year and every later one.

    Exact whole-number arithmetic of any length, one rounding for each figure; the mean is of the exact wages. Years must be
    consecutive and end with the year before `date`.
    """
    year, wage = years.columns["year"], years.columns["wage_rupiah"]
    row = years.row_of_line()
    _refuse_years(year, years, when)
    top, bottom = index_product(law, years.columns["inflation_percent"], row)
    indexed = rounded_quotient(law, wage.astype(object) * top, bottom)
    return {
        "indexed_rupiah": Ragged(years.starts, {"key": year, "rupiah": indexed}),
        "mean_rupiah": mean_wage(law, wage, top, bottom, years),
    }


def _refuse_years(year: Array, years: Ragged, when: Array) -> None:
    lengths = np.diff(years.starts)
    if (lengths == 0).any():
        raise InputError(_("Daftar tahun kosong."), field="years", row=int(np.argmax(lengths == 0)) + 1)
    row = years.row_of_line()
    gaps = (np.diff(year) != 1) & (np.diff(row) == 0)
    if gaps.any():
        line = int(np.argmax(gaps))
        raise InputError(
            _("Setelah tahun {year} seharusnya {expected}.").format(year=int(year[line]), expected=int(year[line]) + 1),
            field="years",
            row=int(row[line]) + 1,
            remedy=_("Isi setiap tahun berurutan, dengan inflasinya."),
        )
    right = when.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970 - 1
    late = year[years.starts[1:] - 1] != np.broadcast_to(right, lengths.shape)
    if late.any():
        index = int(np.argmax(late))
        raise InputError(
            _("Tahun terakhir harus {expected}, tahun sebelum hak timbul.").format(
                expected=int(np.broadcast_to(right, lengths.shape)[index])
            ),
            field="years",
            row=index + 1,
        )


@step(N_("Indeks upah setiap tahun"), "{Π inflation_percent}", unit="index_product", article="PP 45/2015 Pasal 17 ayat (3)")
def index_product(law: Law, inflation_percent: Array, row: Array) -> tuple[Any, Any]:
    """For each line the product of (1 + inflation) from its own year to the person's last, as exact top and bottom."""
    law.text("jp.indexing")  # the rule itself has a date: refused before the programme began
    factors = (inflation_percent + PPM).astype(object)
    top = factors.copy()
    bottom = np.full(len(factors), PPM, dtype=object)
    same = np.concatenate([np.diff(row) == 0, row[:1] != row[:1]])
    for line in np.flatnonzero(same)[::-1].tolist():
        top[line] = factors[line] * top[line + 1]
        bottom[line] = PPM * bottom[line + 1]
    return top, bottom


def rounded_quotient(law: Law, top: Any, bottom: Any) -> Array:
    """top / bottom of exact whole numbers of any length, half up; int64."""
    exact = (2 * top + law.flag("rounding.half_up") * bottom) // (2 * bottom)
    if len(exact) and max(exact) > MAX_RUPIAH:
        raise InputError(
            _("Upah terindeks melewati batas {most}.").format(most=format_rupiah(MAX_RUPIAH)),
            field="years",
            remedy=_("Periksa upah dan inflasi setiap tahun."),
        )
    found: Array = exact.astype(np.int64)
    return found


@step(
    N_("Rata-rata upah terindeks"), "({Σ wage_rupiah × top/bottom}) ÷ {count wage_rupiah}", article="PP 45/2015 Pasal 17 ayat (2)"
)
def mean_wage(law: Law, wage_rupiah: Array, top: Any, bottom: Any, years: Ragged) -> Array:
    """The plain mean of the exact indexed wages of each person, rounded once."""
    widest = bottom[years.starts[:-1]]
    common = wage_rupiah.astype(object) * top * (widest[years.row_of_line()] // bottom)
    sums = np.add.reduceat(common, years.starts[:-1])
    return rounded_quotient(law, sums, widest * np.diff(years.starts).astype(object))


# ---- the pension


@rule(
    "benefit.jp.pension",
    N_("Manfaat pensiun bulanan"),
    when="date",
    inputs=(
        Choice("kind", options=KINDS),
        Whole("contribution_months", most=1200),
        Share("density", default=1, required=False),
        Money("mean_indexed_wage_rupiah", most=MAX_MEAN_WAGE),
    ),
    outputs=(Output("monthly_rupiah"), Output("lump_sum", "flag")),
    source="PP 45/2015 Pasal 17-24",
)
def pension(law: Law, *, kind: Array, contribution_months: Array, density: Array, mean_indexed_wage_rupiah: Array) -> Outputs:
    """The first year's monthly pension of a member or survivor within the limits of the day; 0 where only a lump sum is due."""
    counted = counted_months(law, kind, contribution_months, density)
    formula = pension_formula(law, mean_indexed_wage_rupiah, counted, kind)
    return {"monthly_rupiah": within_limits(law, formula, counted, kind), "lump_sum": only_lump_sum(law, counted)}


@step(
    N_("Bulan iuran yang dihitung"),
    N_(
        "{contribution_months}, paling singkat {jp.formula.minimum_months}"
        "⟨!kind: ; bila kurang, hanya dibayar sekaligus⟩⟨kind: ; bila kurang, dihitung {jp.formula.minimum_months} asal kepadatan"
        " {density} ≥ {jp.density.minimum} dan masa kepesertaan paling singkat ({jp.membership.minimum_months})⟩"
    ),
    unit="months",
    article="PP 45/2015 Pasal 19-24",
)
def counted_months(law: Law, kind: Array, contribution_months: Array, density: Array) -> Array:
    """Months that count: the real ones from 180; for disability and survivors 180 where payment was dense and membership
    long enough; else 0."""
    full = law.number("jp.formula.minimum_months")
    disability, survivor = law.numbers("jp.membership.minimum_months")
    needed = np.where(kind == KINDS.index("disability"), disability, survivor)
    long_enough = contribution_months * PPM >= needed * density
    dense = density >= law.ppm("jp.density.minimum")
    raised = np.where((kind != KINDS.index("old_age")) & dense & long_enough & (contribution_months > 0), full, 0)
    return np.where(contribution_months >= full, contribution_months, raised)


@step(
    N_("Rumus manfaat pensiun"),
    "{jp.formula.rate_per_year} × {counted_months} ÷ 12 × {mean_indexed_wage_rupiah} × {jp.share[kind]}",
    article="PP 45/2015 Pasal 17, 20-23",
)
def pension_formula(law: Law, mean_indexed_wage_rupiah: Array, counted_months: Array, kind: Array) -> Array:
    """1 % x months / 12 x mean indexed wage x the kind's share, rounded once."""
    share = law.ppms("jp.share")[kind] // 10_000 * (law.ppm("jp.formula.rate_per_year") // 100)
    return law.scale(mean_indexed_wage_rupiah, counted_months * share, 12 * 100 * 10_000)


@step(
    N_("Dalam batas minimum dan maksimum"),
    N_(
        "⟨counted_months: min(max({formula_rupiah}; {jp.limits[#minimum]}); {jp.limits[#maximum]})⟩"
        "⟨!counted_months: tidak ada masa iur yang dihitung⟩⟨!jp.survivor_floor: ; batas bawah tidak berlaku bagi ahli waris⟩"
    ),
    article="PP 45/2015 Pasal 18",
)
def within_limits(law: Law, formula_rupiah: Array, counted_months: Array, kind: Array) -> Array:
    """The formula lifted to the year's minimum and cut at its maximum; 0 where no month counts."""
    least, most = law.rupiahs("jp.limits")
    own = kind <= KINDS.index("disability")
    floor = np.where(own | (law.flag("jp.survivor_floor") == 1), least, 0)
    found: Array = np.minimum(np.maximum(formula_rupiah, floor), most) * (counted_months > 0)
    return found


@step(N_("Hanya dibayar sekaligus"), N_("{counted_months} sama dengan nol"), unit="flag", article="PP 45/2015 Pasal 24")
def only_lump_sum(law: Law, counted_months: Array) -> Array:
    """1 where only the contributions and their development are due."""
    found: Array = (counted_months == 0).astype(np.int64)
    return found


# ---- the years after


@rule(
    "benefit.jp.growth",
    N_("Kenaikan pensiun setahun"),
    when="date",
    inputs=(
        Choice("kind", options=KINDS),
        Money("monthly_rupiah", most=MAX_MEAN_WAGE),
        Share("inflation"),
    ),
    outputs=(Output("grown_rupiah"),),
    source="PP 45/2015 Pasal 17 ayat (1) huruf b, ayat (4), Pasal 18",
)
def growth(law: Law, *, kind: Array, monthly_rupiah: Array, inflation: Array) -> Outputs:
    """A later year's monthly pension: last year's x (1 + inflation of the year before), within the limits of the day."""
    law.text("jp.growth")
    grown = grown_pension(law, monthly_rupiah, inflation)
    return {"grown_rupiah": within_limits(law, grown, np.ones_like(grown), kind)}


@step(N_("Pensiun tahun lalu dan inflasi"), "{monthly_rupiah} × (1 + {inflation})", article="PP 45/2015 Pasal 17 ayat (4)")
def grown_pension(law: Law, monthly_rupiah: Array, inflation: Array) -> Array:
    """Rounded once."""
    return law.scale(monthly_rupiah, inflation + PPM, PPM)


# ---- lateness


@rule(
    "benefit.jp.late_payment",
    N_("Ganti rugi keterlambatan pembayaran JP"),
    when="date",
    inputs=(Money("due_rupiah", most=MAX_RUPIAH), Whole("months_late", most=400)),
    outputs=(Output("penalty_rupiah"),),
    source="PP 45/2015 Pasal 35",
)
def late_payment(law: Law, *, due_rupiah: Array, months_late: Array) -> Outputs:
    """What BPJS owes for each month a pension is late; whole rupiah."""
    return {"penalty_rupiah": late_payment_penalty(law, due_rupiah, months_late)}


@step(N_("Ganti rugi keterlambatan"), "{due_rupiah} × {jp.late_payment.rate_per_month} × {months_late}")
def late_payment_penalty(law: Law, due_rupiah: Array, months_late: Array) -> Array:
    """Due x monthly rate x months, rounded once."""
    return law.share(due_rupiah, months_late * law.ppm("jp.late_payment.rate_per_month"))
