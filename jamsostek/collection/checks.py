"""What the books must say of bills and payments, proved from the rows; registered with the ledger's own checks."""

from __future__ import annotations

from typing import Any

from django.db import connection

from jamsostek.core.text import N_
from jamsostek.ledger.checks import Outcome, register
from jamsostek.ledger.queries import number_words

TOLD = 20
"""So many findings of one kind are told."""
RECEIVABLE = N_("Piutang {code} {books} rupiah, tagihan yang belum dibayar {rows}.")
SUSPENSE = N_("Akun {code} {books} rupiah, uang yang masih bebas {rows}.")
FREE = N_("Pembayaran {payment}: bebas {told} rupiah menurut daftar kerja, {rows} menurut barisnya.")
OPEN = N_("Tagihan {bill}: daftar yang belum lunas tidak sesuai dengan pembayarannya.")
UNDIVIDED = N_("Akun {code} {books} rupiah, bagian tagihan yang belum terbagi {rows}.")
MEMBERS = N_("Tagihan {bill}: peserta menerima {books} rupiah, seharusnya {rows}.")


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _count(table: str) -> int:
    return int(_ask(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608


_OWED = """
    SELECT code, coalesce(booked, 0), coalesce(owed, 0) FROM (
        SELECT a.code, ledger_balance(a.id) AS booked FROM ledger_account a WHERE a.code LIKE 'receivable:%%') AS b
    FULL JOIN (
        SELECT 'receivable:' || s.programme || ':' || s.regency_code AS code, sum(s.rupiah) AS owed FROM (
            SELECT b.regency_code, p.programme, p.rupiah FROM collection_bill b CROSS JOIN LATERAL (VALUES
                ('jkk', b.jkk_rupiah + b.fine_jkk_rupiah), ('jkm', b.jkm_rupiah + b.fine_jkm_rupiah),
                ('jht', b.jht_rupiah + b.fine_jht_rupiah), ('jp', b.jp_rupiah + b.fine_jp_rupiah),
                ('jkp', CASE b.payer_kind WHEN 6 THEN b.jkp_government_rupiah ELSE 0 END)) AS p (programme, rupiah)
            WHERE b.group_id IS NOT NULL AND NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id)
            UNION ALL
            SELECT b.regency_code, p.programme, -p.rupiah FROM collection_allocation a
            JOIN collection_bill b ON b.id = a.bill_id CROSS JOIN LATERAL (VALUES
                ('jkk', a.jkk_rupiah + a.fine_jkk_rupiah), ('jkm', a.jkm_rupiah + a.fine_jkm_rupiah),
                ('jht', a.jht_rupiah + a.fine_jht_rupiah), ('jp', a.jp_rupiah + a.fine_jp_rupiah),
                ('jkp', a.jkp_rupiah)) AS p (programme, rupiah)
            WHERE b.group_id IS NOT NULL) AS s
        GROUP BY 1) AS o USING (code)
    WHERE coalesce(booked, 0) <> coalesce(owed, 0) ORDER BY 1 LIMIT %s
"""


def receivables_are_owed() -> Outcome:
    """What a regency's payers owe a programme is what its booked bills ask less what was paid of them."""
    found = [(RECEIVABLE, {"code": code, "books": int(books), "rows": int(rows)}) for code, books, rows in _ask(_OWED, TOLD)]
    return Outcome(_count("collection_bill"), tuple(found))


_SUSPENSE = """
    SELECT a.code, ledger_balance(a.id), s.rupiah FROM ledger_account a JOIN (VALUES
        ('suspense:overpaid', (SELECT coalesce(sum(rupiah), 0) FROM collection_free WHERE payer_id IS NOT NULL)),
        ('suspense:unknown', (SELECT coalesce(sum(rupiah), 0) FROM collection_free WHERE payer_id IS NULL)),
        ('suspense:refunds', (SELECT coalesce(sum(amount_rupiah), 0) FROM collection_refund WHERE approved AND paid_on IS NULL))
        ) AS s (code, rupiah) USING (code)
    WHERE ledger_balance(a.id) <> s.rupiah
"""
_FREE = """
    SELECT p.id, coalesce(f.rupiah, 0), t.rupiah FROM collection_payment p CROSS JOIN LATERAL (
        SELECT CASE WHEN EXISTS (SELECT FROM collection_bounce b WHERE b.payment_id = p.id) THEN 0 ELSE p.amount_rupiah END
            - (SELECT coalesce(sum(a.total_rupiah), 0) FROM collection_allocation a WHERE a.payment_id = p.id)
            - (SELECT coalesce(sum(amount_rupiah), 0) FROM collection_refund WHERE payment_id = p.id AND approved) AS rupiah
        ) AS t
    LEFT JOIN collection_free f ON f.payment_id = p.id WHERE t.rupiah <> coalesce(f.rupiah, 0) OR t.rupiah < 0 LIMIT %s
"""


def payments_are_explained() -> Outcome:
    """Every payment is what bills took of it, what went back and what is free; what is free stands in suspense."""
    found: list[tuple[str, dict[str, Any]]] = [
        (SUSPENSE, {"code": code, "books": int(books), "rows": int(rows)}) for code, books, rows in _ask(_SUSPENSE)
    ]
    for payment, told, rows in _ask(_FREE, TOLD):
        found.append((FREE, {"payment": number_words(payment), "told": int(told), "rows": int(rows)}))
    return Outcome(_count("collection_payment"), tuple(found))


_OPEN = """
    SELECT b.id FROM collection_bill b LEFT JOIN collection_open o ON o.bill_id = b.id
    LEFT JOIN collection_paid p ON p.bill_id = b.id
    WHERE (o.bill_id IS NOT NULL) <> (NOT EXISTS (SELECT FROM collection_void v WHERE v.bill_id = b.id) AND (
        b.jkk_rupiah, b.jkm_rupiah, b.jht_rupiah, b.jp_rupiah, CASE b.payer_kind WHEN 6 THEN b.jkp_government_rupiah ELSE 0 END,
        b.fine_jkk_rupiah, b.fine_jkm_rupiah, b.fine_jht_rupiah, b.fine_jp_rupiah)
        <> (coalesce(p.jkk_rupiah, 0), coalesce(p.jkm_rupiah, 0), coalesce(p.jht_rupiah, 0), coalesce(p.jp_rupiah, 0),
        coalesce(p.jkp_rupiah, 0), coalesce(p.fine_jkk_rupiah, 0), coalesce(p.fine_jkm_rupiah, 0),
        coalesce(p.fine_jht_rupiah, 0), coalesce(p.fine_jp_rupiah, 0))) LIMIT %s
"""


def open_bills_are_open() -> Outcome:
    """The list of bills that are not paid whole is what bills and payments say."""
    found = [(OPEN, {"bill": number_words(bill)}) for (bill,) in _ask(_OPEN, TOLD)]
    return Outcome(_count("collection_open"), tuple(found))


_DIVIDED = """
    WITH told AS MATERIALIZED (
        SELECT p.bill_id, p.paid, coalesce(l.rupiah, 0) AS got, s.rupiah AS should
        FROM (SELECT bill_id, sum({part}_rupiah)::bigint AS paid FROM collection_allocation GROUP BY 1) AS p
        JOIN collection_bill b ON b.id = p.bill_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(collection_share(n.{part}_employer_rupiah + n.{part}_worker_rupiah, p.paid, b.{part}_rupiah)), 0)
                AS rupiah
            FROM collection_line n WHERE n.month = b.month AND n.part = b.part AND n.bill_id = b.id) AS s
        LEFT JOIN (SELECT source_id, sum(amount_rupiah) AS rupiah FROM accounts_line
            WHERE programme = {programme} AND kind = 1 AND source_id > 0 GROUP BY 1) AS l ON l.source_id = p.bill_id)
    SELECT 0 AS bill, (SELECT ledger_balance(id) FROM ledger_account WHERE code = 'undivided:{part}') AS got,
        coalesce(sum(paid - should), 0) AS should FROM told
    UNION ALL (SELECT bill_id, got, should FROM told WHERE got <> should LIMIT {most})
"""


def members_got_their_share() -> Outcome:
    """What members got of a bill is their share of what was paid of it; what did not divide waits undivided."""
    found: list[tuple[str, dict[str, Any]]] = []
    for part, programme in (("jht", 1), ("jp", 2)):
        for bill, got, should in _ask(_DIVIDED.format(part=part, programme=programme, most=TOLD)):
            if bill:
                found.append((MEMBERS, {"bill": number_words(bill), "books": int(got), "rows": int(should)}))
            elif got != should:
                found.append((UNDIVIDED, {"code": f"undivided:{part}", "books": int(got), "rows": int(should)}))
    return Outcome(_count("collection_allocation"), tuple(found[:TOLD]))


CHECKS = {
    N_("Piutang sama dengan tagihan yang belum dibayar"): receivables_are_owed,
    N_("Setiap pembayaran terjelaskan seluruhnya"): payments_are_explained,
    N_("Daftar tagihan yang belum lunas benar"): open_bills_are_open,
    N_("Peserta menerima bagiannya dari yang dibayar"): members_got_their_share,
}


def add_to_the_ledgers() -> None:
    """Has `jamsostek ledger check` prove these too."""
    for name, function in CHECKS.items():
        register(name, function)
