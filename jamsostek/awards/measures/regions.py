"""Measures of provinces and regencies, on today's map, all of them at once.

A regency that moved to another province in 2022 brings its people, money and regulations along: what stands under its former
code counts under today's, in every month. People whose regency is not known count for no regency and for their province.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from jamsostek.access.scope import code_of_today
from jamsostek.awards.measures.frame import Frame, Pair, Pairs, asked
from jamsostek.claims.actions.common import days_to_pay
from jamsostek.claims.choices import Kind
from jamsostek.core.errors import InputError
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.coverage.cube import Question, ask
from jamsostek.coverage.denominators import denominator

ALL = (*PROVINCES, *REGENCIES)
WAGE = ("pu", "non_asn", "construction", "trainee")
OWN = ("bpu_self", "bpu_sponsored")
MATTERS = ("groups", "budget", "licences", "village_funds", "non_asn")
"""What a region can settle by regulation; "other" is none of them."""
Counts = Mapping[int, int]


def measured(frame: Frame) -> dict[str, Pairs]:
    """All measures of regions, by name."""
    return {f"region.{name}": measure(frame) for name, measure in MEASURES.items()}


# --- people ---------------------------------------------------------------------------------------------------------------


def _people(frame: Frame, month: int, measure: str = "active", **where: Iterable[int | str]) -> Counts | str:
    """People of a month by province and regency of today, or why they are not known."""
    if frame.cube is None:
        return "no_cube"
    if not frame.cube.first_month <= month <= frame.cube.last_month:
        return "outside_cube"
    try:
        told = ask(
            Question((month,), (measure,), ("regency",), {name: tuple(values) for name, values in where.items()}),
            snapshot=frame.cube,
        )
    except InputError:
        return "no_cube"
    found: Counter[int] = Counter()
    for code, people in told.rows:
        if code is None:
            continue
        today = code_of_today(int(code))
        if today in REGENCIES:
            found[today] += int(people)
            found[REGENCIES[today].province_code] += int(people)
        elif today in PROVINCES:
            found[today] += int(people)
    return found


def _workers(frame: Frame, definition: str, group: str = "all") -> dict[int, int]:
    """Who works by a definition of the labour force survey; a regency's is its province's by population."""
    told = {code: denominator(code, frame.month, definition, group) for code in ALL}
    return {code: one.persons for code, one in told.items() if one is not None and one.persons}


def _of(above: Counts | str, below: Mapping[int, int] | str, why: str = "no_workers") -> Pairs:
    """Counts over counts of every region."""
    if isinstance(above, str) or isinstance(below, str):
        return dict.fromkeys(ALL, above if isinstance(above, str) else str(below))
    return {code: (above.get(code, 0), below[code]) if below.get(code) else why for code in ALL}


def coverage_pu(frame: Frame) -> Pairs:
    """Wage earners covered over employees of the survey (civil servants among them)."""
    return _of(_people(frame, frame.month, segment=WAGE), _workers(frame, "employees"))


def coverage_bpu(frame: Frame) -> Pairs:
    """Own-account members covered over workers who are no employees."""
    return _of(_people(frame, frame.month, segment=OWN), _workers(frame, "own"))


def overall(frame: Frame) -> Pairs:
    """Everybody covered over everybody at work; somebody in two segments once."""
    return _of(_people(frame, frame.month), _workers(frame, "employed"))


def gap_closed(frame: Frame) -> Pairs:
    """Of those at work who were not covered in the baseline month, how many more are covered now; both on today's map.

    The number at work is the frozen month's for both: progress is people, not another estimate of the survey.
    """
    before, now = _people(frame, frame.baseline), _people(frame, frame.month)
    if isinstance(before, str) or isinstance(now, str):
        why = before if isinstance(before, str) else str(now)
        return dict.fromkeys(ALL, "no_baseline" if why == "outside_cube" else why)
    workers, found = _workers(frame, "employed"), {}
    for code in ALL:
        gap = workers.get(code, 0) - before.get(code, 0)
        found[code] = (now.get(code, 0) - before.get(code, 0), gap) if gap > 0 else "no_gap"
    return found


def women(frame: Frame) -> Pairs:
    """Coverage of working women over coverage of all at work: one is parity."""
    ours, everybody = _people(frame, frame.month, sex=("f",)), _people(frame, frame.month)
    if isinstance(ours, str) or isinstance(everybody, str):
        return dict.fromkeys(ALL, ours if isinstance(ours, str) else str(everybody))
    working, all_working = _workers(frame, "employed", "women"), _workers(frame, "employed")
    found: dict[int, Pair | str] = {}
    for code in ALL:
        below = working.get(code, 0) * everybody.get(code, 0)
        found[code] = (ours.get(code, 0) * all_working.get(code, 0), below) if below else "nobody_covered"
    return found


def disability(frame: Frame) -> Pairs:
    """Covered members with a disability on record over covered members."""
    kinds = ("physical", "intellectual", "mental", "sensory", "multiple")
    return _of(_people(frame, frame.month, disability=kinds), _people(frame, frame.month), "nobody_covered")


def non_asn(frame: Frame) -> Pairs:
    """Non-ASN staff covered over all who were ever covered as such last and live."""
    told = _people(frame, frame.month, segment=("non_asn",))
    return _of(told, _people(frame, frame.month, "ever", segment=("non_asn",)), "no_non_asn")


# --- what a region pays -----------------------------------------------------------------------------------------------------


def _by_region(rows: Iterable[tuple[int, int, int]], why: str) -> Pairs:
    """Sums by the region whose programme it is; a province's with those of its regencies."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for code, above, below in rows:
        today = code_of_today(int(code))
        places = (today, REGENCIES[today].province_code) if today in REGENCIES else (today,)
        for place in places:
            found[place][0] += int(above)
            found[place][1] += int(below)
    return {code: (found[code][0], found[code][1]) if code in found and found[code][1] > 0 else why for code in ALL}


