"""What the pages of trades share: words, links, tags, and who stands at which desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.urls import register_converter, reverse

from jamsostek.access.roles import Can, Role
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, parse_month
from jamsostek.core.rupiah import format_number, format_rupiah, separated
from jamsostek.core.text import _
from jamsostek.fund.choices import SIDES, STATES, EventKind, TradeState
from jamsostek.fund.limits import Finding
from jamsostek.fund.queries.breaches import rule_title
from jamsostek.fund.queries.securities_held import Security
from jamsostek.fund.queries.trades import TradeTold
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.queries import number_words
from jamsostek.portal.fund.frame import fund_title
from jamsostek.portal.screens import Column, Form, Link, Tag
from jamsostek.portal.screens.parts import Tone
from jamsostek.portal.screens.words import NOTHING, date

CLOSERS = (Role.SETTLEMENT, Role.HEAD_OFFICE)
"""Who may end a month of a fund."""
_TONES: dict[TradeState, Tone] = {
    TradeState.PLANNED: "warn", TradeState.CHECKED: "info", TradeState.BREACH: "bad", TradeState.APPROVED: "warn",
    TradeState.REFUSED: "plain", TradeState.SETTLED: "good", TradeState.WITHDRAWN: "plain",
}  # fmt: skip


class FundInPath:
    """A programme's fund in an address."""

    regex = "|".join(PROGRAMMES)

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    to_url = to_python


class FundMonthInPath:
    """A month in an address: `2026-10`."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> int:
        """To an int; a month that does not exist is no address."""
        try:
            return parse_month(value)
        except InputError as error:
            raise ValueError(value) from error

    def to_url(self, value: int) -> str:
        """From an int."""
        return format_month(value)


class DayInPath:
    """A day in an address: `2026-10-31`."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """To a day; one that does not exist is no address."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        """From a day."""
        return value.isoformat()


class KindInPath:
    """Money that is due by its paper's terms."""

    regex = f"{EventKind.COUPON}|{EventKind.MATURITY}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    to_url = to_python


register_converter(FundInPath, "trade_fund")
register_converter(FundMonthInPath, "trade_month")
register_converter(DayInPath, "trade_day")
register_converter(KindInPath, "trade_due")


def state_tag(state: TradeState) -> Tag:
    """Where a trade stands, in words."""
    return Tag(_(STATES[state]), _TONES[state])


def trade_link(one: TradeTold) -> Link:
    """The way to a trade."""
    return Link(one.reference, reverse("trading:trade", args=[one.id]))


def group_link(group_id: int) -> Link:
    """The way to a group of the books."""
    return Link(number_words(group_id), reverse("books:group", args=[group_id]))


def lots_link(fund: str, security: Security) -> Link:
    """The way to what a fund holds of a paper, lot by lot."""
    return Link(security.code, reverse("trading:lots", args=[fund, security.id]))


def units(value: int) -> str:
    """So many units."""
    return format_number(value)


def price_words(value: Decimal) -> str:
    """Rupiah of a unit with the digits that count."""
    whole = f"{value:,.6f}".rstrip("0").rstrip(".")
    return f"Rp{separated(whole)}"


def rupiah(value: int | None) -> str:
    """Rupiah, or a dash."""
    return NOTHING if value is None else format_rupiah(value)


def mine(one: TradeTold) -> bool:
    """Whether a trade waits for whoever looks: they may do its next step, and hold none of it yet."""
    scope = current()
    needed = one.waits_for
    return needed is not None and scope.may(needed) and scope.user_id not in one.hands


def trade_columns() -> list[Column]:
    """Columns of a list of trades."""
    told: list[tuple[str, Callable[[TradeTold], object], bool]] = [
        (_("Rujukan"), trade_link, False),
        (_("Keadaan"), lambda one: state_tag(one.state), False),
        (_("Dana"), lambda one: fund_title(one.fund), False),
        (_("Arah"), lambda one: _(SIDES[one.side]), False),
        (_("Efek"), lambda one: one.security.code, False),
        (_("Unit"), lambda one: units(one.quantity), True),
        (_("Nilai"), lambda one: format_rupiah(one.amount_rupiah), True),
        (_("Penyelesaian"), lambda one: date(one.settle_on), False),
    ]
    return [Column(title, show, number=number) for title, show, number in told]


def finding_columns() -> list[Column]:
    """Columns of limits before and after a trade."""
    return [
        Column(_("Batas"), lambda one: rule_title(one.rule)),
        Column(_("Tentang"), lambda one: one.subject_name or one.subject or NOTHING),
        Column(_("Sebelum"), lambda one: format_rupiah(one.before_rupiah), number=True),
        Column(_("Sesudah"), lambda one: format_rupiah(one.after_rupiah), number=True),
        Column(_("Batasnya"), lambda one: format_rupiah(one.limit_rupiah), number=True),
        Column(_("Ruang tersisa"), lambda one: format_rupiah(one.room_rupiah), number=True),
        Column(_("Keadaan"), _finding_tag),
    ]


def _finding_tag(one: Finding) -> Tag:
    if one.breach:
        return Tag(_("Dilampaui oleh transaksi ini"), "bad")
    if one.broken_after:
        return Tag(_("Sudah dilampaui sebelumnya"), "warn")
    return Tag(_("Dipatuhi"), "good")


def may_any(*cans: Can) -> bool:
    """Whether whoever looks may do one of these."""
    return any(current().may(one) for one in cans)


def choose(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Gives a form's field what can be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
