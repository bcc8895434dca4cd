"""All that is known of a claim, in one place: what records tell, what was stated, what officers found; and what it comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Sum

from jamsostek.claims.choices import Component, Kind, PayoutState
from jamsostek.claims.computing import Assessed, assessed
from jamsostek.claims.facts import Facts, Known, Source
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim, Fact, Payout, Proof
from jamsostek.claims.queries import records
from jamsostek.core.months import month_of


def facts_of(claim: Claim, *, today: dt.date) -> Facts:
    """The facts of a claim as they hold now: found before records, records before stated."""
    of = OF[Kind(claim.kind)]
    stated: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for row in Fact.objects.filter(claim=claim).order_by("id"):
        kept = found if row.found else stated
        if row.value is None:
            kept.pop(row.name, None)
        else:
            kept[row.name] = row.value
    claimed_on = claim.submitted_on or today
    day = found.get(of.event) or stated.get(of.event)
    event_on = dt.date.fromisoformat(day) if day else claimed_on if of.event == "claimed_on" else None
    told = records.told(claim, of.records, event_on=event_on, claimed_on=claimed_on)
    if claim.parent_id is not None:
        told |= records.of_parent(claim)
    names = [*told, *(n for n in stated if n not in told), *(n for n in found if n not in told and n not in stated)]
    return Facts({name: _known(name, told, stated, found) for name in names})


def _known(name: str, told: Mapping[str, Any], stated: Mapping[str, Any], found: Mapping[str, Any]) -> Known:
    said = stated.get(name)
    if name in found:
        return Known(found[name], Source.FOUND, said if said != found[name] else None)
    if name in told:
        return Known(told[name], Source.RECORD, said)
    return Known(said, Source.STATED)


def unproven(claim: Claim, facts: Facts) -> list[str]:
    """Facts that hold only once an officer has found them, and are only stated so far."""
    of = OF[Kind(claim.kind)]
    return [
        one.name for one in of.specs if one.proven and one.name in facts.known and facts.known[one.name].source == Source.STATED
    ]  # fmt: skip


def missing(claim: Claim, facts: Facts) -> list[str]:
    """Facts that who files is asked for and has not told."""
    return [one.name for one in OF[Kind(claim.kind)].asked if one.required and facts.get(one.name) is None]


def decided_before(claim: Claim) -> dict[tuple[Component, int], int]:
    """What earlier decisions on this claim gave, by component and month; whole rupiah."""
    found: dict[tuple[Component, int], int] = {}
    for row in Payout.objects.filter(claim_id=claim.pk).exclude(state=PayoutState.CANCELLED).exclude(decision_id=None):
        at = Component(row.component), row.month
        found[at] = found.get(at, 0) + row.gross_rupiah
    if claim.kind == Kind.JKK and claim.event_on is not None:
        proven = Proof.objects.filter(claim=claim, kind="unfit", accepted=True).aggregate(all=Sum("rupiah"))["all"]
        if proven:  # wages lost that a doctor's letters brought month by month
            at = Component.JKK_INCAPACITY, month_of(claim.event_on)
            found[at] = found.get(at, 0) + int(proven)
    return found


def comes_to(claim: Claim, *, today: dt.date, facts: Facts | None = None) -> Assessed:
    """What a claim comes to by what is known now; nothing is written."""
    known = facts if facts is not None else facts_of(claim, today=today)
    return assessed(Kind(claim.kind), known, today=today, before=decided_before(claim))
