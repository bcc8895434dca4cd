"""Codes of two owners link without names: alike for one person, nothing in common otherwise, refused where they do not fit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from jamsostek.core.errors import InputError
from jamsostek.linkage.hashed import (
    encode,
    encode_file,
    fingerprint,
    link_codes,
    new_key,
    read_codes,
    read_key,
    row_codes,
    write_codes,
    write_key,
)
from jamsostek.linkage.hashed.layout import with_rows
from jamsostek.linkage.normalise import WRITTEN
from jamsostek.synth.register import World, make_world

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
PACT = "PKS 12/2026"
SRI = {
    "id": 1, "name": "Hj. Sri Wahyuningsih", "nik": "3515564804730001", "sex": "female", "birth_date": date(1973, 4, 8),
    "birth_place": "Sidoarjo", "mother_name": "Soemiati", "village_code": 3_515_562_003, "kk": "3515560101100002",
    "phone": "+62 800 0123 4567",
}  # fmt: skip
BUDI = {
    "id": 2, "name": "Budi Santoso", "nik": "3515561210800003", "sex": "male", "birth_date": date(1980, 10, 12),
    "birth_place": "Gresik", "mother_name": "Aminah", "village_code": 3_515_562_009,
}  # fmt: skip


def people(*rows: dict[str, object]) -> pa.Table:
    """Written records."""
    names = [name for name in WRITTEN if any(name in row for row in rows)]
    schema = pa.schema([(name, WRITTEN[name]) for name in names])
    return pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows], schema=schema)


def codes(*rows: dict[str, object], key: bytes = KEY, agreement: str = PACT, more: tuple[str, ...] = ()) -> pa.Table:
    """Codes of written records."""
    return encode(people(*rows), key, agreement=agreement, more=more)


def values(table: pa.Table) -> set[bytes]:
    """Every code in a table."""
    return {value for column in table.columns for value in column.to_pylist() if value is not None}


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(1, 2_000, 20_000)


@pytest.fixture(scope="module")
def lists(world: World) -> tuple[pa.Table, pa.Table]:
    """Register and members in written columns."""
    return world.register.rename_columns({"row": "id"}), world.members.rename_columns({"member": "id"})


def truly(world: World, links: pa.Table) -> tuple[np.ndarray, np.ndarray, int]:
    """For each link's row: outcome, whether its member is the right person; and how many of the register are members."""
    row_of = dict(zip(row_codes(world.register["row"], KEY, agreement=PACT).to_pylist(), range(2_000), strict=True))
    member_of = dict(zip(row_codes(world.members["member"], KEY, agreement=PACT).to_pylist(), range(20_000), strict=True))
    person_of_row = dict(zip(world.truth_register["row"].to_pylist(), world.truth_register["person"].to_pylist(), strict=True))
    person_of_member = dict(
        zip(world.truth_members["member"].to_pylist(), world.truth_members["person"].to_pylist(), strict=True)
    )
    rows, members = world.register["row"].to_pylist(), world.members["member"].to_pylist()
    right = [
        member is not None and person_of_row[rows[row_of[code]]] == person_of_member[members[member_of[member]]]
        for code, member in zip(links["code"].to_pylist(), links["member_code"].to_pylist(), strict=True)
    ]
    return np.array(links["outcome"].to_pylist()), np.array(right), pc.sum(world.truth_register["is_member"]).as_py()


# --- keys --------------------------------------------------------------------------------------------------------------------


def test_a_key_comes_back_from_its_file_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = new_key()
    assert write_key(key, tmp_path / "key") == fingerprint(key)
    assert read_key(tmp_path / "key") == key
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    with pytest.raises(InputError, match="sudah ada"):
        write_key(new_key(), tmp_path / "key")
    assert read_key(tmp_path / "key") == key


def test_two_keys_have_two_fingerprints_and_none_shows_its_key() -> None:
    assert fingerprint(KEY) != fingerprint(OTHER_KEY)
    assert len(fingerprint(KEY)) == 8
    assert fingerprint(KEY) not in KEY.hex()


