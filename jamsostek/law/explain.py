"""Every rupiah explains itself: the steps of a rule, recorded while the rule itself runs.

A legal concept is a function marked `@step`; its formula is one template whose names are the function's arguments and the
ids of figures, so words and numbers are two renderings of one line. While `recording` is on, each call notes its inputs,
its result, the figures it read (with day, article, source, grade) and the steps inside it. Off, a step costs one look.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

import numpy as np

from jamsostek.law.parameters import InForce, Law

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Step:
    """One step of a computation as it happened, for one person."""

    name: str
    title: str
    formula: str
    unit: str
    article: str
    inputs: dict[str, Any]
    result: Any = None
    figures: dict[str, InForce] = field(default_factory=dict)
    provisional: set[str] = field(default_factory=set)
    children: list[Step] = field(default_factory=list)


_open_step: ContextVar[Step | None] = ContextVar("open_step", default=None)


class RecordingLaw(Law):
    """A law that tells the open step which figures were read."""

    def in_force(self, id: str) -> InForce:
        """As Law.in_force, noting the figure."""
        found = self._found.get(id) or super().in_force(id)
        current = _open_step.get()
        if current is not None and id not in current.figures and id != "rounding.half_up":
            current.figures[id] = found
            if self.past_renewal(found):
                current.provisional.add(id)
        return found

    def series(self, id: str) -> tuple[tuple[int, int, Any], ...]:
        """As Law.series, noting the figure."""
        self.uses(id)
        return super().series(id)

    def uses(self, id: str) -> None:
        """Notes a figure read through a table made from it."""
        current = _open_step.get()
        if current is not None:
            current.figures.setdefault(id, self.parameters.latest(id, self))


def recording_law(law: Law) -> RecordingLaw:
    """The same law, recording."""
    return RecordingLaw(law.day, law.known_on, law.readings, law.parameters, law._found)


def step(title: str, formula: str = "", *, unit: str = "rupiah", article: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Marks a function of a law as one legal concept.

    `title` and `formula` are Indonesian (translated when shown). The holes of a formula are told in law/formula.py; each is
    read twice, as words and as numbers. `article` names the source where no single figure carries it.
    `unit` is the result's: rupiah, ppm, permille, flag, count, date, days, table.
    """

    def marked(function: Callable[P, R]) -> Callable[P, R]:
        names = tuple(inspect.signature(function).parameters)[1:]

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            parent = _open_step.get()
            if parent is None:
                return function(*args, **kwargs)
            inputs: dict[str, Any] = dict(zip(names, args[1:], strict=False))
            inputs.update(kwargs)
            current = Step(function.__qualname__, title, formula, unit, article, inputs)
            parent.children.append(current)
            token = _open_step.set(current)
            try:
                current.result = result = function(*args, **kwargs)
            finally:
                _open_step.reset(token)
            return result

        run.step = (title, formula, unit, article)  # type: ignore[attr-defined]
        return run

    return marked


def record(name: str, title: str, article: str, inputs: dict[str, Any], run: Callable[[], Any]) -> Step:
    """Runs `run` with recording on and returns the root step."""
    root = Step(name, title, "", "outputs", article, inputs)
    token = _open_step.set(root)
    try:
        root.result = run()
    finally:
        _open_step.reset(token)
    return root


def plain(value: Any) -> Any:
    """Arrays of one as Python scalars, longer ones as lists, mappings alike."""
    if type(value) is int:
        return value
    if isinstance(value, np.ndarray):
        return value.item() if value.size == 1 else value.tolist()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value
