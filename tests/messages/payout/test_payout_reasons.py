"""Why a transfer failed is told in plain words, with what to do next."""

from __future__ import annotations

import re

import pytest

from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.messages.payout.reasons import BANK, PERSON, REASONS, US, reason


@pytest.mark.parametrize("code", ["AC01", "AC04", "AC06", "AM09", "MS03", "MD07", "BE01", "AM04"])
def test_the_usual_reasons_are_known(code: str) -> None:
    assert reason(code).code == code


def test_every_reason_says_why_and_what_to_do_in_both_languages() -> None:
    told = {}
    for language in LANGUAGES:
        with speaking(language):
            told[language] = {code: (one.message, one.remedy) for code, one in REASONS.items()}
    assert all(message.endswith(".") and remedy.endswith(".") for texts in told.values() for message, remedy in texts.values())
    assert [code for code in REASONS if told["id"][code][0] == told["en"][code][0]] == []
    assert {one.who for one in REASONS.values()} == {PERSON, BANK, US}
    assert all(re.fullmatch("[A-Z0-9]{4}", code) for code in REASONS)


def test_a_wrong_account_is_asked_anew() -> None:
    for code in ("AC01", "AC04", "BE01", "RC01"):
        assert (reason(code).who, reason(code).account_is_good) == (PERSON, False)
        assert "rekening baru" in reason(code).remedy
    assert reason("MS03").account_is_good


def test_a_payment_taken_for_a_double_is_not_sent_again_at_once() -> None:
    for code in ("AM05", "DU01", "DU04"):
        assert "jangan bayar lagi" in reason(code).remedy


def test_a_code_that_nobody_knows_is_told_as_it_is() -> None:
    assert "ZZ99" in reason("ZZ99").message
    assert reason("").message == reason("MS03").message
    with speaking("en"):
        assert reason("ZZ99").message == "The bank gives the reason ZZ99, which we do not know."


def test_a_code_with_a_nik_in_it_is_starred() -> None:
    assert "3273014508900000" not in reason("3273014508900000").message
