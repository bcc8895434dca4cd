"""The law a second time: one person at a time, exact fractions, figures typed in from the regulations.

Nothing here is imported from `jamsostek` and no parameter file of the project is read, so that an error in the data or
in a kernel shows as a difference. The one file shared with the project is the list of national holidays, which is a
record of decrees and no reading of the law; its path is given by `HOLIDAYS_CSV`.

Every function has the name of its rule with dots as underscores. It takes the contribution month (int YYYYMM) or the
day of the event (`datetime.date`) and the inputs of one person, and gives a dict of outputs: whole rupiah as `int`,
other numbers as `int` or `Fraction`, dates as `datetime.date`. `NoLaw` is raised where no law is in force.
"""

from __future__ import annotations

import calendar
import csv
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

HOLIDAYS_CSV = Path(__file__).parents[2] / "jamsostek" / "law" / "obligations" / "holidays.csv"

ONE = Fraction(1)
COVID_MONTHS = range(202008, 202102)  # PP 49/2020: August 2020 to January 2021
COVID_FACTOR = Fraction("0.01")


class NoLaw(LookupError):
    """No regulation is in force for this rule on this day."""


# ---- arithmetic and the calendar


def half_up(exact: Fraction | int) -> int:
    """A non-negative exact amount as whole rupiah, half a rupiah upwards."""
    assert exact >= 0
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def share(amount: int, *rates: Fraction) -> int:
    """An amount times one or more exact rates, rounded once."""
    numerator, denominator = amount, 1
    for rate in rates:
        numerator *= rate.numerator
        denominator *= rate.denominator
    return (2 * numerator + denominator) // (2 * denominator)


