"""The recorded steps of one person as text, JSON, Markdown and HTML, in Indonesian and English."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from jamsostek.core.nik import mask_nik
from jamsostek.core.rupiah import format_rupiah, separated
from jamsostek.core.text import _, language, speaking
from jamsostek.law.engine import (
    NO_DATE,
    NONE,
    Nik,
    Output,
    Ragged,
    Rule,
    compute,
    get_rule,
    one_person,
    present_row,
)
from jamsostek.law.explain import Step, plain, record, recording_law
from jamsostek.law.formula import numbers, result_text, results, words
from jamsostek.law.labels import CHOICES, GRADES, LABELS, choice, citation, input_label, label
from jamsostek.law.parameters import InForce, Law, law_on
from jamsostek.law.units import in_unit, unit_of, value_text

__all__ = ["GRADES", "LABELS", "Explanation", "article", "citation", "explain", "figure_line", "in_unit", "shown", "unit_of"]


@dataclass(frozen=True)
class Explanation:
    """Why a rule gives what it gives for one person: the outputs, and the tree of steps behind them."""

    rule: Rule
    law: Law
    when: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    root: Step

    @cached_property
    def _steps(self) -> list[Step]:
        return list(_walk(self.root))

    @cached_property
    def figures(self) -> dict[str, InForce]:
        """Every figure of the law that was read, by id."""
        found: dict[str, InForce] = {}
        for current in self._steps:
            found.update(current.figures)
        return found

    @property
    def provisional(self) -> list[str]:
        """Figures renewed every year that were used past the day their successor was expected."""
        return sorted({id for s in self._steps for id in s.provisional})

    def as_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The whole tree as plain data (JSON): step, formula in words, numbers, result, article, figures."""
        with speaking(lang or language()):
            return {
                "rule": self.rule.name,
                "title": _(self.rule.title),
                "when": self.when,
                "source": citation(self.rule.source),
                "law_digest": self.law.digest,
                "known_on": self.law.known_on and self.law.known_on.isoformat(),
                "readings": dict(self.law.readings),
                "inputs": _jsonable(self._shown_inputs()),
                "outputs": _jsonable(self.outputs),
                "results": {name: {"label": label(name), "text": text} for name, text in self._results()},
                "provisional": self.provisional,
                "interpretations": self.unsettled,
                "steps": [_step_dict(s) for s in self.root.children],
                "figures": {id: dict(_figure_told(f, language())) for id, f in self.figures.items()},
            }

    def text(self, lang: str | None = None) -> str:
        """Lines a person reads on a terminal."""
        with speaking(lang or language()):
            lines = [f"{_(self.rule.title)} · {self.rule.name} · {self.when}"]
            given = self._given()
            lines += [_("Isian: {inputs}").format(inputs="; ".join(given)), ""] if given else [""]
            for current in self.root.children:
                lines += _text_lines(current, 0)
            lines += self._direct()
            lines += ["", _("Hasil:"), *(f"  {label(name)} ({name}) = {text}" for name, text in self._results())]
            lines += ["", _("Angka hukum yang dipakai:"), *(f"  {line}" for line in self._figure_lines())]
            return "\n".join([*lines, *self._notes(), "", _("Sidik hukum: {digest}").format(digest=self.law.digest[:16])])

    def markdown(self, lang: str | None = None) -> str:
        """The same as a Markdown fragment."""
        with speaking(lang or language()):
            lines = [f"### {_(self.rule.title)} (`{self.rule.name}`, {self.when})", ""]
            lines += [f"- {one}" for one in self._given()] + [""]
            lines += [
                f"| {_('Langkah')} | {_('Rumus')} | {_('Angka')} | {_('Hasil')} | {_('Pasal')} |",
                "|---|---|---|---:|---|",
            ]
            for current in _walk(self.root):
                if current is not self.root:
                    formula = (_wording(current), "<br>".join(_equations(current))) if current.formula else ("", "")
                    lines.append(_table_row(_(current.title), *formula, shown(current), article(current)))
            lines += ["", *self._direct()]
            lines += ["", f"| {_('Hasil')} | | |", "|---|---|---:|"]
            lines += [_table_row(label(name), f"`{name}`", text) for name, text in self._results()]
            lines += ["", *(f"- {line}" for line in self._figure_lines()), *self._notes()]
            return "\n".join(lines) + "\n"

    def html(self, lang: str | None = None) -> str:
        """The same as an HTML fragment: nested lists, every text escaped."""
        with speaking(lang or language()):
            steps = "".join(_html_step(s) for s in self.root.children)
            listed = {
                "inputs": self._given(),
                "direct": [line.strip() for line in self._direct()],
                "results": [f"{label(name)} ({name}) = {text}" for name, text in self._results()],
                "figures": self._figure_lines(),
            }
            parts = {name: "".join(f"<li>{html.escape(line)}</li>" for line in lines) for name, lines in listed.items()}
            lists = {name: f'<ul class="{name}">{items}</ul>' if items else "" for name, items in parts.items()}
            head = f"<h3>{html.escape(_(self.rule.title))} <small>{html.escape(self.when)}</small></h3>"
            notes = "".join(f"<p>{html.escape(note)}</p>" for note in self._notes() if note)
            after = f"{lists['direct']}{lists['results']}{lists['figures']}{notes}"
            return f'<section class="explanation">{head}{lists["inputs"]}<ol>{steps}</ol>{after}</section>'

    def _shown_inputs(self) -> dict[str, Any]:
        """The inputs as given; a NIK is never written out."""
        hidden = {i.name for i in self.rule.inputs if isinstance(i, Nik)}
        return {name: mask_nik(str(value)) if name in hidden else value for name, value in self.inputs.items()}

    def _given(self) -> list[str]:
        """The inputs that were given, in the reader's words."""
        found = []
        for name, value in self._shown_inputs().items():
            held = self.root.inputs[name]
            text = _records_text(held) if isinstance(held, Ragged) else in_unit(unit_of(name), plain(held))
            if isinstance(self.rule.input(name), Nik):
                text = str(value)
            found.append(f"{input_label(self.rule.name, name)}: {text}")
        return found

    def _direct(self) -> list[str]:
        """Figures of law that the rule gives as they are, without a step."""
        lines = []
        for found in self.root.figures.values():
            if found.row is not None:
                cited = citation(f"{found.row.regulation} {found.row.article}")
                lines.append(f"  {_title(found)}: {figure_value(found)} [{cited}]")
        return [_("Langsung dari angka hukum:"), *lines] if lines else []

    def _results(self) -> list[tuple[str, str]]:
        """Every output with its value as a person reads it."""
        return [(o.name, output_text(o, self.outputs[o.name])) for o in self.rule.outputs if o.name in self.outputs]

    def _figure_lines(self) -> list[str]:
        return [figure_line(id, found) for id, found in sorted(self.figures.items())]

    @property
    def unsettled(self) -> list[int]:
        """Numbers of the interpretations that figures used here stand on (docs/law/interpretations.md)."""
        return sorted({number for f in self.figures.values() if (number := _unsettled(f))})

    def _notes(self) -> list[str]:
        """What the reader must know: provisional figures, unsettled points, another law than the usual one."""
        found = []
        if self.provisional:
            names = ", ".join(f"{_title(self.figures[id])} ({id})" for id in self.provisional)
            found.append(_("SEMENTARA: {names} belum diperbarui untuk masa ini.").format(names=names))
        if self.unsettled:
            numbers = ", ".join(map(str, self.unsettled))
            found.append(_("Belum pasti menurut hukum: tafsir nomor {numbers}.").format(numbers=numbers))
        usual = self.law.parameters.readings
        other = [f"{n}={o} ({usual[n].number})" for n, o in self.law.readings.items() if o != usual[n].default]
        if other:
            found.append(_("Tafsir lain yang dipilih: {names}.").format(names=", ".join(other)))
        if self.law.known_on is not None:
            found.append(_("Hukum seperti diketahui pada {day}.").format(day=self.law.known_on.isoformat()))
        if self.law.parameters.reforms:
            files = ", ".join(path.name for path in self.law.parameters.reforms)
            found.append(_("Dengan perubahan hukum dari {files}.").format(files=files))
        return ["", *found] if found else []


