"""Records of people as they were written, made comparable: plain columns of text and numbers that every engine reads.

Everything Indonesian about a record is decided here, once, for all engines: `normalise` takes an Arrow table and gives one
of the same length. Nothing of it is for show.

Taken (`WRITTEN`; a column may be missing, then all of it is null):

    id            int64   the record's number within its table
    name          text
    nik, kk       text    as written, or null
    sex           text    male, female or null
    birth_date    date
    birth_place   text
    mother_name   text
    phone         text
    village_code  int64   10 digits (Kemendagri), or null
    family        list of text: NIKs of relatives the registry knows

Given (`NORMAL`): see the entries there. A NIK that cannot be the person's own (`identity`) is kept apart as `pointer`: it is
mostly the number of the head of the household.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jamsostek.linkage.dates import Dates, dates_of
from jamsostek.linkage.identity import Numbers, numbers_of
from jamsostek.linkage.words import Words, words_of

WRITTEN = {
    "id": pa.int64(),
    "name": pa.string(),
    "nik": pa.string(),
    "kk": pa.string(),
    "sex": pa.string(),
    "birth_date": pa.date32(),
    "birth_place": pa.string(),
    "mother_name": pa.string(),
    "phone": pa.string(),
    "village_code": pa.int64(),
    "family": pa.list_(pa.string()),
}

NORMAL = pa.schema([
    pa.field("unique_id", pa.int64(), metadata={"is": "the record's number"}),
    pa.field("name", pa.string(), metadata={"is": "all folded words, sorted"}),
    pa.field("name_joined", pa.string(), metadata={"is": "all folded words in their order, without spaces"}),
    pa.field("core", pa.string(), metadata={"is": "the words that say something, sorted"}),
    pa.field("words", pa.list_(pa.string()), metadata={"is": "the same, in their order"}),
    pa.field("first", pa.string(), metadata={"is": "the first of them"}),
    pa.field("last", pa.string(), metadata={"is": "the last of them"}),
    pa.field("skeleton", pa.string(), metadata={"is": "first letters and consonants of them, sorted"}),
    pa.field("sex", pa.string(), metadata={"is": "m, f; of the NIK where it is own and the record has none"}),
    pa.field("born", pa.string(), metadata={"is": "YYYYMMDD; of the NIK where it is own and the record has none"}),
    pa.field("born_x", pa.string(), metadata={"is": "the same where it is no default date"}),
    pa.field("born_swapped", pa.string(), metadata={"is": "YYYYDDMM where that is a date too"}),
    pa.field("year", pa.int32(), metadata={"is": "year of birth"}),
    pa.field("nik", pa.string(), metadata={"is": "well-formed and possibly the person's own"}),
    pa.field("nik15", pa.string(), metadata={"is": "its first 15 digits"}),
    pa.field("nik_cut", pa.bool_(), metadata={"is": "it ends in 0 as a spreadsheet leaves it"}),
    pa.field("nik_tail", pa.string(), metadata={"is": "its date and serial"}),
    pa.field("pointer", pa.string(), metadata={"is": "a well-formed NIK that is somebody else's"}),
    pa.field("kk", pa.string(), metadata={"is": "well-formed number of the family card"}),
    pa.field("family", pa.list_(pa.string()), metadata={"is": "NIKs of relatives"}),
    pa.field("mother", pa.string(), metadata={"is": "folded words of the mother's name, sorted"}),
    pa.field("mother_first", pa.string(), metadata={"is": "the first word that says something"}),
    pa.field("mother_skeleton", pa.string(), metadata={"is": "consonants of it"}),
    pa.field("birth_place", pa.string(), metadata={"is": "folded"}),
    pa.field("phone", pa.string(), metadata={"is": "digits from 8 on"}),
    pa.field("village", pa.int64()),
    pa.field("district", pa.int64()),
    pa.field("regency", pa.int64()),
])  # fmt: skip


def normalise(people: pa.Table) -> pa.Table:
    """The table `NORMAL` of people in `WRITTEN` columns, row for row. Columns of other names are left out."""
    written = {name: _column(people, name, kind) for name, kind in WRITTEN.items()}
    dates, numbers = _numbers(written)
    columns = {
        "unique_id": written["id"],
        **_name_columns(words_of(written["name"])),
        **_date_columns(dates),
        **_number_columns(numbers),
        "sex": _sex(written["sex"], numbers),
        "kk": numbers.kk,
        "family": written["family"],
        **_mother_columns(words_of(written["mother_name"])),
        "birth_place": words_of(written["birth_place"]).joined(""),
        "phone": _phones(written["phone"]),
        **_places(written["village_code"]),
    }
    return pa.table([columns[name].cast(NORMAL.field(name).type) for name in NORMAL.names], schema=NORMAL)


def own_niks(people: pa.Table) -> list[str | None]:
    """Of each person in `WRITTEN` columns the NIK where it is well-formed and can be their own."""
    numbers = _numbers({name: _column(people, name, kind) for name, kind in WRITTEN.items()})[1]
    return list(numbers.own.to_pylist())


def _column(people: pa.Table, name: str, kind: pa.DataType) -> pa.Array:
    if name not in people.column_names:
        return pa.nulls(people.num_rows, kind)
    return people[name].combine_chunks().cast(kind)


def _numbers(written: dict[str, pa.Array]) -> tuple[Dates, Numbers]:
    """Dates and numbers; a date or sex that the record lacks is taken from its own NIK."""
    dates = dates_of(written["birth_date"])
    numbers = numbers_of(written["nik"], written["kk"], dates, pc.equal(written["sex"], "female"))
    return dates.filled(numbers.birth_day, numbers.is_own), numbers


def _name_columns(words: Words) -> dict[str, pa.Array]:
    core = words.core()
    return {
        "name": words.sorted().joined(),
        "name_joined": words.joined(""),
        "core": core.sorted().joined(),
        "words": core.lists(),
        "first": core.first(),
        "last": core.last(),
        "skeleton": core.skeletons().joined(),
    }


def _mother_columns(words: Words) -> dict[str, pa.Array]:
    core = words.core()
    return {"mother": words.sorted().joined(), "mother_first": core.first(), "mother_skeleton": core.skeletons().joined()}


def _date_columns(dates: Dates) -> dict[str, pa.Array]:
    return {
        "born": dates.text(),
        "born_x": pc.if_else(pa.array(dates.is_default), None, dates.text()),
        "born_swapped": dates.swapped(),
        "year": dates.year(),
    }


def _number_columns(numbers: Numbers) -> dict[str, pa.Array]:
    own = numbers.own
    first15 = pc.utf8_slice_codeunits(own, 0, 15)
    return {
        "nik": own,
        "nik15": first15,
        "nik_cut": pc.equal(pc.utf8_slice_codeunits(own, 15, 16), "0"),
        "nik_tail": pc.utf8_slice_codeunits(own, 6, 16),
        "pointer": numbers.pointer,
    }


def _sex(written: pa.Array, numbers: Numbers) -> pa.Array:
    of_nik = pa.array(np.where(numbers.is_female, "f", "m"), mask=~numbers.is_own)
    told = pc.if_else(pc.equal(written, "female"), "f", pc.if_else(pc.equal(written, "male"), "m", None))
    return pc.coalesce(told, of_nik)


def _phones(written: pa.Array) -> pa.Array:
    """Digits from the 8 on: 0812…, +62 812… and 812… are one number. Null under eight digits."""
    digits = pc.replace_substring_regex(pc.fill_null(written, ""), r"[^0-9]+", "")
    digits = pc.replace_substring_regex(digits, r"^(0062|062|62|0)", "")
    return pc.if_else(pc.greater_equal(pc.utf8_length(digits), 8), digits, None)


def _places(village_code: pa.Array) -> dict[str, pa.Array]:
    return {
        "village": village_code,
        "district": pc.divide(village_code, 10_000),
        "regency": pc.divide(village_code, 1_000_000),
    }
