"""`jamsostek award score` and `verify`: a contest computed again from one file, and what is broken named."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from jamsostek.awards import outcome, ranking
from jamsostek.awards import snapshot as snapshots
from jamsostek.awards.reading import read as read_edition
from jamsostek.awards.reading import samples
from jamsostek.awards.scoring import MILLION
from jamsostek.awards.snapshot.schema import criteria_of
from jamsostek.cli.main import main
from jamsostek.core.errors import InputError

TEXT = samples()["peragaan-2026"]
EDITION = read_edition(TEXT)
CODES = [3501, 3502, 3503, 3504, 3505, 3506, 3515, 3578]


def tables(kind: str) -> dict:
    random = np.random.default_rng(2)
    criteria = criteria_of(EDITION, "regency")
    rows = [
        {
            "key": key, "code": str(key), "name": f"Rekaan {key}", "province": 35, "regency": key, "zone": 2, "kind": "kabupaten",
            "scale": "", "section": "", "population": 1_000, "invented": True, "absent": "",
        }
        | {f"num_{one}": int(random.integers(0, 900)) for one in criteria} | {f"den_{one}": 1000 for one in criteria}
        for key in CODES
    ]  # fmt: skip
    made = {"measures-regency": rows}
    if kind == "final":
        made["entries"] = [
            {
                "code": f"calon{key}", "category": "regency_coverage", "level": "province", "area": 35, "subject": "regency",
                "key": key, "name": f"Rekaan {key}", "province": 35, "regency": key, "invented": True,
            }
            for key in CODES[:6]
        ]  # fmt: skip
        made["marks"] = [
            {"entry_code": f"calon{key}", "criterion": criterion, "seat_code": seat, "marks": int(random.integers(0, 101))}
            for key in CODES[:6] for criterion in ("innovation", "understanding") for seat in ("s1", "s2", "s3")
        ]  # fmt: skip
    return {name: snapshots.table_of(EDITION, name, found) for name, found in made.items()}


def written(path: Path, kind: str) -> Path:
    facts = snapshots.Facts(TEXT, 1, "province", kind, "a" * 64)
    path.write_bytes(snapshots.packed(facts, tables(kind), as_of=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)))
    return path


@pytest.fixture
def final(tmp_path):
    return written(tmp_path / "akhir.zip", "final")


@pytest.fixture
def measured(tmp_path):
    return written(tmp_path / "terukur.zip", "measured")


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs `jamsostek award ARGUMENTS`: its status, output and errors."""
    monkeypatch.delenv("JAMSOSTEK_LANGUAGE", raising=False)

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["jamsostek", "award", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        return status, *capsys.readouterr()

    return command


def test_a_final_snapshot_gives_the_bytes_of_the_published_result(run, final, tmp_path):
    out = tmp_path / "hasil.json"
    status, told, errors = run("score", "peragaan-2026", "--data", final, "--json", out)
    assert status == 0, errors
    wanted = outcome.canonical(outcome.outcome(snapshots.read(final), "regency_coverage", "province", 35))
    assert out.read_bytes() == wanted.encode()
    assert told.count(hashlib.sha256(wanted.encode()).hexdigest()) == 2
    assert "Jawa Timur" in told
    assert "10.000 undian bobot" in told
    assert EDITION.note["id"][:40] in told


def test_the_command_needs_no_database_and_gives_the_same_bytes_in_another_process(final, tmp_path):
    out, empty = tmp_path / "hasil.json", tmp_path / "kosong"
    empty.mkdir()
    environment = {
        **os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "JAMSOSTEK_DATA": str(empty),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "PYTHONHASHSEED": "7",
    }  # fmt: skip
    done = subprocess.run(
        [
            sys.executable, "-c", "from jamsostek.cli.main import main; main()", "award", "score", "peragaan-2026",
            "--data", str(final), "--json", str(out),
        ],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(empty.iterdir()) == []
    wanted = outcome.canonical(outcome.outcome(snapshots.read(final), "regency_coverage", "province", 35))
    assert out.read_bytes() == wanted.encode()


def test_a_measured_snapshot_ranks_all_who_were_measured(run, measured, tmp_path):
    out = tmp_path / "tabel.csv"
    status, told, errors = run("score", "peragaan-2026", "--data", measured, "--category", "regency_coverage", "--csv", out)
    assert status == 0, errors
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["code"] for row in rows] == [
        row["code"] for row in sorted(rows, key=lambda one: (int(one["rank"]), one["code"]))
    ]  # fmt: skip
    assert {row["code"] for row in rows} == {str(code) for code in CODES}
    assert hashlib.sha256(out.read_bytes()).hexdigest() in told
    for row in rows:
        assert sum(json.loads(row["parts_ppm"]).values()) == int(row["score_ppm"])
    assert "Rekaan 3578" in told
    assert "tanpa nilai juri" in told
    assert "Masuk 3 besar" in told
    assert "Pemenang" not in told


def test_other_weights_are_supposed_and_said_to_be(run, final, tmp_path):
    out = tmp_path / "andai.json"
    status, told, errors = run(
        "score", "peragaan-2026", "--data", final, "--category", "regency_coverage", "--weights", "innovation=100",
        "--draws", "0", "--json", out,
    )  # fmt: skip
    assert status == 0, errors
    assert "bukan yang dipakai hasil" in told
    made = json.loads(out.read_text())
    assert (made["format"], made["what_if"]) == (ranking.FORMAT, True)
    weights = dict(zip(made["criteria"], made["weights"], strict=True))
    assert weights.pop("innovation") == MILLION
    assert set(weights.values()) == {0}
    marks = {}
    for row in snapshots.read(final).tables["marks"].to_pylist():
        if row["criterion"] == "innovation":
            marks[row["entry_code"]] = marks.get(row["entry_code"], 0) + row["marks"]
    assert made["rows"][0]["code"] == max(marks, key=marks.get)
    assert "draws" not in made


@pytest.mark.parametrize("more", [("--draws", 200), ("--draws", 200, "--seed", 7), ("--seed", 7)])
def test_other_draws_than_those_of_a_result_are_told_to_be_none(run, final, tmp_path, more):
    out = tmp_path / "andai.json"
    status, told, errors = run("score", "peragaan-2026", "--data", final, "--category", "regency_coverage", *more, "--json", out)
    assert status == 0, errors
    made = json.loads(out.read_text())
    assert (made["format"], made["what_if"]) == (ranking.FORMAT, True) and "bukan hasil" in told


def test_a_weight_that_is_given_twice_is_refused(run, final):
    asked = ("score", "peragaan-2026", "--data", final, "--category", "regency_coverage", "--weights", "innovation=20")
    status, _told, errors = run(*asked, "--weights", "innovation=40")
    assert status == 2 and "innovation disebut dua kali" in errors


def test_a_folder_of_evidence_that_is_not_there_is_told_as_that(run, final, tmp_path):
    status, told, errors = run("verify", final, "--evidence", tmp_path / "bukti-tidak-ada")
    assert status == 2 and "bukti-tidak-ada" in errors and "Berkas buktinya tidak ada" not in told + errors


def test_a_file_that_was_packed_anew_is_told_with_status_one(run, final, tmp_path):
    other = tmp_path / "kemas.zip"
    with zipfile.ZipFile(final) as package, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as again:
        for name in package.namelist():
            again.writestr(name, package.read(name))
    status, _told, errors = run("verify", other)
    assert status == 1 and "kemas.zip: Berkasnya dikemas ulang" in errors
    assert run("score", "peragaan-2026", "--data", other)[0] == 2
    other.write_bytes(b"bukan potret")
    assert run("verify", other)[0] == 2


def test_weights_that_are_left_share_the_rest_as_before():
    category = EDITION.category("regency_innovation")
    made = ranking.reweighed(category, {"innovation": 100_000})
    assert [one.weight_ppm for one in made.criteria] == [100_000, 409_091, 327_273, 163_636]
    assert ranking.reweighed(category, {}).criteria == category.criteria


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"growth": MILLION + 10_000}, "101"),
        ({"growth": -10_000}, "-1"),
        ({"innovation": 1, "understanding": 1, "growth": 1, "regulation": 1}, "0.0004"),
        ({"grwth": 1}, "growth"),
    ],
)
def test_weights_that_do_not_fit_are_refused(given, words):
    with pytest.raises(InputError, match=words):
        ranking.reweighed(EDITION.category("regency_innovation"), given)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["other", "--data", "@"], "peragaan-2026"),
        (["peragaan-2026", "--data", "@", "--category", "nothing"], "nothing"),
        (["peragaan-2026", "--data", "@", "--level", "village"], "village"),
        (["peragaan-2026", "--data", "@", "--area", "99"], "Tidak ada peserta"),
        (["peragaan-2026", "--data", "@", "--weights", "growth=5"], "--category"),
        (["peragaan-2026", "--data", "@", "--category", "regency_coverage", "--weights", "growth"], "UKURAN=PERSEN"),
        (["peragaan-2026", "--data", "@", "--category", "regency_coverage", "--weights", "growth=nan"], "UKURAN=PERSEN"),
        (["peragaan-2026", "--data", "@", "--csv", "x.txt"], "x.txt"),
    ],
)
def test_what_cannot_be_done_is_told(run, final, arguments, words):
    status, _told, errors = run("score", *(str(final) if one == "@" else one for one in arguments))
    assert status == 2
    assert words in errors


