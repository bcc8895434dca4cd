"""The ledger's own checks: each proves one promise from all its rows, month by month, in the database."""

from __future__ import annotations

from typing import Any

from cryptography.exceptions import InvalidSignature
from django.db import connection

from jamsostek.access import signing
from jamsostek.core.text import N_
from jamsostek.ledger.checks import Outcome, register
from jamsostek.ledger.models import Period
from jamsostek.ledger.queries.balances import settled_moment, trial_balance
from jamsostek.ledger.queries.digest import FIRST, period_digest, written
from jamsostek.ledger.queries.entries import number_words

TOLD = 20
"""So many findings of one check are told; after them nobody reads on."""


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _of_months(
    texts: dict[str, str], sql: str, rows: str = "SELECT count(*) FROM ledger_transfer WHERE month = {month}"
) -> Outcome:
    """A query for each month; its rows are the name of a text and the group, leg or detail that is wrong."""
    count, found = 0, []
    for (month,) in _ask("SELECT month FROM ledger_period ORDER BY month"):
        count += int(_ask(rows.format(month=month))[0][0])
        for why, group, leg, detail in _ask(f"{sql.format(month=month)} LIMIT {TOLD}"):
            found.append((texts[why], {"month": month, "group": _group(group), "leg": leg, "detail": detail}))
    return Outcome(count, tuple(found[:TOLD]))


def _group(number: int | None) -> str:
    return "–" if number is None else number_words(number)


LEGS = {
    "missing": N_("{month}: kelompok {group} kehilangan transfer {leg}."),
    "added": N_("{month}: transfer {leg} kelompok {group} tidak ada dalam kelompoknya."),
    "other": N_("{month}: transfer {leg} kelompok {group} berbeda dari yang dicatat kelompoknya."),
    "homeless": N_("{month}: kelompok {group} kosong, atau bulannya tidak pernah dibuka."),
}
_LEGS = """
    SELECT CASE WHEN t.leg IS NULL THEN 'missing' WHEN g.leg IS NULL THEN 'added' ELSE 'other' END,
           coalesce(t.group_id, g.id), coalesce(t.leg, g.leg), ''
    FROM (SELECT g.id, leg.leg::integer, leg.debit_id, leg.credit_id, leg.rupiah, g.effective_on, g.recorded_at
          FROM ledger_group g CROSS JOIN LATERAL
          unnest(g.debits, g.credits, g.amounts) WITH ORDINALITY AS leg (debit_id, credit_id, rupiah, leg)
          WHERE g.month = {month}) AS g
    FULL JOIN (SELECT * FROM ledger_transfer WHERE month = {month}) AS t ON t.group_id = g.id AND t.leg = g.leg
    WHERE (t.debit_id, t.credit_id, t.amount_rupiah, t.effective_on, t.recorded_at)
          IS DISTINCT FROM (g.debit_id, g.credit_id, g.rupiah, g.effective_on, g.recorded_at)
"""


def groups_are_whole() -> Outcome:
    """Every transfer is what its group says, none is missing, none was added, and all bear the group's day and moment."""
    outcome = _of_months(LEGS, _LEGS)
    strays = _ask(
        "SELECT month, id FROM ledger_group WHERE legs = 0 OR NOT month = ANY (ARRAY(SELECT month FROM ledger_period)) LIMIT %s",
        TOLD,
    )
    found = [(LEGS["homeless"], {"month": month, "group": _group(number)}) for month, number in strays]
    return Outcome(outcome.rows, (*outcome.found, *found))


TRANSFERS = {
    "account": N_("{month}: transfer {leg} kelompok {group} menyebut akun yang tidak ada."),
    "fund": N_("{month}: transfer {leg} kelompok {group} keluar dari dananya: {detail}."),
    "amount": N_("{month}: transfer {leg} kelompok {group} berjumlah {detail} rupiah."),
    "same": N_("{month}: transfer {leg} kelompok {group} mendebit dan mengkredit akun yang sama."),
    "month": N_("{month}: transfer {leg} kelompok {group} berlaku di bulan lain."),
    "late": N_("{month}: transfer {leg} kelompok {group} dicatat sesudah bulan itu ditutup."),
}
_TRANSFERS = """
    SELECT * FROM (
        SELECT CASE WHEN d.id IS NULL OR c.id IS NULL THEN 'account' WHEN d.fund <> c.fund THEN 'fund'
                    WHEN t.amount_rupiah <= 0 THEN 'amount' WHEN d.id = c.id THEN 'same'
                    WHEN t.recorded_at > p.closed_at THEN 'late'
                    WHEN to_char(t.effective_on, 'YYYYMM') <> t.month::text THEN 'month' END AS why,
               t.group_id, t.leg, CASE WHEN d.fund <> c.fund THEN d.code || ' – ' || c.code ELSE t.amount_rupiah::text END
        FROM ledger_transfer t LEFT JOIN ledger_account d ON d.id = t.debit_id LEFT JOIN ledger_account c ON c.id = t.credit_id
        LEFT JOIN ledger_period p ON p.month = t.month WHERE t.month = {month}) AS one
    WHERE why IS NOT NULL
"""


