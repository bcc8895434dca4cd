"""A trade from its plan to its settlement: three pairs of hands, limits read twice, and a breach only with a named approval.

One person plans, another checks it against the limits, a third settles it; whoever approves a breach is a fourth. The database
refuses the rest. A trade that is settled stands in the ledger under its own reference.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.derived import body_digest
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.fund import booking
from jamsostek.fund.actions.proposal import NewTrade, priced
from jamsostek.fund.amortised import effective_yield
from jamsostek.fund.booking import Taken
from jamsostek.fund.choices import Measured, Side, Step
from jamsostek.fund.errors import refusals
from jamsostek.fund.limits import Finding, findings_after
from jamsostek.fund.lots import take
from jamsostek.fund.models import Trade
from jamsostek.fund.queries.due import refuse_unready
from jamsostek.fund.queries.lots import HeldLot, held_lots
from jamsostek.fund.queries.securities_held import terms_of
from jamsostek.fund.queries.trades import TradeTold, trade, trades
from jamsostek.ledger.actions import Posting, post

LOCK = 820_301
"""Settlements, payments and month ends take turns: each reads what the one before wrote."""


def plan(
    *,
    reference: str,
    fund: str,
    side: str,
    instrument_id: int,
    quantity: int,
    price: Decimal,
    trade_on: dt.date,
    settle_on: dt.date,
    reason: str,
    fee_rupiah: int = 0,
    invented: bool = False,
) -> TradeTold:
    """Writes down a purchase or sale that somebody else is to check. Raises `InputError`, `Refused`.

    `price` is rupiah for a unit without interest that has run, `fee_rupiah` what the broker takes. The same request again returns
    the trade that is there; another one under its reference is refused.
    """
    current().need(Can.PLAN_TRADE)
    new = NewTrade(
        reference.strip().upper(), fund, side, instrument_id, quantity, price, trade_on, settle_on, reason.strip(), fee_rupiah,
        invented,
    )  # fmt: skip
    body = body_digest(
        new.fund, new.side, instrument_id, quantity, format(price.normalize(), "f"), trade_on, settle_on, new.reason, fee_rupiah,
        invented,
    )  # fmt: skip
    there = Trade.objects.filter(reference=new.reference).first()
    if there is not None:
        if bytes(there.body) != body:
            raise InputError(
                _("Nomor rujukan ini sudah dipakai untuk isi yang lain."), field="reference", value=new.reference,
                remedy=_("Pakai nomor rujukan lain, atau kirim ulang isi yang sama."),
            )  # fmt: skip
        return trades(ids=[there.pk])[0]
    told = priced(new)
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_trade (reference, body, fund, side, instrument_id, quantity, price, amount_rupiah, accrued_rupiah,"
            " fee_rupiah, trade_on, settle_on, reason, invented, planned_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
            [new.reference, body, fund, side, instrument_id, quantity, price, told.amount_rupiah, told.accrued_rupiah, fee_rupiah,
             trade_on, settle_on, new.reason, invented, current().user_id],
        )  # fmt: skip
        made: int = cursor.fetchone()[0]
    audit.record("fund.trade_planned", "trade", made, fields=("amount_rupiah",), reason=new.reason)
    return trades(ids=[made])[0]


def breaches_of(findings: Sequence[Finding]) -> list[Finding]:
    """Limits that the trade breaks: broken after it, and not before or less so."""
    return [one for one in findings if one.breach]


def findings_of(one: TradeTold) -> list[Finding]:
    """The limits as they stand now, before and after a trade."""
    return findings_after(
        fund=one.fund, instrument_id=one.security.id, side=one.side, quantity=one.quantity, amount_rupiah=one.amount_rupiah,
        on=one.settle_on,
    )  # fmt: skip


def check(*, trade_id: int, reason: str = "") -> TradeTold:
    """Says that a trade may go on, with the limits as they stand; one that breaks a limit then waits for an approval by name."""
    current().need(Can.CHECK_TRADE)
    asked = _asked(trade_id)
    findings = findings_of(asked)
    _step(asked, Step.CHECKED, reason=reason, findings=findings)
    audit.record("fund.trade_checked", "trade", trade_id, reason=reason.strip())
    return _asked(trade_id)


def refuse(*, trade_id: int, reason: str) -> TradeTold:
    """Ends a trade that was not checked yet, with the reason."""
    current().need(Can.CHECK_TRADE)
    asked = _asked(trade_id)
    _need_text(reason, "reason", _("Tulis mengapa ditolak."))
    _step(asked, Step.REFUSED, reason=reason)
    audit.record("fund.trade_refused", "trade", trade_id, reason=reason.strip())
    return _asked(trade_id)


def approve_breach(*, trade_id: int, plan: str, mended_by: dt.date) -> TradeTold:
    """Lets a trade pass a limit, by name, with how and by when it is mended. Raises where it breaks none."""
    current().need(Can.APPROVE_BREACH)
    asked = _asked(trade_id)
    _need_text(plan, "plan", _("Tulis bagaimana pelampauan ini diperbaiki."))
    if mended_by <= asked.settle_on:
        raise InputError(
            _("Tenggat perbaikan harus sesudah tanggal penyelesaian."), field="mended_by", value=mended_by,
            remedy=_("Pilih tanggal yang lebih kemudian."),
        )  # fmt: skip
    findings = findings_of(asked)
    if not breaches_of(findings):
        raise InputError(_("Transaksi ini tidak melampaui batas apa pun."), remedy=_("Tidak ada yang perlu disetujui."))
    _step(asked, Step.BREACH_APPROVED, plan=plan, mended_by=mended_by, findings=findings)
    audit.record("fund.breach_approved", "trade", trade_id, fields=("plan",), reason=plan.strip())
    return _asked(trade_id)


def withdraw(*, trade_id: int, reason: str) -> TradeTold:
    """Takes a trade back before it is settled: a dealer, or whoever would have to approve its breach."""
    if not (current().may(Can.PLAN_TRADE) or current().may(Can.APPROVE_BREACH)):
        raise not_yours()
    asked = _asked(trade_id)
    _need_text(reason, "reason", _("Tulis mengapa dibatalkan."))
    _step(asked, Step.WITHDRAWN, reason=reason)
    audit.record("fund.trade_withdrawn", "trade", trade_id, reason=reason.strip())
    return _asked(trade_id)


def settle(*, trade_id: int, today: dt.date) -> TradeTold:
    """Books a trade on its day of settlement, after the limits were read once more. Raises `InputError`, `LedgerRefused`.

    A purchase the fund's cash does not cover is refused by the ledger, a breach without approval by the database. Settled twice
    is settled once.
    """
    current().need(Can.SETTLE_TRADE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    asked = _asked(trade_id)
    if asked.step(Step.SETTLED):
        return asked
    if today < asked.settle_on:
        raise InputError(
            _("Tanggal penyelesaiannya belum tiba."), field="settle_on", value=asked.settle_on,
            remedy=_("Selesaikan pada tanggalnya atau sesudahnya."),
        )  # fmt: skip
    refuse_unready(fund=asked.fund, instrument_id=asked.security.id, on=asked.settle_on)
    findings = findings_of(asked)
    _refuse_other_breaches(asked, findings)
    posting = _bought(asked) if asked.side == Side.BUY else _sold(asked)
    _step(asked, Step.SETTLED, findings=findings, group_id=posting.group_id)
    post(posting)
    audit.record("fund.trade_settled", "trade", trade_id, fields=("amount_rupiah",))
    return _asked(trade_id)


def _refuse_other_breaches(asked: TradeTold, findings: Sequence[Finding]) -> None:
    """An approval is for the limits it named; the database asks only whether there is one."""
    approved = asked.step(Step.BREACH_APPROVED)
    if approved is None:
        return
    named = {(one.rule, one.subject) for one in breaches_of(approved.findings)}
    other = next((one for one in breaches_of(findings) if (one.rule, one.subject) not in named), None)
    if other is not None:
        raise InputError(
            _("Transaksi ini kini melampaui batas lain daripada yang disetujui."), field="rule", value=other.rule,
            remedy=_("Batalkan dan rencanakan lagi."),
        )  # fmt: skip


def _bought(asked: TradeTold) -> Posting:
    one = asked.security
    yearly = None
    if one.measured == Measured.AMORTISED:
        yearly = effective_yield(terms_of(one), asked.quantity, asked.amount_rupiah, asked.settle_on)
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_lot (trade_id, fund, instrument_id, bought_on, quantity, cost_rupiah, yearly_yield)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [asked.id, asked.fund, one.id, asked.settle_on, asked.quantity, asked.amount_rupiah, yearly],
        )
    legs = booking.bought(
        asked.fund, amount_rupiah=asked.amount_rupiah, accrued_rupiah=asked.accrued_rupiah, fee_rupiah=asked.fee_rupiah
    )
    return Posting(f"trade/{asked.reference}", "investment_buy", asked.settle_on, legs)


def _sold(asked: TradeTold) -> Posting:
    lots = held_lots(on=asked.settle_on, fund=asked.fund, instrument_id=asked.security.id)
    taken = taken_units(lots, asked.quantity, on=asked.settle_on)
    write_uses(taken, used_on=asked.settle_on, trade_id=asked.id)
    legs = booking.sold(
        asked.fund, taken, amount_rupiah=asked.amount_rupiah, accrued_rupiah=asked.accrued_rupiah, fee_rupiah=asked.fee_rupiah
    )
    return Posting(f"trade/{asked.reference}", "investment_sell", asked.settle_on, legs)


def taken_units(lots: list[HeldLot], quantity: int, *, on: dt.date) -> list[Taken]:
    """Units of a sale from the oldest lots. Raises `InputError` where there are not so many."""
    shares = take(lots, quantity)
    if shares is None:
        raise InputError(
            _("Yang dijual lebih banyak daripada yang dimiliki."), field="quantity", value=quantity,
            remedy=_("Periksa jumlah yang masih ada."),
        )  # fmt: skip
    return [booking.taken(lot, units, on) for lot, units in shares]


def write_uses(taken: Sequence[Taken], *, used_on: dt.date, trade_id: int | None = None, event_id: int | None = None) -> None:
    """Writes down what was taken from lots."""
    with refusals(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO fund_lotuse (lot_id, trade_id, event_id, used_on, quantity, book_rupiah, amortised_rupiah,"
            " accrued_rupiah, revaluation_rupiah) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (one.lot.id, trade_id, event_id, used_on, one.units, one.book_rupiah, one.amortised_rupiah, one.accrued_rupiah,
                 one.revaluation_rupiah)
                for one in taken
            ],
        )  # fmt: skip


def _asked(trade_id: int) -> TradeTold:
    found = trade(trade_id)
    if found is None:
        raise not_yours(_("Transaksi ini tidak ada."))
    return found


def _need_text(text: str, field: str, remedy: str) -> None:
    if not text.strip():
        raise InputError(_("Belum diisi."), field=field, remedy=remedy)


def _step(
    asked: TradeTold,
    step: Step,
    *,
    reason: str = "",
    plan: str = "",
    mended_by: dt.date | None = None,
    findings: Sequence[Finding] = (),
    group_id: int | None = None,
) -> None:
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus dilakukan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_tradestep (trade_id, step, reason, plan, mended_by, findings, breaches, group_id, by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [asked.id, step, reason.strip(), plan.strip(), mended_by, json.dumps([one.to_json() for one in findings]),
             len(breaches_of(findings)), group_id, user],
        )  # fmt: skip


__all__ = [
    "LOCK", "NewTrade", "approve_breach", "breaches_of", "check", "findings_of", "plan", "refuse", "settle", "taken_units",
    "withdraw", "write_uses",
]  # fmt: skip
