"""`jamsostek registry` and `jamsostek region` as an operator runs them, on a database of their own."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cast
import openpyxl
import pyarrow.parquet as pq
import pytest
from django.db import connection
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.text import speaking

Run = Callable[..., Any]


@pytest.fixture
def run(committed_db: Any) -> Run:
    """Runs a command line in English."""

    def go(*words: str, lang: str = "en") -> Any:
        with speaking(lang):
            return CliRunner().invoke(app, ["--lang", lang, *words])

    return go


@pytest.fixture
def town(committed_db: Any) -> SimpleNamespace:
    """An employer, a sponsor, two workers."""
    with cast.everyone():
        firm, payer = cast.employer(), cast.sponsor()
        ani, budi = cast.participant("Ani Contoh"), cast.participant("=Budi Contoh", sex="m")
        cast.works(ani, firm)
    return SimpleNamespace(firm=firm, payer=payer, ani=ani, budi=budi)


def trail(subject_id: int) -> list[tuple[str, str, str]]:
    """Action, actor and reason of what is remembered of a person."""
    with cast.everyone(), connection.cursor() as cursor:
        cursor.execute("SELECT action, actor, reason FROM access_auditentry WHERE subject_id = %s ORDER BY id", [subject_id])
        return list(cursor.fetchall())


def test_a_search_finds_and_leaves_a_look(run: Run, town: SimpleNamespace) -> None:
    done = run("registry", "search", "ani cont")
    assert done.exit_code == 0, done.output
    assert "Ani Contoh" in done.output
    assert "3515**********00" in done.output
    action, actor, _reason = trail(town.ani.pk)[-1]
    assert action == "look"
    assert actor.endswith(": registry search")
    assert run("registry", "search", "tak ada orangnya").exit_code == 1


def test_a_person_is_shown_now_and_as_known_then(run: Run, town: SimpleNamespace) -> None:
    done = run("registry", "show", town.ani.kpj)
    assert "PT Contoh Makmur" in done.output
    assert "2026-01 – …" in done.output
    known = run("registry", "show", town.ani.kpj, "--as-of", "2026-12-31", "--month", "2026-03")
    assert "Rp5.000.000" in known.output or "Rp5,000,000" in known.output
    before = run("registry", "show", town.ani.kpj, "--as-of", "2020-01-01", "--month", "2020-01")
    assert "not known on that day" in before.output
    assert "--as-of needs --month" in str(run("registry", "show", town.ani.kpj, "--as-of", "2026-12-31").exception)
    assert run("registry", "show", "12345678901").exit_code == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_people_are_taken_out_masked_and_no_name_is_a_formula(
    run: Run, town: SimpleNamespace, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"people.{ending}"
    done = run("registry", "export", "people", "--out", str(out))
    assert done.exit_code == 0, done.output
    rows = read(out)
    assert [row["name"].lstrip("'") for row in rows] == ["Ani Contoh", "=Budi Contoh"]
    if ending == "csv":
        assert rows[1]["name"] == "'=Budi Contoh"
    assert {row["nik"] for row in rows} == {"3515**********00"}
    assert rows[0]["kpj"] == town.ani.kpj
    assert trail(town.ani.pk)[-1][0] == "export"


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of an export by column."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".parquet":
        found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return found
    head, *rows = openpyxl.load_workbook(path).active.iter_rows()
    assert all(cell.data_type != "f" for row in rows for cell in row)
    return [{title.value: cell.value for title, cell in zip(head, row, strict=True)} for row in rows]


def test_whole_numbers_need_a_reason_that_the_person_can_read(run: Run, town: SimpleNamespace, tmp_path: Path) -> None:
    out = tmp_path / "people.csv"
    refused = run("registry", "export", "people", "--out", str(out), "--whole")
    assert "need a reason" in str(refused.exception)
    assert not out.exists()
    run("registry", "export", "people", "--out", str(out), "--whole", "--reason", "pemadanan dengan dukcapil")
    assert all(len(row["nik"]) == 16 and row["nik"].endswith("0000") for row in read(out))
    assert trail(town.ani.pk)[-1][::2] == ("export_whole", "pemadanan dengan dukcapil")


def test_employers_are_taken_out(run: Run, town: SimpleNamespace, tmp_path: Path) -> None:
    out = tmp_path / "employers.parquet"
    assert run("registry", "export", "employers", "--out", str(out)).exit_code == 0
    [row] = read(out)
    assert (row["npp"], row["labour_intensive"]) == (town.firm.npp, False)
    assert ".txt" in str(run("registry", "export", "people", "--out", str(tmp_path / "x.txt")).exception)


def sheet(path: Path, *rows: str) -> Path:
    """A list as employers write it."""
    path.write_text("\n".join(["Kegiatan,NIK,Nama,Tanggal Lahir,Jenis Kelamin,Upah", *rows]), encoding="utf-8")
    return path


def test_a_list_is_read_then_confirmed_and_wrong_rows_come_back(run: Run, town: SimpleNamespace, tmp_path: Path) -> None:
    someone = cast.person("Massal Contoh")
    good = f"MASUK,{someone.nik},Massal Contoh,{someone.birth_date},Perempuan,4500000"
    source = sheet(tmp_path / "daftar.csv", good, "MASUK,123,Salah,1990-01-01,Perempuan,1000000")
    words = ("registry", "import", str(source), "--employer", town.firm.npp, "--month", "2026-05")
    first = run(*words)
    assert first.exit_code == 1, (first.output, first.exception)
    assert "1 good, 1 to mend" in first.output
    assert "--confirm" in first.output
    assert (tmp_path / "daftar_perbaikan.xlsx").exists()
    second = run(*words, "--confirm")
    assert "Done" in second.output or "Selesai" in second.output, second.output
    with cast.everyone():
        from jamsostek.registry.models import Employment, Upload

        assert Upload.objects.count() == 1
        assert Employment.objects.filter(employer=town.firm, participant__name="Massal Contoh").count() == 1


def test_a_sponsors_list_is_never_confirmed_by_its_sender(run: Run, town: SimpleNamespace, tmp_path: Path) -> None:
    someone = cast.person("Nelayan Contoh", sex="m")
    path = tmp_path / "penerima.csv"
    path.write_text(
        "NIK,Nama,Tanggal Lahir,Jenis Kelamin,Pekerjaan,Penghasilan\n"
        f"{someone.nik},Nelayan Contoh,{someone.birth_date},Laki-laki,Nelayan,1500000\n", encoding="utf-8",
    )  # fmt: skip
    words = ("registry", "import", str(path), "--sponsor", town.payer.number, "--month", "2026-05")
    assert run(*words).exit_code == 0
    refused = run(*words, "--confirm")
    assert refused.exit_code == 1
    assert type(refused.exception).__name__ == "Refused"


def test_one_of_employer_and_sponsor_is_named(run: Run, tmp_path: Path) -> None:
    assert "exactly one" in str(run("registry", "import", str(tmp_path / "x.csv")).exception)


def test_districts_and_villages_are_imported_row_by_row_and_again(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "wilayah.csv"
    source.write_text(
        "code,name,parent\n35.15.99,Kecamatan Contoh,3515\n35.15.99.2001,Desa Contoh,351599\n3515992002,Desa Lain,351598\n"
        "99.99.99,Entah,\nabc,Salah,\n3515992003,,351599\n", encoding="utf-8",
    )  # fmt: skip
    done = run("region", "import", str(source))
    assert done.exit_code == 1
    assert "2 regions written, 4 rows to mend" in done.output
    assert "row 3:" in done.output
    assert "row 5:" in done.output
    again = run("region", "import", str(source))
    assert "2 regions written, 4 rows to mend" in again.output
    with cast.everyone():
        from jamsostek.registry.models import Region

        assert Region.objects.get(pk=3515992001).parent_code == 351599


def test_other_commands_do_not_load_django() -> None:
    import subprocess
    import sys

    code = "import sys, json; import jamsostek.cli.main; print(json.dumps([m for m in sys.modules if m.startswith('django')]))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == []
