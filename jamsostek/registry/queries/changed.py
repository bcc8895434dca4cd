"""Who of a region's people is covered, was a month and a year before, and who joined, came back, lost cover or is about to.

Every person counts once, as in `counts.figures_here`: those who only mean to pay themselves are not covered yet. A past month
is told by the spells as they are known today. The caller asked for the right to see the region: only sums leave this module.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.core.months import add_months
from jamsostek.registry import choices


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


SEGMENTS = (*(str(one) for one in choices.Segment), "bpu_sponsored", "bpu_self", "migrant")
"""Ways of cover, each with three bits in a person's mask: the month, the month before, a year before."""
NOW, BEFORE, YEAR_AGO, NEXT, AFTER, EVER = (1 << at for at in range(6))
"""Bits of a person under any way but `bpu_self`: covered in the month, …, the month after the next, in any month before."""
WAYS_FROM = 6
_MASKS = """
    WITH here AS MATERIALIZED (
        SELECT p.id, p.village_code, p.sex = 'f' AS woman, coalesce(m.into_id, p.id) AS person
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
        SELECT participant_id, array_position(%(segments)s, segment::text) - 1 AS way,
               (%(month)s BETWEEN from_month AND to_month)::int + (%(before)s BETWEEN from_month AND to_month)::int * 2
               + (%(year_ago)s BETWEEN from_month AND to_month)::int * 4 + (%(next)s BETWEEN from_month AND to_month)::int * 8
               + (%(after)s BETWEEN from_month AND to_month)::int * 16 + (from_month < %(month)s)::int * 32 AS bits
        FROM tied
    ), people AS (
        SELECT h.person, bit_or(CASE WHEN s.way = %(self)s THEN 0 ELSE s.bits END | ((s.bits & 7) << (6 + 3 * s.way))) AS mask,
               bool_or(h.woman) AS woman, max(h.village_code) AS village_code
        FROM spells s JOIN here h ON h.id = s.participant_id GROUP BY 1
    )
    SELECT village_code, woman, mask, count(*) FROM people GROUP BY 1, 2, 3
"""


def changed_in(regencies: Collection[int], month: int) -> tuple[list[Segment], list[Village]]:
    """The figures of a month (YYYYMM) by way of cover, and by village, in one pass over the region's spells."""
    asked: dict[str, int | list[int] | list[str]] = {
        "places": sorted(regencies), "month": month, "before": add_months(month, -1), "year_ago": add_months(month, -12),
        "next": add_months(month, 1), "after": add_months(month, 2), "segments": list(SEGMENTS),
        "self": SEGMENTS.index("bpu_self"),
    }  # fmt: skip
    ways: dict[tuple[str, str], list[int]] = {}
    places: dict[tuple[int | None, str], list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MASKS, asked)
        for village, woman, mask, people in cursor.fetchall():
            sex = "f" if woman else "m"
            if mask & 63:
                _add(places.setdefault((village, sex), [0] * 8), _changes(mask), people)
            for at, way in enumerate(SEGMENTS):
                if bits := mask >> (WAYS_FROM + 3 * at) & 7:
                    _add(ways.setdefault((way, sex), [0] * 3), (bits & NOW, bits & BEFORE, bits & YEAR_AGO), people)
    return [Segment(*key, *sums) for key, sums in ways.items()], [Village(*key, *sums) for key, sums in places.items()]


def _changes(mask: int) -> Sequence[int]:
    """What a person of this mask counts in, in the order of `Village`."""
    now, before, ever, following = mask & NOW, mask & BEFORE, mask & EVER, mask & NEXT
    return (
        now, before, mask & YEAR_AGO, now and not ever, now and ever and not before, before and not now, now and not following,
        now and following and not mask & AFTER,
    )  # fmt: skip


def _add(sums: list[int], counts: Sequence[int], people: int) -> None:
    for at, one in enumerate(counts):
        sums[at] += people if one else 0
