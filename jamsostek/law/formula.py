"""The one line of a step, read twice: in words and with a person's numbers.

A formula is Indonesian text (translated when it holds words) with holes:

    {name}                      an argument of the step, or a figure of law by its id
    {figure[argument]}          the key of the figure that an argument chooses; {figure[#key]} a fixed one
    {table[argument].column}    the cell of the line an argument chooses
    {table.column@argument}     the cell of the last line whose first column the argument has reached
    {name|expression}           the argument, or where it was not given the expression
    {Σ table.column: amount}    every slice of an amount times the slice's own share, added; `from start` begins there,
                                `by figure` multiplies the table's bounds
    {Σ figure × argument ≤ most}   for every key the argument (up to the most) times the figure, added
    {Π argument}                the product of 1 + argument from a line to the last
    {Σ argument × top/bottom}   the argument of every line times that line's quotient, added
    {count argument}            how many lines there are

` × {x}` is left out where x is a relief that is not in force, 100 %, or a condition that holds. `⟨text⟩` is left out where a
figure in it is not in force or a cell in it is 0; `⟨x: text⟩` unless x, `⟨!x: text⟩` if x. What differs between the lines of
one person (children, payments, injuries) is written line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from jamsostek.core.text import _, language
from jamsostek.law.engine import NO_DATE, NONE, Ragged
from jamsostek.law.explain import Step, plain
from jamsostek.law.labels import key_label, label
from jamsostek.law.parameters import InForce
from jamsostek.law.units import NO_END, in_unit, unit_of, value_text

_NAME = r"[A-Za-z_][\w.]*"
_SECTION = re.compile(rf"⟨(?:(?P<no>!)?(?P<test>{_NAME}): )?(?P<text>[^⟩]*)⟩")
_HOLE = re.compile(r"(?P<lead> × )?\{(?P<inner>[^{}]+)\}")
_SIMPLE = re.compile(rf"(?P<name>{_NAME})(?:\[(?P<key>#?\w+)\](?:\.(?P<column>\w+))?)?(?:\?(?P<test>\w+))?")
_CELL = re.compile(rf"(?P<table>{_NAME})\.(?P<column>\w+)@(?P<argument>\w+)")
_SLICES = re.compile(
    rf"Σ (?P<table>{_NAME})\.(?P<column>\w+): (?P<amount>\w+)(?: from (?P<start>\w+))?(?: by (?P<factor>{_NAME}))?"
)
_KEYED = re.compile(rf"Σ (?P<figure>{_NAME}) × (?P<argument>\w+) ≤ (?P<most>{_NAME})")
_QUOTIENTS = re.compile(r"Σ (?P<argument>\w+) × (?P<top>\w+)/(?P<bottom>\w+)")
_ENDLESS = 10**18
_INDEX_DIGITS = Decimal("0.000001")


def words(step: Step, told: list[str] | None = None) -> str:
    """The formula in words: names of arguments and titles of figures; a sentence is already in words and keeps its numbers."""
    if not step.formula:
        return ""
    if _is_sentence(step.formula) or _PERSONAL & set(step.formula):
        return _words(step, told)
    key = (step.formula, language(), _chosen(step))
    if key not in _worded:
        if len(_worded) >= MOST_WORDED:
            _worded.clear()
        _worded[key] = _words(step, told)
    return _worded[key]


_PERSONAL = frozenset("⟨|Σ")
"""Signs of a formula whose words change with a person's amounts."""
_worded: dict[Any, str] = {}
MOST_WORDED = 4096
"""Lines of words kept; beyond it they are read anew."""


def _chosen(step: Step) -> tuple[Any, ...]:
    """What else the words depend on: which figures are in force, and the choices and conditions (never an amount)."""
    figures = [(id, found.row is None) for id, found in step.figures.items()]
    inputs = [(n, v.item()) for n, v in step.inputs.items() if n[-7:] != "_rupiah" and isinstance(v, np.ndarray) and v.size == 1]
    return (*figures, *inputs)


def _words(step: Step, told: list[str] | None) -> str:
    reader = _Words(step)
    if _is_sentence(reader.sections(step.formula)):
        return "; ".join(numbers(step) if told is None else told)
    return _functions(reader.read())


_NOT_WORDS = {"min", "max", "dan"}
"""What a formula may say beside its holes without being a sentence."""


def numbers(step: Step) -> list[str]:
    """The formula with this person's numbers: one line, or one for each line of the person's where they differ."""
    if not step.formula:
        return [""]
    return [_functions(_Numbers(one).read()) for one in lines_of(step)]


def results(step: Step) -> list[str]:
    """The result of each line of `numbers`."""
    return [result_text(one) for one in lines_of(step)]


