"""People of a register as a programme sees them: what is known of each, whether they may be paid for, how many points they have.

What is known comes from the register itself, from its linkages (participants, itself, the dead, civil servants), from the
registry (who covers them now) and from what the village told; the village is heard before the register.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db import connection

from jamsostek.core.months import month_of
from jamsostek.messages.register.profile import ages
from jamsostek.outreach import eligibility, priority
from jamsostek.outreach.models import Candidate, Person, Programme, Register, Run
from jamsostek.registry import occupations
from jamsostek.registry.queries.linking import Known, known_of
from jamsostek.registry.queries.timeline import Standing, standings

OWN_NIK = ("ok", "repaired")
"""States of a NIK that can be its person's own."""
TOLD = ("alive", "resident", "works", "is_asn")
"""What the village is asked."""


@dataclass(frozen=True)
class Met:
    """Somebody a record was linked with, and what is thought of it: same, ask or different."""

    outcome: str
    member_id: int | None
    record_key: bytes


@dataclass(frozen=True)
class Judged:
    """People of a register in order, each with answers, facts, points; all of one length."""

    people: Sequence[Person]
    keys: Sequence[bytes]
    participants: Sequence[int | None]
    nik_indexes: Sequence[bytes | None]
    answers: pa.Table
    """As `eligibility.judge` gives it."""
    facts: pa.Table
    """What points are given for (`priority.FIELDS`), `key`."""
    points: Sequence[int]
    lots: Sequence[int]


class NotLinked(Exception):
    """The register is not linked with the participants yet."""


def programme_of(row: Programme) -> eligibility.Programme:
    """What a programme asks for."""
    told = dict(row.eligibility)
    deciles = told.pop("deciles", None)
    return eligibility.Programme(deciles=None if deciles is None else frozenset(deciles), **told)


def judge_people(
    programme: Programme,
    register: Register,
    people: Sequence[Person],
    on: dt.date,
    told: Mapping[int, Mapping[str, Any]] | None = None,
    nik_told: Mapping[int, bytes] | None = None,
) -> Judged:
    """People of one register judged on a day. `told` and `nik_told` are by person. Raises `NotLinked`."""
    told, nik_told = told or {}, nik_told or {}
    runs = _latest_runs(register)
    ids = [one.pk for one in people]
    members = _met(runs["participants"], ids)
    linked = {one.member_id for one in members.values() if one.member_id is not None and one.outcome == "same"}
    known, standing = known_of(linked), standings(sorted(linked), month_of(on))
    same = [
        members[one.pk].member_id if one.pk in members and members[one.pk].outcome == "same" else None for one in people
    ]  # fmt: skip
    indexes = [_index(one, nik_told, known.get(who) if who else None) for one, who in zip(people, same, strict=True)]
    facts = _facts(people, register, _hints(runs, ids), told)
    facts["membership"] = [_membership(members.get(one.pk), standing) for one in people]
    facts["alive"] = [_alive(alive, known.get(who) if who else None) for alive, who in zip(facts["alive"], same, strict=True)]
    facts["single"] = _single(programme, people, indexes, _met(runs.get("within"), ids))
    facts["has_nik"] = [True if index is not None else None for index in indexes]
    rule = priority.Rule.from_json(json.dumps(programme.rule.rule))
    keys = [members[one.pk].record_key for one in people]
    table = _table(facts, [key.hex() for key in keys], on)
    wanted = table.select(list(eligibility.FACTS)).cast(pa.schema(list(eligibility.FACTS.items())))
    return Judged(
        people=people, keys=keys, participants=same, nik_indexes=indexes,
        answers=eligibility.judge(wanted, programme_of(programme), on), facts=table,
        points=priority.total(table, rule).tolist(), lots=priority.lots([key.hex() for key in keys], rule).tolist(),
    )  # fmt: skip


# --- linkages ------------------------------------------------------------------------------------------------------------------


def _latest_runs(register: Register) -> dict[str, Run]:
    """The newest finished linkage of each kind; with other registers by what those are (deaths, civil, servants)."""
    found: dict[str, Run] = {}
    for run in Run.objects.filter(register_id=register.pk, state="done").select_related("against_register").order_by("pk"):
        other = run.against_register
        if other is not None and other.state != "ready":
            continue
        found[run.against if other is None else other.kind] = run
    if "participants" not in found:
        raise NotLinked
    return found


def _met(run: Run | None, ids: Sequence[int]) -> dict[int, Met]:
    if run is None or not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.person_id, coalesce(s.outcome, l.outcome), l.member_id, l.record_key FROM outreach_link l"
            " JOIN outreach_register r ON r.id = l.register_id"
            " LEFT JOIN outreach_settled s ON s.region_code = r.region_code AND s.record_key = l.record_key"
            "   AND s.member_key IS NOT DISTINCT FROM l.member_key"
            " WHERE l.run_id = %s AND l.person_id = ANY (%s)",
            [run.pk, list(ids)],
        )
        return {person: Met(outcome, member, bytes(key)) for person, outcome, member, key in cursor.fetchall()}


@dataclass(frozen=True)
class _Hints:
    """What linkages with other registers say of each person: True, False, or None where people have still to answer."""

    alive: Mapping[int, bool | None]
    resident: Mapping[int, bool | None]
    is_asn: Mapping[int, bool | None]
    asn_known: bool
    """Whether a list of civil servants was compared: who is not in it is none."""


