"""Bills and lines into the database: one payer's by ordinary inserts, a region's as one loaded partition; the same columns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.access.bulk import ask, insert_rows
from jamsostek.access.rows import copy_in
from jamsostek.access.scope import current
from jamsostek.collection.billing.computing import ALLOCATED, AMOUNTS, RULES, Int64, Lines, Owed, Payers, Sums
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.core.months import add_months, month_index
from jamsostek.law import calculate, figures_in_force, law_at
from jamsostek.law.engine import RISK_CLASSES, SCALES
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.chart import receivable

_FIRST_MONTH = 24108
LAST_SEQUENCE = 63
"""Bills of one payer in one month have room for 64."""
BOOKED = (PayerKind.EMPLOYER, PayerKind.SPONSOR, PayerKind.PROJECT, PayerKind.STATE)
"""Payers who owe what they are billed; a person's own cover is an offer until it is paid (ADR 14)."""
FINES = ("fine_jkk", "fine_jkm", "fine_jht", "fine_jp")


@dataclass(frozen=True)
class Dues:
    """The days a month's contributions are due."""

    risk: dt.date
    jht: dt.date
    jp: dt.date


@dataclass(frozen=True)
class Making:
    """What all bills made together share."""

    month: int
    kind: BillKind
    made_on: dt.date
    dues: Dues
    rule: str
    part: int = 0
    first_number: int | None = None
    """Where a part counts from; a single bill draws its number."""
    report_id: int | None = None
    from_month: int | None = None
    months: int = 1


@dataclass
class Made:
    """Bills ready to be written: what they share, and a column for what differs; amounts are int64 arrays of whole rupiah."""

    kind: PayerKind
    same: dict[str, tuple[str, Any]]
    each: dict[str, Int64]
    inputs: tuple[Int64, dict[int, str]]
    """A number a bill, and the JSON each number stands for."""
    total_rupiah: int = 0

    def __len__(self) -> int:
        return len(self.each["id"])

    @property
    def ids(self) -> Int64:
        """The bills' ids."""
        return self.each["id"]


def bill_id(month: int, payer_kind: int, payer_id: Any, sequence: Any = 0) -> Any:
    """The id of a payer's bill of a month; numbers or arrays. The database checks it (`bill_id_tells`)."""
    head = (month_index(month) - _FIRST_MONTH) * 8 + int(payer_kind)
    return ((head << 36) + payer_id) * 64 + sequence


def due_days(month: int, payer_kind: int) -> Dues:
    """When contributions of a month are due, by the law's calendar; sponsors' people are BPU."""
    segment = "pu" if payer_kind in (PayerKind.EMPLOYER, PayerKind.STATE) else "bpu"
    told = calculate("calendar.due_date", month=month, segment=segment)
    risk, jht = told["jkk_jkm_due"], told["jht_due"]
    return Dues(risk, jht, told.get("jp_due") or risk)


def law_used(rule: str, month: int) -> int:
    """The id under which the figures of a rule and month are kept with the bills."""
    digest = law_at(month).digest
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM collection_law WHERE rule = %s AND month = %s AND digest = %s", [rule, month, digest])
        row = cursor.fetchone()
        if row is None:
            figures = json.dumps(figures_in_force(rule, month), ensure_ascii=False, default=str)
            cursor.execute(
                "INSERT INTO collection_law (rule, month, digest, figures) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                [rule, month, digest, figures],
            )
            cursor.execute("SELECT id FROM collection_law WHERE rule = %s AND month = %s AND digest = %s", [rule, month, digest])
            row = cursor.fetchone()
        return int(row[0])


