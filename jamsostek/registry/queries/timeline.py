"""Who covers a person, month by month.

Cover that somebody means to pay themself is a declaration until money has come: it stands in the timeline as not paid, and
neither a card nor an answer to "covered?" counts it. Which months are paid is known above this room: whoever collects
registers a judge (`judged_by`), who splits spells into months that cover and months that do not (ADR 18). Without one, own
cover stays a declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import connection

from jamsostek.core.months import add_months, months_between
from jamsostek.law import calculate
from jamsostek.registry.choices import Payer, Segment
from jamsostek.registry.models import Cover, Employment, Placement

_PU_PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")


@dataclass(frozen=True)
class Standing:
    """What covers a person in a month: the tie that gives most, and all programmes of all ties."""

    programmes: tuple[str, ...]
    card_segment: str
    to_month: int | None
    employer_id: int | None = None
    sponsor_id: int | None = None
    until: int | None = None
    """The last month of cover without a gap, whoever pays what follows; None where it is open."""
    grace: bool = False
    """Whether nothing has come for the month, and the right is only not lost yet."""


@dataclass(frozen=True)
class Spell:
    """One line of a person's timeline: who pays, for which months."""

    kind: str
    payer: str
    segment: str
    from_month: int
    to_month: int | None
    programmes: tuple[str, ...]
    employer_id: int | None = None
    sponsor_id: int | None = None
    employment_id: int | None = None
    cover_id: int | None = None
    placement_id: int | None = None
    paid: bool = True
    """Whether it counts as paid: work for an employer and sponsors do till the law says otherwise, one's own promise does not."""
    grace: bool = False
    """Months unpaid that cover all the same: so few of them are overdue that the right is not lost (ADR 18)."""

    @property
    def covers(self) -> bool:
        """Whether somebody is protected by it: paid, or not lost yet."""
        return self.paid or self.grace

    def runs_in(self, month: int) -> bool:
        """Whether the spell has this month."""
        return self.from_month <= month and (self.to_month is None or self.to_month >= month)


@cache
def programmes_of_worker(month: int, scale: str, segment: str) -> tuple[str, ...]:
    """The programmes an employer of this scale must give, by the law of the month: those that cost something."""
    if segment != Segment.PU:
        return ("jkk", "jkm")
    told = calculate("contribution.pu", month=month, wage_rupiah=5_000_000, risk_class="medium", scale=scale)
    return tuple(p for p in _PU_PROGRAMMES if any(name.startswith(f"{p}_") and int(value) > 0 for name, value in told.items()))


Spells = dict[int, list[Spell]]
Judge = Callable[[Spells, int], Spells]
_judges: list[Judge] = []


def judged_by(judge: Judge) -> None:
    """Registers who says which months of spells are paid, as far as is known in a month; asked once a call, for all people."""
    _judges[:] = [judge]


def spells_of(participant_ids: Iterable[int], month: int) -> Spells:
    """All spells of people, the newest first, split where months are paid and unpaid; programmes are those of `month`'s law."""
    found = declared(participant_ids, month)
    for judge in _judges:
        found = judge(found, month)
    for spells in found.values():
        spells.sort(key=lambda spell: (spell.to_month or 999912, spell.from_month), reverse=True)
    return found


def declared(participant_ids: Iterable[int], month: int) -> Spells:
    """The same as they were reported, whoever has paid."""
    ids = list(participant_ids)
    found: dict[int, list[Spell]] = {one: [] for one in ids}
    jobs, covers = list(Employment.objects.filter(participant_id__in=ids)), list(Cover.objects.filter(participant_id__in=ids))
    payers = payers_of({job.employer_id for job in jobs}, {cover.sponsor_id for cover in covers if cover.sponsor_id})
    for job in jobs:
        name, scale = payers["employer", job.employer_id]
        programmes = programmes_of_worker(month, scale, job.segment)
        found[job.participant_id].append(
            Spell("work", name, job.segment, job.from_month, job.to_month, programmes, job.employer_id, None, job.pk)
        )
    for cover in covers:
        programmes = ("jkk", "jkm", "jht") if cover.jht_member else ("jkk", "jkm")
        payer, paid = payers["sponsor", cover.sponsor_id][0] if cover.sponsor_id else "", cover.payer == Payer.SPONSOR
        months = cover.from_month, cover.to_month
        found[cover.participant_id].append(
            Spell("cover", payer, "bpu", *months, programmes, None, cover.sponsor_id, cover_id=cover.pk, paid=paid)
        )
    for trip in Placement.objects.filter(participant_id__in=ids):
        last = add_months(trip.contract_from, trip.contract_months - 1)
        found[trip.participant_id].append(
            Spell("placement", "", "migrant", trip.contract_from, last, ("jkk", "jkm"), placement_id=trip.pk)
        )
    return found


