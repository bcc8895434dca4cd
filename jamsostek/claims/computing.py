"""What a claim comes to: conditions, and each part of the benefit by the law's own rule; nothing is computed here by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jamsostek import law as rules
from jamsostek.claims.choices import COMPONENTS, Component, Kind
from jamsostek.claims.facts import Facts
from jamsostek.claims.kinds import OF
from jamsostek.claims.kinds.base import Given, Owed
from jamsostek.core.errors import InputError
from jamsostek.law.entitlement import Condition, Met, Outcome, outcome
from jamsostek.law.explanation import Explanation
from jamsostek.law.parameters import Law, NoLawError, law_on, load

TAX_RULE = "benefit.jht.tax"


@dataclass(frozen=True)
class Part:
    """One component as it was computed; whole rupiah. `readings` are other readings of the law that give another amount.

    `recurs` are the terms of a right that is paid again and again: `rupiah` is then one payment of it. `source` says where an
    amount is from that no rule computes.
    """

    component: Component
    rupiah: int
    month: int
    tax_rupiah: int = 0
    rule: str = ""
    date: str = ""
    inputs: Mapping[str, Any] | None = None
    output: str = ""
    place: int | None = None
    held: str = ""
    recurs: Mapping[str, Any] | None = None
    source: str = ""
    taxed: Mapping[str, Any] | None = None
    tax_date: str = ""
    digest: str = ""
    readings: tuple[Mapping[str, Any], ...] = ()
    basis: tuple[Any, ...] = ()
    """Rules that gave its inputs, with theirs."""
    before_rupiah: int = 0
    """What was decided for the same before; this decision is about the rest."""

    @property
    def now_rupiah(self) -> int:
        """What is new; never less than nothing."""
        return max(0, self.rupiah - self.before_rupiah)

    @property
    def once_rupiah(self) -> int:
        """What this decision gives at once; nothing of a right that is paid month by month."""
        return 0 if self.recurs is not None else self.now_rupiah

    @property
    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        told = asdict(self) | {"component": int(self.component), "readings": list(self.readings)}
        return told | {"basis": [list(one) for one in self.basis]}

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Part:
        """What was stored, again."""
        return cls(
            **{
                **told,
                "component": Component(told["component"]),
                "readings": tuple(told["readings"]),
                "basis": tuple(told["basis"]),
            }
        )

    def explained(self, law: Law | None = None) -> Explanation | None:
        """The rule run again over what was stored, step by step; none where no rule computes the amount."""
        if not self.rule:
            return None
        return rules.explain(self.rule, date=self.date, law=law, **dict(self.inputs or {}))

    def basis_explained(self) -> list[Explanation]:
        """The rules its inputs came from, step by step."""
        return [rules.explain(rule, date=self.date, **dict(given)) for rule, given in self.basis]

    def tax_explained(self) -> Explanation | None:
        """The tax's own steps."""
        return rules.explain(TAX_RULE, date=self.tax_date, **dict(self.taxed)) if self.taxed else None


@dataclass(frozen=True)
class Assessed:
    """What facts come to under the law."""

    conditions: tuple[Condition, ...]
    parts: tuple[Part, ...]
    outcome: Outcome
    law_digest: str

    @property
    def rupiah(self) -> int:
        """What is given at once; whole rupiah."""
        return sum(part.once_rupiah for part in self.parts)


def assessed(kind: Kind, facts: Facts, *, today: dt.date, before: Mapping[tuple[Component, int], int] | None = None) -> Assessed:
    """Conditions and parts of one claim by its facts; `before` is what earlier decisions gave, by component and month."""
    of = OF[kind]
    day = facts.date(of.event) or today
    law = law_on(day)
    try:
        conditions = of.conditions(law, facts)
    except NoLawError as error:
        conditions = [_refused(error)]
    came_to = outcome(conditions)
    parts: list[Part] = []
    if came_to in (Outcome.ENTITLED, Outcome.UNSETTLED, Outcome.UNKNOWN) and facts.date(of.event) is not None:
        try:
            owed = of.owed(law, facts)
            parts = [_less(_part(one), before or {}) for one in owed]
        except InputError as error:  # a fact that the rule refuses is told like a condition, with the rule's own words
            conditions = [*conditions, _refused(error)]
            came_to = Outcome.UNKNOWN
    digests = "".join(sorted({part.digest for part in parts})) or law.digest
    kept = tuple(part for part in parts if part.rupiah > 0)
    return Assessed(tuple(conditions), kept, came_to, hashlib.sha256(digests.encode()).hexdigest())


def _refused(error: InputError) -> Condition:
    text = error.message.replace("{", "(").replace("}", ")")
    return Condition("facts.readable", "Fakta dapat dihitung", Met.UNKNOWN, text, "", remedy=error.remedy or "")


def _part(one: Owed | Given) -> Part:
    return _of_rule(one) if isinstance(one, Owed) else _given(one)


def _of_rule(one: Owed) -> Part:
    inputs = dict(one.inputs)
    rupiah = _output(rules.calculate(one.rule, date=one.date, **inputs), one)
    kept = rules.figures_in_force(one.rule, one.date)
    return Part(
        one.component, rupiah, one.month, 0, one.rule, one.date.isoformat(), inputs, one.output, one.place, one.held,
        dict(one.recurs) if one.recurs is not None else None, digest=str(kept["digest"]), readings=_readings(one, rupiah),
        basis=tuple((rule, dict(given)) for rule, given in one.basis),
    )  # fmt: skip


def _output(told: Mapping[str, Any], one: Owed) -> int:
    value = told.get(one.output, 0)
    if one.place is not None:
        value = value[one.place] if one.place < len(value) else 0
    return int(value)


def _given(one: Given) -> Part:
    tax, date = 0, one.tax_date.isoformat() if one.tax_date else ""
    digest = ""
    if one.taxed is not None and one.rupiah and one.tax_date is not None:
        tax = int(rules.calculate(TAX_RULE, date=one.tax_date, **one.taxed)["tax_rupiah"][-1])
        digest = str(rules.figures_in_force(TAX_RULE, one.tax_date)["digest"])
    return Part(
        one.component, one.rupiah, one.month, tax, source=one.source, taxed=dict(one.taxed) if one.taxed else None,
        tax_date=date, digest=digest, held=one.held,
    )  # fmt: skip


def _readings(one: Owed, rupiah: int) -> tuple[dict[str, Any], ...]:
    """Other readings of the law that change the amount, each with what it would give."""
    found = []
    for reading in load().readings.values():
        for option in reading.options:
            if option == reading.default:
                continue
            other = law_on(one.date, readings={reading.name: option})
            given = _output(rules.calculate(one.rule, date=one.date, law=other, **one.inputs), one)
            if given != rupiah:
                found.append({"name": reading.name, "number": reading.number, "option": option, "rupiah": given})
    return tuple(found)


def _less(part: Part, before: Mapping[tuple[Component, int], int]) -> Part:
    gone = before.get((part.component, part.month), 0)
    return Part(**{**part.__dict__, "before_rupiah": gone}) if gone else part


def fund_of(part: Part, kind: Kind, cause: str = "") -> str:
    """The fund a component is paid from; a scholarship's is that of its cause."""
    del kind
    return COMPONENTS[part.component].fund or cause or "jkm"


def total(parts: Sequence[Part]) -> int:
    """What parts give at once; whole rupiah."""
    return sum(part.once_rupiah for part in parts)
