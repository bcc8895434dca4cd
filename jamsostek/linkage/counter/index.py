"""Finds one person among the members of an index: candidates by the sorted keys, then weights and outcome as in the batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _
from jamsostek.linkage.counter.folder import MEMBERS_FILE, ROWS_IN_BATCH, read_manifest, weights_of
from jamsostek.linkage.counter.keys import Frequencies, Places, Rows, columns_of, key_of, opened
from jamsostek.linkage.counter.weigh import Scale, members_levels_sql
from jamsostek.linkage.counter.writing import rarity_columns
from jamsostek.linkage.decide import DIFFERENT, USUAL, Thresholds, decide
from jamsostek.linkage.indonesia import INDONESIA
from jamsostek.linkage.model import MEMBERS, REGISTER, Design
from jamsostek.linkage.normalise import WRITTEN, normalise
from jamsostek.linkage.score import LEAST_KEPT

MOST = 500
"""A blocking rule that finds more members than this is left out."""
_ROW = 0
"""The number of the person asked about, where a register has a row."""


@dataclass(frozen=True)
class Candidate:
    """A member who may be the person."""

    member: int
    weight: float
    """Bits."""
    pair: Mapping[str, Any]
    """As a row of `score`: row, member, weight, level and bits of each comparison; `explain.clues` reads it."""


@dataclass(frozen=True)
class Answer:
    """What the index says of one person."""

    outcome: str
    """`decide.SAME`, `ASK` or `DIFFERENT`."""
    reasons: tuple[str, ...]
    """Why a person is asked, as in `decide`."""
    candidates: tuple[Candidate, ...]
    """The likeliest first; equal weights by member number."""
    skipped: tuple[str, ...]
    """Blocking rules left out because they found too many: somebody only they would find is not among the candidates."""


class Index:
    """The members of a folder written by `build`. One question at a time; threads wait for each other."""

    def __init__(self, folder: Path, design: Design, thresholds: Thresholds, most: int) -> None:
        manifest = read_manifest(folder, design)
        self.design, self.thresholds, self.most = design, thresholds, most
        self.members: int = manifest["members"]
        self.digest: str = manifest["digest"]
        self.scale = Scale(design, weights_of(manifest), _frequencies(folder, design, manifest))
        self._rules = {name: (columns_of(rule), _places(folder, name)) for name, rule in design.blocking.items()}
        self._rows = pa.ipc.open_file(pa.memory_map(str(folder / MEMBERS_FILE)))
        self._batches = [self._rows.get_batch(place) for place in range(self._rows.num_record_batches)]
        self._levels = members_levels_sql(design)
        self._lock = Lock()
        self._con = duckdb.connect(config={"threads": 1, "memory_limit": "256MB"})

    def find(self, person: Mapping[str, object], *, least: float = LEAST_KEPT) -> list[Candidate]:
        """Members who may be the person, the likeliest first, from `least` bits on."""
        return list(self.answer(person, least=least).candidates)

    def answer(self, person: Mapping[str, object], *, least: float = LEAST_KEPT) -> Answer:
        """Whether the person (`normalise.WRITTEN`, any part of it) is a member. InputError for a field of another name.

        `least` moves what is shown, never the outcome.
        """
        record = _normal(person)
        rows, skipped = self._gathered(record)
        members = self._taken(rows)
        with self._lock:
            self._con.register(REGISTER, record)
            self._con.register(MEMBERS, members)
            pairs = sorted(self._weighed(record, members), key=lambda pair: (-pair["weight"], pair["member"]))
            outcome, reasons = self._decided([pair for pair in pairs if pair["weight"] >= LEAST_KEPT])
        candidates = tuple(Candidate(pair["member"], pair["weight"], pair) for pair in pairs if pair["weight"] >= least)
        return Answer(outcome, reasons, candidates, skipped)

    # --- who may it be -------------------------------------------------------------------------------------------------------

    def _gathered(self, record: pa.Table) -> tuple[Rows, tuple[str, ...]]:
        """Rows that the blocking rules find, in order, and rules that found too many."""
        values = record.to_pylist()[0]
        values["rare_name"] = values["name"]  # of the members only rare names are kept there, so a common one finds nobody
        found, skipped = [np.zeros(0, dtype=np.uint32)], []
        for name, (columns, places) in self._rules.items():
            key = key_of(values[column] for column in columns)
            if key is None:
                continue
            if places.count(key, self.most) > self.most:
                skipped.append(name)
            else:
                found.append(places.of(key))
        return np.unique(np.concatenate(found)), tuple(skipped)

    def _taken(self, rows: Rows) -> pa.Table:
        """The members of sorted rows."""
        batch, within = np.divmod(rows, ROWS_IN_BATCH)
        parts = [self._batches[place].take(pa.array(within[batch == place])) for place in np.unique(batch)]
        return pa.Table.from_batches(parts, self._rows.schema).combine_chunks()

    # --- is it -----------------------------------------------------------------------------------------------------------------

    def _weighed(self, record: pa.Table, members: pa.Table) -> list[dict[str, Any]]:
        """A pair for each member, as `score` gives it."""
        found = {told[0]: told[1:] for told in self._con.execute(self._levels).fetchall()}
        numbers = members["unique_id"].to_pylist()
        columns: dict[str, list[Any]] = {}
        weights = np.full(len(numbers), self.scale.start)
        for place, one in enumerate(self.design.comparisons):
            levels = [found[number][place] for number in numbers]
            bits = self.scale.bits(one, levels, record, members)
            weights += bits
            columns |= {one.name: levels, f"{one.name}_bits": bits.tolist()}
        columns = {"row": [_ROW] * len(numbers), "member": numbers, "weight": weights.tolist()} | columns
        return [dict(zip(columns, told, strict=True)) for told in zip(*columns.values(), strict=True)]

    def _decided(self, pairs: list[dict[str, Any]]) -> tuple[str, tuple[str, ...]]:
        """Outcome and reasons of `decide`, which needs no asking where there is nobody."""
        if not pairs:
            return DIFFERENT, ()
        (told,) = decide(self._con, self._table(pairs), self.thresholds).to_pylist()
        return told["outcome"], tuple(told["reasons"])

    def _table(self, pairs: list[dict[str, Any]]) -> pa.Table:
        kinds: dict[str, pa.DataType] = {"row": pa.int64(), "member": pa.int64(), "weight": pa.float64()}
        for one in self.design.comparisons:
            kinds |= {one.name: pa.string(), f"{one.name}_bits": pa.float32()}
        return pa.Table.from_pylist(pairs, schema=pa.schema(list(kinds.items())))


def open_index(folder: Path, design: Design = INDONESIA, thresholds: Thresholds = USUAL, *, most: int = MOST) -> Index:
    """The index of a folder, mapped and not read; InputError where it is none, not whole, or of another design or version."""
    return Index(folder, design, thresholds, most)


def _normal(person: Mapping[str, object]) -> pa.Table:
    for name in person:
        if name not in WRITTEN:
            raise unknown_name(_("Kolom"), name, WRITTEN)
    told = {**person, "id": _ROW}
    return normalise(pa.table({name: pa.array([told.get(name)], kind) for name, kind in WRITTEN.items()}))


def _places(folder: Path, name: str) -> Places:
    return Places(opened(folder / f"rule_{name}.keys.npy"), opened(folder / f"rule_{name}.rows.npy"))


def _frequencies(folder: Path, design: Design, manifest: dict[str, Any]) -> dict[str, Frequencies]:
    return {
        name: Frequencies(
            opened(folder / f"often_{name}.keys.npy"),
            opened(folder / f"often_{name}.counts.npy"),
            manifest["often"][name]["total"],
        )
        for name in rarity_columns(design)
    }
