"""The month of whole regions: everybody not billed yet, in one transaction a region, as one loaded partition.

A region is a part: it is billed whole or not at all, and one that was billed is left alone when the run is started again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, Scope, acting, current
from jamsostek.collection.actions.bills import writable
from jamsostek.collection.billing import reading, writing
from jamsostek.collection.billing.computing import BPU, NON_ASN, PU, owed, sums_by_payer
from jamsostek.collection.billing.writing import Making
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.codes import first_number
from jamsostek.collection.models import Part
from jamsostek.core.errors import InputError
from jamsostek.core.regions import REGENCIES
from jamsostek.core.text import _
from jamsostek.ledger.errors import refusals

_LOCK = 820_231
_AGAIN = 1_000
LARGE = 1_000_000
"""People of a province above which its regencies are billed one by one, so that memory stays the same for a nation."""
_SEGMENTS = ((PayerKind.EMPLOYER, PU), (PayerKind.SPONSOR, BPU), (PayerKind.PERSON, BPU))


class RunningElsewhere(InputError):
    """Another process bills this month at this moment."""


@dataclass(frozen=True)
class Billed:
    """What the run of one region made; `done_before` where nothing was left to bill."""

    region: int
    bills: int
    lines: int
    total_rupiah: int
    done_before: bool = False


def regencies_of(region: int) -> list[int]:
    """The regencies of a region, codes from before 2022 too; a province's sponsors stand with it, or with its first regency."""
    mine = [one for one in REGENCIES.values() if region in (one.code, one.province_code)]
    codes = {one.code for one in mine} | {one.code_before_2022 for one in mine if one.code_before_2022}
    province = min(mine, key=lambda one: one.code).province_code if mine else region
    first = min((one.code for one in REGENCIES.values() if one.province_code == province), default=region)
    return sorted({*codes, region, *((province,) if region == first else ())})


def provinces_with_payers() -> list[int]:
    """Regions that a run bills one by one: provinces in which somebody is to be billed, the large ones regency by regency."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, sum(people) FROM ("
            " SELECT regency_code AS code, count(*) AS people FROM registry_participant GROUP BY 1"
            " UNION ALL SELECT DISTINCT regency_code, 0 FROM registry_employer"
            " UNION ALL SELECT DISTINCT CASE WHEN region_code > 1000000000 THEN region_code / 1000000 ELSE region_code END, 0"
            " FROM registry_sponsor) AS there GROUP BY 1"
        )
        people = {int(code): int(count) for code, count in cursor.fetchall()}
    now = {one.code_before_2022: one.code for one in REGENCIES.values() if one.code_before_2022}
    regencies = {now.get(code, code) for code in people}
    found = []
    for province in sorted({code // 100 if code >= 100 else code for code in regencies}):
        mine = sorted(one.code for one in REGENCIES.values() if one.province_code == province)
        large = sum(count for code, count in people.items() if now.get(code, code) // 100 == province) > LARGE
        found += mine if large else [province]
    return found


def bill_month(
    *,
    month: int,
    today: dt.date,
    scope: Scope,
    regions: Sequence[int] | None = None,
    told: Callable[[int, int, Billed], None] | None = None,
    workers: int = 1,
) -> list[Billed]:
    """Bills every region, each in a transaction of its own; what was billed before is left. `told` hears of each as it ends.

    With several workers as many regions at a time are billed, each on a connection of its own.
    """
    with acting(scope):
        wanted = list(regions) if regions is not None else provinces_with_payers()
        writable(month, today)
        for rule in (PU, NON_ASN, BPU):
            writing.law_used(rule, month)  # before the regions, which would wait for each other's

    def one(region: int) -> Billed:
        try:
            with acting(scope):
                return bill_region(month=month, region=region, today=today)
        finally:
            if workers > 1:
                connection.close()

    found = []
    with ThreadPoolExecutor(workers) if workers > 1 else nullcontext() as pool:
        for at, billed in enumerate(pool.map(one, wanted) if pool else map(one, wanted), 1):
            found.append(billed)
            if told is not None:
                told(at, len(wanted), billed)
    return found


def bill_region(*, month: int, region: int, today: dt.date) -> Billed:
    """Everybody of a province or regency who has no bill for the month; one loaded partition. Raises `RunningElsewhere`."""
    current().need(Can.RUN_MONTH, Place(regency=region))
    _alone(month, region)
    writable(month, today)
    regencies = regencies_of(region)
    reading.set_month(month)
    dues = [(kind, rule, _due(kind, regencies, month)) for kind, rule in _SEGMENTS]
    dues = [(kind, rule, due) for kind, rule, due in dues if len(due.lines)]
    if not dues:
        return Billed(region, 0, 0, 0, done_before=True)
    part = _part(month, region)
    return _write_part(month, region, part, today, dues)


def _due(kind: PayerKind, regencies: list[int], month: int) -> reading.Due:
    if kind == PayerKind.EMPLOYER:
        return reading.due_of_region_employers(regencies, month)
    return reading.due_of_region_cover(regencies, month, kind)


def _alone(month: int, region: int) -> None:
    """One run of a month and place at a time, until its transaction ends: regencies side by side, none beside its province."""
    province = region if region < 100 else REGENCIES[region].province_code
    locks = [("pg_try_advisory_xact_lock" if region == province else "pg_try_advisory_xact_lock_shared", month * 100 + province)]
    if region != province:
        locks.append(("pg_try_advisory_xact_lock", month * 10_000 + region))
    with connection.cursor() as cursor:
        for function, key in locks:
            cursor.execute(f"SELECT {function}(%s, %s)", [_LOCK, key])
            if not cursor.fetchone()[0]:
                raise RunningElsewhere(
                    _("Penagihan bulan ini sedang dijalankan oleh proses lain."),
                    remedy=_("Tunggu sampai selesai, lalu lihat hasilnya."),
                )


def _part(month: int, region: int) -> int:
    """The number of a region's next part: a province's is its code, a regency's stands behind them."""
    base = region if region < 100 else 100 + sorted(REGENCIES).index(region)
    taken = set(Part.objects.filter(month=month).values_list("part", flat=True))
    for again in range(4):
        if base + again * _AGAIN not in taken:
            return base + again * _AGAIN
    raise InputError(
        _("Wilayah ini sudah ditagih empat kali untuk bulan itu."), remedy=_("Tagih pembayar yang tersisa satu per satu.")
    )