def first_day(month: int) -> date:
    """The first day of a month YYYYMM."""
    return date(month // 100, month % 100, 1)


def last_day(month: int) -> date:
    """The last day of a month YYYYMM."""
    year, number = divmod(month, 100)
    return date(year, number, calendar.monthrange(year, number)[1])


def next_month(month: int) -> int:
    """The month after, YYYYMM."""
    return month + 1 if month % 100 < 12 else month + 89


def needs_law(applies: bool, rule: str, when: int | date) -> None:
    """Raise where a regulation does not yet, or no longer, apply."""
    if not applies:
        raise NoLaw(f"{rule} {when}")


def birthday(birth_date: date, years: int) -> date:
    """The day on which so many years of age are completed: 1 March for a leap-day child in an ordinary year."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def value_at(rows: Sequence[tuple[Any, ...]], when: int | date) -> tuple[Any, ...]:
    """The last row whose first element is not after the month or day asked; the rows stand in order of time."""
    found = None
    for row in rows:
        if row[0] <= when:
            found = row
    if found is None:
        raise NoLaw(f"no figure at {when}")
    return found


def progressive(amount: int, bands: Sequence[tuple[int | None, Fraction]]) -> Fraction:
    """The sum of each band's rate on the part of the amount that lies in it; bands are (upper bound, rate)."""
    total, lower = Fraction(0), 0
    for upper, rate in bands:
        part = amount - lower if upper is None else min(amount, upper) - lower
        if part > 0:
            total += part * rate
        lower = upper if upper is not None else lower
    return total


# ---- contributions: wage earners (PP 44, 45, 46/2015; PP 37/2021; PP 6/2025)

JKK_RATE = {
    "very_low": Fraction("0.0024"),
    "low": Fraction("0.0054"),
    "medium": Fraction("0.0089"),
    "high": Fraction("0.0127"),
    "very_high": Fraction("0.0174"),
}
JKM_RATE = Fraction("0.003")
JHT_EMPLOYER, JHT_WORKER = Fraction("0.037"), Fraction("0.02")
JP_EMPLOYER, JP_WORKER = Fraction("0.02"), Fraction("0.01")
JKP_STATE, JKP_JKK, JKP_JKM = Fraction("0.0022"), Fraction("0.0014"), Fraction("0.001")
JKP_CEILING = 5_000_000
WORKING_DAYS = 25

JP_CEILING = (
    (201507, 7_000_000),
    (201603, 7_335_300),
    (201703, 7_703_500),
    (201803, 8_094_000),
    (201903, 8_512_400),
    (202003, 8_939_700),
    (202103, 8_754_600),
    (202203, 9_077_600),
    (202303, 9_559_600),
    (202403, 10_042_300),
    (202503, 10_547_400),
    (202603, 11_086_300),
)

PU_AMOUNTS = (
    "jkk_employer_rupiah",
    "jkm_employer_rupiah",
    "jht_employer_rupiah",
    "jht_worker_rupiah",
    "jp_employer_rupiah",
    "jp_worker_rupiah",
    "jp_deferred_rupiah",
    "jp_ceiling_rupiah",
    "jkp_government_rupiah",
    "jkp_from_jkk_rupiah",
    "jkp_from_jkm_rupiah",
)


def jp_ceiling(month: int) -> int:
    """The monthly wage above which no pension contribution is due; 0 before the pension existed."""
    return 0 if month < 201507 else value_at(JP_CEILING, month)[1]


def pu_programmes(month: int, scale: str, birth_date: date | None, jkp_member: bool) -> list[str]:
    """The programmes that bind, in the order jkk, jkm, jht, jp, jkp (Perpres 109/2013 art. 6; PP 37/2021 art. 4)."""
    programmes = ["jkk", "jkm"]
    if scale != "micro":
        programmes.append("jht")
    if scale in ("large", "medium") and month >= 201507 and not past_pension_age(month, birth_date):
        programmes.append("jp")
    if scale != "micro" and month >= 202102 and jkp_member:
        programmes.append("jkp")
    return programmes


def past_pension_age(month: int, birth_date: date | None) -> bool:
    """Whether pension age was reached on or before the first day of the month; an unknown birth date says no."""
    if birth_date is None:
        return False
    return pension_age(birth_date)[1] <= first_day(month)


def pu_totals(wage: int, programmes: list[str], parts: Mapping[str, int]) -> dict[str, Any]:
    """Every output of a wage earner's month: the parts named, all others 0, and the sums of what was rounded."""
    out: dict[str, Any] = {"wage_rupiah": wage, "programmes": programmes}
    out |= dict.fromkeys(PU_AMOUNTS, 0) | parts
    out["jkk_fund_rupiah"] = out["jkk_employer_rupiah"] - out["jkp_from_jkk_rupiah"]
    out["jkm_fund_rupiah"] = out["jkm_employer_rupiah"] - out["jkp_from_jkm_rupiah"]
    out["employer_rupiah"] = sum(out[f"{name}_employer_rupiah"] for name in ("jkk", "jkm", "jht", "jp"))
    out["worker_rupiah"] = out["jht_worker_rupiah"] + out["jp_worker_rupiah"]
    out["total_rupiah"] = out["employer_rupiah"] + out["worker_rupiah"]
    return out


def jp_parts(wage: int, month: int) -> dict[str, int]:
    """The pension contribution due now and the part that PP 49/2020 puts off."""
    base = min(wage, jp_ceiling(month))
    now = COVID_FACTOR if month in COVID_MONTHS else ONE
    employer, worker = share(base, JP_EMPLOYER, now), share(base, JP_WORKER, now)
    deferred = share(base, JP_EMPLOYER + JP_WORKER) - employer - worker if month in COVID_MONTHS else 0
    return {"jp_employer_rupiah": employer, "jp_worker_rupiah": worker, "jp_deferred_rupiah": deferred}


def jkp_parts(wage: int, month: int, jkk: int, jkm: int) -> dict[str, int]:
    """Job-loss cover: the state's share and what is moved out of the JKK and JKM paid, never more than was paid."""
    base = min(wage, JKP_CEILING)
    from_jkm = share(base, JKP_JKM) if month < 202503 else 0
    return {
        "jkp_government_rupiah": share(base, JKP_STATE),
        "jkp_from_jkk_rupiah": min(share(base, JKP_JKK), jkk),
        "jkp_from_jkm_rupiah": min(from_jkm, jkm),
    }


def contribution_pu(
    month: int,
    *,
    risk_class: str,
    wage_rupiah: int | None = None,
    daily_wage_rupiah: int | None = None,
    scale: str = "large",
    labour_intensive: bool = False,
    birth_date: date | None = None,
    jkp_member: bool = True,
) -> dict[str, Any]:
    """A wage earner's contribution month (PP 44/2015 art. 16-18, PP 45/2015 art. 28-29, PP 46/2015 art. 16)."""
    needs_law(month >= 201501, "contribution.pu", month)
    wage = daily_wage_rupiah * WORKING_DAYS if wage_rupiah is None else wage_rupiah
    programmes = pu_programmes(month, scale, birth_date, jkp_member)
    covid = COVID_FACTOR if month in COVID_MONTHS else ONE
    half = Fraction(1, 2) if labour_intensive and 202502 <= month <= 202601 else ONE
    parts = {
        "jkk_employer_rupiah": share(wage, JKK_RATE[risk_class], covid, half),
        "jkm_employer_rupiah": share(wage, JKM_RATE, covid),
        "jp_ceiling_rupiah": jp_ceiling(month),
    }
    if "jht" in programmes:
        parts |= {"jht_employer_rupiah": share(wage, JHT_EMPLOYER), "jht_worker_rupiah": share(wage, JHT_WORKER)}
    if "jp" in programmes:
        parts |= jp_parts(wage, month)
    if "jkp" in programmes:
        parts |= jkp_parts(wage, month, parts["jkk_employer_rupiah"], parts["jkm_employer_rupiah"])
    return pu_totals(wage, programmes, parts)


def contribution_non_asn(month: int, *, wage_rupiah: int) -> dict[str, Any]:
    """A government worker outside the civil service: lowest risk class, no pension; savings since Permenaker 1/2025."""
    needs_law(month >= 201507, "contribution.non_asn", month)
    covid = COVID_FACTOR if month in COVID_MONTHS else ONE
    programmes = ["jkk", "jkm"]
    parts = {
        "jkk_employer_rupiah": share(wage_rupiah, JKK_RATE["very_low"], covid),
        "jkm_employer_rupiah": share(wage_rupiah, JKM_RATE, covid),
    }
    if month >= 202503:
        programmes.append("jht")
        parts |= {
            "jht_employer_rupiah": share(wage_rupiah, JHT_EMPLOYER),
            "jht_worker_rupiah": share(wage_rupiah, JHT_WORKER),
        }
    return pu_totals(wage_rupiah, programmes, parts)


# ---- contributions: outside wage work, building, abroad

# PP 44/2015 annex II and PP 46/2015 annex: the first income of each band and the income it counts as.
BPU_BANDS = (
    (0, 1_000_000),
    (1_100_000, 1_200_000),
    (1_300_000, 1_400_000),
    (1_500_000, 1_600_000),
    (1_700_000, 1_800_000),
    (1_900_000, 2_000_000),
    (2_100_000, 2_200_000),
    (2_300_000, 2_400_000),
    (2_500_000, 2_600_000),
    (2_700_000, 2_950_000),
    (3_200_000, 3_450_000),
    (3_700_000, 3_950_000),
    (4_200_000, 4_450_000),
    (4_700_000, 4_950_000),
    (5_200_000, 5_450_000),
    (5_700_000, 5_950_000),
    (6_200_000, 6_450_000),
    (6_700_000, 6_950_000),
    (7_200_000, 7_450_000),
    (7_700_000, 7_950_000),
    (8_200_000, 8_700_000),
    (9_200_000, 9_700_000),
    (10_200_000, 10_700_000),
    (11_200_000, 11_700_000),
    (12_200_000, 12_700_000),
    (13_200_000, 13_700_000),
    (14_200_000, 14_700_000),
    (15_200_000, 15_700_000),
    (16_200_000, 16_700_000),
    (17_200_000, 17_700_000),
    (18_200_000, 18_700_000),
    (19_200_000, 19_700_000),
    (20_200_000, 20_700_000),
)
BPU_JKK, BPU_JHT, BPU_JKM = Fraction("0.01"), Fraction("0.02"), 6_800
BPU_RELIEF = {"transport": range(202601, 202704), "other": range(202604, 202613)}
PUBLIC_BUDGETS = ("apbn", "apbd")


def contribution_bpu(
    month: int,
    *,
    income_rupiah: int,
    programmes: Iterable[str] = ("jkk", "jkm"),
    sector: str = "other",
    payer: str = "self",
) -> dict[str, int]:
    """A member outside wage work: by income band (PP 44/2015 art. 20), halved by PP 50/2025 in its months."""
    needs_law(month >= 201507, "contribution.bpu", month)
    base = value_at(BPU_BANDS, income_rupiah)[1]
    factor = COVID_FACTOR if month in COVID_MONTHS else ONE
    if month in BPU_RELIEF[sector] and payer not in PUBLIC_BUDGETS:
        factor *= Fraction(1, 2)
    due = {"jkk": share(base, BPU_JKK, factor), "jkm": share(BPU_JKM, factor), "jht": share(base, BPU_JHT)}
    chosen = set(programmes)
    out = {f"{name}_rupiah": amount if name in chosen else 0 for name, amount in due.items()}
    return {"base_rupiah": base, **out, "total_rupiah": sum(out.values())}


CONTRACT_JKK = (
    (100_000_000, Fraction("0.0021")),
    (500_000_000, Fraction("0.0017")),
    (1_000_000_000, Fraction("0.0013")),
    (5_000_000_000, Fraction("0.0011")),
    (None, Fraction("0.0009")),
)
CONTRACT_JKM = (
    (100_000_000, Fraction("0.0003")),
    (500_000_000, Fraction("0.0002")),
    (1_000_000_000, Fraction("0.0002")),
    (5_000_000_000, Fraction("0.0001")),
    (None, Fraction("0.0001")),
)


def contribution_construction(
    month: int,
    *,
    contract_value_rupiah: int | None = None,
    contract_value_with_vat_rupiah: int | None = None,
    vat_rate: Fraction | None = None,
) -> dict[str, int]:
    """A building contract whose wages are not known: slice by slice (PP 44/2015 art. 54(2), 55(2))."""
    needs_law(month >= 201507, "contribution.construction", month)
    if contract_value_rupiah is None:
        base = half_up(Fraction(contract_value_with_vat_rupiah) / (1 + vat_rate))
    else:
        base = contract_value_rupiah
    covid = COVID_FACTOR if month in COVID_MONTHS else ONE
    jkk, jkm = half_up(progressive(base, CONTRACT_JKK) * covid), half_up(progressive(base, CONTRACT_JKM) * covid)
    return {"base_rupiah": base, "jkk_rupiah": jkk, "jkm_rupiah": jkm, "total_rupiah": jkk + jkm}


def contribution_migrant(month: int, *, route: str, months: int) -> dict[str, int]:
    """A migrant worker's package (Permenaker 18/2018, then Permenaker 4/2023 art. 18)."""
    needs_law(month >= 201901, "contribution.migrant", month)
    before = 37_500 if route == "agency" else 0
    if month < 202303:
        after = 332_500
    elif months >= 24:
        after = 332_500 + (months - 24) * 13_500
    elif months >= 12:
        after = 189_000 + (months - 12) * 13_500
    else:
        after = 108_000 + max(months - 6, 0) * 13_500
    return {"before_departure_rupiah": before, "during_after_rupiah": after, "total_rupiah": before + after}


LABOUR_INTENSIVE = ("food_drink_tobacco", "textile_and_clothing", "leather_and_leather_goods", "footwear", "toys", "furniture")


def relief_labour_intensive(month: int, *, industry: str, active_workers: int, last_paid_month: int) -> dict[str, bool]:
    """Half of JKK for the six industries, fifty workers, nothing owing up to January 2025 (PP 7/2025; PP 36/2025)."""
    if not 202502 <= month <= 202601:
        return dict.fromkeys(("labour_intensive", "relief_in_force", "industry_listed", "enough_workers", "paid_up"), False)
    met = {
        "industry_listed": industry in LABOUR_INTENSIVE,
        "enough_workers": active_workers >= 50,
        "paid_up": last_paid_month >= 202501,
    }
    return {"labour_intensive": all(met.values()), "relief_in_force": True, **met}


def relief_bpu(month: int, *, sector: str = "other", payer: str = "self") -> dict[str, Any]:
    """Half of JKK and JKM for members outside wage work, not where the state's or a region's budget pays (PP 50/2025)."""
    running, qualifies = month in BPU_RELIEF[sector], month >= 202601 and payer not in PUBLIC_BUDGETS
    relieved = running and qualifies
    return {
        "relieved": relieved,
        "relief_in_force": running,
        "payer_qualifies": qualifies,
        "paid_percent": 50 if relieved else 100,
    }


# ---- obligations: fines, due dates, cover, the number of a person


def penalty_late(month: int, *, due_rupiah: int, months_late: int, segment: str = "pu") -> dict[str, int]:
    """The fine of an employer who pays late (PP 44/2015 art. 22; PP 49/2020), for each month begun; none for others."""
    needs_law(month >= 201507, "penalty.late", month)
    rate = Fraction("0.005") if month in COVID_MONTHS else Fraction("0.02")
    return {"penalty_rupiah": 0 if segment == "bpu" else share(due_rupiah * months_late, rate)}


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, number = index // 12, index % 12 + 1
    return date(year, number, min(day.day, calendar.monthrange(year, number)[1]))


def penalty_months_late(month: int, *, due_date: date, paid_on: date) -> dict[str, int]:
    """Months of delay, one by one: the next has begun when the last one is over and the bill is still unpaid."""
    needs_law(month >= 201507, "penalty.months_late", month)
    begun = 0
    while months_after(due_date, begun) < paid_on:
        begun += 1
    return {"months_late": begun}


def penalty_administrative(month: int, *, due_rupiah: int, months: int) -> dict[str, int]:
    """The fine after the second warning (PP 86/2013 art. 10(4))."""
    needs_law(month >= 201401, "penalty.administrative", month)
    return {"penalty_rupiah": share(due_rupiah * months, Fraction("0.001"))}


@functools.cache
def national_holidays() -> frozenset[date]:
    """The national holidays on record; days of collective leave are working days here."""
    with HOLIDAYS_CSV.open(encoding="utf-8", newline="") as file:
        return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(file) if row["kind"] == "national")