def bills(
    making: Making,
    payers: Payers,
    sums: Sums,
    *,
    sequences: Int64 | None = None,
    facts: Mapping[int, Mapping[str, Any]] | None = None,
    fines: Mapping[str, Int64] | None = None,
    owners: Int64 | None = None,
) -> Made:
    """Columns of the bills of payers. `facts` adds to a payer's inputs (by place), `owners` is the employer of a project."""
    count = len(payers)
    kind = PayerKind(payers.kind)
    sequence = np.zeros(count, np.int64) if sequences is None else sequences
    ids = bill_id(making.month, kind, payers.ids, sequence)
    zero = np.zeros(count, np.int64)
    parts = {
        "jkk": sums["jkk"],
        "jkm": sums["jkm"],
        "jht": sums["jht_employer"] + sums["jht_worker"],
        "jp": sums["jp_employer"] + sums["jp_worker"],
        **{name: zero if fines is None else fines[name] for name in FINES},
    }
    total = sum(parts.values(), sums["jkp_government"] if kind == PayerKind.STATE else zero)
    worker = sums["jht_worker"] + sums["jp_worker"] if kind == PayerKind.EMPLOYER else zero
    same = {
        "month": ("int", making.month),
        "payer_kind": ("int", int(kind)),
        "kind": ("int", int(making.kind)),
        "part": ("int", making.part),
        "rule": ("text", making.rule),
        "from_month": ("int", making.from_month or making.month),
        "months": ("int", making.months),
        "law_id": ("int", law_used(making.rule, making.from_month or making.month)),
        "due_on": ("date", making.dues.risk),
        "jht_due_on": ("date", making.dues.jht),
        "jp_due_on": ("date", making.dues.jp),
        "report_id": ("bigint", making.report_id),
        "group_id": ("bigint", None),
        "made_by": ("bigint", current().user_id),
        "made_on": ("date", making.made_on),
    }
    each = {
        "id": ids,
        "payer_id": payers.ids,
        "sequence": sequence,
        "regency_code": payers.regency,
        "people": sums.count,
        "wage_rupiah": sums["wage"],
        "worker_rupiah": worker,
        "total_rupiah": total,
        "number": _numbers(making, count),
        **{f"{name}_rupiah": values for name, values in parts.items()},
        **{f"{name}_rupiah": sums[name] for name in ALLOCATED},
    }
    for name in ("employer_id", "sponsor_id", "participant_id"):
        owner = payers.ids if _WHOSE.get(kind) == name else owners if _OWNED_BY.get(kind) == name else None
        if owner is None:
            same[name] = ("bigint", None)
        else:
            each[name] = owner
    return Made(kind, same, each, _inputs(payers, facts or {}), int(total.sum()))


_WHOSE = {PayerKind.EMPLOYER: "employer_id", PayerKind.SPONSOR: "sponsor_id", PayerKind.PERSON: "participant_id"}
_OWNED_BY = {PayerKind.PROJECT: "employer_id", PayerKind.PLACEMENT: "participant_id"}
_INTS = ("sequence", "regency_code", "people")
"""Columns narrower than bigint."""


def _inputs(payers: Payers, facts: Mapping[int, Mapping[str, Any]]) -> tuple[Int64, dict[int, str]]:
    """The facts all lines of a payer share, as JSON; most payers have the same few."""
    shared = payers.kind == PayerKind.EMPLOYER
    kinds = payers.risk * 100 + payers.scale * 10 + payers.labour_intensive if shared else np.zeros(len(payers), np.int64)
    told = {int(k): _employer_facts(int(k)) if shared else {} for k in np.unique(kinds)}
    own = {-1 - at: {**told[int(kinds[at])], **more} for at, more in facts.items()}
    if own:
        kinds = kinds.copy()
        kinds[list(facts)] = list(own)
    texts = {code: json.dumps(one, sort_keys=True, ensure_ascii=False) for code, one in {**told, **own}.items()}
    return kinds, texts