def transfers_hold() -> Outcome:
    """Two accounts of one fund, a positive amount, a day in its month, recorded while the month was open."""
    return _of_months(TRANSFERS, _TRANSFERS)


DAYS = {
    "day": N_("{month}: jumlah hari {detail} berbeda dari barisnya."),
    "total": N_("Jumlah berjalan akun {code} pada {day} tidak menyambung."),
    "early": N_("Ada jumlah hari {day}, padahal hari itu belum ditutup."),
}
_DAYS = """
    SELECT 'day', NULL, NULL, coalesce(d.recorded_on, t.recorded_on)::text || ' ' || coalesce(a.code, '?')
    FROM (SELECT * FROM ledger_day WHERE month = {month}) AS d
    FULL JOIN (
        SELECT account, recorded_on, sum(debit) AS debit, sum(credit) AS credit FROM (
            SELECT debit_id AS account, recorded_on, amount_rupiah AS debit, 0 AS credit FROM ledger_transfer
            WHERE month = {month}
            UNION ALL
            SELECT credit_id, recorded_on, 0, amount_rupiah FROM ledger_transfer WHERE month = {month}) AS leg
        WHERE recorded_on <= (SELECT max(recorded_on) FROM ledger_closedday) GROUP BY 1, 2) AS t
        ON t.account = d.account_id AND t.recorded_on = d.recorded_on
    LEFT JOIN ledger_account a ON a.id = coalesce(d.account_id, t.account)
    WHERE (d.debit_rupiah, d.credit_rupiah) IS DISTINCT FROM (t.debit, t.credit)
"""
_TOTALS = """
    SELECT a.code, d.recorded_on FROM (
        SELECT *, sum(debit_rupiah) OVER upto AS debit, sum(credit_rupiah) OVER upto AS credit FROM ledger_day
        WINDOW upto AS (PARTITION BY account_id ORDER BY recorded_on, month)) AS d
    JOIN ledger_account a ON a.id = d.account_id
    WHERE (debit_total_rupiah, credit_total_rupiah) IS DISTINCT FROM (debit, credit) ORDER BY 2 LIMIT %s
"""
_EARLY = """
    SELECT DISTINCT recorded_on FROM ledger_day
    WHERE recorded_on > coalesce((SELECT max(recorded_on) FROM ledger_closedday), '-infinity') LIMIT %s
"""


def days_are_their_rows() -> Outcome:
    """What a closed day moved on an account is the sum of its rows, and each total is the one before and the day."""
    outcome = _of_months(DAYS, _DAYS, "SELECT count(*) FROM ledger_day WHERE month = {month}")
    found = [(DAYS["total"], {"code": code, "day": day.isoformat()}) for code, day in _ask(_TOTALS, TOLD)]
    found += [(DAYS["early"], {"day": day.isoformat()}) for (day,) in _ask(_EARLY, TOLD)]
    return Outcome(outcome.rows, (*outcome.found, *found))


FUND = N_("Debit dan kredit dana {fund} tidak sama: {debit} dan {credit}.")
READ = N_("Saldo akun {code} terbaca {read}, padahal menurut barisnya {rows}.")
DRAWN = N_("Akun {code} bersaldo {rupiah} rupiah, padahal tidak boleh kurang dari nol.")
_BY_ACCOUNT = """
    SELECT a.code, a.fund, a.debit_normal, a.overdraft, coalesce(d.rupiah, 0), coalesce(c.rupiah, 0) FROM ledger_account a
    LEFT JOIN (SELECT debit_id AS id, sum(amount_rupiah) AS rupiah FROM ledger_transfer WHERE recorded_at <= %s GROUP BY 1) AS d
        USING (id)
    LEFT JOIN (SELECT credit_id AS id, sum(amount_rupiah) AS rupiah FROM ledger_transfer WHERE recorded_at <= %s GROUP BY 1) AS c
        USING (id)
"""