def result_text(step: Step) -> str:
    """The result of a step as a person reads it; nothing where the step only holds others."""
    if isinstance(step.result, tuple):
        return ", ".join(_index_text(top, bottom) for top, bottom in zip(*step.result, strict=True))
    if isinstance(step.result, (dict, Ragged)):
        return ""
    value = plain(step.result)
    if step.unit == "date" and value == NO_DATE:
        return _("tidak ada")
    return in_unit(step.unit, _flat(value))


def _flat(value: Any) -> Any:
    """One person's row of a table of rows is its list."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _index_text(top: int, bottom: int) -> str:
    exact = Fraction(int(top), int(bottom))
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_INDEX_DIGITS, ROUND_HALF_UP)
    return in_unit("index_product", rounded)


def _functions(text: str) -> str:
    """`min(` and `max(` in the reader's words."""
    if "(" not in text:
        return text
    return text.replace("min(", _("terkecil dari (")).replace("max(", _("terbesar dari ("))


def lines_of(step: Step) -> list[Step]:
    """The step cut into the person's lines where an argument of its formula differs from line to line."""
    count = _lines_in(step.result)
    if count < 2 or not any(_lines_in(step.inputs.get(name)) == count for name in _asked(step.formula)):
        return [step]
    return [_line(step, row, count) for row in range(count)]


@cache
def _pieces(pattern: re.Pattern[str], text: str) -> tuple[str | re.Match[str], ...]:
    """A text cut at the places a pattern finds: what lies between, and what was found."""
    found: list[str | re.Match[str]] = []
    at = 0
    for match in pattern.finditer(text):
        found += [text[at : match.start()], match]
        at = match.end()
    return (*found, text[at:])


def _filled(pattern: re.Pattern[str], render: Callable[[re.Match[str]], str], text: str) -> str:
    """The text with each place found written out."""
    return "".join([piece if isinstance(piece, str) else render(piece) for piece in _pieces(pattern, text)])


@cache
def _is_sentence(formula: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]+", _HOLE.sub("", formula))) - _NOT_WORDS)


@cache
def _asked(formula: str) -> frozenset[str]:
    """Every name a formula asks for."""
    asked = {name for hole in _HOLE.finditer(formula) for name in re.findall(_NAME, hole["inner"])}
    return frozenset(asked | {section["test"] for section in _SECTION.finditer(formula)})


@cache
def _form(inner: str) -> tuple[str, re.Match[str] | None]:
    """Which of the long forms a hole has, and its parts; nothing for a simple one."""
    for kind, pattern in (("slices", _SLICES), ("keyed", _KEYED), ("quotients", _QUOTIENTS), ("reached", _CELL)):
        found = pattern.fullmatch(inner)
        if found:
            return kind, found
    return "", None


@cache
def _simple(text: str) -> re.Match[str] | None:
    return _SIMPLE.fullmatch(text)


def _lines_in(value: Any) -> int:
    if isinstance(value, tuple):
        return len(value[0])
    if not isinstance(value, np.ndarray) or value.ndim == 0:
        return 1
    return int(value.shape[1] if value.ndim == 2 and value.shape[0] == 1 else value.shape[0])


def _line(step: Step, row: int, count: int) -> Step:
    inputs = {name: _of_line(value, row, count) for name, value in step.inputs.items()}
    inputs[_LINE], inputs[_ALL] = row, step.inputs
    result = tuple(part[row : row + 1] for part in step.result) if isinstance(step.result, tuple) else None
    return replace(step, inputs=inputs, result=_of_line(step.result, row, count) if result is None else result)


_LINE, _ALL = "(line)", "(all lines)"


def _of_line(value: Any, row: int, count: int) -> Any:
    if not isinstance(value, np.ndarray) or _lines_in(value) != count:
        return value
    return value[0, row] if value.ndim == 2 and value.shape[0] == 1 else value[row]


