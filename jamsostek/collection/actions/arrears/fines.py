"""Fines on what was paid late: assessed once for each use of money, programme by programme, and billed to the employer.

JKK, JKM and JHT: with the employer's next regular bill, so by the run of a month. JP: with the arrears, so as soon as late
money is allocated (PP 44/2015 Pasal 22, PP 46/2015 Pasal 20, PP 45/2015 Pasal 31). Both are one call:
`programmes` says which. No article lets anybody waive a fine: one that is wrong is taken back as any bill is
(`actions.bills.void`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.bulk import insert_rows
from jamsostek.access.roles import Can
from jamsostek.access.rows import Rows, copy_out
from jamsostek.access.scope import Place, Scope, acting, current, regencies_below
from jamsostek.collection.actions.bills import next_sequence, writable
from jamsostek.collection.billing import writing
from jamsostek.collection.billing.computing import ALLOCATED, AMOUNTS, Payers, Sums
from jamsostek.collection.billing.writing import Dues, Making
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.models import Bill, Fine
from jamsostek.collection.queries.arrears import DUE, PROGRAMMES
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.law import calculate_many
from jamsostek.registry.models import Employer

RULE = "penalty.late"
AT_ONCE = ("jp",)
"""Programmes whose fine is paid with the arrears themselves."""
_LATE = """
    SELECT a.bill_id, a.number, a.payment_id, b.from_month, a.paid_on, b.due_on, b.jht_due_on, b.jp_due_on,
           a.jkk_rupiah AS jkk, a.jkm_rupiah AS jkm, a.jht_rupiah AS jht, a.jp_rupiah AS jp
    FROM collection_bill b JOIN collection_allocation a ON a.bill_id = b.id
    WHERE b.employer_id = %s AND b.payer_kind IN (1, 4) AND b.kind IN (1, 2)
      AND a.paid_on > least(b.due_on, b.jht_due_on, b.jp_due_on)
    ORDER BY a.bill_id, a.number
