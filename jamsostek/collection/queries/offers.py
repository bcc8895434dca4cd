"""What a bill to come would ask: a sponsor's list, own cover for some months; and contracts with or without their bill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.access.errors import not_yours
from jamsostek.collection.actions.bills import AHEAD
from jamsostek.collection.billing import reading, writing
from jamsostek.collection.billing.computing import AMOUNTS, bpu_facts, owed
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.models import Bill
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _
from jamsostek.law import calculate
from jamsostek.law.segments.contribution import BPU_PROGRAMMES, PAYERS, SECTORS
from jamsostek.registry.models import Placement, Project
from jamsostek.registry.queries.merged import one_person


@dataclass(frozen=True)
class Preview:
    """What a bill would ask if it were made now; whole rupiah. `groups` are (people, rupiah each), the most people first."""

    month: int
    people: int
    total_rupiah: int
    worker_rupiah: int
    groups: Sequence[tuple[int, int]]
    due_on: dt.date
    existing: Bill | None


def preview_sponsor(sponsor_id: int, month: int) -> Preview:
    """A sponsor's bill for a month, from its list as it is now."""
    return _preview(PayerKind.SPONSOR, sponsor_id, month, reading.due_of_sponsor(sponsor_id, month))


def preview_employer(employer_id: int, month: int) -> Preview:
    """An employer's bill for a month, from who works there and what they earn as known now."""
    return _preview(PayerKind.EMPLOYER, employer_id, month, reading.due_of_employer(employer_id, month))


def _preview(kind: PayerKind, payer_id: int, month: int, due: reading.Due) -> Preview:
    amounts = owed(month, due.payers, due.lines)
    each = sum((amounts[name] for name in AMOUNTS), np.zeros(len(due.lines), np.int64))
    values, counts = np.unique(each, return_counts=True)
    groups = sorted(zip(counts.tolist(), values.tolist(), strict=True), reverse=True)
    worker = int(amounts["jht_worker"].sum() + amounts["jp_worker"].sum()) if kind == PayerKind.EMPLOYER else 0
    due_on = writing.due_days(month, kind).risk
    return Preview(month, len(due.lines), int(each.sum()), worker, groups, due_on, regular(kind, payer_id, month))


def regular(kind: PayerKind, payer_id: int, month: int) -> Bill | None:
    """The regular bill that asks a payer for a month, wherever it was made; not one taken back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bill_id FROM collection_claim c WHERE payer_kind = %s AND payer_id = %s AND month = %s"
            " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = c.bill_id)",
            [int(kind), payer_id, month],
        )
        row = cursor.fetchone()
    return Bill.objects.filter(pk=row[0]).first() if row else None


@dataclass(frozen=True)
class OwnMonth:
    """What one's own cover costs in a month; whole rupiah."""

    month: int
    jkk_rupiah: int
    jkm_rupiah: int
    jht_rupiah: int
    relieved: bool
    inputs: Mapping[str, Any]
    """As `contribution.bpu` takes them."""

    @property
    def total_rupiah(self) -> int:
        """All of it."""
        return self.jkk_rupiah + self.jkm_rupiah + self.jht_rupiah


@dataclass(frozen=True)
class Offer:
    """Own cover for some months from one on. `missing` are months for which no cover was declared; then there is no price."""

    months: int
    by_month: Sequence[OwnMonth]
    due_on: dt.date
    missing: Sequence[int] = ()
    taken: Sequence[int] = ()

    @property
    def total_rupiah(self) -> int:
        """What a bill for it would ask."""
        return sum(one.total_rupiah for one in self.by_month)


def offers(participant_id: int, from_month: int) -> list[Offer]:
    """What each number of months costs that may be paid at once, each month under its own law."""
    asked = writing.months_of(from_month, max(AHEAD))
    found = {month: _own_month(participant_id, month) for month in asked}
    taken = set(_asked_for(participant_id, asked))
    due = writing.due_days(from_month, PayerKind.PERSON).risk
    return [_offer(asked[:count], found, taken, due) for count in AHEAD]


