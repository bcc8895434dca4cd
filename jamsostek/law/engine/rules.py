"""The register of rules by their public names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jamsostek.core.errors import unknown_name
from jamsostek.core.text import _
from jamsostek.law.engine.arrays import Outputs
from jamsostek.law.engine.inputs import Input
from jamsostek.law.engine.outputs import Output
from jamsostek.law.explain import step


@dataclass(frozen=True)
class Rule:
    """A rule of law by its public name."""

    name: str
    title: str
    when: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    source: str
    one_of: tuple[tuple[str, ...], ...]
    at_dates: bool
    compute: Callable[..., Outputs]

    def input(self, name: str) -> Input:
        """The input of that name, or an error that offers the nearest."""
        for found in self.inputs:
            if found.name == name:
                return found
        raise unknown_name(_("Isian"), name, [i.name for i in self.inputs])

    def output(self, name: str) -> Output:
        """The output of that name, or an error that offers the nearest."""
        for found in self.outputs:
            if found.name == name:
                return found
        raise unknown_name(_("Hasil"), name, [o.name for o in self.outputs])


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    title: str,
    *,
    when: str,
    inputs: Sequence[Input],
    outputs: Sequence[Output],
    source: str,
    one_of: Sequence[tuple[str, ...]] = (),
    at_dates: bool = False,
) -> Callable[[Callable[..., Outputs]], Callable[..., Outputs]]:
    """Registers a rule. `when` is month or date; `one_of` names inputs of which exactly one must be given.

    `at_dates` hands the rule the month (YYYYMM) or day (days since 1970) of each row as its argument `when`.
    """

    def registered(function: Callable[..., Outputs]) -> Callable[..., Outputs]:
        marked = step(title, unit="outputs", article=source)(function)
        RULES[name] = Rule(name, title, when, tuple(inputs), tuple(outputs), source, tuple(one_of), at_dates, function)
        return marked

    return registered


def get_rule(name: str) -> Rule:
    """The rule of that name, or an error that offers the nearest."""
    if name not in RULES:
        raise unknown_name(_("Aturan"), name, RULES)
    return RULES[name]
