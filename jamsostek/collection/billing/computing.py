"""What is owed: lines of many payers to whole rupiah, by the law's own kernels and nothing else.

Arrays of one length, one entry a line; `payer` is the place of its payer among `Payers`. Days count from 1970, money is whole
rupiah in int64, choices are positions in the law's vocabularies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH, format_rupiah
from jamsostek.core.text import _
from jamsostek.law.engine import NONE, compute, get_rule
from jamsostek.law.parameters import Law, law_at

Int64: TypeAlias = npt.NDArray[np.int64]
PU, NON_ASN, BPU = "contribution.pu", "contribution.non_asn", "contribution.bpu"
RULES = (PU, NON_ASN, BPU)
"""Rules of lines, by the number in `Lines.rule`."""
BLOCK = 8_192
JKP_MEMBER = 1
_PROGRAMMES_AT, _SECTOR_AT, _PAYER_AT = 4, 8, 12
AMOUNTS = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")
ALLOCATED = ("jkp_from_jkk", "jkp_from_jkm", "jkp_government")


@dataclass(frozen=True)
class Payers:
    """Who pays, in order of id; what all lines of a payer share."""

    kind: int
    ids: Int64
    regency: Int64
    risk: Int64
    scale: Int64
    labour_intensive: Int64
    industry: Int64
    """Places among the law's industries (`billing.reliefs`)."""

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Lines:
    """Who is paid for, ordered by payer and participant."""

    payer: Int64
    participant: Int64
    rule: Int64
    birth_days: Int64
    flags: Int64
    wage: Int64

    def __len__(self) -> int:
        return len(self.payer)


@dataclass(frozen=True)
class Owed:
    """Amounts of lines for one contribution month, by the names of AMOUNTS and ALLOCATED."""

    month: int
    columns: dict[str, Int64]

    def __getitem__(self, name: str) -> Int64:
        return self.columns[name]


def bpu_flags(programmes: Int64, sector: Int64, payer: Int64) -> Int64:
    """The facts of a BPU line in one number: bit i of `programmes` for JKK, JKM, JHT."""
    return (programmes << _PROGRAMMES_AT) | (sector << _SECTOR_AT) | (payer << _PAYER_AT)


def bpu_facts(flags: Any) -> tuple[Any, Any, Any]:
    """The inverse of `bpu_flags`: programmes, sector, payer."""
    return flags >> _PROGRAMMES_AT & 7, flags >> _SECTOR_AT & 15, flags >> _PAYER_AT & 15


def owed(month: int, payers: Payers, lines: Lines, law: Law | None = None) -> Owed:
    """What every line owes for a month. Raises `InputError` naming the first wage the law does not multiply."""
    _refuse_wages(lines)
    law = law or law_at(month)
    found = {name: np.zeros(len(lines), np.int64) for name in (*AMOUNTS, *ALLOCATED)}
    for number, name in enumerate(RULES):
        where = np.flatnonzero(lines.rule == number)
        whole = len(where) == len(lines)
        for at in range(0, len(where), BLOCK):
            rows: Any = slice(at, at + BLOCK) if whole else where[at : at + BLOCK]
            for column, values in _KERNELS[name](law, month, payers, lines, rows).items():
                found[column][rows] = values
    return Owed(month, found)


def _refuse_wages(lines: Lines) -> None:
    if len(lines) and int(lines.wage.max()) > MAX_MONTHLY_RUPIAH:
        at = int(np.argmax(lines.wage))
        raise InputError(
            _("Upah {wage} melampaui batas yang dapat dihitung.").format(wage=format_rupiah(int(lines.wage[at]))),
            field="wage_rupiah",
            value=int(lines.wage[at]),
            row=at + 1,
            remedy=_("Periksa upah pekerja ini; batasnya {most}.").format(most=format_rupiah(MAX_MONTHLY_RUPIAH)),
        )


def _pu(law: Law, month: int, payers: Payers, lines: Lines, rows: Any) -> dict[str, Int64]:
    of, wage = lines.payer[rows], lines.wage[rows]
    found = compute(
        get_rule(PU),
        law,
        {
            "wage_rupiah": wage,
            "daily_wage_rupiah": np.full_like(wage, NONE),
            "risk_class": payers.risk[of],
            "scale": payers.scale[of],
            "labour_intensive": payers.labour_intensive[of],
            "birth_date": lines.birth_days[rows],
            "jkp_member": lines.flags[rows] & JKP_MEMBER,
        },
        np.array([month]),
    )
    return _of_wage_earner(found)


def _non_asn(law: Law, month: int, _payers: Payers, lines: Lines, rows: Any) -> dict[str, Int64]:
    return _of_wage_earner(compute(get_rule(NON_ASN), law, {"wage_rupiah": lines.wage[rows]}, np.array([month])))


def _of_wage_earner(found: dict[str, Any]) -> dict[str, Int64]:
    return {
        "jkk": found["jkk_employer_rupiah"],
        "jkm": found["jkm_employer_rupiah"],
        "jht_employer": found["jht_employer_rupiah"],
        "jht_worker": found["jht_worker_rupiah"],
        "jp_employer": found["jp_employer_rupiah"],
        "jp_worker": found["jp_worker_rupiah"],
        "jkp_from_jkk": found["jkp_from_jkk_rupiah"],
        "jkp_from_jkm": found["jkp_from_jkm_rupiah"],
        "jkp_government": found["jkp_government_rupiah"],
    }


def _bpu(law: Law, _month: int, _payers: Payers, lines: Lines, rows: Any) -> dict[str, Int64]:
    programmes, sector, payer = bpu_facts(lines.flags[rows])
    found = compute(
        get_rule(BPU),
        law,
        {"income_rupiah": lines.wage[rows], "programmes": programmes, "sector": sector, "payer": payer},
        None,
    )
    return {"jkk": found["jkk_rupiah"], "jkm": found["jkm_rupiah"], "jht_worker": found["jht_rupiah"]}


_KERNELS = {PU: _pu, NON_ASN: _non_asn, BPU: _bpu}


@dataclass(frozen=True)
class Sums:
    """Sums of lines by payer; `first` and `count` are where a payer's lines are."""

    first: Int64
    count: Int64
    columns: dict[str, Int64]

    def __getitem__(self, name: str) -> Int64:
        return self.columns[name]


def sums_by_payer(payers: Payers, lines: Lines, amounts: Owed) -> Sums:
    """Sums of wages and amounts of every payer; payers without a line have zeros."""
    count = np.bincount(lines.payer, minlength=len(payers)).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64) if len(payers) else count
    ends = first + count

    def sums(values: Int64) -> Int64:
        running = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
        found: Int64 = running[ends] - running[first]
        return found

    columns = {name: sums(values) for name, values in amounts.columns.items()}
    return Sums(first, count, {**columns, "wage": sums(lines.wage)})