@pytest.mark.parametrize("wrong", [b"", bytes(range(31)), bytes(range(33)), bytes(32)])
def test_what_is_no_key_is_refused(wrong: bytes) -> None:
    with pytest.raises(InputError, match="32 byte"):
        codes(SRI, key=wrong)


@pytest.mark.parametrize("change", [lambda text: text[:-20], lambda text: text.replace("0", "1", 1), lambda _text: "x\xff"])
def test_a_changed_key_file_is_refused(tmp_path: Path, change: object) -> None:
    write_key(KEY, tmp_path / "key")
    changed = change((tmp_path / "key").read_text())  # type: ignore[operator]
    (tmp_path / "changed").write_text(changed, encoding="latin-1")
    with pytest.raises(InputError, match=r"bukan berkas kunci|rusak"):
        read_key(tmp_path / "changed")


@pytest.mark.parametrize("agreement", ["", "  ", "x" * 201])
def test_an_agreement_needs_a_name(agreement: str) -> None:
    with pytest.raises(InputError, match="perjanjian"):
        codes(SRI, agreement=agreement)


# --- codes -------------------------------------------------------------------------------------------------------------------


def test_one_person_written_twice_gives_the_same_codes() -> None:
    again = SRI | {"name": "SRI WAHJOENINGSIH"}
    assert codes(SRI).equals(codes(again))


def test_other_key_or_agreement_has_nothing_in_common() -> None:
    one = values(codes(SRI, more=("mother", "card", "phone")))
    assert len(one) > 10
    assert not one & values(codes(SRI, key=OTHER_KEY, more=("mother", "card", "phone")))
    assert not one & values(codes(SRI, agreement="PKS 13/2026", more=("mother", "card", "phone")))


def test_bits_of_another_agreement_are_no_more_alike_than_strangers() -> None:
    def shared(one: pa.Table, other: pa.Table) -> float:
        a, b = (np.unpackbits(np.frombuffer(table["clk"][0].as_py(), np.uint8)) for table in (one, other))
        return 2 * (a & b).sum() / (a.sum() + b.sum())

    assert shared(codes(SRI), codes(SRI)) == 1
    assert shared(codes(SRI), codes(SRI, agreement="PKS 13/2026")) < 0.45
    assert shared(codes(SRI), codes(BUDI)) < 0.45


def test_no_column_and_no_combination_has_the_codes_of_another() -> None:
    table = codes(SRI, BUDI, more=("mother", "card", "phone"))
    every = [value[:8] for column in table.columns for value in column.to_pylist() if value is not None]
    assert len(set(every)) == len(every)


def test_nothing_of_a_person_is_findable_in_the_file(tmp_path: Path) -> None:
    pq.write_table(people(SRI, BUDI), tmp_path / "people.parquet")
    encode_file(tmp_path / "people.parquet", tmp_path / "codes", KEY, agreement=PACT, more=("mother", "card", "phone"))
    table = read_codes(tmp_path / "codes")
    seen = ((tmp_path / "codes").read_bytes() + b"".join(values(table)) + repr(table.schema.metadata).encode()).lower()
    told = [b"wahyu", b"sri ", b"budi", b"santoso", b"3515", b"1973", b"0804", b"sumiati", b"soemiati", b"sidoarjo", b"01234567"]
    assert [text for text in told if text in seen] == []
    for number in (SRI["nik"], SRI["village_code"], SRI["kk"]):
        assert int(str(number)).to_bytes(8, "little") not in seen
    assert KEY not in seen
    assert KEY.hex().encode() not in seen


def test_the_order_of_codes_tells_nothing_of_the_order_of_people(lists: tuple[pa.Table, pa.Table]) -> None:
    register, _members = lists
    backwards = register.take(pa.array(range(register.num_rows - 1, -1, -1)))
    assert encode(register, KEY, agreement=PACT).equals(encode(backwards, KEY, agreement=PACT))


