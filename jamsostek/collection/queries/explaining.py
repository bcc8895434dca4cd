"""Why a bill asks what it asks: the law's own rule, run again over what the bill kept, must give the rupiah that stand on it.

Where it does not, the figures kept with the bill are compared with those of the law as it is known now, and the ones that
changed are named. Nothing is computed here: `law.explain` for one line, the kernels of `billing.computing` for all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection

from jamsostek import law as rules
from jamsostek.access.rows import copy_out
from jamsostek.collection.billing.computing import (
    AMOUNTS,
    BPU,
    JKP_MEMBER,
    NON_ASN,
    PU,
    RULES,
    Int64,
    Lines,
    Payers,
    bpu_facts,
    owed,
)
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.models import Bill, BillLine, LawUsed
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from jamsostek.core.rupiah import PPM
from jamsostek.core.text import _
from jamsostek.law import Explanation, FigureChange, Law
from jamsostek.law.engine import RISK_CLASSES, SCALES
from jamsostek.law.jkk.relief import CONDITIONS
from jamsostek.law.parameters import law_at
from jamsostek.law.segments.contribution import BPU_PROGRAMMES, PAYERS, SECTORS

LawOf = Callable[[int], Law]
"""The law of a month: of today's knowledge, or a reform's where its effect is asked for."""
CONSTRUCTION, MIGRANT = "contribution.construction", "contribution.migrant"
_BITS = 40
"""Room for a participant's id beside a month in one key."""
_OF_WAGE_EARNER = {
    "jkk": "jkk_employer_rupiah", "jkm": "jkm_employer_rupiah", "jht_employer": "jht_employer_rupiah",
    "jht_worker": "jht_worker_rupiah", "jp_employer": "jp_employer_rupiah", "jp_worker": "jp_worker_rupiah",
}  # fmt: skip
_OUTPUTS: Mapping[str, Mapping[str, str]] = {
    PU: _OF_WAGE_EARNER,
    NON_ASN: _OF_WAGE_EARNER,
    BPU: {"jkk": "jkk_rupiah", "jkm": "jkm_rupiah", "jht_worker": "jht_rupiah"},
    CONSTRUCTION: {"jkk": "jkk_rupiah", "jkm": "jkm_rupiah"},
    MIGRANT: {"jkk": "total_rupiah"},
}
"""Which output of a rule each stored amount is."""


@dataclass(frozen=True)
class Explained:
    """A rule run again over stored inputs. `stored` and `found` are rupiah by the names of AMOUNTS; `changes` are figures of
    the law that are not what they were. `told` is empty where nobody owes any more (a line that takes back)."""

    told: Explanation | None
    stored: Mapping[str, int]
    found: Mapping[str, int]
    changes: Sequence[FigureChange]
    digest_then: str
    digest_now: str
    before: Mapping[str, int] = field(default_factory=dict)
    """What earlier bills asked already for the same month; only of a line that is a difference."""

    @property
    def same(self) -> bool:
        """Whether the law gives today what stands on the bill."""
        return not self.differing

    @property
    def differing(self) -> list[str]:
        """Amounts that come out differently."""
        return [name for name in AMOUNTS if self.stored.get(name, 0) != self.found.get(name, 0)]

    @property
    def total_rupiah(self) -> int:
        """All stored amounts."""
        return sum(self.stored.values())


# --- one line, one bill -----------------------------------------------------------------------------------------------


def line(bill: Bill, row: BillLine, law_of: LawOf = law_at) -> Explained:
    """A line of a bill, down to the article. A difference is explained by the whole amount it brings the month to."""
    used = LawUsed.objects.get(pk=row.law_id)
    before = _before(bill, row) if bill.kind == BillKind.DIFFERENCE else {}
    stored = {name: int(getattr(row, f"{name}_rupiah")) + before.get(name, 0) for name in AMOUNTS}
    if bill.kind == BillKind.DIFFERENCE and row.wage_rupiah == 0:
        return Explained(None, stored, {}, [], used.digest, law_of(row.for_month).digest, before)
    return _run(used, row.for_month, _inputs(used.rule, bill, row), stored, law_of, before)


