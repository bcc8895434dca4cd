"""Trades with their steps: where each stands, and whom it waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from jamsostek.access.models import User
from jamsostek.access.roles import Can
from jamsostek.fund.choices import Side, Step, TradeState
from jamsostek.fund.limits import Finding
from jamsostek.fund.models import Trade, TradeStep
from jamsostek.fund.queries.securities_held import Security, security

MOST = 500
"""So many trades of one list."""


@dataclass(frozen=True)
class StepTold:
    """One step; `findings` are the limits as they stood then."""

    step: str
    by_id: int | None
    by: str
    at: dt.datetime
    reason: str
    plan: str
    mended_by: dt.date | None
    findings: tuple[Finding, ...]
    breaches: int
    group_id: int | None


@dataclass(frozen=True)
class TradeTold:
    """A trade as it was planned, and what happened to it; whole rupiah."""

    id: int
    reference: str
    fund: str
    side: str
    security: Security
    quantity: int
    price: Decimal
    amount_rupiah: int
    accrued_rupiah: int
    fee_rupiah: int
    trade_on: dt.date
    settle_on: dt.date
    reason: str
    invented: bool
    planned_by_id: int | None
    planned_by: str
    planned_at: dt.datetime
    steps: tuple[StepTold, ...]

    @property
    def cash_rupiah(self) -> int:
        """What the fund's cash gains; negative for what it pays."""
        whole = self.amount_rupiah + self.accrued_rupiah
        return whole - self.fee_rupiah if self.side == Side.SELL else -whole - self.fee_rupiah

    def step(self, step: str) -> StepTold | None:
        """A step, if it was made."""
        return next((one for one in self.steps if one.step == step), None)

    @property
    def state(self) -> TradeState:
        """Where it stands."""
        for last in (Step.SETTLED, Step.REFUSED, Step.WITHDRAWN):
            if self.step(last):
                return TradeState(last.value)
        if self.step(Step.BREACH_APPROVED):
            return TradeState.APPROVED
        checked = self.step(Step.CHECKED)
        if checked is None:
            return TradeState.PLANNED
        return TradeState.BREACH if checked.breaches else TradeState.CHECKED

    @property
    def waits_for(self) -> Can | None:
        """What whoever goes on with it must be allowed; None where it has ended."""
        return _NEXT.get(self.state)

    @property
    def open(self) -> bool:
        """Whether anything can still happen to it."""
        return self.waits_for is not None

    @property
    def group_id(self) -> int | None:
        """Its group in the ledger, once it is settled."""
        done = self.step(Step.SETTLED)
        return done.group_id if done else None

    @property
    def hands(self) -> frozenset[int | None]:
        """Who held a step of it."""
        return frozenset({self.planned_by_id, *(one.by_id for one in self.steps)})


_NEXT = {
    TradeState.PLANNED: Can.CHECK_TRADE,
    TradeState.CHECKED: Can.SETTLE_TRADE,
    TradeState.BREACH: Can.APPROVE_BREACH,
    TradeState.APPROVED: Can.SETTLE_TRADE,
}


def trades(
    *, ids: Iterable[int] | None = None, fund: str | None = None, instrument_id: int | None = None, open_only: bool = False,
    before: int | None = None, most: int = MOST,
) -> list[TradeTold]:  # fmt: skip
    """Trades, the newest first; those before an id, where one is told."""
    rows = Trade.objects.select_related("instrument__issuer").order_by("-id")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if fund is not None:
        rows = rows.filter(fund=fund)
    if instrument_id is not None:
        rows = rows.filter(instrument_id=instrument_id)
    if open_only:
        ended = (Step.SETTLED, Step.REFUSED, Step.WITHDRAWN)
        rows = rows.exclude(pk__in=TradeStep.objects.filter(step__in=ended).values("trade_id"))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[:most])
    steps: dict[int, list[TradeStep]] = {}
    for step in TradeStep.objects.filter(trade_id__in=[row.pk for row in found]).order_by("id"):
        steps.setdefault(step.trade_id, []).append(step)
    users = {row.planned_by for row in found} | {step.by for some in steps.values() for step in some}
    names = dict(User.objects.filter(pk__in=[one for one in users if one is not None]).values_list("pk", "name"))
    return [_told(row, steps.get(row.pk, []), names) for row in found]


def trade(trade_id: int) -> TradeTold | None:
    """One trade."""
    return next(iter(trades(ids=[trade_id])), None)


def _told(row: Trade, steps: list[TradeStep], names: dict[int, str]) -> TradeTold:
    return TradeTold(
        row.pk, row.reference, row.fund, row.side, security(row.instrument), row.quantity, row.price, row.amount_rupiah,
        row.accrued_rupiah, row.fee_rupiah, row.trade_on, row.settle_on, row.reason, row.invented, row.planned_by,
        names.get(row.planned_by or 0, ""), row.planned_at, tuple(_step(one, names) for one in steps),
    )  # fmt: skip


def _step(row: TradeStep, names: dict[int, str]) -> StepTold:
    return StepTold(
        row.step, row.by, names.get(row.by or 0, ""), row.at, row.reason, row.plan, row.mended_by,
        tuple(Finding(**one) for one in row.findings), row.breaches, row.group_id,
    )  # fmt: skip
