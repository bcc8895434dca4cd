"""`jamsostek payouts` as operators run it: what two people share is done by two tokens; the file, the answers, the months."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from jamsostek.cli.main import app
from jamsostek.core.errors import InputError
from jamsostek.core.text import speaking
from tests import cast
from tests.claims import offices
from tests.claims.test_paying import funds, owed, told
from tests.claims.test_rolls import retired

Run = Callable[..., Any]


@pytest.fixture
def run(committed_db: Any) -> Run:
    """Runs a command line in English, signed by a token where one is given."""

    def go(*words: str, token: str = "") -> Any:
        with speaking("en"):
            return CliRunner(env={"JAMSOSTEK_TOKEN": token}).invoke(app, ["--lang", "en", "payouts", *words])

    return go


@pytest.fixture
def here(committed_db: Any) -> SimpleNamespace:
    """An office, money in every fund, and tokens of two of the head office."""
    from tests.api.town import token_of

    with cast.everyone():
        at = offices.office()
        funds()
    return SimpleNamespace(at=at, head=token_of(at.head), treasurer=token_of(at.treasurer), officer=token_of(at.officer))


def refused(done: Any) -> str:
    """What a person is told where the command stops."""
    assert isinstance(done.exception, InputError), done.output
    return str(done.exception)


def test_two_tokens_bring_what_is_owed_to_the_bank_and_its_answer_back(run: Run, here: SimpleNamespace, tmp_path: Path) -> None:
    from jamsostek.claims.actions import paying
    from jamsostek.claims.models import Batch, Claim
    from jamsostek.messages.payout.camt054 import write_camt054
    from jamsostek.messages.payout.records import SETTLED

    with cast.everyone():
        claim = owed(here.at)
    assert "Rp42,000,000" in run("owed").output
    assert run("batches").exit_code == 1
    assert "JAMSOSTEK_TOKEN" in refused(run("prepare", "jkm"))
    assert "JAMSOSTEK_TOKEN" in refused(run("prepare", "jkm", token="jk_" + "a" * 43))
    refused(run("prepare", "jkm", token=here.officer))
    done = run("prepare", "jkm", token=here.head)
    assert done.exit_code == 0, done.output
    with cast.everyone():
        batch = Batch.objects.get()
    assert f"Batch {batch.pk} prepared: 3 transfers, Rp42,000,000." in done.output
    assert run("prepare", "jkm", token=here.head).exit_code == 1, "nothing is left"
    assert str(batch.pk) in run("batches").output
    refused(run("export", str(batch.pk)))
    refused(run("approve", str(batch.pk), token=here.head))
    assert "Rp42,000,000" in run("approve", str(batch.pk), token=here.treasurer).output
    out = tmp_path / "bayar.xml"
    for _again in range(2):
        assert run("export", str(batch.pk), "--out", str(out)).exit_code == 0
        with cast.everyone():
            assert out.read_bytes() == paying.file_of(batch_id=batch.pk)[0]
    with cast.everyone():
        batch.refresh_from_db()
        answer = write_camt054(told(batch, *((n, SETTLED, "") for n in (1, 2, 3))), batch.debtor_account, cast.TODAY)
    file = tmp_path / "jawaban.xml"
    file.write_bytes(answer)
    for _again in range(2):
        done = run("answer", str(file))
        assert done.exit_code == 0 and "arrived in the account: 3" in done.output, done.output
    with cast.everyone():
        assert Claim.objects.get(pk=claim.pk).state == "paid"
    strange = tmp_path / "lain.xml"
    strange.write_bytes(answer.replace(b"-3<", b"-9<"))
    assert run("answer", str(strange)).exit_code == 1


def test_a_month_is_tried_prepared_approved_and_posted(run: Run, here: SimpleNamespace) -> None:
    from jamsostek.claims.models import Benefit, Payout, Roll

    with cast.everyone():
        retired(here.at)
    tried = run("roll", "try", "pension", "2026-12")
    assert tried.exit_code == 0 and "1 people, Rp900,000." in tried.output and "JP: Rp900,000" in tried.output
    assert run("roll", "list").exit_code == 1
    assert "JAMSOSTEK_TOKEN" in refused(run("roll", "prepare", "pension", "2026-12"))
    assert "waiting for a second person" in run("roll", "prepare", "pension", "2026-12", token=here.head).output
    with cast.everyone():
        number = str(Roll.objects.get().pk)
    assert run("roll", "post", number).exit_code == 1, "nobody approved it"
    refused(run("roll", "approve", number, token=here.head))
    assert "approved" in run("roll", "approve", number, token=here.treasurer).output
    for _again in range(2):
        assert "posted" in run("roll", "post", number).output
    assert number in run("roll", "list").output
    with cast.everyone():
        assert Payout.objects.get().gross_rupiah == 900_000
        Benefit.objects.update(proof_until=202612)
    assert "1 pensions suspended" in run("rights", "suspend-unproven", "2027-01").output
    assert "0 pensions suspended" in run("rights", "suspend-unproven", "2027-01").output
    assert run("roll", "try", "gaji", "2026-12").exit_code != 0


def test_the_commands_of_the_page_do_what_it_says(
    run: Run, here: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jamsostek.claims.models import Batch
    from jamsostek.messages.payout.camt054 import write_camt054
    from jamsostek.messages.payout.records import SETTLED

    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "pay-benefits.md").read_text(encoding="utf-8")
    with cast.everyone():
        owed(here.at)
        retired(here.at)
    for line in [line for line in page.splitlines() if line.startswith("jamsostek payouts ")]:
        words = line.split()[2:]
        if words[0] == "answer":
            with cast.everyone():
                batch = Batch.objects.get(pk=1)
                answer = write_camt054(told(batch, (1, SETTLED, "")), batch.debtor_account, cast.TODAY)
            Path("jawaban.xml").write_bytes(answer)
        done = run(*words, token=here.treasurer if "approve" in words else here.head)
        assert done.exit_code == 0, (words, done.output, done.exception)
