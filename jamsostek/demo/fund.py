"""Four months of the funds: opening money, an invented portfolio in the published proportions, trades in every state.

The shares of classes are those published for JHT in December 2021 and for all funds in February 2021 (Kontan, DPR hearings;
reference data investment_mix.csv). Papers, prices, dates and amounts are invented, and marked so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jamsostek.access.models import User
from jamsostek.access.roles import Role
from jamsostek.access.scope import acting, scope_of, system_scope
from jamsostek.collection.actions.bills import open_month
from jamsostek.core.months import add_months, first_day, last_day, month_of
from jamsostek.core.text import _
from jamsostek.demo.fund_papers import DEPOSITS, DIVIDENDS, ISSUERS, PRICED, SHARES, Paper, papers
from jamsostek.demo.load import ACTOR, Tell
from jamsostek.fund.actions import events, month_end, trading
from jamsostek.fund.actions.securities import record_prices, register_instrument, register_issuer
from jamsostek.fund.models import Trade
from jamsostek.fund.queries.due import due_events
from jamsostek.fund.queries.lots import held_lots, newest_prices
from jamsostek.fund.queries.trades import TradeTold
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.actions import Leg, Posting
from jamsostek.ledger.queries import balance
from jamsostek.registry.models import Participant

MONTHS = 4
"""So many months before today's are over when the demo begins."""
OPENING = {"jp": 180_000_000_000, "jkk": 60_000_000_000, "jkm": 20_000_000_000, "jkp": 12_000_000_000}
"""Invented: about a two-thousandth of what these funds held at the end of 2024."""
JHT_RUPIAH, FEWEST = 100_000, 10_000
"""Invented: what JHT begins with for each participant, so that it stands to members' balances of a few months as a real fund does
to those of years; and of how many participants at least, for a bond is bought in millions."""
INVESTED_PERCENT = 90
SOURCE = "Rekaan untuk peragaan / invented for the demo"
_TRADE_DAY = 20


@dataclass
class Desk:
    """The demo's investors, what they may buy, and how far they are."""

    today: dt.date
    told: Tell
    opening: dict[str, int]
    ids: dict[str, int] = field(default_factory=dict)
    number: int = 0

    @contextmanager
    def sits(self, role: Role) -> Iterator[None]:
        """A transaction of the holder of a role."""
        with acting(system_scope(_(ACTOR))):
            user = User.objects.filter(is_demo=True, grants__role=role).order_by("pk")[0]
            scope = scope_of(user, month_of(self.today))
        with acting(scope):
            yield

    def plan(self, **given: Any) -> TradeTold:
        """A trade that somebody else is to check."""
        self.number += 1
        with self.sits(Role.DEALER):
            return trading.plan(
                reference=f"CONTOH-{given['fund'].upper()}-{self.number:03d}",
                instrument_id=self.ids[given.pop("code")],
                reason=given.pop("reason", _("Menempatkan kas dana (rekaan)")),
                trade_on=given["settle_on"],
                invented=True,
                **given,
            )

    def carried(self, **given: Any) -> TradeTold:
        """A trade through all hands; a limit it breaks is approved with a plan."""
        made = self.plan(**given)
        with self.sits(Role.RISK):
            made = trading.check(trade_id=made.id)
        if made.state == "breach":
            with self.sits(Role.CHIEF):
                trading.approve_breach(
                    trade_id=made.id, plan=_("Kelebihannya dijual bertahap dalam enam bulan (rekaan)."),
                    mended_by=made.settle_on + dt.timedelta(days=180),
                )  # fmt: skip
        with self.sits(Role.SETTLEMENT):
            return trading.settle(trade_id=made.id, today=self.today)


def live_funds(*, today: dt.date, tell: Tell) -> None:
    """Invests the funds over the months before today's, and ends each. Nothing where the demo has traded before."""
    with acting(system_scope(_(ACTOR))):
        if Trade.objects.exists():
            return
        members = max(Participant.objects.count(), FEWEST)
    desk = Desk(today, tell, {"jht": members * JHT_RUPIAH, **OPENING})
    first = add_months(month_of(today), -MONTHS)
    _open(desk, first, month_of(today))
    known = papers(first)
    _register(desk, known, first)
    for at in range(MONTHS):
        month = add_months(first, at)
        tell(_("Dana {number} bulan").format(number=MONTHS), at, MONTHS)
        _live_month(desk, known, month, at)
    _now(desk, known)
    tell(_("Dana {number} bulan").format(number=MONTHS), MONTHS, MONTHS)


def _open(desk: Desk, first: int, last: int) -> None:
    """Months of the books, and the money every fund begins with."""
    with acting(system_scope(_(ACTOR))):
        for at in range(MONTHS + 1):
            open_month(add_months(first, at))
        for fund, rupiah in desk.opening.items():
            legs = (Leg(f"cash:{fund}", f"fund:{fund}", rupiah),)
            ledger.post(Posting(f"contoh/modal/{fund}/{last}", "opening", first_day(first), legs))


def _register(desk: Desk, known: list[Paper], first: int) -> None:
    with desk.sits(Role.RISK):
        for code, name, kind, group in ISSUERS:
            register_issuer(code=code, name=name, kind=kind, corporate_group=group, invented=True)
        for one in known:
            desk.ids[one.code] = register_instrument(**one.facts, invented=True).pk
    _price(desk, first_day(first), 0)


