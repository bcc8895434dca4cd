"""OpenFisca-core: the rules of wage earners as its variables and parameters, the whole population in one simulation.

    python -m benchmarks.openfisca_side lines POPULATION OUT [documented|tuned]
    python -m benchmarks.openfisca_side memory POPULATION [int64|float32] [documented|tuned]

As shipped, its `int` is 32 bits (a wage times parts per million wraps) and its `float` is float32 (24 bits: rupiah are lost above
16 million); `int64` widens the first, so that its rupiah are right. `float32` leaves it as it is, to count how often it is wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_core.variables.config import VALUE_TYPES

from benchmarks import figures
from jamsostek.batch.arrow import from_numbers, to_flags, to_numbers
from jamsostek.batch.lines import CHOICES, OUTPUT
from jamsostek.law.engine import RISK_CLASSES, SCALES

PERIOD = f"{figures.MONTH // 100}-{figures.MONTH % 100:02d}"
PPM = 1_000_000
PERSON = build_entity("worker", "workers", "Worker", is_person=True)
RiskClass = Enum("RiskClass", {name: name for name in RISK_CLASSES})
Scale = Enum("Scale", {name: name for name in SCALES})
INPUTS = ("wage_rupiah", "birth_date", "risk_class", "scale", "labour_intensive", "jkp_member")


def system(kind: str = "int64", look_up: str = "documented") -> TaxBenefitSystem:
    """The rules; money as `int64` or as the float32 it ships with, look-ups as `documented` or `tuned`."""
    exact = kind == "int64"
    if exact:
        VALUE_TYPES[int]["dtype"] = np.int64
    found = TaxBenefitSystem([PERSON])
    found.parameters = ParameterNode("", data=_parameters())
    looked_up = {"documented": _documented, "tuned": _tuned}[look_up]
    for variable in _variables(int if exact else float, _share if exact else _float_share, looked_up):
        found.add_variable(variable)
    return found


def _share(amount: Any, rate_ppm: Any) -> Any:
    """Half up, in whole rupiah."""
    return (amount * rate_ppm + PPM // 2) // PPM


def _documented(node: Any, choices: EnumArray) -> Any:
    """A parameter by a variable as OpenFisca's manual writes it: inside, a Python loop over the rows."""
    return node[choices]


def _tuned(node: Any, choices: EnumArray) -> Any:
    """The same by hand, from a small array."""
    return np.array([node[choice.name] for choice in choices.possible_values])[choices.view(np.ndarray)]


def _float_share(amount: Any, rate_ppm: Any) -> Any:
    return np.floor(amount * (rate_ppm / PPM) + 0.5)


def _parameters() -> dict[str, Any]:
    """The law's figures by date, as OpenFisca reads them."""
    tree: dict[str, Any] = {}
    for id in figures.IDS:
        *above, last = id.split(".")
        node = tree
        for name in above:
            node = node.setdefault(name, {})
        dated = figures.by_date(id)
        first = next(iter(dated.values()))
        if isinstance(first, dict):
            node[last] = {key: {"values": {day: value[key] for day, value in dated.items()}} for key in first}
        else:
            node[last] = {"values": dated}
    ages = {first.isoformat(): years for first, _last, years in figures.pension_ages()}
    tree["jp"]["pension_age"] = {"values": ages}
    return tree


