"""Who may be paid for: every condition met, not met or unknown, for a whole list at once.

A condition that is not met refuses and says why. One that is unknown refuses nobody: the village answers it first. A programme
sets ages, segments and what counts as poor in its own rule (`Programme`), each with the regulation it stands on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.text import N_
from jamsostek.messages.register.profile import ages

ELIGIBLE, REFUSED, UNCLEAR = "eligible", "refused", "unclear"
MET, UNKNOWN, NOT_MET = 1, 0, -1
Answers = npt.NDArray[np.int8]
NOT_MEMBER, LAPSED, OWN_COVER, SPONSORED, EMPLOYED, UNSURE = "none", "lapsed", "own", "sponsored", "employed", "ask"
"""What linkage and the registry say of somebody: no member, no cover now, pays alone, paid for, an employer's, not decided."""


@dataclass(frozen=True)
class Programme:
    """What a region's programme asks for. Ages are of whole years on the day; `regulation` is where that is written."""

    regulation: str
    least_age: int = 18
    below_age: int = 65
    deciles: frozenset[int] | None = None
    """None: any, also unknown."""
    takes_over_own_cover: bool = False
    """Whether somebody who pays alone may be paid for instead."""


FACTS = {
    "birth_date": pa.date32(),
    "works": pa.bool_(),
    "is_asn": pa.bool_(),
    "single": pa.bool_(),
    "alive": pa.bool_(),
    "resident": pa.bool_(),
    "membership": pa.string(),
    "decile": pa.int8(),
    "has_nik": pa.bool_(),
}
"""Columns of the list; null is unknown. `has_nik`: an own NIK of sixteen digits, without which nobody can be enrolled.
`single`: nobody of the same list or programme is the same person."""


@dataclass(frozen=True)
class Condition:
    """One thing asked of everybody; `title` in words, `refusal` what somebody is told who does not meet it."""

    key: str
    title: str
    refusal: str
    source: str
    """A figure of the law, or empty: the programme's own regulation asks for it."""
    answers: Callable[[pa.Table, Programme, dt.date], Answers]


def judge(people: pa.Table, programme: Programme, on: dt.date) -> pa.Table:
    """For each person of `FACTS` columns, in order: `state` and, for each condition, its answer (1, 0, -1) under its key."""
    answers = {one.key: one.answers(people, programme, on) for one in CONDITIONS}
    each = np.stack(list(answers.values())) if people.num_rows else np.zeros((len(CONDITIONS), 0), dtype=np.int8)
    worst = each.min(axis=0) if people.num_rows else np.zeros(0, dtype=np.int8)
    state = np.select([worst == NOT_MET, worst == UNKNOWN], [REFUSED, UNCLEAR], ELIGIBLE)
    return pa.table({"state": pa.array(state, pa.string()), **{key: pa.array(value) for key, value in answers.items()}})


def reasons(judged: pa.Table, row: int) -> tuple[list[Condition], list[Condition]]:
    """What refuses a person, and what is still to be asked."""
    told = {one.key: judged[one.key][row].as_py() for one in CONDITIONS}
    return tuple([one for one in CONDITIONS if told[one.key] == wanted] for wanted in (NOT_MET, UNKNOWN))  # type: ignore[return-value]


def counts(judged: pa.Table) -> dict[str, dict[str, int]]:
    """How many of each state, and of each condition not met or unknown."""
    states = {one["values"]: one["counts"] for one in pc.value_counts(judged["state"]).to_pylist()}
    answers = {one.key: judged[one.key].to_numpy() for one in CONDITIONS}
    return {
        "state": {name: int(states.get(name, 0)) for name in (ELIGIBLE, REFUSED, UNCLEAR)},
        "refused": {key: int((value == NOT_MET).sum()) for key, value in answers.items()},
        "unknown": {key: int((value == UNKNOWN).sum()) for key, value in answers.items()},
    }


# --- the conditions ------------------------------------------------------------------------------------------------------------


def _flag(name: str, wanted: bool) -> Callable[[pa.Table, Programme, dt.date], Answers]:
    def answers(people: pa.Table, _programme: Programme, _on: dt.date) -> Answers:
        return _from(pc.equal(people[name], wanted))

    return answers


def _age(people: pa.Table, programme: Programme, on: dt.date) -> Answers:
    age = ages(people["birth_date"], on)
    return _from(pc.and_(pc.greater_equal(age, programme.least_age), pc.less(age, programme.below_age)))


def _uncovered(people: pa.Table, programme: Programme, _on: dt.date) -> Answers:
    free = [NOT_MEMBER, LAPSED, *([OWN_COVER] if programme.takes_over_own_cover else [])]
    known = pc.if_else(pc.equal(people["membership"], UNSURE), None, people["membership"])
    return _from(pc.if_else(pc.is_valid(known), pc.is_in(known, pa.array(free)), None))


def _poor(people: pa.Table, programme: Programme, _on: dt.date) -> Answers:
    if programme.deciles is None:
        return np.full(people.num_rows, MET, dtype=np.int8)
    wanted = pa.array(sorted(programme.deciles), pa.int8())
    return _from(pc.if_else(pc.is_valid(people["decile"]), pc.is_in(people["decile"], wanted), None))


def _from(holds: pa.ChunkedArray) -> Answers:
    return np.asarray(pc.if_else(pc.is_null(holds), UNKNOWN, pc.if_else(holds, MET, NOT_MET)).to_numpy(), dtype=np.int8)


CONDITIONS = (
    Condition("single", N_("Hanya sekali di daftar"), N_("Orang yang sama sudah ada di daftar."), "", _flag("single", True)),
    Condition("alive", N_("Masih hidup"), N_("Tercatat meninggal."), "", _flag("alive", True)),
    Condition("resident", N_("Penduduk daerah ini"), N_("Bukan penduduk daerah ini."), "", _flag("resident", True)),
    Condition("works", N_("Bekerja"), N_("Tidak bekerja."), "", _flag("works", True)),
    Condition("age", N_("Umur sesuai"), N_("Umurnya di luar batas program."), "bpu.age", _age),
    Condition("not_asn", N_("Bukan ASN, TNI, atau Polri"), N_("ASN, TNI, atau Polri."), "", _flag("is_asn", False)),
    Condition("uncovered", N_("Belum terlindungi lewat jalur lain"), N_("Sudah terlindungi lewat jalur lain."), "", _uncovered),
    Condition("poor", N_("Desil sesuai"), N_("Desilnya di luar sasaran program."), "", _poor),
    Condition("has_nik", N_("NIK sendiri"), N_("NIK-nya tidak sah."), "", _flag("has_nik", True)),
)
"""In the order in which they are told. A missing NIK is unknown (the village completes it), never a refusal."""
