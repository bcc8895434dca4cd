"""A law case filed as a claim: its inputs become facts that papers show, its outputs are read from what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jamsostek.claims.choices import Component, Kind
from jamsostek.claims.computing import Part
from tests import cast
from tests.claims import offices

Read = Callable[[Any, list[Part]], Mapping[str, Any]]
REGISTERED = dt.date(2009, 1, 5)
_COVERED = {
    "protected": True, "pays_first": "bpjs", "registered_on": REGISTERED.isoformat(), "membership_months": 200,
    "arrears_months": 0, "employers": 1, "contribution_months": 200,
}  # fmt: skip


@dataclass(frozen=True)
class Filing:
    """How a case is filed: what the family states, what an officer finds, how its outputs are read."""

    kind: Kind
    stated: Mapping[str, Any]
    found: Mapping[str, Any]
    read: Read
    birth_date: dt.date = dt.date(1980, 2, 3)
    heir: bool = False
    saved_rupiah: int = 0
    """What is in the member's JHT account when the claim is filed."""


@dataclass
class Filed:
    """A claim that was decided, with what stands in its letter."""

    claim: Any
    parts: list[Part]
    conditions: list[Any]
    approved: bool
    at: offices.Office = field(repr=False)


def saved(participant_id: int, rupiah: int, day: dt.date) -> None:
    """Money brought into somebody's JHT account."""
    from jamsostek.accounts.actions.lines import NewLine, add_lines
    from jamsostek.accounts.models import LineKind, Programme
    from jamsostek.claims.actions.owing import post
    from jamsostek.core.months import month_of
    from jamsostek.ledger.actions import Leg

    posting = post(f"uji:saldo:{participant_id}", "uji", [Leg("cash:jht", "members:jht", rupiah)], day)
    month = month_of(posting.effective_on)
    add_lines(
        [NewLine(posting.group_id, participant_id, Programme.JHT, month, LineKind.BROUGHT_IN, rupiah, posting.effective_on)]
    )


def quick_papers(claim: Any) -> None:
    """Papers as they lie in the store, without making a picture for each."""
    from jamsostek.claims.models import Document

    for number, line in enumerate(claim.checklist):
        if not line["held"]:
            Document.objects.create(
                claim=claim, kind=line["document"], digest=f"{claim.pk:032x}{number:032x}", media="image/jpeg",
                file_name="foto.jpg", bytes=1, state="given",
            )  # fmt: skip


def filed(case: Filing, today: dt.date) -> Filed:
    """Files, checks, and decides: approved where all is met, refused where the law refuses."""
    from jamsostek.claims.actions import intake, work
    from jamsostek.claims.choices import Channel
    from jamsostek.claims.computing import assessed
    from jamsostek.claims.queries.cases import conditions_of, parts_of
    from jamsostek.claims.queries.knowing import facts_of
    from jamsostek.law.entitlement import Outcome

    at = offices.office()
    who = offices.member("Orang Contoh", since=REGISTERED, birth_date=case.birth_date)
    if case.saved_rupiah:
        saved(who.pk, case.saved_rupiah, today - dt.timedelta(days=1))
    claimant = offices.heir() if case.heir else None
    claim = intake.begin(kind=case.kind, participant_id=who.pk, channel=Channel.COUNTER, claimant=claimant, today=today).claim
    intake.state_facts(claim_id=claim.pk, values=case.stated, today=today)
    claim = intake.submit(claim_id=claim.pk, today=today, now=cast.NOW)
    quick_papers(claim)
    if claim.state == "waiting":
        claim = work.answered(claim_id=claim.pk, today=today)
    offices.checked(claim, at, today, **case.found)
    found = assessed(case.kind, facts_of(claim, today=today), today=today)
    approve = found.outcome != Outcome.NOT_ENTITLED and bool(found.parts)
    claim = offices.approved(claim, at, today, approve=approve)
    kept = claim.assessments.order_by("-number").first()
    return Filed(claim, parts_of(kept), conditions_of(kept), approve, at)


# --- how each rule's cases are filed --------------------------------------------------------------------------------------


def _sums(filed: Any, parts: list[Part], names: Mapping[Component, str], total: str = "total_rupiah") -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(names.values(), 0) | {
        names[part.component]: part.rupiah for part in parts if part.component in names
    }
    counted = [name for component, name in names.items() if component not in (Component.JKK_SCHOLARSHIP_ONCE,)]
    return found | {total: sum(found[name] for name in counted)}


