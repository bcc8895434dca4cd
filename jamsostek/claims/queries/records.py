"""What our own records say of a claim: cover, wage, money saved, months paid, family. Read as the installation itself; whoever
is told gets facts, never the rows behind them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from jamsostek.access.scope import acting, system_scope
from jamsostek.accounts.models import LineKind, Programme
from jamsostek.accounts.queries import balances
from jamsostek.claims.choices import Component, Kind, PayoutState, State
from jamsostek.claims.facts import Facts
from jamsostek.claims.models import Claim, Party, Payout
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.queries import cover
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of, months_between
from jamsostek.law.entitlement import age_on, full_months
from jamsostek.registry import heirs
from jamsostek.registry.choices import Kin, Leaving, Segment
from jamsostek.registry.models import Cover, Employment, Participant, Relative, Wage
from jamsostek.registry.queries.merged import one_person
from jamsostek.registry.queries.timeline import programmes_of_worker

ADULT = 18
_PAID = ("paid", "reported", "grace", "late")
"""States of a month in which somebody was a member; `paid` and `reported` count as contributed."""
Values = dict[str, Any]


def told(claim: Claim, groups: tuple[str, ...], *, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """Facts of the groups a kind of claim stands on, as known now; a group that cannot be told gives nothing."""
    with acting(system_scope("klaim")):
        person = Participant.objects.get(pk=claim.participant_id)
        found: Values = {"birth_date": person.birth_date, "claimed_on": claimed_on}
        for group in groups:
            with suppress(InputError):  # a day before the law that is known, as a mistyped year is
                found |= _GROUPS[group](claim, person, event_on, claimed_on)
    return {name: value for name, value in found.items() if value is not None}


# --- cover and wage -----------------------------------------------------------------------------------------------------


def _cover(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """Whether somebody was protected on the day, by whom, and for how long they had been a member."""
    if event_on is None or event_on > claimed_on:
        return {}
    on_day = cover.cover_on([person.pk], event_on)[person.pk]
    months = cover.months_of(person.pk, event_on).months
    upto = month_of(event_on)
    contributed = sum(1 for one in months if one.month <= upto and one.state in ("paid", "reported"))
    bpu = on_day.kind is not None and on_day.kind != PayerKind.EMPLOYER
    return {
        "protected": on_day.covered if on_day.why != "unknown" else None,
        "pays_first": on_day.pays_first,
        "cover_why": cover.WORDS[on_day.why],
        "segment": "bpu" if bpu else "pu",
        "arrears_months": on_day.overdue_months if bpu else 0,
        "registered_on": person.registered_on,
        "membership_months": _membership(months, person.registered_on, event_on),
        "contribution_months": contributed,
        "employers": max(1, _employers(person.pk, upto)),
    }


def _membership(months: Any, registered_on: dt.date, event_on: dt.date) -> int:
    """Completed months since registration, or since the first month somebody paid for where that lies before it."""
    first = min((one.month for one in months if one.state in _PAID), default=None)
    since = full_months(registered_on, event_on)
    return since if first is None else max(since, months_between(first, month_of(event_on)))


def _employers(person: int, month: int) -> int:
    jobs = Employment.objects.filter(participant_id__in=one_person(person), from_month__lte=month)
    return len({job.employer_id for job in jobs if job.to_month is None or job.to_month >= month})


def _wage(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """The last monthly wage reported by the day; of who works for themself the declared income (PP 44/2015 Pasal 19, 28)."""
    if event_on is None:
        return {}
    month, ids = month_of(event_on), one_person(person.pk)
    wages = Wage.objects.filter(employment__participant_id__in=ids, from_month__lte=month).select_related("employment")
    running = [one for one in wages if one.employment.to_month is None or one.employment.to_month >= month]
    newest: dict[int, Wage] = {}
    for one in sorted(running, key=lambda it: it.from_month):
        newest[one.employment_id] = one
    if newest:
        return {"wage_rupiah": sum(one.wage_rupiah for one in newest.values()), "wages_known": len(newest)}
    own = Cover.objects.filter(participant_id__in=ids, from_month__lte=month).order_by("-from_month").first()
    return {"wage_rupiah": own.income_rupiah} if own is not None and (own.to_month or 999912) >= month else {}


# --- work and leaving ---------------------------------------------------------------------------------------------------

_REASONS = {
    Leaving.RESIGNED: "resigned", Leaving.DISMISSED: "dismissed", Leaving.CONTRACT_ENDED: "contract_ended",
    Leaving.RETIRED: "retired", Leaving.DIED: "died",
}  # fmt: skip


def _work(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """Whether somebody works for anybody now, when and why they last left, and since when they are a member."""
    ids, month = one_person(person.pk), month_of(claimed_on)
    jobs = list(Employment.objects.filter(participant_id__in=ids))
    own = list(Cover.objects.filter(participant_id__in=ids))
    working = any(job.to_month is None or (job.to_month >= month and job.left_on is None) for job in jobs)
    left = max((job for job in jobs if job.left_on is not None), key=lambda job: job.left_on or dt.date.min, default=None)
    firsts = [*(job.from_month for job in jobs), *(spell.from_month for spell in own)]
    since = min([person.registered_on, *(dt.date(m // 100, m % 100, 1) for m in firsts)])
    found: Values = {"working": working, "member_since": since, "working_again": working}
    if left is not None:
        found |= {"left_on": left.left_on, "leaving": _REASONS.get(Leaving(left.leaving) if left.leaving else Leaving.OTHER, "")}
    return found


# --- money saved --------------------------------------------------------------------------------------------------------


def _balance(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """What is in the JHT account today, and what was paid out of it before."""
    ids = one_person(person.pk)
    earlier = Payout.objects.filter(
        claim_id__in=Claim.objects.filter(participant_id__in=ids).values("pk"),
        component__in=(Component.JHT, Component.JHT_PARTIAL),
        state__in=(PayoutState.DUE, PayoutState.BATCHED, PayoutState.SENT, PayoutState.PAID, PayoutState.FAILED),
    ).exclude(claim_id=claim.pk)
    payments = sorted((month_of(one.paid_on or one.due_on), one.gross_rupiah) for one in earlier)
    taken = earlier.filter(component=Component.JHT_PARTIAL).exists()
    return {
        "balance_rupiah": balances.balance_on(ids, claimed_on).rupiah,
        "earlier_payments": [{"month": f"{m // 100}-{m % 100:02d}", "amount_rupiah": rupiah} for m, rupiah in payments],
        "taken_before": taken,
    }


def _pension(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """Months paid to JP, their density, and what was contributed; whole rupiah."""
    ids, day = one_person(person.pk), event_on or claimed_on
    paid = [
        one
        for one in balances.lines(ids, 201507, month_of(claimed_on), programme=Programme.JP)
        if one.kind == LineKind.CONTRIBUTION
    ]
    months = {one.for_month for one in paid if one.for_month <= month_of(day)}
    first = min(months, default=None)
    span = months_between(first, month_of(day)) + 1 if first is not None else 0
    return {
        "jp_months": len(months),
        "jp_membership_months": span,
        "jp_density_ppm": min(1_000_000, len(months) * 1_000_000 // span) if span else 0,
        "jp_contributed_rupiah": sum(one.rupiah for one in paid),
        "jp_years": _yearly_wages(ids, months),
    }


def _yearly_wages(ids: list[int], months: set[int]) -> list[dict[str, int]]:
    """The mean wage of the months paid in each year; whole rupiah."""
    wages = sorted(Wage.objects.filter(employment__participant_id__in=ids).values_list("from_month", "wage_rupiah"))
    found: dict[int, list[int]] = {}
    for month in sorted(months):
        told_wage = [rupiah for since, rupiah in wages if since <= month]
        if told_wage:
            found.setdefault(month // 100, []).append(told_wage[-1])
    return [{"year": year, "wage_rupiah": sum(all_) // len(all_), "months": len(all_)} for year, all_ in found.items()]


# --- death and family ---------------------------------------------------------------------------------------------------

_DECIDED = (State.APPROVED, State.PAID)


def _death(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """Whether the register has the death, and whether this event, or this death, was paid for under another claim.

    Accidents and what ends saving are told apart by their day; of all else there is one in a life. One death is paid for by
    JKM or by JKK, never by both.
    """
    others = list(Claim.objects.filter(participant_id__in=one_person(person.pk), state__in=_DECIDED).exclude(pk=claim.pk))
    by_day = claim.kind in (Kind.JKK, Kind.JHT)
    found: Values = {
        "known_dead": True if person.died_on is not None else None,
        "paid_before": any(one.kind == claim.kind and (not by_day or one.event_on == event_on) for one in others),
    }
    if claim.kind == Kind.JKM:
        return found | {"paid_before": found["paid_before"] or _paid_by_jkk(others)}
    if claim.kind == Kind.JKK:
        return found | {"death_paid": any(one.kind == Kind.JKM for one in others) or _paid_by_jkk(others)}
    return found


def _paid_by_jkk(others: list[Claim]) -> bool:
    accidents = [one.pk for one in others if one.kind == Kind.JKK]
    paid = Payout.objects.filter(claim_id__in=accidents, component=Component.JKK_DEATH).exclude(state=PayoutState.CANCELLED)
    return bool(accidents) and paid.exists()


def _family(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """The claimant's step in the order of heirs, the first step that has anybody, and who needs a guardian."""
    on, programme = event_on or claimed_on, "jht" if claim.kind == Kind.JHT else "jkm"
    relatives = list(Relative.objects.filter(participant_id__in=one_person(person.pk)))
    parties = list(Party.objects.filter(claim_id=claim.pk, left_on=None))
    steps = heirs.order(relatives, on=on, programme=programme)
    names = [step.name for step in steps]
    held = {step.name for step in steps if step.members} | {
        _step_of(one.kin) for one in parties if one.beneficiary or one.claimant
    }
    claimant = next((one for one in parties if one.claimant), None)
    step = _step_of(claimant.kin) if claimant is not None else ""
    if claimant is not None and claimant.kin == "guardian":
        step = next((_step_of(one.kin) for one in parties if one.guardian_id == claimant.pk), "")
    spouses = [r for r in relatives if r.kin == Kin.SPOUSE and heirs.alive_and_kin(r, on)]
    married = {r.name.casefold() for r in spouses}
    new = [one for one in parties if one.kin == "spouse" and one.relative_id is None and one.name.casefold() not in married]
    minors = [
        one
        for one in parties
        if one.beneficiary
        and one.guardian_id is None
        and one.birth_date is not None
        and age_on(one.birth_date, claimed_on) < ADULT
    ]
    return {
        "claimant_step": step or None,
        "entitled_step": next((name for name in names if name in held), None),
        "spouses": len(spouses) + len(new),
        "minors": len(minors),
    }


