"""Reliefs opened by facts: which employers pay half their JKK as labour-intensive firms, and the facts that say so.

The industry is read from the KBLI code (BPS 2020: 10-12 food, drink and tobacco; 13-14 textile and clothing; 151 leather; 152
footwear; 31 furniture; 324 toys); a firm's own word does not open the relief. Workers are those billed in the month; paid up
is a firm without an unpaid bill up to the month the law names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.collection.billing.computing import Int64, Lines, Payers
from jamsostek.core.months import add_months
from jamsostek.core.rupiah import PPM
from jamsostek.law import calculate_many
from jamsostek.law.jkk.relief import CONDITIONS, INDUSTRIES
from jamsostek.law.parameters import law_at

_BY_KBLI = {
    "10": "food_drink_tobacco", "11": "food_drink_tobacco", "12": "food_drink_tobacco", "13": "textile_and_clothing",
    "14": "textile_and_clothing", "151": "leather_and_leather_goods", "152": "footwear", "31": "furniture", "324": "toys",
}  # fmt: skip
OTHER = INDUSTRIES.index("other")


def industry_of(kbli: str) -> int:
    """The place among the law's industries of a KBLI code; `other` where it is none of them or not known."""
    for length in (3, 2):
        if (found := _BY_KBLI.get(kbli[:length])) is not None:
            return INDUSTRIES.index(found)
    return OTHER


def opened(month: int, payers: Payers, lines: Lines) -> tuple[Payers, dict[int, dict[str, Any]]]:
    """Payers with the relief of the month where their facts open it, and those facts by place."""
    law = law_at(month)
    closed = replace(payers, labour_intensive=np.zeros(len(payers), np.int64))
    asked = np.flatnonzero(payers.industry != OTHER)
    if int(law.ppm("jkk.relief.labour_intensive")) >= PPM or not len(asked):
        return closed, {}
    workers = np.bincount(lines.payer, minlength=len(payers)).astype(np.int64)[asked]
    paid = _last_paid(payers.ids[asked].tolist(), month)
    told = calculate_many(
        "relief.labour_intensive",
        month=month,
        industry=[INDUSTRIES[at] for at in payers.industry[asked]],
        active_workers=workers,
        last_paid_month=paid.tolist(),
    )
    flags = closed.labour_intensive.copy()
    flags[asked] = np.asarray(told["labour_intensive"], np.int64)
    facts = {
        at: {
            "relief": {
                "industry": INDUSTRIES[int(payers.industry[at])],
                "active_workers": int(workers[place]),
                "last_paid_month": int(paid[place]),
                **{name: bool(told[name][place]) for name in CONDITIONS},
            }
        }
        for place, at in enumerate(asked.tolist())
    }
    return replace(payers, labour_intensive=flags), facts


def _last_paid(employers: Sequence[int], month: int) -> Int64:
    """The last month up to which each employer owes no JKK: the one before its first bill with JKK unpaid."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.employer_id, min(b.from_month) FROM collection_bill b"
            " LEFT JOIN collection_paid p ON p.bill_id = b.id"
            " WHERE b.employer_id = ANY (%s) AND b.payer_kind = 1 AND b.from_month < %s"
            " AND b.jkk_rupiah > coalesce(p.jkk_rupiah, 0)"
            " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id) GROUP BY 1",
            [list(employers), month],
        )
        owing: dict[int, int] = dict(cursor.fetchall())
    return np.array([add_months(owing.get(one, month), -1) for one in employers], np.int64)
