"""Limits as they stand, day by day and month end by month end, with what is known of those that are broken."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.core.months import add_months, month_of
from jamsostek.fund.limits.measure import Bases, Holding, Standing, counts, holdings, standings, subject_of
from jamsostek.fund.limits.rules import BOARD, BoardLimit, Limit, limits_in_force
from jamsostek.fund.models import Instrument
from jamsostek.fund.queries.positions import Security, positions
from jamsostek.fund.queries.securities_held import securities
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.queries.balances import fund_balances

Key = tuple[str, str, str]
BACK_MONTHS = 36
"""So far back it is asked since when a limit is broken."""


@dataclass(frozen=True)
class Day:
    """All that limits of a day are measured with."""

    on: dt.date
    held: list[Holding]
    bases: Bases
    board: list[BoardLimit]

    def limits(self, fund: str) -> list[Limit]:
        """The limits of a fund, the board's beside the law's."""
        return limits_in_force(fund, self.on, self.board)

    def standings(self, fund: str) -> list[Standing]:
        """Every limit of a fund with everything it is about."""
        return standings(self.limits(fund), self.held, self.bases)

    def broken(self, fund: str) -> list[Standing]:
        """Those that are broken."""
        return [one for one in self.standings(fund) if one.broken]

    def made_of(self, one: Standing) -> list[Holding]:
        """The holdings that make up what stands against a limit, the largest first."""
        found = [
            held for held in self.held
            if (held.fund == one.limit.fund or one.limit.rule.base == "all_investments")
            and counts(one.limit, held.security) and subject_of(one.limit, held.security)[0] == one.subject
        ]  # fmt: skip
        return sorted(found, key=lambda held: (-held.rupiah, held.security.code))


def security_of(instrument_id: int) -> Security:
    """An instrument; raises `LookupError` where there is none."""
    return securities([instrument_id])[instrument_id]


def day(on: dt.date) -> Day:
    """Holdings, bases and the board's limits of a day."""
    return Day(on, holdings(positions(on=on)), bases_on(on), board_limits(on))


def bases_on(on: dt.date) -> Bases:
    """Net assets of every fund at the end of a day, from the ledger."""
    return Bases({one.fund: one.worth_rupiah for one in fund_balances(effective=on) if one.fund in PROGRAMMES})


_BOARD = """
    SELECT DISTINCT ON (b.fund, b.rule) b.id, b.fund, b.rule, b.ppm, b.since, b.decree
    FROM fund_boardlimit b JOIN fund_boardlimitanswer a ON a.boardlimit_id = b.id
    WHERE a.confirmed AND b.since <= %s ORDER BY b.fund, b.rule, b.since DESC, a.id DESC
"""


def board_limits(on: dt.date) -> list[BoardLimit]:
    """What the board has set for a day, by fund and rule: the newest that was confirmed."""
    with connection.cursor() as cursor:
        cursor.execute(_BOARD, [on])
        return [BoardLimit(*row) for row in cursor.fetchall()]


def month_end(month: int) -> dt.date:
    """The last day of a month."""
    year, number = divmod(month, 100)
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def month_ends(on: dt.date, count: int) -> list[dt.date]:
    """The ends of the months before a day, the newest first."""
    return [month_end(add_months(month_of(on), -back)) for back in range(1, count + 1)]


def history(fund: str, rule_id: str, *, on: dt.date, months: int = 12) -> list[tuple[dt.date, Standing | None]]:
    """How a limit stood at the ends of past months and stands on a day, the oldest first: what of it was nearest to the limit, or
    furthest beyond."""
    days = [*reversed(month_ends(on, months)), on]
    return [(when, tightest(one for one in day(when).standings(fund) if one.limit.id == rule_id)) for when in days]


def tightest(found: Iterable[Standing]) -> Standing | None:
    """Of several things under one limit, that with the least room."""
    return min(found, key=lambda one: (one.room_rupiah, one.subject), default=None)


def all_broken(of: Day) -> list[Standing]:
    """What is broken in any fund; a limit of all funds together is told once, under the first of them."""
    return [
        one for fund in PROGRAMMES for one in of.broken(fund)
        if fund == PROGRAMMES[0] or one.limit.rule.base != "all_investments" or one.limit.basis == BOARD
    ]  # fmt: skip


def broken_since(broken: Sequence[Standing], *, on: dt.date) -> dict[Key, dt.date]:
    """Since when limits that are broken on a day have been so: the first of the month ends without a break, or that day.

    Not further back than `BACK_MONTHS`.
    """
    since = {key_of(one): on for one in broken}
    still = set(since)
    for when in month_ends(on, BACK_MONTHS):
        if not still:
            break
        still &= {key_of(one) for one in all_broken(day(when))}
        since.update(dict.fromkeys(still, when))
    return since


def key_of(one: Standing) -> Key:
    """Fund, limit and what of it: one thing that can be broken."""
    return one.limit.fund, one.limit.id, one.subject


def instruments() -> list[tuple[int, str, str]]:
    """Everything that can be bought: id, code and name."""
    return list(Instrument.objects.order_by("code").values_list("pk", "code", "name"))
