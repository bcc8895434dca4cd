"""Candidates: taken from a register into a programme, heard, verified, refused with a reason, put in order.

    PROPOSED → VERIFIED → FUNDED → ENROLLED → LAPSED
        ↘ REFUSED   ↘ WAITING ↗                    who was refused may be proposed again

Whoever does not meet a condition is refused at once, and told which. What is unknown refuses nobody: the village answers it, and
is heard before the register.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa

from jamsostek.access import audit
from jamsostek.access.background import alone, enqueue, language_of
from jamsostek.access.bulk import insert_rows, tell
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, acting, current, system_scope
from jamsostek.access.vault import blind_index
from jamsostek.core.errors import InputError
from jamsostek.core.nik import mask_nik
from jamsostek.core.text import _, speaking
from jamsostek.linkage.normalise import own_niks
from jamsostek.outreach import eligibility, priority
from jamsostek.outreach.actions.holding import held
from jamsostek.outreach.models import Candidate, Intake, Person, Programme, Register, Run
from jamsostek.outreach.queries.effects import candidates_table, facts_kept
from jamsostek.outreach.queries.judging import TOLD, Judged, judge_people
from jamsostek.outreach.sealing import key_of, told_field
from jamsostek.registry.queries.linking import SEXES

TAKE = "candidates.take"
LOCK = 820_603
TRIES = 3
BATCH = 5_000
IN_LINE = ("proposed", "verified", "waiting")


def take_in(*, programme_id: int, register_id: int, today: dt.date) -> Intake:
    """Has everybody of a linked register judged and proposed or refused; again later adds who is new."""
    programme = held(programme_id, Can.PLAN_MOVEMENT, "draft", "open")
    register = Register.objects.filter(pk=register_id, region_code=programme.region_code).first()
    if register is None:
        raise not_yours(_("Daftar ini tidak ada, atau bukan milik Anda."))
    linked = Run.objects.filter(register_id=register.pk, against="participants", state="done").exists()
    if register.state != "ready" or not linked:
        raise InputError(
            _("Daftar ini belum dipadankan dengan peserta."),
            field="register",
            remedy=_("Padankan lebih dahulu, lalu ambil calonnya."),
        )
    known = Intake.objects.filter(programme_id=programme.pk, register_id=register.pk, state__in=("waiting", "judging")).first()
    if known is not None:
        return known
    intake = Intake.objects.create(programme=programme, register=register, on_date=today, made_by=current().user_id)
    audit.record("programme.taken_in", "programme", programme.pk, fields=("register",))
    enqueue(TAKE, intake_id=intake.pk)
    return intake


def take(intake_id: int, *, now: dt.datetime) -> None:
    """Judges from where it stands, a part at a time; in another state or another process's hands it is left alone."""
    with alone(LOCK, intake_id) as mine:
        if not mine or not _begun(intake_id):
            return
        try:
            while _part(intake_id):
                pass
        except Exception:
            _failed(intake_id, now)
            raise
        with acting(_taker()):
            Intake.objects.filter(pk=intake_id, state="judging").update(state="done", finished_at=now)


def open_intakes() -> list[int]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    return list(Intake.objects.filter(state__in=("waiting", "judging")).values_list("pk", flat=True))


def _taker() -> Any:
    return system_scope(_("Penilai calon"))


def _begun(intake_id: int) -> bool:
    with acting(_taker()):
        Intake.objects.filter(pk=intake_id, state="waiting").update(state="judging")
        return Intake.objects.filter(pk=intake_id, state="judging").exists()


def _failed(intake_id: int, now: dt.datetime) -> None:
    with acting(_taker()):
        intake = Intake.objects.select_for_update(no_key=True).get(pk=intake_id)
        intake.failures += 1
        if intake.failures >= TRIES:
            intake.state, intake.finished_at = "failed", now
            intake.error = _("Ada kesalahan pada sistem kami saat menilai calon. Petugas sudah diberi tahu.")
        intake.save(update_fields=["failures", "state", "finished_at", "error"])


