"""Income tax withheld from JHT, month by month as the tax office asks for it: whom, how much, by which rate, and paid over when.

A month's tax is that of the money that reached its people in it. What was decided and is not paid yet waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from jamsostek.access import audit
from jamsostek.access.scope import everything_in_sight
from jamsostek.claims.choices import COMPONENTS, Component, PayoutState
from jamsostek.claims.models import Claim, Decision, Party, Payout
from jamsostek.claims.queries.cases import parts_of
from jamsostek.claims.queries.explained import slip_of
from jamsostek.core.months import first_day, last_day
from jamsostek.core.text import N_, _
from jamsostek.law.parameters import law_on
from jamsostek.ledger.models import Group, Transfer

TAXED = (Component.JHT, Component.JHT_PARTIAL)
FINAL, LATER = "final", "later"
RATES = {
    FINAL: N_("Final, dua tahun sejak pembayaran pertama (PP 68/2009)"),
    LATER: N_("Tarif umum, sesudah dua tahun (UU PPh Pasal 17)"),
}
WAITING = (PayoutState.DUE, PayoutState.HELD, PayoutState.BATCHED, PayoutState.SENT, PayoutState.FAILED)
PAID_OVER = "tax_paid"


@dataclass(frozen=True)
class Month:
    """One month: how many people and payments, what they got before tax, what was withheld; whole rupiah.

    `reference` is that of the state's receipt once it was paid over, `over_rupiah` what was, `group_id` its place in the books.
    """

    month: int
    people: int
    payments: int
    gross_rupiah: int
    tax_rupiah: int
    reference: str = ""
    over_rupiah: int = 0
    group_id: int | None = None


@dataclass(frozen=True)
class Slip:
    """One payment: the number of its slip, who got it, by which rate; whole rupiah."""

    payout: Payout
    claim: Claim | None
    party: Party | None
    rate: str

    @property
    def number(self) -> str:
        """The slip's number."""
        return slip_of(self.payout)

    @property
    def title(self) -> str:
        """Which part of the benefit."""
        return _(COMPONENTS[Component(self.payout.component)].title)

    @property
    def rate_words(self) -> str:
        """The rate, with its law."""
        return _(RATES[self.rate])


@dataclass(frozen=True)
class RateSums:
    """All of one rate in a month."""

    rate: str
    people: int
    gross_rupiah: int
    tax_rupiah: int


def months() -> list[Month]:
    """The newest first."""
    rows = (
        Payout.objects.filter(component__in=TAXED, state=PayoutState.PAID)
        .annotate(y=ExtractYear("paid_on"), m=ExtractMonth("paid_on")).values("y", "m").order_by("-y", "-m")
        .annotate(people=Count("party_id", distinct=True), payments=Count("claim_id"))
        .annotate(gross=Sum("gross_rupiah"), tax=Sum("tax_rupiah"))
    )  # fmt: skip
    over = paid_over()
    return [
        Month(at, row["people"], row["payments"], int(row["gross"]), int(row["tax"]), *over.get(at, ("", 0, None)))
        for row in rows
        for at in [row["y"] * 100 + row["m"]]
    ]


def month(number: int) -> Month:
    """One of them; nothing was paid in a month that is not there."""
    return next((one for one in months() if one.month == number), Month(number, 0, 0, 0, 0))


def paid_over() -> Mapping[int, tuple[str, int, int]]:
    """The months that were paid over to the state: the receipt's reference, how much, and the group in the books."""
    with everything_in_sight():
        rows = list(Group.objects.filter(kind=PAID_OVER, reference__startswith=f"{PAID_OVER}:"))
        sums = {
            one.pk: Transfer.objects.filter(month=one.month, group_id=one.pk).aggregate(all=Sum("amount_rupiah")) for one in rows
        }
    found = {}
    for one in rows:
        _kind, at, reference = one.reference.split(":", 2)
        found[int(at)] = (reference, int(sums[one.pk]["all"] or 0), one.pk)
    return found


def waiting() -> tuple[int, int]:
    """Withheld by a decision and not paid yet: how many payments, and how much tax; whole rupiah."""
    told = Payout.objects.filter(component__in=TAXED, state__in=WAITING, tax_rupiah__gt=0).aggregate(
        count=Count("claim_id"), tax=Sum("tax_rupiah")
    )
    return told["count"], int(told["tax"] or 0)


def slips(number: int) -> list[Slip]:
    """Every payment of a month, taxed or not, in the order of the slips. The looks stay in the people's trails."""
    rows = list(
        Payout.objects.filter(
            component__in=TAXED, state=PayoutState.PAID, paid_on__gte=first_day(number), paid_on__lte=last_day(number)
        ).order_by("month", "party_id", "component")
    )
    claims = Claim.objects.in_bulk({row.claim_id for row in rows})
    parties = Party.objects.in_bulk({row.party_id for row in rows})
    audit.looked({one.participant_id for one in claims.values()}, ("name", "claim"), "pajak JHT")
    rates = _rates(rows)
    return [Slip(row, claims.get(row.claim_id), parties.get(row.party_id), rates[row.pk]) for row in rows]


def by_rate(found: Sequence[Slip]) -> list[RateSums]:
    """The sums of each rate."""
    made = []
    for rate in RATES:
        mine = [one for one in found if one.rate == rate]
        if mine:
            gross, tax = sum(one.payout.gross_rupiah for one in mine), sum(one.payout.tax_rupiah for one in mine)
            made.append(RateSums(rate, len({one.payout.party_id for one in mine}), gross, tax))
    return made


def _rates(rows: Iterable[Payout]) -> dict[object, str]:
    """By which rate each was taxed: its own payment's year against the window that the first payment opened."""
    found = list(rows)
    decisions = Decision.objects.select_related("assessment").in_bulk({row.decision_id for row in found if row.decision_id})
    told: dict[object, str] = {}
    for row in found:
        made = decisions.get(row.decision_id or 0)
        part = next((one for one in parts_of(made.assessment) if one.component == row.component), None) if made else None
        told[row.pk] = _rate(part.taxed) if part is not None and part.taxed else FINAL
    return told


def _rate(taxed: Mapping[str, object]) -> str:
    payments = taxed["payments"]
    assert isinstance(payments, list)
    first, this = (int(str(one["month"])[:4]) for one in (payments[0], payments[-1]))
    window = law_on(first_day(this * 100 + 1)).number("jht.tax.window_years")
    return FINAL if this < first + window else LATER
