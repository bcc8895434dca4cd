"""Reading a register, chunk by chunk, from where it stands: rows, problems, counts and the next place are one transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from jamsostek.access.background import alone, language_of
from jamsostek.access.bulk import insert_rows
from jamsostek.access.scope import Scope, acting, system_scope
from jamsostek.access.vault import SubjectKey, blind_indexes
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _, speaking
from jamsostek.files import actions as files
from jamsostek.linkage.normalise import own_niks
from jamsostek.messages.register.chunks import Chunk
from jamsostek.messages.register.files import Held
from jamsostek.messages.register.mapping import Mapping as Columns
from jamsostek.messages.register.profile import Profile, profile_of
from jamsostek.messages.register.reader import read_register
from jamsostek.outreach.models import Problem, Register
from jamsostek.outreach.sealing import field_of, key_of
from jamsostek.registry.queries.places import names_within

LOCK = 820_601
TRIES = 5
READABLE = ("ok", "repaired")
"""States of a NIK that has its sixteen digits."""


def read(register_id: int, *, now: dt.datetime) -> None:
    """Reads a register from where it stands; in another state, or in another process's hands, it is left alone."""
    with alone(LOCK, register_id) as mine:
        register = _begun(register_id) if mine else None
        if register is None:
            return
        try:
            with speaking(language_of(register.made_by)):
                for chunk in _chunks(register):
                    if not _written(register, chunk):
                        return  # cancelled meanwhile
        except InputError as error:
            _ended(register_id, "failed", now, str(error))
        except Exception:
            _failed(register_id, now)
            raise
        else:
            _ended(register_id, "ready", now)


def _reader() -> Scope:
    return system_scope(_("Pembaca daftar"))


def _begun(register_id: int) -> Register | None:
    with acting(_reader()):
        register = (
            Register.objects.select_for_update(no_key=True).filter(pk=register_id, state__in=("received", "reading")).first()
        )
        if register is not None and register.state == "received":
            Register.objects.filter(pk=register_id).update(state="reading")
        return register


def _chunks(register: Register) -> Iterator[Chunk]:
    with acting(_reader()):
        names = names_within(register.region_code)
    with files.opened(register.file_digest) as file:
        yield from read_register(
            Held(register.file_name, register.profile["file_kind"], file), Columns.from_json(json.dumps(register.columns)),
            month=month_of(register.snapshot_on), snapshot=register.snapshot_on, villages=names.villages,
            districts=names.districts, regencies=names.regencies,
            regency=register.region_code if register.region_code > 99 else None, start_row=register.next_row,
        )  # fmt: skip


def _written(register: Register, chunk: Chunk) -> bool:
    """One chunk: its people, its problems, its counts. False where somebody stopped it."""
    with acting(_reader()):
        held = Register.objects.select_for_update(no_key=True).filter(pk=register.pk, state="reading").first()
        if held is None or held.wrapped is None:
            return False
        if chunk.first_row >= held.next_row:
            _people(held, chunk, key_of(held))
            _problems(held, chunk)
            _counted(held, chunk)
        return True