def _part(intake_id: int) -> bool:
    """The next people of the register; False where there are none."""
    with acting(_taker()):
        intake = Intake.objects.select_for_update(no_key=True).get(pk=intake_id)
        programme = (
            Programme.objects.select_for_update(no_key=True, of=("self",)).select_related("rule").get(pk=intake.programme_id)
        )
        register = Register.objects.get(pk=intake.register_id)
        people = list(Person.objects.filter(register_id=register.pk, pk__gt=intake.last_person).order_by("pk")[:BATCH])
        if not people:
            return False
        with speaking(language_of(intake.made_by)):
            judged = judge_people(programme, register, people, intake.on_date)
            written = _propose(programme, register, judged, intake.on_date)
        counts = dict(intake.counts)
        for state, count in written.items():
            counts[state] = counts.get(state, 0) + count
        intake.last_person, intake.people, intake.counts = people[-1].pk, intake.people + len(people), counts
        intake.save(update_fields=["last_person", "people", "counts"])
        return True


def _propose(programme: Programme, register: Register, judged: Judged, on: dt.date) -> dict[str, int]:
    """Writes who is not in the programme yet; returns how many of each state."""
    known = {
        bytes(key) for key in Candidate.objects.filter(programme_id=programme.pk, record_key__in=list(judged.keys)).values_list(
            "record_key", flat=True)
    }  # fmt: skip
    fresh, seen = [], set(known)
    for at, key in enumerate(judged.keys):
        if key not in seen:
            fresh.append(at)
            seen.add(key)
    states, reasons = outcome(judged.answers)
    answers, facts = told_answers(judged.answers), facts_kept(judged.facts, register.snapshot_on)
    count = len(fresh)
    insert_rows("outreach_candidate", {
        "programme_id": ("bigint", [programme.pk] * count),
        "person_id": ("bigint", [judged.people[at].pk for at in fresh]),
        "register_id": ("bigint", [register.pk] * count),
        "region_code": ("int", [programme.region_code] * count),
        "village_code": ("bigint", [judged.people[at].village_code for at in fresh]),
        "record_key": ("bytea", [judged.keys[at] for at in fresh]),
        "nik_index": ("bytea", [judged.nik_indexes[at] for at in fresh]),
        "participant_id": ("bigint", [judged.participants[at] for at in fresh]),
        "state": ("text", [states[at] for at in fresh]),
        "state_on": ("date", [on] * count),
        "reason": ("text", [reasons[at] for at in fresh]),
        "answers": ("text", [json.dumps(answers[at]) for at in fresh]),
        "facts": ("text", [json.dumps(facts[at]) for at in fresh]),
        "points": ("int", [judged.points[at] for at in fresh]),
        "lot": ("bigint", [judged.lots[at] for at in fresh]),
    }, casts={"answers": "jsonb", "facts": "jsonb"})  # fmt: skip
    told = {"known": len(judged.keys) - count}
    for at in fresh:
        told[states[at]] = told.get(states[at], 0) + 1
    return told


def outcome(answers: Any) -> tuple[list[str], list[str]]:
    """For each person: proposed or refused, and the refusals in words."""
    states = ["refused" if state == eligibility.REFUSED else "proposed" for state in answers["state"].to_pylist()]
    refused: list[list[str]] = [[] for _one in states]
    for condition in eligibility.CONDITIONS:
        for at, answer in enumerate(answers[condition.key].to_pylist()):
            if answer == eligibility.NOT_MET:
                refused[at].append(condition.refusal)
    return states, [" ".join(texts) for texts in refused]


def told_answers(answers: Any) -> list[dict[str, int]]:
    """Of each person every condition's answer, as kept."""
    return [{key: value for key, value in row.items() if key != "state"} for row in answers.to_pylist()]


# --- what people say ---------------------------------------------------------------------------------------------------------


def _mine(candidate_id: int, can: Can) -> Candidate:
    row = Candidate.objects.select_for_update(no_key=True, of=("self",)).select_related("person").filter(pk=candidate_id).first()
    if row is None:
        raise not_yours(_("Calon ini tidak ada, atau bukan di daerah Anda."))
    current().need(can, Place(regency=row.region_code, village=row.village_code))
    return row


def tell_about(*, candidate_id: int, told: Mapping[str, bool | None], reason: str, today: dt.date, nik: str = "") -> Candidate:
    """What the village or the office knows: alive, resident, works, is_asn; a NIK that was missing. Judged anew at once."""
    row = _mine(candidate_id, Can.VERIFY_CANDIDATE)
    if row.state not in IN_LINE or row.person is None:
        raise InputError(_("Tentang calon ini tidak ada yang ditanyakan lagi."), remedy=_("Bila keliru, ajukan ia kembali."))
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis dari siapa atau dari mana Anda tahu."))
    row.told = {**row.told, **{name: value for name, value in told.items() if name in TOLD}}
    if nik.strip():
        _keep_nik(row, nik)
    _judge_again([row], today)
    audit.record("candidate.told", "candidate", row.pk, fields=("answers",), reason=reason.strip())
    return Candidate.objects.get(pk=row.pk)


