"""Many people fast: the nation's plan with fuller names and mothers, for trials of search and import at any size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pyarrow as pa

from jamsostek.core.dates import civil_from_days
from jamsostek.core.rupiah import Int64Array
from jamsostek.synth.assumptions import AS_OF_YEAR, SEXES
from jamsostek.synth.plan import make_plan
from jamsostek.synth.regency.draw import Draw
from jamsostek.synth.regency.names import Names
from jamsostek.synth.regency.people import make_names
from jamsostek.synth.regency.schema import said
from jamsostek.synth.rows import chunks

ROWS = 65_536
PEOPLE_SCHEMA = pa.schema(
    [
        pa.field(name, kind, nullable=False)
        for name, kind in (
            ("person", pa.int64()),
            ("nik", pa.int64()),
            ("name", pa.string()),
            ("sex", pa.string()),
            ("birth_date", pa.date32()),
            ("mother_name", pa.string()),
            ("regency_code", pa.int64()),
        )
    ]
)


def make_people(seed: int, count: int, *, rows: int = ROWS) -> Iterator[pa.RecordBatch]:
    """`count` people of all provinces in batches of at most `rows`: NIK, name, sex, birth date, mother, regency.

    The nation of `synth` with names put together word by word instead of drawn from its short list. No number repeats up
    to 80 million people. Memory is that of one province's batch, whatever `count`.
    """
    plan = make_plan(count)
    done = 0
    for code, province in plan.provinces.items():
        for number, table in enumerate(chunks(province, seed)):
            for start in range(0, table.num_rows, rows):
                part = table.slice(start, rows)
                draw = Draw(seed, code, f"many {number} {start}")
                yield _batch(part, draw, code, done)
                done += part.num_rows


def _batch(part: pa.Table, draw: Draw, province: int, done: int) -> pa.RecordBatch:
    sex = _sex_codes(part)
    birth_day = part["birth_date"].combine_chunks().cast(pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64)
    schooled = draw.chance(len(sex), 200)
    called = make_names(draw, _names(province), sex, birth_day, AS_OF_YEAR, schooled)
    assert civil_from_days(birth_day).year.max() < AS_OF_YEAR
    columns = [
        pa.array(np.arange(done + 1, done + 1 + len(sex))),
        pa.array(part["nik"].to_numpy().copy()),
        called.name,
        said(sex, SEXES),
        pa.array(birth_day.astype(np.int32)).cast(pa.date32()),
        called.mother_name,
        pa.array(part["regency"].to_numpy().astype(np.int64)),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=PEOPLE_SCHEMA)


def _sex_codes(part: pa.Table) -> Int64Array:
    column = part["sex"].combine_chunks()
    return np.asarray(column.indices.to_numpy(zero_copy_only=False), dtype=np.int64)


@cache
def _names(province: int) -> Names:
    return Names(province)
