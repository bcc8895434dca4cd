"""What waits for a committee in an edition, by its provinces; numbers that lead to where the work is done."""

from __future__ import annotations

from dataclasses import dataclass

from jamsostek.awards.models import Evidence
from jamsostek.awards.queries import juries, results
from jamsostek.awards.queries.contests import contests
from jamsostek.awards.queries.editions import Standing
from jamsostek.awards.queries.results import ResultState


@dataclass(frozen=True)
class Waiting:
    """Nominations to answer, files to check, jurors that are missing, jurors who have not frozen, contests to open, results."""

    accepted: int
    nominations: int
    evidence: int
    jurors: int
    unfrozen: int
    to_reveal: int
    to_compute: int
    to_decide: int


def waiting(of: Standing, provinces: frozenset[int] | None) -> Waiting:
    """For a committee of some provinces, or of the nation (None): there the contests of every level."""
    found = contests(of, provinces)
    judged = [one for one in juries.judged_contests(of.id, of.says) if _mine(one.level, one.area, provinces)]
    seen = juries.revealed_contests(of.id)
    open_now = [one for one in judged if one not in seen]
    seats = [juries.seated(of.id, one) for one in open_now]
    said = [one for one in results.results(of.id) if _mine(one.level, one.area, provinces)]
    standing = {(one.category, one.level, one.area) for one in said if one.state in (ResultState.PROPOSED, ResultState.DECIDED)}
    ready = [
        one for one in results.contests(of.id)
        if _mine(one.level, one.area, provinces) and (one.category, one.level, one.area) not in standing
        and not any((two.category, two.level, two.area) == (one.category, one.level, one.area) for two in open_now)
    ]  # fmt: skip
    return Waiting(
        accepted=sum(one.accepted for one in found), nominations=sum(one.waiting for one in found),
        evidence=_files(of.id, provinces), jurors=_jurors(of, {(one.level, one.area) for one in judged}),
        unfrozen=sum(not seat.frozen for there in seats for seat in there),
        to_reveal=sum(
            bool(there) and all(seat.frozen for seat in there) and not juries.waits(of.id, one)
            for one, there in zip(open_now, seats, strict=True)
        ),
        to_compute=len(ready), to_decide=sum(one.state == ResultState.PROPOSED for one in said),
    )  # fmt: skip


def _mine(level: str, area: int, provinces: frozenset[int] | None) -> bool:
    return provinces is None or (level == "province" and area in provinces)


def _files(edition_id: int, provinces: frozenset[int] | None) -> int:
    """Files in sight that two have not agreed on."""
    rows = Evidence.objects.filter(entry__edition_id=edition_id, form="file").exclude(steps__step__in=["withdrawn", "confirmed"])
    if provinces is not None:
        rows = rows.filter(entry__level="province", entry__area__in=provinces)
    return rows.count()


def _jurors(of: Standing, places: set[tuple[str, int]]) -> int:
    """Jurors that a jury with entries to judge is short of, to give as many marks as an entry needs."""
    places = {(level, area if level == "province" else 0) for level, area in places}
    sitting = [(one.level, one.area) for one in juries.jurors(of.id) if one.left_at is None]
    return sum(max(0, of.says.juries[level].least_marks - sitting.count((level, area))) for level, area in places)