def _accident(day: dt.date, result: str, found: Mapping[str, Any], read: Read, stated: Mapping[str, Any] | None = None) -> Filing:
    given = {"happened_on": day.isoformat(), "kind": "accident", "story": "jatuh dari tangga saat bekerja"} | dict(stated or {})
    ended = {"died_on": day.isoformat(), "known_dead": True} if result == "dead" else {}
    facts = (
        _COVERED | {"by_work": True, "result": result, "concluded_on": day.isoformat(), "reported_on": day.isoformat()} | ended
    )
    return Filing(Kind.JKK, given, facts | dict(found), read, heir=result == "dead")


def _jkk_death(day: dt.date, given: dict[str, Any]) -> Filing:
    names = {
        Component.JKK_DEATH: "death_rupiah", Component.JKK_PERIODIC: "periodic_rupiah", Component.JKK_FUNERAL: "funeral_rupiah",
        Component.JKK_SCHOLARSHIP_ONCE: "scholarship_once_rupiah",
    }  # fmt: skip
    return _accident(day, "dead", given, lambda it, parts: _sums(it, parts, names))


def _jkk_total(day: dt.date, given: dict[str, Any]) -> Filing:
    names = {Component.JKK_TOTAL: "disability_rupiah", Component.JKK_TOTAL_PERIODIC: "periodic_rupiah"}
    return _accident(day, "total", given, lambda it, parts: _sums(it, parts, names))


def _jkk_partial(day: dt.date, given: dict[str, Any]) -> Filing:
    return _accident(day, "partial", given, lambda it, parts: _explained(parts, Component.JKK_PARTIAL))


def _jkk_incapacity(day: dt.date, given: dict[str, Any]) -> Filing:
    found = {name: value for name, value in given.items() if name != "days"}
    stated = {"unfit_days": given["days"]} if "days" in given else {}
    return _accident(day, "healed", found, lambda it, parts: _explained(parts, Component.JKK_INCAPACITY), stated)


def _jkk_transport(day: dt.date, given: dict[str, Any]) -> Filing:
    return _accident(day, "healed", {}, lambda it, parts: _explained(parts, Component.JKK_TRANSPORT), given)


def _jkm_death(day: dt.date, given: dict[str, Any]) -> Filing:
    names = {
        Component.JKM_LUMP: "lump_sum_rupiah", Component.JKM_PERIODIC: "periodic_rupiah", Component.JKM_FUNERAL: "funeral_rupiah",
    }  # fmt: skip
    lost = given.get("segment") == "bpu" and given.get("arrears_months", 0) > 3
    found = _COVERED | {"known_dead": True, "protected": not lost, "pays_first": "nobody" if lost else "bpjs"} | given
    return Filing(
        Kind.JKM, {"died_on": day.isoformat(), "cause": "illness"}, found, lambda it, parts: _sums(it, parts, names), heir=True
    )  # fmt: skip


def _scholarship(day: dt.date, given: dict[str, Any]) -> Filing:
    most = dict.fromkeys(("kindergarten", "primary", "junior", "senior", "higher"), 50)
    children = given.get("children") or [{"levels": most}] * given.get("children_count", 0)
    found = {"children": children} | {n: v for n, v in given.items() if n == "contribution_months"}

    def read(it: Any, parts: list[Part]) -> Mapping[str, Any]:
        none = {"total_rupiah": 0, "per_child_rupiah": [0] * len(children)}
        return _explained(parts, Component.SCHOLARSHIP) or none

    if given.get("cause") == "jkm":
        case = _jkm_death(day, {})
        return Filing(case.kind, case.stated, dict(case.found) | found, read, heir=True)
    case = _jkk_death(day, {"wage_rupiah": 1_000_000})
    return Filing(case.kind, case.stated, dict(case.found) | found, read, heir=True)


def _explained(parts: list[Part], component: Component) -> Mapping[str, Any]:
    part = next((one for one in parts if one.component == component), None)
    told = part.explained() if part is not None else None
    return dict(told.outputs) if told is not None else {}


def _tax(day: dt.date, given: dict[str, Any]) -> Filing:
    *earlier, last = given["payments"]
    found = _COVERED | {
        "earlier_payments": [{"month": str(one["month"]), "amount_rupiah": one["amount_rupiah"]} for one in earlier],
        "working": False, "member_since": REGISTERED.isoformat(),
    }  # fmt: skip
    stated = {"cause": "age_56", "event_on": day.isoformat(), "tax_number": given.get("tax_number", True)}

    def read(it: Any, parts: list[Part]) -> Mapping[str, Any]:
        told = parts[0].tax_explained()
        assert told is not None and parts[0].tax_rupiah == told.outputs["tax_rupiah"][-1]
        return dict(told.outputs)

    born = dt.date(day.year - 57, 1, 15)
    return Filing(Kind.JHT, stated, found, read, birth_date=born, saved_rupiah=last["amount_rupiah"])


