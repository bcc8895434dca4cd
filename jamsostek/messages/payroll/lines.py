"""Each worker's figures as readable lines: `4.500.000 × 0,89 % = 40.050 (JKK, PP 44/2015 Pasal 16)`.

The words and articles are those the law recorded while it ran (`law.explain`), for one worker of each group of equals:
same risk class, programmes and kind of wage, and a wage on the same side of every ceiling the law read. Within a group
only the wage differs, so the recorded line serves as a template. Nothing of the law is written here a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from jamsostek import law
from jamsostek.core.rupiah import Int64Array, format_number, format_rupiah
from jamsostek.core.text import _, speaking
from jamsostek.messages.payroll.bill import RULE, Bill, inputs_of

_STEP_OF_PAYER = {"employer": "employer", "worker": "of_worker"}


@dataclass(frozen=True)
class Template:
    """A line around a worker's wage and amount; without `after` the wage is not in it (a ceiling stands there)."""

    before: str
    after: str | None
    ending: str

    def line(self, wage: str, amount: str) -> str:
        """The line of one worker."""
        middle = self.before if self.after is None else f"{self.before}{wage}{self.after}"
        return f"{middle}{amount}{self.ending}"


@dataclass(frozen=True)
class FormulaUsed:
    """A formula of the bill: programme, title, formula in words, an example in numbers, its article."""

    programme: str
    title: str
    formula: str
    example: str
    article: str


class Lines:
    """The explained lines of a bill in one language."""

    def __init__(self, bill: Bill, language: str) -> None:
        self.bill = bill
        self.language = language
        self._group_of_row: Int64Array = np.zeros(0, dtype=np.int64)
        self.explained: list[dict[str, Any]] = []
        """One explanation (`Explanation.as_dict`) for each group of equals."""
        if bill.payroll.rows:
            self._group()

    def _group(self) -> None:
        """Finds the groups of equals and explains the first worker of each."""
        rows, bill = self.bill.payroll.rows, self.bill
        first = self._explain(0)
        ceilings = np.array(sorted(_rupiah_figures(first)), dtype=np.int64)
        above = np.searchsorted(ceilings, bill.amounts["wage_rupiah"], side="left").tolist()
        keys = [
            (risk_class, programmes, side, row.wage_rupiah is None)
            for row, risk_class, programmes, side in zip(rows, bill.risk_classes, bill.programmes, above, strict=True)
        ]
        number: dict[Any, int] = {}
        groups = [number.setdefault(key, len(number)) for key in keys]
        self._group_of_row = np.array(groups, dtype=np.int64)
        starts = np.unique(self._group_of_row, return_index=True)[1]
        self.explained = [first, *(self._explain(int(at)) for at in starts[1:])]

    def _explain(self, at: int) -> dict[str, Any]:
        row = self.bill.payroll.rows[at]
        return law.explain(RULE, month=self.bill.month, law=self.bill.law, **inputs_of(row, self.bill.firm)).as_dict(
            self.language
        )

    def lines(self) -> Iterator[list[str]]:
        """For each worker, in the order of the bill: the wage, then one line for each share of the bill."""
        wages = self.bill.amounts["wage_rupiah"].tolist()
        daily = [row.daily_wage_rupiah for row in self.bill.payroll.rows]
        amounts = zip(*(self.bill.amounts[output].tolist() for _p, _payer, output in self.bill.shares), strict=True)
        for wage, per_day, shares, group in zip(wages, daily, amounts, self._group_of_row.tolist(), strict=True):
            shown = f"{wage:,}".replace(",", ".")
            by_day, *templates = self._templates[group]
            parts = [template.line(shown, f"{a:,}".replace(",", ".")) for template, a in zip(templates, shares, strict=True)]
            yield [shown if per_day is None else by_day.line(format_number(per_day), shown), *parts]

    @cached_property
    def _templates(self) -> list[list[Template]]:
        """Of each group: the wage's template (used for daily wages), then those of the shares."""
        with speaking(self.language):
            return [
                [_daily_template(told)]
                + [_share_template(told, programme, payer) for programme, payer, _output in self.bill.shares]
                for told in self.explained
            ]

    @cached_property
    def figures(self) -> dict[str, dict[str, Any]]:
        """Every figure of law that any line stands on, by id."""
        found: dict[str, dict[str, Any]] = {}
        for told in self.explained:
            found.update(told["figures"])
        return dict(sorted(found.items()))

    @cached_property
    def formulas(self) -> list[FormulaUsed]:
        """Every different formula of the bill, in the law's order, each with the first worker's numbers."""
        found: dict[tuple[str, str], FormulaUsed] = {}
        for told in self.explained:
            for owner, one in _formulas(told["steps"], ""):
                key = (one["title"], re.sub(r"[\d.]+", "#", one["formula"]))  # a sum has its numbers for words
                numbers, result = one["numbers"], one["result_text"]
                example = result if numbers == result else f"{numbers} = {result}"
                found.setdefault(key, FormulaUsed(owner, one["title"], one["formula"], example, one["article"]))
        return list(found.values())

    @property
    def provisional(self) -> list[str]:
        """Figures used past the day their successor was expected."""
        return sorted({name for told in self.explained for name in told["provisional"]})

    @property
    def interpretations(self) -> list[int]:
        """Numbers of the unsettled points of law that figures used here depend on."""
        found = {figure.get("interpretation") for figure in self.figures.values()}
        return sorted(number for number in found if number)