def test_only_agreed_fields_go_in() -> None:
    assert codes(SRI).equals(codes(SRI | {"mother_name": "Other", "kk": "3515560101100009", "phone": "0800 0999 9999"}))
    assert "block_card" not in codes(SRI).column_names
    assert not codes(SRI, more=("mother",)).equals(codes(SRI | {"mother_name": "Rukmini"}, more=("mother",)))
    with pytest.raises(InputError, match="telepon"):
        codes(SRI, more=("telepon",))


def test_a_foreign_nik_is_no_nik() -> None:
    assert codes(SRI | {"nik": BUDI["nik"]})["nik"].null_count == 1
    assert codes(SRI)["nik"].null_count == 0


def test_files_in_parts_are_the_codes_in_memory(
    tmp_path: Path, lists: tuple[pa.Table, pa.Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jamsostek.linkage.hashed.files._BATCH", 300)
    register, _members = lists
    pq.write_table(register, tmp_path / "people.parquet")
    rows = encode_file(tmp_path / "people.parquet", tmp_path / "codes", KEY, agreement=PACT)
    assert rows == register.num_rows
    assert read_codes(tmp_path / "codes").equals(encode(register, KEY, agreement=PACT))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codes", "people.parquet"]


# --- linking -----------------------------------------------------------------------------------------------------------------


def test_a_register_links_nearly_as_in_clear_text(world: World, lists: tuple[pa.Table, pa.Table]) -> None:
    register, members = (encode(one, KEY, agreement=PACT) for one in lists)
    links = link_codes(register, members)
    outcome, right, true = truly(world, links)
    same, asked = outcome == "same", outcome == "ask"
    assert links["code"].equals(register["code"])
    assert right[same].mean() > 0.995
    assert right[same].sum() / true > 0.90
    assert right[same | asked].sum() / true > 0.955
    assert asked.mean() < 0.04
    assert links.equals(link_codes(register, members))


@pytest.mark.parametrize("start", [-40.0, -10.0, 10.0])
def test_learning_finds_its_way_from_any_start(
    world: World, lists: tuple[pa.Table, pa.Table], monkeypatch: pytest.MonkeyPatch, start: float
) -> None:
    """Newton's steps alone run away from starts that are a little off, and then call everybody the same."""
    monkeypatch.setattr("jamsostek.linkage.hashed.weigh._START", start)
    links = link_codes(*(encode(one, KEY, agreement=PACT) for one in lists))
    outcome, right, _true = truly(world, links)
    assert right[outcome == "same"].mean() > 0.99


def test_what_is_different_names_no_member(lists: tuple[pa.Table, pa.Table]) -> None:
    links = link_codes(*(encode(one, KEY, agreement=PACT) for one in lists))
    apart = links.filter(pc.equal(links["outcome"], "different"))
    assert apart.num_rows > 1_000
    assert all(apart[name].null_count == apart.num_rows for name in ("how", "reason", "member_code", "dice", "chance"))
    asked = pc.equal(links["outcome"], "ask")
    assert pc.equal(pc.is_valid(links["reason"]), asked).to_pylist() == [True] * links.num_rows


def test_an_equal_nik_of_somebody_unlike_is_asked() -> None:
    stranger = BUDI | {"id": 7, "sex": None, "birth_date": None, "nik": SRI["nik"], "name": "Rudi Hartono"}
    links = link_codes(codes(stranger), codes(SRI))
    assert links["outcome"].to_pylist() == ["ask"]
    assert links["reason"].to_pylist() == ["names_differ"]


def test_few_and_no_records_link_too() -> None:
    links = link_codes(codes(SRI, BUDI | {"id": 9}), codes(SRI | {"id": 5}))
    found = dict(zip(links["code"].to_pylist(), links["outcome"].to_pylist(), strict=True))
    ids = row_codes(pa.array([1, 9]), KEY, agreement=PACT).to_pylist()
    assert [found[code] for code in ids] == ["same", "different"]
    assert link_codes(codes(SRI).slice(0, 0), codes(SRI)).num_rows == 0
    assert link_codes(codes(SRI), codes(SRI).slice(0, 0))["outcome"].to_pylist() == ["different"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"key": OTHER_KEY}, "kunci"),
        ({"agreement": "PKS 13/2026"}, "perjanjian"),
        ({"more": ("mother",)}, "kolom"),
    ],
)
def test_codes_that_do_not_fit_are_refused(other: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        link_codes(codes(SRI), codes(SRI, **other))  # type: ignore[arg-type]


def test_a_list_that_asks_for_too_many_pairs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jamsostek.linkage.hashed.pairs._FEW", 1)
    crowd = codes(*({**SRI, "id": number} for number in range(1, 301)))
    with pytest.raises(InputError, match="pasangan"):
        link_codes(crowd, crowd)


# --- files -------------------------------------------------------------------------------------------------------------------


def spoilt(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    """With another column of that name."""
    return table.set_column(table.column_names.index(name), name, column)


def hostile(table: pa.Table) -> dict[str, tuple[pa.Table, str]]:
    """What a file of codes must not be, and what is said of it."""
    rows, told = table.num_rows, with_rows(table.schema, table.num_rows).metadata
    table = table.replace_schema_metadata(told)
    return {
        "names": (table.rename_columns({"clk": "name"}).replace_schema_metadata(told), "Kolom clk"),
        "one column more": (table.append_column("name", pa.array(["x"] * rows)), "Kolom name"),
        "order": (table.select(["clk", *(name for name in table.column_names if name != "clk")]), "Urutan"),
        "text": (spoilt(table, "nik", pa.array(["3515564804730001"] * rows)), "Kolom nik"),
        "short": (spoilt(table, "clk", pa.array([bytes(64)] * rows, pa.binary(64))), "Kolom clk"),
        "full": (spoilt(table, "clk", pa.array([b"\xff" * 128] * rows, pa.binary(128))), "terlalu penuh"),
        "null": (spoilt(table, "clk", pa.nulls(rows, pa.binary(128))), "kosong"),
        "double": (spoilt(table, "code", pa.array([bytes(16)] * rows, pa.binary(16))), "kode yang sama"),
        "told nothing": (table.replace_schema_metadata(None), "Versi"),
        "no agreement": (table.replace_schema_metadata({**told, b"jamsostek_hashed_agreement": b""}), "keterangan"),
        "version": (table.replace_schema_metadata({**told, b"jamsostek_hashed_version": b"9"}), "Versi"),
        "fields": (table.replace_schema_metadata({**told, b"jamsostek_hashed_more": b"salary"}), "salary"),
        "rows": (table.replace_schema_metadata({**told, b"jamsostek_hashed_rows": b"9"}), "Jumlah baris"),
    }


@pytest.mark.parametrize("kind", list(hostile(codes(SRI, BUDI))))
def test_a_hostile_file_is_refused(tmp_path: Path, kind: str) -> None:
    table, said = hostile(codes(SRI, BUDI))[kind]
    pq.write_table(table, tmp_path / "codes")
    with pytest.raises(InputError, match=said):
        read_codes(tmp_path / "codes")


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    write_codes(codes(SRI, BUDI), tmp_path / "codes")
    assert read_codes(tmp_path / "codes").num_rows == 2
    (tmp_path / "half").write_bytes((tmp_path / "codes").read_bytes()[:-40])
    (tmp_path / "text").write_text("nik,name\n")
    for name in ("half", "text", "absent"):
        with pytest.raises(InputError, match="Parquet"):
            read_codes(tmp_path / name)


@pytest.mark.parametrize(
    "source",
    [
        people(SRI).drop_columns(["id"]),
        people(SRI | {"id": None}),
        people(SRI, BUDI | {"id": 1}),
        spoilt(people(SRI), "birth_date", pa.array(["yesterday"])),
    ],
)
def test_a_source_that_cannot_be_encoded_leaves_nothing_behind(tmp_path: Path, source: pa.Table) -> None:
    pq.write_table(source, tmp_path / "people.parquet")
    with pytest.raises(InputError):
        encode_file(tmp_path / "people.parquet", tmp_path / "codes", KEY, agreement=PACT)
    assert [path.name for path in tmp_path.iterdir()] == ["people.parquet"]