def whole(bill: Bill, law_of: LawOf = law_at) -> Explained:
    """A bill that has no lines: a project by its contract, a migrant's package."""
    if bill.rule not in (CONSTRUCTION, MIGRANT):
        raise InputError(_("Tagihan ini dijelaskan baris demi baris."), remedy=_("Buka salah satu barisnya."))
    given = ("contract_value_rupiah",) if bill.rule == CONSTRUCTION else ("route", "months")
    stored = {"jkk": bill.jkk_rupiah, "jkm": bill.jkm_rupiah}
    return _run(bill.law, bill.from_month, {name: bill.inputs[name] for name in given}, stored, law_of)


def _inputs(rule: str, bill: Bill, row: BillLine) -> dict[str, Any]:
    """What a line was computed from, in the words of the rule."""
    if rule == NON_ASN:
        return {"wage_rupiah": row.wage_rupiah}
    if rule == BPU:
        programmes, sector, payer = (int(one) for one in bpu_facts(row.flags))
        names = [name for at, name in enumerate(BPU_PROGRAMMES) if programmes >> at & 1]
        return {"income_rupiah": row.wage_rupiah, "programmes": names, "sector": SECTORS[sector], "payer": PAYERS[payer]}
    return {
        "wage_rupiah": row.wage_rupiah,
        "risk_class": bill.inputs["risk_class"],
        "scale": bill.inputs["scale"],
        "labour_intensive": bill.inputs["labour_intensive"],
        "birth_date": row.birth_date,
        "jkp_member": bool(row.flags & JKP_MEMBER),
    }


def _run(
    used: LawUsed,
    month: int,
    inputs: dict[str, Any],
    stored: dict[str, int],
    law_of: LawOf,
    before: Mapping[str, int] | None = None,
) -> Explained:
    now = law_of(month)
    told = rules.explain(used.rule, month=month, law=now, **inputs)
    found = {name: int(told.outputs[output]) for name, output in _OUTPUTS[used.rule].items() if output in told.outputs}
    changes = _changes(used, month, now)
    return Explained(told, stored, found, changes, used.digest, now.digest, before or {})


def _changes(used: LawUsed, month: int, now: Law) -> list[FigureChange]:
    """Figures that a rule reads and that are not what they were; the digest of the whole law tells when none can be."""
    if used.digest == now.digest:
        return []
    return rules.differences(used.figures, rules.figures_in_force(used.rule, month, now))


def _before(bill: Bill, row: BillLine) -> dict[str, int]:
    """What this payer's bills asked for the person and month before this one."""
    names = ", ".join(f"coalesce(sum(l.{name}_rupiah), 0)::bigint" for name in AMOUNTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names} FROM collection_bill b JOIN collection_line l ON l.bill_id = b.id AND l.month = b.month"  # noqa: S608
            f" AND l.part = b.part WHERE {_EARLIER} AND l.participant_id = %s AND l.for_month = %s",
            [*_earlier(bill), row.participant_id, row.for_month],
        )
        return dict(zip(AMOUNTS, map(int, cursor.fetchone()), strict=True))


_EARLIER = (
    "b.payer_kind = %s AND b.payer_id = %s AND b.employer_id IS NOT DISTINCT FROM %s AND b.sponsor_id IS NOT DISTINCT FROM %s"
    " AND b.participant_id IS NOT DISTINCT FROM %s AND b.kind IN (1, 2) AND (b.month, b.id) < (%s, %s)"
    " AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id)"
)


def _earlier(bill: Bill) -> list[Any]:
    owners = (bill.employer_id, bill.sponsor_id, bill.participant_id)
    return [bill.payer_kind, bill.payer_id, *owners, bill.month, bill.pk]


# --- all lines at once ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wrong:
    """A line that the law computes differently today; rupiah by the names of AMOUNTS."""

    participant_id: int
    for_month: int
    stored: Mapping[str, int]
    found: Mapping[str, int]


@dataclass(frozen=True)
class Verified:
    """What came of running all lines of a bill again; `wrong` holds the first hundred that differ."""

    lines: int
    differing: int
    wrong: Sequence[Wrong]
    changes: Sequence[FigureChange]

    @property
    def holds(self) -> bool:
        """Whether every line comes out to the rupiah."""
        return self.differing == 0


SHOWN_WRONG = 100
_LINE = "participant_id, for_month, law_id, birth_date, flags, wage_rupiah, " + ", ".join(f"{name}_rupiah" for name in AMOUNTS)