"""


@dataclass(frozen=True)
class Assessed:
    """One line of a fine: a use of money, a programme."""

    bill_id: int
    number: int
    programme: str
    month: int
    base_rupiah: int
    due_on: dt.date
    paid_on: dt.date
    months: int
    rupiah: int


def assess(*, employer_id: int, today: dt.date, programmes: Collection[str] = PROGRAMMES) -> Bill | None:
    """Fines an employer for all that was paid late and not assessed yet; the bill, or None where there is nothing.

    A correction that gave late money free again takes its fine back from the next one; a programme in which more is taken back
    than is new waits. Raises `Refused`, `InputError`.
    """
    employer = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if employer is None:
        raise InputError(_("Perusahaan ini tidak ditemukan."), remedy=_("Periksa NPP, atau hak akses Anda."))
    current().need(Can.CHASE_ARREARS, Place(employer=employer.pk, regency=employer.regency_code))
    fresh = [one for one in _unassessed(employer_id) if one.programme in programmes]
    sums = {name: sum(one.rupiah for one in fresh if one.programme == name) for name in PROGRAMMES}
    kept = [one for one in fresh if sums[one.programme] > 0]
    if not kept:
        return None
    bill = write_fine(
        employer, {name: max(sums[name], 0) for name in PROGRAMMES}, today, rule=RULE, facts={"assessed": len(kept)}
    )
    _keep(employer, kept, bill)
    audit.record("fine.assessed", "employer", employer_id, fields=("total_rupiah",))
    return bill


def assess_late(
    *, scope: Scope, today: dt.date, since: dt.date, programmes: Collection[str] = PROGRAMMES, region: int | None = None
) -> int:
    """Fines every employer in sight of whom late money was told since a day, each in a transaction of its own; how many bills."""
    with acting(scope):
        scope.need(Can.CHASE_ARREARS, Place(regency=region))
        employers = _late_payers(since, region)
    made = 0
    for employer_id in employers:
        with acting(scope):
            made += assess(employer_id=employer_id, today=today, programmes=programmes) is not None
    return made


def _late_payers(since: dt.date, region: int | None) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT b.employer_id FROM collection_allocation a JOIN collection_bill b ON b.id = a.bill_id"
            " WHERE a.recorded_at >= %s AND a.paid_on > least(b.due_on, b.jht_due_on, b.jp_due_on) AND b.employer_id IS NOT NULL"
            " AND b.kind IN (1, 2) AND (%s OR b.regency_code = ANY (%s)) ORDER BY 1",
            [since, region is None, sorted({region, *regencies_below(region)}) if region is not None else []],
        )
        return [row[0] for row in cursor.fetchall()]


def _unassessed(employer_id: int) -> list[Assessed]:
    """Late money of an employer by programme that no fine was assessed on."""
    rows = copy_out(_LATE, [employer_id])
    if not len(rows):
        return []
    known = {
        (bill, number, name): fine_bill
        for bill, number, name, fine_bill in Fine.objects.filter(employer_id=employer_id).values_list(
            "bill_id", "number", "programme", "fine_bill_id"
        )
    }
    taken_back = _voided(set(known.values()))
    found = []
    for name in PROGRAMMES:
        months, rupiah = _fines(rows, name)
        for at in np.flatnonzero((months > 0) & (rupiah != 0)).tolist():
            bill, number = int(rows["bill_id"][at]), int(rows["number"][at])
            if (bill, number, name) in known or (rupiah[at] < 0 and _of_void(rows, at, name, known, taken_back)):
                continue
            found.append(
                Assessed(
                    bill, number, name, int(rows["from_month"][at]), int(rows[name][at]), rows[DUE[name]][at].astype(object),
                    rows["paid_on"][at].astype(object), int(months[at]), int(rupiah[at]),
                )
            )  # fmt: skip
    return found


def _fines(rows: Rows, name: str) -> tuple[Any, Any]:
    """Months late and fine of a programme, each bill by the law of its month; negative for money given free again."""
    months = np.asarray(
        calculate_many("penalty.months_late", month=rows["from_month"], due_date=rows[DUE[name]], paid_on=rows["paid_on"])[
            "months_late"
        ],
        np.int64,
    )
    base = rows[name].astype(np.int64)
    told = calculate_many(RULE, month=rows["from_month"], due_rupiah=np.abs(base), months_late=months)["penalty_rupiah"]
    return months, np.sign(base) * np.asarray(told, np.int64)


def _voided(bills: set[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT bill_id FROM collection_void WHERE bill_id = ANY (%s)", [sorted(bills)])
        return {row[0] for row in cursor.fetchall()}


def _of_void(rows: Rows, at: int, name: str, known: dict[tuple[int, int, str], int], taken_back: set[int]) -> bool:
    """Whether the fine on money given free again was itself taken back: then nothing is left to give."""
    same = (rows["bill_id"] == rows["bill_id"][at]) & (rows["payment_id"] == rows["payment_id"][at]) & (rows[name] > 0)
    bills = {known.get((int(rows["bill_id"][one]), int(rows["number"][one]), name)) for one in np.flatnonzero(same).tolist()}
    return bool(bills) and bills <= taken_back


def write_fine(
    employer: Employer,
    rupiah: dict[str, int],
    today: dt.date,
    *,
    rule: str,
    facts: dict[str, Any],
    due_on: dt.date | None = None,
) -> Bill:
    """A fine's bill in the present month: due with the month's regular bill, JP's with the arrears; or on the day given."""
    month = month_of(today)
    writable(month, today)
    dues = writing.due_days(month, PayerKind.EMPLOYER)
    dues = Dues(dues.risk, dues.jht, today) if due_on is None else Dues(due_on, due_on, due_on)
    making = Making(month, BillKind.FINE, today, dues, rule)
    zero = np.zeros(1, np.int64)
    whose = (np.array([employer.pk], np.int64), np.array([employer.regency_code], np.int64))
    payers = Payers(int(PayerKind.EMPLOYER), *whose, *[zero] * (len(fields(Payers)) - 3))
    none = Sums(zero, zero, dict.fromkeys((*AMOUNTS, *ALLOCATED, "wage"), zero))
    sequence = next_sequence(month, PayerKind.EMPLOYER, employer.pk)
    made = writing.bills(
        making, payers, none,
        sequences=np.array([sequence], np.int64),
        facts={0: facts},
        fines={f"fine_{name}": np.array([rupiah[name]], np.int64) for name in PROGRAMMES},
    )  # fmt: skip
    identity = int(made.ids[0])
    writing.write_bills(made, making, reference=f"bill:{identity}")
    return Bill.objects.get(pk=identity)


def _keep(employer: Employer, lines: list[Assessed], bill: Bill) -> None:
    laws = {month: writing.law_used(RULE, month) for month in {one.month for one in lines}}
    insert_rows(
        "collection_fine",
        {
            "bill_id": ("bigint", [one.bill_id for one in lines]),
            "number": ("int", [one.number for one in lines]),
            "programme": ("text", [one.programme for one in lines]),
            "employer_id": ("bigint", [employer.pk] * len(lines)),
            "regency_code": ("int", [employer.regency_code] * len(lines)),
            "month": ("int", [one.month for one in lines]),
            "base_rupiah": ("bigint", [one.base_rupiah for one in lines]),
            "due_on": ("date", [one.due_on for one in lines]),
            "paid_on": ("date", [one.paid_on for one in lines]),
            "months": ("int", [one.months for one in lines]),
            "rupiah": ("bigint", [one.rupiah for one in lines]),
            "law_id": ("int", [laws[one.month] for one in lines]),
            "fine_bill_id": ("bigint", [bill.pk] * len(lines)),
            "made_by": ("bigint", [current().user_id] * len(lines)),
        },
    )
