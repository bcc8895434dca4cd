"""Measures of firms: companies and builders, each one subject at its head office, with the workers of all its units.

Everything is asked of all firms at once and comes out as columns: there are 725,356 of them. Paid means that the part of the
month's regular bill for JKK and JKM is in; bills made later for the same month are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from jamsostek.access.rows import Rows, copy_out
from jamsostek.awards.competitors import FIRMS
from jamsostek.awards.measures.frame import YEAR, Frame, asked
from jamsostek.collection.minimum import minimum_wage
from jamsostek.core.months import add_months, first_day, last_day
from jamsostek.core.regions import REGENCIES
from jamsostek.law import law_at
from jamsostek.law.entitlement import years_after
from jamsostek.linkage.names import search_key
from jamsostek.registry.choices import Segment
from jamsostek.registry.queries.timeline import programmes_of_worker

Ints = npt.NDArray[np.int64]
SCALES = ("micro", "small", "medium", "large")
PEERS_LEAST = 5
"""Firms of an industry with reported wages, so that their median says something."""
_KINDS = ", ".join(f"'{kind}'" for kind in FIRMS)
_FIRMS = f"e.kind IN ({_KINDS})"
_AT_WORK = "j.from_month <= %s AND (j.to_month IS NULL OR j.to_month >= %s)"


@dataclass(frozen=True)
class Firms:
    """Those measured, by id, each with the place of its section in a list (0: not known)."""

    ids: Ints
    sections: Ints
    columns: dict[str, tuple[Ints, Ints]] = field(default_factory=dict)
    """Measure -> numerators and denominators, a denominator of 0 or less where it cannot be told."""
    absent: dict[str, Mapping[str, npt.NDArray[np.bool_]]] = field(default_factory=dict)
    """Measure -> why it cannot be told -> of which."""

    def spread(self, rows: Rows, name: str, nothing: int = 0) -> Ints:
        """A column of rows with `employer_id`, one for each firm in order."""
        found = np.full(len(self.ids), nothing, np.int64)
        at, good = self.places(rows)
        found[at[good]] = rows[name][good]
        return found

    def places(self, rows: Rows) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Of each row the place of its firm, and whether it is one of those measured."""
        at = np.searchsorted(self.ids, rows["employer_id"])
        good = at < len(self.ids)
        good[good] = self.ids[at[good]] == rows["employer_id"][good]
        return at, good


def firms_sql(frame: Frame) -> str:
    """Which employers are measured: firms that were registered or had workers by the frozen month, and are not closed.

    The day and the month are ours and stand in the text: COPY takes no parameters.
    """
    last = f"'{frame.last.isoformat()}'"
    worked = f"EXISTS (SELECT FROM registry_employment j WHERE j.employer_id = e.id AND j.from_month <= {frame.month:d})"
    return f"{_FIRMS} AND (e.closed_on IS NULL OR e.closed_on > {last}) AND (e.registered_on <= {last} OR {worked})"


def measured(frame: Frame, firms: Firms) -> Firms:
    """The firms with all their measures."""
    for measure in (_workers, _wages, _paying, _safety, _helps):
        measure(frame, firms)
    return firms


def _told(firms: Firms, name: str, above: Ints, below: Ints, why: str) -> None:
    firms.columns[f"firm.{name}"] = (above, below)
    firms.absent[f"firm.{name}"] = {why: below <= 0}


# --- workers and programmes -------------------------------------------------------------------------------------------------

_WORKERS = f"""
    SELECT j.employer_id, array_position(ARRAY{list(SCALES)!r}, e.scale::text)::int AS scale,
        (j.segment = 'pu')::int AS wage, count(DISTINCT j.participant_id) AS people,
        count(DISTINCT j.participant_id) FILTER (WHERE p.birth_date > %s) AS young
    FROM registry_employment j JOIN registry_employer e ON e.id = j.employer_id
        JOIN registry_participant p ON p.id = j.participant_id
    WHERE {_FIRMS} AND {_AT_WORK} GROUP BY 1, 2, 3
"""  # noqa: S608
_PAID = """
    paid AS (
        SELECT c.payer_id AS employer_id, b.id, b.month, b.part, a.risk, a.jht, a.jp
        FROM collection_claim c JOIN collection_bill b ON b.id = c.bill_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(x.jkk_rupiah), 0) >= b.jkk_rupiah AND coalesce(sum(x.jkm_rupiah), 0) >= b.jkm_rupiah AS risk,
            coalesce(sum(x.jht_rupiah), 0) >= b.jht_rupiah AS jht, coalesce(sum(x.jp_rupiah), 0) >= b.jp_rupiah AS jp
            FROM collection_allocation x WHERE x.bill_id = b.id AND x.paid_on <= %s) AS a
        WHERE c.payer_kind = 1 AND c.month = %s AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id))
"""
_LINES = f"""
    WITH {_PAID}
    SELECT p.employer_id, count(DISTINCT l.participant_id) FILTER (WHERE p.risk) AS people,
        sum((p.risk AND l.jkk_rupiah > 0)::int + (p.risk AND l.jkm_rupiah > 0)::int
            + (p.jht AND l.jht_employer_rupiah + l.jht_worker_rupiah > 0)::int
            + (p.jp AND l.jp_employer_rupiah + l.jp_worker_rupiah > 0)::int)::bigint AS given
    FROM paid p JOIN collection_line l ON l.bill_id = p.id AND l.month = p.month AND l.part = p.part AND l.for_month = %s
    GROUP BY 1 ORDER BY 1
"""  # noqa: S608


