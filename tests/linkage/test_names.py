"""Spellings of one name meet, names of two people do not, and nothing that is a name is lost."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.linkage.names import fold, fold_word, person_key, same_name, search_key, search_keys, search_words
from jamsostek.synth.names import names_of

MEET = [
    # the spelling before 1972
    ("Soekarno", "Sukarno"), ("Djoko Tjahjono", "Joko Cahyono"), ("Joesoef", "Yusuf"), ("Soejatno", "Suyatno"),
    ("Njoman", "Nyoman"), ("Sjafruddin", "Syafrudin"), ("Hoesein", "Husein"), ("Noer", "Nur"),
    # Muhammad and its short forms
    ("Moh. Yusuf", "Muhammad Yusuf"), ("M. Yusuf", "Mochamad Yusuf"), ("Muh Yusuf", "Mohammad Yusuf"),
    ("Mhd. Yusuf", "Mohd Yusuf"),
    ("Muchammad Yusuf", "Mokhamad Yusuf"), ("Mochmad Yusuf", "Muhamat Yusuf"),
    ("Abd. Rahman", "Abdul Rahman"), ("St. Aminah", "Siti Aminah"), ("Sitti Aminah", "Siti Amina"), ("Achmad", "Ahmad"),
    ("Akhmad", "Ahmat"),
    # transcriptions and sounds
    ("Syaiful", "Saiful"), ("Zaenal", "Zainal"), ("Khairul", "Chairul"), ("Khaerul", "Hairul"), ("Ramadhan", "Ramadan"),
    ("Thohir", "Tohir"), ("Rizqi", "Rizky"), ("Novi", "Nofi"), ("Ariyanto", "Aryanto"), ("Suwarno", "Suarno"),
    ("Fatimah", "Fatima"), ("Yusuff", "Yusuf"), ("Prasetyo", "Prasetio"), ("Aisyah", "Aisah"),
    # titles, degrees, signs, order of writing
    ("H. Agus Santoso, S.Pd., M.Si.", "Agus Santoso"), ("Drs. Agus Santoso", "AGUS SANTOSO"),
    ("Agus Santoso SE", "agus  santoso"),
    ("K.H. Ahmad Dahlan", "Ahmad Dahlan"), ("Hj. Siti Aminah", "SITI AMINAH"), ("Alm. Agus", "Agus"), ("Agus (Alm)", "Agus"),
    ("Ahmad bin Ali", "Ahmad Ali"), ("Syafi'i", "Syafii"), ("Nur'aini", "Nuraini"), ("Nur-Aini", "Nur Aini"), ("José", "Jose"),
    ("Moh.Yusuf", "Moh. Yusuf"), ("R.A. Kartini", "Kartini"),
]  # fmt: skip
APART = [
    ("Jaya", "Yaya"), ("Jono", "Yono"), ("Jusuf", "Yusup"), ("Budi", "Rudi"), ("Hasan", "Husin"), ("Agus", "Agung"),
    ("Siti Aminah", "Siti Aisyah"), ("Made", "Madi"), ("Suparman", "Suparmin"), ("Dewi", "Devi Sari"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), MEET)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)
    assert same_name(one, other) == 1.0


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sulastri", ["sulastri"]), ("H", ["h"]), ("Drs.", ["drs"]), ("Ny. Sri", ["sri"]), ("Agus H", ["agus", "h"]), ("", []),
        ("M", ["m"]), ("M.H. Thamrin", ["muhammad", "h", "tamrin"]), ("Agus ST", ["agus"]),
        ("St. Nurhaliza", ["siti", "nurhalisa"]),
        ("Ma Yun", ["ma", "yun"]), ("Santoso, Agus", ["santoso", "agus"]), ("PT Contoh 88", ["pt", "conto", "88"]),
        ("Yi", ["yi"]),
        ("Wa Ode Nina", ["wa", "ode", "nina"]), ("Bin", ["bin"]), ("田中", []),
    ],
)  # fmt: skip
def test_titles_go_and_names_stay(name: str, words: list[str]) -> None:
    assert search_words(name) == words


def test_the_order_of_words_is_kept_for_search_and_dropped_for_blocking() -> None:
    assert search_key("Santoso Agus") == "santoso agus" != search_key("Agus Santoso")
    assert person_key("Santoso Agus") == person_key("Agus Santoso")


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Agus Santoso", "Santoso Agus", 1, 1), ("Agus Santoso", "Agus Santosa", 0.85, 0.99),
        ("A. Santoso", "Agus Santoso", 0.85, 0.99),
        ("Nur Hayati", "Nurhayati", 0.9, 0.99), ("Abdul Rahman", "Abdurrahman", 0.9, 0.99), ("M. Rizki", "Rizky", 0.85, 0.99),
        ("Sri Wahyuni", "Sriwahyuni", 0.9, 0.99), ("Handayani", "Andayani", 0.85, 0.99), ("Agus", "Agus Santoso", 0.3, 0.7),
        ("Budi Santoso", "Rudi Santoso", 0, 0.7), ("Siti Aminah", "Siti Aisyah", 0, 0.5), ("Hasan", "Husin", 0, 0.5),
        ("Muhammad Ali", "Muhammad Umar", 0, 0.5), ("Ketut Sari", "Kadek Sari", 0, 0.7), ("", "", 0, 0), ("Agus", "", 0, 0),
    ],
)  # fmt: skip
def test_likeness_tells_a_slip_from_a_sibling(one: str, other: str, least: float, most: float) -> None:
    assert least <= same_name(one, other) <= most
    assert same_name(one, other) == same_name(other, one)


def test_likeness_takes_keys_as_well_as_names() -> None:
    assert same_name(search_key("Moh. Yusuf, S.Pd."), "Muhammad Yusuf") == 1.0


@pytest.mark.parametrize("name", ["Muhammad Rizki", "Djoko Tjahjono", "Fatimah Azzahra", "Syaiful Bahri", "Ariyanto", "Prasetyo"])
def test_a_search_may_be_unfinished(name: str) -> None:
    """From the third letter on a word begun finds the word: whole syllables of old spelling apart."""
    whole = fold(name).split()
    for place, word in enumerate(name.split()):
        begun = [fold_word(word[:letters].lower()) for letters in range(3, len(word) + 1)]
        hits = sum(whole[place].startswith(one) for one in begun)
        assert hits >= len(begun) - 1, (word, begun)


@given(st.text(max_size=40))
def test_a_folded_name_folds_to_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in search_words(text))


@given(st.lists(st.text(alphabet="abdehijklmnorstuyzcgfpqwvx.' ", min_size=1, max_size=12), max_size=5))
def test_names_of_any_letters_fold_to_themselves(parts: list[str]) -> None:
    name = " ".join(parts)
    assert search_key(search_key(name)) == search_key(name)
    assert same_name(name, name) in (0.0, 1.0)


def test_common_names_of_the_country_keep_their_difference() -> None:
    """Folding joins spellings, not people: of the names in use few fall together."""
    names = {
        word.lower() for province in (11, 32, 34, 35, 51, 73, 91) for name in names_of(province).values for word in name.split()
    }
    folds = {fold_word(word) for word in names if word.isalpha()}
    assert len(folds) > 0.93 * len(names)


def test_a_hundred_thousand_names_are_folded_in_a_second_and_a_half() -> None:
    given_names = [name for province in (11, 32, 35, 73) for name in names_of(province).values]
    chance = np.random.default_rng(3)
    places = chance.integers(0, len(given_names), (100_000, 2)).tolist()
    names = [f"{given_names[a]} {given_names[b].split()[-1]}" for a, b in places]
    begun = time.process_time()
    keys = search_keys(names)
    assert time.process_time() - begun < 1.5
    assert keys[:3] == [search_key(name) for name in names[:3]]