class _Reader:
    """Reads a formula of one step; what a hole becomes is decided below."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.inputs = step.inputs
        self.figures = step.figures

    def read(self) -> str:
        """The whole formula."""
        return _filled(_HOLE, self._hole, self.sections(_(self.step.formula))).strip()

    def sections(self, formula: str) -> str:
        """The formula with the sections that are left out taken away."""
        return _filled(_SECTION, self._section, formula) if "⟨" in formula else formula

    def _section(self, match: re.Match[str]) -> str:
        if match["test"] is None:
            return (
                match["text"]
                if all(self._holds(m["inner"]) for m in _pieces(_HOLE, match["text"]) if isinstance(m, re.Match))
                else ""
            )
        figure = self.figures.get(match["test"])
        values = np.ravel(figure.value if figure is not None else self.inputs.get(match["test"], 0)).astype(bool)
        return match["text"] if (~values if match["no"] else values).any() else ""

    def _holds(self, inner: str) -> bool:
        simple = _simple(inner)
        figure = self.figures.get(simple["name"]) if simple else None
        if simple is None or figure is None:
            return True
        return figure.row is not None and (simple["column"] is None or bool(self._cell(figure, simple["key"], simple["column"])))

    def _hole(self, match: re.Match[str]) -> str:
        lead, inner = match["lead"] or "", match["inner"]
        kind, found = _form(inner)
        if kind:
            return lead + str(getattr(self, kind)(found))
        if inner.startswith("Π "):
            return lead + self.product(inner[2:])
        if inner.startswith("count "):
            return lead + self.count(inner[6:])
        first, either, other = inner.partition("|")
        if either and _absent(self.inputs.get(first)):
            return lead + re.sub(_NAME, lambda m: self.simple(m[0], None, None), other)
        simple = _simple(first)
        assert simple is not None, f"{self.step.name}: {{{inner}}} is no hole of a formula"
        if lead and self._idle(simple["name"], simple["test"]):
            return ""
        if lead and simple["name"] not in self.figures and unit_of(simple["name"]) == "flag":
            return lead + self.condition(simple["name"])
        return lead + self.simple(simple["name"], simple["key"], simple["column"])

    def _idle(self, name: str, test: str | None) -> bool:
        """A factor that changes nothing for this person: a relief not in force, 100 %, a condition that holds."""
        figure = self.figures.get(name)
        if figure is not None:
            return figure.row is None or (test is not None and not plain(self.inputs.get(test)))
        neutral = {"flag": 1, "ppm": 1_000_000}.get(unit_of(name))
        return neutral is not None and name != "rate_ppm" and plain(self.inputs.get(name)) == neutral

    def _key(self, figure: InForce, key: str | None) -> str | None:
        """The name of the figure's key that is meant."""
        keys = figure.parameter.keys
        if key is None or not keys:
            return None
        if key.startswith("#"):
            return key[1:]
        position = plain(self.inputs.get(key))
        return keys[position] if isinstance(position, int) else None

    def _cell(self, figure: InForce, key: str | None, column: str) -> Any:
        """The cell of a table in the line an argument chooses; a list where it chooses several."""
        chosen = figure.value[column]
        where = self.inputs.get(key or "")
        return plain(np.asarray(chosen)[np.asarray(where)])

    def simple(self, name: str, key: str | None, column: str | None) -> str:
        """An argument, a figure, one of its keys or cells."""
        raise NotImplementedError

    def condition(self, name: str) -> str:
        """A condition that does not hold, as a factor."""
        raise NotImplementedError

    def reached(self, match: re.Match[str]) -> str:
        """The cell of the last line reached."""
        raise NotImplementedError

    def slices(self, match: re.Match[str]) -> str:
        """The slices of an amount."""
        raise NotImplementedError

    def keyed(self, match: re.Match[str]) -> str:
        """A sum over keys."""
        raise NotImplementedError

    def quotients(self, match: re.Match[str]) -> str:
        """A sum over lines."""
        raise NotImplementedError

    def product(self, argument: str) -> str:
        """A product over later lines."""
        raise NotImplementedError

    def count(self, argument: str) -> str:
        """How many lines."""
        raise NotImplementedError


class _Words(_Reader):
    """Names and titles."""

    def simple(self, name: str, key: str | None, column: str | None) -> str:
        """See _Reader."""
        figure = self.figures.get(name)
        if figure is None:
            return label(name)
        title = self._title(figure)
        if column is not None:
            return f"{label(column)} ({title})"
        chosen = self._key(figure, key)
        return f"{title} ({key_label(figure.parameter.keys, chosen)})" if chosen else title

    def condition(self, name: str) -> str:
        """See _Reader."""
        return _("0 ({condition}: tidak)").format(condition=label(name))

    def _title(self, figure: InForce) -> str:
        """A figure's title as it stands inside a sentence."""
        title = figure.parameter.title[language()]
        return title if title[1:2].isupper() else title[:1].lower() + title[1:]

    def _titled(self, id: str) -> str:
        figure = self.figures.get(id)
        return id if figure is None else self._title(figure)

    def reached(self, match: re.Match[str]) -> str:
        """See _Reader."""
        return f"{label(match['column'])} ({self._titled(match['table'])})"

    def slices(self, match: re.Match[str]) -> str:
        """See _Reader."""
        return _("setiap lapisan {amount} × {column} lapisan itu ({title}), dijumlahkan").format(
            amount=label(match["amount"]), column=label(match["column"]), title=self._titled(match["table"])
        )

    def keyed(self, match: re.Match[str]) -> str:
        """See _Reader."""
        return _("{argument} × {title}, dijumlahkan; batas: {most}").format(
            argument=label(match["argument"]), most=self._titled(match["most"]), title=self._titled(match["figure"])
        )

    def quotients(self, match: re.Match[str]) -> str:
        """See _Reader."""
        return _("{argument} setiap tahun × indeksnya, dijumlahkan").format(argument=label(match["argument"]))

    def product(self, argument: str) -> str:
        """See _Reader."""
        return _("(1 + {argument}) sejak tahun itu sampai tahun terakhir, dikalikan").format(argument=label(argument))

    def count(self, argument: str) -> str:
        """See _Reader."""
        return _("banyaknya tahun")


