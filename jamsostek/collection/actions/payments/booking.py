"""What uses of money are in the books: the legs of one payment's group, programme by programme. Pure.

A bill that was booked as owed (employers, sponsors, projects, the state): cash against the receivable, and what was billed
becomes the fund's, the fines' or the members'. A person's own cover was never owed: cash becomes the fund's or the members'.
Of JKK and JKM the part that the law moves to JKP follows in proportion to what was paid: whole when all is paid.
JHT and JP go to members as far as they divide into whole rupiah; the rest waits undivided until the bill is paid whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jamsostek.collection.actions.payments.planning import JHT, JP, PARTS, Use
from jamsostek.ledger.actions import Leg, signed
from jamsostek.ledger.chart import receivable

OVERPAID, UNKNOWN, REFUNDS, CLEARING = "suspense:overpaid", "suspense:unknown", "suspense:refunds", "cash:clearing"
MEMBERS = {JHT: 1, JP: 2}
"""Parts that are kept member by member, and the number of their programme there."""
_AT = {name: at for at, name in enumerate(PARTS)}
_PROGRAMMES = ("jkk", "jkm", "jht", "jp", "jkp")
Divided = Mapping[tuple[int, int, int], int]
"""By bill, part and what is paid of it: what members get together. Whole and empty bills need not stand here."""


@dataclass
class Legs:
    """Transfers of one group; those between the same two accounts are one."""

    moved: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, debit: str, credit: str, rupiah: int) -> None:
        """So much from one account to another; back where negative."""
        if rupiah:
            self.moved[debit, credit] = self.moved.get((debit, credit), 0) + rupiah

    def legs(self) -> tuple[Leg, ...]:
        """What is left to be posted."""
        return tuple(leg for (debit, credit), rupiah in self.moved.items() for leg in signed(debit, credit, rupiah))


def legs_of(uses: Iterable[Use], divided: Divided) -> Legs:
    """The legs of uses of one payment."""
    found = Legs()
    for use in uses:
        for programme in _PROGRAMMES:
            _programme(found, use, programme, divided)
        _moved_to_jkp(found, use)
    return found


def _programme(found: Legs, use: Use, programme: str, divided: Divided) -> None:
    """One programme's contributions and fines of a use."""
    at = _AT[programme]
    contribution = use.parts[at]
    fine = use.parts[_AT[f"fine_{programme}"]] if f"fine_{programme}" in _AT else 0
    against = f"billed:{programme}"
    if use.bill.booked:
        found.add(f"cash:{programme}", receivable(programme, use.bill.regency).code, contribution + fine)
        found.add(against, f"fines:{programme}", fine)
    else:
        against = f"cash:{programme}"
    if at in MEMBERS:
        members = members_rupiah(use, at, divided)
        found.add(against, f"members:{programme}", members)
        found.add(against, f"undivided:{programme}", contribution - members)
    else:
        found.add(against, f"fund:{programme}", contribution)


def members_rupiah(use: Use, at: int, divided: Divided) -> int:
    """What members get with a use, together; whole rupiah."""
    return _all_shares(use, at, use.after[at], divided) - _all_shares(use, at, use.before[at], divided)


def _all_shares(use: Use, at: int, paid: int, divided: Divided) -> int:
    if paid in (0, use.bill.asked[at]):
        return paid
    return divided[use.bill.id, at, paid]


def partial(uses: Iterable[Use]) -> dict[tuple[int, int, int], Use]:
    """By bill, part and what is paid of it: the bills that are paid in part, whose division must be asked for."""
    found: dict[tuple[int, int, int], Use] = {}
    for use in uses:
        for at in MEMBERS:
            for paid in (use.before[at], use.after[at]):
                if use.parts[at] and paid not in (0, use.bill.asked[at]):
                    found[use.bill.id, at, paid] = use
    return found


def _moved_to_jkp(found: Legs, use: Use) -> None:
    for programme, whole in (("jkk", use.bill.jkp_from_jkk), ("jkm", use.bill.jkp_from_jkm)):
        at = _AT[programme]
        if not whole or not use.bill.asked[at]:
            continue
        moved = whole * use.after[at] // use.bill.asked[at] - whole * use.before[at] // use.bill.asked[at]
        found.add(f"fund:{programme}", f"cash:{programme}", moved)
        found.add("cash:jkp", "fund:jkp", moved)
