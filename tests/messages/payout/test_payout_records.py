"""A transfer that a bank could not carry, or that would tell a NIK to every bank on the way, is never made."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payout_batches import MORNING, batch, refused, transfer

from jamsostek.core.text import LANGUAGES, speaking
from jamsostek.messages.payout.letters import fold, lost
from jamsostek.messages.payout.records import PARTIAL, Answer, status_of

NIK = "3273014508900000"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("end_to_end_id", ""),
        ("end_to_end_id", "A" * 36),
        ("end_to_end_id", "JHT 1"),
        ("end_to_end_id", "/JHT"),
        ("end_to_end_id", "JHT/"),
        ("end_to_end_id", "JHT//1"),
        ("end_to_end_id", "JHT\n"),
        ("end_to_end_id", "=JHT"),
        ("amount_rupiah", 0),
        ("amount_rupiah", -1),
        ("amount_rupiah", 10**15 + 1),
        ("amount_rupiah", 1.5),
        ("creditor_name", ""),
        ("creditor_name", "  "),
        ("creditor_name", "😀"),
        ("creditor_name", "ꦱꦫꦶ"),
        ("creditor_name", "Sari ꦮꦸꦭꦤ꧀"),
        ("creditor_name", "王 Santosa"),
        ("creditor_name", "W" * 141),
        ("creditor_bank", ""),
        ("creditor_bank", "bca"),
        ("creditor_bank", "B" * 36),
        ("creditor_account", "123-456-7890"),
        ("creditor_account", "1234"),
        ("creditor_account", "1" * 35),
        ("text", "x" * 141),
        ("purpose", "ssbe"),
        ("purpose", ""),
    ],
)
def test_a_field_that_no_bank_could_carry_is_named(field: str, value: object) -> None:
    error = refused(lambda: transfer(**{field: value}), field=field)
    with speaking("en"):
        assert refused(lambda: transfer(**{field: value})).message != error.message


@pytest.mark.parametrize(
    "text",
    [
        NIK,
        f"klaim {NIK} JHT",
        "3273 0145 0890 0000",
        "327301-450890-0000",
        "32.73.01.450890.0000",
        "３２７３０１４５０８９０００００",
        "٣٢٧٣٠١٤٥٠٨٩٠٠٠٠٠",
        "3273\u200b014508900000",
        "1" * 16,
        f"9{NIK}9",
    ],
)
def test_a_nik_in_a_text_is_refused_and_not_repeated(text: str) -> None:
    for field in ("text", "creditor_name"):
        error = refused(lambda field=field: transfer(**{field: f"Wira {text}"}), field=field)
        assert fold(text) not in str(error.value)
        assert fold(text) not in str(error)


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1950, 2010), st.booleans(), st.integers(0, 9999))
def test_no_nik_passes_as_a_text_or_a_reference(day: int, month: int, year: int, woman: bool, serial: int) -> None:
    nik = f"327301{day + 40 * woman:02d}{month:02d}{year % 100:02d}{serial:04d}"
    refused(lambda: transfer(text=nik), field="text")
    refused(lambda: transfer(end_to_end_id=nik), field="end_to_end_id")
    refused(lambda: batch(message_id=f"PAY-{nik}"), field="message_id")


def test_numbers_that_are_no_nik_may_stand_in_a_text() -> None:
    for text in ("JHT-2025-000001", "klaim 202511 1234567890", "800000000000017", "2025-11-03 09.12", "SSBE 20251103/0001"):
        assert transfer(text=text).text == text


def test_references_of_long_numbers_are_no_nik() -> None:
    for id in ("JHT20251103000000001", "PAY-20251103-00010001", "2025110300000001"):
        assert transfer(end_to_end_id=id).end_to_end_id == id


def test_a_reference_used_twice_is_refused_with_its_row() -> None:
    error = refused(lambda: batch(transfer(1), transfer(2), transfer(1)), field="end_to_end_id", row=3)
    assert "JHT-2025-000001" in error.message


def test_a_batch_without_transfers_or_with_too_much_money_is_refused() -> None:
    refused(lambda: batch(transfers=()), field="transfers")
    refused(lambda: batch(transfer(1, amount_rupiah=10**15), transfer(2)), field="total_rupiah")


def test_a_moment_without_its_offset_is_refused() -> None:
    refused(lambda: batch(made_at=MORNING.replace(tzinfo=None)), field="made_at")
    odd = dt.timezone(dt.timedelta(hours=7, minutes=7, seconds=12))
    refused(lambda: batch(made_at=MORNING.replace(tzinfo=odd)), field="made_at")


@pytest.mark.parametrize("field", ["debtor_name", "debtor_bank", "debtor_account", "message_id"])
def test_a_wrong_head_is_named(field: str) -> None:
    refused(lambda: batch(**{field: ""}), field=field)


def test_an_account_is_not_told_in_an_error_nor_in_a_log() -> None:
    error = refused(lambda: transfer(creditor_account="7000-000-001-00"))
    assert "7000-000-001-00" not in str(error.value)
    for shown in (repr(transfer()), repr(batch())):
        for secret in ("Wira", "70000000001", "1234567890"):
            assert secret not in shown


def test_a_field_is_called_as_people_call_it_in_both_languages() -> None:
    told = {"id": "Bank penerima tidak sesuai bentuknya.", "en": "Receiver's bank is not of its form."}
    for language in LANGUAGES:
        with speaking(language):
            assert refused(lambda: transfer(creditor_bank="")).message == told[language]


@given(st.text(max_size=80))
def test_folding_gives_only_what_banks_have_and_folds_no_further(text: str) -> None:
    folded = fold(text)
    assert all(sign.isascii() and (sign.isalnum() or sign in "/-?:().,'+ ") for sign in folded)
    assert fold(folded) == folded
    assert lost(folded) == ""


def test_a_letter_that_is_lost_is_told() -> None:
    assert lost("Sari ꦱ") == "ꦱ"
    assert lost("Désirée 😀 =") == ""


def test_a_batch_is_partial_where_its_transfers_fare_differently() -> None:
    assert [status_of(one) for one in ([], ["accepted"] * 3, ["accepted", "rejected"])] == ["", "accepted", PARTIAL]


def test_an_answer_is_whole_without_problems() -> None:
    assert Answer("csv", "A", "B", "", ()).whole
