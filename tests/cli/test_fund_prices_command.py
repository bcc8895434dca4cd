"""`jamsostek fund prices` and `fund custody` as operators run them: what is recorded, what is to be mended, the status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from jamsostek.fund.actions.securities import register_instrument, register_issuer
from jamsostek.fund.models import Custody, Price
from tests import cast

Run = Callable[..., Any]
ROWS = "Kode;Tanggal;Harga\nPTDS;05-01-2026;4000\nHANTU;05-01-2026;1\n"


@pytest.fixture
def run(committed_db: Any) -> Run:
    """Runs a command line in English, where a share is written down."""
    with cast.everyone():
        register_issuer(code="PTD", name="PT D Tbk", kind="company")
        register_instrument(code="PTDS", name="Saham D", asset_class="equity", issuer="PTD", listed=True)

    def go(*words: str) -> Any:
        with speaking("en"):
            return CliRunner().invoke(app, ["--lang", "en", "fund", *words])

    return go


def written(folder: Path, content: str) -> str:
    path = folder / "berkas.csv"
    path.write_text(content, encoding="utf-8")
    return str(path)


def prices() -> list[str]:
    with cast.everyone():
        return [f"{one.price:f}" for one in Price.objects.order_by("id")]


def test_good_rows_are_recorded_once_and_the_others_are_written_out_to_be_mended(run: Run, tmp_path: Path) -> None:
    mend = tmp_path / "mend.csv"
    file = written(tmp_path, ROWS)
    looked = run("prices", file, "--source", "IDX", "--dry-run")
    assert (looked.exit_code, prices()) == (1, [])
    assert "1 new, 0 changed, 0 the same; 1 securities not written down, 1 rows not used." in looked.output
    done = run("prices", file, "--source", "IDX", "--mend", str(mend))
    assert (done.exit_code, prices()) == (1, ["4000.000000"])
    assert "Row 3, column A: Security not written down (HANTU)." in done.output
    assert "HANTU" in mend.read_text(encoding="utf-8-sig")
    clean = run("prices", written(tmp_path, "kode;harga\nPTDS;4000\n"), "--source", "IDX", "--day", "2026-01-05")
    assert (clean.exit_code, prices()) == (0, ["4000.000000"])


def test_a_price_that_moved_far_needs_its_code_confirmed(run: Run, tmp_path: Path) -> None:
    run("prices", written(tmp_path, "kode;tanggal;harga\nPTDS;05-01-2026;4000\n"), "--source", "IDX")
    far = written(tmp_path, "kode;tanggal;harga\nPTDS;06-01-2026;40000\n")
    refused = run("prices", far, "--source", "IDX")
    assert isinstance(refused.exception, InputError)
    assert "PTDS" in str(refused.exception)
    assert run("prices", far, "--source", "IDX", "--confirm", "ptds").exit_code == 0
    assert len(prices()) == 2
    assert isinstance(run("prices", str(tmp_path / "tiada.csv"), "--source", "IDX").exception, InputError)


def test_a_statement_is_compared_and_what_differs_is_told(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "kode;unit\nPTDS;100\n")
    done = run("custody", file, "--fund", "jp", "--custodian", "Bank D", "--day", "2026-01-31")
    assert done.exit_code == 1
    assert "0 securities agree, 1 differences open." in done.output
    assert "PTDS" in done.output
    with cast.everyone():
        assert Custody.objects.get().custodian == "Bank D"
    even = written(tmp_path, "kode;unit\nPTDS;0\n")
    assert run("custody", even, "--fund", "jp", "--custodian", "Bank D", "--day", "2026-01-31").exit_code == 0
