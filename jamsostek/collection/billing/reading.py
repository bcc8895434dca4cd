"""Who is to be billed for a month, and for whom: from the registry, through views that ask for the right once a payer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.access.bulk import ask
from jamsostek.access.rows import copy_out
from jamsostek.collection.billing.computing import BPU, JKP_MEMBER, RULES, Int64, Lines, Payers, bpu_flags
from jamsostek.collection.billing.reliefs import industry_of, opened
from jamsostek.collection.billing.writing import bill_id
from jamsostek.collection.choices import PayerKind
from jamsostek.law.engine import RISK_CLASSES, SCALES
from jamsostek.law.segments.contribution import PAYERS, SECTORS

_JKK_JKM, _WITH_JHT = 3, 7
TRAINEE_INCOME = 1_000_000
"""Trainees are insured at the lowest band of BPU (docs/law/interpretations.md)."""
_SEGMENT = "CASE segment WHEN 'pu' THEN 0 WHEN 'non_asn' THEN 1 ELSE 2 END"


@dataclass(frozen=True)
class Due:
    """Payers and the lines they owe for; `facts` are what opened or did not open a relief, by place of the payer."""

    payers: Payers
    lines: Lines
    facts: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def set_month(month: int) -> None:
    """What the views read until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jamsostek.bill_month', %s, true)", [str(month)])


# --- employers --------------------------------------------------------------------------------------------------------


def due_of_employer(employer_id: int, month: int) -> Due:
    """One employer and those who work there in a month."""
    set_month(month)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_EMPLOYER} FROM registry_employer WHERE id = %s", [employer_id])  # noqa: S608
        payers = _employers(cursor.fetchall())
        cursor.execute(
            f"SELECT employer_id, participant_id, {_SEGMENT}, wage_rupiah, birth_date - date '1970-01-01'"  # noqa: S608
            " FROM collection_due_employer WHERE employer_id = %s ORDER BY participant_id",
            [employer_id],
        )
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 5)
    employer, participant, segment, wage, birth = rows.T
    return with_reliefs(month, payers, work(payers, employer, participant, segment, wage, birth))