def verify_lines(bill: Bill, law_of: LawOf = law_at) -> Verified:
    """Runs every line of a bill again by the kernels that made it, in arrays, and names those that come out differently."""
    there = copy_out(
        f"SELECT {_LINE} FROM collection_line WHERE month = %s AND part = %s AND bill_id = %s ORDER BY for_month, participant_id",  # noqa: S608
        [bill.month, bill.part, bill.pk],
    )
    stored = (
        np.stack([there[f"{name}_rupiah"].astype(np.int64) for name in AMOUNTS]) if len(there) else np.zeros((6, 0), np.int64)
    )
    if bill.kind == BillKind.DIFFERENCE and len(there):
        stored = stored + _all_before(bill, there)
    found = np.zeros_like(stored)
    used = LawUsed.objects.in_bulk(np.unique(there["law_id"]).tolist())
    changes: dict[str, FigureChange] = {}
    for month in np.unique(there["for_month"]).tolist():
        now = law_of(month)
        here = np.flatnonzero(there["for_month"] == month)
        found[:, here] = _again(bill, there[here], used, month, now)
        for one in np.unique(there["law_id"][here]).tolist():
            changes |= {change.id: change for change in _changes(used[one], month, now)}
    differs = np.flatnonzero((stored != found).any(axis=0))
    wrong = [
        Wrong(
            int(there["participant_id"][at]), int(there["for_month"][at]),
            dict(zip(AMOUNTS, stored[:, at].tolist(), strict=True)), dict(zip(AMOUNTS, found[:, at].tolist(), strict=True)),
        )
        for at in differs[:SHOWN_WRONG].tolist()
    ]  # fmt: skip
    return Verified(len(there), len(differs), wrong, [changes[id] for id in sorted(changes)])


def _again(bill: Bill, there: Any, used: Mapping[int, LawUsed], month: int, now: Law) -> Int64:
    """The amounts of lines of one month, in the order of AMOUNTS."""
    one = np.zeros(1, np.int64)
    inputs = bill.inputs
    payers = Payers(
        bill.payer_kind, one + bill.payer_id, one + bill.regency_code,
        one + RISK_CLASSES.index(inputs.get("risk_class", RISK_CLASSES[0])), one + SCALES.index(inputs.get("scale", SCALES[0])),
        one + int(inputs.get("labour_intensive", False)), one,
    )  # fmt: skip
    rule_of = {number: RULES.index(law.rule) for number, law in used.items()}
    wage = there["wage_rupiah"].astype(np.int64)
    taken_back = (wage == 0) if bill.kind == BillKind.DIFFERENCE else np.zeros(len(there), np.bool_)
    lines = Lines(
        np.zeros(len(there), np.int64), there["participant_id"].astype(np.int64),
        np.array([rule_of[number] for number in there["law_id"].tolist()], np.int64), there["birth_date"].astype(np.int64),
        there["flags"].astype(np.int64), np.where(taken_back, 1_000_000, wage),
    )  # fmt: skip
    amounts = owed(month, payers, lines, now)
    found: Int64 = np.stack([np.where(taken_back, 0, amounts[name]) for name in AMOUNTS])
    return found


def _all_before(bill: Bill, there: Any) -> Int64:
    """As `_before`, for all lines of a difference bill."""
    sums = ", ".join(f"sum(l.{name}_rupiah)::bigint AS {name}" for name in AMOUNTS)
    rows = copy_out(
        f"SELECT l.participant_id, l.for_month, {sums} FROM collection_bill b JOIN collection_line l ON l.bill_id = b.id"  # noqa: S608
        f" AND l.month = b.month AND l.part = b.part WHERE {_EARLIER} AND l.for_month >= %s AND l.for_month <= %s GROUP BY 1, 2",
        [*_earlier(bill), int(there["for_month"].min()), int(there["for_month"].max())],
    )
    keys = (rows["for_month"].astype(np.int64) << _BITS) | rows["participant_id"].astype(np.int64)
    order = np.argsort(keys)
    wanted = (there["for_month"].astype(np.int64) << _BITS) | there["participant_id"].astype(np.int64)
    found = np.zeros((len(AMOUNTS), len(there)), np.int64)
    if len(keys):
        place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
        known = keys[place] == wanted
        for at, name in enumerate(AMOUNTS):
            found[at] = np.where(known, rows[name].astype(np.int64)[place], 0)
    return found


# --- due days and reliefs ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """A due day, and the law that gives it; `told` is None for bills whose days were agreed or follow another bill's."""

    programmes: tuple[str, ...]
    day: dt.date
    told: Explanation | None
    same: bool