def test_a_broken_snapshot_is_refused_by_the_name_of_what_changed(run, final):
    content = final.read_bytes()
    place = content.index(b"PAR1") + 200
    final.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    status, told, errors = run("score", "peragaan-2026", "--data", final)
    assert (status, told) == (2, "")
    assert "measures-province" in errors or "measures-regency" in errors
    assert run("verify", final)[0] == 1


def test_another_root_than_the_published_one_is_refused(run, final):
    status, _told, errors = run("score", "peragaan-2026", "--data", final, "--root", "0" * 64)
    assert status == 2
    assert "bukan yang diumumkan" in errors
    root = snapshots.read(final).root
    assert run("score", "peragaan-2026", "--data", final, "--root", root)[0] == 0


def test_a_whole_snapshot_and_its_result_are_told_to_be_so(run, final, tmp_path):
    out = tmp_path / "hasil.json"
    run("score", "peragaan-2026", "--data", final, "--json", out)
    status, told, errors = run("verify", final, "--result", out)
    assert status == 0, errors
    assert snapshots.read(final).root in told
    assert "sama persis" in told


def test_a_result_that_was_changed_is_named_where_it_was(run, final, tmp_path):
    out = tmp_path / "hasil.json"
    run("score", "peragaan-2026", "--data", final, "--json", out)
    made = json.loads(out.read_text())
    made["rows"][1]["score"] += 1
    out.write_text(outcome.canonical(made))
    status, _told, errors = run("verify", final, "--result", out)
    assert status == 1
    assert f"rows / {made['rows'][1]['name']} / score" in errors
    out.write_text(json.dumps(json.loads(outcome.canonical(made)) | {"rows": []}))
    assert run("verify", final, "--result", out)[0] == 1
    out.write_text("[1]")
    assert run("verify", final, "--result", out)[0] == 2


