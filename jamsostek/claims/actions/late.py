"""Paying late has a price the carrier bears itself: a share of the benefit for each day (JKK, JKM) or month (JP)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from jamsostek import law
from jamsostek.access.scope import current
from jamsostek.claims.actions.owing import legs_of, open_month, post
from jamsostek.claims.choices import Component, PayoutState
from jamsostek.claims.models import Payout
from jamsostek.core.months import month_of, months_between

RULES = {"jkk": "benefit.jkk.late_payment", "jkm": "benefit.jkm.late_payment", "jp": "benefit.jp.late_payment"}
"""The law names no price for JHT and JKP paid late."""
_LATE = int(Component.LATE)


def penalty(fund: str, rupiah: int, due_on: dt.date, paid_on: dt.date) -> int:
    """What the carrier owes for paying that late; whole rupiah, nothing where the law asks nothing."""
    if fund not in RULES or paid_on <= due_on:
        return 0
    if fund == "jp":
        months = max(1, months_between(month_of(due_on), month_of(paid_on)))
        return int(law.calculate(RULES[fund], date=due_on, due_rupiah=rupiah, months_late=months)["penalty_rupiah"])
    days = (paid_on - due_on).days
    return int(law.calculate(RULES[fund], date=due_on, benefit_rupiah=rupiah, days_late=days)["penalty_rupiah"])


def late_payments(*, fund: str, pay_on: dt.date, today: dt.date) -> int:
    """Adds what is owed for lateness to everything of a fund that is paid late; how many. Once for each party and month."""
    rows = Payout.objects.filter(
        fund=fund, state__in=(PayoutState.DUE, PayoutState.FAILED), roll_id=None, due_on__lt=pay_on, attempts=0
    )
    by_party: dict[tuple[int, int, int], list[Payout]] = {}
    for row in rows.exclude(component=_LATE):
        by_party.setdefault((row.month, row.claim_id, row.party_id), []).append(row)
    known = set(
        Payout.objects.filter(component=_LATE, claim_id__in={key[1] for key in by_party}).values_list(
            "month", "claim_id", "party_id"
        )
    )
    return sum(_add(key, mine, fund, pay_on, today) for key, mine in by_party.items() if key not in known)


def _add(key: tuple[int, int, int], mine: Sequence[Payout], fund: str, pay_on: dt.date, today: dt.date) -> bool:
    month, claim_id, party_id = key
    rupiah = sum(penalty(fund, one.gross_rupiah, one.due_on, pay_on) for one in mine)
    first = mine[0]
    if not rupiah:
        return False
    posting = post(f"late:{claim_id}:{party_id}:{month}", "late", legs_of("carrier", Component.LATE, rupiah, 0), today)
    open_month(month, _LATE)
    Payout.objects.create(
        month=month, claim_id=claim_id, party_id=party_id, component=_LATE, fund="carrier", gross_rupiah=rupiah, due_on=pay_on,
        decision_id=first.decision_id, benefit_id=None if first.decision_id else first.benefit_id, group_id=posting.group_id,
        made_by=current().user_id, made_on=today,
    )  # fmt: skip
    return True
