"""Public numbers: what the check digit catches, exhaustively; what a person is told."""

from __future__ import annotations

import os
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.errors import InputError
from jamsostek.core.numbers import KINDS, check, format_number, holds, make, make_many
from jamsostek.core.text import speaking


def seeded(seed: int):
    return random.Random(seed).randbytes


def told(kind: str, text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        check(kind, text)
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_number_has_its_length_no_leading_zero_and_a_right_check_digit(kind: str) -> None:
    for number in make_many(kind, 5_000, seeded(1)):
        assert re.fullmatch(rf"[1-9]\d{{{KINDS[kind].digits - 1}}}", number)
        assert [last for last in "0123456789" if holds(number[:-1] + last)] == [number[-1]]
        assert check(kind, number) == number


@pytest.mark.parametrize("kind", KINDS)
def test_every_wrong_digit_and_every_swap_of_neighbours_is_caught(kind: str) -> None:
    for number in make_many(kind, 300, seeded(2)):
        for place, digit in enumerate(number):
            for other in set("0123456789") - {digit}:
                assert not holds(number[:place] + other + number[place + 1 :])
            if place and number[place - 1] != digit:
                assert not holds(number[: place - 1] + digit + number[place - 1] + number[place + 1 :])


def test_the_example_published_with_the_method_holds() -> None:
    assert [last for last in "0123456789" if holds(f"572{last}")] == ["4"]


def test_both_are_caught_wherever_the_chain_stands() -> None:
    """The properties of the table that carry the promise: any state, any pair of digits."""
    for state in range(10):
        prefix = next(str(p) for p in range(100) if holds(f"{p}{state}"))
        ends = {digit: [last for last in "0123456789" if holds(f"{prefix}{digit}{last}")] for digit in "0123456789"}
        assert all(len(one) == 1 for one in ends.values())
        assert len({one[0] for one in ends.values()}) == 10
        for a in "0123456789":
            for b in "0123456789":
                last = next(one for one in "0123456789" if holds(f"{prefix}{a}{b}{one}"))
                assert a == b or not holds(f"{prefix}{b}{a}{last}")


def test_many_numbers_are_all_different_and_not_in_order() -> None:
    numbers = make_many("npp", 200_000, seeded(3))
    assert len(set(numbers)) == len(numbers)
    assert numbers != sorted(numbers)
    assert {number[0] for number in numbers} == set("123456789")


def test_the_same_random_bytes_give_the_same_numbers() -> None:
    assert make_many("kpj", 1_000, seeded(4)) == make_many("kpj", 1_000, seeded(4))
    assert make("kpj", seeded(4)) == make_many("kpj", 1, seeded(4))[0]


def test_more_numbers_than_half_of_all_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="cannot be made"):
        make_many("npp", 4_600_000, os.urandom)


def test_a_hundred_thousand_numbers_are_drawn_together() -> None:
    """One call for each number would be most of the time; what it costs stands in benchmarks."""
    asked: list[int] = []

    def drawn(size: int) -> bytes:
        asked.append(size)
        return os.urandom(size)

    assert len(set(make_many("kpj", 100_000, drawn))) == 100_000
    assert len(asked) < 10


@pytest.mark.parametrize("gap", [" ", "-", "  ", "\u00a0", "–", "\u200b", " - "])
@pytest.mark.parametrize("kind", KINDS)
def test_spaces_and_dashes_of_any_kind_are_taken_out(kind: str, gap: str) -> None:
    number = make(kind, seeded(5))
    assert check(kind, f" {gap.join(format_number(kind, number).split())}\n") == number


def test_a_number_is_grouped_to_be_read_aloud() -> None:
    assert format_number("kpj", "12345678901") == "1234 5678 901"
    assert format_number("npp", "12345678") == "1234 5678"
    assert format_number("card", "1234567890123") == "1234 5678 90123"


def test_letters_are_told_with_the_letters() -> None:
    error = told("kpj", "12O4567890l")
    assert "hanya berisi angka; ditemukan O l" in str(error)
    assert "huruf O bukan angka 0" in str(error)
    assert (error.field, error.value) == ("kpj", "12O4567890l")


def test_digits_of_another_script_are_not_digits() -> None:
    assert "hanya berisi angka" in str(told("npp", "1234567٨"))


def test_a_wrong_length_is_told_with_both_lengths() -> None:
    assert "terdiri dari 11 angka; yang tertulis 10" in str(told("kpj", "1234567890"))
    assert "terdiri dari 8 angka; yang tertulis 9" in str(told("npp", "123456789"))


def test_an_empty_number_is_told_with_its_shape() -> None:
    assert str(told("kpj", " - ")) == "Nomor peserta (KPJ) kosong. Tulis semua angkanya, bentuknya 0000 0000 000."


def test_a_wrong_check_digit_is_told_and_never_mended() -> None:
    number = make("kpj", seeded(6))
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    message = str(told("kpj", wrong))
    assert format_number("kpj", wrong) in message
    assert "angka pemeriksanya tidak cocok" in message
    assert "dua angka tertukar" in message
    assert number not in message.replace(" ", "")


def test_a_number_of_zeros_does_not_exist() -> None:
    assert holds("0" * 11)
    assert "tidak ada" in str(told("kpj", "0" * 11))


def test_a_nik_typed_by_mistake_is_named_as_one_and_not_repeated() -> None:
    nik = "3515014107900000"
    error = told("kpj", nik)
    assert "adalah NIK" in str(error)
    assert nik not in str(error)
    assert error.value == "3515**********00"


def test_it_is_told_in_english_too() -> None:
    with speaking("en"):
        assert str(told("npp", "")) == "Employer number (NPP) is empty. Write all its digits, shaped 0000 0000."


@given(st.text(max_size=30))
def test_any_text_gives_a_number_or_an_error_in_words(text: str) -> None:
    try:
        number = check("kpj", text)
    except InputError as error:
        assert error.remedy
    else:
        assert holds(number)
