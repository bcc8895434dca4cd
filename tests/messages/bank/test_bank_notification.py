"""A notice of a payment is read strictly: what is not certain is refused by field."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from bank_statements import ACCOUNT, MAJU
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.text import speaking
from jamsostek.messages.bank.notification import (
    LARGEST_BYTES,
    Notification,
    NotificationError,
    read_notification,
    write_notification,
)

DATA = {
    "bank": "SIMULASI",
    "account": ACCOUNT,
    "reference": "SB251103000001",
    "payment_code": MAJU,
    "amount": "1008000000",
    "currency": "IDR",
    "paid_at": "2025-11-03T09:12:00+07:00",
}


def body(**changes: Any) -> bytes:
    """A notice with fields changed; None takes one away."""
    data = {name: value for name, value in (DATA | changes).items() if value is not None}
    return json.dumps({"type": "va.payment", "data": data}).encode()


def refusal(content: bytes) -> NotificationError:
    """Why a notice is refused."""
    with pytest.raises(NotificationError) as caught:
        read_notification(content)
    assert caught.value.field
    assert caught.value.remedy
    return caught.value


def test_a_notice_is_read_as_it_was_written() -> None:
    notice = read_notification(body())
    assert notice == Notification(
        "SIMULASI", ACCOUNT, "SB251103000001", MAJU, 1_008_000_000, dt.datetime.fromisoformat(DATA["paid_at"])
    )
    assert read_notification(write_notification(notice)) == notice


@pytest.mark.parametrize(
    "amount", ["1.008.000", "1,008,000", "1008000.00", "-5", "+5", "0", "007", "1e6", " 5", "5 ", "", "٥", "9" * 17]
)
def test_an_amount_is_text_of_digits_only(amount: str) -> None:
    assert refusal(body(amount=amount)).field == "amount"


@pytest.mark.parametrize("amount", [1008000, 1008000.0, True, [], {"value": "5"}])
def test_an_amount_that_is_no_text_is_refused(amount: object) -> None:
    assert refusal(body(amount=amount)).field == "amount"


@pytest.mark.parametrize("name", DATA)
def test_a_missing_field_is_named(name: str) -> None:
    error = refusal(body(**{name: None}))
    assert (error.field, error.message) == (name, f"{name} tidak ada.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("currency", "USD"),
        ("payment_code", ""),
        ("payment_code", "8" * 21),
        ("payment_code", "NOTA 17"),
        ("payment_code", 800000000000017),
        ("reference", "dengan spasi"),
        ("reference", ""),
        ("reference", "x" * 65),
        ("account", "123-456"),
        ("bank", "<script>"),
        ("paid_at", "2025-11-03T09:12:00"),
        ("paid_at", "2025-11-31T09:12:00+07:00"),
        ("paid_at", "03/11/2025"),
        ("paid_at", "0001-01-01T00:00:00+07:00"),
        ("paid_at", "2025-11-03T09:12:00+99:00"),
    ],
)
def test_a_field_that_is_not_of_its_form_is_named(name: str, value: object) -> None:
    error = refusal(body(**{name: value}))
    assert error.field == name
    with speaking("en"):
        assert refusal(body(**{name: value})).message == f"{name} is not of its form."


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "body"),
        (b"null", "body"),
        (b"[]", "body"),
        (b"{", "body"),
        (b"\xff", "body"),
        (b"[" * 15_000, "body"),
        (b'{"type":"va.payment"}', "data"),
        (b'{"type":"va.payment","data":[]}', "data"),
        (b'{"type":"va.refund","data":{}}', "type"),
        (b'{"type":{},"data":{}}', "type"),
        (body().replace(b'"amount"', b'"amount":"1","amount"'), "body"),
        (body() + b" " * LARGEST_BYTES, "body"),
    ],
)
def test_what_is_no_notice_says_where(content: bytes, field: str) -> None:
    assert refusal(content).field == field


def test_fields_we_do_not_know_are_passed_over() -> None:
    assert read_notification(body(channel="ATM")) == read_notification(body())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=2)
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(DATA, JSON)), st.one_of(st.just("va.payment"), JSON))
def test_any_json_is_read_or_refused(changes: dict[str, Any], kind: object) -> None:
    content = json.dumps({"type": kind, "data": DATA | changes}).encode()
    try:
        notice = read_notification(content)
    except NotificationError:
        return
    assert isinstance(notice.amount_rupiah, int)
    assert read_notification(write_notification(notice)) == notice


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(content: bytes) -> None:
    refusal(content)
