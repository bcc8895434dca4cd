"""What a budget pays for: persons, months and rupiah by source, to the rupiah; what is left, and what a change would do.

A person is paid for by one source, for months that follow each other. Sources are taken in the order in which they are written:
those that may pay only for some (palm-oil or tobacco workers) stand first. What a month costs is the law's contribution of
that month (`contribution.bpu`); nothing here knows a rate. Whole rupiah.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, span
from jamsostek.core.text import N_, _
from jamsostek.law.parameters import law_at
from jamsostek.law.segments.contribution import BPU_PROGRAMMES, PAYERS, SECTORS, bpu

Places = npt.NDArray[np.int64]
WAITING = -1
KINDS = {
    "apbd": N_("APBD"),
    "apbd_change": N_("APBD Perubahan"),
    "dbh_sawit": N_("Dana bagi hasil sawit"),
    "dbhcht": N_("Dana bagi hasil cukai hasil tembakau"),
    "village": N_("Dana desa"),
    "csr": N_("CSR (GN Lingkaran)"),
    "donor": N_("Donatur"),
    "sertakan": N_("SERTAKAN"),
}
"""Where money comes from; instruments in docs/law: PP 38/2023 (palm oil), the tobacco fund's PMK, Permendagri 27/2021."""


PAYER_OF = {
    "apbd": "apbd", "apbd_change": "apbd", "dbh_sawit": "apbd", "dbhcht": "apbd", "village": "village", "csr": "donor",
    "donor": "donor", "sertakan": "donor",
}  # fmt: skip
"""Who pays in the words of the law; money shared with a region is spent through its budget."""


@dataclass(frozen=True)
class Source:
    """Money for some months (YYYYMM, both ends in). `only` names groups it may pay for; empty: everybody."""

    key: str
    kind: str
    rupiah: int
    from_month: int
    to_month: int
    only: frozenset[str] = frozenset()
    villages: frozenset[int] = frozenset()
    """A village's own money pays for its people; empty: every village."""


@dataclass(frozen=True)
class People:
    """Those to be paid for, from first to last: village code of each, and which of the groups each is in."""

    villages: Places
    groups: Mapping[str, npt.NDArray[np.bool_]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.villages)


class Spent(NamedTuple):
    """What a source does: persons, rupiah of each, of all, and what is left of it."""

    persons: int
    each_rupiah: int
    rupiah: int
    left_rupiah: int


@dataclass(frozen=True)
class Plan:
    """Who is paid for by which source (`WAITING` for nobody), in the order of `People`, and what each source does."""

    source: Places
    spent: tuple[Spent, ...]

    @property
    def funded(self) -> int:
        """How many are paid for."""
        return int((self.source != WAITING).sum())

    @property
    def waiting(self) -> Places:
        """Places of those who wait, first to last."""
        return np.flatnonzero(self.source == WAITING)

    @property
    def rupiah(self) -> int:
        """What all sources pay."""
        return sum(one.rupiah for one in self.spent)


def contributions(
    source: Source, *, income_rupiah: int, programmes: Sequence[str] = ("jkk", "jkm"), sector: str = "other"
) -> dict[int, int]:
    """One person's contribution in each month of a source, by the law of that month. Source of law: `contribution.bpu`."""
    payer = np.array([PAYERS.index(PAYER_OF[source.kind])])
    chosen = np.array([sum(1 << BPU_PROGRAMMES.index(one) for one in programmes)])
    income, kind = np.array([income_rupiah]), np.array([SECTORS.index(sector)])
    return {
        month: int(bpu(law_at(month), income_rupiah=income, programmes=chosen, sector=kind, payer=payer)["total_rupiah"][0])
        for month in span(source.from_month, source.to_month)
    }


def cost_of(source: Source, monthly_rupiah: Mapping[int, int]) -> int:
    """What one person costs a source in all its months. Raises InputError for a month whose contribution is not given."""
    months = span(source.from_month, source.to_month)
    missing = [month for month in months if month not in monthly_rupiah]
    if missing or not months:
        raise InputError(
            _("Bulan sumber {key} tidak dapat dihitung.").format(key=source.key),
            field="from_month",
            value=format_month(missing[0] if missing else source.from_month),
            remedy=_("Bulan terakhir tidak boleh sebelum bulan pertama."),
        )
    return sum(monthly_rupiah[month] for month in months)


def persons_for(rupiah: int, each_rupiah: int) -> int:
    """How many an amount pays for wholly."""
    return rupiah // each_rupiah if each_rupiah > 0 else 0


