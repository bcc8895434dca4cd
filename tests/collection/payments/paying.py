"""Payers with bills, and money that comes for them: what the tests of payments share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import count
from typing import Any

from django.db import connection

from jamsostek.collection.actions import bills, payments
from jamsostek.collection.actions.payments import Notice, Told
from jamsostek.collection.choices import Channel
from jamsostek.collection.codes import code_of
from tests import cast

ACCOUNT = "1234567890"
TODAY, MONTH = cast.TODAY, cast.MONTH
_number = count(1)


def moment(day: dt.date) -> dt.datetime:
    """Ten in the morning in Jakarta."""
    return dt.datetime(day.year, day.month, day.day, 3, tzinfo=dt.UTC)


def firm(workers: int = 3, *, wage_rupiah: int = 5_000_000, **given: Any) -> Any:
    """A company whose workers have worked since January."""
    made = cast.employer(**given)
    for at in range(workers):
        cast.works(cast.participant(f"Pekerja {at}"), made, wage_rupiah=wage_rupiah + at * 333_333)
    return made


def billed(employer: Any, month: int = MONTH, today: dt.date = TODAY) -> Any:
    """The bill of an employer's month."""
    return bills.bill_employer(employer_id=employer.pk, month=month, today=today)


def code(bill: Any) -> str:
    """The payment code of a bill."""
    return code_of(bill.number)


def notice(
    code: str, rupiah: int, *, day: dt.date = TODAY, reference: str | None = None, channel: Channel = Channel.WEBHOOK
) -> Notice:
    """Money that came by webhook."""
    return Notice(ACCOUNT, reference or f"R{next(_number):09d}", code, rupiah, moment(day), channel)


def pay(code: str, rupiah: int, **given: Any) -> Told:
    """Money that comes."""
    today = given.pop("today", TODAY)
    return payments.receive(notice(code, rupiah, **given), today=today)


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows as the installation sees them."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def balances(*codes: str) -> dict[str, int]:
    """Balances of accounts of the books, those that are not nothing."""
    rows = ask("SELECT code, ledger_balance(id) FROM ledger_account WHERE (%s OR code = ANY(%s))", not codes, list(codes))
    return {code: rupiah for code, rupiah in rows if rupiah}


def members(programme: int, people: Sequence[int] | None = None) -> dict[int, int]:
    """What members hold (JHT 1) or contributed (JP 2)."""
    rows = ask(
        "SELECT participant_id, sum(amount_rupiah)::bigint FROM accounts_line"
        " WHERE programme = %s AND (%s OR participant_id = ANY(%s)) GROUP BY 1",
        programme, people is None, list(people or ()),
    )  # fmt: skip
    return dict(rows)


def person_bill(person: Any = None, *, from_month: int = MONTH, months: int = 1, jht: bool = False) -> tuple[Any, Any]:
    """Somebody's own cover, and a bill for it."""
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself

    if person is None:
        person = cast.participant("Nelayan Sendiri")
        cover_oneself(Covering(person.pk, 202601, 1_000_000, "Nelayan", None, "other", jht))
    return person, bills.bill_person(participant_id=person.pk, from_month=from_month, months=months, today=TODAY)


def difference_bill(employer: Any, bill: Any, over: int, under: int) -> Any:
    """A further bill of the month's payer: so much of an earlier one, line by line, more (or less, where negative)."""
    from jamsostek.collection.billing.writing import bill_id
    from jamsostek.collection.choices import PayerKind
    from jamsostek.collection.models import Bill, BillLine
    from jamsostek.ledger import actions as ledger
    from jamsostek.ledger.chart import receivable

    names = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")
    lines = list(BillLine.objects.filter(bill_id=bill.pk).order_by("participant_id"))
    parts = [{name: int(getattr(one, f"{name}_rupiah") * over / under) for name in names} for one in lines]
    sums = {name: sum(part[name] for part in parts) for name in names}
    totals = {
        "jkk": sums["jkk"], "jkm": sums["jkm"], "jht": sums["jht_employer"] + sums["jht_worker"],
        "jp": sums["jp_employer"] + sums["jp_worker"],
    }  # fmt: skip
    sequence = Bill.objects.filter(payer_id=employer.pk, payer_kind=1, month=MONTH).count() + 10
    identity = bill_id(MONTH, PayerKind.EMPLOYER, employer.pk, sequence)
    legs = [
        leg
        for name, rupiah in totals.items()
        for leg in ledger.signed(receivable(name, bill.regency_code).code, f"billed:{name}", rupiah)
    ]
    posting = ledger.Posting(f"bill:{identity}", "bill", TODAY, tuple(legs))
    bills.open_month(MONTH)
    ledger.post(posting)
    [(number,)] = ask("SELECT nextval('collection_number')")
    copied = {
        field.attname: getattr(bill, field.attname)
        for field in Bill._meta.concrete_fields
        if field.attname not in ("id", "recorded_at")
    }  # fmt: skip
    made = Bill(
        **{
            **copied, "id": identity, "month": MONTH, "sequence": sequence, "kind": 2, "part": 0, "number": number,
            "group_id": posting.group_id, "made_on": TODAY, "total_rupiah": sum(totals.values()), "worker_rupiah": 0,
            **{f"{name}_rupiah": rupiah for name, rupiah in totals.items()},
            "jkp_from_jkk_rupiah": int(bill.jkp_from_jkk_rupiah * over / under),
            "jkp_from_jkm_rupiah": int(bill.jkp_from_jkm_rupiah * over / under), "jkp_government_rupiah": 0,
        }
    )  # fmt: skip
    made.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO collection_code (number, bill_id) VALUES (%s, %s)", [number, identity])
        for one, part in zip(lines, parts, strict=True):
            cursor.execute(
                "INSERT INTO collection_line (month, part, bill_id, participant_id, for_month, law_id, birth_date, flags,"
                " wage_rupiah,"
                " jkk_rupiah, jkm_rupiah, jht_employer_rupiah, jht_worker_rupiah, jp_employer_rupiah, jp_worker_rupiah)"
                " VALUES (%s, 0, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [MONTH, identity, one.participant_id, one.for_month, one.law_id, one.birth_date, one.flags, one.wage_rupiah,
                 *(part[name] for name in names)],
            )  # fmt: skip
    return made
