"""Taking a register in: its file looked at and stored, its columns decided, its reading asked for."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from django.db import IntegrityError, transaction

from jamsostek.access import audit
from jamsostek.access.background import enqueue
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.access.vault import new_key
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _, language
from jamsostek.files import actions as files
from jamsostek.messages.register.files import Held, kind_of
from jamsostek.messages.register.looked import Looked, look
from jamsostek.messages.register.mapping import Mapping as Columns
from jamsostek.outreach.actions.registers.common import held
from jamsostek.outreach.models import Register
from jamsostek.outreach.sealing import subject

READ = "registers.read"
RETENTION = "register"
MOST_YEARS = 5
MOST_LETTERS = 500
THERE = ("mapping", "received", "reading", "ready")
"""States in which the same file for the same day is the same register."""
LOOKED = "looked"
"""The seal of what was seen of a file, within its register."""
_AT_ONCE = 1 << 20
KINDS = {
    "dtsen": N_("DTSEN"), "dtks": N_("DTKS"), "p3ke": N_("P3KE"), "fishers": N_("Nelayan"), "farmers": N_("Petani"),
    "traders": N_("Pedagang pasar"), "drivers": N_("Pengemudi ojek"), "village": N_("Daftar desa"), "other": N_("Daftar lain"),
    "civil": N_("Catatan sipil"), "deaths": N_("Daftar kematian"), "servants": N_("ASN, TNI, Polri"),
}  # fmt: skip
Content = bytes | Path | IO[bytes]
"""A file: small and whole, on a disk, or open at its beginning."""


def begin(*, content: Content, today: dt.date, **about: Any) -> Register:
    """Takes a file in and looks at it; what its columns hold is decided next (`choose`). `about` as in `receive`.

    Raises `FileUnreadable` for what is no list, `InputError`, `Refused`.
    """
    return _taken(content, None, today, about)


def receive(
    *,
    content: Content,
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
    about = {
        "file_name": file_name, "region_code": region_code, "kind": kind, "title": title, "snapshot_on": snapshot_on,
        "legal_basis": legal_basis, "purpose": purpose, "keep_until": keep_until, "invented": invented,
    }  # fmt: skip
    return _taken(content, columns, today, about)


def choose(*, register_id: int, columns: Columns) -> Register:
    """Decides what the columns of a waiting file hold, and has it read; decided the same again changes nothing."""
    register = held(register_id)
    current().need(Can.IMPORT_REGISTER, Place(regency=register.region_code))
    columns.check()
    told = json.loads(columns.to_json())
    if register.state != "mapping":
        if register.columns == told:
            return register
        raise InputError(_("Kolom daftar ini sudah ditentukan."), remedy=_("Hapus daftarnya dan kirim lagi bila keliru."))
    kept = {name: value for name, value in register.profile.items() if name != LOOKED}
    Register.objects.filter(pk=register.pk).update(state="received", columns=told, profile=kept)
    audit.record("register.mapped", "register", register.pk, fields=("columns",))
    enqueue(READ, register_id=register.pk)
    return held(register_id)


def _taken(content: Content, columns: Columns | None, today: dt.date, about: dict[str, Any]) -> Register:
    current().need(Can.IMPORT_REGISTER, Place(regency=about["region_code"]))
    _check(about, today)
    if columns is not None:
        columns.check()
    name = _plain(about["file_name"])
    with _on_disk(content) as file:
        kind = kind_of(file)
        digest = files.digest_of(file)
        known = _twin(about["region_code"], digest, about["snapshot_on"])
        if known is not None:
            return choose(register_id=known.pk, columns=columns) if columns and known.state == "mapping" else known
        seen = look(Held(name, kind, file)) if columns is None else None
        files.store_file(file, retention=RETENTION)
        size = os.fstat(file.fileno()).st_size
    fresh = about | {
        "title": " ".join(about["title"].split()), "legal_basis": about["legal_basis"].strip(),
        "purpose": about["purpose"].strip(), "file_name": name, "file_digest": digest, "file_bytes": size,
    }  # fmt: skip
    return _made(fresh, kind, columns, seen)


def _made(fresh: dict[str, Any], kind: str, columns: Columns | None, seen: Looked | None) -> Register:
    chosen = columns or (seen.mapping if seen else None)
    assert chosen is not None
    try:
        with transaction.atomic():
            register = Register.objects.create(
                **fresh,
                columns=json.loads(chosen.to_json()),
                profile={"file_kind": kind, "language": language()}, made_by=current().user_id,
                state="received" if columns else "mapping", wrapped=b"-",
            )  # fmt: skip
    except IntegrityError:
        known = _twin(fresh["region_code"], fresh["file_digest"], fresh["snapshot_on"])
        if known is None:
            raise InputError(
                _("Daftar yang sama sedang dihapus."), field="file", remedy=_("Kirim lagi beberapa menit kemudian.")
            ) from None
        return known
    key, wrapped = new_key(subject(register.pk))
    if seen is not None:
        sealed = key.seal(LOOKED, json.dumps(asdict(seen), ensure_ascii=False))
        register.profile[LOOKED] = base64.b64encode(sealed).decode()
    Register.objects.filter(pk=register.pk).update(wrapped=wrapped, profile=register.profile)
    audit.record("register.received", "register", register.pk, fields=("file", "legal_basis", "purpose", "keep_until"))
    if columns is not None:
        enqueue(READ, register_id=register.pk)
    return register


def _check(about: dict[str, Any], today: dt.date) -> None:
    if about["kind"] not in KINDS:
        raise InputError(
            _("Jenis daftar ini tidak dikenal."), field="kind", value=about["kind"], remedy=_("Pilih dari daftar pilihan.")
        )
    for field in ("title", "legal_basis", "purpose"):
        if not about[field].strip() or len(about[field]) > MOST_LETTERS:
            raise InputError(
                _("Isian ini belum diisi."), field=field, remedy=_("Tulis nama, dasar hukum, dan tujuan daftar ini.")
            )
    if about["snapshot_on"] > today:
        raise InputError(_("Tanggal data ada di masa depan."), field="snapshot_on", remedy=_("Periksa tanggal data."))
    keep_until = about["keep_until"]
    if not about["snapshot_on"] < keep_until or keep_until < today or keep_until.year > today.year + MOST_YEARS:
        raise InputError(
            _("Batas simpan tidak masuk akal."), field="keep_until",
            remedy=_("Tulis sampai kapan dasar hukumnya berlaku, paling lama {years} tahun.").format(years=MOST_YEARS),
        )  # fmt: skip


def _twin(region_code: int, digest: str, snapshot_on: dt.date) -> Register | None:
    same = {"region_code": region_code, "file_digest": digest, "snapshot_on": snapshot_on}
    return Register.objects.filter(**same, state__in=THERE, deleted_reason="").first()


def _plain(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].strip()[-160:] or "daftar"


@contextmanager
def _on_disk(content: Content) -> Iterator[IO[bytes]]:
    """The content as an open file that a child process can be given: what is in memory only is written down first."""
    if isinstance(content, Path):
        with content.open("rb") as file:
            yield file
        return
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        source.fileno()
    except (OSError, AttributeError):
        with tempfile.TemporaryFile() as file:
            source.seek(0)
            while part := source.read(_AT_ONCE):
                file.write(part)
            file.flush()
            yield file
    else:
        yield source