def working_day(day: date, step: int) -> date:
    """The day itself or, by steps of +1 or -1 day, the first that is no Saturday, Sunday or national holiday."""
    while day.weekday() >= 5 or day in national_holidays():
        day += timedelta(days=step)
    return day


@functools.cache
def due_dates(month: int, segment: str) -> tuple[date, date, date | None]:
    """The last days to pay JKK and JKM, JHT, and JP for a month."""
    needs_law(month >= 201507, "calendar.due_date", month)
    following = working_day(first_day(next_month(month)) + timedelta(days=14), +1)
    if segment == "bpu":
        return working_day(first_day(month) + timedelta(days=14), +1), following, None
    if month in COVID_MONTHS:
        thirtieth = min(first_day(next_month(month)) + timedelta(days=29), last_day(next_month(month)))
        relieved = working_day(thirtieth, -1)
        return relieved, relieved, relieved
    return following, following, following


def calendar_due_date(month: int, *, segment: str) -> dict[str, date | None]:
    """When the bill of a month falls due (PP 44/2015 art. 21, 24; PP 46/2015 art. 19, 21; PP 49/2020)."""
    return dict(zip(("jkk_jkm_due", "jht_due", "jp_due"), due_dates(month, segment), strict=True))


def calendar_contract_due(day: date, *, contract: str) -> dict[str, date]:
    """When a contract's whole sum falls due: 14 working days after a work order, the day before a migrant's contract."""
    if contract == "migrant":
        needs_law(day >= date(2018, 12, 10), "calendar.contract_due", day)
        return {"due_on": day - timedelta(days=1)}
    needs_law(day >= date(2015, 12, 1), "calendar.contract_due", day)
    for _ in range(14):
        day = working_day(day + timedelta(days=1), +1)
    return {"due_on": day}