def payers_of(employers: Collection[int], sponsors: Collection[int]) -> dict[tuple[str, int], tuple[str, str]]:
    """Name and scale of payers, by kind and id; those of other regions too, whose own rows are out of sight."""
    if not employers and not sponsors:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_payers(%s::bigint[], %s::bigint[])", [list(employers), list(sponsors)])
        return {(kind, number): (name, scale) for kind, number, name, scale in cursor.fetchall()}


def standings(participant_ids: Sequence[int], month: int) -> dict[int, Standing]:
    """What covers people in a month, under whichever of their merged numbers; who is not covered is left out."""
    same = numbers_of(participant_ids)
    spells = spells_of({one for ids in same.values() for one in ids}, month)
    found = {person: standing([spell for one in ids for spell in spells[one]], month) for person, ids in same.items()}
    return {person: one for person, one in found.items() if one is not None}


def numbers_of(participant_ids: Sequence[int]) -> dict[int, list[int]]:
    """Each person's own number with those merged into it: work and cover stay where they were written."""
    same: dict[int, list[int]] = {one: [] for one in participant_ids}
    with connection.cursor() as cursor:
        cursor.execute("SELECT asked, person FROM registry_one_person(%s)", [list(participant_ids)])
        for asked, person in cursor.fetchall():
            same[asked].append(person)
    return same


def standing(spells: Sequence[Spell], month: int) -> Standing | None:
    """What covers a person with these spells in a month; None where nothing does."""
    now = [spell for spell in spells if spell.covers and spell.runs_in(month)]
    if not now:
        return None
    best = max(now, key=lambda s: (len(s.programmes), s.to_month or 999912))
    programmes = {p for s in now for p in s.programmes}
    ends = None if any(s.to_month is None for s in now) else max(s.to_month or 0 for s in now)
    order = tuple(p for p in _PU_PROGRAMMES if p in programmes)
    grace = all(s.grace for s in now)
    return Standing(order, best.segment, ends, best.employer_id, best.sponsor_id, _until(spells, month), grace)


def _until(spells: Sequence[Spell], month: int) -> int | None:
    """The last month that cover of this month reaches without a gap."""
    ahead = (spell for spell in spells if spell.covers and (spell.to_month is None or spell.to_month >= month))
    last = month
    for spell in sorted(ahead, key=lambda s: s.from_month):
        if spell.from_month > add_months(last, 1):
            break
        if spell.to_month is None:
            return None
        last = max(last, spell.to_month)
    return last


@dataclass(frozen=True)
class Gap:
    """Months between two spells, or from the last one on, in which nobody pays."""

    from_month: int
    to_month: int | None


def gaps(spells: Sequence[Spell], upto: int) -> list[Gap]:
    """Months without cover from the first spell to `upto`, the newest first; open where nothing follows."""
    answers: list[Gap] = []
    ordered = sorted((spell for spell in spells if spell.covers), key=lambda s: s.from_month)
    end: int | None = None
    for spell in ordered:
        if end is not None and months_between(end, spell.from_month) > 1:
            answers.append(Gap(add_months(end, 1), add_months(spell.from_month, -1)))
        last = spell.to_month or 999912
        end = last if end is None else max(end, last)
    if end is not None and end < upto:
        answers.append(Gap(add_months(end, 1), None))
    return answers[::-1]
