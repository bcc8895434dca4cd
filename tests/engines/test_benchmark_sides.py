"""The rules of wage earners as SQL, written apart from the kernels, give the same rupiah: the benchmarks compare equals."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks import duckdb_side, our_side, population
from jamsostek.batch.embedded import run_month
from jamsostek.law import law_at

ROWS = 20_000
MONTHS = {
    201508: "JP has begun",
    202006: "an ordinary month without JKP",
    202101: "the pandemic's relief, JP put off",
    202102: "JKP has begun, moved out of JKK and JKM",
    202502: "half the JKK of labour-intensive industries, more moved than very_low pays",
    202606: "the month of the benchmarks",
}


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wage earners of every province."""
    folder = tmp_path_factory.mktemp("wage_earners") / "population"
    population.wage_earners(folder, ROWS)
    return folder


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_sql_and_the_kernels_give_every_worker_the_same_lines(workers: Path, tmp_path: Path, month: int) -> None:
    ours, sql = tmp_path / "ours", tmp_path / "sql"
    report = run_month(workers, ours, month, law_at(month), processes=1)
    duckdb_side.lines(workers, sql, month)
    assert report.summary.total()["workers"] == ROWS
    our_side.same(ours, sql)


def test_one_rupiah_in_one_line_is_found(workers: Path, tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    duckdb_side.lines(workers, right)
    duckdb_side.lines(workers, wrong)
    path = next(wrong.glob("*.parquet"))
    table = pq.read_table(path)
    place = table.schema.get_field_index("jkm_fund_rupiah")
    amounts = table["jkm_fund_rupiah"].to_pylist()
    amounts[len(amounts) // 2] += 1
    field = table.schema.field(place)
    pq.write_table(table.set_column(place, field, pa.array(amounts, field.type)), path)
    with pytest.raises(ValueError, match="jkm_fund_rupiah"):
        our_side.same(right, wrong)
