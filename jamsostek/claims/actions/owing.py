"""What a decision gives becomes owed: divided among the entitled, booked from the right fund; a right that goes on begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max

from jamsostek.access.scope import current
from jamsostek.accounts.actions.lines import NewLine, add_lines
from jamsostek.accounts.actions.lines import open_month as open_accounts_month
from jamsostek.accounts.models import LineKind, Programme
from jamsostek.accounts.queries import balances
from jamsostek.claims.choices import CHILD, COMPONENTS, EMPLOYER, HEIRS, SELF, WHO_PAID, Component, Kind, PayoutState
from jamsostek.claims.computing import Part, fund_of
from jamsostek.claims.facts import Facts
from jamsostek.claims.models import Benefit, Change, Claim, Decision, Party, Payout, Proof, Roll
from jamsostek.collection.actions.payments.reading import days
from jamsostek.collection.actions.payments.writing import open_for
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of, span
from jamsostek.core.text import _
from jamsostek.law.parameters import law_on
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.chart import CHART
from jamsostek.registry.queries.merged import one_person

_NOT_PAID = ("guardian", "facility", "other")
_BY_CODE = {one.code: one for one in CHART}


PENSIONS = {
    Component.JP_OLD_AGE: "old_age", Component.JP_DISABILITY: "disability", Component.JP_WIDOW: "widow",
    Component.JP_CHILD: "child", Component.JP_PARENT: "parent",
}  # fmt: skip
"""Components paid month by month for life or till an age, with the law's name of each."""


@dataclass(frozen=True)
class Share:
    """What one party gets of a part; whole rupiah, tax within it."""

    party: Party
    part: Part
    gross_rupiah: int
    tax_rupiah: int


def owe(claim: Claim, decision: Decision, today: dt.date) -> None:
    """Writes payouts, rights and the books for a decision that stands."""
    parts = [Part.from_plain(one) for one in decision.assessment.components]
    facts = Facts.from_plain(decision.assessment.facts)
    shares = [share for part in parts if part.once_rupiah for share in divided(claim, part, facts)]
    if shares:
        group = _book(claim, decision, shares, facts, today)
        _write(claim, decision, shares, group, today)
    for part in parts:
        if part.recurs is not None:
            begin_right(claim, decision, part, facts, today)
    if claim.kind == Kind.JKK:
        _while_healing(claim, decision, facts, today)


# --- who gets how much --------------------------------------------------------------------------------------------------


def divided(claim: Claim, part: Part, facts: Facts) -> list[Share]:
    """A part among those who receive it, by their shares; the rupiah that do not divide go to the first ones."""
    parties = receivers(claim, COMPONENTS[part.component].to, facts)
    if not parties:
        raise InputError(_("Belum ada yang menerima uangnya."), field="beneficiary", remedy=_("Tambahkan penerimanya."))
    weights = [one.share for one in parties]
    gross, tax = split(part.once_rupiah, weights), split(part.tax_rupiah, weights)
    return [Share(*one) for one in zip(parties, [part] * len(parties), gross, tax, strict=True) if one[2]]


