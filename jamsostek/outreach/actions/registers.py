"""Registers: taken in with their right and purpose, read chunk by chunk, deleted when the right ends.

    RECEIVED → READING → READY → DELETED
             ↘ FAILED ↗ CANCELLED        deletion from every state

Promises: a file that is sent twice for a day is one register while it is there; good rows are kept though others are wrong;
each row is written once, whatever is killed when (rows, problems, counts and the place where reading goes on are one
transaction); nothing of a register stays beyond its right but counts, and what was decided without names.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction

from jamsostek.access import audit
from jamsostek.access.background import alone, enqueue, language_of
from jamsostek.access.bulk import insert_rows
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, acting, current, system_scope
from jamsostek.access.vault import SubjectKey, blind_indexes, new_key, unwrap
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _, speaking
from jamsostek.files import actions as files
from jamsostek.linkage.normalise import own_niks
from jamsostek.messages.guards import Upload, check_upload
from jamsostek.messages.register.chunks import Chunk
from jamsostek.messages.register.mapping import Mapping as Columns
from jamsostek.messages.register.profile import Profile, profile_of
from jamsostek.messages.register.reader import read_register
from jamsostek.outreach.models import Mapping, Person, Problem, Register
from jamsostek.registry.queries.places import names_within

READ = "registers.read"
RETENTION = "register"
LOCK = 820_601
TRIES = 5
MOST_YEARS = 5
READABLE = ("ok", "repaired")
"""States of a NIK that has its sixteen digits."""
KINDS = {
    "dtsen": N_("DTSEN"), "dtks": N_("DTKS"), "p3ke": N_("P3KE"), "fishers": N_("Nelayan"), "farmers": N_("Petani"),
    "traders": N_("Pedagang pasar"), "drivers": N_("Pengemudi ojek"), "village": N_("Daftar desa"), "other": N_("Daftar lain"),
    "civil": N_("Catatan sipil"), "deaths": N_("Daftar kematian"), "servants": N_("ASN, TNI, Polri"),
}  # fmt: skip


def keep_mapping(*, region_code: int, name: str, columns: Columns, shared: bool = False) -> Mapping:
    """Keeps what somebody decided about the columns of a file, for the next of the same titles."""
    current().need(Can.IMPORT_REGISTER, Place(regency=region_code))
    columns.check()
    kept = Mapping.objects.create(
        region_code=region_code, fingerprint=columns.fingerprint, name=" ".join(name.split()) or _("Pemetaan"),
        columns=json.loads(columns.to_json()), shared=shared, made_by=current().user_id,
    )  # fmt: skip
    audit.record("mapping.kept", "mapping", kept.pk, fields=("columns",))
    return kept


def receive(
    *,
    content: bytes,
    file_name: str,
    region_code: int,
    kind: str,
    title: str,
    snapshot_on: dt.date,
    legal_basis: str,
    purpose: str,
    keep_until: dt.date,
    columns: Columns,
    today: dt.date,
    invented: bool = False,
) -> Register:
    """Takes a register in and has it read; the same file for the same day is the same register while it is there.

    Raises `FileUnreadable` for what is no list, `InputError`, `Refused`.
    """
    current().need(Can.IMPORT_REGISTER, Place(regency=region_code))
    _check(kind, title, snapshot_on, legal_basis, purpose, keep_until, today)
    columns.check()
    checked = check_upload(content, file_name)
    digest = hashlib.sha256(content).hexdigest()
    known = _twin(region_code, digest, snapshot_on)
    if known is not None:
        return known
    files.store(content, retention=RETENTION)
    try:
        with transaction.atomic():
            register = Register.objects.create(
                region_code=region_code, kind=kind, title=" ".join(title.split()), file_name=_plain(checked.name),
                file_digest=digest, file_bytes=len(content), snapshot_on=snapshot_on, legal_basis=legal_basis.strip(),
                purpose=purpose.strip(), keep_until=keep_until, columns=json.loads(columns.to_json()), invented=invented,
                profile={"file_kind": checked.kind}, made_by=current().user_id, wrapped=b"-",
            )  # fmt: skip
    except IntegrityError:
        known = _twin(region_code, digest, snapshot_on)
        if known is None:
            raise
        return known
    _key, wrapped = new_key(_subject(register.pk))
    Register.objects.filter(pk=register.pk).update(wrapped=wrapped)
    audit.record("register.received", "register", register.pk, fields=("file", "legal_basis", "purpose", "keep_until"))
    enqueue(READ, register_id=register.pk)
    return register


def _check(
    kind: str, title: str, snapshot_on: dt.date, legal_basis: str, purpose: str, keep_until: dt.date, today: dt.date
) -> None:
    if kind not in KINDS:
        raise InputError(_("Jenis daftar ini tidak dikenal."), field="kind", value=kind, remedy=_("Pilih dari daftar pilihan."))
    for field, text in (("title", title), ("legal_basis", legal_basis), ("purpose", purpose)):
        if not text.strip():
            raise InputError(
                _("Isian ini belum diisi."), field=field, remedy=_("Tulis nama, dasar hukum, dan tujuan daftar ini.")
            )
    if snapshot_on > today:
        raise InputError(_("Tanggal data ada di masa depan."), field="snapshot_on", remedy=_("Periksa tanggal data."))
    if not snapshot_on < keep_until or keep_until.year > today.year + MOST_YEARS:
        raise InputError(
            _("Batas simpan tidak masuk akal."), field="keep_until",
            remedy=_("Tulis sampai kapan dasar hukumnya berlaku, paling lama {years} tahun.").format(years=MOST_YEARS),
        )  # fmt: skip


def _twin(region_code: int, digest: str, snapshot_on: dt.date) -> Register | None:
    there = ("received", "reading", "ready")
    return Register.objects.filter(region_code=region_code, file_digest=digest, snapshot_on=snapshot_on, state__in=there).first()


def _plain(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-160:] or "daftar"


def _subject(register_id: int) -> str:
    return f"register:{register_id}"


def cancel(*, register_id: int, now: dt.datetime) -> Register:
    """Stops the reading; what was read goes."""
    register = _held(register_id)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    if register.state not in ("received", "reading"):
        raise InputError(_("Daftar ini sudah selesai dibaca."), remedy=_("Hapus daftarnya bila tidak diperlukan."))
    Problem.objects.filter(register_id=register.pk).delete()
    Person.objects.filter(register_id=register.pk).delete()
    Register.objects.filter(pk=register.pk).update(state="cancelled", finished_at=now)
    audit.record("register.cancelled", "register", register.pk, fields=("state",))
    return _held(register_id)


def delete(*, register_id: int, reason: str, now: dt.datetime) -> Register:
    """Deletes everybody of a register with the key of what was sealed; counts and decisions without names stay."""
    register = _held(register_id)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    if register.state == "deleted":
        return register
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa daftar ini dihapus."))
    Register.objects.filter(pk=register.pk).update(deleted_reason=reason.strip())
    Problem.objects.filter(register_id=register.pk).delete()
    Person.objects.filter(register_id=register.pk).delete()
    Register.objects.filter(pk=register.pk).update(
        state="deleted", wrapped=None, deleted_at=now, deleted_by=current().user_id, profile={}, kinds={}
    )
    audit.record("register.deleted", "register", register.pk, fields=("people",), reason=reason.strip())
    if not Register.objects.filter(file_digest=register.file_digest).exclude(state="deleted").exists():
        files.forget(register.file_digest, now=now)
    return _held(register_id)


def expire(*, today: dt.date, now: dt.datetime) -> int:
    """Deletes registers whose right has ended; returns how many."""
    ended = list(Register.objects.filter(keep_until__lt=today).exclude(state="deleted").values_list("pk", flat=True))
    for register_id in ended:
        delete(register_id=register_id, reason=_("Dasar hukumnya berakhir."), now=now)
    return len(ended)


def _held(register_id: int) -> Register:
    register = Register.objects.select_for_update(no_key=True).filter(pk=register_id).first()
    if register is None:
        raise not_yours(_("Daftar ini tidak ada, atau bukan milik Anda."))
    return register


# --- reading -------------------------------------------------------------------------------------------------------------------


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


def _reader() -> Any:
    return system_scope(_("Pembaca daftar"))


def _begun(register_id: int) -> Register | None:
    with acting(_reader()):
        register = (
            Register.objects.select_for_update(no_key=True).filter(pk=register_id, state__in=("received", "reading")).first()
        )
        if register is not None and register.state == "received":
            Register.objects.filter(pk=register_id).update(state="reading")
        return register


def _chunks(register: Register) -> Any:
    content = files.read(register.file_digest)
    sent = Upload(register.file_name, register.profile["file_kind"], content)
    with acting(_reader()):
        names = names_within(register.region_code)
    return read_register(
        sent, Columns.from_json(json.dumps(register.columns)), month=month_of(register.snapshot_on),
        snapshot=register.snapshot_on, villages=names.villages, districts=names.districts, regencies=names.regencies,
        regency=register.region_code if register.region_code > 99 else None, start_row=register.next_row,
    )  # fmt: skip


def _written(register: Register, chunk: Chunk) -> bool:
    """One chunk: its people, its problems, its counts. False where somebody stopped it."""
    with acting(_reader()):
        held = Register.objects.select_for_update(no_key=True).filter(pk=register.pk, state="reading").first()
        if held is None or held.wrapped is None:
            return False
        if chunk.first_row >= held.next_row:
            _people(held, chunk, unwrap(_subject(held.pk), held.wrapped))
            _problems(held, chunk)
            _counted(held, chunk)
        return True


def _people(register: Register, chunk: Chunk, key: SubjectKey) -> None:
    rows = chunk.rows.to_pydict()
    numbers = rows["row_number"]
    sealed = {
        name: [
            None if text is None else key.seal(f"{number}:{name}", text) for number, text in zip(numbers, rows[of], strict=True)
        ]
        for name, of in (("nik", "nik"), ("kk", "kk"), ("mother", "mother_name"), ("phone", "phone"))
    }
    known = [text for text in rows["nik"] if text is not None]
    indexes = iter(blind_indexes("nik", known))
    villages = rows["village_code"]
    home = register.region_code
    insert_rows("outreach_person", {
        "register_id": ("bigint", [register.pk] * len(numbers)),
        "row_number": ("bigint", numbers),
        "regency_code": ("int", [village // 1_000_000 if village else home for village in villages]),
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


def open_registers() -> list[int]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    return list(Register.objects.filter(state__in=("received", "reading")).values_list("pk", flat=True))