def _step_of(kin: str) -> str:
    return next((name for name, group in heirs.GROUPS.items() if kin in [str(one) for one in group]), "")


# --- loss of work, and children of a claim --------------------------------------------------------------------------------


def _jkp(claim: Claim, person: Participant, event_on: dt.date | None, claimed_on: dt.date) -> Values:
    """Contribution months before the dismissal, programmes of the job, and earlier JKP."""
    if event_on is None:
        return {}
    ids, month = one_person(person.pk), month_of(event_on)
    months = {one.month for one in cover.months_of(person.pk, event_on).months if one.state in ("paid", "reported")}
    window = [add_months(month, -back) for back in range(24)]
    job = (
        Employment.objects.filter(participant_id__in=ids, segment=Segment.PU, from_month__lte=month)
        .order_by("-from_month")
        .first()
    )
    earlier = Claim.objects.filter(participant_id__in=ids, kind=Kind.JKP, state__in=_DECIDED).exclude(pk=claim.pk)
    last = max((one.event_on for one in earlier if one.event_on is not None), default=None)
    scale = job.employer.scale if job is not None else None
    return {
        "contribution_months_24": sum(1 for one in window if one in months),
        "consecutive_6": _longest(window, months),
        "programmes": ", ".join([*programmes_of_worker(month, scale, "pu"), "jkn"]) if scale is not None else None,
        "scale": scale,
        "claims_before": earlier.count(),
        "contribution_years_since_last": full_months(last, event_on) // 12 if last is not None else None,
        "registered_on": person.registered_on,
    }