def _rupiah_figures(told: Mapping[str, Any]) -> set[int]:
    """The single amounts of rupiah that the law read: its ceilings."""
    values = [figure["value"] for figure in told["figures"].values() if figure["unit"] == "rupiah"]
    return {value for value in values if isinstance(value, int)}


def _daily(told: Mapping[str, Any]) -> int | None:
    value = told["inputs"].get("daily_wage_rupiah")
    return int(value) if value is not None else None


def _step(steps: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any] | None:
    """The first step of that name, in depth."""
    for one in steps:
        found = one if one["step"] == name else _step(one["steps"], name)
        if found is not None:
            return found
    return None


def _programme_step(told: Mapping[str, Any], output: str) -> Mapping[str, Any] | None:
    """The step of a programme's bill: the deepest whose results hold the output."""

    def deepest(steps: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        for one in steps:
            if isinstance(one["result"], Mapping) and output in one["result"]:
                return deepest(one["steps"]) or one
        return None

    return deepest(told["steps"])


def _share_template(told: Mapping[str, Any], programme: str, payer: str) -> Template:
    own = _programme_step(told, f"{programme}_{payer}_rupiah")
    if programme not in told["outputs"]["programmes"]:
        reason = _step(own["steps"], "member") if own else None
        cited = f" ({_shortest(reason['article'])})" if reason and reason["article"] else ""
        return Template(_("tidak ikut: "), None, cited)
    counted = _step(own["steps"], _STEP_OF_PAYER[payer]) if own else None
    cited = f" ({programme.upper()}, {_shortest(counted['article'])})" if counted else ""
    return _template(counted, told["outputs"]["wage_rupiah"], cited)


def _daily_template(told: Mapping[str, Any]) -> Template:
    counted = _step(told["steps"], "monthly_wage")
    cited = f" ({_shortest(counted['article'])})" if counted and counted["article"] else ""
    return _template(counted, _daily(told), cited)


def _template(step: Mapping[str, Any] | None, wage: int | None, ending: str) -> Template:
    """A recorded line cut open at the wage."""
    if step is None:
        return Template("", None, ending)
    numbers = str(step["numbers"])
    at = re.search(rf"(?<![\d.]){re.escape(format_rupiah(wage))}(?![\d.]*\d)", numbers) if wage is not None else None
    if at is None:
        return Template(f"{numbers} = ".replace("Rp", ""), None, ending)
    before, after = numbers[: at.start()].replace("Rp", ""), numbers[at.end() :].replace("Rp", "")
    return Template(before, f"{after} = ", ending)


def _shortest(article: str) -> str:
    """Articles without those that only say an earlier one more exactly (Pasal 28; Pasal 28 ayat (2))."""
    kept: list[str] = []
    for one in article.split("; "):
        if not any(one.startswith(earlier) for earlier in kept):
            kept.append(one)
    return "; ".join(kept)


def _formulas(steps: Sequence[Mapping[str, Any]], owner: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Steps that have a formula, each with the title of the programme (or layer) it stands in."""
    for one in steps:
        if one["formula"]:
            yield owner, one
        yield from _formulas(one["steps"], owner if one["formula"] else one["title"])
