"""Runs of a month as people watch them: how far, what was billed where, and who has no bill and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.collection.actions.month import regencies_of
from jamsostek.collection.billing import reading, writing
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.models import Bill, Part, Run, RunRegion
from jamsostek.core.text import _
from jamsostek.ledger.models import Period


def runs(limit: int = 50) -> list[Run]:
    """Runs in sight, the newest first."""
    return list(Run.objects.order_by("-pk")[:limit])


def run(run_id: int) -> Run:
    """A run in sight; raises `Refused`."""
    found = Run.objects.filter(pk=run_id).first()
    if found is None:
        raise not_yours(_("Penagihan ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


def run_regions(run_id: int) -> list[RunRegion]:
    """The regions of a run, by code."""
    return list(RunRegion.objects.filter(run_id=run_id).order_by("region_code"))


@dataclass(frozen=True)
class MonthSum:
    """What was billed for a region and month by all runs; whole rupiah."""

    region_code: int
    bills: int
    lines: int
    total_rupiah: int


def month_sums(month: int) -> list[MonthSum]:
    """What runs billed of a month, by region."""
    found: dict[int, MonthSum] = {}
    for part in Part.objects.filter(month=month):
        old = found.get(part.regency_code, MonthSum(part.regency_code, 0, 0, 0))
        found[part.regency_code] = MonthSum(
            part.regency_code, old.bills + part.bills, old.lines + part.lines, old.total_rupiah + int(part.total_rupiah)
        )
    return [found[code] for code in sorted(found)]


def is_closed(month: int) -> bool:
    """Whether the books of a month are closed."""
    row = Period.objects.filter(pk=month).first()
    return row is not None and row.closed_at is not None


WHYS = ("left", "nobody", "closed", "taken_back")
"""Why a payer has no bill: has people and none was made; had nobody; is closed; its bill was taken back."""


@dataclass(frozen=True)
class Unbilled:
    """A payer that nothing asks for a month, and why."""

    kind: PayerKind
    payer_id: int
    name: str
    number: str
    regency_code: int
    why: str


_WITHOUT_EMPLOYER = """
    SELECT m.id, m.name, m.npp, m.regency_code, CASE
        WHEN EXISTS (SELECT FROM collection_claim c JOIN collection_void v ON v.bill_id = c.bill_id
                     WHERE c.payer_kind = 1 AND c.payer_id = m.id AND c.month = %(month)s) THEN 'taken_back'
        WHEN m.closed_on IS NOT NULL THEN 'closed'
        WHEN EXISTS (SELECT FROM collection_due_employer d WHERE d.employer_id = m.id) THEN 'left' ELSE 'nobody' END AS why
    FROM registry_employer m
    WHERE m.regency_code = ANY (%(regions)s)
      AND (m.registered_on <= %(last)s OR EXISTS (SELECT FROM collection_due_employer d WHERE d.employer_id = m.id))
      AND NOT EXISTS (SELECT FROM collection_claim c WHERE c.payer_kind = 1 AND c.payer_id = m.id AND c.month = %(month)s
                      AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = c.bill_id))
"""
_WITHOUT_SPONSOR = """
    SELECT s.id, s.name, s.number, CASE WHEN s.region_code > 1000000000 THEN s.region_code / 1000000 ELSE s.region_code END, CASE
        WHEN EXISTS (SELECT FROM collection_claim c JOIN collection_void v ON v.bill_id = c.bill_id
                     WHERE c.payer_kind = 2 AND c.payer_id = s.id AND c.month = %(month)s) THEN 'taken_back'
        WHEN s.closed_on IS NOT NULL THEN 'closed'
        WHEN EXISTS (SELECT FROM collection_due_cover d WHERE d.sponsor_id = s.id) THEN 'left' ELSE 'nobody' END AS why
    FROM registry_sponsor s
    WHERE (s.region_code = ANY (%(regions)s) OR s.region_code / 1000000 = ANY (%(regions)s))
      AND (s.registered_on <= %(last)s OR EXISTS (SELECT FROM collection_due_cover d WHERE d.sponsor_id = s.id))
      AND NOT EXISTS (SELECT FROM collection_claim c WHERE c.payer_kind = 2 AND c.payer_id = s.id AND c.month = %(month)s
                      AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = c.bill_id))
"""
_WITHOUT = f"""
    SELECT * FROM (SELECT 1 AS kind, e.* FROM ({_WITHOUT_EMPLOYER}) AS e (id, name, number, regency_code, why)
                   UNION ALL SELECT 2, s.* FROM ({_WITHOUT_SPONSOR}) AS s (id, name, number, regency_code, why)) AS found
"""  # noqa: S608


class WithoutBill:
    """Employers and sponsors of regions that no bill asks for a month: those with people first; a page at a time by slicing."""

    def __init__(self, month: int, regions: Sequence[int], last: dt.date) -> None:
        codes_ = sorted({code for region in regions for code in regencies_of(region)})
        self.month = month
        self.given: dict[str, Any] = {"month": month, "regions": codes_, "last": last}

    def __getitem__(self, wanted: slice) -> list[Unbilled]:
        order = "array_position('{left,taken_back,nobody,closed}', why), name, kind, id"
        sql = f"{_WITHOUT} ORDER BY {order} OFFSET %(skip)s LIMIT %(take)s"
        reading.set_month(self.month)
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self.given, "skip": wanted.start or 0, "take": wanted.stop - (wanted.start or 0)})
            return [
                Unbilled(PayerKind(kind), int(number), name, public, int(regency), why)
                for kind, number, name, public, regency, why in cursor.fetchall()
            ]

    def counts(self) -> dict[tuple[PayerKind, str], int]:
        """How many of each kind, and why."""
        reading.set_month(self.month)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT kind, why, count(*) FROM ({_WITHOUT}) AS all_of GROUP BY 1, 2", self.given)  # noqa: S608
            return {(PayerKind(kind), why): int(count) for kind, why, count in cursor.fetchall()}


def bills_of_region(month: int, region: int) -> QuerySet[Bill]:
    """Bills of employers and sponsors that runs made in a region, by payer: for printing them all."""
    parts = list(Part.objects.filter(month=month, regency_code=region).values_list("part", flat=True))
    rows = Bill.objects.filter(pk__gte=writing.bill_id(month, 0, 0), pk__lt=writing.bill_id(month, 8, 0), part__in=parts)
    kinds = (PayerKind.EMPLOYER, PayerKind.SPONSOR)
    return rows.filter(payer_kind__in=kinds, kind=BillKind.REGULAR).select_related("law").order_by("pk")
