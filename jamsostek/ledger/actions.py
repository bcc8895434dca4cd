"""Writing the books: opening months, posting groups, reversing, closing days and periods."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit, signing
from jamsostek.access.bulk import ask, insert_rows
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.derived import body_digest, derived_id
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month
from jamsostek.core.text import _
from jamsostek.ledger import checks
from jamsostek.ledger.chart import CHART, Facts
from jamsostek.ledger.checks import Report
from jamsostek.ledger.errors import LedgerRefused, refusals
from jamsostek.ledger.models import Period
from jamsostek.ledger.queries.digest import FIRST, period_digest, written
from jamsostek.ledger.queries.entries import number_words


@dataclass(frozen=True)
class Leg:
    """One transfer: account codes and whole rupiah, always positive."""

    debit: str
    credit: str
    rupiah: int


@dataclass(frozen=True)
class Posting:
    """One event in the books, under a reference that is used once. The same posting again changes nothing.

    `kind` is a word of the room that posts (`ledger.kinds`); `reverses` the number of a group that this one takes back.
    """

    reference: str
    kind: str
    effective_on: dt.date
    legs: tuple[Leg, ...]
    reverses: int | None = None

    @property
    def group_id(self) -> int:
        """The id follows from the reference."""
        return derived_id(self.reference)

    @property
    def body(self) -> bytes:
        """Digest of what is asked."""
        legs = [(one.debit, one.credit, one.rupiah) for one in self.legs]
        return body_digest(self.kind, self.effective_on, legs, self.reverses)


def signed(debit: str, credit: str, rupiah: int) -> tuple[Leg, ...]:
    """A leg of any amount: a negative one goes the other way, none for zero."""
    if rupiah == 0:
        return ()
    return (Leg(debit, credit, rupiah),) if rupiah > 0 else (Leg(credit, debit, -rupiah),)


def open_month(month: int) -> bool:
    """Opens a month of the books; False where it is open (or closed) already."""
    with connection.cursor() as cursor, refusals():
        cursor.execute("SELECT ledger_open_month(%s)", [month])
        return bool(cursor.fetchone()[0])


def open_accounts(accounts: Iterable[Facts]) -> dict[str, int]:
    """Ids by code, opening those that are not there yet."""
    wanted = {one.code: one for one in accounts}
    found = account_ids(wanted, missing_ok=True)
    fresh = [one for code, one in wanted.items() if code not in found]
    if fresh:
        with connection.cursor() as cursor:
            for one in sorted(fresh, key=lambda a: a.code):
                cursor.execute(
                    "INSERT INTO ledger_account (code, kind, fund, overdraft, members, title_id, title_en)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (code) DO NOTHING",
                    [one.code, one.kind, one.fund, one.overdraft, one.members, one.title, one.title_en],
                )
        found |= account_ids([one.code for one in fresh])
    return found


def account_ids(codes: Iterable[str], *, missing_ok: bool = False) -> dict[str, int]:
    """Ids by code; raises `InputError` for a code that is no account."""
    wanted = sorted(set(codes))
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, id FROM ledger_account WHERE code = ANY (%s)", [wanted])
        found: dict[str, int] = dict(cursor.fetchall())
    missing = [code for code in wanted if code not in found]
    if missing and not missing_ok:
        raise InputError(_("Akun {code} tidak ada.").format(code=missing[0]), field="account", value=missing[0])
    return found


def post(posting: Posting, accounts: dict[str, int] | None = None) -> bool:
    """Writes one group in one call; False where the same posting is there already. Raises `LedgerRefused`."""
    ids = accounts or account_ids(code for leg in posting.legs for code in (leg.debit, leg.credit))
    with connection.cursor() as cursor, refusals():
        cursor.execute(
            "SELECT ledger_post(%s, %s, %s, %s, %s, %s, %s::integer[], %s::integer[], %s::bigint[], %s)",
            [
                posting.group_id,
                posting.reference,
                posting.kind,
                posting.effective_on,
                posting.body,
                current().user_id,
                [ids[leg.debit] for leg in posting.legs],
                [ids[leg.credit] for leg in posting.legs],
                [leg.rupiah for leg in posting.legs],
                posting.reverses,
            ],
        )
        return bool(cursor.fetchone()[0])


def post_many(postings: Sequence[Posting], accounts: dict[str, int] | None = None) -> None:
    """Writes many groups in one statement; all references must be new. Raises `LedgerRefused`, and nothing is written."""
    ids = accounts or account_ids({code for one in postings for leg in one.legs for code in (leg.debit, leg.credit)})
    user = current().user_id
    with refusals():
        insert_rows(
            "ledger_group",
            {
                "id": ("bigint", [one.group_id for one in postings]),
                "reference": ("text", [one.reference for one in postings]),
                "kind": ("text", [one.kind for one in postings]),
                "effective_on": ("date", [one.effective_on for one in postings]),
                "debits": ("text", [_array(ids[leg.debit] for leg in one.legs) for one in postings]),
                "credits": ("text", [_array(ids[leg.credit] for leg in one.legs) for one in postings]),
                "amounts": ("text", [_array(leg.rupiah for leg in one.legs) for one in postings]),
                "body": ("bytea", [one.body for one in postings]),
                "reverses": ("bigint", [one.reverses for one in postings]),
                "made_by": ("bigint", [user] * len(postings)),
            },
            casts={"debits": "integer[]", "credits": "integer[]", "amounts": "bigint[]"},
        )


def _array(values: Iterable[int]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


def known_references(references: Sequence[str]) -> dict[str, bytes]:
    """Which references are used, with the digest of what they were used for."""
    rows = ask("SELECT reference, body FROM ledger_group WHERE reference = ANY (%b::text[])", ("text", list(references)))
    return {reference: bytes(body) for reference, body in rows}


def mirrored(group_id: int, *, reference: str, kind: str, effective_on: dt.date) -> Posting:
    """The posting that takes back a group: every transfer the other way. Whoever knows its number need not read the books."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT debit, credit, rupiah FROM ledger_legs(%s)", [group_id])
        legs = tuple(Leg(credit, debit, rupiah) for debit, credit, rupiah in cursor.fetchall())
    if not legs:
        raise InputError(_("Pembukuan {number} tidak ditemukan.").format(number=number_words(group_id)), field="group")
    return Posting(reference, kind, effective_on, legs, reverses=group_id)