def _offer(months: Sequence[int], found: dict[int, OwnMonth | None], taken: set[int], due: dt.date) -> Offer:
    there = [one for month in months if (one := found[month]) is not None]
    missing = [month for month in months if found[month] is None]
    return Offer(len(months), there, due, missing, [month for month in months if month in taken])


def _own_month(participant_id: int, month: int) -> OwnMonth | None:
    due = reading.due_of_person(participant_id, month)
    if not len(due.lines):
        return None
    amounts = owed(month, due.payers, due.lines)
    bits, sector, payer = (int(one) for one in bpu_facts(due.lines.flags[0]))
    inputs = {
        "income_rupiah": int(due.lines.wage[0]),
        "programmes": [name for at, name in enumerate(BPU_PROGRAMMES) if bits >> at & 1],
        "sector": SECTORS[sector],
        "payer": PAYERS[payer],
    }
    jkk, jkm, jht = (int(amounts[name][0]) for name in ("jkk", "jkm", "jht_worker"))
    return OwnMonth(month, jkk, jkm, jht, _relieved(month, inputs), inputs)


def _relieved(month: int, inputs: Mapping[str, Any]) -> bool:
    return bool(calculate("relief.bpu", month=month, sector=inputs["sector"], payer=inputs["payer"])["relieved"])


RELIEF_SOUGHT = 48


def relief_until(offer: Offer) -> int:
    """The last month in a row, from the offer's first, in which the relief runs; the first must have it."""
    inputs, month = offer.by_month[0].inputs, offer.by_month[0].month
    for _ahead in range(RELIEF_SOUGHT):
        if not _relieved(add_months(month, 1), inputs):
            break
        month = add_months(month, 1)
    return month


def unrelieved(offer: Offer) -> int:
    """What a month costs once the relief is over; whole rupiah."""
    inputs = offer.by_month[0].inputs
    return int(calculate("contribution.bpu", month=add_months(relief_until(offer), 1), **inputs)["total_rupiah"])


def _asked_for(participant_id: int, months: Sequence[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month FROM collection_claim c WHERE payer_kind = %s AND payer_id = %s AND month = ANY (%s)"
            " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = c.bill_id) ORDER BY 1",
            [int(PayerKind.PERSON), participant_id, list(months)],
        )
        return [row[0] for row in cursor.fetchall()]


def next_own_month(participant_id: int, month: int) -> int:
    """The first month from this one on that no bill asks for yet, within two years."""
    asked = set(_asked_for(participant_id, writing.months_of(month, 24)))
    return next((one for one in writing.months_of(month, 24) if one not in asked), month)


def own_cover_from(ids: Collection[int], month: int) -> int | None:
    """The number under which somebody pays for themself in a month or later; None where none of theirs does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participant_id FROM registry_cover WHERE sponsor_id IS NULL AND participant_id = ANY (%s)"
            " AND coalesce(to_month, 999912) >= %s ORDER BY from_month, id LIMIT 1",
            [list(ids), month],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def contracts_abroad(participant_id: int) -> list[tuple[Placement, Bill | None]]:
    """A person's contracts abroad under any of their numbers, the newest first, each with its bill."""
    rows = Placement.objects.filter(participant_id__in=one_person(participant_id)).order_by("-contract_from", "-pk")
    return [(one, regular(PayerKind.PLACEMENT, one.pk, one.contract_from)) for one in rows]


def projects_billed(projects: Sequence[Project]) -> dict[int, Bill]:
    """Bills of projects, by the project's id."""
    found = {one.pk: regular(PayerKind.PROJECT, one.pk, month_of(one.starts_on)) for one in projects}
    return {project: bill for project, bill in found.items() if bill is not None}


def placement(placement_id: int) -> Placement:
    """A contract abroad in sight; raises `Refused`."""
    found = Placement.objects.select_related("participant").filter(pk=placement_id).first()
    if found is None:
        raise not_yours(_("Penempatan ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


def project(number: str) -> Project:
    """A project in sight, by its number; raises `Refused`."""
    found = Project.objects.select_related("employer").filter(number=number).first()
    if found is None:
        raise not_yours(_("Proyek ini tidak ada, atau bukan milik Anda."))
    return found