def explain(
    rule: str,
    *,
    month: int | str | None = None,
    date: str | dt.date | None = None,
    law: Law | None = None,
    **inputs: Any,
) -> Explanation:
    """Runs the rule for one person with recording on; arguments as `calculate`."""
    found = get_rule(rule)
    day, number, arrays = one_person(found, month, date, inputs)
    recording = recording_law(law or law_on(day))
    root = record(
        found.name,
        found.title,
        found.source,
        dict(arrays),
        lambda: compute(found, recording, arrays, number),
    )
    when = day.isoformat()[:7] if found.when == "month" else day.isoformat()
    return Explanation(found, recording, when, inputs, present_row(found, root.result, 0), root)


def _unsettled(found: InForce) -> int | None:
    """The interpretation a figure stands on: where a reading was chosen for it, or the gazette was not read."""
    row = found.row
    return found.parameter.interpretation if row is not None and (row.reading or row.grade != "gazette") else None


def _walk(root: Step) -> Iterator[Step]:
    yield root
    for child in root.children:
        yield from _walk(child)


# ---- parts of every form


def shown(current: Step) -> str:
    """The result of a step as a person reads it."""
    return result_text(current)


def _equations(current: Step) -> list[str]:
    """The formula in numbers with its result, one for each line of the person's; nothing where it says only the result."""
    pairs = list(zip(numbers(current), results(current), strict=True))
    sign = " → " if current.unit in _ANSWERS else " = "
    lead = "{at}. " if len(pairs) > 1 else ""
    return [f"{lead.format(at=at)}{n}{sign if r else ''}{r}" for at, (n, r) in enumerate(pairs, 1) if n and n != r]


