"""Who of a region's people is covered, was a month and a year before, and who joined, came back, lost cover or is about to.

Every person counts once, as in `counts.figures_here`: those who only mean to pay themselves are not covered yet, and who has two
numbers counts where the one that was kept lives. A past month is told by the spells as they are known today. The caller asked for
the right to see the region: only sums leave this module.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.access.rows import Rows, copy_out
from jamsostek.core.months import add_months
from jamsostek.core.regions import REGENCIES
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
    are not now; `ends_now` are covered in the month and not in the next, `ends_next` in the next and not in the one after;
    `year_end` others pay for until December of the month's year, and nothing covers them in the January after.
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
    year_end: int


SEGMENTS = (*(str(one) for one in choices.Segment), "bpu_sponsored", "bpu_self", "migrant")
"""Ways of cover, each with three bits in a person's mask: the month, the month before, a year before."""
NOW, BEFORE, YEAR_AGO, NEXT, AFTER, EVER, PAID, JANUARY = (1 << at for at in range(8))
"""Bits of a person under any way but `bpu_self`: covered in the month, …, the month after the next, in any month before, paid for
by others in December, covered in the January after it."""
WAYS_FROM = 8
MASK_BITS = WAYS_FROM + 3 * len(SEGMENTS)
TOGETHER = 5_000_000
"""Inhabitants of regencies counted at once: what bounds the memory, about 150 bytes for each person registered there."""
MOST_OF_ALL = 3
"""From a third of the registry on, reading every spell and dropping the rest is quicker than asking for those of the region."""
_PEOPLE = """
    SELECT id, coalesce(village_code, 0) * 2 + (sex = 'f')::int AS place FROM registry_participant
    WHERE regency_code = ANY (%s) ORDER BY id
"""
_SPELLS = """
    SELECT spells.* FROM (
        SELECT participant_id, (array_position(%s, segment::text) - 1)::smallint AS way, from_month,
               coalesce(to_month, 999912) AS to_month
        FROM registry_employment
        UNION ALL
        SELECT participant_id, CASE payer WHEN 'sponsor' THEN %s ELSE %s END::smallint, from_month, coalesce(to_month, 999912)
        FROM registry_cover
        UNION ALL
        SELECT participant_id, %s::smallint, contract_from, last / 12 * 100 + last %% 12 + 1
        FROM registry_placement,
             LATERAL (SELECT contract_from / 100 * 12 + contract_from %% 100 + contract_months - 2) AS of (last)
    ) AS spells {whose} WHERE from_month <= %s
"""
_THEIRS = "JOIN registry_participant p ON p.id = participant_id AND p.regency_code = ANY (%s)"
_OTHERS = "JOIN unnest(%s::bigint[]) AS other (id) ON id = participant_id"


_UNCOUNTED = """
    WITH RECURSIVE asked AS (
        SELECT coalesce(registry_survivor(p.id), -at) AS person FROM unnest(%(niks)s::bytea[]) WITH ORDINALITY AS n (nik, at)
        LEFT JOIN registry_participant p ON p.nik_index = n.nik
    ), numbers AS (
        SELECT person, person AS id FROM asked
        UNION SELECT n.person, m.source_id FROM numbers n JOIN registry_merge m ON m.into_id = n.id AND m.undone_at IS NULL
    ), counted AS (
        SELECT n.person FROM numbers n JOIN registry_employment e ON e.participant_id = n.id
        WHERE %(january)s BETWEEN e.from_month AND coalesce(e.to_month, 999912)
        UNION SELECT n.person FROM numbers n JOIN registry_cover c ON c.participant_id = n.id
        WHERE c.payer = 'sponsor' AND %(january)s BETWEEN c.from_month AND coalesce(c.to_month, 999912)
        UNION SELECT n.person FROM numbers n JOIN registry_cover c ON c.participant_id = n.id
            JOIN registry_participant p ON p.id = n.person
        WHERE c.payer = 'sponsor' AND %(december)s BETWEEN c.from_month AND coalesce(c.to_month, 999912)
          AND p.regency_code = ANY (%(places)s)
    ) SELECT count(DISTINCT person) FROM asked WHERE person NOT IN (SELECT person FROM counted)
"""


def changed_in(regencies: Collection[int], month: int) -> tuple[list[Segment], list[Village]]:
    """The figures of a month (YYYYMM) by way of cover, and by village."""
    ways: dict[tuple[str, str], list[int]] = {}
    places: dict[tuple[int | None, str], list[int]] = {}
    kept = _kept()
    for some in _at_once(regencies):
        for place, mask, people in _masks(some, month, kept):
            sex = "f" if place & 1 else "m"
            if told := _changes(mask):
                _add(places.setdefault((place >> 1 or None, sex), [0] * 9), told, people)
            for at, way in enumerate(SEGMENTS):
                if bits := mask >> (WAYS_FROM + 3 * at) & 7:
                    _add(ways.setdefault((way, sex), [0] * 3), (bits & NOW, bits & BEFORE, bits & YEAR_AGO), people)
    return [Segment(*key, *sums) for key, sums in ways.items()], [Village(*key, *sums) for key, sums in places.items()]