def _longest(window: list[int], months: set[int]) -> int:
    best = run = 0
    for one in window:
        run = run + 1 if one in months else 0
        best = max(best, run)
    return best


def of_parent(claim: Claim) -> Values:
    """What a scholarship takes from the claim of the death or disability it follows."""
    with acting(system_scope("klaim")):
        parent = Claim.objects.get(pk=claim.parent_id or 0)
        newest = parent.assessments.order_by("-number").first()
        known = Facts.from_plain(newest.facts) if newest is not None else Facts({})
        of_work = "jkk_total_disability" if known.text("result") == "total" else "jkk_death"
        children = Claim.objects.filter(parent_id=parent.pk, state__in=_DECIDED).exclude(pk=claim.pk)
        return {
            "event_on": parent.event_on,
            "cause": "jkm_death" if parent.kind == Kind.JKM else of_work,
            "contribution_months": known.number("contribution_months"),
            "membership_months": known.number("membership_months"),
            "place": 1 + children.count(),
        }


_GROUPS: Mapping[str, Callable[[Claim, Participant, dt.date | None, dt.date], Values]] = {
    "cover": _cover,
    "wage": _wage,
    "work": _work,
    "balance": _balance,
    "pension": _pension,
    "death": _death,
    "family": _family,
    "jkp": _jkp,
}