_VULNERABLE = """
    SELECT g.region_code, count(*) FILTER (WHERE c.state = 'enrolled' AND f.candidate_id IS NOT NULL), count(*)
    FROM outreach_candidate c JOIN outreach_programme g ON g.id = c.programme_id
    LEFT JOIN outreach_fundedmonth f ON f.candidate_id = c.id AND f.month = %(month)s
    WHERE g.year = %(year)s AND g.state <> 'draft' AND c.state IN ('verified', 'funded', 'waiting', 'enrolled')
    GROUP BY 1
"""


def vulnerable_paid(frame: Frame) -> Pairs:
    """Candidates enrolled whose frozen month is paid for, over candidates who meet the conditions."""
    return _by_region(asked(_VULNERABLE, {"month": frame.month, "year": frame.month // 100}), "no_candidates")


_KEPT = """
    WITH promised AS (
        SELECT g.region_code, g.sponsor_id, f.month, count(*) AS people
        FROM outreach_fundedmonth f JOIN outreach_candidate c ON c.id = f.candidate_id
            JOIN outreach_programme g ON g.id = c.programme_id
        WHERE f.month BETWEEN %(since)s AND %(month)s AND (c.state = 'enrolled'
            OR EXISTS (SELECT FROM outreach_candidatestep s WHERE s.candidate_id = c.id AND s.state = 'enrolled'))
        GROUP BY 1, 2, 3),
    paid AS (
        SELECT payer_id, month FROM collection_months(
            2, ARRAY(SELECT DISTINCT sponsor_id FROM promised), %(since)s, %(month)s, %(settled)s)
        WHERE paid_on IS NOT NULL)
    SELECT p.region_code, sum(people) FILTER (WHERE d.payer_id IS NOT NULL), sum(people)
    FROM promised p LEFT JOIN paid d ON d.payer_id = p.sponsor_id AND d.month = p.month GROUP BY 1
"""


def months_kept(frame: Frame) -> Pairs:
    """Months of people whose bill was paid over months of people that were promised, in the year."""
    rows = asked(_KEPT, {"since": frame.since, "month": frame.month, "settled": frame.settled})
    return _by_region([(code, kept or 0, promised) for code, kept, promised in rows], "nothing_promised")


_EXECUTED = """
    WITH budget AS (
        SELECT g.region_code, sum(s.rupiah) AS rupiah FROM outreach_source s JOIN outreach_programme g ON g.id = s.programme_id
        WHERE g.year = %(year)s AND g.state <> 'draft' GROUP BY 1),
    payers AS (SELECT DISTINCT region_code, sponsor_id FROM outreach_programme WHERE year = %(year)s AND state <> 'draft'),
    paid AS (
        SELECT p.region_code, sum(a.jkk_rupiah + a.jkm_rupiah + a.jht_rupiah) AS rupiah
        FROM payers p
        JOIN collection_claim c ON c.payer_kind = 2 AND c.payer_id = p.sponsor_id AND c.month BETWEEN %(first)s AND %(month)s
        JOIN collection_allocation a ON a.bill_id = c.bill_id AND a.paid_on <= %(settled)s
        WHERE NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = c.bill_id) GROUP BY 1)
    SELECT b.region_code, coalesce(p.rupiah, 0)::bigint, b.rupiah::bigint FROM budget b LEFT JOIN paid p USING (region_code)
"""


def budget_executed(frame: Frame) -> Pairs:
    """Contributions paid for the year's months so far over the money of the year's programmes; whole rupiah."""
    year = frame.month // 100
    told = asked(_EXECUTED, {"year": year, "first": year * 100 + 1, "month": frame.month, "settled": frame.settled})
    return _by_region(told, "no_budget")


# --- others -----------------------------------------------------------------------------------------------------------------

_EMPLOYERS = """
    WITH there AS (
        SELECT e.id, e.regency_code FROM registry_employer e
        WHERE (e.closed_on IS NULL OR e.closed_on > %(last)s)
            AND EXISTS (SELECT FROM registry_employment j WHERE j.employer_id = e.id AND j.from_month <= %(month)s
                AND (j.to_month IS NULL OR j.to_month >= %(month)s))),
    paid AS (
        SELECT payer_id FROM collection_months(1, ARRAY(SELECT id FROM there), %(month)s, %(month)s, %(settled)s)
        WHERE paid_on IS NOT NULL)
    SELECT regency_code, count(payer_id), count(*) FROM there LEFT JOIN paid ON payer_id = id GROUP BY 1
"""


def employers_paying(frame: Frame) -> Pairs:
    """Employers with their head office there that paid the frozen month over those with workers in it."""
    return _by_region(asked(_EMPLOYERS, {"last": frame.last, "month": frame.month, "settled": frame.settled}), "no_employers")


_CLAIMS = """
    SELECT regency_code, kind, decided_on, clock_used, count(*) FROM claims_claim
    WHERE decided_on BETWEEN %(first)s AND %(last)s AND state IN ('paid', 'refused') GROUP BY 1, 2, 3, 4
"""


def claims_in_time(frame: Frame) -> Pairs:
    """Claims that ended within the law's days over claims that ended, of those decided in the year.

    The clock runs from whole papers to the money, and stands while others have to act.
    """
    rows = []
    for code, kind, day, used, count in asked(_CLAIMS, {"first": frame.first, "last": frame.last}):
        given = days_to_pay(Kind(kind), day)
        if given is not None:
            rows.append((code, count if used <= given[0] else 0, count))
    return _by_region(rows, "no_claims")


_SETTLED = """
    SELECT DISTINCT r.region_code, m.matter FROM outreach_regulation r CROSS JOIN LATERAL unnest(r.settles) AS m (matter)
    WHERE r.state = 'confirmed' AND r.in_force_from <= %(last)s AND coalesce(r.in_force_until, %(last)s) >= %(last)s
        AND r.village_code IS NULL
"""


def regulations(frame: Frame) -> Pairs:
    """Matters that the region's own confirmed regulations in force on the last day settle, of five."""
    settled: dict[int, set[str]] = defaultdict(set)
    for code, matter in asked(_SETTLED, {"last": frame.last}):
        if matter in MATTERS:
            settled[code_of_today(int(code))].add(matter)
    return {code: (len(settled[code]), len(MATTERS)) for code in ALL}


MEASURES: Mapping[str, Callable[[Frame], Pairs]] = {
    "coverage_pu": coverage_pu, "coverage_bpu": coverage_bpu, "overall": overall, "gap_closed": gap_closed, "women": women,
    "disability": disability, "vulnerable_paid": vulnerable_paid, "months_kept": months_kept,
    "budget_executed": budget_executed, "non_asn": non_asn, "employers_paying": employers_paying,
    "claims_in_time": claims_in_time, "regulations": regulations,
}  # fmt: skip
