"""Firms with a bill, and money that comes: what the tests of incoming money share."""

from __future__ import annotations

from itertools import count
from typing import Any

import cast
from django.utils import timezone

from jamsostek.core.months import add_months, month_of

ACCOUNT = "1234567890123456"
_number = count(1)


def billed(name: str = "PT Bayar Contoh", **given: Any) -> tuple[Any, Any, str]:
    """A firm, its bill of last month, and the bill's payment code."""
    from jamsostek.collection.actions import bills
    from jamsostek.collection.codes import code_of

    today = timezone.localdate()
    with cast.everyone():
        firm = cast.employer(name, **given)
        cast.works(cast.participant(f"Pekerja {name}"), firm)
        bill = bills.bill_employer(employer_id=firm.pk, month=add_months(month_of(today), -1), today=today)
    return firm, bill, code_of(bill.number)


def pay(code: str, rupiah: int, bank_reference: str = "") -> str:
    """Money that came now, told by the bank; the payment's reference in the API."""
    from jamsostek.api.references import reference
    from jamsostek.collection.actions import payments
    from jamsostek.collection.actions.payments import Notice
    from jamsostek.collection.choices import Channel

    told = Notice(ACCOUNT, bank_reference or f"FT{next(_number):09d}", code, rupiah, timezone.now(), Channel.WEBHOOK)
    with cast.everyone():
        return reference("payment", payments.receive(told, today=timezone.localdate()).payment_id)


def fields(answer: Any) -> list[str]:
    """Where a refusal of what was sent says it is wrong."""
    assert answer.status_code == 422, answer.content
    return [one["field"] for one in answer.json()["errors"]]


def made(answer: Any, status: int = 200) -> Any:
    """What was answered."""
    assert answer.status_code == status, answer.content
    return answer.json()


def sent_file(api: Any, path: str, key: str, **parts: Any) -> Any:
    """A multipart request."""
    headers = {"authorization": f"Bearer {api.token}", "idempotency-key": key, "accept-language": "en"}
    return api.client.post(f"/api/v1{path}", parts, headers=headers)