def _wording(current: Step) -> str:
    """The formula in words, unless they are those of the equations."""
    found = words(current)
    return "" if found == "; ".join(numbers(current)) else found


_ANSWERS = ("flag", "date", "pays_first", "index", "risk_class")
"""Units of results that answer a question rather than add up."""


def article(current: Step) -> str:
    """The step's own article, and those of the figures it read."""
    named = [current.article] if current.article else []
    for id, found in current.figures.items():
        if found.row is not None and not _untouched(current, id):
            text = f"{found.row.regulation} {found.row.article}"
            if text not in named:
                named.append(text)
    return citation("; ".join(named))


def _untouched(current: Step, id: str) -> bool:
    """A relief in force that a condition of the formula keeps from this person."""
    test = re.search(rf"{{{re.escape(id)}\?(\w+)}}", current.formula) if "?" in current.formula else None
    return test is not None and not plain(current.inputs.get(test[1]))


def _title(found: InForce) -> str:
    return found.parameter.title[language()]


def figure_value(found: InForce) -> str:
    """The whole value in force."""
    return value_text(found.parameter, found.parameter.otherwise if found.row is None else found.row.value)


def figure_line(id: str, found: InForce) -> str:
    """One figure: title, value, span, regulation and article, grade, source."""
    row = found.row
    if row is None:
        return _("{id}: {title}: tidak ada yang berlaku").format(id=id, title=_title(found))
    span = f"{row.start or '…'} – {row.end or '…'}"
    published = row.published.isoformat() if row.published else _("tidak diketahui, dianggap sejak berlaku")
    words = _(
        "{id}: {title}: {value}; berlaku {span}; diundangkan {published}; {regulation} {article}; {grade}; sumber: {source}"
    )
    return words.format(
        id=id, title=_title(found), value=figure_value(found), span=span, published=published, grade=_(GRADES[row.grade]),
        regulation=citation(row.regulation), article=citation(row.article), source=", ".join(row.source) or _("tidak ada"),
    )  # fmt: skip