def _workers(frame: Frame, firms: Firms) -> None:
    """Workers paid for over workers employed in the frozen month; programmes paid for over programmes due, of all workers."""
    rows = copy_out(_LINES, [frame.settled, frame.month, frame.month])
    employed = _employed(frame)
    people = _summed(firms, employed, employed["people"])
    _told(firms, "workers_paid", np.minimum(firms.spread(rows, "people"), people), people, "no_workers")
    due = _summed(firms, employed, _due(frame, employed))
    _told(firms, "programmes", np.minimum(firms.spread(rows, "given"), due), due, "no_workers")


def _employed(frame: Frame) -> Rows:
    age = law_at(frame.month).number("jp.pension_age")
    born = years_after(frame.last, -age)
    return copy_out(_WORKERS, [born, frame.month, frame.month])


def _due(frame: Frame, rows: Rows) -> Ints:
    """Programmes that the law of the month asks for, times workers; JP below pension age only."""
    due = np.zeros(len(rows), np.int64)
    for place, scale in enumerate(SCALES, start=1):
        for wage, segment in ((1, Segment.PU), (0, Segment.TRAINEE)):
            given = programmes_of_worker(frame.month, scale, segment)
            here = (rows["scale"] == place) & (rows["wage"] == wage)
            others = len({"jkk", "jkm", "jht"} & set(given))
            due[here] = rows["people"][here] * others + (rows["young"][here] if "jp" in given else 0)
    return due


def _summed(firms: Firms, rows: Rows, values: Ints) -> Ints:
    """Values of several rows of a firm, added."""
    at, good = firms.places(rows)
    found = np.zeros(len(firms.ids), np.int64)
    np.add.at(found, at[good], np.asarray(values, np.int64)[good])
    return found


# --- wages ------------------------------------------------------------------------------------------------------------------

_WAGES = f"""
    WITH least (regency, rupiah) AS (SELECT * FROM unnest(%s::int[], %s::bigint[])),
    told AS (
        SELECT j.employer_id, w.wage_rupiah, m.rupiah
        FROM registry_employment j JOIN registry_employer e ON e.id = j.employer_id
            LEFT JOIN registry_employerunit u ON u.id = j.unit_id
        JOIN LATERAL (SELECT wage_rupiah FROM registry_wage w WHERE w.employment_id = j.id AND w.from_month <= %s
            ORDER BY w.from_month DESC LIMIT 1) AS w ON true
        LEFT JOIN least m ON m.regency = coalesce(u.regency_code, e.regency_code)
        WHERE {_FIRMS} AND {_AT_WORK} AND j.segment = 'pu')
    SELECT employer_id, count(*) FILTER (WHERE wage_rupiah >= rupiah) AS enough, count(rupiah) AS known,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY wage_rupiah) AS median
    FROM told GROUP BY 1 ORDER BY 1
"""  # noqa: S608


