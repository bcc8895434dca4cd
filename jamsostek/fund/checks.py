"""What the books must say of investments, proved from the rows; registered with the ledger's own checks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from jamsostek.core.text import N_
from jamsostek.fund.queries.lots import held_lots
from jamsostek.ledger.chart import PROGRAMMES
from jamsostek.ledger.checks import Outcome, register
from jamsostek.ledger.queries import balance, number_words

TOLD = 20
"""So many findings of one check are told."""
END = dt.date(2100, 12, 31)
"""Everything that is recorded lies before it."""
LOTS = N_("Dana {fund}: akun {account} berisi {books} rupiah, lot-lotnya {rows}.")
GROUPLESS = N_("{reference}: kelompok {group} tidak ada dalam pembukuan, atau bukan miliknya.")
OWNERLESS = N_("Kelompok {group} membukukan investasi tanpa transaksi atau kejadiannya.")
CASH = N_("{reference}: kas bergerak {books} rupiah, seharusnya {rows}.")
HANDS = N_("Transaksi {reference} diselesaikan tanpa tiga orang, atau pelampauannya tanpa persetujuan.")
UNITS = N_("Lot {lot}: {used} unit terpakai dari {units}.")


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def lots_are_the_books() -> Outcome:
    """What every lot stands at sums to the three accounts of its fund: book value, revaluation, interest that has run."""
    lots, found = held_lots(on=END), []
    for fund in PROGRAMMES:
        mine = [one for one in lots if one.fund == fund]
        rows = {
            f"investment:{fund}": sum(one.book_rupiah for one in mine),
            f"revaluation:{fund}": sum(one.revaluation_rupiah for one in mine),
            f"accrued:{fund}": sum(one.accrued_rupiah for one in mine),
        }
        for account, rupiah in rows.items():
            books = balance(account)
            if books != rupiah:
                found.append((LOTS, {"fund": fund.upper(), "account": account, "books": books, "rows": rupiah}))
    count = sum(_ask("SELECT (SELECT count(*) FROM fund_lot), (SELECT count(*) FROM fund_lotuse)")[0])
    return Outcome(int(count), tuple(found[:TOLD]))


_OWNERS = """
    SELECT t.reference, s.group_id, t.fund, 'trade/' || t.reference AS told,
           CASE t.side WHEN 'buy' THEN -(t.amount_rupiah + t.accrued_rupiah + t.fee_rupiah)
                       ELSE t.amount_rupiah + t.accrued_rupiah - t.fee_rupiah END AS cash
    FROM fund_tradestep s JOIN fund_trade t ON t.id = s.trade_id WHERE s.step = 'settled'
    UNION ALL
    SELECT i.code || ' ' || e.due_on, e.group_id, e.fund, concat_ws('/', e.kind, e.fund, i.code, to_char(e.due_on, 'YYYYMMDD')),
           e.rupiah
    FROM fund_event e JOIN fund_instrument i ON i.id = e.instrument_id
    UNION ALL
    SELECT m.fund || ' ' || m.month, m.group_id, m.fund,
           'month-end/' || m.fund || '/' || m.month, 0
    FROM fund_monthend m WHERE m.group_id IS NOT NULL
"""
_GROUPS = f"""
    SELECT o.reference, o.group_id, g.id IS NULL OR g.reference <> o.told, o.cash,
           coalesce((SELECT sum(CASE WHEN leg.debit = a.id THEN leg.rupiah ELSE -leg.rupiah END)
                     FROM unnest(g.debits, g.credits, g.amounts) AS leg (debit, credit, rupiah)
                     JOIN ledger_account a ON a.code = 'cash:' || o.fund AND a.id IN (leg.debit, leg.credit)), 0)
    FROM ({_OWNERS}) AS o LEFT JOIN ledger_group g ON g.id = o.group_id
"""  # noqa: S608
_STRAYS = f"""
    SELECT g.id FROM ledger_group g WHERE g.kind LIKE 'investment_%' AND NOT EXISTS (
        SELECT FROM ({_OWNERS}) AS o WHERE o.group_id = g.id) LIMIT 20
"""  # noqa: S608


def everything_has_its_group() -> Outcome:
    """Every settled trade, payment and month's end has its own group, which moved the cash it says; and no group stands alone."""
    count, found = 0, []
    for reference, group, lost, cash, moved in _ask(_GROUPS):
        count += 1
        told = {"reference": reference, "group": number_words(group)}
        if lost:
            found.append((GROUPLESS, told))
        elif int(moved) != int(cash):
            found.append((CASH, {**told, "books": int(moved), "rows": int(cash)}))
    found += [(OWNERLESS, {"group": number_words(group)}) for (group,) in _ask(_STRAYS)]
    return Outcome(count, tuple(found[:TOLD]))


_HANDS = """
    SELECT t.reference FROM fund_trade t JOIN fund_tradestep s ON s.trade_id = t.id AND s.step = 'settled'
    LEFT JOIN fund_tradestep c ON c.trade_id = t.id AND c.step = 'checked'
    LEFT JOIN fund_tradestep b ON b.trade_id = t.id AND b.step = 'breach_approved'
    WHERE c.id IS NULL OR s.by IS NULL OR c.by IS NULL OR c.id > s.id
       OR t.planned_by IN (c.by, s.by, b.by) OR c.by = s.by OR b.by IN (c.by, s.by)
       OR s.breaches > 0 AND (b.id IS NULL OR b.id > s.id)
    LIMIT 20
"""


def three_hands_held_every_trade() -> Outcome:
    """Every settled trade was planned, checked and settled by different people, and a breach approved by a fourth."""
    found = [(HANDS, {"reference": reference}) for (reference,) in _ask(_HANDS)]
    return Outcome(int(_ask("SELECT count(*) FROM fund_tradestep")[0][0]), tuple(found))


def no_lot_gives_more_than_it_has() -> Outcome:
    """Units used never pass units bought; no sale is of more than was held."""
    rows = _ask(
        "SELECT l.id, l.quantity, sum(u.quantity) FROM fund_lot l JOIN fund_lotuse u ON u.lot_id = l.id"
        " GROUP BY l.id HAVING sum(u.quantity) > l.quantity LIMIT 20"
    )
    found = [(UNITS, {"lot": lot, "units": units, "used": int(used)}) for lot, units, used in rows]
    return Outcome(int(_ask("SELECT count(*) FROM fund_lotuse")[0][0]), tuple(found))


CHECKS = {
    N_("Lot investasi sama dengan buku besar"): lots_are_the_books,
    N_("Setiap transaksi investasi punya kelompoknya sendiri"): everything_has_its_group,
    N_("Setiap transaksi investasi dipegang tiga orang"): three_hands_held_every_trade,
    N_("Tidak ada lot yang terjual lebih dari isinya"): no_lot_gives_more_than_it_has,
}


def add_to_the_ledgers() -> None:
    """Has `jamsostek ledger check` prove these too."""
    for name, function in CHECKS.items():
        register(name, function)