def _variables(money: type, share: Callable[..., Any], look_up: Callable[..., Any]) -> list[type[Variable]]:
    """Inputs, then a variable for each legal concept."""

    def jkk_rate(worker: Any, period: Any, parameters: Any) -> Any:
        law = parameters(period).jkk
        rate = look_up(law.pu.rate, worker("risk_class", period)) * law.relief.covid // PPM
        if law.relief.labour_intensive == PPM:
            return rate
        return np.where(worker("labour_intensive", period), rate * law.relief.labour_intensive // PPM, rate)

    def of_scale(programme: str) -> Callable[..., Any]:
        def joined(worker: Any, period: Any, parameters: Any) -> Any:
            return look_up(parameters(period)[programme].scale, worker("scale", period)) > 0

        return joined

    def of_wage(programme: str) -> Callable[..., Any]:
        def rupiah(worker: Any, period: Any, parameters: Any) -> Any:
            law = parameters(period)[programme]
            return share(worker("wage_rupiah", period), law.pu.rate * law.relief.covid // PPM)

        return rupiah

    def jkk(worker: Any, period: Any) -> Any:
        return share(worker("wage_rupiah", period), worker("jkk_rate", period))

    def jht(payer: str) -> Callable[..., Any]:
        def rupiah(worker: Any, period: Any, parameters: Any) -> Any:
            return share(worker("wage_rupiah", period), parameters(period).jht.pu.rate[payer]) * worker("has_jht", period)

        return rupiah

    def has_jp(worker: Any, period: Any, parameters: Any) -> Any:
        limit = np.datetime64(_last_pensioner(parameters, period.start.date))
        return of_scale("jp")(worker, period, parameters) & (worker("birth_date", period) > limit)

    def up_to(*path: str) -> Callable[..., Any]:
        def base(worker: Any, period: Any, parameters: Any) -> Any:
            return np.minimum(worker("wage_rupiah", period), parameters(period)[path[0]][path[1]])

        return base

    def jp(payer: str) -> Callable[..., Any]:
        def rupiah(worker: Any, period: Any, parameters: Any) -> Any:
            law = parameters(period).jp
            rate = law.pu.rate[payer] * law.relief.due_now // PPM
            return share(worker("jp_base", period), rate) * worker("has_jp", period)

        return rupiah

    def jp_deferred(worker: Any, period: Any, parameters: Any) -> Any:
        law = parameters(period).jp
        if law.relief.due_now == PPM:
            return np.zeros(worker.count, dtype=np.int64)
        full = share(worker("jp_base", period), law.pu.rate.employer + law.pu.rate.worker) * worker("has_jp", period)
        return full - worker("jp_employer_rupiah", period) - worker("jp_worker_rupiah", period)

    def has_jkp(worker: Any, period: Any, parameters: Any) -> Any:
        return worker("jkp_member", period) & of_scale("jkp")(worker, period, parameters)

    def moved(programme: str) -> Callable[..., Any]:
        def rupiah(worker: Any, period: Any, parameters: Any) -> Any:
            amount = share(worker("moved_base", period), parameters(period).jkp.rate[f"from_{programme}"])
            return np.minimum(amount * worker("has_jkp", period), worker(f"{programme}_rupiah", period))

        return rupiah

    def kept(programme: str) -> Callable[..., Any]:
        def rupiah(worker: Any, period: Any) -> Any:
            return worker(f"{programme}_rupiah", period) - worker(f"jkp_from_{programme}_rupiah", period)

        return rupiah

    def government(worker: Any, period: Any, parameters: Any) -> Any:
        return share(worker("jkp_base", period), parameters(period).jkp.rate.government) * worker("has_jkp", period)

    def total(worker: Any, period: Any) -> Any:
        parts = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")
        return sum(worker(f"{part}_rupiah", period) for part in parts)

    return [
        _variable("wage_rupiah", money),
        _variable("birth_date", dt.date),
        _variable("risk_class", Enum, possible_values=RiskClass, default_value=RiskClass["very_low"]),
        _variable("scale", Enum, possible_values=Scale, default_value=Scale["large"]),
        _variable("labour_intensive", bool),
        _variable("jkp_member", bool),
        _variable("jkk_rate", money, jkk_rate),
        _variable("has_jht", bool, of_scale("jht")),
        _variable("has_jp", bool, has_jp),
        _variable("has_jkp", bool, has_jkp),
        _variable("jp_base", money, up_to("jp", "ceiling")),
        _variable("jkp_base", money, up_to("jkp", "ceiling")),
        _variable("moved_base", money, up_to("jkp", "moved_ceiling")),
        _variable("jkk_rupiah", money, jkk),
        _variable("jkm_rupiah", money, of_wage("jkm")),
        _variable("jht_employer_rupiah", money, jht("employer")),
        _variable("jht_worker_rupiah", money, jht("worker")),
        _variable("jp_employer_rupiah", money, jp("employer")),
        _variable("jp_worker_rupiah", money, jp("worker")),
        _variable("jp_deferred_rupiah", money, jp_deferred),
        _variable("total_rupiah", money, total),
        _variable("jkk_fund_rupiah", money, kept("jkk")),
        _variable("jkm_fund_rupiah", money, kept("jkm")),
        _variable("jkp_from_jkk_rupiah", money, moved("jkk")),
        _variable("jkp_from_jkm_rupiah", money, moved("jkm")),
        _variable("jkp_government_rupiah", money, government),
    ]


def _variable(name: str, kind: Any, formula: Callable[..., Any] | None = None, **more: Any) -> type[Variable]:
    content = {"value_type": kind, "entity": PERSON, "definition_period": DateUnit.MONTH, "label": name, **more}
    if formula:
        content["formula"] = formula
    return type(name, (Variable,), content)


def _last_pensioner(parameters: Any, on: dt.date) -> dt.date:
    """The latest birth date that has reached pension age by `on`; the age changes with the year, so year ends and `on` decide."""
    days = [*(dt.date(year, 12, 31) for year in range(2015, on.year)), on]
    return max(day.replace(year=day.year - int(parameters(day.isoformat()).jp.pension_age)) for day in days)


COLUMNS = tuple(name for name in OUTPUT if name != "package_rupiah")
"""Every line of a wage earner (a package is a migrant's)."""


def compute(rules: TaxBenefitSystem, inputs: dict[str, Any]) -> dict[str, Any]:
    """Every line of every worker in one simulation."""
    simulation: Simulation = SimulationBuilder().build_default_simulation(rules, len(inputs["wage_rupiah"]))
    for name, values in inputs.items():
        simulation.set_input(name, PERIOD, values)
    return {name: simulation.calculate(name, PERIOD) for name in COLUMNS}


def inputs_of(table: pa.Table) -> dict[str, Any]:
    """A population as the arrays OpenFisca takes."""
    columns = {name: table[name].combine_chunks() for name in INPUTS}
    found: dict[str, Any] = {
        "wage_rupiah": to_numbers(columns["wage_rupiah"]),
        "birth_date": to_numbers(columns["birth_date"].view(pa.int32())).astype("datetime64[D]"),
        "labour_intensive": to_flags(columns["labour_intensive"]),
        "jkp_member": to_flags(columns["jkp_member"]),
    }
    for name, options in (("risk_class", RiskClass), ("scale", Scale)):
        order = [CHOICES[name].index(value) for value in columns[name].dictionary.to_pylist()]
        codes = np.array(order, dtype=np.int16)[to_numbers(columns[name].indices)]
        found[name] = EnumArray(codes, options)
    return found


def read(source: Path, *others: str) -> pa.Table:
    """The columns needed of a population."""
    files = sorted(source.rglob("*.parquet"))
    dictionaries = ["segment", "risk_class", "scale"]
    parts = [pq.ParquetFile(f, memory_map=True, read_dictionary=dictionaries).read([*others, *INPUTS]) for f in files]
    return pa.concat_tables(parts).unify_dictionaries()


def lines(source: Path, out: Path, look_up: str = "documented") -> None:
    """Bill and allocation of every worker, Parquet to Parquet, with the reader and the writer that ours uses."""
    from benchmarks.our_side import schema
    from jamsostek.batch.parts import lines_writer

    rules = system(look_up=look_up)
    table = read(source, "participant", "segment")
    found = compute(rules, inputs_of(table))
    found["package_rupiah"] = np.zeros(len(table), dtype=np.int64)
    out.mkdir(parents=True)
    with lines_writer(out / "part-0.parquet") as writer:
        amounts = (from_numbers(found[name].astype(kind.to_pandas_dtype()), kind) for name, kind in OUTPUT.items())
        result = pa.table([table["participant"], table["segment"], *amounts], names=schema().names).cast(schema())
        writer.write_table(result, row_group_size=1 << 19)


def memory(source: Path, kind: str = "int64", look_up: str = "documented") -> None:
    """The computation alone, arrays in memory; and for float32, how often it is wrong."""
    rules, inputs = system(kind, look_up), inputs_of(read(source))
    if kind == "float32":
        inputs["wage_rupiah"] = inputs["wage_rupiah"].astype(np.float32)
    cpu, wall = time.process_time(), time.perf_counter()
    found = compute(rules, inputs)
    told: dict[str, Any] = {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall}
    told["total_rupiah"] = int(found["total_rupiah"].astype(np.int64).sum())
    if kind == "float32":
        told |= _wrong(read(source), found)
    print(json.dumps(told))


def _wrong(table: pa.Table, found: dict[str, Any]) -> dict[str, float]:
    """The share of rows whose total, and of those where any column, is not the right rupiah."""
    right = compute(system(), inputs_of(table))
    wrong = {name: found[name].astype(np.int64) != right[name] for name in COLUMNS}
    return {
        "total_wrong": float(wrong["total_rupiah"].mean()),
        "any_wrong": float(np.logical_or.reduce(list(wrong.values())).mean()),
    }


if __name__ == "__main__":
    task, population, *more = sys.argv[1:]
    if task == "lines":
        lines(Path(population), Path(more[0]), *more[1:])
    else:
        memory(Path(population), *more)
