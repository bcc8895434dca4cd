"""A register linked: to the participants, to another register (who died, who is a civil servant, who is in both), within itself.

What somebody answered about a record and a member is remembered by their keys, not by their rows: the same record in the next
snapshot is not asked about again. An answer never changes; the newest one of each person holds. Who a record is becomes certain
by one answer where it helps the poor worker (different: may be protected), by two where it keeps somebody out. To be somebody of
another register, or twice in one, keeps out: that is never decided without people.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pyarrow as pa
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.background import alone, enqueue
from jamsostek.access.bulk import insert_rows
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, acting, current, system_scope
from jamsostek.access.vault import blind_indexes, unwrap
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.linkage import quality
from jamsostek.linkage.decide import ASK, DIFFERENT, SAME, USUAL
from jamsostek.linkage.indonesia import INDONESIA
from jamsostek.linkage.normalise import WRITTEN
from jamsostek.linkage.run import link, prepare, workshop
from jamsostek.linkage.train import MEMBERS, train
from jamsostek.linkage.train import REGISTER as REGISTER_TABLE
from jamsostek.outreach.models import Answer, Link, Person, Register, Run
from jamsostek.registry.queries.linking import written_people

LINK = "registers.link"
LOCK = 820_602
TRIES = 3
BATCH = 20_000
PARTICIPANTS, REGISTER, WITHIN = "participants", "register", "within"
"""What a register is linked with."""
KEEPS_OUT = "keeps_out"
"""Why people are asked although the weight is high."""
ANSWERS = ("same", "different", "unsure", "village", "withdrawn")
_SEXES = {"f": "female", "m": "male"}
_FACTS = [one.name for one in INDONESIA.comparisons]


def ask_for(*, register_id: int, against: str = PARTICIPANTS, against_id: int | None = None) -> Run:
    """Has a register linked; while such a run of it waits or works, that is the run."""
    register = Register.objects.filter(pk=register_id).first()
    if register is None:
        raise not_yours(_("Daftar ini tidak ada, atau bukan milik Anda."))
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    if register.state != "ready":
        raise InputError(_("Daftar ini belum selesai dibaca."), remedy=_("Tunggu sampai selesai, lalu padankan."))
    _check_other(register, against, against_id)
    same = {"register_id": register.pk, "against": against, "against_register_id": against_id}
    known = Run.objects.filter(**same, state__in=("waiting", "linking")).first()
    if known is not None:
        return known
    run = Run.objects.create(**same, thresholds=asdict(USUAL), made_by=current().user_id)
    audit.record("register.linked", "register", register.pk, fields=("run",))
    enqueue(LINK, run_id=run.pk)
    return run


def _check_other(register: Register, against: str, against_id: int | None) -> None:
    if against not in (PARTICIPANTS, REGISTER, WITHIN):
        raise InputError(_("Padanan ini tidak dikenal."), field="against", value=against, remedy=_("Pilih dari daftar pilihan."))
    if against != REGISTER and against_id is None:
        return
    other = Register.objects.filter(pk=against_id or 0).exclude(pk=register.pk).first() if against == REGISTER else None
    if other is None or other.state != "ready" or other.region_code != register.region_code:
        raise InputError(
            _("Daftar pembandingnya tidak dapat dipakai."), field="against_id", value=against_id or "",
            remedy=_("Pilih daftar lain dari daerah yang sama yang sudah selesai dibaca."),
        )  # fmt: skip


def work(run_id: int, *, now: dt.datetime) -> None:
    """Links; a run in another state, or in another process's hands, is left alone. Nothing half-done stays."""
    with alone(LOCK, run_id) as mine:
        run = _begun(run_id) if mine else None
        if run is None:
            return
        try:
            with workshop() as con, acting(_linker()):
                register = Register.objects.get(pk=run.register_id)
                prepare(con, _records(register), _members(run, register))
                design = replace(INDONESIA, within=run.against == WITHIN)
                weights = train(con, design)
                links = link(con, design, weights)
                recall = quality.masked_recall(con, design, weights, at=USUAL.same).recall if not design.within else None
                keys = _record_keys(con, REGISTER_TABLE)
                others = keys if design.within else _record_keys(con, MEMBERS) if run.against == REGISTER else None
            with acting(_linker()):
                counts = _keep(run, register, links.decided, links.pairs, keys, others)
                Run.objects.filter(pk=run.pk, state="linking").update(
                    state="done", weights=asdict(weights), counts=counts, finished_at=now,
                    recall_ppm=None if recall is None else round(recall * 1_000_000),
                )  # fmt: skip
        except Exception:
            _failed(run_id, now)
            raise


def _linker() -> Any:
    return system_scope(_("Pemadan daftar"))


def _begun(run_id: int) -> Run | None:
    with acting(_linker()):
        run = Run.objects.select_for_update(no_key=True).filter(pk=run_id, state__in=("waiting", "linking")).first()
        if run is not None and run.state == "waiting":
            Run.objects.filter(pk=run_id).update(state="linking")
        return run


def _failed(run_id: int, now: dt.datetime) -> None:
    with acting(_linker()):
        run = Run.objects.select_for_update(no_key=True).get(pk=run_id)
        run.failures += 1
        if run.failures >= TRIES:
            run.state, run.finished_at = "failed", now
            run.error = _("Ada kesalahan pada sistem kami saat memadankan. Petugas sudah diberi tahu.")
        run.save(update_fields=["failures", "state", "finished_at", "error"])


def _members(run: Run, register: Register) -> Iterator[pa.Table]:
    if run.against == PARTICIPANTS:
        return written_people()
    return _records(register if run.against == WITHIN else Register.objects.get(pk=run.against_register_id or 0))


