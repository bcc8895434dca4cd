"""Which money pays which bill: one payer's open bills and free money in, uses out. Pure.

1. Credit notes (bills with something negative outstanding) first and whole: what they give back is money for the others.
2. The oldest month first. A person's own cover is an offer, not a debt: the bill whose code was paid comes first.
3. Within a bill JKK, JKM, JHT, JP and its fine, then the fines of JKK, JKM and JHT (interpretation 88).
4. A package (a person's own cover, a migrant's) is paid whole or waits; of other bills a part may be paid.
5. The oldest money first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jamsostek.collection.choices import PayerKind

PARTS = ("jkk", "jkm", "jht", "jp", "fine_jp", "fine_jkk", "fine_jkm", "fine_jht", "jkp")
"""Parts of a bill in the order in which they are paid; `jkp` is the state's own bill."""
JHT, JP = PARTS.index("jht"), PARTS.index("jp")
PACKAGES = (PayerKind.PERSON, PayerKind.PLACEMENT)
Parts = tuple[int, ...]
"""Whole rupiah by the order of PARTS."""


@dataclass(slots=True)
class OpenBill:
    """A bill of which something is outstanding; `number` is how many allocations it has."""

    id: int
    month: int
    part: int
    payer_kind: int
    payer_id: int
    from_month: int
    regency: int
    booked: bool
    asked: Parts
    jkp_from_jkk: int
    jkp_from_jkm: int
    number: int
    paid: Parts

    @property
    def outstanding(self) -> list[int]:
        """What is asked and not paid."""
        return [asked - paid for asked, paid in zip(self.asked, self.paid, strict=True)]

    @property
    def package(self) -> bool:
        """Whether it is paid whole or not at all."""
        return self.payer_kind in PACKAGES


@dataclass(slots=True)
class Money:
    """A payment with money to be used; `step` is how many uses it has, `used` what they come to."""

    payment_id: int
    free: int
    step: int = 0
    used: int = 0
    uses: list[Use] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Use:
    """Money of one payment for one bill; `before` is what was paid of the bill until then."""

    payment_id: int
    step: int
    bill: OpenBill
    number: int
    parts: Parts
    before: Parts

    @property
    def total(self) -> int:
        """All parts together; negative where money becomes free."""
        return sum(self.parts)

    @property
    def after(self) -> Parts:
        """What is paid of the bill with this."""
        return tuple(before + part for before, part in zip(self.before, self.parts, strict=True))


def plan(bills: Sequence[OpenBill], money: Sequence[Money], *, chosen: int | None = None, credits: bool = True) -> list[Use]:
    """Uses of money for bills, both of one payer; both are left as they stand after it. `chosen` is the bill whose code was paid.

    `credits` false leaves credit notes aside: what they take from members may be there no more.
    """
    uses: list[Use] = []
    ordinary: list[OpenBill] = []
    notes: list[OpenBill] = []
    for bill in bills:
        (notes if min(bill.outstanding) < 0 else ordinary).append(bill)
    if credits and notes:
        _credit(_in_order(notes, chosen), ordinary, money, uses)
    for bill in _in_order(ordinary, chosen):
        if bill.package and sum(one.free for one in money) < sum(bill.outstanding):
            continue
        for one in money:
            if one.free > 0:
                _use(one, bill, _taken(bill.outstanding, one.free), uses)
    return uses


def _in_order(bills: Sequence[OpenBill], chosen: int | None) -> list[OpenBill]:
    return sorted(bills, key=lambda bill: (not (bill.package and bill.id == chosen), bill.from_month, bill.id))


def _credit(notes: Sequence[OpenBill], ordinary: Sequence[OpenBill], money: Sequence[Money], uses: list[Use]) -> None:
    """Applies each note whole to money that can bear it: what it frees is used again at once, or was used before."""
    need = sum(sum(bill.outstanding) for bill in ordinary)
    for note in notes:
        total = sum(note.outstanding)
        if total > 0:  # a difference that is less of one programme and more of another
            bearer = next((one for one in money if one.free >= total), None)
        elif need + total >= 0 and money:
            bearer, need = money[0], need + total
        else:
            bearer = next((one for one in money if one.used + total >= 0), None)
        if bearer is not None:
            _use(bearer, note, tuple(note.outstanding), uses)


def _taken(outstanding: Sequence[int], rupiah: int) -> Parts:
    """As much of each part as there is money for."""
    found = []
    for part in outstanding:
        found.append(min(part, rupiah))
        rupiah -= found[-1]
    return tuple(found)


def _use(money: Money, bill: OpenBill, parts: Parts, uses: list[Use]) -> None:
    if not any(parts):
        return
    money.step += 1
    bill.number += 1
    made = Use(money.payment_id, money.step, bill, bill.number, parts, bill.paid)
    bill.paid = made.after
    money.free -= made.total
    money.used += made.total
    money.uses.append(made)
    uses.append(made)
