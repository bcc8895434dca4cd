"""The card's token: what it says comes back, what was changed is refused, old cards still verify."""

from __future__ import annotations

import datetime as dt
import random
import re
import time
from dataclasses import replace
from urllib.parse import quote_plus

import cbor2
import pytest
from cards import ISSUER, KEY, KEYS, NAMES, OLD_KEY, STRANGER, TODAY, URL, card
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.errors import InputError
from jamsostek.core.months import first_day, last_day
from jamsostek.core.numbers import make
from jamsostek.core.text import speaking
from jamsostek.messages.card import token as module
from jamsostek.messages.card.claims import PROGRAMMES, SEGMENTS, CardClaims, from_payload, to_payload
from jamsostek.messages.card.keys import SigningKey, key_set, publish, read_keys
from jamsostek.messages.card.qr import link
from jamsostek.messages.card.token import PREFIX, State, issue, read_token, verify, write_token


def state(text: str, today: dt.date = TODAY, keys: object = KEYS) -> State:
    return verify(text, keys, today=today).state  # type: ignore[arg-type]


def signed_anyhow(payload: bytes) -> str:
    """A token of our key over any payload."""
    protected, body = module._HEAD[2:] + KEY.public.id, module._byte_string(payload)
    signature = KEY.private.sign(module._signed_part(protected, body))
    return write_token(module._HEAD + KEY.public.id + b"\xa0" + body + b"\x58\x40" + signature)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("segment", SEGMENTS)
def test_what_was_signed_comes_back(name: str, segment: str) -> None:
    for count in range(1, 6):
        claims = card(name, segment=segment, programmes=PROGRAMMES[-count:])
        found = verify(issue(claims, KEY), KEYS, today=TODAY)
        assert (found.state, found.claims) == (State.VALID, claims)


@given(
    st.text(min_size=1, max_size=100, alphabet=st.characters(whitelist_categories=["Lu", "Ll"], whitelist_characters=" '.-")),
    st.integers(0, 2**32),
    st.dates(dt.date(2026, 1, 1), dt.date(2099, 12, 31)),
)
def test_any_name_number_and_day_come_back(name: str, seed: int, day: dt.date) -> None:
    try:
        claims = card(name, seed=seed, issued_on=day, from_month=day.year * 100 + 1, until_month=day.year * 100 + 12)
    except InputError:
        return
    assert verify(issue(claims, KEY), KEYS, today=day).claims == claims


def test_every_bit_of_a_token_that_is_turned_is_refused() -> None:
    cose = read_token(issue(card(), KEY))
    for place in range(len(cose)):
        for bit in range(8):
            turned = bytearray(cose)
            turned[place] ^= 1 << bit
            assert state(write_token(bytes(turned))) in {State.NOT_GENUINE, State.UNKNOWN_KEY, State.UNREADABLE}, (place, bit)


def test_every_sign_of_a_token_that_is_changed_or_lost_is_refused() -> None:
    token = issue(card(), KEY)
    for place in range(len(PREFIX), len(token)):
        for other in ("0", "Z", ":", ""):
            if token[place] != other:
                changed = token[:place] + other + token[place + 1 :]
                assert state(changed) is not State.VALID, (place, other)


def test_a_token_cut_off_anywhere_or_with_bytes_added_is_unreadable_or_not_genuine() -> None:
    cose = read_token(issue(card(), KEY))
    for length in range(len(cose)):
        assert state(write_token(cose[:length])) in {State.UNREADABLE, State.NOT_GENUINE}
    assert state(write_token(cose + b"\0")) is State.UNREADABLE


def test_there_is_one_way_to_write_a_token() -> None:
    """The same content in longer CBOR would be another text for the same card."""
    cose = read_token(issue(card(), KEY))
    outer = cbor2.loads(cose)
    protected, unprotected, payload, signature = outer.value
    assert cbor2.dumps(outer) == cose
    longer = cose.replace(b"\x58" + bytes([len(payload)]) + payload, b"\x59\x00" + bytes([len(payload)]) + payload)
    assert cbor2.loads(longer).value == outer.value
    assert state(write_token(longer)) is State.UNREADABLE
    with_header = cbor2.dumps(cbor2.CBORTag(18, [protected, {4: b"x"}, payload, signature]))
    assert state(write_token(with_header)) is State.UNREADABLE
    assert unprotected == {}


