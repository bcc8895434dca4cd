"""What is broken in a snapshot, by name: which table, whose row, which column, which piece of evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jamsostek.awards.edition import Edition
from jamsostek.awards.reading import digest_of
from jamsostek.awards.reading import read as read_edition
from jamsostek.awards.snapshot import container, parquet, repacked
from jamsostek.awards.snapshot.schema import EDITION, EVIDENCE, FORMAT, SEAL, columns_of, member, rows_member, tables_of
from jamsostek.awards.snapshot.sealing import Sealed, canonical, root_of, sealed, sha256
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _

if TYPE_CHECKING:
    import pyarrow as pa

MOST_TOLD = 200
"""Breaks of a table that are told one by one."""
WHATS: dict[str, str] = {
    "seal": N_("Segelnya tidak lagi cocok dengan isinya sendiri"),
    "root": N_("Sidik seluruh potret bukan yang diumumkan"),
    "edition": N_("Isi edisinya berubah"),
    "missing": N_("Tidak ada di berkas ini"),
    "extra": N_("Tidak termasuk potret ini"),
    "unreadable": N_("Tidak dapat dibaca"),
    "row_changed": N_("Barisnya berubah"),
    "row_missing": N_("Barisnya hilang"),
    "row_extra": N_("Barisnya ditambahkan"),
    "column": N_("Kolomnya berubah"),
    "table": N_("Isi tabelnya berubah"),
    "bytes": N_("Bit-nya berubah, isinya masih sama"),
    "list": N_("Daftar barisnya berubah"),
    "repacked": N_("Berkasnya dikemas ulang dengan alat lain, jadi bukan lagi berkas yang diunduh"),
    "evidence_missing": N_("Berkas buktinya tidak ada di folder itu"),
    "evidence_changed": N_("Isi berkas buktinya bukan yang diterima dulu"),
}
"""What can be broken."""


@dataclass(frozen=True)
class Break:
    """Something broken: `what` is a key of WHATS, `where` a table or member, `subject` a row's name, `column` a column."""

    what: str
    where: str
    subject: str = ""
    column: str = ""

    def __str__(self) -> str:
        place = " / ".join(part for part in (self.where, self.subject, self.column) if part)
        return f"{place}: {_(WHATS[self.what])}"


def verify(path: Path, evidence_folder: Path | None = None, *, root: str = "") -> list[Break]:
    """All that is broken in a snapshot, nothing where it is whole; raises `InputError` for what is no snapshot at all.

    `root` is the digest that was made public, where it is known: a file that was forged whole is told by it. Evidence files
    stand in a folder by their code or by their digest, whatever follows a dot. A file that was packed anew is told, with
    what else changed in it.
    """
    if evidence_folder is not None and not evidence_folder.is_dir():
        raise InputError(
            _("Folder {name} tidak ada.").format(name=evidence_folder), field="evidence", value=str(evidence_folder),
            remedy=_("Periksa nama dan letak foldernya."),
        )  # fmt: skip
    members, found = _opened(path)
    found += breaks_of(members)
    if not found and root and json.loads(members[SEAL])["root"] != root.lower():
        found = [Break("root", SEAL)]
    if evidence_folder is not None:
        found += _evidence(members, evidence_folder)
    return found


def _opened(path: Path) -> tuple[Mapping[str, bytes], list[Break]]:
    """The members of a snapshot's file, also of one that was packed anew, which is a break."""
    try:
        return container.opened(path), []
    except InputError:
        members = repacked.members_of(path) if path.is_file() and path.stat().st_size <= container.MOST_BYTES else None
        if members is None:
            raise
        return members, [Break("repacked", path.name)]


def breaks_of(members: Mapping[str, bytes]) -> list[Break]:
    """All that is broken in the members of a file."""
    return list(_found(members))


def _found(members: Mapping[str, bytes]) -> Iterator[Break]:
    seal = _seal(members.get(SEAL))
    if seal is None:
        yield Break("seal", SEAL)
        return
    says = seal["says"]
    if seal["root"] != root_of(says):
        yield Break("root", SEAL)
    edition = _edition(members)
    if edition is None or digest_of(members[EDITION].decode()) != says["edition"]["digest"]:
        yield Break("edition", EDITION)
    elif sha256(members[EDITION]) != seal["files"].get(EDITION):
        yield Break("bytes", EDITION)
    if edition is None:
        return
    tables = tables_of(edition)
    known = {EDITION, SEAL, *(one for name in tables for one in (member(name), rows_member(name)))}
    for name in sorted(known - set(members)):
        yield Break("missing", name)
    for name in sorted((set(members) - known) | (set(says["tables"]) - set(tables))):
        yield Break("extra", name)
    for name in tables:
        if member(name) in members and rows_member(name) in members:
            yield from _table(edition, name, members, seal)


