"""Reforms beside the law as it stands, over one nation: one reading of the people for all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jamsostek import __version__
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.text import _
from jamsostek.coverage.laboratory.assumptions import shipped, values
from jamsostek.coverage.laboratory.cells import DIMENSIONS, grouped
from jamsostek.coverage.laboratory.effects import MEASURES, Effects, effects
from jamsostek.coverage.laboratory.reform import Reform, digest
from jamsostek.coverage.laboratory.rows import Setup
from jamsostek.coverage.laboratory.scan import Scan, scan
from jamsostek.law import law_at
from jamsostek.synth.population import STATE_FILE

BASELINE = "baseline"


@dataclass(frozen=True)
class Scenario:
    """One law with its subsidies, and its effects cell by cell (see `effects.MEASURES`)."""

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    digest: str
    law_digest: str
    effects: Effects

    def total(self, measure: str) -> int:
        """The nation's."""
        return int(self.effects[measure].sum())

    def by(self, dimension: str, measure: str) -> dict[str | int, int]:
        """By province code, sex, tenth of income (0: unknown) or segment."""
        return grouped(self.effects[measure], dimension)


@dataclass(frozen=True)
class Result:
    """What a simulation found; the first scenario is the law as it stands."""

    month: int
    years: int
    people: Mapping[str, Any]
    assumed: Mapping[str, Any]
    found: Scan
    scenarios: tuple[Scenario, ...]

    @property
    def baseline(self) -> Scenario:
        """The law as it stands."""
        return self.scenarios[0]

    @property
    def reforms(self) -> tuple[Scenario, ...]:
        """The reforms, in the order given."""
        return self.scenarios[1:]

    def plain(self) -> dict[str, Any]:
        """The whole result as JSON has it; no time of day, no machine: the same file gives the same bytes."""
        return {
            "version": __version__,
            "month": format_month(self.month),
            "years": self.years,
            "people": dict(self.people),
            "rows": self.found.rows,
            "refused": self.found.refused,
            "tenths_from_rupiah": list(self.found.bounds),
            "assumptions": {
                id: {
                    "value": self.assumed[id],
                    "grade": one.grade if self.assumed[id] == one.value else "reform",
                    "source": one.source,
                }
                for id, one in shipped(self.month).items()
            },
            "scenarios": [_plain(one) for one in self.scenarios],
        }


def _plain(one: Scenario) -> dict[str, Any]:
    groups = {dimension: {str(group): {} for group in one.by(dimension, "members")} for dimension in DIMENSIONS}  # type: dict[str, dict[str, dict[str, int]]]
    for dimension in DIMENSIONS:
        for measure in MEASURES:
            for group, value in one.by(dimension, measure).items():
                groups[dimension][str(group)][measure] = value
    return {
        "name": one.name, "title": dict(one.title), "about": dict(one.about), "digest": one.digest, "law_digest": one.law_digest,
        "total": {measure: one.total(measure) for measure in MEASURES}, **groups,
    }  # fmt: skip


def people_of(folder: Path) -> dict[str, Any]:
    """Which people these are: number and seed of a synthetic nation; of other people a digest of file names and sizes."""
    try:
        asked = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))["asked"]
        return {"workers": asked["workers"], "seed": asked["seed"], "figures": asked["figures"]}
    except (OSError, ValueError, KeyError, TypeError):
        files = sorted((p.relative_to(folder).as_posix(), p.stat().st_size) for p in folder.rglob("*.parquet"))
        return {"digest": digest(files)}


def simulate(
    reforms: Sequence[Reform], people: Path, *, month: int | None = None, processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Result:  # fmt: skip
    """Every reform beside the law as it stands, in one reading of `people` (folders province=NN of Parquet).

    `month` replaces the reforms' own. Raises InputError for reforms that cannot stand side by side and people
    that cannot be read.
    """
    _comparable(reforms, month)
    when, years = month or reforms[0].month, reforms[0].years
    assumed = values(reforms[0].assumptions, when)
    laws, paid, place = _laws(reforms, when)
    found = scan(people, Setup(when, laws, paid, assumed), processes=processes, progress=progress)
    standing = law_at(when)
    title = {"id": "Hukum yang berlaku", "en": "The law as it stands"}
    scenarios = [Scenario(BASELINE, title, {"id": "", "en": ""}, "", standing.digest, effects(found, 0, (), assumed, years))]
    for one in reforms:
        of_reform = effects(found, place[one.name], one.subsidies, assumed, years)
        scenarios.append(Scenario(one.name, one.title, one.about, one.digest, one.law(when).digest, of_reform))
    return Result(when, years, people_of(people), assumed, found, tuple(scenarios))


def _comparable(reforms: Sequence[Reform], month: int | None) -> None:
    """Side by side means the same names once, the same month, years and assumptions."""
    first = reforms[0]
    for one in reforms[1:]:
        if one.name in [other.name for other in reforms if other is not one]:
            raise InputError(
                _("Dua berkas bernama {name}.").format(name=one.name), field="against", value=one.name,
                remedy=_("Beri nama lain pada salah satunya."),
            )  # fmt: skip
        for field, same in (
            ("month", month is not None or one.month == first.month),
            ("years", one.years == first.years),
            ("assumptions", values(one.assumptions, first.month) == values(first.assumptions, first.month)),
        ):
            if not same:
                raise InputError(
                    _("{path}: {field} lain daripada {first}; keduanya tidak dapat dibandingkan.").format(
                        path=one.path, field=field, first=first.path
                    ),
                    field=field,
                    remedy=_("Samakan, atau jalankan satu per satu."),
                )


def _laws(
    reforms: Sequence[Reform], month: int
) -> tuple[tuple[tuple[Path, ...], ...], tuple[tuple[str, ...], ...], dict[str, int]]:
    """The laws to compute, each once; the budgets asked of each; and which law each reform stands on.

    A reform that changes no figure of the month stands on the law as it is: it costs nothing and differs in nothing.
    """
    laws: list[tuple[Path, ...]] = [()]
    digests, budgets, place = [law_at(month).digest], [set[str]()], {}
    for one in reforms:
        known = one.law(month).digest
        if known not in digests:
            digests.append(known)
            laws.append(one.laws)
            budgets.append(set())
        place[one.name] = digests.index(known)
        budgets[place[one.name]] |= {rule.payer for rule in one.subsidies}
    return tuple(laws), tuple(tuple(sorted(one)) for one in budgets), place