def _price(desk: Desk, day: dt.date, at: int) -> None:
    """Prices of a day; they go up and down by a pattern, not by any market."""
    rows = [(code, day, (base * Decimal(1_000 + moves[at % len(moves)]) / 1_000)) for code, base, moves in PRICED]
    with desk.sits(Role.RISK):
        record_prices(rows=rows, source=SOURCE, invented=True)


def _live_month(desk: Desk, known: list[Paper], month: int, at: int) -> None:
    if at == 0:
        for fund in desk.opening:
            _place(desk, known, fund, first_day(month) + dt.timedelta(days=4))
    else:
        _receive(desk, last_day(month).replace(day=_TRADE_DAY))
        _price(desk, last_day(month).replace(day=_TRADE_DAY), at)
        _trade(desk, last_day(month).replace(day=_TRADE_DAY), at)
    _receive(desk, last_day(month))
    _price(desk, last_day(month), at + 1)
    with desk.sits(Role.SETTLEMENT):
        month_end.end_months(month=month, today=desk.today)


def _place(desk: Desk, known: list[Paper], fund: str, on: dt.date) -> None:
    """The fund's first portfolio, its safest classes first, so that the shares of the others are those of a whole fund."""
    invested = desk.opening[fund] * INVESTED_PERCENT // 100
    shares = SHARES.get(fund, SHARES["others"])
    for one in known:
        part = invested * shares.get(one.code, 0) // 1_000
        quantity = part // int(one.price) if one.price >= 1 else 0
        if quantity:
            desk.carried(
                fund=fund, side="buy", code=one.code, quantity=quantity, price=one.price, settle_on=on, fee_rupiah=part // 10_000
            )  # fmt: skip


def _receive(desk: Desk, until: dt.date) -> None:
    """Everything that is due by a day, in its order."""
    while True:
        with desk.sits(Role.SETTLEMENT):
            waiting = due_events(on=until)
            if not waiting:
                return
            one = waiting[0]
            events.record_due(fund=one.fund, instrument_id=one.security.id, kind=one.kind, due_on=one.due_on, today=desk.today)


def _trade(desk: Desk, on: dt.date, at: int) -> None:
    """What changes in a month: some sold, some bought, a dividend; once a limit is passed, with a plan."""
    if at == 1:
        for fund in ("jht", "jp"):
            _sell(desk, fund, "CONTOH-KONS", 30, on)
        code, per_unit = DIVIDENDS
        with desk.sits(Role.SETTLEMENT):
            for lot in held_lots(on=on, instrument_id=desk.ids[code]):
                events.record_dividend(
                    fund=lot.fund, instrument_id=desk.ids[code], due_on=on, rupiah=lot.held * per_unit, today=desk.today
                )  # fmt: skip
    elif at == 2:
        price = _market(desk, "CONTOH-TAMB", on)
        quantity = desk.opening["jp"] * 5 // 100 // int(price)
        desk.carried(
            fund="jp", side="buy", code="CONTOH-TAMB", quantity=quantity, price=price, settle_on=on,
            reason=_("Contoh pelampauan batas yang disetujui (rekaan)"),
        )  # fmt: skip
    else:
        desk.carried(
            fund="jht", side="buy", code=DEPOSITS[-1], quantity=desk.opening["jht"] // 40, price=Decimal(1), settle_on=on,
            reason=_("Menempatkan kembali deposito yang jatuh tempo (rekaan)"),
        )  # fmt: skip


def _sell(desk: Desk, fund: str, code: str, percent: int, on: dt.date, carry: Callable[..., Any] | None = None) -> None:
    with acting(system_scope(_(ACTOR))):
        held = sum(lot.held for lot in held_lots(on=on, fund=fund, instrument_id=desk.ids[code]))
    (carry or desk.carried)(
        fund=fund, side="sell", code=code, quantity=held * percent // 100, price=_market(desk, code, on), settle_on=on,
        reason=_("Mengambil laba (rekaan)"),
    )  # fmt: skip


def _market(desk: Desk, code: str, on: dt.date) -> Decimal:
    with acting(system_scope(_(ACTOR))):
        return newest_prices([desk.ids[code]], on=on)[desk.ids[code]][0]


def _now(desk: Desk, known: list[Paper]) -> None:
    """Trades of today in every state that is not an end, and two that came to one."""
    on = desk.today
    bond = known[0]
    with acting(system_scope(_(ACTOR))):
        cash = balance("cash:jht")
    some = max(cash // 20 // int(bond.price), 1)
    buys = {"fund": "jht", "side": "buy", "code": bond.code, "price": bond.price, "settle_on": on}
    desk.plan(**buys, quantity=some)
    checked = desk.plan(**buys, quantity=some + 1)
    refused = desk.plan(**buys, quantity=some * 19)
    withdrawn = desk.plan(**buys, quantity=some + 2)
    _sell(desk, "jkk", "CONTOH-TELE", 20, on, desk.plan)
    price = _market(desk, "CONTOH-BANK", on)
    quantity = desk.opening["jkm"] * 6 // 100 // int(price)
    breach = desk.plan(fund="jkm", side="buy", code="CONTOH-BANK", quantity=quantity, price=price, settle_on=on)
    with desk.sits(Role.RISK):
        trading.check(trade_id=checked.id)
        trading.check(trade_id=breach.id)
        trading.refuse(trade_id=refused.id, reason=_("Menghabiskan kas yang disiapkan untuk manfaat (rekaan)."))
    with desk.sits(Role.DEALER):
        trading.withdraw(trade_id=withdrawn.id, reason=_("Harga berubah sebelum disepakati (rekaan)."))


__all__ = ["MONTHS", "live_funds"]
