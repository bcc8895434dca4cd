"""Cases of law: a few lines of YAML that a lawyer can read, run alone and inside one shuffled batch.

The vocabulary is docs/law/cases.md. A case names a rule, a month or date, inputs and the outputs to compare.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.text import _
from jamsostek.law import engine
from jamsostek.law.engine import NO_DATE, Rule, calculate, calculate_many, get_rule
from jamsostek.law.explanation import explain
from jamsostek.law.figures import ParameterError
from jamsostek.law.loading import plain, read_yaml

_CASE_KEYS = {"name", "rule", "month", "date", "input", "output", "source", "evidence", "note", "__line__"}
EVIDENCE = ("published", "constructed")


class CaseFileError(ValueError):
    """A file of cases that cannot be read: file, line, reason."""


@dataclass(frozen=True)
class Case:
    """One case with a known answer."""

    name: str
    rule: str
    when: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    source: str
    evidence: str
    where: str


@dataclass(frozen=True)
class Difference:
    """One output that differs: alone or in the batch."""

    case: Case
    output: str
    expected: Any
    got: Any
    how: str
    steps: str


@dataclass(frozen=True)
class Outcome:
    """What became of a run of cases."""

    passed: int
    failed: int
    differences: tuple[Difference, ...]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file; CaseFileError names the line and the reason."""
    try:
        entries = read_yaml(path)
    except OSError as error:
        raise CaseFileError(f"{path}: {error.strerror}") from None
    except ParameterError as error:
        raise CaseFileError(str(error)) from None
    if not isinstance(entries, list):
        raise CaseFileError(f"{path}:1: " + _("sebuah berkas kasus berisi daftar kasus."))
    cases = [_case(entry, path, number) for number, entry in enumerate(entries, 1)]
    seen: dict[str, str] = {}
    for case in cases:
        if case.name in seen:
            raise CaseFileError(
                f"{case.where}: " + _("nama {name!r} sudah dipakai di {where}.").format(name=case.name, where=seen[case.name])
            )
        seen[case.name] = case.where
    return cases


def _case(entry: Any, path: Path, number: int) -> Case:
    if not isinstance(entry, dict):
        raise CaseFileError(f"{path}:1: " + _("kasus ke-{number} harus berupa isian bernama.").format(number=number))
    where = f"{path}:{entry['__line__']}"
    try:
        for key in entry:
            if key not in _CASE_KEYS:
                raise unknown_name(_("Kunci"), key, _CASE_KEYS - {"__line__"})
        found = get_rule(str(entry.get("rule", "")))
        if "evidence" in entry and entry["evidence"] not in EVIDENCE:
            raise unknown_name(_("Bukti"), entry["evidence"], EVIDENCE)
        when = _when(entry, found)
        inputs, expected = plain(entry.get("input") or {}), plain(entry.get("output"))
        if not isinstance(expected, dict) or not expected:
            raise InputError(_("Kasus tanpa hasil yang dibandingkan."), field="output")
        for name in inputs:
            found.input(name)
        for name in expected:
            found.output(name)
    except InputError as error:
        raise CaseFileError(f"{where}: {entry.get('name', '?')}: {error}") from None
    return Case(
        str(entry.get("name", where)),
        found.name,
        when,
        inputs,
        expected,
        str(entry.get("source", "")),
        str(entry.get("evidence", "")),
        where,
    )


def _when(entry: Mapping[str, Any], found: Rule) -> str:
    other = "date" if found.when == "month" else "month"
    if entry.get(other) is not None or entry.get(found.when) is None:
        raise InputError(_("Aturan {rule} memakai {when}, bukan {other}.").format(rule=found.name, when=found.when, other=other))
    value = entry[found.when]
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def run_cases(cases: Iterable[Case], seed: int = 0) -> Outcome:
    """Runs every case alone and inside one shuffled batch with all other cases of its rule."""
    listed = list(cases)
    batched = _batched(listed, seed)
    differences: list[Difference] = []
    failed = 0
    for case in listed:
        found = [
            *_compared(case, _alone(case), _("sendirian")),
            *_compared(case, batched.get(case.where, {}), _("dalam kumpulan")),
        ]
        failed += bool(found)
        differences.extend(found)
    return Outcome(len(listed) - failed, failed, tuple(differences))


def _alone(case: Case) -> Mapping[str, Any]:
    try:
        return calculate(case.rule, **_moment(case), **case.inputs)
    except InputError as error:
        return {"error": str(error)}


def _moment(case: Case) -> dict[str, Any]:
    return {get_rule(case.rule).when: case.when}


def _batched(cases: list[Case], seed: int) -> dict[str, Mapping[str, Any]]:
    by_rule: dict[str, list[Case]] = {}
    for case in cases:
        by_rule.setdefault(case.rule, []).append(case)
    found: dict[str, Mapping[str, Any]] = {}
    for name, of_rule in by_rule.items():
        found.update(_batch(get_rule(name), [c for c in of_rule if "error" not in _alone(c)], seed))
    return found


def _batch(found: Rule, cases: list[Case], seed: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not cases:
        return
    shuffled = random.Random(seed).sample(cases, len(cases))  # noqa: S311  (an order, not a secret)
    columns = {i.name: [c.inputs.get(i.name) for c in shuffled] for i in found.inputs}
    one_of = {n for names in found.one_of for n in names}
    given = {n: v for n, v in columns.items() if n in one_of or any(x is not None for x in v)}
    moments = [c.when for c in shuffled]
    outputs = _together(found, moments, given)
    for row, case in enumerate(shuffled):
        yield case.where, {o.name: _scalar(outputs[o.name][row]) for o in found.outputs}


def _together(found: Rule, moments: list[str], columns: Mapping[str, list[Any]]) -> dict[str, Any]:
    """`calculate_many` over rows of which each gives its own one of several inputs (each row was checked alone)."""
    engine.RULES[found.name] = replace(found, one_of=())
    arguments: dict[str, Any] = {found.when: moments, **columns}
    try:
        return calculate_many(found.name, **arguments)
    finally:
        engine.RULES[found.name] = found


def _scalar(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    return None if value == NO_DATE or value == -1 else value


def _compared(case: Case, got: Mapping[str, Any], how: str) -> list[Difference]:
    found = []
    for name, expected in case.expected.items():
        value = got.get(name, got.get("error"))
        if not equal(expected, value):
            found.append(Difference(case, name, expected, value, how, _steps(case)))
    return found


def equal(expected: Any, got: Any) -> bool:
    """Same value: numbers by value, dates by day, lists one by one, maps on the keys expected."""
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and all(k in got and equal(v, got[k]) for k, v in expected.items())
    if isinstance(expected, list):
        return isinstance(got, (list, tuple)) and len(got) == len(expected) and all(map(equal, expected, got))
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got or (expected == got and isinstance(expected, bool) == isinstance(got, bool))
    if isinstance(expected, (dt.date, str)) and not isinstance(got, (int, float, Decimal)):
        return str(expected) == str(got)
    try:
        return got is not None and Decimal(str(expected)) == Decimal(str(got))
    except InvalidOperation:
        return False


def _steps(case: Case) -> str:
    try:
        return explain(case.rule, **_moment(case), **case.inputs).text()
    except InputError as error:
        return str(error)