def close_day(day: dt.date) -> int:
    """Sums of a day that has ended, for all accounts; 0 where it was closed before. Waits for those who still post."""
    with connection.cursor() as cursor, refusals():
        cursor.execute("SELECT ledger_close_day(%s)", [day])
        return int(cursor.fetchone()[0])


def keep_check(*, asked_by: int | None) -> Report:
    """Proves the books from their rows and keeps what came of it, for the pages; for the installation itself."""
    report = checks.run()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_check (made_by, rows, findings) VALUES (%s, %s, %s)",
            [asked_by, report.all_rows, json.dumps(checks.told(report.findings))],
        )
    return report


def close_period(month: int) -> Period:
    """Ends a month: nothing is posted into it again, and its signed digest covers it and the month before.

    The digest is computed while others still post, and again only where one of them posted into this month meanwhile.
    """
    scope = current()
    scope.need(Can.CLOSE_BOOKS)
    row = Period.objects.filter(pk=month).first()
    if row is None or row.closed_at is not None:
        raise LedgerRefused("ledger_period_closed" if row else "ledger_period_open", format_month(month))
    before = Period.objects.filter(month__lt=month).order_by("-month").first()
    previous = bytes(before.digest) if before is not None and before.digest is not None else FIRST
    digest = period_digest(month, previous)
    with connection.cursor() as cursor, refusals():
        cursor.execute("SELECT ledger_lock_all()")
        count, rupiah = written(month)
        if count != digest.transfers:
            digest = period_digest(month, previous)
        key = signing.key("ledger")
        told = [month, scope.user_id, count, rupiah, previous, digest.digest, key.private.sign(digest.digest), key.id]
        cursor.execute("SELECT ledger_close_period(%s, %s, %s, %s, %s, %s, %s, %s)", told)
    audit.record("ledger.period_closed", "period", month, fields=("digest",))
    return Period.objects.get(pk=month)


__all__ = [
    "CHART", "Leg", "Posting", "account_ids", "close_day", "close_period", "keep_check", "known_references", "mirrored",
    "open_accounts", "open_month", "post", "post_many", "signed",
]  # fmt: skip