def _wages(frame: Frame, firms: Firms) -> None:
    """Workers whose reported wage is at least the minimum where their unit is; and the firm's median beside its industry's."""
    least: dict[int, int] = {}
    for one in REGENCIES.values():
        told = minimum_wage(one.code, frame.month)
        if told is not None:
            least |= {code: told.rupiah for code in (one.code, one.code_before_2022) if code}
    values = [list(least), list(least.values()), frame.month, frame.month, frame.month]
    rows = copy_out(_WAGES, values)
    _told(firms, "wages", firms.spread(rows, "enough"), firms.spread(rows, "known"), "no_wages")
    median = firms.spread(rows, "median")
    below = np.zeros(len(firms.ids), np.int64)
    few = np.zeros(len(firms.ids), bool)
    for section in np.unique(firms.sections).tolist():
        here = (firms.sections == section) & (median > 0)
        known = np.sort(median[here])
        if section and len(known) >= PEERS_LEAST:
            below[here] = known[(len(known) - 1) // 2]
        else:
            few |= here
    _told(firms, "peers", median, below, "no_wages")
    firms.absent["firm.peers"] = {"few_peers": few, "no_wages": median == 0}


# --- paying -----------------------------------------------------------------------------------------------------------------

_BILLS = """
    SELECT c.payer_id AS employer_id, c.month, b.due_on, a.paid_on
    FROM collection_claim c JOIN collection_bill b ON b.id = c.bill_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN coalesce(sum(jkk_rupiah), 0) >= b.jkk_rupiah AND coalesce(sum(jkm_rupiah), 0) >= b.jkm_rupiah
            THEN coalesce(max(paid_on) FILTER (WHERE jkk_rupiah + jkm_rupiah > 0), b.made_on) ELSE %s END AS paid_on
        FROM collection_allocation x WHERE x.bill_id = b.id AND x.paid_on <= %s) AS a
    WHERE c.payer_kind = 1 AND c.month <= %s AND (c.month >= %s OR a.paid_on >= %s)
        AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id)
"""


def _paying(frame: Frame, firms: Firms) -> None:
    """Months of the year paid by their due day; and months at whose end no bill was overdue for more than a month."""
    never = last_day(add_months(frame.month, 1200))
    rows = copy_out(_BILLS, [never, frame.settled, frame.month, frame.since, frame.first])
    inside = rows["month"] >= frame.since
    billed = _summed(firms, rows, inside.astype(np.int64))
    punctual = _summed(firms, rows, (inside & (rows["paid_on"] <= rows["due_on"])).astype(np.int64))
    _told(firms, "on_time", punctual, billed, "no_bills")
    begun = np.full(len(firms.ids), YEAR, np.int64)
    at, good = firms.places(rows)
    np.minimum.at(begun, at[good], np.searchsorted(np.array(frame.months), rows["month"][good]))
    free = np.zeros(len(firms.ids), np.int64)
    for place, month in enumerate(frame.months):
        first, last = np.datetime64(first_day(month)), np.datetime64(last_day(month))
        late = (rows["due_on"] < first) & (rows["paid_on"] > last)
        free += (begun <= place) & (_summed(firms, rows, late.astype(np.int64)) == 0)
    _told(firms, "no_arrears", free, YEAR - begun, "no_bills")


# --- accidents and help -------------------------------------------------------------------------------------------------------

_ACCIDENTS = """
    SELECT employer_id, count(*) AS accidents FROM claims_claim
    WHERE kind = 'jkk' AND employer_id IS NOT NULL AND event_on BETWEEN %s AND %s
        AND state NOT IN ('draft', 'refused', 'withdrawn', 'expired')
    GROUP BY 1 ORDER BY 1
"""


def _safety(frame: Frame, firms: Firms) -> None:
    """Accidents of the year per worker over those of all firms of the same section."""
    accidents = firms.spread(copy_out(_ACCIDENTS, [frame.first, frame.last]), "accidents")
    workers = firms.columns["firm.workers_paid"][1]
    above, below = np.zeros(len(firms.ids), np.int64), np.zeros(len(firms.ids), np.int64)
    none = np.zeros(len(firms.ids), bool)
    for section in np.unique(firms.sections).tolist():
        here = firms.sections == section
        if not section or not int(accidents[here].sum()):
            none |= here
            continue
        above[here] = accidents[here] * int(workers[here].sum())
        below[here] = workers[here] * int(accidents[here].sum())
    _told(firms, "safety", above, below, "no_workers")
    firms.absent["firm.safety"] = {"no_accidents": none, "no_workers": (workers <= 0) & ~none}


_SPONSORED = """
    SELECT s.name, count(DISTINCT c.participant_id) FROM registry_sponsor s JOIN registry_cover c ON c.sponsor_id = s.id
    WHERE s.kind IN ('csr', 'private') AND c.from_month <= %s AND (c.to_month IS NULL OR c.to_month >= %s)
        AND EXISTS (SELECT FROM collection_months(2, ARRAY[s.id], %s, %s, %s) m WHERE m.paid_on IS NOT NULL)
    GROUP BY s.id, s.name
"""
_NAMED = f"""
    SELECT e.name_key, min(e.id), count(*) FROM registry_employer e
    WHERE {_FIRMS} AND e.name_key = ANY (%s) GROUP BY 1
"""  # noqa: S608


def _helps(frame: Frame, firms: Firms) -> None:
    """Vulnerable workers whose frozen month the firm paid as sponsor, per own worker.

    The register does not tie sponsors to employers: they are tied where exactly one firm has the sponsor's name.
    """
    month = frame.month
    people: dict[str, int] = {}
    for name, count in asked(_SPONSORED, [month, month, month, month, frame.settled]):
        key = search_key(name)
        people[key] = people.get(key, 0) + int(count)
    found = asked(_NAMED, [list(people)]) if people else []
    paid = {int(employer): people[key] for key, employer, count in found if count == 1}
    above = np.array([paid.get(one, 0) for one in firms.ids.tolist()], np.int64)
    _told(firms, "helps", above, firms.columns["firm.workers_paid"][1], "no_workers")