def _seal(content: bytes | None) -> dict[str, Any] | None:
    """The seal, where it is whole in itself."""
    try:
        told = json.loads(content or b"")
        rest = {name: value for name, value in told.items() if name != "check"}
        if canonical(told) != content or told["check"] != sha256(canonical(rest)) or told["says"]["format"] != FORMAT:
            return None
        says = told["says"]
        whole = isinstance(told["files"], dict) and isinstance(told["root"], str) and isinstance(says["tables"], dict)
        return told if whole and says["edition"]["digest"] else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _edition(members: Mapping[str, bytes]) -> Edition | None:
    try:
        return read_edition(members[EDITION].decode())
    except (InputError, KeyError, UnicodeDecodeError, RecursionError):
        return None


def _table(edition: Edition, name: str, members: Mapping[str, bytes], seal: Mapping[str, Any]) -> Iterator[Break]:
    content, listed = members[member(name)], members[rows_member(name)]
    columns, said, files = columns_of(edition, name), seal["says"]["tables"].get(name), seal["files"]
    if said is None:
        yield Break("extra", name)
        return
    list_holds = sha256(listed) == files.get(rows_member(name))
    if not list_holds:
        yield Break("list", rows_member(name))
    try:
        table = parquet.read(content, columns, name)
    except InputError:
        found, lacking, more = parquet.read_foreign(content, columns)
        yield from (Break("missing", name, column=column) for column in lacking)
        yield from (Break("extra", name, column=column) for column in more)
        if found is None:
            if not lacking:
                broken = parquet.unreadable(content, columns)
                yield from (Break("unreadable", name, column=column) for column in broken or ("",))
            return
        table = found
    now = sealed(name, table)
    if now.said != said:
        yield from _changed(name, table, now, said, listed if list_holds else None)
    elif sha256(content) != files.get(member(name)):
        yield Break("bytes", member(name))
    elif list_holds and now.listed != listed:
        yield Break("list", rows_member(name))


def _changed(name: str, table: pa.Table, now: Sealed, said: Mapping[str, Any], listed: bytes | None) -> Iterator[Break]:
    """Rows and columns that are not as they were; where several of both changed, each row is told with each column."""
    columns = [column for column in now.columns if said["columns"].get(column) != now.columns[column]]
    changed = list(_rows(name, table, now.listed, listed))[:MOST_TOLD] if listed is not None else []
    for what, called in changed:
        if what == "row_changed" and columns:
            yield from (Break(what, name, called, column) for column in columns)
        else:
            yield Break(what, name, called)
    if not changed:
        yield from (Break("column", name, column=column) for column in columns) if columns else (Break("table", name),)


def _rows(name: str, table: pa.Table, now: bytes, before: bytes) -> Iterator[tuple[str, str]]:
    new, old = _listed(now), _listed(before)
    titles = {}
    if "name" in table.column_names:
        keys = table.column("key" if name.startswith("measures-") else "code").to_pylist()
        titles = dict(zip(map(str, keys), table.column("name").to_pylist(), strict=True))
    for key in new.keys() | old.keys():
        if new.get(key) != old.get(key):
            what = "row_extra" if key not in old else "row_missing" if key not in new else "row_changed"
            yield what, f"{key} {titles.get(key) or ''}".strip()


def _listed(content: bytes) -> dict[str, str]:
    lines = content.decode(errors="replace").splitlines()
    return dict(line.rpartition("\t")[::2] for line in lines if "\t" in line)


def _evidence(members: Mapping[str, bytes], folder: Path) -> Iterator[Break]:
    """Evidence files that are not what was received."""
    edition = _edition(members)
    try:
        if edition is None:
            return
        table = parquet.read(members[member(EVIDENCE)], columns_of(edition, EVIDENCE), EVIDENCE)
    except (InputError, KeyError):
        return
    there = {one.name.split(".")[0]: one for one in folder.iterdir() if one.is_file()}
    for row in table.to_pylist():
        if not row["size"]:
            continue
        file = there.get(row["code"]) or there.get(row["digest"])
        if file is None:
            yield Break("evidence_missing", EVIDENCE, row["code"], row["criterion"])
        elif _digest(file) != row["digest"]:
            yield Break("evidence_changed", EVIDENCE, row["code"], row["criterion"])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