def due_of_region_employers(regencies: Sequence[int], month: int, *, billed: bool = False) -> Due:
    """Employers of regencies without a regular bill for a month (with `billed` all of them), and those who work there."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_EMPLOYER} FROM registry_employer m WHERE regency_code = ANY (%s)"  # noqa: S608
            " AND (closed_on IS NULL OR closed_on >= collection_first_day()) ORDER BY id",
            [list(regencies)],
        )
        payers = _employers(cursor.fetchall())
    with _planned(_IN_ONE_PASS, regencies):
        there = copy_out(
            f"SELECT employer_id, participant_id, ({_SEGMENT})::int4 AS segment, wage_rupiah, birth_date"  # noqa: S608
            " FROM collection_due_work"
        )
    if not billed:
        there = there[np.isin(there["employer_id"], billed_payers(month, PayerKind.EMPLOYER, payers.ids), invert=True)]
    order = np.lexsort((there["participant_id"], there["employer_id"]))
    there = there[order]
    payers = payers if billed else _only(payers, np.unique(there["employer_id"]))
    employer, participant, segment, wage = (
        there[name].astype(np.int64) for name in ("employer_id", "participant_id", "segment", "wage_rupiah")
    )
    birth = there["birth_date"].astype(np.int64)
    return with_reliefs(month, payers, work(payers, employer, participant, segment, wage, birth))


def with_reliefs(month: int, payers: Payers, lines: Lines) -> Due:
    """The lines with the reliefs that are open to their payers in the month, and the facts that opened them."""
    relieved, facts = opened(month, payers, lines)
    return Due(relieved, lines, facts)


_BY_INDEX = {"enable_hashjoin": "off", "enable_mergejoin": "off", "enable_seqscan": "off"}
_IN_ONE_PASS = {"enable_nestloop": "off", "enable_mergejoin": "off", "enable_seqscan": "off", "work_mem": "128MB"}


@contextmanager
def _planned(way: Mapping[str, str], regencies: Sequence[int]) -> Iterator[None]:
    """Plans that cost what the regencies cost, whatever the nation's size; the views that read regions read these.

    The planner cannot foretell how many rows a month and regions set by `set_config` leave, and would read the whole nation.
    """
    with connection.cursor() as cursor:
        before = "SELECT " + ", ".join(f"current_setting('{name}')" for name in way)
        cursor.execute(before)
        kept = cursor.fetchone()
        for values in (way.values(), kept):
            told = ", ".join(f"set_config('{name}', %s, true)" for name in way)
            regions = "{" + ",".join(map(str, regencies)) + "}"
            cursor.execute(f"SELECT {told}, set_config('jamsostek.bill_regions', %s, true)", [*values, regions])
            if values is not kept:
                yield


_EMPLOYER = "id, regency_code, risk_class, scale, kbli"


def _employers(rows: Sequence[tuple[Any, ...]]) -> Payers:
    return Payers(
        int(PayerKind.EMPLOYER),
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        np.array([RISK_CLASSES.index(row[2]) for row in rows], np.int64),
        np.array([SCALES.index(row[3]) for row in rows], np.int64),
        np.zeros(len(rows), np.int64),
        np.array([industry_of(row[4]) for row in rows], np.int64),
    )


def _only(payers: Payers, ids: Int64) -> Payers:
    """Those payers among `ids`, which are in order."""
    kept = np.isin(payers.ids, ids)
    columns = (payers.ids, payers.regency, payers.risk, payers.scale, payers.labour_intensive, payers.industry)
    return Payers(payers.kind, *(column[kept] for column in columns))


def work(payers: Payers, employer: Int64, participant: Int64, segment: Int64, wage: Int64, birth: Int64) -> Lines:
    """Lines of people at work: a place of the payer, a segment of RULES, whole rupiah, days since 1970 for each."""
    trainee = segment == RULES.index(BPU)
    zero = np.zeros_like(segment)
    insured = bpu_flags(zero + _JKK_JKM, zero + SECTORS.index("other"), zero + PAYERS.index("donor"))
    return Lines(
        np.searchsorted(payers.ids, employer),
        participant,
        segment,
        birth,
        np.where(trainee, insured, zero + JKP_MEMBER),
        np.where(trainee, TRAINEE_INCOME, wage),
    )


def billed_payers(month: int, kind: PayerKind, payers: Int64) -> Int64:
    """Those of the payers whom a bill asks for a month; one taken back does not count."""
    rows = ask(
        f"SELECT payer_id FROM collection_claim c WHERE payer_id = ANY (%b::bigint[]) AND month = {month:d}"  # noqa: S608
        f" AND payer_kind = {int(kind)} AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = c.bill_id)",
        ("bigint", payers.tolist()),
    )
    return np.array([row[0] for row in rows], np.int64)


def next_sequences(month: int, payers: Payers) -> Int64:
    """The sequence of each payer's next bill in a month: 0 for most, more where there is a bill of any kind; payers in order."""
    first = bill_id(month, payers.kind, payers.ids)
    here = f"id >= {bill_id(month, 0, 0):d} AND id < {bill_id(month, 8, 0):d}"  # what lies in other months is not looked into
    rows = ask(
        f"SELECT first, sequence + 1 FROM (SELECT id AS first FROM collection_bill WHERE id = ANY (%b::bigint[]) AND {here})"  # noqa: S608
        f" AS billed CROSS JOIN LATERAL (SELECT sequence FROM collection_bill WHERE {here} AND id >= first AND id < first + 64"
        " ORDER BY id DESC LIMIT 1) AS last",
        ("bigint", first.tolist()),
    )
    found = np.zeros(len(payers), np.int64)
    for bill, sequence in rows:
        found[np.searchsorted(first, bill)] = sequence
    return found


# --- cover: sponsors and people who pay for themselves -----------------------------------------------------------------