def _keep_nik(row: Candidate, nik: str) -> None:
    digits = "".join(one for one in nik if one.isdigit())
    if own_niks(_as_written(row, digits)) != [digits]:
        raise InputError(
            _("NIK ini bukan milik orang ini, atau tidak sah."), field="nik", value=mask_nik(digits),
            remedy=_("Tulis 16 angka seperti di KTP-nya; tanggal lahir dan jenis kelaminnya harus cocok."),
        )  # fmt: skip
    with acting(_taker()):
        register = Register.objects.get(pk=row.register_id)
    if register.wrapped is None:
        raise InputError(_("Daftar asalnya sudah dihapus."), remedy=_("Masukkan daftar yang baru."))
    row.nik = key_of(register).seal(told_field(row), digits)
    row.nik_index = blind_index("nik", digits)
    row.told = {**row.told, "nik": True}


def _as_written(row: Candidate, nik: str) -> pa.Table:
    person = row.person
    assert person is not None
    sex = SEXES.get(person.sex or "")
    return pa.table({"id": [person.pk], "nik": [nik], "sex": [sex], "birth_date": pa.array([person.birth_date], pa.date32())})


def judge_again(*, programme_id: int, today: dt.date) -> dict[str, int]:
    """Judges everybody proposed anew: after answers to asked pairs, another linkage, or time. Returns how many of each state."""
    programme = held(programme_id, Can.VERIFY_CANDIDATE, "draft", "open")
    rows = list(
        Candidate.objects.select_for_update(no_key=True, of=("self",))
        .filter(programme_id=programme.pk, state="proposed", person__isnull=False).select_related("person").order_by("pk")
    )  # fmt: skip
    states = _judge_again(rows, today)
    audit.record("programme.judged", "programme", programme.pk, fields=("candidates",))
    return {state: states.count(state) for state in set(states)}


def _judge_again(rows: Sequence[Candidate], today: dt.date) -> list[str]:
    states: list[str] = []
    for programme_id, register_id in sorted({(one.programme_id, one.register_id) for one in rows}):
        with acting(_taker()):  # a village sees its own people, neither programme nor register
            programme = Programme.objects.select_related("rule").get(pk=programme_id)
            register = Register.objects.get(pk=register_id)
        mine = [one for one in rows if (one.programme_id, one.register_id) == (programme_id, register_id)]
        for start in range(0, len(mine), BATCH):
            states += _judge_part(programme, register, mine[start : start + BATCH], today)
    return states


def _judge_part(programme: Programme, register: Register, rows: Sequence[Candidate], today: dt.date) -> list[str]:
    people = [one.person for one in rows if one.person is not None]
    with acting(_taker()):
        judged = judge_people(
            programme, register, people, today,
            told={one.person_id or 0: {name: value for name, value in one.told.items() if name in TOLD} for one in rows},
            nik_told={one.person_id or 0: bytes(one.nik_index) for one in rows if one.told.get("nik") and one.nik_index},
        )  # fmt: skip
    states, reasons = outcome(judged.answers)
    states = [row.state if state == "proposed" else state for row, state in zip(rows, states, strict=True)]
    answers, facts = told_answers(judged.answers), facts_kept(judged.facts, register.snapshot_on)
    tell(
        "UPDATE outreach_candidate c SET told = g.told::jsonb, nik = g.nik, nik_index = g.nik_index,"
        " participant_id = g.participant, answers = g.answers::jsonb, facts = g.facts::jsonb, points = g.points,"
        " state = g.state, reason = g.reason, state_on = CASE WHEN c.state = g.state THEN c.state_on ELSE g.day END"
        " FROM unnest(%b::bigint[], %b::text[], %b::bytea[], %b::bytea[], %b::bigint[], %b::text[], %b::text[], %b::int[],"
        " %b::text[], %b::text[], %b::date[])"
        " AS g (id, told, nik, nik_index, participant, answers, facts, points, state, reason, day)"
        " WHERE c.id = g.id",
        ("bigint", [one.pk for one in rows]),
        ("text", [json.dumps(one.told) for one in rows]),
        ("bytea", [None if one.nik is None else bytes(one.nik) for one in rows]),
        ("bytea", list(judged.nik_indexes)),
        ("bigint", list(judged.participants)),
        ("text", [json.dumps(one) for one in answers]),
        ("text", [json.dumps(one) for one in facts]),
        ("int", list(judged.points)),
        ("text", states),
        ("text", reasons),
        ("date", [today] * len(rows)),
    )
    return states


