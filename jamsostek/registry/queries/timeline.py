"""Who covers a person, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from jamsostek.core.months import add_months, months_between
from jamsostek.law import calculate
from jamsostek.registry.choices import Segment
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


@cache
def programmes_of_worker(month: int, scale: str, segment: str) -> tuple[str, ...]:
    """The programmes an employer of this scale must give, by the law of the month: those that cost something."""
    if segment != Segment.PU:
        return ("jkk", "jkm")
    told = calculate("contribution.pu", month=month, wage_rupiah=5_000_000, risk_class="medium", scale=scale)
    return tuple(p for p in _PU_PROGRAMMES if any(name.startswith(f"{p}_") and int(value) > 0 for name, value in told.items()))


def spells_of(participant_ids: Iterable[int], month: int) -> dict[int, list[Spell]]:
    """All spells of people, the newest first; programmes are those of `month`'s law."""
    ids = list(participant_ids)
    found: dict[int, list[Spell]] = {one: [] for one in ids}
    for job in Employment.objects.filter(participant_id__in=ids).select_related("employer"):
        programmes = programmes_of_worker(month, job.employer.scale, job.segment)
        found[job.participant_id].append(
            Spell("work", job.employer.name, job.segment, job.from_month, job.to_month, programmes, job.employer_id, None, job.pk)
        )
    for cover in Cover.objects.filter(participant_id__in=ids).select_related("sponsor"):
        programmes = ("jkk", "jkm", "jht") if cover.jht_member else ("jkk", "jkm")
        payer = cover.sponsor.name if cover.sponsor else ""
        found[cover.participant_id].append(
            Spell("cover", payer, "bpu", cover.from_month, cover.to_month, programmes, None, cover.sponsor_id, cover_id=cover.pk)
        )
    for trip in Placement.objects.filter(participant_id__in=ids):
        last = add_months(trip.contract_from, trip.contract_months - 1)
        found[trip.participant_id].append(Spell("placement", "", "migrant", trip.contract_from, last, ("jkk", "jkm")))
    for spells in found.values():
        spells.sort(key=lambda spell: (spell.to_month or 999912, spell.from_month), reverse=True)
    return found


def standings(participant_ids: Sequence[int], month: int) -> dict[int, Standing]:
    """What covers people in a month; who is not covered is left out."""
    answers = {}
    for participant_id, spells in spells_of(participant_ids, month).items():
        now = [s for s in spells if s.from_month <= month and (s.to_month is None or s.to_month >= month)]
        if now:
            best = max(now, key=lambda s: (len(s.programmes), s.to_month or 999912))
            programmes = {p for s in now for p in s.programmes}
            ordered = tuple(p for p in _PU_PROGRAMMES if p in programmes)
            ends = None if any(s.to_month is None for s in now) else max(s.to_month or 0 for s in now)
            answers[participant_id] = Standing(ordered, best.segment, ends, best.employer_id, best.sponsor_id)
    return answers


@dataclass(frozen=True)
class Gap:
    """Months between two spells, or from the last one on, in which nobody pays."""

    from_month: int
    to_month: int | None


def gaps(spells: Sequence[Spell], upto: int) -> list[Gap]:
    """Months without cover from the first spell to `upto`, the newest first; open where nothing follows."""
    answers: list[Gap] = []
    ordered = sorted(spells, key=lambda s: s.from_month)
    end: int | None = None
    for spell in ordered:
        if end is not None and months_between(end, spell.from_month) > 1:
            answers.append(Gap(add_months(end, 1), add_months(spell.from_month, -1)))
        last = spell.to_month or 999912
        end = last if end is None else max(end, last)
    if end is not None and end < upto:
        answers.append(Gap(add_months(end, 1), None))
    return answers[::-1]
