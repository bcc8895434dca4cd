"""The same money twice is known: in overlapping statements, in a notice and a statement; other money is never taken for it."""

from __future__ import annotations

import pytest
from bank_statements import ACCOUNT, DAY, MAJU, THREE, entry, statement, statements
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek.messages.bank.reader import parse_statement
from jamsostek.messages.bank.records import Statement
from jamsostek.messages.bank.references import Draft, bank_reference, entries_of, is_made, made_reference
from jamsostek.messages.bank.write import write_csv

TABLE = "Rekening;1234567890\nTanggal;Keterangan;Debet;Kredit;Saldo\n"


def read(*rows: str, account: str = ACCOUNT) -> Statement:
    """A CSV without references."""
    return parse_statement((TABLE.replace(ACCOUNT, account) + "".join(f"{row}\n" for row in rows)).encode())


NOON = ("03/11/2025;SETORAN;;100,00;1.100,00", "03/11/2025;SETORAN;;100,00;1.200,00")
EVENING = (*NOON, "03/11/2025;SETORAN;;100,00;1.300,00", "03/11/2025;BIAYA;5,00;;1.295,00")


def test_lines_without_a_reference_have_the_same_name_in_every_statement() -> None:
    noon = [one.reference for one in read(*NOON).entries]
    evening = [one.reference for one in read(*EVENING).entries]
    assert evening[:2] == noon
    assert len(set(evening)) == 4
    assert [one.reference for one in read(*EVENING[::-1]).entries] == evening, "newest first"
    assert [one.reference for one in read(*EVENING[1:]).entries] == evening[1:], "a later beginning"


def test_lines_alike_in_everything_are_numbered_within_their_day() -> None:
    without = [row.rpartition(";")[0] + ";" for row in EVENING]
    names = [one.reference for one in read(*without).entries]
    assert len(set(names)) == 4
    assert [one.reference for one in read(*without[:2]).entries] == names[:2]


def test_the_same_line_of_another_account_has_another_name() -> None:
    assert read(NOON[0]).entries[0].reference != read(NOON[0], account="9876543210").entries[0].reference


def test_spaces_and_case_in_a_text_change_no_name() -> None:
    assert read(NOON[0]).entries[0].reference == read(NOON[0].replace("SETORAN", " Setoran ")).entries[0].reference


def test_a_derived_name_is_kept_when_it_comes_back_as_a_reference() -> None:
    once = read(*EVENING)
    assert [one.reference for one in parse_statement(write_csv(once)).entries] == [one.reference for one in once.entries]


@pytest.mark.parametrize("filler", ["", "NONREF", "notprovided", "-", "0000000000", "N/A", "---"])
def test_what_only_fills_the_field_is_no_reference(filler: str) -> None:
    assert bank_reference(filler) == ""


@pytest.mark.parametrize(("text", "made"), [
    ("SB2511030001", True), ("20251103CENAIDJA010O0112345678", True), ("251103099102XY", True),
    ("INV 2025/11/03", False), ("99102", False), ("1111111111", False), ("NOVEMBERPAYMENT", False), ("H-ABCDEFGHIJKLMN", True),
])  # fmt: skip
def test_only_references_made_by_machines_are_taken_from_others(text: str, made: bool) -> None:
    assert is_made(text) is made
    assert made_reference(text, "") == (text if made else "")


def test_a_payment_code_is_no_reference() -> None:
    assert made_reference(MAJU, MAJU) == ""


def test_a_reference_used_again_keeps_its_first_entry_and_names_the_others() -> None:
    drafts = [Draft(row, "BK1", amount, True, DAY, DAY, "", "") for row, amount in enumerate((10, 20, 20), 1)]
    names = [one.reference for one in entries_of(drafts, ACCOUNT)]
    assert names[0] == "BK1"
    assert all(name.startswith("BK1/") for name in names[1:])
    assert len(set(names)) == 3


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "R1", "R2", "R2/D"]), st.integers(1, 3), st.booleans(), st.sampled_from("ab")), max_size=12
    )
)
def test_names_are_unique_within_a_statement_and_stay_when_it_grows(lines: list[tuple[str, int, bool, str]]) -> None:
    drafts = [Draft(row, name, amount, credit, DAY, DAY, "", text) for row, (name, amount, credit, text) in enumerate(lines)]
    names = [one.reference for one in entries_of(drafts, ACCOUNT)]
    assert len(set(names)) == len(names)
    for end in range(len(drafts)):
        assert [one.reference for one in entries_of(drafts[:end], ACCOUNT)] == names[:end]


@given(statements())
@settings(max_examples=25)
def test_no_two_entries_of_a_file_share_a_name(drawn: Statement) -> None:
    names = [one.reference for one in parse_statement(write_csv(drawn)).entries]
    assert len(set(names)) == len(names)


def test_a_notice_and_a_statement_name_the_same_payment_alike() -> None:
    day = statement(entry(1, 1_008_000))
    assert parse_statement(write_csv(day)).entries[0].reference == THREE.entries[0].reference == "SB251103000001"