def split(rupiah: int, weights: Sequence[int]) -> list[int]:
    """Whole rupiah by weights: rounded down, the rest one by one to the first."""
    whole = sum(weights)
    found = [rupiah * weight // whole for weight in weights]
    for at in range(rupiah - sum(found)):
        found[at] += 1
    return found


def receivers(claim: Claim, to: str, facts: Facts) -> list[Party]:
    """Who receives a part: the participant, the firm that went on paying, or those entitled after a death."""
    paid = list(Party.objects.filter(claim=claim, beneficiary=True, left_on=None).order_by("id"))
    firm = [one for one in paid if one.kin == "employer"]
    people = [one for one in paid if one.kin not in (*_NOT_PAID, "employer")]
    if to == EMPLOYER and firm and facts.flag("wage_kept"):
        return firm
    if to == WHO_PAID and firm:
        return firm
    own = [one for one in people if one.kin == "self"]
    if to in (SELF, EMPLOYER, WHO_PAID) and own:
        return own
    if to == HEIRS:
        return [one for one in people if one.kin != "self"] or own
    if to == CHILD:
        return [one for one in people if one.kin == "child"] or people[:1]
    return people


# --- the books ----------------------------------------------------------------------------------------------------------


def legs_of(fund: str, component: Component, gross: int, tax: int, contributed: int = 0) -> list[ledger.Leg]:
    """The transfers by which an amount becomes owed: out of members' money or as a cost of its fund; tax is set aside."""
    if component in (Component.JHT, Component.JHT_PARTIAL):
        found = [ledger.Leg("members:jht", "payable:jht", gross)]
    elif component == Component.JP_LUMP:
        found = [
            *ledger.signed("members:jp", "payable:jp", contributed),
            *ledger.signed("benefits:jp", "payable:jp", gross - contributed),
        ]
    elif component == Component.LATE:
        found = [ledger.Leg("late:carrier", "payable:carrier", gross)]
    else:
        found = [ledger.Leg(f"benefits:{fund}", f"payable:{fund}", gross)]
    return [*found, *ledger.signed(f"payable:{fund}", "tax:jht", tax)] if tax else found


def post(reference: str, kind: str, legs: Iterable[ledger.Leg], today: dt.date) -> ledger.Posting:
    """Books a group on today, or the first day the books are open; accounts that are new are opened."""
    open_days = days()
    posting = ledger.Posting(reference, kind, open_days.effective(today), tuple(legs))
    open_for([posting.effective_on], open_days)
    open_accounts_month(month_of(posting.effective_on))
    ids = ledger.open_accounts(_BY_CODE[code] for leg in posting.legs for code in (leg.debit, leg.credit))
    ledger.post(posting, ids)
    return posting


def _book(claim: Claim, decision: Decision, shares: Sequence[Share], facts: Facts, today: dt.date) -> int:
    legs: list[ledger.Leg] = []
    contributed = min(facts.number("jp_contributed_rupiah", 0) or 0, _gross(shares, Component.JP_LUMP))
    for component in dict.fromkeys(one.part.component for one in shares):
        mine = [one for one in shares if one.part.component == component]
        fund = fund_of(mine[0].part, Kind(claim.kind), _cause(facts))
        legs += legs_of(fund, component, _gross(mine), sum(one.tax_rupiah for one in mine), contributed)
    posting = post(f"claim:{decision.pk}", "claim", legs, today)
    saved = _gross(shares, Component.JHT) + _gross(shares, Component.JHT_PARTIAL)
    _withdraw(claim, posting, Programme.JHT, saved)
    _withdraw(claim, posting, Programme.JP, contributed)
    return posting.group_id


def _gross(shares: Iterable[Share], component: Component | None = None) -> int:
    return sum(one.gross_rupiah for one in shares if component in (None, one.part.component))


def _cause(facts: Facts) -> str:
    return "jkk" if facts.text("cause").startswith("jkk") else "jkm"


def _withdraw(claim: Claim, posting: ledger.Posting, programme: Programme, rupiah: int) -> None:
    """Takes what is paid out of the member's account, number by number where numbers were merged."""
    if not rupiah:
        return
    month, left, lines = month_of(posting.effective_on), rupiah, []
    for number in one_person(claim.participant_id):
        if programme == Programme.JHT:
            here = balances.balance_on([number], posting.effective_on).rupiah
        else:
            here = sum(one.rupiah for one in balances.lines([number], 201507, month, programme=Programme.JP))
        taken = min(left, max(here, 0))
        if taken:
            lines.append(
                NewLine(posting.group_id, number, programme, month, LineKind.WITHDRAWAL, -taken, posting.effective_on, claim.pk)
            )
            left -= taken
    if left:
        raise InputError(
            _("Saldo peserta tidak cukup untuk jumlah ini."),
            field="balance_rupiah",
            value=rupiah,
            remedy=_("Hitung ulang klaimnya."),
        )
    add_lines(lines)


# --- rows ---------------------------------------------------------------------------------------------------------------


def open_month(month: int, component: int) -> None:
    """Makes room for payouts of a month and component."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_open_month(%s, %s)", [month, int(component)])


def _write(claim: Claim, decision: Decision, shares: Sequence[Share], group: int, today: dt.date) -> None:
    rows = []
    for one in shares:
        month = _free_month(claim, one, today)
        open_month(month, one.part.component)
        rows.append(
            Payout(
                month=month, claim_id=claim.pk, party_id=one.party.pk, component=int(one.part.component),
                fund=fund_of(one.part, Kind(claim.kind), _cause(Facts.from_plain(decision.assessment.facts))),
                gross_rupiah=one.gross_rupiah, tax_rupiah=one.tax_rupiah, due_on=claim.due_on or today,
                state=PayoutState.HELD if one.part.held else PayoutState.DUE, decision_id=decision.pk, group_id=group,
                made_by=current().user_id, made_on=today,
            )
        )  # fmt: skip
    Payout.objects.bulk_create(rows)


def _free_month(claim: Claim, one: Share, today: dt.date) -> int:
    """What a payment is for: its own month; what is added later to what was paid for it, the month of the new decision.

    Where that month has one already (a part of wages lost was paid for it), the next that has none.
    """
    if not one.part.before_rupiah:
        return one.part.month
    taken = set(
        Payout.objects.filter(claim_id=claim.pk, party_id=one.party.pk, component=int(one.part.component)).values_list(
            "month", flat=True
        )
    )
    month = month_of(today)
    while month in taken:
        month = add_months(month, 1)
    return month


def begin_right(claim: Claim, decision: Decision, part: Part, facts: Facts, today: dt.date) -> list[Benefit]:
    """A right that is paid again and again, for each who receives it."""
    terms: dict[str, Any] = dict(part.recurs or {})
    if terms.get("of") == "promise":
        return [_scholarship(claim, decision, child, facts, today) for child in terms["children"] if child.get("party")]
    parties = receivers(claim, COMPONENTS[part.component].to, facts)
    amounts = split(part.rupiah, [one.share for one in parties])
    first = int(terms.get("from") or add_months(part.month, 1))
    last = add_months(first, len(terms["amounts"]) - 1) if "amounts" in terms else None
    made = []
    for party, rupiah in zip(parties, amounts, strict=True):
        fund = fund_of(part, Kind(claim.kind))
        made.append(_right(claim, decision, party, part.component, fund, rupiah, terms, first, last, today))
    return made


def _while_healing(claim: Claim, decision: Decision, facts: Facts, today: dt.date) -> None:
    """Wages lost while somebody heals are paid month by month, each against a doctor's letter, till it is known how it ended."""
    row = Benefit.objects.filter(claim=claim, component=int(Component.JKK_INCAPACITY)).exclude(state="ended").first()
    if facts.text("result") not in ("", "healing"):
        if row is not None:
            close(row, max(row.from_month, month_of(today)), "concluded")
        return
    wage, event = facts.number("wage_rupiah"), facts.date("happened_on")
    days = facts.number("unfit_days", 0) or 0
    if row is None and wage and days and event is not None:
        terms = {"of": "unfit", "wage_rupiah": wage, "days": days, "event_on": event.isoformat()}
        first = max(add_months(month_of(event), 1), month_of(today))
        party = receivers(claim, COMPONENTS[Component.JKK_INCAPACITY].to, facts)[0]
        _right(claim, decision, party, Component.JKK_INCAPACITY, "jkk", 0, terms, first, None, today)


def _right(
    claim: Claim, decision: Decision, party: Party, component: Component, fund: str, rupiah: int, terms: dict[str, Any],
    first: int, last: int | None, today: dt.date,
) -> Benefit:  # fmt: skip
    known = Benefit.objects.filter(claim=claim, party=party, component=int(component)).first()
    if known is not None:
        return known
    made = Benefit.objects.create(
        claim=claim, decision=decision, party=party, component=int(component), fund=fund, regency_code=claim.regency_code,
        rupiah=rupiah, terms=terms, from_month=first, last_month=last, proof_until=proven_until(component, first, today),
        indexed_year=first // 100,
    )  # fmt: skip
    if component == Component.JKP:
        Proof.objects.create(
            benefit=made, claim=claim, kind="activity", month=first, rupiah=terms["amounts"][0], data={"note": "decision"},
            given_by=decision.proposed_by, given_on=decision.proposed_on, accepted=True, accepted_by=current().user_id,
            accepted_on=decision.second_on or decision.proposed_on,
        )  # fmt: skip
    changed(made, "begun", first, "decision", was_rupiah=0)
    if component in PENSIONS:
        pay_back(made, claim, behind(first, today), today)
    return made


def behind(first: int, today: dt.date) -> list[int]:
    """Months from a first one on that no coming roll will pay: those gone by, and those whose roll was posted already."""
    posted = Roll.objects.filter(kind="pension", state__in=("approved", "posted")).aggregate(last=Max("month"))["last"]
    return span(first, max(add_months(month_of(today), -1), posted or 0))


def changed(
    row: Benefit, kind: str, month: int, because: str, by: int | None = None, *, was_rupiah: int | None = None,
    rupiah: int | None = None,
) -> None:  # fmt: skip
    """Remembers what became of a right from a month on; its amount stays where none is named."""
    Change.objects.create(
        benefit=row, claim_id=row.claim_id, kind=kind, from_month=month, because=because,
        was_rupiah=row.rupiah if was_rupiah is None else was_rupiah, rupiah=row.rupiah if rupiah is None else rupiah,
        by=by if by is not None else current().user_id,
    )  # fmt: skip


def close(row: Benefit, last_month: int, because: str, by: int | None = None) -> None:
    """A right ends with a month, and never before it began."""
    row.state, row.because, row.last_month = "ended", because, max(last_month, row.from_month)
    row.save(update_fields=["state", "because", "last_month"])
    changed(row, "ended", add_months(last_month, 1), because, by, rupiah=0)


def pay_back(row: Benefit, claim: Claim, months: list[int], today: dt.date) -> int:
    """Months of a right that were not paid in their time, each once; how many were added."""
    known = set(
        Payout.objects.filter(claim_id=claim.pk, party_id=row.party_id, component=row.component, month__in=months).values_list(
            "month", flat=True
        )
    )
    wanted = [month for month in months if month not in known and month >= row.from_month]
    if not wanted or not row.rupiah:
        return 0
    posting = post(
        f"back:{row.pk}:{wanted[0]}:{wanted[-1]}",
        "roll",
        [ledger.Leg(f"benefits:{row.fund}", f"payable:{row.fund}", row.rupiah * len(wanted))],
        today,
    )
    for month in wanted:
        open_month(month, row.component)
    Payout.objects.bulk_create(
        [
            Payout(
                month=month, claim_id=claim.pk, party_id=row.party_id, component=row.component, fund=row.fund,
                gross_rupiah=row.rupiah, due_on=today, benefit_id=row.pk, group_id=posting.group_id,
                made_by=current().user_id, made_on=today,
            )
            for month in wanted
        ]
    )  # fmt: skip
    return len(wanted)


def proven_until(component: Component, first: int, today: dt.date) -> int | None:
    """The last month that the decision itself proves; a pension is confirmed again and again (PP 45/2015 Pasal 26)."""
    if component == Component.JKP:
        return first
    if component in (Component.SCHOLARSHIP, Component.JKK_INCAPACITY):
        return None
    return add_months(max(first, month_of(today)), law_on(today).number("jp.confirm.every_months"))


def _scholarship(claim: Claim, decision: Decision, child: dict[str, Any], facts: Facts, today: dt.date) -> Benefit:
    party = Party.objects.get(pk=int(child["party"]), claim=claim)
    cause = "jkk" if claim.kind == Kind.JKK else "jkm"
    terms = {
        "of": "year",
        "levels": child.get("levels", {}),
        "contribution_months": facts.number("contribution_months"),
        "cause": cause,
        "event_on": (facts.date("died_on") or facts.date("happened_on") or today).isoformat(),
    }
    return _right(claim, decision, party, Component.SCHOLARSHIP, cause, 0, terms, month_of(today), None, today)
