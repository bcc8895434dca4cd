"""Tax withheld from JHT: told month by month with its slips, and paid over to the state once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from jamsostek.access.errors import Refused
from jamsostek.claims import checks
from jamsostek.claims.actions import parties, paying, taxes
from jamsostek.claims.choices import Kind
from jamsostek.claims.models import Party, Transfer
from jamsostek.claims.queries import taxing
from jamsostek.core.errors import InputError
from jamsostek.ledger.queries import balance
from jamsostek.messages.payout.camt054 import write_camt054
from jamsostek.messages.payout.records import SETTLED, Answer, Outcome
from tests import cast
from tests.claims import offices
from tests.claims.filed import FILE, filed
from tests.claims.test_paying import funds, sent, taken

NEXT = dt.date(2026, 12, 5)
MONTH = 202611


def paid_out(rupiah: int = 100_000_000) -> Any:
    """Somebody of 57 takes all of their savings, and the bank has paid them."""
    case = FILE["benefit.jht.tax"](cast.TODAY, {"payments": [{"month": "2026-11", "amount_rupiah": rupiah}]})
    assert case.kind == Kind.JHT
    done = filed(case, cast.TODAY)
    assert done.approved
    who = Party.objects.get(claim=done.claim, kin="self")
    with cast.as_user(done.at.head):
        parties.put_account(party_id=who.pk, bank="BRI", number="990000123456", name=who.name, today=cast.TODAY)
    with cast.as_user(done.at.treasurer):
        parties.check_account(party_id=who.pk, verified=True, note="", today=cast.TODAY)
    funds()
    batch = sent(done.at, "jht")
    lines = tuple(
        Outcome(paying.end_to_end(batch.pk, one.number), SETTLED, "", "", "BANK1", cast.TODAY, one.rupiah)
        for one in Transfer.objects.filter(batch=batch)
    )
    content = write_camt054(Answer("camt.054", "A-1", batch.message_id, "", lines), batch.debtor_account, cast.TODAY)
    taken(done.at, content)
    return done


def test_a_month_is_told_by_person_and_rate_and_paid_over_once(db: None) -> None:
    with cast.everyone():
        done = paid_out()
        month = taxing.months()[0]
        assert (month.month, month.people, month.gross_rupiah, month.tax_rupiah) == (MONTH, 1, 100_000_000, 2_500_000)
        (slip,) = taxing.slips(MONTH)
        assert slip.rate == taxing.FINAL and slip.number.startswith("BP-202611-") and slip.party.name == "Orang Contoh"
        assert balance("tax:jht") == 2_500_000
    with cast.as_user(done.at.head):
        with pytest.raises(InputError, match="belum selesai"):
            taxes.pay_over(month=MONTH, reference="NTPN-0A1B2C", today=cast.TODAY)
        assert taxes.pay_over(month=MONTH, reference="ntpn-0a1b2c", today=NEXT) is not None
        assert taxes.pay_over(month=MONTH, reference="NTPN-0A1B2C", today=NEXT) is None, "the same receipt again"
        with pytest.raises(InputError, match="sudah disetor"):
            taxes.pay_over(month=MONTH, reference="NTPN-LAIN", today=NEXT)
        with pytest.raises(InputError, match="Tidak ada pajak"):
            taxes.pay_over(month=202610, reference="NTPN-LAIN", today=NEXT)
    with cast.everyone():
        told = taxing.month(MONTH)
        assert (told.reference, told.over_rupiah) == ("NTPN-0A1B2C", 2_500_000)
        assert balance("tax:jht") == 0
        assert all(not check().found for check in checks.CHECKS.values()), "the books still prove what is owed"


def test_only_who_pays_may_and_a_receipt_that_is_none_is_told(db: None) -> None:
    with cast.everyone():
        at = offices.office()
    with cast.as_user(at.officer), pytest.raises(Refused):
        taxes.pay_over(month=202610, reference="NTPN-1234", today=NEXT)
    with cast.as_user(at.head), pytest.raises(InputError, match="tidak terbaca"):
        taxes.pay_over(month=202610, reference="a:b", today=NEXT)


def test_a_payment_after_two_calendar_years_is_of_the_other_rate() -> None:
    first = {"month": "2023-05", "amount_rupiah": 1}
    assert taxing._rate({"payments": [first, {"month": "2024-12", "amount_rupiah": 1}]}) == taxing.FINAL
    assert taxing._rate({"payments": [first, {"month": "2025-01", "amount_rupiah": 1}]}) == taxing.LATER