def _records(register: Register) -> Iterator[pa.Table]:
    """Everybody of the register as linkage reads them, opened a part at a time; `id` is the person's."""
    key, last = unwrap(f"register:{register.pk}", register.wrapped or b""), 0
    while rows := list(Person.objects.filter(register_id=register.pk, pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        people = []
        for one in rows:
            opened = {
                name: key.open(f"{one.row_number}:{name}", sealed) if (sealed := getattr(one, name)) else None
                for name in ("nik", "kk", "mother", "phone")
            }
            people.append({
                "id": one.pk, "name": one.name, "nik": opened["nik"], "kk": opened["kk"], "sex": _SEXES.get(one.sex or ""),
                "birth_date": one.birth_date, "birth_place": one.birth_place or None, "mother_name": opened["mother"],
                "phone": opened["phone"], "village_code": one.village_code, "family": None,
            })  # fmt: skip
        yield pa.Table.from_pylist(people, schema=pa.schema(list(WRITTEN.items())))


def _record_keys(con: Any, table: str) -> dict[int, bytes]:
    """For each record a key that is the same for the same record in another snapshot, and tells nothing."""
    written = "concat_ws('|', name, coalesce(nik, ''), coalesce(born, ''), coalesce(village, 0), coalesce(mother, ''))"
    rows = con.sql(f"SELECT unique_id, {written} FROM {table}").fetchall()  # noqa: S608
    return dict(zip([row[0] for row in rows], blind_indexes("record", [row[1] for row in rows]), strict=True))


def _keep(
    run: Run, register: Register, decided: pa.Table, pairs: pa.Table, keys: dict[int, bytes], others: dict[int, bytes] | None
) -> dict[str, int]:
    """Writes every outcome; `others` are the members' keys where those are people of a register."""
    clues, answers = _clues(pairs), _answered(register.region_code)
    rows = [row for row in decided.to_pylist() if others is None or row["outcome"] != DIFFERENT]
    met = [row["member"] for row in rows if row["member"] is not None]
    by_member = others or dict(zip(met, blind_indexes("participant", [str(one) for one in met]), strict=True))
    told: list[tuple[Any, ...]] = []
    counts = {SAME: 0, ASK: 0, DIFFERENT: len(decided) - len(rows)}
    for row in rows:
        member = row["member"]
        key, other = keys[row["row"]], None if member is None else by_member[member]
        outcome, reasons = row["outcome"], row["reasons"]
        if outcome == SAME and others is not None:
            outcome, reasons = ASK, [KEEPS_OUT]
        known = answers.get((key, other))
        if known is not None:
            outcome, reasons = known, []
        shown = None if outcome == DIFFERENT else json.dumps(clues.get((row["row"], member)))
        counts[outcome] += 1
        told.append((row["row"], outcome, reasons, member, other, row["weight"], shown, row["second"], row["second_weight"], key))
    columns: list[Any] = list(zip(*told, strict=True)) if told else [()] * 10
    insert_rows("outreach_link", {
        "run_id": ("bigint", [run.pk] * len(told)),
        "person_id": ("bigint", columns[0]),
        "register_id": ("bigint", [register.pk] * len(told)),
        "outcome": ("text", columns[1]),
        "reasons": ("text", ["{" + ",".join(reasons) + "}" for reasons in columns[2]]),
        "member_id": ("bigint", columns[3]),
        "member_key": ("bytea", columns[4]),
        "weight": ("float8", columns[5]),
        "clues": ("text", columns[6]),
        "second_id": ("bigint", columns[7]),
        "second_weight": ("float8", columns[8]),
        "record_key": ("bytea", columns[9]),
    }, casts={"reasons": "text[]", "clues": "jsonb"})  # fmt: skip
    return counts


def _clues(pairs: pa.Table) -> dict[tuple[int, int], dict[str, Any]]:
    """What each comparison said of every pair kept: level and bits."""
    return {
        (pair["row"], pair["member"]): {name: pair[name] for fact in _FACTS for name in (fact, f"{fact}_bits")}
        for pair in pairs.to_pylist()
    }


# --- what people answer ---------------------------------------------------------------------------------------------------


def answer(*, run_id: int, person_id: int, answer: str, reason: str, blind: bool) -> Answer:
    """What somebody answers about a record and its likeliest member; `withdrawn` takes one back."""
    found = Link.objects.select_related("run__register").filter(run_id=run_id, person_id=person_id).first()
    if found is None:
        raise not_yours(_("Orang ini tidak ada, atau bukan di daerah Anda."))
    register = found.run.register
    current().need(Can.REVIEW_LINK, Place(regency=register.region_code))
    if answer not in ANSWERS:
        raise InputError(_("Jawaban ini tidak dikenal."), field="answer", value=answer, remedy=_("Pilih salah satu jawaban."))
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis apa yang membuat Anda yakin."))
    kept = Answer.objects.create(
        region_code=register.region_code, record_key=bytes(found.record_key), member_key=found.member_key,
        answer=answer, reason=reason.strip(), blind=blind, by=current().user_id,
    )  # fmt: skip
    audit.record("link.answered", "person", person_id, fields=("answer",), reason=reason.strip())
    return kept


def _answered(region_code: int) -> dict[tuple[bytes, bytes | None], str]:
    """What is certain by now, by keys of record and member (the view `outreach_settled`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT record_key, member_key, outcome FROM outreach_settled WHERE region_code = %s AND outcome IS NOT NULL",
            [region_code],
        )
        return {(bytes(record), None if member is None else bytes(member)): told for record, member, told in cursor.fetchall()}


def open_runs() -> list[int]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    return list(Run.objects.filter(state__in=("waiting", "linking")).values_list("pk", flat=True))