def _pension(day: dt.date, given: dict[str, Any], read: Read | None = None, **found: Any) -> Filing:
    kind = given.get("kind", "disability")
    facts = _COVERED | {
        "jp_months": given.get("contribution_months", 200), "jp_membership_months": 240, "jp_contributed_rupiah": 0,
        "jp_density_ppm": round(float(given.get("density", 1)) * 1_000_000), "working": False,
        "mean_indexed_wage_rupiah": given.get("mean_indexed_wage_rupiah", 6_000_000),
    } | found  # fmt: skip
    component = {"old_age": 40, "disability": 41, "widow": 42, "child": 43, "parent": 44}[kind]

    def of_rule(it: Any, parts: list[Part]) -> Mapping[str, Any]:
        return _explained(parts, Component(component))

    reads = read or of_rule
    if kind == "old_age":
        facts.pop("working")
        return Filing(
            Kind.JP_OLD_AGE,
            {"event_on": day.isoformat()},
            facts | {"working": False},
            reads,
            birth_date=dt.date(day.year - 70, 1, 1),
        )
    if kind == "disability":
        return Filing(Kind.JP_DISABILITY, {"event_on": day.isoformat()}, facts | {"total_disability": True}, reads)
    ties = {"related": True, "known_dead": True, "has_spouse": False, "has_child": False, "children_entitled": 1}
    stated = {"event_on": day.isoformat(), "survivor": kind, "remarried": False}
    return Filing(Kind.JP_SURVIVOR, stated, facts | ties, reads, heir=True)


def _limits(day: dt.date, given: dict[str, Any]) -> Filing:
    def read(it: Any, parts: list[Part]) -> Mapping[str, Any]:
        told = parts[0].explained()
        assert told is not None
        least, most = (int(one) for one in told.figures["jp.limits"].value)
        return {"minimum_rupiah": least, "maximum_rupiah": most}

    return _pension(day, {}, read)


def _indexed(day: dt.date, given: dict[str, Any]) -> Filing:
    years = [
        {name: str(value) if name == "inflation_percent" else value for name, value in one.items()} for one in given["years"]
    ]

    def read(it: Any, parts: list[Part]) -> Mapping[str, Any]:
        return dict(parts[0].basis_explained()[0].outputs)

    return _pension(day, {}, read, years=years, mean_indexed_wage_rupiah=None)


def _age(day: dt.date, given: dict[str, Any]) -> Filing:
    def read(it: Any, parts: list[Part]) -> Mapping[str, Any]:
        told = next(one for one in it.conditions if one.key == "jp.age")
        return {"pension_age_years": told.values["age"], "reached_on": dt.date.fromisoformat(told.values["reached"])}

    case = _pension(day, {"kind": "old_age"}, read)
    return Filing(case.kind, case.stated, case.found, read, birth_date=given["birth_date"])


def _jkp(day: dt.date, given: dict[str, Any]) -> Filing:
    found = {
        "citizen": True, "programmes": "jkk, jkm, jht, jp, jkp, jkn", "contribution_months_24": 24, "consecutive_6": 24,
        "working_again": False, "proof": True, "scale": "large", "claims_before": 0, "registered_on": REGISTERED.isoformat(),
        "wage_rupiah": given["wage_rupiah"],
    }  # fmt: skip
    if "months_already_paid_before_2025_02_07" in given:
        found["months_already_paid_before_2025_02_07"] = given["months_already_paid_before_2025_02_07"]
    stated = {"left_on": day.isoformat(), "reason": "dismissed", "willing": True, "citizen": True}
    return Filing(Kind.JKP, stated, found, lambda it, parts: _explained(parts, Component.JKP))


FILE: dict[str, Callable[[dt.date, dict[str, Any]], Filing]] = {
    "benefit.jkk.death": _jkk_death,
    "benefit.jkk.total_disability": _jkk_total,
    "benefit.jkk.partial_disability": _jkk_partial,
    "benefit.jkk.temporary_incapacity": _jkk_incapacity,
    "benefit.jkk.transport": _jkk_transport,
    "benefit.jkm.death": _jkm_death,
    "benefit.scholarship": _scholarship,
    "benefit.jht.tax": _tax,
    "benefit.jp.pension": _pension,
    "benefit.jp.limits": _limits,
    "benefit.jp.indexed_wages": _indexed,
    "benefit.jp.pension_age": _age,
    "benefit.jkp": _jkp,
}