def _hints(runs: Mapping[str, Run], ids: Sequence[int]) -> _Hints:
    alive: dict[int, bool | None] = {}
    resident: dict[int, bool | None] = {}
    for person, met in _met(runs.get("deaths"), ids).items():
        alive[person] = _not(met)
    civil = _met(runs.get("civil"), ids)
    said = {
        one.pk: one
        for one in Person.objects.filter(pk__in={met.member_id for met in civil.values() if met.member_id is not None})
    }
    for person, met in civil.items():
        record = said.get(met.member_id or 0)
        if record is not None and record.death_hint:
            alive[person] = _not(met)
        elif record is not None and record.moved_hint:
            resident[person] = _not(met)
    asn = {
        person: None if met.outcome == "ask" else met.outcome == "same" for person, met in _met(runs.get("servants"), ids).items()
    }
    return _Hints(alive, resident, asn, "servants" in runs)


def _not(met: Met) -> bool | None:
    """False where they are the same, true where different, None where it is asked."""
    return None if met.outcome == "ask" else met.outcome == "different"


# --- what is known ---------------------------------------------------------------------------------------------------------


def _facts(
    people: Sequence[Person], register: Register, hints: _Hints, told: Mapping[int, Mapping[str, Any]]
) -> dict[str, list[Any]]:
    work = occupations.columns([one.occupation for one in people], [one.employment for one in people])
    facts: dict[str, list[Any]] = {
        "birth_date": [one.birth_date for one in people],
        "alive": [hints.alive.get(one.pk, None if one.death_hint else True) for one in people],
        "resident": [_resident(one, register, hints) for one in people],
        "works": work["works"].to_pylist(),
        "is_asn": [_asn(one, hints) for one in people],
        "decile": [one.decile for one in people],
        "occupation": work["occupation"].to_pylist(),
        "occupation_risk": work["occupation_risk"].to_pylist(),
        "disability": [None if one.disability is None else True for one in people],
        "woman_head": [one.woman_head for one in people],
        "children_school": [one.children_school for one in people],
        "sex": [one.sex for one in people],
        "village_code": [one.village_code for one in people],
    }
    for at, one in enumerate(people):
        for name, value in told.get(one.pk, {}).items():
            facts[name][at] = value
    return facts


def _resident(one: Person, register: Register, hints: _Hints) -> bool | None:
    if one.pk in hints.resident:
        return hints.resident[one.pk]
    if one.moved_hint:
        return None
    home = register.region_code
    return one.regency_code == home or (home < 100 and one.regency_code // 100 == home)


def _asn(one: Person, hints: _Hints) -> bool | None:
    if one.pk in hints.is_asn:
        return hints.is_asn[one.pk]
    if one.is_asn is not None:
        return one.is_asn
    return False if hints.asn_known else None


def _alive(alive: bool | None, known: Known | None) -> bool | None:
    return False if known is not None and known.died_on is not None else alive


def _membership(met: Met | None, standing: Mapping[int, Standing]) -> str:
    if met is None or met.outcome == "ask":
        return eligibility.UNSURE
    if met.outcome == "different" or met.member_id is None:
        return eligibility.NOT_MEMBER
    held = standing.get(met.member_id)
    if held is None:
        return eligibility.LAPSED
    if held.employer_id is not None:
        return eligibility.EMPLOYED
    return eligibility.SPONSORED if held.sponsor_id is not None else eligibility.OWN_COVER


def _index(one: Person, told: Mapping[int, bytes], known: Known | None) -> bytes | None:
    """By which somebody is told apart in the nation: the participant's NIK, the one the village told, or the register's own."""
    if known is not None and known.nik_index is not None:
        return known.nik_index
    if one.pk in told:
        return told[one.pk]
    return bytes(one.nik_index) if one.nik_index is not None and one.nik_state in OWN_NIK else None


def _single(
    programme: Programme, people: Sequence[Person], indexes: Sequence[bytes | None], doubles: Mapping[int, Met]
) -> list[bool | None]:
    """Nobody else of the list or the programme is the same person; the first row of a NIK stays."""
    taken = _taken(programme, {index for index in indexes if index}, {one.pk for one in people})
    told: list[bool | None] = []
    for one, index in zip(people, indexes, strict=True):
        met = doubles.get(one.pk)
        if (index is not None and index in taken) or (met is not None and met.outcome == "same"):
            told.append(False)
            continue
        if index is not None:
            taken.add(index)
        told.append(None if met is not None and met.outcome == "ask" else True)
    return told


def _taken(programme: Programme, indexes: Collection[bytes], but: Collection[int]) -> set[bytes]:
    held = Candidate.objects.filter(programme_id=programme.pk, nik_index__in=list(indexes)).exclude(
        state__in=("refused", "lapsed")
    )
    others = held.exclude(person_id__in=list(but)).values_list("nik_index", flat=True)
    return {bytes(index) for index in others if index is not None}


def _table(facts: Mapping[str, Iterable[Any]], keys: Sequence[str], on: dt.date) -> pa.Table:
    kinds = {
        "birth_date": pa.date32(), "occupation": pa.string(), "sex": pa.string(), "membership": pa.string(), "decile": pa.int8(),
        "occupation_risk": pa.int8(), "children_school": pa.int16(), "village_code": pa.int64(),
    }  # fmt: skip
    table = pa.table({name: pa.array(list(values), kinds.get(name, pa.bool_())) for name, values in facts.items()})
    return table.append_column("age", ages(table["birth_date"], on)).append_column("key", pa.array(keys, pa.string()))
