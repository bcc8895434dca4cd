"""One amount down to the ground: what was computed, who decided, what the books say, what the bank did with it.

The same for whoever receives it, for a family and for an office. Who decided is told by what they are at the carrier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jamsostek import law as rules
from jamsostek.access.scope import everything_in_sight
from jamsostek.access.vault import house_key
from jamsostek.claims.actions import paying
from jamsostek.claims.actions.common import SECRET
from jamsostek.claims.actions.rights import SCHOOL, SCHOOL_RULE, year_of_school
from jamsostek.claims.choices import Component, Sent
from jamsostek.claims.computing import Part
from jamsostek.claims.models import Batch, Benefit, Change, Claim, Decision, Party, Payout, Proof, Roll, Transfer
from jamsostek.claims.queries.cases import parts_of
from jamsostek.claims.queries.desk import role_titles
from jamsostek.claims.queries.payouts import OfPayout, starred
from jamsostek.core.text import N_
from jamsostek.law import Explanation
from jamsostek.ledger.models import Account
from jamsostek.ledger.queries import Entry, entry

PROPOSED, DECIDED, THIRD = N_("Klaim diusulkan"), N_("Klaim diputuskan"), N_("Orang ketiga memutuskan")
PROVEN = N_("Bukti diterima")
ROLL_MADE, ROLL_APPROVED = N_("Daftar bulanan disiapkan"), N_("Daftar bulanan disetujui")
FILE_MADE, FILE_APPROVED = N_("Berkas bank disiapkan"), N_("Berkas bank disetujui")
TOGETHER = ("roll",)
"""Groups of the books that hold many people's money: of these only one's own part is told."""


@dataclass(frozen=True)
class Act:
    """Somebody's part in it: what they did, what they are at the carrier, who they are, on which day."""

    what: str
    user_id: int | None
    role: str
    on: dt.date | None


@dataclass(frozen=True)
class Booked:
    """One transfer of the books: its group, its day, from and to; whole rupiah. `mine` is only this amount's part of it."""

    group_id: int
    kind: str
    on: dt.date
    debit: Account
    credit: Account
    rupiah: int
    mine: bool


@dataclass(frozen=True)
class Attempt:
    """One sending to the bank: into which account (starred), what the bank called it and said, on which days."""

    name: str
    bank: str
    holder: str
    account: str
    rupiah: int
    pay_on: dt.date
    outcome: Sent | None
    reason_code: str
    reference: str
    settled_on: dt.date | None
    returned_on: dt.date | None


@dataclass(frozen=True)
class Amount(OfPayout):
    """Everything behind one amount; whole rupiah. `changes` are those of its right up to its month."""

    claim: Claim
    party: Party | None
    part: Part | None
    benefit: Benefit | None
    law_digest: str
    acts: Sequence[Act]
    changes: Sequence[Change]
    booked: Sequence[Booked]
    attempts: Sequence[Attempt]
    yearly: Explanation | None
    """The rule of a year of school, which each proof brings anew."""

    @property
    def slip(self) -> str:
        """The number of the slip of the tax that was withheld; empty where none was."""
        return slip_of(self.payout) if self.payout.tax_rupiah else ""

    @property
    def key(self) -> str:
        """Its name within its claim, as addresses have it."""
        return key_of(self.payout)


def key_of(row: Payout) -> str:
    """`202611-17-20`: month, party, component; the name of an amount within its claim."""
    return f"{row.month}-{row.party_id}-{row.component}"


def slip_of(row: Payout) -> str:
    """`BP-202611-17-30`: the number under which the tax of one amount is told to the tax office and to who paid it."""
    return f"BP-{key_of(row)}"


def amount(claim: Claim, key: str) -> Amount | None:
    """The amount of a claim in sight that an address names; None where there is none."""
    numbers = key.split("-")
    if len(numbers) != 3 or not all(one.isascii() and one.isdecimal() and len(one) < 10 for one in numbers):
        return None
    month, party_id, component = map(int, numbers)
    with everything_in_sight():
        row = Payout.objects.filter(claim_id=claim.pk, month=month, party_id=party_id, component=component).first()
        return None if row is None else _amount(claim, row)