def verify(*, programme_id: int, today: dt.date, candidate_ids: Collection[int] | None = None, village: int | None = None) -> int:
    """Verifies who is proposed and meets every condition: those named, of a village, or all. Returns how many."""
    programme = Programme.objects.filter(pk=programme_id).first()
    region = programme.region_code if programme is not None else _region_of(programme_id)
    current().need(Can.VERIFY_CANDIDATE, Place(regency=region, village=village))
    rows = Candidate.objects.filter(programme_id=programme_id, state="proposed", nik_index__isnull=False)
    for condition in eligibility.CONDITIONS:
        rows = rows.filter(**{f"answers__{condition.key}": eligibility.MET})
    if candidate_ids is not None:
        rows = rows.filter(pk__in=list(candidate_ids))
    if village is not None:
        rows = rows.filter(village_code=village)
    count = rows.update(state="verified", state_on=today, reason="")
    audit.record("candidate.verified", "programme", programme_id, fields=("state",))
    return count


def _region_of(programme_id: int) -> int | None:
    """A village does not see the programme, but its own people in it."""
    return Candidate.objects.filter(programme_id=programme_id).values_list("region_code", flat=True).first()


def refuse(*, candidate_id: int, reason: str, today: dt.date) -> Candidate:
    """Refuses somebody who is not paid for, for a reason that they are told."""
    row = _mine(candidate_id, Can.VERIFY_CANDIDATE)
    if row.state == "refused":
        return row
    if row.state not in IN_LINE:
        raise InputError(_("Calon ini sudah dibayari."), remedy=_("Hentikan perlindungannya dengan alasan, bila perlu."))
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa calon ini ditolak."))
    row.state, row.state_on, row.reason = "refused", today, reason.strip()
    row.save(update_fields=["state", "state_on", "reason"])
    audit.record("candidate.refused", "candidate", row.pk, fields=("state",), reason=reason.strip())
    return row


def propose_again(*, candidate_id: int, reason: str, today: dt.date) -> Candidate:
    """An objection upheld: who was refused or lapsed stands in line again, judged anew by what is known now."""
    row = _mine(candidate_id, Can.VERIFY_CANDIDATE)
    if row.state not in ("refused", "lapsed"):
        return row
    if row.rupiah:
        raise InputError(
            _("Bulan-bulan calon ini sudah dibayar dari program ini."),
            remedy=_("Ajukan ia dalam program lain atau tahun berikutnya."),
        )
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa calon ini diajukan kembali."))
    row.state, row.state_on, row.reason = "proposed", today, ""
    row.source, row.from_month, row.to_month, row.rupiah = None, None, None, 0
    row.save(update_fields=["state", "state_on", "reason", "source", "from_month", "to_month", "rupiah"])
    audit.record("candidate.proposed_again", "candidate", row.pk, fields=("state",), reason=reason.strip())
    return row


def order_again(programme: Programme) -> None:
    """Points and lots of who stands in line, by the rule the programme has now."""
    rule = priority.Rule.from_json(json.dumps(programme.rule.rule))
    table = candidates_table(programme)
    keys = table["key"].to_pylist()
    tell(
        "UPDATE outreach_candidate c SET points = g.points, lot = g.lot"
        " FROM unnest(%b::bytea[], %b::int[], %b::bigint[], %b::bigint[]) AS g (key, points, lot, programme)"
        " WHERE c.programme_id = g.programme AND c.record_key = g.key AND c.state IN ('proposed', 'verified', 'waiting')",
        ("bytea", [bytes.fromhex(one) for one in keys]),
        ("int", priority.total(table, rule).tolist()),
        ("bigint", priority.lots(keys, rule).tolist()),
        ("bigint", [programme.pk] * len(keys)),
    )
