"""Editions as they stand: what the version in force says, and at which stage they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek.awards import reading
from jamsostek.awards.choices import EditionState
from jamsostek.awards.edition import Edition as Says
from jamsostek.awards.models import Edition, Step, Version


@dataclass(frozen=True)
class Standing:
    """An edition: its address, the version in force and what it says, and where it stands."""

    id: int
    code: str
    state: EditionState
    version: int
    digest: str
    versions: int
    says: Says
    nominate_from: dt.datetime
    nominate_until: dt.datetime
    evidence_until: dt.datetime
    marks_closed: Mapping[str, dt.datetime]

    def nominating(self, now: dt.datetime) -> bool:
        """Whether somebody can be nominated now."""
        return self.state == EditionState.OPEN and self.nominate_from <= now < self.nominate_until

    def takes_evidence(self, now: dt.datetime) -> bool:
        """Whether evidence can be sent now."""
        return self.state == EditionState.OPEN and now < self.evidence_until

    def marks_until(self, level: str) -> dt.datetime | None:
        """Until when the tables take marks at a level."""
        return self.marks_closed.get(level)


def standing(code: str) -> Standing | None:
    """By its address; None where there is none."""
    row = Edition.objects.filter(code=code).first()
    return None if row is None else _standing(row)


def standings() -> list[Standing]:
    """All, newest first."""
    return [_standing(row) for row in Edition.objects.all()]


def open_to_all() -> list[Standing]:
    """Those that the public sees: opened once, closed or not."""
    return [one for one in standings() if one.state in (EditionState.OPEN, EditionState.CLOSED)]


def _standing(row: Edition) -> Standing:
    last = row.versions.first()
    assert last is not None
    steps = set(row.steps.values_list("step", flat=True))
    state = (
        EditionState.CANCELLED if "cancelled" in steps else EditionState.CLOSED if "closed" in steps
        else EditionState.OPEN if "opened" in steps else EditionState.DRAFT
    )  # fmt: skip
    return Standing(
        row.pk, row.code, state, last.number, last.digest, last.number, reading.read(last.content), last.nominate_from,
        last.nominate_until, last.evidence_until,
        {level: dt.datetime.fromisoformat(until) for level, until in last.marking.get("until", {}).items()},
    )  # fmt: skip


def versions(edition_id: int) -> list[Version]:
    """All versions, newest first."""
    return list(Version.objects.filter(edition_id=edition_id))


def steps(edition_id: int) -> list[Step]:
    """What happened to an edition, in order."""
    return list(Step.objects.filter(edition_id=edition_id))


def says_of(edition_id: int) -> Says:
    """What the version in force says."""
    return reading.read(Version.objects.filter(edition_id=edition_id)[0].content)