_COVER = (
    "participant_id, {whose} AS whose, regency_code::int8 AS regency, income_rupiah, birth_date,"
    " (CASE sector WHEN 'transport' THEN 0 ELSE 1 END)::int4 AS sector, jht_member::int4 AS jht,"
    " (CASE sponsor_kind WHEN 'regional_government' THEN 2 WHEN 'village' THEN 3 WHEN 'csr' THEN 4 WHEN 'private' THEN 4"
    " ELSE 0 END)::int4"
    " AS payer"
)
_SPONSORED, _OWN = _COVER.format(whose="sponsor_id"), _COVER.format(whose="participant_id")


def due_of_sponsor(sponsor_id: int, month: int) -> Due:
    """One sponsor and the people it pays for in a month."""
    set_month(month)
    sql = f"SELECT {_SPONSORED} FROM collection_due_cover WHERE sponsor_id = %s"  # noqa: S608
    return _cover(_sponsors("id = %s", [sponsor_id]), copy_out(sql, [sponsor_id]))


def due_of_person(participant_id: int, month: int) -> Due:
    """Somebody who pays for themself in a month; no line where they declared no cover of their own."""
    set_month(month)
    sql = f"SELECT {_OWN} FROM collection_due_cover WHERE sponsor_id IS NULL AND participant_id = %s"  # noqa: S608
    return _people(copy_out(sql, [participant_id]))


def due_of_region_cover(regencies: Sequence[int], month: int, kind: PayerKind, *, billed: bool = False) -> Due:
    """Sponsors of regencies, or people there who pay for themselves, without a bill for the month; with `billed` all of them."""
    codes, near = list(regencies), "(region_code = ANY (%s) OR region_code / 1000000 = ANY (%s))"
    if kind == PayerKind.SPONSOR:
        way, values = _BY_INDEX, [codes, codes]
        sql = f"SELECT {_SPONSORED} FROM collection_due_cover WHERE sponsor_id IS NOT NULL AND {near}"  # noqa: S608
    else:
        way, values = _IN_ONE_PASS, []
        sql = f"SELECT {_OWN} FROM collection_due_own"  # noqa: S608
    with _planned(way, regencies):
        there = copy_out(sql, values)
    if not billed:
        there = there[np.isin(there["whose"], billed_payers(month, kind, np.unique(there["whose"])), invert=True)]
    if kind == PayerKind.PERSON:
        return _people(there)
    sponsors = _sponsors(near, [codes, codes])
    return _cover(sponsors if billed else _only(sponsors, np.unique(there["whose"])), there)


def _sponsors(where: str, values: Sequence[Any]) -> Payers:
    """Sponsors in order; a village's regency is the one it lies in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, CASE WHEN region_code > 1000000000 THEN region_code / 1000000 ELSE region_code END"  # noqa: S608
            f" FROM registry_sponsor WHERE {where} ORDER BY id",
            list(values),
        )
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    return _plain(PayerKind.SPONSOR, rows[:, 0], rows[:, 1])


def _people(there: Any) -> Due:
    """People who pay for themselves: payer and covered are one."""
    ids, first = np.unique(there["whose"].astype(np.int64), return_index=True)
    return _cover(_plain(PayerKind.PERSON, ids, there["regency"].astype(np.int64)[first]), there)


def _plain(kind: PayerKind, ids: Int64, regency: Int64) -> Payers:
    zero = np.zeros(len(ids), np.int64)
    return Payers(int(kind), ids, regency, zero, zero, zero, zero)


def _cover(payers: Payers, there: Any) -> Due:
    """Lines of cover; several covers of one person by one payer (there are none) would be one line each."""
    there = there[np.lexsort((there["participant_id"], there["whose"]))]
    programmes = np.where(there["jht"] == 1, _WITH_JHT, _JKK_JKM).astype(np.int64)
    sector = there["sector"].astype(np.int64)
    lines = Lines(
        np.searchsorted(payers.ids, there["whose"].astype(np.int64)),
        there["participant_id"].astype(np.int64),
        np.full(len(there), RULES.index(BPU), np.int64),
        there["birth_date"].astype(np.int64),
        bpu_flags(programmes, sector, there["payer"].astype(np.int64)),
        there["income_rupiah"].astype(np.int64),
    )
    return Due(payers, lines)
