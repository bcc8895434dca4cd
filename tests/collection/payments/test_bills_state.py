"""The government's part of JKP: asked once, then by difference; booked as a receivable of the state's, paid into the JKP fund."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from paying import firm

from jamsostek.access.errors import Refused
from jamsostek.collection.actions import bills, payments
from jamsostek.collection.actions.payments import Notice
from jamsostek.collection.actions.state import bill_state
from jamsostek.collection.choices import BillKind, Channel, PayerKind
from jamsostek.collection.codes import code_of
from jamsostek.collection.models import Bill
from jamsostek.collection.queries import bills as bill_queries
from jamsostek.ledger import checks
from jamsostek.ledger.queries import balance
from tests import cast

MONTH = 202610


def test_the_state_is_asked_once_then_for_the_difference_and_its_money_is_the_fund_s(committed_db: Any) -> None:
    from jamsostek.collection import banks

    banks.add_account("1234567890", "Bank uji")
    with cast.everyone():
        assert bill_state(month=MONTH, today=cast.TODAY) is None, "nobody was billed"
        first = bills.bill_employer(employer_id=firm(3).pk, month=MONTH, today=cast.TODAY)
        made = bill_state(month=MONTH, today=cast.TODAY)
        assert made is not None and first.jkp_government_rupiah > 0
        assert (made.total_rupiah, made.kind, made.from_month) == (first.jkp_government_rupiah, BillKind.REGULAR, MONTH)
        assert bill_state(month=MONTH, today=cast.TODAY) is None, "asked for all of it"
        second = bills.bill_employer(employer_id=firm(2).pk, month=MONTH, today=cast.TODAY)
        more = bill_state(month=MONTH, today=cast.TODAY)
        assert more is not None
        assert (more.total_rupiah, more.kind) == (second.jkp_government_rupiah, BillKind.DIFFERENCE)
        bills.void(bill_id=second.pk, reason="salah", today=cast.TODAY)
        less = bill_state(month=MONTH, today=cast.TODAY)
        assert less is not None and less.total_rupiah == -second.jkp_government_rupiah
        owed = balance("receivable:jkp:state")
        assert owed == first.jkp_government_rupiah
        assert [(one.name, one.rupiah) for one in bill_queries.programmes(made)] == [("jkp", made.total_rupiah)]
        assert bill_queries.payer_of(made).name == "Pemerintah"
    with cast.everyone():
        notice = Notice(
            "1234567890", "NEGARA1", code_of(made.number), owed, dt.datetime(2026, 11, 3, 3, tzinfo=dt.UTC), Channel.WEBHOOK
        )
        payments.receive(notice, today=cast.TODAY)
        assert (balance("receivable:jkp:state"), balance("fund:jkp")) == (0, owed)
        assert checks.check() == []


@pytest.mark.django_db
def test_only_the_head_office_bills_the_state() -> None:
    with cast.everyone():
        supervisor = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
    with cast.as_user(supervisor), pytest.raises(Refused):
        bill_state(month=MONTH, today=cast.TODAY)
    assert not Bill.objects.filter(payer_kind=PayerKind.STATE).exists()
