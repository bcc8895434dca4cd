"""The law's rules: what each takes, what it gives for one person, and why. Nothing that is sent is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from pydantic import Field, StrictBool

from jamsostek import law
from jamsostek.access.roles import PUBLIC
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.v1.common import wrong
from jamsostek.api.v1.shapes import Day, In, Month, Out, text
from jamsostek.core.errors import InputError
from jamsostek.core.text import N_, _
from jamsostek.law.engine import Choice, Choices, Date, Flag, Input, Money, Records, Rule, Share, Whole
from jamsostek.law.engine import Month as MonthInput
from jamsostek.law.engine import Nik as NikInput
from jamsostek.law.labels import citation, input_label, label

calculations = Resource("calculations", N_("Hitungan menurut hukum"))
RuleName = text(60, 1)
_LONGEST = 100


class InputOut(Out):
    """One input of a rule."""

    name: str
    title: str
    kind: str
    required: bool
    options: list[str] | None = None
    least: str | None = None
    most: str | None = None


class OutputOut(Out):
    """One output of a rule."""

    name: str
    title: str
    kind: str


class RuleOut(Out):
    """A rule of the law."""

    name: str
    title: str
    when: str = Field(examples=["month", "date"])
    source: str
    inputs: list[InputOut]
    outputs: list[OutputOut]


class RulesOut(Out):
    """All rules."""

    items: list[RuleOut]


class CalculationIn(In):
    """A month or a date, whichever the rule takes, and its inputs by name."""

    month: Month | None = None
    date: Day | None = None
    inputs: dict[str, Any] = Field(
        default_factory=dict, description=N_("Isian aturan menurut nama, misalnya wage_rupiah."), max_length=_LONGEST
    )
    explain: StrictBool = False


class CalculationOut(Out):
    """What the rule gives; with `explain` also every step with its article and the figures used."""

    rule: str
    outputs: dict[str, Any]
    law_digest: str
    explanation: dict[str, Any] | None


@calculations.get("/calculations", RulesOut, title=N_("Semua aturan"), needs=PUBLIC)
def index(request: HttpRequest) -> Any:
    """All rules with their inputs and outputs."""
    return {"items": [_told(one) for _name, one in sorted(law.RULES.items())]}


@calculations.get("/calculations/{rule}", RuleOut, title=N_("Satu aturan"), needs=PUBLIC, problems=frozenset({404}))
def show(request: HttpRequest, rule: RuleName) -> Any:  # type: ignore[valid-type]
    """One rule with its inputs and outputs."""
    return _told(_rule(rule))


def _rule(name: str) -> Rule:
    found = law.RULES.get(name)
    if found is None:
        raise unknown(_("Aturan ini tidak ada. Lihat GET /calculations."))
    return found


def _told(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "title": _(rule.title),
        "when": rule.when,
        "source": citation(rule.source),
        "inputs": [_input(rule, one) for one in rule.inputs],
        "outputs": [{"name": one.name, "title": label(one.name), "kind": one.kind} for one in rule.outputs],
    }


_KINDS: tuple[tuple[type[Input], str], ...] = (
    (Money, "rupiah"), (Share, "share"), (Choice, "choice"), (Choices, "choices"), (Flag, "flag"), (Date, "date"),
    (MonthInput, "month"), (NikInput, "nik"), (Records, "records"), (Whole, "whole"),
)  # fmt: skip


def _kind(one: Input) -> str:
    return next(kind for known, kind in _KINDS if isinstance(one, known))


def _input(rule: Rule, one: Input) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.name, "title": input_label(rule.name, one.name), "kind": _kind(one), "required": one.required,
    }  # fmt: skip
    if isinstance(one, (Choice, Choices)):
        told["options"] = list(one.options)
    if isinstance(one, (Whole, Share)):
        told |= {"least": str(one.least), "most": str(one.most)}
    return told


@calculations.post(
    "/calculations/{rule}", CalculationOut, title=N_("Hitung dan jelaskan"), needs=PUBLIC, writes=False, problems=frozenset({404})
)
def calculate(request: HttpRequest, rule: RuleName, given: CalculationIn) -> Any:  # type: ignore[valid-type]
    """One person, by the law in force on the month or date."""
    found = _rule(rule)
    when = {"month": given.month} if found.when == "month" else {"date": given.date}
    inputs = {name: _checked(_input_of(found, name), value) for name, value in given.inputs.items()}
    try:
        explanation = law.explain(found.name, **when, **inputs)
    except law.NoLawError as error:
        raise wrong(found.when, str(error)) from None
    told = explanation.as_dict()
    return {
        "rule": found.name,
        "outputs": told["outputs"],
        "law_digest": told["law_digest"],
        "explanation": told if given.explain else None,
    }


def _input_of(rule: Rule, name: str) -> Input:
    """The input of that name; an unknown one is told at the name that was sent."""
    try:
        return rule.input(name)
    except InputError as error:
        error.field = name[:80]
        raise


def _checked(one: Input, value: Any) -> Any:
    """A JSON value of the type that the input takes; its bounds are the rule's own business."""
    if value is None or _fits(one, value):
        return value
    raise InputError(
        _("{name}: jenis isian ini lain dari yang diminta.").format(name=one.name),
        field=one.name,
        remedy=_("Jenisnya {kind}; lihat GET /calculations.").format(kind=_kind(one)),
    )


def _fits(one: Input, value: Any) -> bool:
    if isinstance(one, Records):
        return isinstance(value, list) and len(value) <= _LONGEST and all(_record(one, record) for record in value)
    if isinstance(one, Choices):
        return isinstance(value, list) and len(value) <= _LONGEST and all(isinstance(name, str) for name in value)
    if isinstance(one, Flag):
        return isinstance(value, bool)
    if isinstance(one, Share):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 10**9
    if isinstance(one, Whole):
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15
    return isinstance(value, str) and len(value) <= _LONGEST


def _record(one: Records, record: Any) -> bool:
    inner = record.get(one.nested) if one.nested and isinstance(record, dict) else record
    fields = {field.name: field for field in one.fields}
    return isinstance(inner, dict) and all(
        name not in fields or value is None or _fits(fields[name], value) for name, value in inner.items()
    )