def test_a_final_snapshot_from_before_the_marks_has_no_winners_and_says_so(run, tmp_path):
    made = tables("final")
    made["marks"] = made["marks"].slice(0, 0)
    facts = snapshots.Facts(TEXT, 1, "province", "final", "a" * 64)
    early, out = tmp_path / "dini.zip", tmp_path / "hasil.json"
    early.write_bytes(snapshots.packed(facts, made, as_of=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)))
    status, told, errors = run("score", "peragaan-2026", "--data", early, "--json", out)
    assert status == 0, errors
    assert "tidak ada di potret ini: ini bukan hasil" in told and "Pemenang" not in told
    said = json.loads(out.read_text())
    assert (said["format"], said["marks_missing"], said["screen"]) == (ranking.FORMAT, True, False)
    assert "innovation" not in said["criteria"] and len(said["rows"]) == 6


def test_what_has_marks_and_what_needs_none_is_not_called_short_of_marks(run, final, measured, tmp_path):
    out = tmp_path / "peringkat.json"
    for data, more, missing in ((final, ["--draws", "0"], False), (final, ["--screen"], True), (measured, [], True)):
        arguments = ("--data", data, "--category", "regency_coverage", "--area", "35", "--json", out, *more)
        assert run("score", "peragaan-2026", *arguments)[0] == 0
        assert json.loads(out.read_text())["marks_missing"] is missing


def test_a_result_made_without_marks_is_told_to_be_none(run, tmp_path):
    made = tables("final")
    made["marks"] = made["marks"].slice(0, 0)
    early, out = tmp_path / "dini.zip", tmp_path / "hasil.json"
    facts = snapshots.Facts(TEXT, 1, "province", "final", "a" * 64)
    early.write_bytes(snapshots.packed(facts, made, as_of=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)))
    out.write_text(outcome.canonical(outcome.outcome(snapshots.read(early), "regency_coverage", "province", 35)))
    status, told, _errors = run("verify", early, "--result", out)
    assert status == 0 and "bukan hasil" in told
