"""Sealed values open only where they were sealed, and are found without being opened."""

from __future__ import annotations

import pytest

from jamsostek.access import vault
from jamsostek.access.vault import Unreadable


def test_a_value_opens_again_and_never_looks_the_same() -> None:
    key, wrapped = vault.new_key("participant:1")
    first, second = key.seal("nik", "3515010101700000"), key.seal("nik", "3515010101700000")
    assert first != second
    assert b"3515" not in first
    assert vault.unwrap("participant:1", wrapped).open("nik", first) == "3515010101700000"


@pytest.mark.parametrize("place", [0, 5, 12, 20, -1])
def test_a_flipped_bit_is_seen(place: int) -> None:
    key, _wrapped = vault.new_key("participant:1")
    sealed = bytearray(key.seal("nik", "3515010101700000"))
    sealed[place] ^= 1
    with pytest.raises(Unreadable):
        key.open("nik", bytes(sealed))


def test_a_value_moved_to_another_field_or_person_does_not_open() -> None:
    key, wrapped = vault.new_key("participant:1")
    other, _other = vault.new_key("participant:2")
    sealed = key.seal("nik", "3515010101700000")
    for opens in (lambda: key.open("phone", sealed), lambda: other.open("nik", sealed)):
        with pytest.raises(Unreadable):
            opens()
    with pytest.raises(Unreadable):
        vault.unwrap("participant:2", wrapped)


def test_what_is_too_short_does_not_open() -> None:
    key, _wrapped = vault.new_key("participant:1")
    with pytest.raises(Unreadable):
        key.open("nik", b"")


def test_many_keys_are_as_one_by_one() -> None:
    for subject, (key, wrapped) in zip(("a:1", "a:2"), vault.new_keys(("a:1", "a:2")), strict=True):
        assert vault.unwrap(subject, wrapped).open("x", key.seal("x", "isi")) == "isi"


def test_house_keys_of_different_purposes_do_not_open_each_other() -> None:
    sealed = vault.house_key("ticket").seal("1", "isi")
    assert vault.house_key("ticket").open("1", sealed) == "isi"
    with pytest.raises(Unreadable):
        vault.house_key("audit").open("1", sealed)


def test_an_index_is_the_same_for_the_same_and_keeps_fields_apart() -> None:
    assert vault.blind_index("nik", "1") == vault.blind_index("nik", "1")
    assert len({vault.blind_index(kind, text) for kind in ("nik", "phone") for text in ("1", "2", "12")}) == 6
    assert len(vault.blind_index("nik", "1")) == vault.INDEX_BYTES
    assert vault.blind_indexes("nik", ["1", "2"]) == [vault.blind_index("nik", "1"), vault.blind_index("nik", "2")]


def test_keys_are_files_only_their_owner_reads() -> None:
    from pathlib import Path

    from django.conf import settings

    vault.keys()
    assert (Path(settings.JAMSOSTEK_KEYS) / "vault.json").stat().st_mode & 0o077 == 0
