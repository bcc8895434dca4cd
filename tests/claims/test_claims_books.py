"""The ledger's check finds a planted fault in what benefits owe."""

from __future__ import annotations

from django.db import connection

from jamsostek.claims import checks
from jamsostek.claims.actions.owing import post
from jamsostek.ledger.actions import Leg
from tests import cast
from tests.claims import offices
from tests.claims.test_paying import funds, owed, sent


def test_books_and_payouts_agree_until_somebody_books_beside_them(db: None) -> None:
    with cast.everyone():
        at = offices.office()
        owed(at)
        funds()
        sent(at)
        assert all(not check().found for check in checks.CHECKS.values())
        post("uji:salah", "uji", [Leg("benefits:jkm", "payable:jkm", 7)], cast.TODAY)
        assert [one[1]["code"] for one in checks.what_is_owed_stands_in_the_books().found] == ["payable:jkm"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM claims_payout")
            assert checks.what_is_owed_stands_in_the_books().rows == cursor.fetchone()[0] == 3