def _at_once(regencies: Collection[int]) -> Iterator[list[int]]:
    """The regencies, as many together as memory bears."""
    some: list[int] = []
    inhabitants = 0
    for code in sorted(regencies):
        more = REGENCIES[code].population_2024h2 if code in REGENCIES else 0
        if some and inhabitants + more > TOGETHER:
            yield some
            some, inhabitants = [], 0
        some.append(code)
        inhabitants += more
    if some:
        yield some


def _kept() -> Rows:
    """Numbers that are no longer used, in order, and the one that was kept of each person."""
    rows = copy_out("SELECT source_id, into_id FROM registry_merge WHERE undone_at IS NULL ORDER BY source_id")
    while len(rows):
        further, again = _found(rows["source_id"], rows["into_id"])
        if not again.any():
            break
        rows["into_id"][again] = rows["into_id"][further[again]]
    return rows


def _found(known: Any, wanted: Any) -> tuple[Any, Any]:
    """Where each wanted number stands among the known ones, which are in order, and whether it does."""
    if not len(known):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return at, known[at] == wanted


def _masks(regencies: list[int], month: int, kept: Rows) -> Iterator[tuple[int, int, int]]:
    """Of people who live there: village times two, one more for women; mask; how many."""
    people = copy_out(_PEOPLE, [regencies])
    places, place_of = np.unique(people["place"], return_inverse=True)
    numbers, whose = _numbers(people["id"], kept)
    spells = _spells(regencies, month, len(people), numbers[~_found(people["id"], numbers)[1]])
    at, here = _found(numbers, spells["participant_id"])
    masks = np.zeros(len(people), np.int64)
    np.bitwise_or.at(masks, whose[at[here]], _bits(spells[here], month))
    told = np.flatnonzero(masks)
    pairs, counts = np.unique(place_of[told] << MASK_BITS | masks[told], return_counts=True)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        yield int(places[pair >> MASK_BITS]), pair & ((1 << MASK_BITS) - 1), count


def _numbers(people: Any, kept: Rows) -> tuple[Any, Any]:
    """Numbers of the people, in order, and whose each is, by place among the people; one that is no longer used is another's."""
    at, here = _found(people, kept["into_id"])
    used = np.flatnonzero(~_found(kept["source_id"], people)[1])
    numbers, whose = np.concatenate([people[used], kept["source_id"][here]]), np.concatenate([used, at[here]])
    order = np.argsort(numbers, kind="stable")
    return numbers[order], whose[order]


def _spells(regencies: list[int], month: int, people: int, others: Any) -> Rows:
    """Spells of so many people who live there and of `others`, numbers registered elsewhere; of everybody where that is most."""
    ways = [list(SEGMENTS), *(SEGMENTS.index(name) for name in ("bpu_sponsored", "bpu_self", "migrant"))]
    last = max(add_months(month, 2), _january(month))
    if people * MOST_OF_ALL > _registered():
        return copy_out(_SPELLS.format(whose=""), [*ways, last])
    theirs = copy_out(_SPELLS.format(whose=_THEIRS), [*ways, regencies, last])
    if not len(others):
        return theirs
    return np.concatenate([theirs, copy_out(_SPELLS.format(whose=_OTHERS), [*ways, others.tolist(), last])])


def _registered() -> int:
    """About how many numbers there are in all; 0 where nobody ever estimated it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'registry_participant'::regclass")
        return int(cursor.fetchone()[0])


def ending_with_year(niks: Sequence[bytes], regencies: Collection[int], month: int) -> int:
    """Of people whom others mean to pay for until December, by blind index of their NIK: those whom `year_end` has not counted.

    Nothing covers them in the January after, and in the registry nobody in these regencies pays for them in December yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNCOUNTED, {
            "niks": list(dict.fromkeys(niks)), "places": sorted(regencies), "december": month // 100 * 100 + 12,
            "january": _january(month),
        })  # fmt: skip
        return int(cursor.fetchone()[0])


def _bits(spells: Rows, month: int) -> Any:
    """What each spell adds to its person's mask."""
    first, last, way = spells["from_month"], spells["to_month"], spells["way"].astype(np.int64)
    months = (month, add_months(month, -1), add_months(month, -12), add_months(month, 1), add_months(month, 2))
    told = sum((((first <= one) & (one <= last)).astype(np.int64) << at for at, one in enumerate(months)), np.zeros(1, np.int64))
    december, january = month // 100 * 100 + 12, _january(month)
    paid = (way == SEGMENTS.index("bpu_sponsored")) & (first <= december) & (december <= last)
    told |= (first < month) * EVER | paid * PAID | ((first <= january) & (january <= last)) * JANUARY
    return np.where(way == SEGMENTS.index("bpu_self"), 0, told) | (told & 7) << (WAYS_FROM + 3 * way)


def _january(month: int) -> int:
    return (month // 100 + 1) * 100 + 1


def _changes(mask: int) -> Sequence[int]:
    """What a person of this mask counts in, in the order of `Village`; nothing where they only mean to pay themselves."""
    if not mask & ((1 << WAYS_FROM) - 1):
        return ()
    now, before, ever, following = mask & NOW, mask & BEFORE, mask & EVER, mask & NEXT
    return (
        now, before, mask & YEAR_AGO, now and not ever, now and ever and not before, before and not now, now and not following,
        now and following and not mask & AFTER, mask & PAID and not mask & JANUARY,
    )  # fmt: skip


def _add(sums: list[int], counts: Sequence[int], people: int) -> None:
    for at, one in enumerate(counts):
        sums[at] += people if one else 0