def test_an_independent_library_verifies_the_token_as_a_cbor_web_token() -> None:
    from cwt import COSE, COSEKey

    key = COSEKey.new({1: 1, 3: -8, -1: 6, -2: KEY.public.raw, 2: KEY.public.id})
    claims = cbor2.loads(COSE().decode(read_token(issue(card(), KEY)), key))
    assert claims[1] == ISSUER
    assert claims[2] == card().kpj
    assert claims[4] == dt.datetime(2027, 5, 1, tzinfo=dt.timezone(dt.timedelta(hours=7))).timestamp()
    assert claims[-65537] == [card().name, 0b111, 2]


def test_a_key_nobody_published_is_unknown_and_a_forged_id_is_not_genuine() -> None:
    assert state(issue(card(), STRANGER)) is State.UNKNOWN_KEY
    cose = read_token(issue(card(), STRANGER))
    assert state(write_token(cose.replace(STRANGER.public.id, KEY.public.id))) is State.NOT_GENUINE


def test_a_card_of_a_rotated_key_still_verifies_in_its_months() -> None:
    old = card(issued_on=dt.date(2025, 12, 31), from_month=202601, until_month=202612)
    assert state(issue(old, OLD_KEY)) is State.VALID


def test_a_key_signs_nothing_outside_its_days_and_nothing_for_another_issuer() -> None:
    with pytest.raises(ValueError, match="other days"):
        issue(card(issued_on=dt.date(2026, 1, 1)), OLD_KEY)
    with pytest.raises(ValueError, match="another issuer"):
        issue(card(issuer="lain"), KEY)


def test_a_card_that_an_old_key_signed_too_late_is_not_genuine() -> None:
    still_signing = SigningKey(OLD_KEY.private, ISSUER, OLD_KEY.first_day)
    assert state(issue(card(), still_signing)) is State.NOT_GENUINE


def test_a_key_of_one_issuer_does_not_speak_for_another() -> None:
    wrong = SigningKey(KEY.private, "lain", KEY.first_day)
    assert state(issue(card(issuer="lain"), wrong)) is State.NOT_GENUINE


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (last_day(202610), State.NOT_YET),
        (first_day(202611), State.VALID),
        (last_day(202704), State.VALID),
        (first_day(202705), State.LAPSED),
        (dt.date(2050, 1, 1), State.LAPSED),
    ],
)
def test_a_card_holds_from_the_first_to_the_last_day_of_its_months(today: dt.date, expected: State) -> None:
    found = verify(issue(card(), KEY), KEYS, today=today)
    assert found.state is expected
    assert found.claims == card()


def test_a_december_card_ends_with_the_year() -> None:
    token = issue(card(until_month=202612), KEY)
    assert state(token, dt.date(2026, 12, 31)) is State.VALID
    assert state(token, dt.date(2027, 1, 1)) is State.LAPSED


@pytest.mark.parametrize(
    "dress",
    [
        lambda token: token,
        lambda token: f"  {token}\n",
        lambda token: "\r\n".join(token[at : at + 40] for at in range(0, len(token), 40)),
        lambda token: link(token, URL),
        lambda token: f"{URL}#{quote_plus(token)}",
        lambda token: f"{link(token, URL)}&fbclid=IwY2x",
        lambda token: f"Ini kartu saya: {link(token, URL)} terima kasih",
    ],
)
def test_a_token_is_found_however_it_is_dressed(dress) -> None:  # type: ignore[no-untyped-def]
    for seed in range(40):
        assert state(dress(issue(card(seed=seed), KEY))) is State.VALID


@given(st.text(max_size=200))
def test_any_text_is_unreadable_at_worst(text: str) -> None:
    assert state(text) is State.UNREADABLE
    assert state(PREFIX + text) in {State.UNREADABLE, State.UNKNOWN_KEY}


@given(st.binary(max_size=300))
def test_any_bytes_in_our_envelope_are_refused_without_a_crash(content: bytes) -> None:
    assert state(write_token(content)) in {State.UNREADABLE, State.UNKNOWN_KEY}
    assert state(signed_anyhow(content + bytes(24))) is State.UNREADABLE


