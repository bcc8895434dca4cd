"""The webhook of a bank: signed, taken once, acknowledged when it is kept; whatever is wrong with it is said and costs
nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from paying import ACCOUNT, TODAY, billed, code, firm

from jamsostek.access.models import AuditEntry
from jamsostek.collection import banks
from jamsostek.collection.models import Payment
from jamsostek.ledger import checks
from jamsostek.messages.bank.signature import make_secret, signed_headers
from tests import cast

URL = "/api/v1/payments/notifications"
PAID_AT = "2026-11-21T10:00:00+07:00"


@pytest.fixture
def account(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[banks.Account]:
    """An account of ours, in a keys' file of the test's own."""
    monkeypatch.setattr(banks, "_path", lambda: tmp_path / "banks.json")
    yield banks.add_account(ACCOUNT, "Bank Contoh")


@pytest.fixture
def bill(account: banks.Account, db: Any) -> Any:
    with cast.everyone():
        return billed(firm(2))


def body(**changed: Any) -> bytes:
    """A notice; a value of None leaves its field out."""
    data = {
        "bank": "Bank Contoh", "account": ACCOUNT, "reference": "BC0000001", "payment_code": "123", "amount": "5000",
        "currency": "IDR", "paid_at": PAID_AT,
    } | changed  # fmt: skip
    return json.dumps({"type": "va.payment", "data": {name: value for name, value in data.items() if value is not None}}).encode()


def send(content: bytes, secret: str, *, sent: int | None = None, **more: Any) -> Any:
    """The bank sends it now, or at another time."""
    headers = signed_headers(secret, "msg_1", int(time.time()) if sent is None else sent, content)
    return Client().post(URL, content, content_type="application/json", headers={**headers, **more})


def test_a_payment_is_kept_and_the_answer_says_what_became_of_it(bill: Any, account: banks.Account) -> None:
    content = body(payment_code=code(bill), amount=str(bill.total_rupiah + 5))
    answer = send(content, account.secrets[0])
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["state"], told["used_rupiah"], told["free_rupiah"], told["again"]) == ("partly", bill.total_rupiah, 5, False)
    with cast.everyone():
        row = Payment.objects.get()
        assert (row.bank, row.reference, row.channel, row.employer_id) == (ACCOUNT, "BC0000001", 1, bill.employer_id)
        entry = AuditEntry.objects.filter(action="payment.received").get()
        assert (entry.user_id, entry.subject_id, ACCOUNT in entry.actor) == (None, row.pk, False)
        assert checks.check() == []


def test_a_replay_is_answered_the_same_and_counts_once(bill: Any, account: banks.Account) -> None:
    content = body(payment_code=code(bill), amount=str(bill.total_rupiah))
    first = send(content, account.secrets[0]).json()
    for _again in range(3):
        answer = send(content, account.secrets[0])
        assert answer.status_code == 200
        assert answer.json() == {**first, "again": True}
    with cast.everyone():
        assert Payment.objects.count() == 1


def test_the_same_reference_with_another_amount_is_a_conflict(bill: Any, account: banks.Account) -> None:
    send(body(payment_code=code(bill), amount="1000"), account.secrets[0])
    answer = send(body(payment_code=code(bill), amount="2000"), account.secrets[0])
    assert (answer.status_code, answer.headers["Content-Type"]) == (409, "application/problem+json")


def test_a_wrong_signature_is_refused_before_anything_is_read(bill: Any, account: banks.Account) -> None:
    wrong = make_secret(lambda size: b"?" * size)
    for content in (body(payment_code=code(bill)), b"not even json"):
        answer = send(content, wrong)
        assert answer.status_code == 401
        assert answer.json()["errors"][0]["field"] == "webhook-signature"
    changed = send(body(), account.secrets[0])
    assert changed.status_code == 200
    headers = signed_headers(account.secrets[0], "msg_1", int(time.time()), body())
    assert Client().post(URL, body(amount="9"), content_type="application/json", headers=headers).status_code == 401
    assert Client().post(URL, body(), content_type="application/json").status_code == 401
    with cast.everyone():
        assert Payment.objects.count() == 1


@pytest.mark.parametrize("seconds", [-301, -86_400, 301])
def test_an_old_timestamp_is_refused(account: banks.Account, db: Any, seconds: int) -> None:
    answer = send(body(), account.secrets[0], sent=int(time.time()) + seconds)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (401, "webhook-timestamp")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"amount": "1.000.000,00"}, "amount"),
        ({"amount": "1,000,000.00"}, "amount"),
        ({"amount": 5000}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "99999999999999999"}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"paid_at": "2026-11-21"}, "paid_at"),
        ({"paid_at": "2026-11-31T10:00:00+07:00"}, "paid_at"),
        ({"reference": None}, "reference"),
        ({"reference": "dengan spasi"}, "reference"),
        ({"account": "9876543210"}, "account"),
    ],
)
def test_what_is_malformed_is_named(account: banks.Account, db: Any, changed: dict[str, Any], field: str) -> None:
    answer = send(body(**changed), account.secrets[0])
    assert answer.status_code == 422, answer.content
    assert field in [one["field"] for one in answer.json()["errors"]]
    with cast.everyone():
        assert Payment.objects.count() == 0


def test_a_day_to_come_and_a_body_that_is_no_notice_are_refused(account: banks.Account, db: Any) -> None:
    late = (dt.datetime.now(dt.UTC) + dt.timedelta(days=3)).isoformat(timespec="seconds")
    assert send(body(paid_at=late), account.secrets[0]).status_code == 422
    for content in (b"[]", b"{", b'{"type":"va.payment","type":"va.payment","data":{}}', b'{"type":"other"}'):
        assert send(content, account.secrets[0]).status_code == 422, content
    big = body(note="x" * 30_000)
    assert send(big, account.secrets[0]).status_code == 413
    headers = signed_headers(account.secrets[0], "msg_1", int(time.time()), body())
    assert Client().post(URL, body(), content_type="text/plain", headers=headers).status_code == 415
    assert Client().get(URL).status_code == 405


def test_a_changed_secret_is_believed_beside_the_old_one_until_that_is_dropped(bill: Any, account: banks.Account) -> None:
    old, new = account.secrets[0], banks.add_secret(ACCOUNT)
    assert send(body(reference="A"), old).status_code == send(body(reference="B"), new).status_code == 200
    assert banks.drop_old_secrets(ACCOUNT) == 1
    assert (send(body(reference="C"), old).status_code, send(body(reference="D"), new).status_code) == (401, 200)


def test_guessing_signatures_is_slowed_down_and_a_bank_at_the_same_address_is_not(
    account: banks.Account, db: Any, one_window: None
) -> None:
    wrong = make_secret(lambda size: b"?" * size)
    statuses = [send(body(), wrong).status_code for _try in range(40)]
    assert (statuses[0], statuses[-1]) == (401, 429)
    assert send(body(), account.secrets[0]).status_code == 200


def test_without_any_account_nobody_can_sign(db: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(banks, "_path", lambda: tmp_path / "banks.json")
    assert send(body(), make_secret(lambda size: b"?" * size)).status_code == 401


def test_the_answer_speaks_the_banks_language_and_shows_no_long_number(account: banks.Account, db: Any) -> None:
    answer = send(body(payment_code="1234567890123456", amount="x"), account.secrets[0], **{"accept-language": "en"})
    assert answer.headers["Content-Language"] == "en"
    assert "1234567890123456" not in answer.content.decode()
    assert TODAY.isoformat() not in answer.headers.get("WWW-Authenticate", "")