def cover_status(month: int, *, segment: str, last_paid_month: int, on_date: date) -> dict[str, Any]:
    """Whether arrears have ended the cover, and who pays first (PP 44/2015 art. 38, 39, 41, 42)."""
    overdue, unpaid = 0, next_month(last_paid_month)
    while due_dates(unpaid, segment)[0] < on_date:
        overdue, unpaid = overdue + 1, next_month(unpaid)
    within = overdue <= 3
    beyond = "nobody" if segment == "bpu" else "employer"
    return {
        "overdue_months": overdue,
        "protected": within or segment == "pu",
        "pays_first": "bpjs" if within else beyond,
    }


def identity_nik(month: int, *, nik: str) -> dict[str, Any]:
    """What the sixteen digits of a NIK tell; a serial 0000 and an unknown region do not make it false."""
    if len(nik) != 16 or not (nik.isascii() and nik.isdigit()):
        return {"valid": False}
    day, number, short_year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    female = day > 40
    for century in (2000, 1900):
        try:
            born = date(century + short_year, number, day - 40 if female else day)
        except ValueError:
            continue
        if born <= last_day(month):
            return {
                "valid": True,
                "region_code": nik[:6],
                "sex": "female" if female else "male",
                "birth_date": born,
            }
    return {"valid": False}


# ---- benefits: work accident (PP 44/2015 annex III; PP 82/2019 annex III)

PP_44 = date(2015, 7, 1)
PP_82 = date(2019, 12, 2)
WAGE_MONTHS = 80


