"""Who paid, told from a bill's id alone: for people whose contributions somebody else pays, and who do not see that bill."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jamsostek.collection.choices import PAYER_KINDS, PayerKind
from jamsostek.collection.models import BillLine
from jamsostek.core.months import month_of_index
from jamsostek.core.text import _
from jamsostek.registry.queries.timeline import payers_of

_NAMED = {PayerKind.EMPLOYER: "employer", PayerKind.SPONSOR: "sponsor"}


def payer_in(bill_id: int) -> tuple[PayerKind, int]:
    """Kind and id of the payer that a bill's id tells (`collection_bill_id`)."""
    return PayerKind(bill_id >> 42 & 7), bill_id >> 6 & (1 << 36) - 1


def payer_names(bill_ids: Collection[int]) -> dict[int, str]:
    """Who paid each bill, in words; companies and sponsors by name, whoever's they are. 0 (no bill) is left out."""
    payers = {one: payer_in(one) for one in bill_ids if one}
    ids = {kind: {payer for found, payer in payers.values() if found == kind} for kind in _NAMED}
    known = payers_of(ids[PayerKind.EMPLOYER], ids[PayerKind.SPONSOR])
    return {
        bill: known.get((_NAMED.get(kind, ""), payer), ("", ""))[0] or _(PAYER_KINDS[kind])
        for bill, (kind, payer) in payers.items()
    }


@dataclass(frozen=True)
class Shares:
    """What a bill asked for one person and month, from which wage; whole rupiah."""

    wage_rupiah: int
    jht_employer_rupiah: int
    jht_worker_rupiah: int
    jp_employer_rupiah: int
    jp_worker_rupiah: int


def shares(bill_ids: Collection[int], participant_ids: Collection[int]) -> dict[tuple[int, int, int], Shares]:
    """What bills asked for people in sight, by bill, person and month; a person sees their own line of a bill they do not see."""
    months = {month_in(one) for one in bill_ids if one}
    rows = BillLine.objects.filter(month__in=months, bill_id__in=list(bill_ids), participant_id__in=list(participant_ids))
    return {
        (row.bill_id, row.participant_id, row.for_month): Shares(
            row.wage_rupiah, row.jht_employer_rupiah, row.jht_worker_rupiah, row.jp_employer_rupiah, row.jp_worker_rupiah
        )
        for row in rows
    }


def month_in(bill_id: int) -> int:
    """The month of the books a bill was made in, as its id tells."""
    return month_of_index((bill_id >> 45) + _FIRST)


_FIRST = 24_108
"""January 2009, counted in months: where `collection_bill_id` begins."""