def due_days(bill: Bill) -> list[Due]:
    """When a bill is due, programme by programme; the same day is told once."""
    asked = {"jkk": bill.due_on, "jkm": bill.due_on, "jht": bill.jht_due_on, "jp": bill.jp_due_on}
    asks = [name for name in asked if getattr(bill, f"{name}_rupiah") or getattr(bill, f"fine_{name}_rupiah")] or ["jkk", "jkm"]
    by_day: dict[dt.date, list[str]] = {}
    for name in asks:
        by_day.setdefault(asked[name], []).append(name)
    told = _due_told(bill)
    outputs = {"jkk": "jkk_jkm_due", "jkm": "jkk_jkm_due", "jht": "jht_due", "jp": "jp_due"}
    found = []
    for day, names in sorted(by_day.items()):
        expected = [told.outputs.get("due_on") or told.outputs.get(outputs[name]) for name in names] if told else [day]
        found.append(Due(tuple(names), day, told, all(one == day for one in expected)))
    return found


def _due_told(bill: Bill) -> Explanation | None:
    if bill.kind != BillKind.REGULAR:
        return None
    if bill.payer_kind == PayerKind.PROJECT:
        return rules.explain("calendar.contract_due", date=bill.inputs["starts_on"], contract="project")
    if bill.payer_kind == PayerKind.PLACEMENT:
        starts = dt.date(bill.from_month // 100, bill.from_month % 100, 1)
        return rules.explain("calendar.contract_due", date=starts, contract="migrant")
    segment = "pu" if bill.payer_kind in (PayerKind.EMPLOYER, PayerKind.STATE) else "bpu"
    return rules.explain("calendar.due_date", month=bill.from_month, segment=segment)


@dataclass(frozen=True)
class Relief:
    """A relief of the bill's months: whether it reached the payer, and the facts it asks for with whether each was met."""

    rule: str
    opened: bool
    conditions: Mapping[str, bool]
    told: Explanation
    months: tuple[int, ...]
    people: int


def reliefs(bill: Bill) -> list[Relief]:
    """Reliefs in force in the months of a bill, opened or not, each by the facts kept with it; none where none was in force."""
    if bill.payer_kind == PayerKind.EMPLOYER and bill.rule == PU:
        return _labour_intensive(bill)
    if bill.payer_kind in (PayerKind.SPONSOR, PayerKind.PERSON):
        return _of_bpu(bill)
    return []


def _labour_intensive(bill: Bill) -> list[Relief]:
    month = bill.from_month
    if int(law_at(month).ppm("jkk.relief.labour_intensive")) >= PPM:
        return []
    kept = bill.inputs.get("relief") or {}
    facts = {
        "industry": kept.get("industry", "other"),
        "active_workers": kept.get("active_workers", bill.people),
        "last_paid_month": kept.get("last_paid_month", add_months(month, -1)),
    }
    told = rules.explain("relief.labour_intensive", month=month, **facts)
    met = {name: bool(told.outputs[name]) for name in CONDITIONS}
    opened = bool(bill.inputs.get("labour_intensive"))
    return [Relief("relief.labour_intensive", opened, met, told, (month,), bill.people)]


def _of_bpu(bill: Bill) -> list[Relief]:
    """By sector and by who pays, as the lines have it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT flags >> 8 & 15, flags >> 12 & 15, for_month, count(*) FROM collection_line"
            " WHERE month = %s AND part = %s AND bill_id = %s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            [bill.month, bill.part, bill.pk],
        )
        rows = cursor.fetchall()
    by_facts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for sector, payer, month, count in rows:
        by_facts.setdefault((SECTORS[sector], PAYERS[payer]), []).append((month, count))
    found = []
    for (sector, payer), months in by_facts.items():
        asked = {month: rules.explain("relief.bpu", month=month, sector=sector, payer=payer) for month, _count in months}
        running = {month: told for month, told in asked.items() if told.outputs["relief_in_force"]}
        if running:
            told = next(iter(running.values()))
            opened = tuple(month for month, one in running.items() if one.outputs["relieved"])
            met = {"relief_in_force": True, "payer_qualifies": bool(told.outputs["payer_qualifies"])}
            people = max(count for _month, count in months)
            found.append(Relief("relief.bpu", bool(opened), met, told, opened or tuple(running), people))
    return found