def test_claims_of_a_newer_kind_are_unreadable_rather_than_half_read() -> None:
    claims = cbor2.loads(to_payload(card()))
    for changed in (
        {**claims, -65537: ["Nama", 32, 2]},
        {**claims, -65537: ["Nama", 0, 2]},
        {**claims, -65537: ["Nama", 1, 99]},
        {**claims, -65537: [7, 1, 1]},
        {**claims, 2: "12345678901"},
        {**claims, 4: "besok"},
        {**claims, 4: 2**63},
        {**claims, 7: "bukan bita"},
        {key: value for key, value in claims.items() if key != 7},
        [],
    ):
        assert state(signed_anyhow(cbor2.dumps(changed))) is State.UNREADABLE, changed
    assert from_payload(to_payload(card())) == card()


def test_no_number_of_sixteen_digits_is_in_a_token_or_its_bytes() -> None:
    for seed in range(300):
        token = issue(card(seed=seed), KEY)
        assert not re.search(r"\d{16}", token)
        assert not re.search(rb"\d{16}", read_token(token))


@pytest.mark.parametrize("name", ["3515014107900000", "Siti 3515 0141 0790 0000", "Siti 3515-0141-0790-0000", "Budi 1234567890"])
def test_a_name_with_a_long_number_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="NIK") as caught:
        card(name)
    assert "3515" not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["", " ", "A" * 101, "Siti  Aminah", " Siti", "Siti\nAminah", "Siti\u202eAminah", "E\u0301lisabeth"]
)
def test_a_name_that_cannot_be_printed_as_it_is_is_refused_in_words(name: str) -> None:
    with pytest.raises(InputError, match="Nama di kartu") as caught:
        card(name)
    assert caught.value.field == "name"
    assert caught.value.remedy


@pytest.mark.parametrize(
    "said",
    [
        {"programmes": ()},
        {"programmes": ("jkm", "jkk")},
        {"programmes": ("jkx",)},
        {"segment": "asn"},
        {"from_month": 202613},
        {"until_month": 202610},
        {"kpj": "1234567890"},
        {"serial": "1"},
        {"issuer": ""},
    ],
)
def test_a_card_that_no_program_should_make_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        card(**said)


def test_each_verdict_has_a_title_and_a_text_in_both_languages() -> None:
    claims = card()
    for one in State:
        told = module.Verdict(one, claims)
        with speaking("en"):
            english = (told.title, told.text)
        assert all(english)
        assert english != (told.title, told.text)
        assert "{" not in told.text + english[1]
    assert "April 2027" in module.Verdict(State.VALID, claims).text


# --- keys -------------------------------------------------------------------------------------------------------------


def test_published_keys_are_read_back_whole() -> None:
    text = publish(KEYS.values())
    assert read_keys(text) == KEYS
    assert read_keys(text.encode()) == KEYS
    assert "private" not in text
    assert '"d"' not in text


def test_keys_of_other_kinds_in_the_file_are_passed_over() -> None:
    text = publish([KEY.public]).replace('"keys": [', '"keys": [{"kty": "RSA", "n": "1", "e": "AQAB"},')
    assert read_keys(text) == key_set([KEY.public])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"keys": 3}',
        '{"keys": ["x"]}',
        '{"keys": [{"crv": "Ed25519"}]}',
        publish([KEY.public]).replace('"x": "', '"x": "A'),
        publish([KEY.public]).replace('"kid": "', '"kid": "A'),
        publish([KEY.public]).replace('"nbf": ', '"nbf": 99999999999999999'),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_words(text: str) -> None:
    with pytest.raises(InputError, match="Berkas kunci kartu tidak terbaca"):
        read_keys(text)


def test_the_private_half_is_never_shown() -> None:
    assert "rivate" not in repr(KEY).replace("SigningKey", "")


def test_fifty_thousand_cards_are_signed_in_under_a_minute() -> None:
    """Measured on a twenty-fifth of them; 50,000 took 7 seconds on a shared core."""
    cards = [replace(card(), serial=make("card", random.Random(at).randbytes)) for at in range(2_000)]
    begun = time.perf_counter()
    tokens = [issue(one, KEY) for one in cards]
    assert time.perf_counter() - begun < 60 / 25
    assert len(set(tokens)) == len(tokens)


def test_a_key_made_twice_from_the_same_bytes_is_the_same_key() -> None:
    again = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))), ISSUER, dt.date(2026, 1, 1))
    assert again.public == KEY.public
    assert issue(card(), again) == issue(card(), KEY)
    assert isinstance(card(), CardClaims)
