"""Which figures a rule reads, read off its code: for reference pages and for checks that every figure named exists."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

from jamsostek.law.engine import Rule
from jamsostek.law.parameters import load

_ASKING = {
    "rupiah", "rupiahs", "ppm", "ppms", "permille", "number", "numbers", "flag", "flags", "text", "names", "table", "series",
    "uses",
}  # fmt: skip
_BY_KEYWORD = "figure"
"""Where a helper is told a figure by this keyword its other texts are names of its own, as all of a condition without one are."""

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
"""What an id handed to a helper looks like; a text with a full stop is none."""


def figure_ids(rule: Rule) -> list[str]:
    """The ids of the figures a rule can ask the law for, in the order of its code."""
    found: dict[str, None] = {}
    _collect(inspect.unwrap(rule.compute), found, set())
    return [id for id in found if id in load().by_id]


def series_ids(rule: Rule) -> set[str]:
    """Of these, the figures it reads through time: every row, not the one of the day."""
    found: dict[str, None] = {}
    seen: set[Any] = set()
    _collect(inspect.unwrap(rule.compute), found, seen)
    return {id for function in seen for id in _reads(function).through_time}


class _Reads(NamedTuple):
    """What the source of one function asks for and calls."""

    ids: tuple[str, ...]
    called: tuple[str, ...]
    through_time: tuple[str, ...]


def _collect(function: Any, found: dict[str, None], seen: set[Any]) -> None:
    if function in seen or not getattr(function, "__module__", "").startswith("jamsostek.law"):
        return
    seen.add(function)
    found.update(dict.fromkeys(_reads(function).ids))
    module = inspect.getmodule(function)
    for name in _reads(function).called:
        target = getattr(module, name, None)
        if callable(target) and inspect.isfunction(inspect.unwrap(target)):
            _collect(inspect.unwrap(target), found, seen)
    if function.__name__ in ("bill_layer", "allocation_layer"):
        from jamsostek.law.programmes import programmes

        for programme in programmes():
            part = programme.bill if function.__name__ == "bill_layer" else programme.allocation
            _collect(inspect.unwrap(part), found, seen)


@cache
def _reads(function: Any) -> _Reads:
    """Ids asked for, names of functions called, ids asked for through time, in the source of one function."""
    (definition,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(function))).body
    assert isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef))
    ids, called, through_time = [], [], []
    for node in (inner for statement in definition.body for inner in ast.walk(statement)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr in _ASKING and node.args:
                asked = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                ids += asked
                through_time += asked if node.func.attr == "series" else []
            elif isinstance(node.func, ast.Name):
                called.append(node.func.id)
                told = [k.value for k in node.keywords if k.arg == _BY_KEYWORD]
                told = told if told or node.func.id == "condition" else node.args
                texts = [a.value for a in told if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                ids += [text for text in texts if _ID.fullmatch(text)]
    return _Reads(tuple(ids), tuple(called), tuple(through_time))


def module_ids(module: ModuleType) -> set[str]:
    """Every id a module's code asks for."""
    return {
        id
        for _name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        for id in _reads(inspect.unwrap(function)).ids
    }
