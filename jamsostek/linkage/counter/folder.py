"""What an index folder holds, and whether this program may read it.

members.arrow            the members' columns that comparisons read, uncompressed Arrow IPC, `ROWS_IN_BATCH` rows a batch
rule_NAME.keys.npy       sorted 64-bit keys of a blocking rule's columns, and
rule_NAME.rows.npy       the row of `members.arrow` of each
often_NAME.keys.npy      sorted keys of the values of a column whose rarity counts, and
often_NAME.counts.npy    how often each is written on both lists
manifest.json            marks of the format, the design and the normaliser; weights; counts; size and SHA-256 of each file
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.linkage import dates, identity, names, normalise, vocabulary, words
from jamsostek.linkage.model import Design, Weights

FORMAT = 1
MEMBERS_FILE, MANIFEST_FILE = "members.arrow", "manifest.json"
ROWS_IN_BATCH = 1 << 20
"""Keeps the texts of one batch under the 2 GB that Arrow's text columns can hold."""
_NORMALISER = (dates, identity, names, normalise, vocabulary, words)


def fingerprint(design: Design) -> str:
    """A mark of everything that must be as it was when the index was built: format, design, and the normaliser's code."""
    told = hashlib.sha256(f"{FORMAT} {design!r} {_normaliser()}".encode())
    return told.hexdigest()


@cache
def _normaliser() -> str:
    """A record is found by what the normaliser makes of it, so other code needs another index."""
    told = hashlib.sha256()
    for module in _NORMALISER:
        told.update(Path(str(module.__file__)).read_bytes())
    return told.hexdigest()


def write_manifest(folder: Path, design: Design, weights: Weights, counts: dict[str, Any]) -> None:
    """Writes the manifest of a folder that is otherwise whole."""
    files = {path.name: {"bytes": path.stat().st_size, "sha256": _digest(path)} for path in sorted(folder.iterdir())}
    told = {"format": FORMAT, "fingerprint": fingerprint(design), **counts, "weights": asdict(weights), "files": files}
    told["digest"] = _digest_of(told)
    (folder / MANIFEST_FILE).write_text(json.dumps(told, indent=1), encoding="utf-8")


def read_manifest(folder: Path, design: Design) -> dict[str, Any]:
    """The manifest; InputError where the folder is no index, not whole, or of another design or version."""
    try:
        told = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        known = told["fingerprint"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _refused(folder, _("{folder} bukan indeks peserta untuk pencarian di loket.")) from error
    if told.get("format") != FORMAT or known != fingerprint(design):
        raise _refused(folder, _("Indeks {folder} dibuat dengan rancangan atau versi program yang lain."))
    for name, kept in told["files"].items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != kept["bytes"]:
            raise _refused(folder, _("Indeks {folder} tidak utuh: {file} hilang atau terpotong."), file=name)
    return dict(told)


def verify(folder: Path) -> None:
    """Reads every file and compares its digest with the manifest; InputError for the first that differs. Seconds per GB."""
    told = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    if told.pop("digest") != _digest_of(told):
        raise _refused(folder, _("Indeks {folder} berubah sesudah dibuat: {file}."), file=MANIFEST_FILE)
    for name, kept in told["files"].items():
        if _digest(folder / name) != kept["sha256"]:
            raise _refused(folder, _("Indeks {folder} berubah sesudah dibuat: {file}."), file=name)


def weights_of(manifest: dict[str, Any]) -> Weights:
    """The weights the index was built with."""
    return Weights(**manifest["weights"])


def _refused(folder: Path, message: str, **told: str) -> InputError:
    remedy = _("Bangun indeksnya lagi dari data peserta.")
    return InputError(message.format(folder=folder, **told), field="folder", value=str(folder), remedy=remedy)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_of(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
