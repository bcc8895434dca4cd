"""The figures a rule stood on, kept as plain data beside an amount, and which of them differ from today's law.

A bill keeps `figures_in_force` (or only its `digest`); when the law changes backwards, `differences` names what changed. The
digest of a whole `Law` also moves when a figure changes that the rule never reads; the one here does not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jamsostek.core.months import format_month
from jamsostek.core.text import _, language, speaking
from jamsostek.law.engine import get_rule, moment
from jamsostek.law.figures import Row
from jamsostek.law.labels import citation
from jamsostek.law.parameters import Law, law_on, load
from jamsostek.law.reading import figure_ids, series_ids
from jamsostek.law.units import value_text


@dataclass(frozen=True)
class FigureChange:
    """A figure that is not what it was: its title in both languages, the values before and after, and who says so.

    None stands where no such figure held. `regulation` is that of the new value, or of the one that lapsed.
    """

    id: str
    title: Mapping[str, str]
    before: Any
    after: Any
    regulation: str

    def text(self, lang: str | None = None) -> str:
        """One line a person reads: title, before → after, regulation and article."""
        with speaking(lang or language()):
            values = f"{_shown(self.id, self.before)} → {_shown(self.id, self.after)}"
            cited = f" [{citation(self.regulation)}]" if self.regulation else ""
            return f"{self.title[language()]} ({self.id}): {values}{cited}"


def figures_in_force(rule: str, when: int | str | dt.date, law: Law | None = None) -> dict[str, Any]:
    """Every figure the rule can read and what held for a month (or, for a rule that takes one, a date), as plain JSON.

    `figures` is by id: `value` as the law's data has it, `in_force` (false where only the value "otherwise" holds), the first
    day, regulation, article and grade of its row, and the title in both languages. A figure read through time (a timetable)
    has all its rows. `digest` is the SHA-256 of the values alone: equal values, equal digest, whatever the wording.
    `law` replaces the law of the month or date, as in `calculate`.
    """
    found = get_rule(rule)
    day, number = moment(found, when, when)
    held = law or law_on(day)
    figures = {id: _through_time(id, held) if series else _on_the_day(id, held) for id, series in _ids(rule).items()}
    values = json.dumps({id: told["value"] for id, told in figures.items()}, sort_keys=True, separators=(",", ":"))
    return {
        "rule": rule,
        "when": format_month(number) if found.when == "month" else day.isoformat(),
        "law_digest": held.digest,
        "digest": hashlib.sha256(values.encode()).hexdigest(),
        "figures": figures,
    }


def differences(stored: Mapping[str, Any], now: Mapping[str, Any]) -> list[FigureChange]:
    """The figures whose values differ between two answers of `figures_in_force` for one rule, by id.

    A figure that only one of them knows (the rule has learnt to read it, or forgotten it) differs only where it is in force.
    """
    if stored["rule"] != now["rule"]:
        raise ValueError(f"figures of {stored['rule']} are not compared with those of {now['rule']}")
    before, after = stored["figures"], now["figures"]
    found = [_change(id, before.get(id), after.get(id)) for id in sorted({*before, *after})]
    return [change for change in found if change is not None]


def _change(id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> FigureChange | None:
    if before is None or after is None:
        only = after or before
        if only is None or not only["in_force"]:
            return None
    elif before["value"] == after["value"]:
        return None
    old, new = before or {}, after or {}
    cited = new if new.get("in_force") else old
    regulation = " ".join(filter(None, (cited.get("regulation"), cited.get("article"))))
    return FigureChange(id, (after or before or {})["title"], old.get("value"), new.get("value"), regulation)


@cache
def _ids(rule: str) -> dict[str, bool]:
    """The figures a rule can read, in order, each with whether it reads them through time."""
    found = get_rule(rule)
    through_time = series_ids(found)
    return {id: id in through_time for id in ["rounding.half_up", *figure_ids(found)]}


def _on_the_day(id: str, law: Law) -> dict[str, Any]:
    """What one figure is under a law; the value None where nothing holds."""
    parameter = law.parameters.by_id[id]
    row = law.parameters.row_in_force(id, law)
    value = parameter.otherwise if row is None else row.value
    return {"value": _plain(value), "in_force": row is not None, **_cited(row), "title": dict(parameter.title)}


def _through_time(id: str, law: Law) -> dict[str, Any]:
    """All known rows of one figure."""
    rows = law.parameters.known_rows(id, law)
    value = [{"from": _plain(row.start), "to": _plain(row.end), "value": _plain(row.value)} for row in rows]
    last = rows[-1] if rows else None
    return {"value": value, "in_force": bool(rows), **_cited(last), "title": dict(law.parameters.by_id[id].title)}


def _cited(row: Row | None) -> dict[str, Any]:
    if row is None:
        return {"from": None, "regulation": None, "article": None, "grade": None}
    return {"from": _plain(row.start), "regulation": row.regulation, "article": row.article, "grade": row.grade}


def _plain(value: Any) -> Any:
    """The value as JSON has it: days as text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(v) for name, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value


def _shown(id: str, value: Any) -> str:
    """A value as a person reads it; a timetable by its number of rows, a figure long gone as it was kept."""
    parameter = load().by_id.get(id)
    if value is None:
        return _("tidak ada")
    if isinstance(value, list) and value and isinstance(value[0], Mapping) and "from" in value[0]:
        return _("tabel {count} baris").format(count=len(value))
    return json.dumps(value, ensure_ascii=False) if parameter is None else value_text(parameter, value)