def benefit_jkk_death(day: date, *, wage_rupiah: int | None = None, daily_wage_rupiah: int | None = None) -> dict[str, int]:
    """Death by work accident: 60 % of 80 wages, not below the minimum, and the amounts beside it."""
    needs_law(day >= PP_44, "benefit.jkk.death", day)
    wage = daily_wage_rupiah * WORKING_DAYS if wage_rupiah is None else wage_rupiah
    new = day >= PP_82
    minimum, periodic, funeral, once = (
        (20_000_000, 12_000_000, 10_000_000, 0) if new else (16_200_000, 4_800_000, 3_000_000, 12_000_000)
    )
    death = max(48 * wage, minimum)
    return {
        "death_rupiah": death,
        "periodic_rupiah": periodic,
        "funeral_rupiah": funeral,
        "scholarship_once_rupiah": once,
        "total_rupiah": death + periodic + funeral,
    }


def benefit_jkk_total_disability(day: date, *, wage_rupiah: int) -> dict[str, int]:
    """Total and permanent disability: 70 % of 80 wages and the periodic benefit."""
    needs_law(day >= PP_44, "benefit.jkk.total_disability", day)
    periodic = 12_000_000 if day >= PP_82 else 4_800_000
    disability = 56 * wage_rupiah
    return {"disability_rupiah": disability, "periodic_rupiah": periodic, "total_rupiah": disability + periodic}


DISABILITY_PERCENT = {
    "arm_from_shoulder_right": Fraction(40),
    "arm_from_shoulder_left": Fraction(35),
    "arm_from_above_elbow_right": Fraction(35),
    "arm_from_above_elbow_left": Fraction(30),
    "hand_from_above_wrist_right": Fraction(32),
    "hand_from_above_wrist_left": Fraction(28),
    "both_legs_from_groin": Fraction(70),
    "one_leg_from_groin": Fraction(35),
    "both_feet_from_ankle": Fraction(50),
    "one_foot_from_ankle": Fraction(25),
    "both_eyes": Fraction(70),
    "one_eye_or_diplopia_near_vision": Fraction(35),
    "hearing_both_ears": Fraction(40),
    "hearing_one_ear": Fraction(20),
    "thumb_right": Fraction(15),
    "thumb_left": Fraction(12),
    "index_finger_right": Fraction(9),
    "index_finger_left": Fraction(7),
    "other_finger_right_each": Fraction(4),
    "other_finger_left_each": Fraction(3),
    "index_first_phalanx_right": Fraction("4.5"),
    "index_first_phalanx_left": Fraction("3.5"),
    "other_finger_first_phalanx_right": Fraction(2),
    "other_finger_first_phalanx_left": Fraction("1.5"),
    "big_toe_each": Fraction(5),
    "second_toe_each": Fraction(3),
    "other_toe_each": Fraction(2),
    "scalp_avulsion": Fraction(30),
    "impotence": Fraction(30),
    "leg_shortening_lt_5cm": Fraction(10),
    "leg_shortening_5_to_lt_7_5cm": Fraction(20),
    "leg_shortening_ge_7_5cm": Fraction(30),
    "hearing_loss_both_ears_per_10_db": Fraction(6),
    "hearing_loss_one_ear_per_10_db": Fraction(3),
    "one_ear_pinna": Fraction(5),
    "both_ear_pinnae": Fraction(10),
    "nose_ala_loss": Fraction(30),
    "nasal_septum_perforation": Fraction(15),
    "smell_loss": Fraction(10),
    "physical_work_capacity_loss_51_70_pct": Fraction(40),
    "physical_work_capacity_loss_26_50_pct": Fraction(20),
    "physical_work_capacity_loss_10_25_pct": Fraction(5),
    "permanent_mental_work_incapacity": Fraction(70),
    "visual_acuity_efficiency_loss_per_10_pct": Fraction(7),
    "colour_vision_loss": Fraction(10),
    "visual_field_loss_per_10_pct": Fraction(7),
}
DISABILITY_CAP = Fraction(70)
SCALP_LEAST = Fraction(10)


def other_side(code: str) -> str:
    """The code of the other hand, or the code itself where the table knows no sides."""
    if "_right" in code:
        return code.replace("_right", "_left")
    return code.replace("_left", "_right")


def injury_percent(injury: Mapping[str, Any]) -> Fraction:
    """One injury's per cent of the table: code, loss (a share, or the number of steps), left_handed."""
    code = other_side(injury["code"]) if injury.get("left_handed", False) else injury["code"]
    percent = DISABILITY_PERCENT[code] * Fraction(str(injury.get("loss", 1)))
    return max(percent, SCALP_LEAST) if code == "scalp_avulsion" else percent


