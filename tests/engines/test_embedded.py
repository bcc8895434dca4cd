"""The month of a population on one machine: the law's own rupiah for each worker, whatever the order, and nothing half-done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import population as pop
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from jamsostek import law
from jamsostek.batch import embedded, lines
from jamsostek.batch.embedded import run_month
from jamsostek.batch.parts import MonthReport
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months
from jamsostek.core.rupiah import MAX_MONTHLY_RUPIAH

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
ROWS = 1_000_000 if PROOF else 30_000
SAMPLE = 2_000 if PROOF else 40
MONTHS = (201603, 201909, 202009, 202502, 202503, 202606)


def run(source: Path, out: Path, month: int = pop.MONTH, **options: Any) -> MonthReport:
    """The month under the law in force."""
    return run_month(source, out, month, law.law_at(month), **options)


# ---- every rupiah


@pytest.mark.parametrize("month", MONTHS)
def test_a_worker_in_the_population_gets_what_the_law_gives_one_person(tmp_path: Path, month: int) -> None:
    table = pop.people(4_000, month=month)
    if month < 201901:  # migrants before their tariff are refused (below)
        table = table.filter(pc.not_equal(table["segment"].cast(pa.string()), "migrant"))
    run(pop.write(tmp_path / "in", {"province=32/part-0.parquet": table}), tmp_path / "out", month)
    found = {row["participant"]: row for row in pop.lines_of(tmp_path / "out").to_pylist()}
    assert len(found) == table.num_rows
    seen: dict[str, int] = {}
    for row in table.to_pylist():
        seen[row["segment"]] = seen.get(row["segment"], 0) + 1
        if seen[row["segment"]] <= SAMPLE:
            expected = {"participant": row["participant"], "segment": row["segment"], **lines_by_the_law(row, month)}
            assert found[row["participant"]] == expected, row
    assert set(seen) == {s for s in lines.SEGMENTS if s != "migrant" or month >= 201901}


def lines_by_the_law(row: Mapping[str, Any], month: int) -> dict[str, int]:
    """The lines of one worker, from the rule of his segment asked for one person."""
    line = dict.fromkeys(lines.OUTPUT, 0)
    wage = row["wage_rupiah"]

    def ask(rule: str, **inputs: Any) -> dict[str, Any]:
        return law.calculate(rule, month=month, **inputs)

    if row["segment"] == "migrant":
        if row["contract_start"] == month:
            package = ask("contribution.migrant", route=row["route"], months=row["contract_months"])["total_rupiah"]
            line |= {"package_rupiah": package, "total_rupiah": package}
        return line
    if row["segment"] in ("pu", "non_asn"):
        inputs = {n: row[n] for n in ("birth_date", "risk_class", "scale", "labour_intensive", "jkp_member")}
        owed = (
            ask("contribution.pu", wage_rupiah=wage, **inputs)
            if row["segment"] == "pu"
            else ask("contribution.non_asn", wage_rupiah=wage)
        )
        line |= {name: owed[name] for name in line if name in owed}
        return line | {"jkk_rupiah": owed["jkk_employer_rupiah"], "jkm_rupiah": owed["jkm_employer_rupiah"]}
    if row["segment"] == "bpu":
        programmes = ["jkk", "jkm", "jht"] if row["jht_member"] else ["jkk", "jkm"]
        owed = ask("contribution.bpu", income_rupiah=wage, programmes=programmes, sector=row["sector"], payer=row["payer"])
        line["jht_worker_rupiah"] = owed["jht_rupiah"]
    else:
        owed = ask("contribution.construction_wage", wage_rupiah=wage)
    jkk, jkm, total = owed["jkk_rupiah"], owed["jkm_rupiah"], owed["total_rupiah"]
    return line | {"jkk_rupiah": jkk, "jkm_rupiah": jkm, "total_rupiah": total, "jkk_fund_rupiah": jkk, "jkm_fund_rupiah": jkm}


def test_order_and_cutting_of_the_rows_change_no_rupiah(tmp_path: Path) -> None:
    table = pop.people(ROWS)
    bits = {name: table.slice(place * ROWS // 50, ROWS // 50) for place, name in enumerate(pop.names(50))}
    found = {}
    for how, files in {
        "shuffled": {"province=32/part-0.parquet": table},
        "sorted": {"province=32/part-0.parquet": pop.by_segment(table)},
        "backwards": {"province=32/part-0.parquet": table.take(np.arange(ROWS)[::-1])},
        "in pieces": bits,
    }.items():
        report = run(pop.write(tmp_path / how, files), tmp_path / f"{how} out")
        found[how] = pop.lines_of(tmp_path / f"{how} out"), report.summary.by("segment")
    shuffled, sums = found.pop("shuffled")
    for how, (other, other_sums) in found.items():
        assert pop.different(shuffled, other) == [], how
        assert sums == other_sums, how


def test_a_rupiah_too_much_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = pop.population(tmp_path / "in", 2_000)
    run(source, tmp_path / "right")
    kernel = lines.KERNELS["bpu"]

    def faulty(*given: Any) -> dict[str, Any]:
        owed = kernel(*given)
        owed["jkk_rupiah"] = owed["jkk_rupiah"] + (given[2] == given[2].max())
        return owed

    monkeypatch.setitem(lines.KERNELS, "bpu", faulty)
    run(source, tmp_path / "wrong")
    difference = pop.different(pop.lines_of(tmp_path / "right"), pop.lines_of(tmp_path / "wrong"))
    assert [line.split(" ")[0] for line in difference] == ["jkk_rupiah"]


def test_the_summary_is_the_sum_of_the_lines(tmp_path: Path) -> None:
    source = pop.population(tmp_path / "in", 20_000, files=5)
    report = run(source, tmp_path / "out")
    for path in sorted(source.rglob("*.parquet")):
        province = int(path.parent.name.removeprefix("province="))
        people = pq.read_table(path, partitioning=None)
        found = pq.read_table(tmp_path / "out" / path.relative_to(source), partitioning=None)
        assert found["participant"].equals(people["participant"])
        for segment in lines.SEGMENTS:
            mine = pc.equal(people["segment"].cast(pa.string()), segment)
            cell = report.summary.cells[province, segment]
            assert cell["workers"] == pc.sum(mine).as_py()
            wages = 0 if segment == "migrant" else pc.sum(people.filter(mine)["wage_rupiah"]).as_py()
            assert cell["wage_rupiah"] == wages
            for name in lines.OUTPUT:
                assert cell[name] == pc.sum(found.filter(mine)[name]).as_py(), (province, segment, name)
    alone = run(source, tmp_path / "sums", summary_only=True)
    assert alone.summary.rows() == report.summary.rows()
    assert pop.result_files(tmp_path / "sums") == []
    written = pq.read_table(tmp_path / "out" / "summary.parquet").to_pylist()
    assert written == report.summary.rows()


def test_every_narrow_column_holds_the_laws_largest_amount() -> None:
    cases = [(r, s, flag, jkp) for r in range(5) for s in range(4) for flag in (0, 1) for jkp in (0, 1)]
    risk, scale, flag, jkp = (np.array(c) for c in zip(*cases, strict=True))
    rows = len(cases)
    columns = {
        "wage_rupiah": np.full(rows, MAX_MONTHLY_RUPIAH),
        "birth_date": np.full(rows, lines.NO_DATE),
        "risk_class": risk,
        "scale": scale,
        "labour_intensive": flag == 1,
        "jkp_member": jkp == 1,
        "sector": flag,
        "payer": risk,
        "jht_member": jkp == 1,
        "route": flag,
        "contract_months": np.full(rows, 600),
    }
    largest = dict.fromkeys(lines.OUTPUT, 0)
    month, last = 201501, 202712
    while month <= last:
        columns["contract_start"] = np.full(rows, month)
        for segment, begins in (
            ("pu", 201501),
            ("non_asn", 201507),
            ("bpu", 201507),
            ("construction", 201507),
            ("migrant", 201901),
        ):
            if month >= begins:
                inputs = [columns[name] for name in lines.SEGMENT_INPUTS[segment]]
                for name, values in lines.KERNELS[segment](law.law_at(month), month, *inputs).items():
                    assert values.shape == (rows,)
                    assert values.min() >= 0
                    largest[name] = max(largest[name], int(values.max()))
        month = add_months(month, 1)
    for name, kind in lines.OUTPUT.items():
        assert 0 < largest[name] <= (2**31 - 1 if kind == pa.int32() else 2**63 - 1), name
    assert largest["jht_worker_rupiah"] == 2_000_000_000
    assert largest["jht_employer_rupiah"] == 3_700_000_000


def test_a_reform_too_large_for_a_narrow_column_is_refused_not_wrapped(tmp_path: Path) -> None:
    reform = tmp_path / "reform.yaml"
    reform.write_text(
        "parameters:\n- id: jkm.pu.rate\n  unit: ppm\n  title: {id: JKM, en: JKM}\n  rows:\n"
        "  - {from: 2026-01-01, value: 30000, regulation: Usulan, article: '1', grade: unsourced}\n",
        encoding="utf-8",
    )
    people = pop.changed(pop.people(100), wage_rupiah=dict.fromkeys(range(100), MAX_MONTHLY_RUPIAH))
    source = pop.write(tmp_path / "in", {"province=11/part-0.parquet": people})
    changed = law.law_at(pop.MONTH, reforms=(reform,))
    with pytest.raises(InputError, match=r"jkm_rupiah Rp3.000.000.000 terlalu besar"):
        run_month(source, tmp_path / "out", pop.MONTH, changed)
    assert pop.result_files(tmp_path / "out") == []
    assert run_month(source, tmp_path / "sums", pop.MONTH, changed, summary_only=True).summary.total()["jkm_rupiah"] > 2**31


@pytest.mark.parametrize("kind", [pa.int32(), pa.uint32(), pa.uint64()])
def test_narrow_and_unsigned_wages_give_the_same_rupiah(tmp_path: Path, kind: pa.DataType) -> None:
    table = pop.people(3_000)
    table = pop.changed(table, wage_rupiah=pc.min_element_wise(table["wage_rupiah"], 2_000_000_000))
    run(pop.write(tmp_path / "wide", {"province=11/part-0.parquet": table}), tmp_path / "a")
    narrow = pop.changed(table, wage_rupiah=table["wage_rupiah"].cast(kind))
    run(pop.write(tmp_path / "narrow", {"province=11/part-0.parquet": narrow}), tmp_path / "b")
    assert pop.different(pop.lines_of(tmp_path / "a"), pop.lines_of(tmp_path / "b")) == []


# ---- a population with faults


def test_a_row_no_kernel_may_see_is_told_and_the_rest_computed(tmp_path: Path) -> None:
    table = pop.by_segment(pop.people(10_000))
    kinds = table["segment"].to_pylist()
    pu, bpu, migrant = kinds.index("pu"), kinds.index("bpu"), kinds.index("migrant")
    bad = pop.changed(
        table,
        wage_rupiah={pu: -5, pu + 1: 10**15, pu + 2: None, migrant: -7},
        risk_class={pu + 3: "hihg", pu + 4: None, bpu: None, bpu + 1: "none"},
        contract_months={migrant + 1: 0, migrant + 2: 601, bpu + 2: 0},
        contract_start={migrant + 3: None, migrant + 4: 202613, bpu + 3: 0},
        segment={pu + 5: "asn"},
        participant={pu + 6: None},
    )
    name = "province=32/part-0.parquet"
    report = run(pop.write(tmp_path / "in", {name: bad}), tmp_path / "out")
    told = {(row, column): (value, remedy) for file, row, column, value, remedy in report.rejected if file == name}
    assert set(told) == {
        (pu + 1, "wage_rupiah"),
        (pu + 2, "wage_rupiah"),
        (pu + 3, "wage_rupiah"),
        (pu + 4, "risk_class"),
        (pu + 5, "risk_class"),
        (pu + 6, "segment"),
        (pu + 7, "participant"),
        *((migrant + n, "contract_months") for n in (2, 3)),
        *((migrant + n, "contract_start") for n in (4, 5)),
    }
    assert told[pu + 1, "wage_rupiah"] == ("-5", "Isi 0 sampai Rp100.000.000.000.")
    assert told[pu + 3, "wage_rupiah"][0] == "kosong"
    assert told[pu + 4, "risk_class"] == ("hihg", "Pilihan: very_low, low, medium, high, very_high.")
    assert report.rejected_count == len(told)
    wrong = {row - 1 for row, _column in told}
    run(pop.write(tmp_path / "good", {name: table.take([n for n in range(10_000) if n not in wrong])}), tmp_path / "good out")
    assert pop.different(pop.lines_of(tmp_path / "good out"), pop.lines_of(tmp_path / "out")) == []
    assert run(tmp_path / "in", tmp_path / "sums", summary_only=True).summary.rows() == report.summary.rows()


def test_a_column_wrong_throughout_is_counted_and_told_briefly(tmp_path: Path) -> None:
    table = pop.people(50_000)
    bad = pop.changed(table, wage_rupiah=pa.array(np.full(50_000, -1)))
    report = run(pop.write(tmp_path / "in", dict.fromkeys(pop.names(2), bad)), tmp_path / "out")
    migrants = pc.sum(pc.equal(table["segment"].cast(pa.string()), "migrant")).as_py()
    assert report.rejected_count == 2 * (50_000 - migrants)
    assert len(report.rejected) == 10_000
    assert report.summary.total()["workers"] == 2 * migrants


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a column is missing": (
        lambda file: rewrite(file, lambda t: t.rename_columns([{"wage_rupiah": "wage_rp"}.get(n, n) for n in t.column_names])),
        r"part-0.parquet: kolom wage_rupiah tidak ada. Yang paling mirip: wage_rp",
    ),
    "a column of choices is missing": (
        lambda file: rewrite(file, lambda t: t.rename_columns([{"risk_class": "risk_clas"}.get(n, n) for n in t.column_names])),
        r"part-0.parquet: kolom risk_class tidak ada. Yang paling mirip: risk_clas",
    ),
    "wages are text": (
        lambda file: rewrite(file, lambda t: pop.changed(t, wage_rupiah=t["wage_rupiah"].cast(pa.string()))),
        r"kolom wage_rupiah berjenis string. Jenis yang diminta: int",
    ),
    "the file is cut in half": (
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]) and None,
        r"province=\d+/part-0.parquet tidak dapat dibaca sebagai Parquet.*salin atau buat ulang",
    ),
    "the file is not Parquet": (
        lambda file: file.write_text("nama,upah\nAni,5000000\n") and None,
        r"province=\d+/part-0.parquet tidak dapat dibaca sebagai Parquet",
    ),
    "the province is unknown": (
        lambda file: file.parent.rename(file.parent.with_name("province=23")) and None,
        r"Provinsi '23' tidak dikenal. Maksud Anda \d+\?",
    ),
    "the folder names no province": (
        lambda file: file.parent.rename(file.parent.with_name("jabar")) and None,
        r"jabar/part-0.parquet tidak menyebut provinsinya.*province=32/part-0.parquet",
    ),
}


def rewrite(file: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    """Changes the table of a file."""
    pq.write_table(change(pq.read_table(file, partitioning=None)), file)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_population_that_cannot_be_read_is_refused_before_anything_is_written(tmp_path: Path, fault: str) -> None:
    source = pop.population(tmp_path / "in", 1_000)
    spoil, message = FAULTS[fault]
    spoil(sorted(source.rglob("*.parquet"))[1])
    with pytest.raises(InputError, match=message):
        run(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_broken_page_in_the_middle_is_told_and_the_other_files_are_kept(tmp_path: Path) -> None:
    source = pop.population(tmp_path / "in", 60_000)
    spoil_pages(sorted(source.rglob("*.parquet"))[1])
    with pytest.raises(InputError, match=r"province=12/part-0.parquet rusak setelah baris \d+") as told:
        run(source, tmp_path / "out", processes=1)
    assert "salin atau buat ulang" in str(told.value)
    assert pop.left_over(tmp_path / "out") == []
    assert not (tmp_path / "out" / "summary.csv").exists()
    assert not (tmp_path / "out" / "province=12" / "part-0.parquet").exists()
    pop.population(tmp_path / "in", 60_000)
    assert run(source, tmp_path / "out").summary.total()["workers"] == 60_000


def spoil_pages(file: Path) -> None:
    """Overwrites the middle of the data; the footer stays whole."""
    content = bytearray(file.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 2_000] = bytes(2_000)
    file.write_bytes(bytes(content))


def test_migrants_whose_contract_starts_before_any_tariff_are_refused_not_left_out(tmp_path: Path) -> None:
    source = pop.population(tmp_path / "in", 500, month=201703)
    with pytest.raises(InputError, match="Belum ada hukum yang berlaku"):
        run(source, tmp_path / "out", 201703)
    assert pop.left_over(tmp_path / "out") == []
    earlier = pop.population(tmp_path / "earlier", 500, month=201612)
    table = pq.read_table(earlier, partitioning=None)
    none_due = table.filter(pc.not_equal(table["contract_start"], 201703))
    assert run(pop.write(tmp_path / "in 2", {"province=11/a.parquet": none_due}), tmp_path / "out 2", 201703).rejected_count == 0


# ---- the folder of results


def test_another_month_law_or_shape_is_never_mixed_in(tmp_path: Path) -> None:
    source, out = pop.population(tmp_path / "in", 2_000), tmp_path / "out"
    run(source, out)
    before = pop.contents(out)
    for month, options in ((202605, {}), (202606, {"summary_only": True})):
        with pytest.raises(InputError, match=r"berisi hasil bulan, hukum, atau bentuk lain.*--force"):
            run(source, out, month, **options)
    other = law.law_at(202606, readings=other_reading())
    with pytest.raises(InputError, match="--force"):
        run_month(source, out, 202606, other)
    assert pop.contents(out) == before
    run(source, out, 202605, summary_only=True, force=True)
    assert pop.result_files(out) == []
    again = run(source, out, force=True)
    assert (again.computed, again.kept) == (4, 0)
    assert pop.contents(out) == before


def other_reading() -> dict[str, str]:
    """One unsettled point read the other way."""
    reading = law.load().readings["rounding"]
    return {reading.name: next(o for o in reading.options if o != reading.default)}


def test_a_file_that_left_the_population_is_not_left_in_the_results(tmp_path: Path) -> None:
    source, out = pop.population(tmp_path / "in", 2_000), tmp_path / "out"
    run(source, out)
    sorted(source.rglob("*.parquet"))[2].unlink()
    with pytest.raises(InputError, match=r"berisi hasil province=13/_?part-0.*tidak ada di penduduk ini"):
        run(source, out)
    report = run(source, out, force=True)
    assert (report.computed, report.kept) == (0, 3)
    assert len(pop.result_files(out)) == 3
    assert pop.lines_of(out).num_rows == report.summary.total()["workers"]


def test_a_changed_file_is_computed_again_even_at_the_same_size(tmp_path: Path) -> None:
    source, out = pop.population(tmp_path / "in", 2_000), tmp_path / "out"
    run(source, out)
    assert run(source, out).kept == 4
    file = sorted(source.rglob("*.parquet"))[0]
    file.write_bytes(file.read_bytes())
    assert run(source, out).computed == 1
    sorted(out.rglob("part-0.parquet"))[1].unlink()
    assert run(source, out).computed == 1
    with sorted(out.rglob("part-0.parquet"))[1].open("ab") as lines_file:
        lines_file.truncate(100)  # as after lost power
    assert run(source, out).computed == 1


def test_the_population_is_never_written_into(tmp_path: Path) -> None:
    source, other = pop.population(tmp_path / "in", 500), pop.population(tmp_path / "other", 500)
    before = pop.contents(source), pop.contents(other)
    for out in (source, source / "hasil"):
        with pytest.raises(InputError, match="ada di dalam folder penduduk"):
            run(source, out)
    with pytest.raises(InputError, match="berisi data lain, bukan hasil hitungan bulan"):
        run(source, other, force=True)
    assert (pop.contents(source), pop.contents(other)) == before


def test_two_runs_of_one_folder_do_not_meet(tmp_path: Path) -> None:
    source = pop.population(tmp_path / "in", 500)
    with slow_run(source, tmp_path / "out", seconds=30) as first:
        wait_for(lambda: (tmp_path / "out" / "_month.json").exists(), first)
        second = command(source, tmp_path / "out")
        assert second.returncode == 2
        assert "sedang dipakai hitungan lain" in second.stderr
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert run(source, tmp_path / "out").summary.total()["workers"] == 500


# ---- stopped in the middle

SLOW = """
import sys, time
from jamsostek.batch import embedded, reading
batches = embedded.batches
def slow(part, run):
    for batch in batches(part, run):
        time.sleep({seconds})
        yield batch