def _employer_facts(code: int) -> dict[str, Any]:
    return {
        "risk_class": RISK_CLASSES[code // 100],
        "scale": SCALES[code // 10 % 10],
        "labour_intensive": bool(code % 10),
    }


def _numbers(making: Making, count: int) -> Int64:
    if making.first_number is not None:
        return np.arange(making.first_number, making.first_number + count)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('collection_number') FROM generate_series(1, %s)", [count])
        return np.array([row[0] for row in cursor.fetchall()], np.int64)


def write_bills(made: Made, making: Making, *, reference: str) -> None:
    """Books what is owed and writes the bills with their codes; raises what the database refuses."""
    if not len(made):
        return
    _book(made, making, reference)
    kinds, texts = made.inputs
    columns = {name: ("int" if name in _INTS else "bigint", values.tolist()) for name, values in made.each.items()}
    columns |= {name: (sort, [value] * len(made)) for name, (sort, value) in made.same.items()}
    columns["inputs"] = ("text", [texts[code] for code in kinds.tolist()])
    insert_rows("collection_bill", columns, casts={"inputs": "jsonb"})
    insert_rows("collection_code", {"number": columns["number"], "bill_id": columns["id"]})


def load_bills(made: Made, making: Making, *, reference: str) -> None:
    """As `write_bills`, for the many bills of a part: copied beside the table first."""
    if not len(made):
        return
    _book(made, making, reference)
    kinds, texts = made.inputs
    names, staging = list(made.each), f"made_bills_{int(made.kind)}"
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} bigint" for name in names)
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {staging} (inputs_code bigint, {columns}) ON COMMIT DELETE ROWS")
        cursor.execute(f"DELETE FROM {staging}")  # noqa: S608  where one transaction makes several months
        copy_in(staging, {"inputs_code": ("bigint", kinds), **{name: ("bigint", made.each[name]) for name in names}})
        chosen = ", ".join(f"{name}::int" if name in _INTS else name for name in names)
        constants = ", ".join(f"%s::{sort}" for sort, _value in made.same.values())
        one_for_all = len(texts) == 1
        told = next(iter(texts.values())) if one_for_all else json.dumps({code: json.loads(one) for code, one in texts.items()})
        cursor.execute(
            f"INSERT INTO collection_bill ({', '.join(names)}, {', '.join(made.same)}, inputs)"  # noqa: S608
            f" SELECT {chosen}, {constants}, %s::jsonb{'' if one_for_all else ' -> inputs_code::text'} FROM {staging}",
            [*(value for _sort, value in made.same.values()), told],
        )
        cursor.execute(f"INSERT INTO collection_code (number, bill_id) SELECT number, id FROM {staging}")  # noqa: S608
    taken = claim(made.kind, made.each["payer_id"].tolist(), [making.month] * len(made), made.ids.tolist())
    if taken:
        raise RuntimeError("a payer was billed by somebody else meanwhile")


def claim(kind: PayerKind, payers: Sequence[int], months: Sequence[int], bills: Sequence[int]) -> list[int]:
    """Says which bill asks which payer for which month; gives the months that another bill asks for already."""
    sql = f"SELECT collection_claim_months({int(kind)}, %b::bigint[], %b::int[], %b::bigint[])"
    rows = ask(sql, ("bigint", payers), ("int", months), ("bigint", bills))
    return list(rows[0][0]) if rows else []


def _book(made: Made, making: Making, reference: str) -> None:
    """What is owed becomes a receivable: one group, a transfer for each programme and regency."""
    if made.kind not in BOOKED:
        return
    owed = _receivables(made)
    legs = [
        leg
        for (programme, regency), rupiah in sorted(owed.items())
        for leg in ledger.signed(receivable(programme, regency).code, f"billed:{programme}", rupiah)
    ]
    if legs:
        ledger.open_accounts(receivable(programme, regency) for programme, regency in owed)
        posting = ledger.Posting(reference, "bill", making.made_on, tuple(legs))
        ledger.post(posting)
        made.same["group_id"] = ("bigint", posting.group_id)


_BOOKED_PARTS = {
    "jkk": ("jkk", "fine_jkk"), "jkm": ("jkm", "fine_jkm"), "jht": ("jht", "fine_jht"), "jp": ("jp", "fine_jp"),
}  # fmt: skip


def _receivables(made: Made) -> dict[tuple[str, int], int]:
    """What is owed by programme and regency; whole rupiah, nothing where it is zero."""
    regencies, where = np.unique(made.each["regency_code"], return_inverse=True)
    parts: dict[str, tuple[str, ...]] = dict(_BOOKED_PARTS)
    if made.kind == PayerKind.STATE:
        parts["jkp"] = ("jkp_government",)
    found: dict[tuple[str, int], int] = {}
    for programme, names in parts.items():
        values = np.sum([made.each[f"{name}_rupiah"] for name in names], axis=0)
        for at, regency in enumerate(regencies.tolist()):
            rupiah = int(values[where == at].sum())
            if rupiah:
                found[programme, regency] = rupiah
    return found


# --- lines ------------------------------------------------------------------------------------------------------------

LINE_TYPES = {
    "month": "int", "part": "int", "bill_id": "bigint", "participant_id": "bigint", "for_month": "int", "law_id": "int",
    "birth_date": "date", "flags": "int", "wage_rupiah": "bigint", **{f"{name}_rupiah": "bigint" for name in AMOUNTS},
}  # fmt: skip


def line_columns(making: Making, bill_ids: Int64, lines: Lines, amounts: Owed) -> dict[str, Any]:
    """Columns of lines by the names of LINE_TYPES; numbers that hold for all are single."""
    laws = np.array([law_used(name, amounts.month) if (lines.rule == at).any() else 0 for at, name in enumerate(RULES)])
    return {
        "month": making.month,
        "part": making.part,
        "bill_id": bill_ids[lines.payer],
        "participant_id": lines.participant,
        "for_month": amounts.month,
        "law_id": laws[lines.rule],
        "birth_date": lines.birth_days.astype("datetime64[D]"),
        "flags": lines.flags,
        "wage_rupiah": lines.wage,
        **{f"{name}_rupiah": amounts[name] for name in AMOUNTS},
    }


def insert_lines(columns: Mapping[str, Any], count: int) -> None:
    """Lines of one payer, by an ordinary insert."""
    listed = {name: [given] * count if np.isscalar(given) else given.tolist() for name, given in columns.items()}
    insert_rows("collection_line", {name: (LINE_TYPES[name], values) for name, values in listed.items()})


def copy_lines(leaf: str, columns: Mapping[str, Any]) -> None:
    """Lines of a region into a partition that is not attached yet."""
    copy_in(leaf, {name: (LINE_TYPES[name], given) for name, given in columns.items()}, fresh=True)


def months_of(from_month: int, months: int) -> list[int]:
    """The contribution months a bill asks for."""
    return [add_months(from_month, at) for at in range(months)]