def balances_hold() -> Outcome:
    """From all rows: debits are credits in every fund, no account is overdrawn that may not be, and balances are read rightly."""
    moment = settled_moment()
    rows = _ask(_BY_ACCOUNT, moment, moment)
    read = {one.code: one.balance_rupiah for one in trial_balance(known_at=moment)}
    found: list[tuple[str, dict[str, Any]]] = []
    funds: dict[str, list[int]] = {}
    for code, fund, debit_normal, overdraft, debit, credit in rows:
        sums = funds.setdefault(fund, [0, 0])
        sums[0] += int(debit)
        sums[1] += int(credit)
        balance = int(debit - credit if debit_normal else credit - debit)
        if balance < 0 and not overdraft:
            found.append((DRAWN, {"code": code, "rupiah": balance}))
        if balance != read.get(code, 0):
            found.append((READ, {"code": code, "read": read.get(code, 0), "rows": balance}))
    unequal = [(fund, debit, credit) for fund, (debit, credit) in funds.items() if debit != credit]
    found += [(FUND, {"fund": fund.upper(), "debit": debit, "credit": credit}) for fund, debit, credit in unequal]
    return Outcome(len(rows), tuple(found[:TOLD]))


PERIODS = {
    "order": N_("{month} sudah ditutup, padahal bulan sebelumnya masih terbuka."),
    "chain": N_("Sidik {month} tidak menyambung ke bulan sebelumnya."),
    "sums": N_("{month} ditutup dengan {transfers} transfer dan {rupiah} rupiah; sekarang {now} transfer dan {sum} rupiah."),
    "digest": N_("Sidik {month} tidak cocok dengan barisnya."),
    "signature": N_("Tanda tangan {month} tidak cocok."),
}


def periods_hold() -> Outcome:
    """Closed months are what they were: in order, chained, as many transfers, the same digest, signed by a key of ours."""
    count, found = 0, []
    previous, gap = FIRST, False
    for row in Period.objects.order_by("month"):
        if row.closed_at is None:
            gap = True
            continue
        digest, sums = period_digest(row.month, bytes(row.previous or b"")), written(row.month)
        wrong = {
            "order": gap,
            "chain": bytes(row.previous or b"") != previous,
            "sums": (row.transfers or 0, int(row.rupiah or 0)) != sums,
            "digest": digest.digest != bytes(row.digest or b""),
            "signature": not _signed(row),
        }
        told = {"month": row.month, "transfers": row.transfers, "rupiah": int(row.rupiah or 0), "now": sums[0], "sum": sums[1]}
        found += [(PERIODS[why], told) for why, is_so in wrong.items() if is_so]
        count, previous = count + digest.transfers, bytes(row.digest or b"")
    return Outcome(count, tuple(found[:TOLD]))


def _signed(row: Period) -> bool:
    try:
        signing.public("ledger", row.key_id or "").verify(bytes(row.signature or b""), bytes(row.digest or b""))
    except (InvalidSignature, KeyError):
        return False
    return True


REVERSED = N_("Kelompok {group} tidak mencerminkan kelompok {other} yang dibaliknya.")
_REVERSED = """
    SELECT g.id, g.reverses FROM ledger_group g LEFT JOIN ledger_group o ON o.id = g.reverses WHERE g.reverses IS NOT NULL
    AND (g.debits, g.credits, g.amounts) IS DISTINCT FROM (o.credits, o.debits, o.amounts) LIMIT %s
"""


def reversals_mirror() -> Outcome:
    """A reversal has every transfer of what it reverses, the other way."""
    count = int(_ask("SELECT count(*) FROM ledger_group WHERE reverses IS NOT NULL")[0][0])
    rows = _ask(_REVERSED, TOLD)
    return Outcome(count, tuple((REVERSED, {"group": _group(one), "other": _group(other)}) for one, other in rows))


OWN = {
    N_("Setiap kelompok utuh"): groups_are_whole,
    N_("Setiap transfer sah"): transfers_hold,
    N_("Jumlah harian sama dengan barisnya"): days_are_their_rows,
    N_("Saldo seimbang dan tidak ada yang minus"): balances_hold,
    N_("Bulan yang ditutup tidak berubah"): periods_hold,
    N_("Pembukuan balik mencerminkan asalnya"): reversals_mirror,
}


def register_all() -> None:
    """Adds these checks; the app does when it is ready."""
    for name, function in OWN.items():
        register(name, function)
