"""Who of a region's people is covered, was a month and a year before, and who joined, came back, lost cover or is about to.

Every person counts once, as in `counts.figures_here`: those who only mean to pay themselves are not covered yet. A past month
is told by the spells as they are known today. The caller asked for the right to see the region: only sums leave this module.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from jamsostek.core.months import add_months


@dataclass(frozen=True)
class Segment:
    """People covered in one way, by sex: in the month, the month before, and the same month a year before."""

    segment: str
    sex: str
    now: int
    before: int
    year_ago: int


@dataclass(frozen=True)
class Village:
    """People of a village by sex, under any way of cover; `code` None: their village is not known.

    `joined` were never covered before, `returned` were, but not in the month before; `ended` were covered in the month before and
    are not now; `ends_now` are covered in the month and not in the next, `ends_next` in the next and not in the one after.
    """

    code: int | None
    sex: str
    now: int
    before: int
    year_ago: int
    joined: int
    returned: int
    ended: int
    ends_now: int
    ends_next: int


_SPELLS = """
    WITH here AS MATERIALIZED (
        SELECT p.id, p.village_code, p.sex, coalesce(m.into_id, p.id) AS person
        FROM registry_participant p LEFT JOIN registry_merge m ON m.source_id = p.id AND m.undone_at IS NULL
        WHERE p.regency_code = ANY (%(places)s)
    ), tied AS (
        SELECT e.participant_id, e.segment, e.from_month, coalesce(e.to_month, 999912) AS to_month
        FROM registry_employment e WHERE e.from_month <= %(after)s
        UNION ALL
        SELECT c.participant_id, CASE c.payer WHEN 'sponsor' THEN 'bpu_sponsored' ELSE 'bpu_self' END, c.from_month,
               coalesce(c.to_month, 999912)
        FROM registry_cover c WHERE c.from_month <= %(after)s
        UNION ALL
        SELECT l.participant_id, 'migrant', l.contract_from, last / 12 * 100 + last %% 12 + 1
        FROM registry_placement l,
             LATERAL (SELECT l.contract_from / 100 * 12 + l.contract_from %% 100 + l.contract_months - 2) AS of (last)
        WHERE l.contract_from <= %(after)s
    ), spells AS (
        SELECT h.person, t.segment, max(h.sex) AS sex, max(h.village_code) AS village_code,
               bool_or(%(month)s BETWEEN from_month AND to_month) AS now,
               bool_or(%(before)s BETWEEN from_month AND to_month) AS before,
               bool_or(%(year_ago)s BETWEEN from_month AND to_month) AS year_ago,
               bool_or(%(next)s BETWEEN from_month AND to_month) AS next,
               bool_or(%(after)s BETWEEN from_month AND to_month) AS after,
               min(from_month) < %(month)s AS ever
        FROM tied t JOIN here h ON h.id = t.participant_id GROUP BY 1, 2
    ), people AS (
        SELECT max(sex) AS sex, max(village_code) AS village_code, bool_or(now) AS now, bool_or(before) AS before,
               bool_or(year_ago) AS year_ago, bool_or(next) AS next, bool_or(after) AS after, bool_or(ever) AS ever
        FROM spells WHERE segment <> 'bpu_self' GROUP BY person
    )
    SELECT segment, NULL::bigint, sex, count(*) FILTER (WHERE now), count(*) FILTER (WHERE before),
           count(*) FILTER (WHERE year_ago), 0, 0, 0, 0, 0
    FROM spells GROUP BY 1, 3
    UNION ALL
    SELECT NULL, village_code, sex, count(*) FILTER (WHERE now), count(*) FILTER (WHERE before),
           count(*) FILTER (WHERE year_ago), count(*) FILTER (WHERE now AND NOT ever),
           count(*) FILTER (WHERE now AND ever AND NOT before), count(*) FILTER (WHERE before AND NOT now),
           count(*) FILTER (WHERE now AND NOT next), count(*) FILTER (WHERE now AND next AND NOT after)
    FROM people GROUP BY 2, 3
"""


def changed_in(regencies: Collection[int], month: int) -> tuple[list[Segment], list[Village]]:
    """The figures of a month (YYYYMM) by way of cover, and by village, in one pass over the region's spells."""
    asked: dict[str, int | list[int]] = {
        "places": sorted(regencies), "month": month, "before": add_months(month, -1), "year_ago": add_months(month, -12),
        "next": add_months(month, 1), "after": add_months(month, 2),
    }  # fmt: skip
    segments, villages = [], []
    with connection.cursor() as cursor:
        cursor.execute(_SPELLS, asked)
        for segment, village, sex, *figures in cursor.fetchall():
            if segment is None:
                villages.append(Village(village, sex, *figures))
            elif any(figures):
                segments.append(Segment(segment, sex, *figures[:3]))
    return segments, villages
