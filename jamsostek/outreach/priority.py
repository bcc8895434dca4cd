"""Who comes first: a written rule of points, explained person by person, and what another rule would change.

A rule is data with a version; nothing in it is fixed by law. Points are whole numbers. Equal points are put in an order that
nobody chose: by a hash of the rule's seed and the person's key, the same every time it is computed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _

Points = npt.NDArray[np.int64]
FIELDS = {
    "decile": N_("Desil"),
    "occupation_risk": N_("Risiko pekerjaan"),
    "disability": N_("Disabilitas"),
    "woman_head": N_("Perempuan kepala keluarga"),
    "children_school": N_("Anak bersekolah"),
    "age": N_("Umur"),
    "sex": N_("Jenis kelamin"),
    "occupation": N_("Pekerjaan"),
    "village_code": N_("Desa"),
}
"""What a rule may look at."""
MOST_POINTS = 1_000


@dataclass(frozen=True)
class Criterion:
    """Points for one fact: for each of some values, or so many for each unit up to a most. A missing fact gives none."""

    field: str
    values: Mapping[str, int] | None = None
    """By value written as text: `{"1": 40, "2": 30}`, `{"true": 15}`."""
    each: int = 0
    most: int = 0


@dataclass(frozen=True)
class Rule:
    """A version of a region's rule. `regulation` is where it was adopted; a sample says so."""

    name: str
    version: int
    criteria: tuple[Criterion, ...]
    regulation: str
    sample: bool = False

    def check(self) -> None:
        """Raises InputError for what cannot be computed."""
        if not self.criteria:
            raise _wrong("criteria", "", _("Tulis paling sedikit satu ukuran."))
        for one in self.criteria:
            if one.field not in FIELDS:
                raise _wrong("field", one.field, _("Pilih salah satu: {fields}.").format(fields=", ".join(FIELDS)))
            if (one.values is None) == (one.each == 0):
                raise _wrong("values", one.field, _("Beri nilai tiap pilihan, atau nilai tiap satuan dengan batasnya."))
            points = [*(one.values or {}).values(), one.each, one.most]
            if not all(0 <= point <= MOST_POINTS for point in points):
                raise _wrong("values", one.field, _("Nilai dari 0 sampai {most}.").format(most=MOST_POINTS))
        if len({one.field for one in self.criteria}) < len(self.criteria):
            raise _wrong("field", "", _("Tiap ukuran hanya sekali."))

    @property
    def digest(self) -> str:
        """The same for the same rule."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def to_json(self) -> str:
        """As kept."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Rule:
        """What `to_json` gave."""
        told = json.loads(text)
        return cls(**{**told, "criteria": tuple(Criterion(**one) for one in told["criteria"])})


def _wrong(field: str, value: str, remedy: str) -> InputError:
    return InputError(_("Aturan prioritas ini tidak dapat dihitung."), field=field, value=value, remedy=remedy)


def points(people: pa.Table, rule: Rule) -> dict[str, Points]:
    """For each criterion the points of every person, in order; a column the table lacks gives none."""
    rule.check()
    return {one.field: _points(people, one) for one in rule.criteria}


def _points(people: pa.Table, one: Criterion) -> Points:
    if one.field not in people.column_names:
        return np.zeros(people.num_rows, dtype=np.int64)
    column = people[one.field]
    if one.values is None:
        units = pc.fill_null(column.cast(pa.int64()), 0).to_numpy()
        return np.asarray(np.minimum(np.maximum(units, 0) * one.each, one.most), dtype=np.int64)
    keys, given = pa.array(list(one.values)), pa.array(list(one.values.values()), pa.int64())
    found = pc.index_in(column.cast(pa.string()), keys)
    return np.asarray(pc.fill_null(given.take(found.combine_chunks()), 0).to_numpy(), dtype=np.int64)


def order(people: pa.Table, rule: Rule) -> npt.NDArray[np.int64]:
    """Places of the people from first to last; `key` is a column of text that is theirs alone."""
    return np.lexsort((lots(people["key"].to_pylist(), rule), -total(people, rule)))


def total(people: pa.Table, rule: Rule) -> Points:
    """All points of every person, in order."""
    return sum(points(people, rule).values(), np.zeros(people.num_rows, dtype=np.int64))


def lots(keys: Sequence[str], rule: Rule) -> Points:
    """A number for each key that nobody chose, from 0 to 2^63-1: the lower comes first among equal points."""
    seed = rule.digest[:32].encode()
    drawn = (hashlib.blake2b(key.encode(), key=seed, digest_size=8).digest() for key in keys)
    return np.array([int.from_bytes(one, "big") >> 1 for one in drawn], dtype=np.int64)


@dataclass(frozen=True)
class Effect:
    """Who enters and who leaves the first `count` when one rule takes the place of another; places in the table."""

    enter: npt.NDArray[np.int64]
    leave: npt.NDArray[np.int64]
    stay: npt.NDArray[np.int64]

    def by(self, people: pa.Table, field: str) -> dict[str, tuple[int, int, int]]:
        """For each value of a column: how many stay, enter, leave."""
        told: dict[str, tuple[int, int, int]] = {}
        for at, places in enumerate((self.stay, self.enter, self.leave)):
            values = people[field].take(pa.array(places)).cast(pa.string())
            for one in pc.value_counts(pc.fill_null(values, "")).to_pylist():
                counts = list(told.get(one["values"], (0, 0, 0)))
                counts[at] = one["counts"]
                told[one["values"]] = (counts[0], counts[1], counts[2])
        return dict(sorted(told.items()))


def effect(people: pa.Table, before: Rule | None, after: Rule, count: int) -> Effect:
    """What adopting `after` would change among the first `count`; without a rule before, all enter."""
    chosen = np.sort(order(people, after)[:count])
    held = np.sort(order(people, before)[:count]) if before else np.zeros(0, dtype=np.int64)
    return Effect(enter=np.setdiff1d(chosen, held), leave=np.setdiff1d(held, chosen), stay=np.intersect1d(chosen, held))


def explained(people: pa.Table, rule: Rule, row: int) -> Sequence[tuple[str, Any, int]]:
    """Of one person: each criterion's name, the fact, the points."""
    one = people.slice(row, 1)
    return [
        (_(FIELDS[field]), one[field][0].as_py() if field in one.column_names else None, int(given[0]))
        for field, given in points(one, rule).items()
    ]
