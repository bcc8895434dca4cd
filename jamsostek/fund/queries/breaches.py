"""Limits that are broken, the plans to mend them and how those stand; the board's own limits with their history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jamsostek.core.text import N_
from jamsostek.fund.limits.measure import Standing
from jamsostek.fund.limits.rules import rules
from jamsostek.fund.models import BoardLimit, Breach, TradeStep
from jamsostek.fund.queries.limits import Day, Key, all_broken, broken_since, key_of

WAITING, RUNNING, OVERDUE, MENDED, REFUSED, NONE = "waiting", "running", "overdue", "mended", "refused", "none"
STATES = {
    NONE: N_("Belum ada rencana"),
    WAITING: N_("Menunggu pimpinan"),
    RUNNING: N_("Rencana berjalan"),
    OVERDUE: N_("Lewat tenggat"),
    MENDED: N_("Sudah pulih"),
    REFUSED: N_("Dikembalikan"),
}
"""How far a broken limit is from being kept again."""


@dataclass(frozen=True)
class Broken:
    """A limit that is broken, since when, and the newest plan for it."""

    standing: Standing
    since: dt.date
    plan: Breach | None
    state: str


@dataclass(frozen=True)
class Plan:
    """A plan with where it stands."""

    row: Breach
    state: str

    @property
    def title(self) -> str:
        """What is limited; the board's rule is called as the law's."""
        return rule_title(self.row.rule)


def rule_title(rule_id: str) -> str:
    """`board:equity.issuer` -> its title; a rule that is gone keeps its id."""
    found = rules().get(rule_id.removeprefix("board:"))
    return found.title if found else rule_id


def broken_now(of: Day) -> list[Broken]:
    """Every limit that is broken on a day, with since when and the newest plan."""
    broken = all_broken(of)
    since = broken_since(broken, on=of.on)
    newest = _newest()
    found = []
    for one in broken:
        plan = newest.get(key_of(one))
        found.append(Broken(one, since[key_of(one)], plan, state_of(plan, of.on, still=True)))
    return found


def _newest() -> dict[Key, Breach]:
    rows = Breach.objects.select_related("answer").order_by("id")
    return {(row.fund, row.rule, row.subject): row for row in rows}


def state_of(plan: Breach | None, on: dt.date, *, still: bool) -> str:
    """Where a plan stands on a day; `still` says whether its limit is broken yet."""
    if plan is None:
        return NONE
    answer = getattr(plan, "answer", None)
    if answer is not None and not answer.approved:
        return REFUSED
    if not still:
        return MENDED
    if answer is None:
        return WAITING
    return OVERDUE if on > plan.mend_by else RUNNING


def plans(of: Day, *, ids: list[int] | None = None) -> list[Plan]:
    """Every plan ever proposed, the newest first; or some of them."""
    still = {key_of(one) for one in all_broken(of)}
    rows = Breach.objects.select_related("answer")
    chosen = rows if ids is None else rows.filter(pk__in=ids)
    return [Plan(row, state_of(row, of.on, still=(row.fund, row.rule, row.subject) in still)) for row in chosen]


def approved_trades() -> list[TradeStep]:
    """Trades that break a limit with a named approval and its plan, the newest first."""
    return list(TradeStep.objects.select_related("trade__instrument").filter(step="breach_approved").order_by("-id"))


def overdue_trades(on: dt.date) -> int:
    """How many of them should have been mended before a day."""
    return TradeStep.objects.filter(step="breach_approved", mended_by__lt=on).count()


def board_history(*, ids: list[int] | None = None) -> list[BoardLimit]:
    """Every limit the board was said to set, the newest first, with its answer; or some of them."""
    rows = BoardLimit.objects.select_related("answer")
    return list(rows if ids is None else rows.filter(pk__in=ids))
