"""One batch of workers added up in cells, once for every law: contributions, benefits, and families under the poverty line.

Contributions and benefits are the law's own kernels, row by row; nothing of the law is written again here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jamsostek.batch.arrow import to_numbers
from jamsostek.batch.lines import BLOCK, CHOICES, INPUT, KERNELS, OUTPUT, SEGMENT_INPUTS, SEGMENTS, checked, columns_of
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import PPM, Int64Array
from jamsostek.core.text import _
from jamsostek.coverage.laboratory.cells import CELLS, CLASSES, TENTHS, added, class_of
from jamsostek.law import NONE, Law, law_at
from jamsostek.law.jkk import benefit as jkk
from jamsostek.law.jkm import benefit as jkm
from jamsostek.law.segments.contribution import PAYERS, income_band
from jamsostek.synth.assumptions import LOWEST_INCOME_RUPIAH, SEXES, WAGES_BPU
from jamsostek.synth.published import minimum_wages
from jamsostek.synth.wages import wages_of

COLUMNS = (*INPUT, "sex")
LOSSES = ("death", "disability", "incapacity")
"""What happens to the earner, as the household feels it."""
BENEFITS = {"jkm_death": "death", "jkk_death": "death", "jkk_disability": "disability", "jkk_incapacity": "incapacity"}
"""A benefit, and the loss it answers."""
FACTS = ("workers", "wage_rupiah", *(f"{loss}_{what}" for loss in LOSSES for what in ("falling", "months")))
OF_LAW = (*OUTPUT, *BENEFITS, *(f"{benefit}_{what}" for benefit in BENEFITS for what in ("falling", "months")))
UNIT_RUPIAH = 1_000
"""Tenths of income begin and end at whole thousands."""
MAX_INCOME = 100_000
"""Thousands of rupiah; higher incomes stand together."""
_BPU, _MIGRANT = SEGMENTS.index("bpu"), SEGMENTS.index("migrant")
Sums = dict[str, Int64Array]


@dataclass(frozen=True)
class Setup:
    """What every process needs to know; the laws are found again from their files."""

    month: int
    laws: tuple[tuple[Path, ...], ...]
    paid: tuple[tuple[str, ...], ...]
    """For each law, the budgets whose contributions for BPU are wanted beside those of the payer of today."""
    assumed: Mapping[str, Any]
    tenths: npt.NDArray[np.int8] | None = None
    """The tenth of an income by its thousands; None while incomes are only counted."""

    def law(self, place: int) -> Law:
        """A law of the month."""
        return law_at(self.month, reforms=self.laws[place])


def paid_by(payer: str, programme: str) -> str:
    """The name of a programme's contributions for BPU were they paid by a budget."""
    return f"{payer}_{programme}_rupiah"


