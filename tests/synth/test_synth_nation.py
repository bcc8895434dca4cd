"""The nation on disk: exact, valid, nobody's, the same bytes again, and whole or absent after every mishap."""

import dataclasses
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from jamsostek.cli import synth as command
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_index
from jamsostek.core.nik import decode
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import speaking
from jamsostek.synth import assumptions as assumed
from jamsostek.synth import population, published, rows, synth
from jamsostek.synth.plan import make_plan
from jamsostek.synth.report import make_report

WORKERS, SEED = 30_000, 11


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    out = tmp_path_factory.mktemp("nation")
    return out, synth(out, WORKERS, SEED, threads=2)


@pytest.fixture(scope="module")
def table(nation):
    return pq.read_table(nation[0])


def digests(out: Path) -> dict[str, str]:
    files = sorted(p for p in out.rglob("*") if p.is_file())
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def copy(nation, tmp_path: Path) -> Path:
    return Path(shutil.copytree(nation[0], tmp_path / "copy"))


def days(column) -> np.ndarray:
    return column.cast(pa.int32()).to_numpy().astype(np.int64)


def test_everything_published_comes_out_to_the_person(nation):
    report = nation[1]
    assert report.exact and report.found == WORKERS and report.largest_deviation == 0
    for marginal in report.marginals:
        assert marginal.rounding < 1, marginal.key
        if not marginal.by_chance:
            assert marginal.deviation == 0, marginal.key
    by_chance = [m for m in report.marginals if m.by_chance]
    assert [m.key for m in by_chance] == ["wages"] and by_chance[0].deviation < 5 * WORKERS**0.5


def test_all_38_provinces_have_their_people_in_order_of_segment(nation, table):
    out = nation[0]
    assert {p.name for p in out.iterdir() if p.is_dir()} == {f"province={code}" for code in PROVINCES}
    assert table.num_rows == WORKERS
    for code, plan in make_plan(WORKERS).provinces.items():
        part = pq.read_table(out / f"province={code}/part-0.parquet", partitioning=None)
        segments = [assumed.SEGMENTS.index(s) for s in part["segment"].to_pylist()]
        assert segments == sorted(segments)
        assert np.bincount(segments, minlength=5).tolist() == plan.segments.tolist()
        assert set(part["regency"].to_pylist()) <= {r.code for r in REGENCIES.values() if r.province_code == code}


def test_the_columns_are_those_promised_and_never_null(nation, table):
    part = pq.read_table(nation[0] / "province=32/part-0.parquet", partitioning=None)
    assert part.schema.equals(rows.SCHEMA)
    assert all(not field.nullable for field in part.schema)
    assert all(column.null_count == 0 for column in table.columns)