class _Numbers(_Reader):
    """Values in their units."""

    def condition(self, name: str) -> str:
        """See _Reader."""
        return "0"

    def simple(self, name: str, key: str | None, column: str | None) -> str:
        """See _Reader."""
        figure = self.figures.get(name)
        if figure is None:
            return in_unit(unit_of(name), plain(self.inputs[name])) if name in self.inputs else name
        parameter = figure.parameter
        if column is not None:
            return in_unit(parameter.columns[column], self._cell(figure, key, column))
        chosen = self._key(figure, key)
        if chosen is not None:
            return in_unit(parameter.unit, plain(figure.value[parameter.keys.index(chosen)]))
        return value_text(parameter, parameter.otherwise if figure.row is None else figure.row.value)

    def reached(self, match: re.Match[str]) -> str:
        """See _Reader."""
        figure = self.figures[match["table"]]
        columns = figure.parameter.columns
        bounds = figure.value[next(iter(columns))]
        place = max(int(np.searchsorted(bounds, plain(self.inputs[match["argument"]]), side="right")) - 1, 0)
        unit = columns[match["column"]]
        return in_unit(unit_of(match["column"]) if unit == "count" else unit, plain(figure.value[match["column"]][place]))

    def slices(self, match: re.Match[str]) -> str:
        """See _Reader."""
        figure = self.figures[match["table"]]
        unit, share = unit_of(match["amount"]), figure.parameter.columns[match["column"]]
        start = plain(self.inputs[match["start"]]) if match["start"] else 0
        end = start + plain(self.inputs[match["amount"]])
        parts = []
        for (low, high), rate in zip(self._bounds(match), figure.value[match["column"]].tolist(), strict=True):
            width = min(end, high) - max(start, low)
            if width > 0:
                parts.append(f"{in_unit(unit, width)} × {in_unit(share, rate)}")
        return " + ".join(parts) or in_unit(unit, 0)

    def _bounds(self, match: re.Match[str]) -> Iterator[tuple[int, int]]:
        """(lower, upper) of every slice, in the unit of the amount."""
        figure = self.figures[match["table"]]
        factor = int(self.figures[match["factor"]].value) if match["factor"] else 1
        name = next(iter(figure.parameter.columns))
        bounds = figure.value[name].tolist()
        if name.startswith("above_"):
            return zip(bounds, [*bounds[1:], _ENDLESS], strict=True)
        upper = [bound * factor if bound < NO_END else _ENDLESS for bound in bounds]
        return zip([0, *upper[:-1]], upper, strict=True)

    def keyed(self, match: re.Match[str]) -> str:
        """See _Reader."""
        figure, most = self.figures[match["figure"]], self.figures[match["most"]].value.tolist()
        counts = [min(max(v, 0), m) for v, m in zip(np.ravel(self.inputs[match["argument"]]).tolist(), most, strict=True)]
        parts = [
            f"{in_unit(unit_of(match['argument']), count)} × {in_unit(figure.parameter.unit, amount)}"
            for count, amount in zip(counts, figure.value.tolist(), strict=True)
            if count
        ]
        return " + ".join(parts) or in_unit(figure.parameter.unit, 0)

    def quotients(self, match: re.Match[str]) -> str:
        """See _Reader."""
        columns = [np.ravel(self.inputs[match[name]]).tolist() for name in ("argument", "top", "bottom")]
        unit = unit_of(match["argument"])
        return " + ".join(f"{in_unit(unit, v)} × {_index_text(top, bottom)}" for v, top, bottom in zip(*columns, strict=True))

    def product(self, argument: str) -> str:
        """See _Reader."""
        every = np.ravel(self.inputs.get(_ALL, self.inputs)[argument]).tolist()
        return " × ".join(f"(1 + {in_unit(unit_of(argument), v)})" for v in every[self.inputs.get(_LINE, 0) :])

    def count(self, argument: str) -> str:
        """See _Reader."""
        return str(len(np.ravel(self.inputs[argument])))


def _absent(value: Any) -> bool:
    return value is None or plain(value) in (NONE, NO_DATE)