def _amount(claim: Claim, row: Payout) -> Amount:
    benefit = Benefit.objects.filter(pk=row.benefit_id).first() if row.benefit_id else None
    decided = row.decision_id or (benefit.decision_id if benefit is not None else None)
    decision = Decision.objects.select_related("assessment").filter(pk=decided).first() if decided else None
    proof = _proof(row)
    changes = Change.objects.filter(benefit=benefit, from_month__lte=row.month).order_by("id") if benefit is not None else []
    return Amount(
        row, claim, Party.objects.filter(pk=row.party_id).first(), _part(decision, row), benefit,
        decision.assessment.law_digest if decision is not None else "", _acts(row, decision, proof), list(changes),
        list(_booked(row)), _attempts(row), _yearly(row, benefit, proof),
    )  # fmt: skip


def _part(decision: Decision | None, row: Payout) -> Part | None:
    mine = [one for one in parts_of(decision.assessment) if one.component == row.component] if decision is not None else []
    return next((one for one in mine if one.month == row.month), mine[0] if mine else None)


def _proof(row: Payout) -> Proof | None:
    """What a month or year of a right rests on."""
    if row.benefit_id is None:
        return None
    return Proof.objects.filter(benefit_id=row.benefit_id, month=row.month, accepted=True).order_by("-id").first()


def _yearly(row: Payout, benefit: Benefit | None, proof: Proof | None) -> Explanation | None:
    if row.component != Component.SCHOLARSHIP or benefit is None or proof is None or proof.kind != SCHOOL:
        return None
    return rules.explain(SCHOOL_RULE, date=benefit.terms["event_on"], **year_of_school(benefit, proof))


# --- who ----------------------------------------------------------------------------------------------------------------


def _acts(row: Payout, decision: Decision | None, proof: Proof | None) -> list[Act]:
    found: list[tuple[str, int | None, dt.date | None]] = []
    if decision is not None:
        found += [
            (PROPOSED, decision.proposed_by, decision.proposed_on), (DECIDED, decision.second_by, decision.second_on),
            (THIRD, decision.third_by, decision.third_on),
        ]  # fmt: skip
    if proof is not None:
        found.append((PROVEN, proof.accepted_by, proof.accepted_on))
    roll = Roll.objects.filter(pk=row.roll_id).first() if row.roll_id else None
    if roll is not None:
        found.append((ROLL_MADE, roll.prepared_by, roll.prepared_at.date()))
        found.append((ROLL_APPROVED, roll.approved_by, roll.approved_at.date() if roll.approved_at else None))
    batch = Batch.objects.filter(pk=row.batch_id).first() if row.batch_id else None
    if batch is not None:
        found.append((FILE_MADE, batch.prepared_by, batch.prepared_on))
        found.append((FILE_APPROVED, batch.approved_by, batch.approved_at.date() if batch.approved_at else None))
    roles = role_titles([one[1] for one in found])
    return [Act(what, user, roles.get(user or 0, ""), on) for what, user, on in found if on is not None]


# --- the books ----------------------------------------------------------------------------------------------------------


def _booked(row: Payout) -> Iterator[Booked]:
    """The group that made it owed. Of a group of many people only this amount's part; of a decision's own, all of it."""
    found = entry(row.group_id)
    if found is None:
        return
    if found.kind in TOGETHER:
        yield from _own_part(found, row)
        return
    for leg in found.legs:
        yield Booked(found.group_id, found.kind, found.effective_on, leg.debit, leg.credit, leg.rupiah, False)


def _own_part(found: Entry, row: Payout) -> Iterator[Booked]:
    for leg in found.legs:
        if leg.credit.code == f"payable:{row.fund}":
            whole = Booked(found.group_id, found.kind, found.effective_on, leg.debit, leg.credit, leg.rupiah, False)
            yield replace(whole, rupiah=row.gross_rupiah, mine=True)


# --- the bank -----------------------------------------------------------------------------------------------------------


def _attempts(row: Payout) -> list[Attempt]:
    key = house_key(SECRET)
    rows = Transfer.objects.filter(
        month=row.month, claim_id=row.claim_id, party_id=row.party_id, component=row.component
    ).select_related("batch").order_by("batch_id")  # fmt: skip
    return [
        Attempt(
            paying.end_to_end(one.batch_id, one.number), one.account_bank, one.account_name,
            starred(key.open(f"account:{one.account_party_id}", one.account_sealed)), one.rupiah, one.batch.pay_on,
            Sent(one.outcome) if one.outcome else None, one.reason_code, one.bank_reference, one.settled_on, one.returned_on,
        )
        for one in rows
    ]  # fmt: skip