embedded.batches = slow
reading.READ_ROWS = 1_000
from jamsostek.cli.main import main
main()
"""


def arguments(source: Path, out: Path) -> list[str]:
    """Of `jamsostek month`."""
    return ["month", str(source), str(out), "--month", "2026-06", "--processes", "2"]


def command(source: Path, out: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """`jamsostek month` to its end."""
    call = [sys.executable, "-c", "from jamsostek.cli.main import main; main()", *arguments(source, out)]
    return subprocess.run(call, capture_output=True, text=True, timeout=120, check=False, **options)


@contextmanager
def slow_run(source: Path, out: Path, seconds: float = 0.02) -> Iterator[subprocess.Popen[str]]:
    """`jamsostek month` in a process group of its own, held back at every thousand rows."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW.format(seconds=seconds), *arguments(source, out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(ready: Callable[[], bool], process: subprocess.Popen[str] | None = None) -> None:
    """Waits until something is so, while the process runs."""
    end = time.monotonic() + 60
    while not ready():
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)


def in_the_middle(out: Path) -> Callable[[], bool]:
    """Some files done, one being written, not all."""
    return lambda: len(list(out.rglob("_part-*.json"))) >= 2 and bool(pop.left_over(out)) and not (out / "summary.csv").exists()


def processes_in(group: int) -> list[int]:
    """The processes of a group that are alive."""
    told = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()]
    return [int(pid) for pid, pgid, state in rows if int(pgid) == group and not state.startswith("Z")]