def test_every_number_is_valid_says_the_same_and_is_nobody_s(table):
    parts = decode(table["nik"].to_numpy(), assumed.CONTRACTS_RUN_IN)
    assert parts.valid.all()
    assert (parts.region_code // 100 == table["regency"].to_numpy()).all()
    assert (parts.is_female == pc.equal(table["sex"].cast(pa.string()), "female").to_numpy()).all()
    assert (parts.birth_day == days(table["birth_date"])).all()
    assert (table["nik"].to_numpy() % 10_000 == 0).all()
    assert (parts.region_code % 100 > 0).all()
    assert len(np.unique(table["nik"].to_numpy())) == WORKERS
    assert len(np.unique(table["participant"].to_numpy())) == WORKERS


def test_each_segment_holds_what_the_law_asks_of_it_and_nothing_else(table):
    used = {
        "pu": {"risk_class", "scale", "labour_intensive", "jkp_member"},
        "non_asn": set(),
        "bpu": {"sector", "payer", "jht_member"},
        "construction": {"risk_class", "scale"},
        "migrant": {"route", "contract_months", "contract_start"},
    }
    first = {name: rows.CHOICES[name][0] for name in ("risk_class", "scale", "sector", "payer", "route")}
    nothing = {"labour_intensive": False, "jkp_member": False, "jht_member": False} | first
    nothing |= {"contract_months": 0, "contract_start": 0}
    text = pc.cast(table["segment"], pa.string())
    for segment, columns in used.items():
        people = table.filter(pc.equal(text, segment))
        assert people.num_rows > 0
        for name, value in nothing.items():
            found = set(people[name].to_pylist())
            assert found == {value} if name not in columns else len(found) >= 1, (segment, name)
        earned = people["wage_rupiah"].to_numpy()
        assert (earned == 0).all() if segment == "migrant" else (earned > 0).all() and earned.max() < 10**11
    builders = table.filter(pc.equal(text, "construction"))
    assert set(builders["risk_class"].to_pylist()) == {"very_high"} and set(builders["scale"].to_pylist()) == {"micro"}


def test_wages_ages_and_contracts_are_possible(table):
    text = {name: table[name].cast(pa.string()).to_numpy(zero_copy_only=False) for name in ("segment", "scale", "payer")}
    minimum = {code: figure.value for code, figure in published.minimum_wages().items()}
    wage, at_least = table["wage_rupiah"].to_numpy(), [minimum[r // 100] for r in table["regency"].to_numpy()]
    below = (wage < at_least) & (text["segment"] == "pu")
    assert set(text["scale"][below]) == {"small", "micro"} and 0.02 < below.sum() / (text["segment"] == "pu").sum() < 0.06
    assert set(wage[(text["segment"] == "bpu") & (text["payer"] != "self")]) == {1_000_000}
    born = table["birth_date"].to_pylist()
    ages = [2026 - d.year - ((d.month, d.day) > (1, 1)) for d in born]
    assert min(ages) == 18 and max(ages) == 64
    assert all(name and name == name.strip() for name in table["name"].cast(pa.string()).to_pylist())
    months, start = table["contract_months"].to_numpy().astype(int), table["contract_start"].to_numpy()
    migrant = text["segment"] == "migrant"
    run = month_index(assumed.CONTRACTS_RUN_IN) - (start[migrant] // 100 * 12 + start[migrant] % 100 - 1)
    assert ((run >= 0) & (run < months[migrant])).all() and (start[migrant] % 100 >= 1).all()


def test_members_of_jkp_work_where_the_law_wants_it(table):
    members = table.filter(table["jkp_member"])
    assert set(members["scale"].to_pylist()) == {"large", "medium", "small"}
    intensive = table.filter(table["labour_intensive"])
    assert set(intensive["scale"].to_pylist()) == {"large", "medium"}


def test_same_seed_same_bytes_whatever_the_threads_and_another_seed_other_people(nation, tmp_path):
    synth(tmp_path / "again", WORKERS, SEED, threads=1)
    assert digests(tmp_path / "again") == digests(nation[0])
    synth(tmp_path / "other", WORKERS, SEED + 1, threads=1)
    mine, other = digests(nation[0]), digests(tmp_path / "other")
    assert all(mine[name] != other[name] for name in mine if name.endswith(".parquet"))


def test_row_groups_are_whole_chunks_and_chunks_change_nothing_promised(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "CHUNK_ROWS", 2_048)
    monkeypatch.setattr(population, "CHUNK_ROWS", 2_048)
    monkeypatch.setattr(rows, "_BLOCK_ROWS", 300)
    report = synth(tmp_path, 60_000, SEED, threads=2)
    assert report.exact
    meta = pq.read_metadata(tmp_path / "province=32/part-0.parquet")
    sizes = [meta.row_group(i).num_rows for i in range(meta.num_row_groups)]
    assert len(sizes) > 3 and set(sizes[:-1]) == {2_048}
    table = pq.read_table(tmp_path)
    assert len(np.unique(table["nik"].to_numpy())) == len(np.unique(table["participant"].to_numpy())) == 60_000
    assert all(m.deviation == 0 for m in report.marginals if not m.by_chance)


def test_numbers_stay_apart_where_people_crowd():
    """Where a birth date has more people of a sex than the regency has sub-districts, more codes are used."""
    crowded = dataclasses.replace(make_plan(4_000_000).provinces[36], usual_districts=1)
    niks = np.concatenate([t["nik"].to_numpy().copy() for t in rows.chunks(crowded, SEED)])
    assert len(np.unique(niks)) == crowded.people > 200_000
    codes = np.unique(niks // 10**10 % 100)
    assert codes.min() == 1 and 3 < codes.max() < 10


def test_people_alike_in_one_thing_are_mixed_in_the_others(table):
    """Groups are planned, so chance must still rule between them: no pair of columns hangs together unplanned."""
    pu = table.filter(pc.equal(table["segment"].cast(pa.string()), "pu"))
    female = (pu["sex"].cast(pa.string()).to_numpy(zero_copy_only=False) == "female").astype(float)
    risk = np.array([assumed.RISK_CLASSES.index(r) for r in pu["risk_class"].to_pylist()], dtype=float)
    large = (pu["scale"].cast(pa.string()).to_numpy(zero_copy_only=False) == "large").astype(float)
    columns = [female, risk, large, days(pu["birth_date"]), pu["regency"].to_numpy(), np.log(pu["wage_rupiah"].to_numpy())]
    found = np.corrcoef(columns)
    limit = 5 / pu.num_rows**0.5
    wage, scale, regency = 5, 2, 4
    for i in range(6):
        for j in range(i):
            if {i, j} not in ({wage, scale}, {wage, regency}, {regency, 0}):  # minimum wages, women: by province
                assert abs(found[i, j]) < limit, (i, j, found[i, j])


def test_the_fault_that_someone_plants_is_in_the_report(nation, tmp_path):
    out = copy(nation, tmp_path)
    path = out / "province=35/part-0.parquet"
    part = pq.read_table(path, partitioning=None)
    sexes = part["sex"].to_pylist()
    men = [i for i, sex in enumerate(sexes) if sex == "male"][:40]
    turned = ["female" if i in set(men) else sex for i, sex in enumerate(sexes)]
    column = part.column_names.index("sex")
    pq.write_table(part.set_column(column, "sex", pa.array(turned).dictionary_encode()), path)
    report = make_report(out, make_plan(WORKERS), SEED)
    women = next(m for m in report.marginals if m.key == "women_by_province")
    assert not report.exact and report.largest_deviation == 40
    assert women.worst.label == "Jawa Timur" and women.worst.deviation == 40
    assert "TIDAK TEPAT" in report.text() and "TIDAK TEPAT" in report.markdown()
    with speaking("en"):
        assert "NOT EXACT" in report.text() and "ASSUMED" in report.text()


def test_rows_and_provinces_that_are_lost_are_in_the_report(nation, tmp_path):
    out = copy(nation, tmp_path)
    path = out / "province=32/part-0.parquet"
    part = pq.read_table(path, partitioning=None)
    pq.write_table(part.slice(0, part.num_rows - 3), path)
    lost = pq.read_metadata(out / "province=91/part-0.parquet").num_rows
    shutil.rmtree(out / "province=91")
    report = make_report(out, make_plan(WORKERS), SEED)
    assert report.found == WORKERS - 3 - lost and not report.exact


def test_the_report_is_kept_as_json_and_markdown_with_sources(nation):
    out, report = nation
    kept = json.loads((out / "_report.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(report.as_dict()))
    assert kept["exact"] is True and kept["workers"] == WORKERS
    bases = {m["key"]: m["basis"] for m in kept["marginals"]}
    assert bases["pu_by_province"] == "published" and bases["risk_class"] == bases["ages"] == "assumed"
    named = {source for m in kept["marginals"] for source in m["source"].split() if source != "-"}
    assert named <= set(kept["sources"])
    markdown = (out / "_report.md").read_text(encoding="utf-8")
    assert "ASUMSI" in markdown and "S06" in markdown and "Kota Banda Aceh" in markdown


def test_a_second_run_keeps_what_is_whole_and_mends_what_is_not(nation, tmp_path):
    out = copy(nation, tmp_path)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")}
    shutil.rmtree(out / "province=11")
    short = out / "province=12/part-0.parquet"
    short.write_bytes(short.read_bytes()[:-100])
    broken = out / "province=13/part-0.parquet"
    broken.write_bytes(b"\0" * broken.stat().st_size)
    (out / "province=14/.part-0.parquet.partial").write_bytes(b"left by a lost power cut")
    state = json.loads((out / "_synth.json").read_text())
    del state["partitions"]["14"]  # its file had its name, but the note of it was lost
    (out / "_synth.json").write_text(json.dumps(state))
    synth(out, WORKERS, SEED)
    assert digests(out) == digests(nation[0])
    changed = {p.parent.name for p, then in before.items() if p.stat().st_mtime_ns != then}
    assert changed == {"province=11", "province=12", "province=13", "province=14"}


class Interrupt:
    """Presses Ctrl-C when the third province is done."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, *_progress) -> None:
        self.seen += 1
        if self.seen == 3:
            raise KeyboardInterrupt


def whole_or_absent(out: Path) -> int:
    assert not list(out.rglob("*.partial"))
    parts = list(out.glob("province=*"))
    for part in parts:
        assert [p.name for p in part.iterdir()] == ["part-0.parquet"]
        pq.read_table(part / "part-0.parquet", partitioning=None)
    return len(parts)


def test_ctrl_c_leaves_whole_partitions_and_the_next_run_ends_in_the_same_bytes(nation, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        synth(tmp_path, WORKERS, SEED, Interrupt(), threads=1)
    assert whole_or_absent(tmp_path) == 3
    synth(tmp_path, WORKERS, SEED)
    assert digests(tmp_path) == digests(nation[0])


LIMITED = """
import resource, sys
from pathlib import Path
from jamsostek.synth import synth
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    synth(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), threads=1)
except OSError as error:
    print("refused", error.errno)
"""


def test_a_disk_that_takes_no_more_leaves_nothing_half_written(nation, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path), str(WORKERS), str(SEED)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("refused"), done.stderr
    assert whole_or_absent(tmp_path) < 38
    synth(tmp_path, WORKERS, SEED)
    assert digests(tmp_path) == digests(nation[0])


def test_a_folder_that_cannot_be_made_is_said_at_once(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        synth(tmp_path / "file", 100, 1)


@pytest.mark.parametrize(
    ("workers", "seed", "word"), [(0, 1, "Jumlah"), (-5, 1, "Jumlah"), (10**9, 1, "Jumlah"), (10, -1, "Benih")]
)
def test_numbers_out_of_range_are_refused_before_anything_is_written(tmp_path, workers, seed, word):
    with pytest.raises(InputError, match=word):
        synth(tmp_path / "out", workers, seed)
    assert not (tmp_path / "out").exists()


def test_another_nation_or_other_files_are_not_overwritten_unless_forced(tmp_path):
    synth(tmp_path, 400, 1)
    before = digests(tmp_path)
    for workers, seed in ((401, 1), (400, 2)):
        with pytest.raises(InputError, match="--force"):
            synth(tmp_path, workers, seed)
    assert digests(tmp_path) == before
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="--force"):
        synth(other, 400, 1)
    assert [p.name for p in other.iterdir()] == ["thesis.txt"]
    synth(other, 400, 1, force=True)
    assert (other / "thesis.txt").read_text() == "mine"
    synth(other, 500, 2, force=True)
    assert pq.read_table(list(other.glob("province=*/*.parquet"))).num_rows == 500


def test_a_nation_of_one_and_of_a_hundred_have_38_provinces(tmp_path):
    for workers in (1, 100):
        report = synth(tmp_path / str(workers), workers, 1)
        assert report.exact
        assert len(list((tmp_path / str(workers)).glob("province=*/part-0.parquet"))) == 38
        assert pq.read_table(tmp_path / str(workers)).num_rows == workers


def test_the_command_writes_and_tells(tmp_path):
    app = typer.Typer()
    command.register(app)
    app.callback()(lambda: None)
    done = CliRunner().invoke(app, ["synth", str(tmp_path / "out"), "--workers", "500", "--seed", "9"])
    assert done.exit_code == 0, done.output
    assert "tepat sampai orang terakhir" in done.output and "ASUMSI" in done.output
    assert (tmp_path / "out/_report.json").is_file()
