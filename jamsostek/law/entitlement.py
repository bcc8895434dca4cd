"""Is somebody entitled: conditions of the law, each with the fact it was held against and the article it comes from.

A condition is met, not met, or unknown (a fact is missing). Where the law itself is not settled, it says what our reading gives
and what the other one would (`unsettled` is the number in docs/law/interpretations.md): such a point is for a human, and is
never a refusal. Pure and for one person: amounts over arrays are the rules', who is entitled is asked claim by claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from jamsostek.core.months import first_day, last_day
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import N_, _, day_words
from jamsostek.law.labels import citation, fact_label
from jamsostek.law.obligations.calendar import holidays
from jamsostek.law.parameters import Law
from jamsostek.law.units import in_unit


class Met(StrEnum):
    """What a condition came to."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What all conditions together come to."""

    ENTITLED = "entitled"
    NOT_ENTITLED = "not_entitled"
    UNSETTLED = "unsettled"
    """The law can be read both ways here: a human decides, with both readings before them."""
    UNKNOWN = "unknown"
    """A fact is missing that may still come."""


OUTCOME_WORDS = {
    Outcome.ENTITLED: N_("Semua syarat terpenuhi."),
    Outcome.NOT_ENTITLED: N_("Ada syarat yang tidak terpenuhi."),
    Outcome.UNSETTLED: N_("Hukumnya belum jelas pada satu titik; manusia yang memutuskan."),
    Outcome.UNKNOWN: N_("Masih ada fakta yang belum diketahui."),
}
NOT_READ = "naskah tidak dibaca"
MET_WORDS = {Met.MET: N_("Terpenuhi"), Met.NOT_MET: N_("Tidak terpenuhi"), Met.UNKNOWN: N_("Belum diketahui")}


@dataclass(frozen=True)
class Condition:
    """One condition held against a fact. `title`, `fact` and `remedy` are Indonesian and translated when shown.

    `values` fill the holes of `fact` and `remedy`: dates, rupiah (names ending in _rupiah), shares (_ppm), months (_month),
    words (`fact_label`), lists of words.
    `required` false: noted for whoever decides, no ground of refusal by itself. `other` is what the other reading gives.
    """

    key: str
    title: str
    met: Met
    fact: str
    article: str
    values: Mapping[str, Any] = field(default_factory=dict)
    remedy: str = ""
    required: bool = True
    grade: str = ""
    unsettled: int | None = None
    other: Met | None = None

    @property
    def plain(self) -> dict[str, Any]:
        """As it is stored with an assessment."""
        told = asdict(self)
        told["values"] = {name: _stored(value) for name, value in self.values.items()}
        return told

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Condition:
        """What was stored, again."""
        given = dict(told)
        given["met"], given["other"] = Met(given["met"]), Met(given["other"]) if given["other"] else None
        return cls(**given)

    @property
    def title_words(self) -> str:
        """The title for the reader."""
        return _(self.title)

    @property
    def met_words(self) -> str:
        """Met, not met or unknown, for the reader."""
        return _(MET_WORDS[self.met])

    @property
    def fact_words(self) -> str:
        """The fact with its values, for the reader."""
        return filled(self.fact, self.values)

    @property
    def remedy_words(self) -> str:
        """What to do about it; empty where it is met."""
        return filled(self.remedy, self.values) if self.remedy and self.met != Met.MET else ""

    @property
    def article_words(self) -> str:
        """Regulation and article for the reader."""
        return citation(self.article)


def _stored(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_stored(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def filled(text: str, values: Mapping[str, Any]) -> str:
    """A text in the reader's language with its holes filled."""
    return _(text).format(**{name: _shown(name, value) for name, value in values.items()})


def _shown(name: str, value: Any) -> str:
    if name.endswith("_rupiah") and isinstance(value, int):
        return format_rupiah(value)
    if name.endswith(("_month", "_ppm")) and isinstance(value, int):
        return in_unit(name.rpartition("_")[2], value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_shown(name, one) for one in value)
    if isinstance(value, dt.date):
        return day_words(value)
    if isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-":
        return day_words(dt.date.fromisoformat(value))
    return fact_label(name, value) if isinstance(value, str) else str(value)


def told(met: bool | None, yes: str, no: str, unknown: str) -> str:
    """The one of three texts that fits."""
    return unknown if met is None else yes if met else no


def condition(
    law: Law,
    key: str,
    title: str,
    met: bool | None,
    fact: str,
    *,
    figure: str = "",
    article: str = "",
    remedy: str = "",
    required: bool = True,
    unsettled: int | None = None,
    other: bool | None = None,
    **values: Any,
) -> Condition:
    """A condition; `figure` names the figure of the law it stands on, whose article and grade it takes.

    An article whose text was not read says so, and is graded unsourced.
    """
    row = law.in_force(figure).row if figure else None
    grade = "unsourced" if NOT_READ in article else ""
    if row is not None:
        article, grade = f"{row.regulation} {row.article}", row.grade
    return Condition(
        key, title, _met(met), fact, article, values, remedy, required, grade,
        unsettled, None if unsettled is None else _met(other),
    )  # fmt: skip


def _met(told: bool | None) -> Met:
    return Met.UNKNOWN if told is None else Met.MET if told else Met.NOT_MET


def outcome(conditions: Sequence[Condition]) -> Outcome:
    """What conditions come to: what both readings refuse first, then a missing fact, then what only one reading refuses."""
    needed = [one for one in conditions if one.required]
    refused = [one for one in needed if one.met == Met.NOT_MET]
    if any(one.unsettled is None or one.other == Met.NOT_MET for one in refused):
        return Outcome.NOT_ENTITLED
    if any(one.met == Met.UNKNOWN for one in needed):
        return Outcome.UNKNOWN
    if any(one.unsettled is not None and one.other != one.met for one in needed):
        return Outcome.UNSETTLED
    return Outcome.ENTITLED


# --- the law of another day ---------------------------------------------------------------------------------------------


def holds(law: Law, figure: str) -> bool:
    """Whether a figure has a value in force: many begin later than their programme."""
    return law.parameters.row_in_force(figure, law) is not None


def law_of(law: Law, day: dt.date) -> Law:
    """The law of another day, as known and read in this one."""
    return law.parameters.law_on(day, law.known_on, law.readings)


# --- time ---------------------------------------------------------------------------------------------------------------


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day some years later; 29 February becomes 1 March where there is none (interpretation 68)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the last of the month where there is none."""
    at = day.year * 12 + day.month - 1 + months
    month = at // 12 * 100 + at % 12 + 1
    return min(first_day(month) + dt.timedelta(days=day.day - 1), last_day(month))


def full_months(since: dt.date, until: dt.date) -> int:
    """Completed months from one day to another; never less than none."""
    found = (until.year - since.year) * 12 + until.month - since.month
    return max(0, found - (months_after(since, found) > until))


def age_on(birth_date: dt.date, day: dt.date) -> int:
    """Completed years."""
    found = day.year - birth_date.year
    return found - (years_after(birth_date, found) > day)


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The day by which so many working days have passed; Saturdays, Sundays and national holidays do not count."""
    off = holidays()
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5 and day not in off
    return day


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days after the first day, up to the last."""
    off = holidays()
    days = (first + dt.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(1 for day in days if day.weekday() < 5 and day not in off)


__all__ = [
    "MET_WORDS", "NOT_READ", "OUTCOME_WORDS", "Condition", "Met", "Outcome", "age_on", "condition", "filled", "full_months",
    "holds", "law_of", "months_after", "outcome", "told", "working_days_after", "working_days_between", "years_after",
]  # fmt: skip