def test_a_killed_run_is_taken_up_and_ends_in_the_same_bytes(tmp_path: Path) -> None:
    source, out = pop.population(tmp_path / "in", 60_000, files=12), tmp_path / "out"
    run(source, tmp_path / "undisturbed")
    with slow_run(source, out) as process:
        wait_for(in_the_middle(out), process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_for(lambda: processes_in(process.pid) == [])  # its processes end with it
    assert pop.left_over(out)
    report = run(source, out)
    assert report.kept >= 2
    assert report.computed >= 1
    assert pop.left_over(out) == []
    assert pop.contents(out) == pop.contents(tmp_path / "undisturbed")


def test_ctrl_c_leaves_nothing_half_done_and_the_next_run_goes_on(tmp_path: Path) -> None:
    source, out = pop.population(tmp_path / "in", 60_000, files=12), tmp_path / "out"
    run(source, tmp_path / "undisturbed")
    with slow_run(source, out) as process:
        wait_for(in_the_middle(out), process)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _told, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Dihentikan" in errors
    assert "Traceback" not in errors
    assert pop.left_over(out) == []
    assert not (out / "summary.csv").exists()
    done = len(pop.result_files(out))
    report = run(source, out)
    assert report.kept == done >= 2
    assert report.computed == 12 - done
    assert pop.contents(out) == pop.contents(tmp_path / "undisturbed")


@pytest.mark.parametrize("mounted", [True, False], ids=["a full disk", "a limit on files"])
def test_a_full_disk_is_told_and_leaves_nothing_half_done(tmp_path: Path, mounted: bool) -> None:
    source, out = pop.population(tmp_path / "in", 60_000, files=3), tmp_path / "out"
    room = 1_000_000  # enough for the two small files, not for the large one
    out.mkdir()
    with small_disk(out, room, mounted) as limit:
        told = command(source, out, **limit)
        assert told.returncode == 3, told
        assert "Penyimpanan penuh" in told.stderr or "File too large" in told.stderr
        assert "Traceback" not in told.stderr
        assert pop.left_over(out) == []
        assert not (out / "summary.csv").exists()
        done = len(list(out.rglob("_part-*.json")))
        assert done == len(pop.result_files(out)) < 3
        if not limit:
            subprocess.run(["mount", "-o", f"remount,size={room * 100}", str(out)], check=True)
            assert run(source, out).kept == done


@contextmanager
def small_disk(folder: Path, room: int, mounted: bool) -> Iterator[dict[str, Any]]:
    """A disk of `room` bytes at `folder`; where that may not be mounted, options for a process that may write no larger file."""
    import resource

    call = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(folder)]
    if not mounted or subprocess.run(call, capture_output=True, check=False).returncode:
        yield {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room // 3, room // 3))}
        return
    try:
        yield {}
    finally:
        subprocess.run(["umount", str(folder)], check=True)


# ---- the command


def test_the_command_tells_wrong_rows_and_ends_with_1(tmp_path: Path) -> None:
    bad = pop.changed(pop.people(500), segment={7: "asn"})
    told = command(pop.write(tmp_path / "in", {"province=11/part-0.parquet": bad}), tmp_path / "out")
    assert told.returncode == 1
    assert "province=11/part-0.parquet baris 8, segment: asn. Pilihan: pu, non_asn, bpu, construction, migrant." in told.stdout


@pytest.mark.parametrize("month", ["2026-13", "juni", "2012-05"])
def test_a_month_without_law_or_that_is_none_is_refused(tmp_path: Path, month: str) -> None:
    source = pop.population(tmp_path / "in", 100)
    call = [sys.executable, "-c", "from jamsostek.cli.main import main; main()", "month", str(source), str(tmp_path / "out")]
    told = subprocess.run([*call, "--month", month], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "tidak dikenal" in told.stderr or "Belum ada hukum" in told.stderr
    assert pop.left_over(tmp_path) == []
    assert not (tmp_path / "out" / "summary.csv").exists()


def test_an_engine_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    call = [sys.executable, "-c", "from jamsostek.cli.main import main; main()", *arguments(tmp_path, tmp_path / "out")]
    told = subprocess.run([*call, "--engine", "spork"], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "Maksud Anda spark?" in told.stderr


def test_a_process_lost_to_the_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_given: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(embedded, "compute_part", dies)
    with pytest.raises(InputError, match=r"memori habis.*--processes 1"):
        run(pop.population(tmp_path / "in", 500), tmp_path / "out", processes=2)
