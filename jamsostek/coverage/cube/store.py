"""Where snapshots are: `<data>/coverage/<name>/`, and a file `latest` that names the one in use.

A snapshot is written beside, and only then named; who reads the former one reads on, as the last few are kept. Files are about
persons (no name, no number of theirs) and readable by their owner alone.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings

from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.coverage.cube.lattice import Lattice

KEPT = 3
"""Snapshots that stay, the newest."""
ABOUT, ROWS, CELLS, DELTAS = "about.json", "rows", "cells", "deltas"
ALL = "all"
"""The one file of a snapshot of few people, in place of a file a province."""
_NEW = ".new-"
_LATEST = "latest"


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that is whole, of the months from the first to the last; `cells` tells how many each set has."""

    folder: Path
    as_of: dt.date
    first_month: int
    last_month: int
    people: int
    rows: int
    cells: dict[str, int]
    bytes: int
    seconds: float
    files: Mapping[Path, Sequence[Path]] = field(repr=False, compare=False)
    """Its Parquet files by folder, as they were when it was opened: one that is gone later is told as damage, not as nobody."""

    @property
    def name(self) -> str:
        """What the pointer calls it."""
        return self.folder.name

    def row_files(self, provinces: frozenset[int] | None = None) -> list[Path]:
        """Files of rows, one for each province people live in (of few people one); all, or those of some provinces."""
        return self._files(self.folder / ROWS, provinces)

    def cell_files(self, lattice: Lattice, provinces: frozenset[int] | None = None) -> list[Path]:
        """Files of one set of cells, as those of rows."""
        return self._files(self.folder / CELLS / lattice.name, provinces)

    def _files(self, folder: Path, provinces: frozenset[int] | None) -> list[Path]:
        found = self.files.get(folder, ())
        return [one for one in found if provinces is None or one.stem == ALL or int(one.stem) in provinces]


def cube_folder() -> Path:
    """Where this installation keeps its snapshots."""
    return Path(settings.JAMSOSTEK_DATA) / "coverage"


def in_use(home: Path) -> Path | None:
    """The folder of the snapshot in use, not looked into; None where none was made yet."""
    try:
        return home / (home / _LATEST).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def latest(folder: Path | None = None) -> Snapshot | None:
    """The snapshot in use; None where none was made yet. Raises `InputError` for one that is damaged.

    Pages ask many times: the pointer is read each time, the files it leads to are looked at once a process.
    """
    found = in_use(folder or cube_folder())
    return _known(found) if found else None


@lru_cache(maxsize=KEPT)
def _known(folder: Path) -> Snapshot:
    return opened(folder)


def opened(folder: Path) -> Snapshot:
    """A snapshot by its folder; raises `InputError` where it is damaged."""
    try:
        told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        told["as_of"] = dt.date.fromisoformat(told["as_of"])
        files = _kept_files(folder)
        found = Snapshot(folder=folder, files=_by_folder(files), **told)
        size = _size(files)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise broken(folder) from error
    if size != found.bytes:
        raise broken(folder)
    return found


def broken(folder: Path) -> InputError:
    """The error for a snapshot that cannot be read."""
    return InputError(
        _("Potret cakupan {name} rusak atau tidak lengkap.").format(name=folder.name),
        remedy=_("Buat lagi dengan `jamsostek coverage snapshot`."),
    )


def none_yet() -> InputError:
    """The error where nothing was made yet."""
    return InputError(
        _("Belum ada potret cakupan."), remedy=_("Potret dibuat tiap malam, atau dengan `jamsostek coverage snapshot`.")
    )


def _kept_files(folder: Path) -> list[Path]:
    return sorted(one for part in (ROWS, CELLS) for one in (folder / part).rglob("*.parquet"))


def _by_folder(files: Iterable[Path]) -> dict[Path, list[Path]]:
    return {folder: list(inside) for folder, inside in groupby(files, key=lambda one: one.parent)}


def _size(files: Iterable[Path]) -> int:
    return sum(one.stat().st_size for one in files)


def begun(home: Path) -> Path:
    """An empty folder beside the snapshots, for its owner alone."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = home / f"{_NEW}{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    return folder


def unfinished(home: Path) -> list[Path]:
    """Folders that were begun and never published."""
    return [one for one in home.glob(f"{_NEW}*") if one.is_dir()]


def published(new: Path, about: dict[str, Any]) -> Snapshot:
    """Names a folder that was filled, makes it the one in use, and forgets those before the last few."""
    home = new.parent
    about = about | {"bytes": _size(_kept_files(new))}
    (new / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    target = home / f"{about['as_of']}-{secrets.token_hex(4)}"
    new.rename(target)
    pointer = home / f".{_LATEST}-{secrets.token_hex(4)}"
    pointer.write_text(target.name, encoding="utf-8")
    pointer.replace(home / _LATEST)
    found = opened(target)
    _forget(home, target)
    return found


def _forget(home: Path, newest: Path) -> None:
    whole = [one for one in home.iterdir() if one.is_dir() and (one / ABOUT).exists() and not one.name.startswith(".")]
    for old in sorted(whole, key=lambda one: (one / ABOUT).stat().st_mtime, reverse=True)[KEPT:]:
        if old != newest:
            shutil.rmtree(old, ignore_errors=True)


def about_of(snapshot: Snapshot) -> dict[str, Any]:
    """What is told of a snapshot, for people and for JSON."""
    told = {one.name: getattr(snapshot, one.name) for one in fields(snapshot) if one.name not in ("folder", "files")}
    return told | {"as_of": snapshot.as_of.isoformat()}