def benefit_jkk_partial_disability(day: date, *, wage_rupiah: int, injuries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Partial disability: the table's per cents added, at most 70, of 80 wages."""
    needs_law(day >= PP_44, "benefit.jkk.partial_disability", day)
    percent = min(sum(map(injury_percent, injuries), Fraction(0)), DISABILITY_CAP)
    return {"percent": percent, "disability_rupiah": half_up(percent / 100 * WAGE_MONTHS * wage_rupiah)}


# (last month of the step, share); None: without end. PP 14/1993 annex II, then PP 44/2015 and PP 82/2019 annex III.
INCAPACITY = (
    (date.min, ((4, Fraction(1)), (8, Fraction("0.75")), (None, Fraction("0.5")))),
    (PP_44, ((6, Fraction(1)), (12, Fraction("0.75")), (None, Fraction("0.5")))),
    (PP_82, ((12, Fraction(1)), (None, Fraction("0.5")))),
)


def benefit_jkk_temporary_incapacity(
    day: date, *, wage_rupiah: int, months: int | None = None, days: int | None = None
) -> dict[str, int]:
    """The wage while unfit for work, in months of 30 days, by the steps in force on the day of the event."""
    length = months * 30 if days is None else days
    steps = [(None if last is None else last * 30, rate) for last, rate in value_at(INCAPACITY, day)[1]]
    return {"incapacity_rupiah": half_up(progressive(length, steps) / 30 * wage_rupiah)}


TRANSPORT = (
    (PP_44, {"land": 1_000_000, "sea": 1_500_000, "air": 2_500_000}),
    (PP_82, {"land": 5_000_000, "sea": 2_000_000, "air": 10_000_000}),
)


def benefit_jkk_transport(day: date, *, land_rupiah: int = 0, sea_rupiah: int = 0, air_rupiah: int = 0) -> dict[str, int]:
    """The cost of bringing the injured, each way of travel up to its own ceiling."""
    ceiling = value_at(TRANSPORT, day)[1]
    cost = {"land": land_rupiah, "sea": sea_rupiah, "air": air_rupiah}
    return {"transport_rupiah": sum(min(cost[way], ceiling[way]) for way in cost)}


def benefit_jkk_late_payment(day: date, *, benefit_rupiah: int, days_late: int) -> dict[str, int]:
    """What BPJS owes when it pays late: 1 % a day (PP 44/2015 art. 37(3))."""
    needs_law(day >= PP_44, "benefit.jkk.late_payment", day)
    return {"penalty_rupiah": share(benefit_rupiah * days_late, Fraction("0.01"))}


def benefit_jkm_late_payment(day: date, *, benefit_rupiah: int, days_late: int) -> dict[str, int]:
    """The same of a death benefit (PP 44/2015 art. 40(4))."""
    needs_law(day >= PP_44, "benefit.jkm.late_payment", day)
    return {"penalty_rupiah": share(benefit_rupiah * days_late, Fraction("0.01"))}


# ---- benefits: death not caused by work, and the scholarship

JKM_PARTS = (
    (PP_44, (16_200_000, 4_800_000, 3_000_000)),
    (PP_82, (20_000_000, 12_000_000, 10_000_000)),
)
PERMENAKER_1_2025 = date(2025, 2, 24)


def benefit_jkm_death(
    day: date, *, segment: str = "pu", membership_months: int | None = None, arrears_months: int = 0
) -> dict[str, int]:
    """Death from another cause (PP 44/2015 art. 34, 42; PP 82/2019; Permenaker 1/2025)."""
    lump_sum, periodic, funeral = value_at(JKM_PARTS, day)[1]
    if segment == "bpu" and day >= PERMENAKER_1_2025 and membership_months is not None and membership_months < 3:
        lump_sum, periodic, funeral = 0, 0, 10_000_000
    if segment == "bpu" and arrears_months > 3:
        lump_sum, periodic, funeral = 0, 0, 0
    return {
        "lump_sum_rupiah": lump_sum,
        "periodic_rupiah": periodic,
        "funeral_rupiah": funeral,
        "total_rupiah": lump_sum + periodic + funeral,
    }


SCHOOL = {
    "kindergarten": (1_500_000, 2),
    "primary": (1_500_000, 6),
    "junior": (2_000_000, 3),
    "senior": (3_000_000, 3),
    "higher": (12_000_000, 5),
}
ALL_LEVELS = {level: years for level, (_, years) in SCHOOL.items()}
CHILDREN_AT_MOST = 2
SCHOLARSHIP_ONCE = 12_000_000


def benefit_scholarship(
    day: date,
    *,
    cause: str = "jkk",
    contribution_months: int | None = None,
    children: Sequence[Mapping[str, Any]] | None = None,
    children_count: int | None = None,
) -> dict[str, Any]:
    """The school money of the children left: two children by level since PP 82/2019, 12 million once before."""
    needs_law(day >= PP_44, "benefit.scholarship", day)
    levels = [ALL_LEVELS] * children_count if children is None else [child["levels"] for child in children]
    named = [level for level in SCHOOL if any(level in of_child for of_child in levels)]
    new = day >= PP_82
    months_needed = (36 if new else 60) if cause == "jkm" else 0
    entitled = contribution_months is None or contribution_months >= months_needed
    per_child = [0] * len(levels)
    if entitled and new:
        for place, of_child in enumerate(levels[:CHILDREN_AT_MOST]):
            per_child[place] = sum(min(years, SCHOOL[level][1]) * SCHOOL[level][0] for level, years in of_child.items())
    elif entitled and levels:
        per_child[0] = SCHOLARSHIP_ONCE
    yearly = {level: SCHOOL[level][0] if new else 0 for level in named}
    return {"per_child_rupiah": per_child, "total_rupiah": sum(per_child), "yearly_rupiah": yearly}


# ---- benefits: old-age savings


def benefit_jht_balance(
    day: date, *, opening_rupiah: int, months: int, annual_rate: Fraction, monthly_contribution_rupiah: int = 0
) -> dict[str, int]:
    """The account month by month: simple interest within twelve months, rounded and added at their end.

    A contribution earns from the month after it is paid in.
    """
    balance = opening_rupiah
    interest_base = 0  # the sum, over the months so far, of what stood in the account at each month's beginning
    paid_in = 0
    for month in range(1, months + 1):
        interest_base += balance + paid_in
        paid_in += monthly_contribution_rupiah
        if month % 12 == 0 or month == months:
            balance += paid_in + half_up(interest_base * annual_rate / 12)
            interest_base = paid_in = 0
    return {"balance_rupiah": balance}


DECLARED_RATE = {
    2015: Fraction("0.069"),
    2016: Fraction("0.0719"),
    2017: Fraction("0.0783"),
    2018: Fraction("0.061"),
    2019: Fraction("0.0608"),
    2020: Fraction("0.0563"),
}


def benefit_jht_monthly_return(
    month: int,
    *,
    opening_rupiah: int,
    returned_rupiah: int = 0,
    movement_rupiah_days: int = 0,
    annual_rate: Fraction | None = None,
) -> dict[str, int]:
    """What an account earns in a month, a day at a time: this year's returns stand in it and earn nothing yet."""
    needs_law(month >= 201507, "benefit.jht.monthly_return", month)
    needs_law(annual_rate is not None or month // 100 in DECLARED_RATE, "benefit.jht.monthly_return", month)
    rate = DECLARED_RATE[month // 100] if annual_rate is None else annual_rate
    daily = rate / (date(month // 100, 12, 31) - date(month // 100 - 1, 12, 31)).days
    earned = sum((opening_rupiah * daily for _ in range(last_day(month).day)), movement_rupiah_days * daily)
    return {"return_rupiah": half_up(earned)}


TAX_FINAL = ((50_000_000, Fraction(0)), (None, Fraction("0.05")))
TAX_TO_2021 = (
    (50_000_000, Fraction("0.05")),
    (250_000_000, Fraction("0.15")),
    (500_000_000, Fraction("0.25")),
    (None, Fraction("0.30")),
)
TAX_FROM_2022 = (
    (60_000_000, Fraction("0.05")),
    (250_000_000, Fraction("0.15")),
    (500_000_000, Fraction("0.25")),
    (5_000_000_000, Fraction("0.30")),
    (None, Fraction("0.35")),
)
NO_TAX_NUMBER = Fraction("1.2")


def benefit_jht_tax(day: date, *, payments: Sequence[Mapping[str, int]], tax_number: bool = True) -> dict[str, Any]:
    """Income tax on payments of old-age savings (PP 68/2009): final in two calendar years, then by the year's bands."""
    needs_law(day >= date(2009, 11, 16), "benefit.jht.tax", day)
    opened = payments[0]["month"] // 100
    sums: dict[int, int] = {}  # the running sum of the window (key 0) and of each later calendar year
    taxes = []
    for payment in payments:
        year = payment["month"] // 100
        in_window = year <= opened + 1
        key = 0 if in_window else year
        before = sums.get(key, 0)
        sums[key] = before + payment["amount_rupiah"]
        bands = TAX_FINAL if in_window else TAX_TO_2021 if year <= 2021 else TAX_FROM_2022
        factor = ONE if in_window or tax_number else NO_TAX_NUMBER
        taxes.append(half_up((progressive(sums[key], bands) - progressive(before, bands)) * factor))
    gross = sum(payment["amount_rupiah"] for payment in payments)
    return {"tax_rupiah": taxes, "total_tax_rupiah": sum(taxes), "net_rupiah": gross - sum(taxes)}


# ---- benefits: pension (PP 45/2015)

PENSION_AGE = (
    (date.min, date(2018, 12, 31), 56),
    (date(2019, 1, 1), date(2021, 12, 31), 57),
    (date(2022, 1, 1), date(2024, 12, 31), 58),
    (date(2025, 1, 1), date(2027, 12, 31), 59),
    (date(2028, 1, 1), date(2030, 12, 31), 60),
    (date(2031, 1, 1), date(2033, 12, 31), 61),
    (date(2034, 1, 1), date(2036, 12, 31), 62),
    (date(2037, 1, 1), date(2039, 12, 31), 63),
    (date(2040, 1, 1), date(2042, 12, 31), 64),
    (date(2043, 1, 1), date.max, 65),
)


@functools.lru_cache(maxsize=100_000)
def pension_age(birth_date: date) -> tuple[int, date]:
    """The pension age of a person and the first day on which the age reached is the pension age of that day."""
    for begins, ends, age in PENSION_AGE:
        reached = max(birthday(birth_date, age), begins)
        if reached <= ends:
            return age, reached
    raise AssertionError("the last age has no end")


def benefit_jp_pension_age(day: date, *, birth_date: date) -> dict[str, Any]:
    """Pension age and the day it is reached (PP 45/2015 art. 15)."""
    age, reached = pension_age(birth_date)
    return {"pension_age_years": age, "reached_on": reached}


JP_LIMITS = (
    (date(2015, 7, 1), 300_000, 3_600_000),
    (date(2016, 3, 1), 310_050, 3_720_600),
    (date(2017, 3, 1), 319_450, 3_833_000),
    (date(2018, 3, 1), 331_000, 3_971_400),
    (date(2019, 3, 1), 341_400, 4_095_750),
    (date(2020, 3, 1), 350_700, 4_207_200),
    (date(2021, 3, 1), 356_600, 4_277_900),
    (date(2022, 3, 1), 363_300, 4_357_900),
    (date(2023, 3, 1), 383_400, 4_598_100),
    (date(2024, 3, 1), 393_500, 4_718_200),
    (date(2025, 3, 1), 399_700, 4_792_300),
    (date(2026, 2, 1), 411_400, 4_932_300),
)


def benefit_jp_limits(day: date) -> dict[str, int]:
    """The lowest and highest monthly pension of the day (PP 45/2015 art. 18 and the yearly BPJS letter)."""
    _, minimum, maximum = value_at(JP_LIMITS, day)
    return {"minimum_rupiah": minimum, "maximum_rupiah": maximum}


def benefit_jp_indexed_wages(day: date, *, years: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Each year's wage times (1 + inflation) of its own and every later year, and their mean (PP 45/2015 art. 17)."""
    needs_law(day >= PP_44, "benefit.jp.indexed_wages", day)
    index, exact = ONE, {}
    for row in reversed(years):
        index *= 1 + Fraction(str(row["inflation_percent"])) / 100
        exact[row["year"]] = row["wage_rupiah"] * index
    mean = half_up(sum(exact.values(), Fraction(0)) / len(exact))
    return {"indexed_rupiah": {year: half_up(exact[year]) for year in sorted(exact)}, "mean_rupiah": mean}


JP_SHARE = {
    "old_age": Fraction(1),
    "disability": Fraction(1),
    "widow": Fraction("0.5"),
    "child": Fraction("0.5"),
    "parent": Fraction("0.2"),
}
FULL_MONTHS = 180
DENSITY_LEAST = Fraction("0.8")


def pension_months(kind: str, contribution_months: int, density: Fraction) -> int | None:
    """The months that count: the months paid, fifteen years where the law lends them, or None for a lump sum."""
    if contribution_months >= FULL_MONTHS:
        return contribution_months
    if kind == "old_age" or density < DENSITY_LEAST:
        return None
    membership_needed = 1 if kind == "disability" else 12
    return FULL_MONTHS if contribution_months / density >= membership_needed else None


def benefit_jp_pension(
    day: date,
    *,
    kind: str,
    contribution_months: int,
    mean_indexed_wage_rupiah: int,
    density: Fraction = ONE,
) -> dict[str, Any]:
    """The monthly pension of the first year, within the limits of the day (PP 45/2015 art. 17-24)."""
    _, minimum, maximum = value_at(JP_LIMITS, day)
    months = pension_months(kind, contribution_months, density)
    if months is None:
        return {"monthly_rupiah": 0, "lump_sum": True}
    pension = half_up(Fraction(months, 12) / 100 * mean_indexed_wage_rupiah * JP_SHARE[kind])
    return {"monthly_rupiah": min(max(pension, minimum), maximum), "lump_sum": False}


def benefit_jp_growth(day: date, *, kind: str, monthly_rupiah: int, inflation: Fraction) -> dict[str, int]:
    """A later year's pension: the last one with the inflation of the year before, within the limits of the day."""
    _, minimum, maximum = value_at(JP_LIMITS, day)
    grown = half_up(monthly_rupiah * (1 + Fraction(str(inflation))))
    return {"grown_rupiah": min(max(grown, minimum), maximum)}


def benefit_jp_late_payment(day: date, *, due_rupiah: int, months_late: int) -> dict[str, int]:
    """What BPJS owes when it pays a pension late: 2 % a month (PP 45/2015 art. 35)."""
    needs_law(day >= PP_44, "benefit.jp.late_payment", day)
    return {"penalty_rupiah": share(due_rupiah * months_late, Fraction("0.02"))}


# ---- benefits: job loss

JKP_OLD_STEPS = (Fraction("0.45"),) * 3 + (Fraction("0.25"),) * 3
JKP_NEW_STEP = Fraction("0.60")


def benefit_jkp(day: date, *, wage_rupiah: int, months_already_paid_before_2025_02_07: int = 0) -> dict[str, Any]:
    """Six months of cash: those already paid by the steps of PP 37/2021, the rest by PP 6/2025."""
    needs_law(day >= date(2021, 2, 2), "benefit.jkp", day)
    base = min(wage_rupiah, JKP_CEILING)
    paid = months_already_paid_before_2025_02_07
    monthly = [share(base, JKP_OLD_STEPS[place] if place < paid else JKP_NEW_STEP) for place in range(6)]
    return {"monthly_rupiah": monthly, "total_rupiah": sum(monthly)}


RULES: dict[str, Callable[..., dict[str, Any]]] = {
    "contribution.pu": contribution_pu,
    "contribution.non_asn": contribution_non_asn,
    "contribution.bpu": contribution_bpu,
    "contribution.construction": contribution_construction,
    "contribution.migrant": contribution_migrant,
    "relief.labour_intensive": relief_labour_intensive,
    "relief.bpu": relief_bpu,
    "penalty.late": penalty_late,
    "penalty.months_late": penalty_months_late,
    "penalty.administrative": penalty_administrative,
    "calendar.due_date": calendar_due_date,
    "calendar.contract_due": calendar_contract_due,
    "cover.status": cover_status,
    "identity.nik": identity_nik,
    "benefit.jkk.death": benefit_jkk_death,
    "benefit.jkk.total_disability": benefit_jkk_total_disability,
    "benefit.jkk.partial_disability": benefit_jkk_partial_disability,
    "benefit.jkk.temporary_incapacity": benefit_jkk_temporary_incapacity,
    "benefit.jkk.transport": benefit_jkk_transport,
    "benefit.jkk.late_payment": benefit_jkk_late_payment,
    "benefit.jkm.death": benefit_jkm_death,
    "benefit.jkm.late_payment": benefit_jkm_late_payment,
    "benefit.scholarship": benefit_scholarship,
    "benefit.jht.balance": benefit_jht_balance,
    "benefit.jht.monthly_return": benefit_jht_monthly_return,
    "benefit.jht.tax": benefit_jht_tax,
    "benefit.jp.pension_age": benefit_jp_pension_age,
    "benefit.jp.limits": benefit_jp_limits,
    "benefit.jp.indexed_wages": benefit_jp_indexed_wages,
    "benefit.jp.pension": benefit_jp_pension,
    "benefit.jp.growth": benefit_jp_growth,
    "benefit.jp.late_payment": benefit_jp_late_payment,
    "benefit.jkp": benefit_jkp,
}