def output_text(output: Output, value: Any) -> str:
    """An output as a person reads it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{choice('levels', str(k))}: {format_rupiah(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(format_rupiah(v) if isinstance(v, int) else choice(output.name, v) for v in value)
    if output.kind == "percent":
        return f"{separated(str(value))} %"
    unit = {"rupiah": "rupiah", "flag": "flag"}.get(output.kind, unit_of(output.name))
    return in_unit(unit, value) if not isinstance(value, (Decimal, dt.date)) else str(value)


def _records_text(held: Ragged) -> str:
    """The lines of a list, each column by its name, what was not given left out."""
    lines = []
    for line in range(len(next(iter(held.columns.values())))):
        cells = {name: int(column[line]) for name, column in held.columns.items()}
        given = [f"{_column_label(n)} {in_unit(unit_of(n), v)}" for n, v in cells.items() if v not in (NONE, NO_DATE)]
        lines.append(f"({', '.join(given)})")
    return ", ".join(lines)


def _column_label(name: str) -> str:
    return choice("levels", name) if name in CHOICES["levels"] else label(name)


def _text_lines(current: Step, depth: int) -> list[str]:
    lead = "  " * depth
    result = shown(current)
    lines = [f"{lead}{_(current.title)}{f': {result}' if result else ''}"]
    if current.formula and (_equations(current) or current.figures):
        lines += [f"{lead}    {line}" for line in (_wording(current), *_equations(current)) if line]
    if article(current):
        lines.append(f"{lead}    [{article(current)}]")
    for child in current.children:
        lines += _text_lines(child, depth + 1)
    return lines


def _table_row(*cells: str) -> str:
    return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"


def _html_step(current: Step) -> str:
    inner = "".join(_html_step(c) for c in current.children)
    lines = [_wording(current), *_equations(current)] if current.formula else []
    formula = "".join(f"<br><i>{html.escape(line)}</i>" for line in lines if line)
    return (
        f"<li><b>{html.escape(_(current.title))}</b>: {html.escape(shown(current))}{formula}"
        f"<br><small>{html.escape(article(current))}</small>{f'<ol>{inner}</ol>' if inner else ''}</li>"
    )


def _step_dict(current: Step) -> dict[str, Any]:
    told = numbers(current)
    return {
        "step": current.name,
        "title": _(current.title),
        "formula": words(current, told),
        "numbers": "; ".join(told),
        "result": _result(current.result),
        "result_text": shown(current),
        "unit": current.unit,
        "article": article(current),
        "figures": sorted(current.figures),
        "steps": [_step_dict(c) for c in current.children],
    }


def plain_list(value: Any) -> list[Any]:
    """An array as a list, also when it holds one."""
    found: list[Any] = np.asarray(value).tolist()
    return found


def _figure_told(found: InForce, lang: str) -> dict[str, Any]:
    """The figure as plain data; told once for each figure in force, which lives as long as its law."""
    key = (id(found), lang)
    known = _told.get(key)
    if known is None:
        known = _told[key] = (found, _figure_dict(found))
    return known[1]


_told: dict[tuple[int, str], tuple[InForce, dict[str, Any]]] = {}


def _figure_dict(found: InForce) -> dict[str, Any]:
    parameter, row = found.parameter, found.row
    base = {"title": parameter.title[language()], "unit": parameter.unit, "value": _jsonable(found.value)}
    if parameter.keys:
        base["value"] = dict(zip(parameter.keys, plain_list(found.value), strict=True))
    if row is None:
        return base
    return base | {
        "from": row.start and row.start.isoformat(),
        "to": row.end and row.end.isoformat(),
        "published": row.published and row.published.isoformat(),
        "regulation": citation(row.regulation),
        "article": citation(row.article),
        "grade": row.grade,
        "source": list(row.source),
        "interpretation": _unsettled(found),
        "note": row.note,
    }


def _result(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: v.item() if type(v) is np.ndarray and v.size == 1 else _jsonable(v) for k, v in value.items()}
    return _jsonable(value)


def _jsonable(value: Any) -> Any:
    if value is None or type(value) in (int, str, bool):
        return value
    if isinstance(value, np.ndarray):
        return plain(value)
    if isinstance(value, Ragged):
        return {n: c.tolist() for n, c in value.columns.items()}
    if isinstance(value, Mapping):
        return {str(k): _jsonable(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(v) for v in value]
    return value if isinstance(value, (int, str, bool, float)) or value is None else str(value)
