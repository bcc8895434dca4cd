"""A snapshot as one file: written, and read again once nothing in it is found broken."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jamsostek
from jamsostek.awards.edition import Edition
from jamsostek.awards.reading import digest_of
from jamsostek.awards.reading import read as read_edition
from jamsostek.awards.snapshot import container, parquet
from jamsostek.awards.snapshot.schema import (
    EDITION,
    FORMAT,
    SEAL,
    columns_of,
    measures,
    member,
    rows_member,
    table_of,
    tables_of,
)
from jamsostek.awards.snapshot.sealing import canonical, root_of, sealed, sha256
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Facts:
    """What a snapshot says beside its tables. `law` is the digest of the law of the frozen month."""

    text: str
    version: int
    level: str
    kind: str
    law: str

    @property
    def edition(self) -> Edition:
        """What the edition says."""
        return read_edition(self.text)


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that is whole. `root` is the digest of all it says, the same wherever and whenever it was taken."""

    edition: Edition
    text: str
    seal: Mapping[str, Any]
    tables: Mapping[str, pa.Table] = field(repr=False)

    @property
    def root(self) -> str:
        """The digest that results name."""
        return str(self.seal["root"])

    @property
    def level(self) -> str:
        """Where it decides."""
        return str(self.seal["says"]["level"])

    @property
    def kind(self) -> str:
        """`measured`, or `final` with marks and evidence."""
        return str(self.seal["says"]["kind"])

    @property
    def version(self) -> int:
        """Of the edition."""
        return int(self.seal["says"]["edition"]["version"])

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return {name: table.num_rows for name, table in self.tables.items()}

    def of(self, subject: str) -> pa.Table:
        """The measures of a kind of subject; raises `InputError` where none compete."""
        name = measures(subject)
        if name not in self.tables:
            raise InputError(_("Potret ini tidak memuat ukuran {name}.").format(name=subject), field="data", value=subject)
        return self.tables[name]


def packed(facts: Facts, tables: Mapping[str, pa.Table], *, as_of: dt.datetime) -> bytes:
    """A snapshot as one file. A table that is not given is empty; `as_of` is told, and is no part of the root."""
    edition = facts.edition
    whole = {name: tables.get(name, table_of(edition, name, ())) for name in tables_of(edition)}
    seals = {name: sealed(name, table) for name, table in whole.items()}
    contents = {EDITION: facts.text.encode()}
    for name, table in whole.items():
        contents[member(name)] = parquet.written(table)
        contents[rows_member(name)] = seals[name].listed
    says = {
        "format": FORMAT, "level": facts.level, "kind": facts.kind, "law": facts.law, "month": edition.measured_month,
        "baseline_month": edition.baseline_month, "tables": {name: one.said for name, one in seals.items()},
        "edition": {"code": edition.code, "version": facts.version, "digest": digest_of(facts.text)},
    }  # fmt: skip
    seal = {
        "says": says, "root": root_of(says), "as_of": as_of.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "software": jamsostek.__version__, "files": {name: sha256(content) for name, content in contents.items()},
    }  # fmt: skip
    return container.packed({**contents, SEAL: canonical({**seal, "check": sha256(canonical(seal))})})


def read(path: Path) -> Snapshot:
    """A snapshot, verified; raises `InputError` naming the first thing that is broken."""
    return unpacked(container.opened(path))


def read_bytes(content: bytes) -> Snapshot:
    """As `read`, of bytes."""
    return unpacked(container.unpacked(content))


def unpacked(members: Mapping[str, bytes]) -> Snapshot:
    """A snapshot from the members of its file."""
    from jamsostek.awards.snapshot.verifying import breaks_of

    found = breaks_of(members)
    if found:
        raise InputError(
            _("Potret ini tidak utuh: {what}").format(what=str(found[0])), field="data", value=len(found),
            remedy=_("Unduh ulang potretnya; selisihnya ada di jamsostek award verify."),
        )  # fmt: skip
    text = members[EDITION].decode()
    edition = read_edition(text)
    tables = {name: parquet.read(members[member(name)], columns_of(edition, name), name) for name in tables_of(edition)}
    return Snapshot(edition, text, json.loads(members[SEAL]), tables)