def _people(register: Register, chunk: Chunk, key: SubjectKey) -> None:
    rows = chunk.rows.to_pydict()
    numbers = rows["row_number"]
    sealed = {
        name: [
            None if text is None else key.seal(field_of(number, name), text)
            for number, text in zip(numbers, rows[of], strict=True)
        ]
        for name, of in (("nik", "nik"), ("kk", "kk"), ("mother", "mother_name"), ("phone", "phone"))
    }
    known = [text for text in rows["nik"] if text is not None]
    indexes = iter(blind_indexes("nik", known))
    villages = rows["village_code"]
    regencies = [village // 1_000_000 if village else register.region_code for village in villages]
    insert_rows("outreach_person", {
        "register_id": ("bigint", [register.pk] * len(numbers)),
        "row_number": ("bigint", numbers),
        "regency_code": ("int", regencies),
        "village_code": ("bigint", villages),
        "name": ("text", rows["name"]),
        "sex": ("text", [sex and sex[0] for sex in rows["sex"]]),
        "birth_date": ("date", rows["birth_date"]),
        "birth_place": ("text", [text or "" for text in rows["birth_place"]]),
        "nik": ("bytea", sealed["nik"]),
        "nik_index": ("bytea", [None if text is None else next(indexes) for text in rows["nik"]]),
        "nik_state": ("text", _nik_states(chunk, rows["nik_state"])),
        "kk": ("bytea", sealed["kk"]),
        "mother": ("bytea", sealed["mother"]),
        "phone": ("bytea", sealed["phone"]),
        "relation": ("text", rows["relation"]),
        "decile": ("smallint", rows["decile"]),
        "occupation": ("text", rows["occupation"]),
        "employment": ("text", rows["employment"]),
        "income_rupiah": ("bigint", rows["income_rupiah"]),
        "disability": ("text", rows["disability"]),
        "marital": ("text", rows["marital"]),
        "woman_head": ("bool", rows["woman_head"]),
        "children_school": ("smallint", rows["children_school"]),
        "is_asn": ("bool", rows["is_asn"]),
        "death_hint": ("bool", [bool(hint) for hint in rows["death_hint"]]),
        "moved_hint": ("bool", [bool(hint) for hint in rows["moved_hint"]]),
        "hamlet": ("text", [text or "" for text in rows["hamlet"]]),
        "source_id": ("text", [text or "" for text in rows["source_id"]]),
    }, casts={"sex": "char(1)"})  # fmt: skip


def _nik_states(chunk: Chunk, read: list[str]) -> list[str]:
    """As the reader tells them; `foreign` where the number is well-formed and somebody else's (`linkage.identity`)."""
    own = own_niks(chunk.rows)
    return ["foreign" if niks is None and state in READABLE else state for niks, state in zip(own, read, strict=True)]


def _problems(register: Register, chunk: Chunk) -> None:
    told = list(chunk.problems())
    first = Problem.objects.filter(register_id=register.pk).count()
    insert_rows("outreach_problem", {
        "register_id": ("bigint", [register.pk] * len(told)),
        "number": ("bigint", list(range(first + 1, first + len(told) + 1))),
        "row_number": ("bigint", [one.row for one in told]),
        "column_letter": ("text", [one.column for one in told]),
        "title": ("text", [one.title for one in told]),
        "kind": ("text", [one.kind for one in told]),
        "value": ("text", [one.value_seen for one in told]),
        "detail": ("text", [json.dumps(dict(one.detail)) for one in told]),
    }, casts={"detail": "jsonb"})  # fmt: skip


def _counted(register: Register, chunk: Chunk) -> None:
    before = register.profile.get("profile")
    profile = profile_of(chunk, register.snapshot_on)
    if before is not None:
        profile = Profile.from_json(json.dumps(before)) + profile
    kinds = dict(register.kinds)
    for kind, count in chunk.kinds().items():
        kinds[kind] = kinds.get(kind, 0) + count
    counts = chunk.counts
    Register.objects.filter(pk=register.pk).update(
        next_row=chunk.next_row, rows_seen=register.rows_seen + counts.seen, rows_kept=register.rows_kept + counts.kept,
        rows_refused=register.rows_refused + counts.refused, rows_passed=register.rows_passed + counts.passed, kinds=kinds,
        profile={**register.profile, "profile": json.loads(profile.to_json())},
    )  # fmt: skip


def _ended(register_id: int, state: str, now: dt.datetime, error: str = "") -> None:
    with acting(_reader()):
        Register.objects.filter(pk=register_id, state="reading").update(state=state, error=error, finished_at=now)


def _failed(register_id: int, now: dt.datetime) -> None:
    """Counts an unexpected failure, so that a register that cannot be read does not come round for ever."""
    with acting(_reader()):
        register = Register.objects.select_for_update(no_key=True).get(pk=register_id)
        register.failures += 1
        register.save(update_fields=["failures"])
    if register.failures >= TRIES:
        _ended(
            register_id, "failed", now, _("Ada kesalahan pada sistem kami saat membaca daftar ini. Petugas sudah diberi tahu.")
        )
