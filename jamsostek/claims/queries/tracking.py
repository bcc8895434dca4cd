"""Where a claim stands, as a parcel is tracked: six stages with a date each, who acts now, the legal last day, what to do.

Told by claim number and birth date to whoever has both, without an account: stages, days, amounts of one's own claim, and no
name, number or paper of anybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum

from jamsostek.access.scope import acting, system_scope
from jamsostek.claims.choices import PAYOUTS, STAGES, WAITINGS, PayoutState, State, Waiting
from jamsostek.claims.models import Claim, Event, Payout
from jamsostek.claims.queries.papers import lines
from jamsostek.claims.queries.titled import OfClaim
from jamsostek.core.errors import InputError
from jamsostek.core.numbers import check
from jamsostek.core.text import N_, _
from jamsostek.registry.models import Participant


@dataclass(frozen=True)
class Step:
    """One of the six stages: done, now, or to come; `on` is the day it was reached."""

    title: str
    state: str
    on: dt.date | None


@dataclass(frozen=True)
class Money:
    """What is paid or will be: its state in words; whole rupiah after tax."""

    rupiah: int
    state: PayoutState
    paid_on: dt.date | None

    @property
    def words(self) -> str:
        """The state for the reader."""
        return _(PAYOUTS[self.state])


@dataclass(frozen=True)
class Tracked(OfClaim):
    """The whole answer."""

    claim: Claim
    steps: Sequence[Step]
    acts: str
    told: str
    due_on: dt.date | None
    papers: Sequence[str]
    money: Sequence[Money]

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.claim.state in (State.PAID, State.REFUSED, State.WITHDRAWN, State.EXPIRED)


_AT = {
    State.DRAFT: -1, State.SUBMITTED: 1, State.WAITING: 1, State.PROPOSED: 3, State.SECONDED: 3, State.APPROVED: 4, State.PAID: 5,
    State.REFUSED: 3, State.WITHDRAWN: 0, State.EXPIRED: -1,
}  # fmt: skip
_REACHED = ("submitted", "served", "assessed", "proposed", "approved", "paid")
"""The event that says a stage was reached, stage by stage; a stage is over when the next one is reached."""
REFUSED = N_("Klaim ditolak. Alasannya ada di surat; Anda dapat mengajukan keberatan.")
WITHDRAWN = N_("Klaim ini Anda tarik kembali.")
YOU = N_("Anda")


def by_number(*, number: str, birth_date: dt.date) -> Tracked:
    """The claim under a number, for who knows the participant's birth date too. Raises `InputError`, the same for both wrong."""
    with acting(system_scope("lacak")):
        claim = Claim.objects.filter(number=check("claim", number)).first()
        born = Participant.objects.filter(pk=claim.participant_id).values_list("birth_date", flat=True).first() if claim else None
        if claim is None or claim.submitted_on is None or born != birth_date:
            raise InputError(
                _("Nomor klaim dan tanggal lahir ini tidak cocok."), field="number",
                remedy=_("Pakai tanggal lahir peserta, bukan ahli waris. Nomornya ada di tanda terima."),
            )  # fmt: skip
        return tracked(claim)


def tracked(claim: Claim) -> Tracked:
    """Where a claim in sight stands."""
    at = _AT[State(claim.state)]
    told = Event.objects.filter(claim=claim, kind__in=(*_REACHED, "served_out_of_order", "refused")).order_by("id")
    found = {"served" if one.kind == "served_out_of_order" else one.kind: one.on_date for one in told}
    if claim.state == State.SUBMITTED and found.get("served") is None:
        at = 0
    elif claim.state == State.SUBMITTED and found.get("assessed") is not None:
        at = 2
    steps = [
        Step(
            _(stage.title),
            "done" if place < at or at == 5 else "now" if place == at else "next",
            _day(found, place, claim, over=place < at) if place <= at else None,
        )
        for place, stage in enumerate(STAGES)
    ]
    return Tracked(claim, steps, _acts(claim, at), _told(claim, at), claim.due_on, _papers(claim), money_of(claim))


def _day(found: dict[str, dt.date], place: int, claim: Claim, *, over: bool) -> dt.date | None:
    """When a stage was over, or since when it is on: money is not told as paid on the day it was decided."""
    if claim.state == State.REFUSED and place == 3:
        return found.get("refused")
    if over and 0 < place < 5:
        return found.get(_REACHED[place + 1]) or found.get(_REACHED[place])
    return found.get(_REACHED[place]) or (claim.ended_on if place == 5 else None)


def _acts(claim: Claim, at: int) -> str:
    if claim.state == State.WAITING:
        return _("Dokter") if claim.waiting_for == Waiting.DOCTOR else _(YOU)
    if claim.state in (State.DRAFT, State.REFUSED):
        return _(YOU)
    return _(STAGES[max(at, 0)].acts) if claim.state not in (State.WITHDRAWN, State.EXPIRED) else ""


def _told(claim: Claim, at: int) -> str:
    if claim.state == State.WAITING:
        return _(WAITINGS[Waiting(claim.waiting_for)])
    if claim.state == State.REFUSED:
        return _(REFUSED)
    if claim.state in (State.WITHDRAWN, State.EXPIRED):
        return _(WITHDRAWN)
    if any(one.state == PayoutState.FAILED for one in money_of(claim)):
        return _("Bank menolak rekeningnya. Kirim nomor rekening yang benar.")
    return _(STAGES[max(at, 0)].told)


def _papers(claim: Claim) -> list[str]:
    if claim.state != State.WAITING or claim.waiting_for != Waiting.PAPERS:
        return []
    return [line.title for line in lines(claim) if line.wanted or line.state == "refused"]


def money_of(claim: Claim) -> list[Money]:
    """What was decided in sums by state; nothing is told as paid that the bank has not settled."""
    rows = (
        Payout.objects.filter(claim_id=claim.pk).exclude(state=PayoutState.CANCELLED).values("state", "paid_on")
        .annotate(gross=Sum("gross_rupiah"), tax=Sum("tax_rupiah")).order_by("state", "paid_on")
    )  # fmt: skip
    return [Money(row["gross"] - row["tax"], PayoutState(row["state"]), row["paid_on"]) for row in rows]


def components_of(claim: Claim) -> list[Payout]:
    """Every payout of a claim, the newest month first."""
    return list(Payout.objects.filter(claim_id=claim.pk).order_by("-month", "component", "party_id"))


__all__ = ["Money", "Step", "Tracked", "by_number", "components_of", "money_of", "tracked"]
