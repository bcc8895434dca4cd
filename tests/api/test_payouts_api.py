"""Money out through the API: gathered by one, approved by another, the bank's file, the bank's answers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cast
import claim_town
import pytest
from claim_town import dead, funds, staff
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from paid import fields, made, sent_file

from jamsostek.api.references import row_of

ACCOUNT = "990011112222"


@pytest.fixture(scope="module")
def here(town: SimpleNamespace) -> SimpleNamespace:
    found = staff()
    funds()
    return found


@pytest.fixture(scope="module")
def owed(here: SimpleNamespace) -> str:
    """A claim of 42 million that was approved, and an account to pay from."""
    account = {"fund": "jkm", "name": "BPJS Ketenagakerjaan", "bank": "BRI", "account": ACCOUNT}
    told = made(here.head.post("/payout-accounts", account), 201)
    assert (told["bank"], told["account"], told["set_by"]) == ("BRINIDJA", "••••2222", "Pusat")
    return claim_town.approved(here, dead("Budi Santoso"))


@pytest.fixture(scope="module")
def batch(here: SimpleNamespace, owed: str) -> dict[str, Any]:
    """It is with the bank."""
    found: dict[str, Any] = {one["fund"]: one for one in made(here.head.get("/payouts/owed"))["items"]}
    assert [(one["state"], one["count"], one["rupiah"]) for one in found["jkm"]["states"]] == [("due", 3, 42_000_000)]
    assert found["jkm"]["cash_rupiah"] - found["jkm"]["left_rupiah"] == 42_000_000
    asked = {"fund": "jkm", "pay_on": timezone.localdate().isoformat()}
    answer = made(here.head.post("/payout-batches", asked))
    [one], left = answer["batches"], answer["left"]
    assert (one["state"], one["count"], one["rupiah"], one["prepared_by"], left) == ("prepared", 3, 42_000_000, "Pusat", [])
    return one


def export(id: str) -> bytes:
    """What the job does, and what the file is by the action itself."""
    from jamsostek.claims.actions import paying

    with cast.everyone():
        paying.export(batch_id=row_of("batch", id), now=timezone.now())
    with cast.everyone():
        return paying.file_of(batch_id=row_of("batch", id))[0]


def answer_of(id: str, *outcomes: tuple[int, str, str]) -> bytes:
    """What a bank says of some transfers."""
    from jamsostek.claims.actions import paying
    from jamsostek.claims.models import Batch, Transfer
    from jamsostek.messages.payout.camt054 import write_camt054
    from jamsostek.messages.payout.records import Answer, Outcome

    today = timezone.localdate()
    with cast.everyone():
        batch = Batch.objects.get(pk=row_of("batch", id))
        rows = {one.number: one.rupiah for one in Transfer.objects.filter(batch=batch)}
    lines = tuple(
        Outcome(paying.end_to_end(batch.pk, n), status, code, "", f"BANK{n}", today, rows[n]) for n, status, code in outcomes
    )
    told = Answer("camt.054", f"A-{batch.pk}-{len(outcomes)}", batch.message_id, "", lines)
    return write_camt054(told, batch.debtor_account, today)


def take(here: SimpleNamespace, content: bytes) -> Any:
    return sent_file(here.head, "/bank-answers", claim_town.key(), file=SimpleUploadedFile("jawaban.xml", content))


def test_a_batch_is_approved_by_another_and_downloaded_as_the_file_the_bank_gets(
    here: SimpleNamespace, batch: dict[str, Any]
) -> None:
    path = f"/payout-batches/{batch['id']}"
    assert here.head.get(f"{path}/file").status_code == 409, "not approved yet"
    own = here.head.post(f"{path}/approval")
    assert own.status_code == 403 and own.json()["remedy"]
    assert here.officer.post(f"{path}/approval").status_code == 403
    told = made(here.treasurer.post(f"{path}/approval"))
    assert (told["state"], told["approved_by"], told["outcomes"]) == (
        "approved",
        "Bendahara",
        [{"outcome": "unanswered", "count": 3, "rupiah": 42_000_000}],
    )
    assert here.treasurer.post(f"{path}/approval").status_code == 409
    expected = export(batch["id"])
    file = here.head.get(f"{path}/file")
    assert file.status_code == 200 and file.content == expected and file.headers["Content-Type"] == "application/xml"
    assert f"{batch['message']}.xml" in file.headers["Content-Disposition"]
    assert here.head.post(f"{path}/cancellation", {"reason": "salah hari"}).status_code == 409, "the bank has it"
    lines = made(here.head.get(f"{path}/transfers"))["items"]
    assert [(one["to"], one["account"]) for one in lines] == [("Dewi Lestari", "BRINIDJA ••••3456")] * 3
    assert "990000123456" not in str(lines) and ACCOUNT not in str(told)
    page = made(here.head.get(f"{path}/transfers?limit=2"))
    assert [one["number"] for one in made(here.head.get(f"{path}/transfers?cursor={page['next']}&limit=2"))["items"]] == [3]


def test_an_answer_taken_twice_changes_nothing(here: SimpleNamespace, batch: dict[str, Any], owed: str) -> None:
    content = answer_of(batch["id"], (1, "settled", ""), (2, "settled", ""), (3, "settled", ""))
    first = made(take(here, content), 201)
    assert (first["counts"], first["problems"], first["taken_by"]) == ({"settled": 3}, [], "Pusat")
    again = made(take(here, content), 201)
    assert again["id"] == first["id"]
    assert [one["id"] for one in made(here.head.get("/bank-answers"))["items"]] == [first["id"]]
    whole = made(here.officer.get(f"/claims/{owed}"))
    assert whole["state"] == "paid" and {one["state"] for one in whole["paid"]} == {"paid"}
    assert {one["bank_reference"] for one in whole["paid"]} == {"BANK1", "BANK2", "BANK3"}
    told = made(here.head.get(f"/payout-batches/{batch['id']}"))
    assert (told["state"], told["outcomes"]) == ("answered", [{"outcome": "settled", "count": 3, "rupiah": 42_000_000}])
    strange = made(take(here, content.replace(b"-3<", b"-9<")), 201)
    assert [one["what"] for one in strange["problems"]] == ["unknown"]
    assert made(here.head.get(f"/bank-answers/{strange['id']}"))["problems"] == strange["problems"]


def test_a_file_that_is_no_answer_is_told_at_its_field(here: SimpleNamespace) -> None:
    assert fields(take(here, b"bukan jawaban")) == ["file"]
    assert fields(sent_file(here.head, "/bank-answers", claim_town.key())) == ["file"]
    more = sent_file(here.head, "/bank-answers", claim_town.key(), file=SimpleUploadedFile("a.xml", b"x"), fund="jkm")
    assert fields(more) == ["fund"]


def test_a_batch_is_taken_apart_before_it_goes_to_the_bank(here: SimpleNamespace, owed: str) -> None:
    claim_town.approved(here, dead("Cici Santoso"))
    asked = {"fund": "jkm", "pay_on": timezone.localdate().isoformat()}
    [one] = made(here.head.post("/payout-batches", asked))["batches"]
    assert fields(here.head.post(f"/payout-batches/{one['id']}/cancellation", {"reason": "x"})) == ["reason"]
    assert made(here.head.post(f"/payout-batches/{one['id']}/cancellation", {"reason": "salah hari"}))["state"] == "cancelled"
    listed = made(here.head.get("/payout-batches?state=cancelled"))["items"]
    assert [found["id"] for found in listed] == [one["id"]]
    assert one["id"] in [found["id"] for found in made(here.treasurer.get("/payout-batches?fund=jkm"))["items"]]


def test_what_cannot_be_gathered_says_why(here: SimpleNamespace, town: SimpleNamespace, owed: str) -> None:
    today = timezone.localdate().isoformat()
    assert fields(here.head.post("/payout-batches", {"fund": "jkm", "pay_on": "2020-01-01"})) == ["pay_on"]
    assert fields(here.head.post("/payout-batches", {"fund": "jkk", "pay_on": today})) == ["fund"], "no account to pay from"
    assert fields(here.head.post("/payout-batches", {"fund": "pajak", "pay_on": today})) == ["fund"]
    wrong = {"fund": "jkk", "name": "BPJS", "bank": "BRI", "account": "12a"}
    assert here.head.post("/payout-accounts", wrong).status_code == 422


@pytest.mark.parametrize("who", ["officer", "supervisor", "watcher", "hospital"])
def test_money_out_is_the_head_offices(here: SimpleNamespace, batch: dict[str, Any], who: str) -> None:
    api = getattr(here, who)
    for path in ("/payouts/owed", "/payout-batches", f"/payout-batches/{batch['id']}", f"/payout-batches/{batch['id']}/file",
                 "/payout-accounts", "/bank-answers", "/rolls"):  # fmt: skip
        assert api.get(path).status_code == 403, path