class Adder:
    """Adds up the batches of one file."""

    def __init__(self, setup: Setup, province: int) -> None:
        self.setup, self.minimum = setup, minimum_wages()[province].value
        self.laws = [setup.law(place) for place in range(len(setup.laws))]
        self.facts: Sums = {name: np.zeros(CELLS, dtype=np.int64) for name in FACTS}
        names = [(*OF_LAW, *(paid_by(p, of) for p in paid for of in ("jkk", "jkm"))) for paid in setup.paid]
        self.of_law: list[Sums] = [{name: np.zeros(CELLS, dtype=np.int64) for name in one} for one in names]
        self.household = np.repeat(np.arange(1, 7), setup.assumed["household.shares_permille"])

    def add(self, batch: pa.RecordBatch) -> int:
        """Adds a batch; returns how many rows were refused, as the month refuses them."""
        columns, refused = good(batch)
        for segment, blocks in pieces(columns["segment"]):
            for block in blocks:
                self._block(segment, {name: column[block] for name, column in columns.items()})
        return refused

    def _block(self, segment: int, at: Mapping[str, Any]) -> None:
        mixed = mixed_bits(at["participant"])
        income = incomes(segment, at["wage_rupiah"], mixed, self.minimum)
        key = self._key(segment, at, income)
        self.facts["workers"] += np.bincount(key, minlength=CELLS)
        if segment != _MIGRANT:
            self.facts["wage_rupiah"] += added(key, at["wage_rupiah"])
        families = None if segment == _MIGRANT else self._families(key, income, mixed)
        for place, law in enumerate(self.laws):
            self._under(place, law, segment, at, key, families)

    def _key(self, segment: int, at: Mapping[str, Any], income: Int64Array) -> Int64Array:
        assert self.setup.tenths is not None
        tenth = self.setup.tenths[np.minimum(income // UNIT_RUPIAH, MAX_INCOME)] if segment != _MIGRANT else 0
        found: Int64Array = (at["sex"] * TENTHS + tenth) * len(CLASSES) + class_of(segment, at["payer"], at["sector"])
        return found

    def _families(self, key: Int64Array, income: Int64Array, mixed: Any) -> dict[str, tuple[Int64Array, Int64Array, Int64Array]]:
        """Who falls under the line by each loss without a benefit: their places, cells and what a month lacks."""
        assumed = self.setup.assumed
        line, share = assumed["poverty.line_rupiah"], assumed["household.earner_share_ppm"]
        size = self.household[(mixed >> np.uint64(33)) % np.uint64(len(self.household))]
        other = income * (PPM - share) // share
        above = income + other >= size * line
        found = {}
        for loss in LOSSES:
            lacking = (size - (loss == "death")) * line - other
            falls = np.flatnonzero(above & (lacking > 0))
            found[loss] = falls, key[falls], lacking[falls]
            self.facts[f"{loss}_falling"] += np.bincount(key[falls], minlength=CELLS)
            self.facts[f"{loss}_months"] += np.bincount(key[falls], minlength=CELLS) * self._months(loss)
        return found

    def _months(self, loss: str) -> int:
        """How long a loss is felt and followed."""
        followed: int = self.setup.assumed["horizon.months"]
        return min(followed, self.setup.assumed["incapacity.months"]) if loss == "incapacity" else followed

    def _under(self, place: int, law: Law, segment: int, at: Mapping[str, Any], key: Int64Array, families: Any) -> None:
        sums, month, name = self.of_law[place], self.setup.month, SEGMENTS[segment]
        for output, values in KERNELS[name](law, month, *(at[column] for column in SEGMENT_INPUTS[name])).items():
            sums[output] += added(key, values)
        if segment == _BPU:
            for payer in self.setup.paid[place]:
                like = np.full_like(at["payer"], PAYERS.index(payer))
                found = KERNELS[name](law, month, at["wage_rupiah"], at["sector"], like, at["jht_member"])
                for of in ("jkk", "jkm"):
                    sums[paid_by(payer, of)] += added(key, found[f"{of}_rupiah"])
        if families is None:
            return
        for benefit, rupiah in benefits(law, segment, at["wage_rupiah"], self.setup.assumed["incapacity.months"]).items():
            sums[benefit] += added(key, rupiah)
            falls, cell, lacking = families[BENEFITS[benefit]]
            months = self._months(BENEFITS[benefit])
            poor = months - np.minimum(rupiah[falls] // lacking, months)
            sums[f"{benefit}_months"] += added(cell, poor)
            sums[f"{benefit}_falling"] += np.bincount(cell[poor > 0], minlength=CELLS)


def good(batch: pa.RecordBatch) -> tuple[dict[str, Any], int]:
    """The rows a kernel may see, as arrays, and how many are left out."""
    columns = columns_of(batch, tuple(INPUT)) | {"sex": _sexes(batch.column("sex"))}
    kept = checked(columns, batch, 0)
    return dict(kept.columns), kept.rejected_count


def _sexes(array: pa.Array) -> Int64Array:
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    known = array.dictionary.to_pylist()
    if array.null_count or not set(known) <= set(SEXES):
        raise InputError(
            _("Jenis kelamin {value!r} tidak dikenal.").format(value=next((k for k in known if k not in SEXES), None)),
            field="sex", remedy=_("Pilihan: {names}.").format(names=", ".join(SEXES)),
        )  # fmt: skip
    table = np.array([SEXES.index(one) for one in known], dtype=np.int64)
    return np.asarray(table[to_numbers(array.indices)])


def pieces(segment: Int64Array) -> list[tuple[int, Sequence[Any]]]:
    """(segment, blocks of its rows): slices where they lie together, places where they are mixed."""
    edges = (np.flatnonzero(np.diff(segment)) + 1).tolist()
    if len(edges) < len(segment) // BLOCK + len(SEGMENTS):
        runs = [(a, b) for a, b in pairwise([0, *edges, len(segment)]) if b > a]
        return [(int(segment[a]), [slice(at, min(at + BLOCK, b)) for at in range(a, b, BLOCK)]) for a, b in runs]
    places = [(code, np.flatnonzero(segment == code)) for code in range(len(SEGMENTS))]
    return [(code, [where[at : at + BLOCK] for at in range(0, len(where), BLOCK)]) for code, where in places if len(where)]


def mixed_bits(participant: Int64Array) -> Any:
    """64 even bits of each participant's number (the finaliser of SplitMix64): what a person draws is always the same."""
    bits = participant.astype(np.uint64)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def incomes(segment: int, wage: Int64Array, mixed: Any, minimum: int) -> Int64Array:
    """What a household has from the earner a month. The lowest band of BPU is what they are registered with, not what they earn:
    theirs is drawn from the nation's incomes of BPU. Of migrants nothing is known: 0.
    """
    if segment != _BPU:
        return wage
    drawn = wages_of(WAGES_BPU, (mixed & np.uint64(0xFFFFFFFF)).astype(np.int64), minimum)
    return np.where(wage <= LOWEST_INCOME_RUPIAH, drawn, wage)


def benefits(law: Law, segment: int, wage: Int64Array, incapacity_months: int) -> dict[str, Int64Array]:
    """The cash benefits of each worker, were the worker struck this month, past any waiting time and without arrears."""
    nothing = np.array([NONE])
    base = law.table("bpu.bands")["base_rupiah"][income_band(law, wage)] if segment == _BPU else wage
    of = np.array([int(segment == _BPU)])
    dead = jkm.death(law, segment=of, membership_months=nothing, arrears_months=np.array([0]))["total_rupiah"]
    months = np.array([incapacity_months])
    return {
        "jkm_death": np.broadcast_to(dead, len(wage)),
        "jkk_death": jkk.death(law, wage_rupiah=base, daily_wage_rupiah=nothing)["total_rupiah"],
        "jkk_disability": jkk.total_disability(law, wage_rupiah=base)["total_rupiah"],
        "jkk_incapacity": jkk.temporary_incapacity(law, wage_rupiah=base, months=months, days=nothing)["incapacity_rupiah"],
    }


DICTIONARIES = (*CHOICES, "sex")
