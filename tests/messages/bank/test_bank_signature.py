"""Webhooks are believed only from who holds the secret, for these bytes, now."""

from __future__ import annotations

import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from jamsostek.core.errors import InputError
from jamsostek.messages.bank.signature import (
    ID,
    SIGNATURE,
    TIMESTAMP,
    MissingHeader,
    StaleTimestamp,
    WrongSignature,
    make_secret,
    sign,
    signed_headers,
    verify,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = make_secret(lambda size: b"\1" * size)
NOW = dt.datetime(2025, 11, 3, 9, 12, tzinfo=dt.UTC)
AT = int(NOW.timestamp())
BODY = b'{"type":"va.payment"}'


def test_a_signature_of_the_specification() -> None:
    """The example of the specification's own libraries."""
    assert sign(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}') == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_a_signed_webhook_says_its_id_and_time() -> None:
    verified = verify([SECRET], signed_headers(SECRET, "msg_1", AT, BODY), BODY, NOW)
    assert (verified.id, verified.sent_at) == ("msg_1", NOW)


def test_names_of_headers_know_no_case() -> None:
    headers = {name.title(): value for name, value in signed_headers(SECRET, "msg_1", AT, BODY).items()}
    assert verify([SECRET], headers, BODY, NOW).id == "msg_1"


def test_while_a_secret_changes_both_are_known_on_both_sides() -> None:
    assert verify([OTHER, SECRET], signed_headers(SECRET, "msg_1", AT, BODY), BODY, NOW)
    both = signed_headers(SECRET, "msg_1", AT, BODY)
    both[SIGNATURE] = f"v1a,AAAA {sign(OTHER, 'msg_1', AT, BODY)} {both[SIGNATURE]} v1,noise"
    assert verify([SECRET], both, BODY, NOW)


@pytest.mark.parametrize(
    "change",
    [
        {SIGNATURE: sign(OTHER, "msg_1", AT, BODY)},
        {SIGNATURE: sign(SECRET, "msg_1", AT, BODY + b" ")},
        {SIGNATURE: sign(SECRET, "msg_1", AT, BODY).replace("v1,", "v2,")},
        {SIGNATURE: "v1,"},
        {SIGNATURE: "v1,%%%"},
        {SIGNATURE: "v1"},
        {ID: "msg_2"},
        {TIMESTAMP: str(AT + 1)},
    ],
)
def test_anything_changed_is_a_wrong_signature(change: dict[str, str]) -> None:
    with pytest.raises(WrongSignature) as caught:
        verify([SECRET], signed_headers(SECRET, "msg_1", AT, BODY) | change, BODY, NOW)
    assert caught.value.field == SIGNATURE


def test_another_body_is_a_wrong_signature() -> None:
    with pytest.raises(WrongSignature):
        verify([SECRET], signed_headers(SECRET, "msg_1", AT, BODY), BODY + b"\n", NOW)


def test_without_any_secret_nobody_is_believed() -> None:
    with pytest.raises(WrongSignature):
        verify([], signed_headers(SECRET, "msg_1", AT, BODY), BODY, NOW)


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_a_replay_is_stale(seconds: int) -> None:
    with pytest.raises(StaleTimestamp) as caught:
        verify([SECRET], signed_headers(SECRET, "msg_1", AT + seconds, BODY), BODY, NOW)
    assert caught.value.field == TIMESTAMP


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_clocks_may_differ_by_the_tolerance(seconds: int) -> None:
    assert verify([SECRET], signed_headers(SECRET, "msg_1", AT + seconds, BODY), BODY, NOW)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, None) for name in (ID, TIMESTAMP, SIGNATURE)),
        *((ID, text) for text in ("", "a.b", "a b")),
        *((TIMESTAMP, text) for text in ("1.5", "kini", "-5", "9" * 30)),
        *((SIGNATURE, text) for text in ("x" * 5000, "v1,\x00")),
    ],
)
def test_a_header_that_is_missing_or_not_of_its_form_is_named(name: str, value: str | None) -> None:
    headers = {one: text for one, text in signed_headers(SECRET, "msg_1", AT, BODY).items() if one != name}
    with pytest.raises(MissingHeader) as caught:
        verify([SECRET], headers | ({} if value is None else {name: value}), BODY, NOW)
    assert caught.value.field == name


SHORT = "whsec_" + base64.b64encode(b"x" * 23).decode()


@pytest.mark.parametrize("secret", ["", "whsec_", "rahasia", "whsec_%%%%", SHORT, "whsec_é"])
def test_a_secret_of_ours_that_is_none_is_told_without_repeating_it(secret: str) -> None:
    with pytest.raises(InputError) as caught:
        verify([secret], signed_headers(SECRET, "msg_1", AT, BODY), BODY, NOW)
    assert caught.value.field == "secret"
    assert not secret or secret not in str(caught.value.value) + caught.value.message


def test_an_id_with_a_point_is_never_signed() -> None:
    with pytest.raises(ValueError, match="points"):
        sign(SECRET, "msg.1", AT, BODY)


@given(st.text(max_size=80), st.binary(min_size=24, max_size=64), st.from_regex(r"[!-\-/-~]{1,40}", fullmatch=True))
def test_others_verify_what_we_sign_and_we_what_they_sign(text: str, key: bytes, id: str) -> None:
    secret, body, now = "whsec_" + base64.b64encode(key).decode(), text.encode("utf-8", "replace"), dt.datetime.now(dt.UTC)
    theirs = Webhook(secret)
    theirs.verify(body, signed_headers(secret, id, int(now.timestamp()), body), json_parse=False)
    signature = theirs.sign(msg_id=id, timestamp=now, data=body.decode())
    assert verify([secret], {ID: id, TIMESTAMP: str(int(now.timestamp())), SIGNATURE: signature}, body, now)
    with pytest.raises(WebhookVerificationError):
        theirs.verify(body + b"x", signed_headers(secret, id, int(now.timestamp()), body), json_parse=False)


@given(st.dictionaries(st.sampled_from([ID, TIMESTAMP, SIGNATURE, "host"]), st.text(max_size=60)), st.binary(max_size=60))
def test_no_headers_whatever_are_believed_or_break_anything(headers: dict[str, str], body: bytes) -> None:
    with pytest.raises((MissingHeader, StaleTimestamp, WrongSignature)):
        verify([SECRET], headers, body, NOW)