def _write_part(month: int, region: int, part: int, today: dt.date, dues: Sequence[tuple[PayerKind, str, reading.Due]]) -> Billed:
    amounts = [owed(month, due.payers, due.lines) for _kind, _rule, due in dues]
    number, made = first_number(month, part), []
    for (kind, rule, due), found in zip(dues, amounts, strict=True):
        making = Making(month, BillKind.REGULAR, today, writing.due_days(month, kind), rule, part=part, first_number=number)
        sequences = reading.next_sequences(month, due.payers)
        sums = sums_by_payer(due.payers, due.lines, found)
        made.append((making, writing.bills(making, due.payers, sums, sequences=sequences, facts=due.facts)))
        number += len(due.payers)
    result = Billed(
        region,
        sum(len(bills) for _making, bills in made),
        sum(len(due.lines) for _kind, _rule, due in dues),
        sum(bills.total_rupiah for _making, bills in made),
    )
    Part.objects.create(
        month=month,
        part=part,
        regency_code=region,
        bills=result.bills,
        lines=result.lines,
        total_rupiah=result.total_rupiah,
        made_by=current().user_id,
    )
    with connection.cursor() as cursor, refusals():
        cursor.execute("SELECT ledger_begin_leaf('collection_line', %s, %s)", [month, part])
        leaf = cursor.fetchone()[0]
    for (kind, _rule, due), found, (making, bills) in zip(dues, amounts, made, strict=True):
        writing.copy_lines(leaf, writing.line_columns(making, bills.ids, due.lines, found))
        writing.load_bills(bills, making, reference=f"bills:{month}:{part}:{int(kind)}")
    with connection.cursor() as cursor, refusals():
        cursor.execute("SELECT ledger_attach_leaf('collection_line', %s, %s)", [month, part])
    audit.record("month.billed", "region", region, fields=("month", "bills", "lines", "total_rupiah"))
    return result