def allocate(
    people: People, sources: Sequence[Source], monthly: Mapping[str, Mapping[int, int]], quota: Mapping[int, int] | None = None
) -> Plan:
    """Gives people to sources in order.

    `monthly[source key]` is one person's contribution by month; `quota` the most people of each village (a village that is
    not in it has none). Raises InputError for two sources of one key and for months without a contribution.
    """
    if len({source.key for source in sources}) < len(sources):
        raise InputError(_("Dua sumber dana bernama sama."), field="key", remedy=_("Beri tiap sumber nama sendiri."))
    given = np.full(len(people), WAITING, dtype=np.int64)
    room = _Room(people.villages, quota)
    spent = []
    for at, source in enumerate(sources):
        each = cost_of(source, monthly[source.key])
        wanted = np.flatnonzero((given == WAITING) & _may(people, source))
        chosen = room.first(wanted, persons_for(source.rupiah, each))
        given[chosen] = at
        spent.append(Spent(len(chosen), each, each * len(chosen), source.rupiah - each * len(chosen)))
    return Plan(given, tuple(spent))


def _may(people: People, source: Source) -> npt.NDArray[np.bool_]:
    may = np.ones(len(people), dtype=np.bool_)
    if source.only:
        may = np.logical_or.reduce(
            [people.groups.get(group, np.zeros(len(people), dtype=np.bool_)) for group in sorted(source.only)]
        )
    if source.villages:
        may = may & np.isin(people.villages, np.array(sorted(source.villages), dtype=np.int64))
    return np.asarray(may)


class _Room:
    """What is left of every village's quota."""

    def __init__(self, villages: Places, quota: Mapping[int, int] | None) -> None:
        self._villages = villages
        self._left = dict(quota) if quota is not None else None

    def first(self, places: Places, count: int) -> Places:
        """The first `count` of the places that their villages have room for; takes the room."""
        if self._left is None:
            return places[:count]
        turn = _turns(self._villages[places])
        left = np.array([self._left.get(int(village), 0) for village in self._villages[places]], dtype=np.int64)
        chosen = places[turn < left][:count]
        for village, taken in zip(*np.unique(self._villages[chosen], return_counts=True), strict=True):
            self._left[int(village)] -= int(taken)
        return chosen


def _turns(villages: Places) -> Places:
    """How many of the same village stand before each."""
    by_village = np.argsort(villages, kind="stable")
    ordered = villages[by_village]
    starts = np.searchsorted(ordered, ordered)
    turns = np.empty(len(villages), dtype=np.int64)
    turns[by_village] = np.arange(len(villages)) - starts
    return turns


# --- what a change would do ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A question: so much of the money (ppm of it), another package, another last month; None: as it is."""

    name: str
    money_ppm: int = 1_000_000
    monthly: Mapping[str, Mapping[int, int]] | None = None
    to_month: int | None = None


def changed(sources: Sequence[Source], change: Change) -> list[Source]:
    """The sources as the question has them; amounts rounded down."""
    return [
        replace(one, rupiah=one.rupiah * change.money_ppm // 1_000_000, to_month=change.to_month or one.to_month)
        for one in sources
    ]


def compare(
    people: People,
    sources: Sequence[Source],
    monthly: Mapping[str, Mapping[int, int]],
    changes: Sequence[Change],
    quota: Mapping[int, int] | None = None,
) -> list[tuple[str, Plan]]:
    """The plan under each question."""
    return [(change.name, allocate(people, changed(sources, change), change.monthly or monthly, quota)) for change in changes]


@dataclass(frozen=True)
class MonthAhead:
    """A month of a source: who is paid for at its begin, what it costs, what is left afterwards."""

    month: int
    persons: int
    rupiah: int
    left_rupiah: int


def promised(
    source: Source, by_month: Mapping[int, int], monthly_rupiah: Mapping[int, int], since: int, leaving_ppm: int = 0,
    replaced: bool = True,
) -> list[MonthAhead]:  # fmt: skip
    """All months of a source with the people it is to pay for in each. From the month `since` on, `leaving_ppm` of them leave
    (an estimate); unless `replaced`, nobody takes their places."""
    left, gone, told = source.rupiah, 0, []
    for month in span(source.from_month, source.to_month):
        persons = max(by_month.get(month, 0) - gone, 0)
        left -= persons * monthly_rupiah[month]
        told.append(MonthAhead(month, persons, persons * monthly_rupiah[month], left))
        if month >= since and not replaced:
            gone += persons * leaving_ppm // 1_000_000
    return told


def ahead(
    source: Source, persons: int, monthly_rupiah: Mapping[int, int], leaving_ppm: int = 0, replaced: bool = True
) -> list[MonthAhead]:
    """Month by month until the source ends or its money does. `leaving_ppm` of the people leave in a month (an estimate);
    their places are filled at once where `replaced`. A month that cannot be paid whole is not begun."""
    left, told = source.rupiah, []
    for month in span(source.from_month, source.to_month):
        cost = persons * monthly_rupiah[month]
        if cost > left:
            break
        left -= cost
        told.append(MonthAhead(month, persons, cost, left))
        if not replaced:
            persons -= persons * leaving_ppm // 1_000_000
    return told
