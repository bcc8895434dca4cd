"""Names of a whole column: the same as one by one, with what linking wants besides."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.linkage.names import search_words
from jamsostek.linkage.words import words_of


def words(*names: str | None) -> list[list[str]]:
    return words_of(pa.array(names, pa.string())).lists().to_pylist()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Drs. H. Moh.Yusuf, S.Pd.", ["muhammad", "yusuf"]),
        ("M. Joesoef", ["muhammad", "yusuf"]),
        ("SITI  AMINAH", ["siti", "amina"]),
        ("St. Nurbaya", ["siti", "nurbaya"]),
        ("Siti Aminah binti Ahmad", ["siti", "amina"]),
        ("Budi alias Gendut", ["budi"]),
        ("Alm. Tjokro Soekarno", ["cokro", "sukarno"]),
        ("Bpk. Slamet", ["slamet"]),
        ("H.", ["h"]),
        ("Renée D'Arc", ["rene", "darc"]),
        ("", []),
        (None, []),
        ("...", []),
        ("1234", ["1234"]),
    ],
)
def test_a_name_is_read(written: str | None, read: list[str]) -> None:
    assert words(written) == [read]


@given(st.lists(st.text(alphabet="abdhijmnosuty .'-,Ñé", max_size=24), max_size=12))
def test_together_as_alone(names: list[str]) -> None:
    assert words(*names) == [words(name)[0] for name in names]


PLAIN = ["budi", "santoso", "siti", "muhammad", "yusuf", "nur", "aisyah", "wayan", "ketut", "tarigan"]


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=4))
def test_plain_names_are_read_as_in_searching(parts: list[str]) -> None:
    name = " ".join(parts)
    assert words(name) == [search_words(name)]


def test_what_is_made_of_words() -> None:
    found = words_of(pa.array(["Muhammad Yusuf", "Siti", None]))
    assert found.sorted().joined().to_pylist() == ["muhammad yusuf", "siti", None]
    assert found.core().joined().to_pylist() == ["yusuf", "siti", None]
    assert found.core().first().to_pylist() == ["yusuf", "siti", None]
    assert found.last().to_pylist() == ["yusuf", "siti", None]
    assert found.joined("").to_pylist() == ["muhammadyusuf", "siti", None]
    assert found.core().skeletons().joined().to_pylist() == ["ysf", "st", None]


def test_a_slice_of_a_column_is_read_as_the_column() -> None:
    whole = pa.array(["Budi", "Siti Aminah", "Moh. Yusuf", None])
    assert words_of(whole.slice(1, 2)).lists().to_pylist() == [["siti", "amina"], ["muhammad", "yusuf"]]
