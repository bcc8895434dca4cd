"""Rights that go on, through the API: a month tried, approved, posted; proofs given and judged; an end that asks back."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from claim_town import funds, staff
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from paid import fields, made, sent_file

from jamsostek.api.references import row_of
from jamsostek.core.months import add_months, format_month, month_of

NOBODY = "A" * 32


@pytest.fixture(scope="module")
def here(town: SimpleNamespace) -> SimpleNamespace:
    found = staff()
    funds()
    return found


@pytest.fixture(scope="module")
def claim(here: SimpleNamespace) -> Any:
    """A disability pension of 900,000 a month that was approved."""
    from tests.claims.test_rolls import retired

    with cast.everyone():
        return retired(here.at)


@pytest.fixture(scope="module")
def right(here: SimpleNamespace, claim: Any) -> dict[str, Any]:
    found: list[dict[str, Any]] = made(here.officer.get(f"/rights?claim={claim.number}"))["items"]
    return found[0]


def month_after() -> str:
    """The first month the pension is paid for."""
    return format_month(add_months(month_of(dt.date(2026, 11, 2)), 1))


def post(id: str) -> None:
    """What the job does when a roll was approved."""
    from jamsostek.claims.actions import rolls

    with cast.everyone():
        rolls.post_roll(roll_id=row_of("roll", id), now=timezone.now(), today=timezone.localdate())


def test_a_month_is_tried_by_one_approved_by_another_and_posted_once(here: SimpleNamespace, right: dict[str, Any]) -> None:
    asked = {"kind": "pension", "month": month_after()}
    told = made(here.head.post("/rolls/trial", asked))
    assert (told["people"], told["rupiah"], told["funds"]) == (1, 900_000, {"jp": 900_000})
    assert [(one["what"], one["people"], one["claims"]) for one in told["differences"]] == [("new", 1, [right["claim"]])]
    made_ = here.head.post("/rolls", {**asked, "pay_on": timezone.localdate().isoformat()})
    roll = made(made_, 201)
    path = f"/rolls/{roll['id']}"
    assert made_.headers["Location"] == f"/api/v1{path}" and (roll["state"], roll["rupiah"]) == ("tried", 900_000)
    assert here.head.post(f"{path}/approval").status_code == 403, "their own"
    assert made(here.treasurer.post(f"{path}/approval"))["state"] == "approved"
    assert fields(here.head.post(f"{path}/cancellation")) == [""] or here.head.post(f"{path}/cancellation").status_code in (
        409,
        422,
    )
    post(roll["id"])
    told = made(here.head.get(path))
    assert told["state"] == "posted" and told["posted_at"]
    assert fields(here.head.post("/rolls", {**asked, "pay_on": timezone.localdate().isoformat()})) == ["month"]
    waiting = made(here.head.get("/payouts/owed"))["rolls"]
    assert [(one["roll"], one["rupiah"], one["funds"]) for one in waiting] == [(roll["id"], 900_000, {"jp": 900_000})]
    assert [one["id"] for one in made(here.head.get("/rolls"))["items"]][-1:] == [roll["id"]]
    assert here.head.get(f"/rolls/{NOBODY}").status_code == 404
    account = {"fund": "jp", "name": "BPJS Ketenagakerjaan", "bank": "BRI", "account": "990011112222"}
    made(here.head.post("/payout-accounts", account), 201)
    asked_batch = {"fund": "jp", "pay_on": timezone.localdate().isoformat(), "roll": roll["id"]}
    [batch] = made(here.head.post("/payout-batches", asked_batch))["batches"]
    assert (batch["roll"], batch["count"], batch["rupiah"]) == (roll["id"], 1, 900_000)
    assert made(here.head.get("/payouts/owed"))["rolls"] == []


def test_a_roll_nobody_approved_is_dropped(here: SimpleNamespace, right: dict[str, Any]) -> None:
    asked = {"kind": "pension", "month": "2027-02", "pay_on": timezone.localdate().isoformat()}
    roll = made(here.head.post("/rolls", asked), 201)
    assert made(here.head.post(f"/rolls/{roll['id']}/cancellation"))["state"] == "cancelled"
    assert fields(here.head.post("/rolls/trial", {"kind": "gaji", "month": "2027-02"})) == ["kind"]


def test_a_right_tells_what_it_is_what_it_asks_and_what_became_of_it(
    here: SimpleNamespace, right: dict[str, Any], claim: Any, town: SimpleNamespace
) -> None:
    told = made(here.officer.get(f"/rights/{right['id']}"))
    assert (told["component"], told["rupiah"], told["from_month"], told["proof"]) == (
        "jp_disability",
        900_000,
        "2026-12",
        "alive",
    )
    assert [one["kind"] for one in told["changes"]] == ["begun"]
    assert (told["claim"], told["name"]) == (claim.number, "Wayan Sudarma")
    assert made(here.far.get("/rights"))["items"] == [] and here.far.get(f"/rights/{right['id']}").status_code == 404
    assert made(town.as_worker.get("/rights"))["items"] == []
    assert town.as_clerk_a.get(f"/rights/{right['id']}").status_code == 404


def test_a_proof_of_life_seen_by_an_officer_counts_at_once(here: SimpleNamespace, right: dict[str, Any]) -> None:
    path = f"/rights/{right['id']}/proofs"
    proof = made(here.officer.post(path, {"month": "2026-12"}), 201)
    assert (proof["kind"], proof["accepted"], proof["month"]) == ("alive", True, "2026-12")
    assert made(here.officer.post(path, {"month": "2026-12"}), 201)["id"] == proof["id"], "the same again"
    assert fields(here.officer.post(path, {"month": "2024-01"})) == ["month"]
    told = made(here.officer.get(f"/rights/{right['id']}"))
    assert told["proof_until"] == "2027-03" and [one["id"] for one in told["proofs"]] == [proof["id"]]
    again = here.officer.post(f"/proofs/{proof['id']}/judgement", {"accepted": True})
    assert again.status_code == 422
    assert here.far.post(f"/proofs/{proof['id']}/judgement", {"accepted": True}).status_code == 404
    assert here.officer.get("/rights?unproven=true").json()["items"] == []


def test_months_of_lost_work_are_judged_each_against_its_proof(here: SimpleNamespace) -> None:
    from tests.claims.test_rolls import dismissed

    with cast.everyone():
        number = dismissed(here.at).number
    [right] = made(here.officer.get(f"/rights?claim={number}"))["items"]
    assert (right["component"], right["proof"], right["rupiah"]) == ("jkp", "activity", 3_000_000)
    path = f"/rights/{right['id']}/proofs"
    few = made(here.officer.post(path, {"month": "2026-12", "applications": 4}), 201)
    assert (few["accepted"], few["told"]) == (None, {"applications": 4, "working_again": False, "note": ""})
    address = f"/proofs/{few['id']}/judgement"
    assert fields(here.officer.post(address, {"accepted": True})) == ["accepted_by"], "not by who recorded it"
    assert fields(here.colleague.post(address, {"accepted": True})) == ["proof"], "the law asks for five"
    assert made(here.colleague.post(address, {"accepted": False, "reason": "baru empat lamaran"}))["accepted"] is False
    enough = made(here.officer.post(path, {"month": "2026-12", "applications": 5}), 201)
    assert made(here.colleague.post(f"/proofs/{enough['id']}/judgement", {"accepted": True}))["rupiah"] == 3_000_000
    assert fields(here.officer.post(path, {"month": "2026-12", "applications": -1})) == ["applications"]


def test_a_letter_is_sent_with_a_proof_and_read_again(here: SimpleNamespace) -> None:
    from tests.claims.offices import photo
    from tests.claims.test_rights_go_on import healing

    with cast.everyone():
        number = healing(here.at).number
    [right] = made(here.officer.get(f"/rights?claim={number}"))["items"]
    proof = made(here.officer.post(f"/rights/{right['id']}/proofs", {"month": right["from_month"], "days": 30}), 201)
    assert (proof["kind"], proof["papers"]) == ("unfit", [])
    path = f"/proofs/{proof['id']}/papers"

    def letter(content: bytes, name: str = "surat.jpg") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, content, "image/jpeg")

    answer = sent_file(here.officer, path, "surat-dokter-1", file=letter(photo()))
    [paper] = made(answer, 201)["papers"]
    assert paper["media"] == "image/jpeg" and answer["Location"].endswith(f"/papers/{paper['id']}/file")
    file = here.officer.get(f"{path}/{paper['id']}/file")
    assert file.status_code == 200 and file.content.startswith(b"\xff\xd8") and len(file.content) == paper["bytes"]
    assert sent_file(here.officer, path, "surat-dokter-2", file=letter(b"bukan foto")).status_code == 422
    assert sent_file(here.far, path, "surat-dokter-3", file=letter(photo())).status_code == 404
    assert here.far.get(f"{path}/{paper['id']}/file").status_code == 404
    assert made(here.colleague.post(f"/proofs/{proof['id']}/judgement", {"accepted": True}))["papers"] == [paper]
    assert sent_file(here.officer, path, "surat-dokter-4", file=letter(photo((9, 9, 9)))).status_code == 422, "judged already"


def test_a_right_that_ends_asks_back_and_what_comes_back_is_booked(here: SimpleNamespace, right: dict[str, Any]) -> None:
    path = f"/rights/{right['id']}/ending"
    assert here.far.post(path, {"last_month": "2026-11", "reason": "meninggal dunia"}).status_code == 404
    told = made(here.officer.post(path, {"last_month": "2026-11", "reason": "meninggal dunia"}))
    assert (told["state"], told["because"]) == ("ended", "meninggal dunia")
    [over] = made(here.head.get("/overpayments"))["items"]
    assert (over["rupiah"], over["recovered_rupiah"], over["claim"], over["right"]) == (900_000, 0, right["claim"], right["id"])
    recover = f"/overpayments/{over['id']}/recoveries"
    assert made(here.head.post(recover, {"rupiah": 900_000, "reference": "setor 1"}))["recovered_rupiah"] == 900_000
    assert fields(here.head.post(recover, {"rupiah": 1, "reference": "setor 2"})) == ["rupiah"]
    assert made(here.head.get("/overpayments?open_only=true"))["items"] == []
    assert here.officer.post(recover, {"rupiah": 1, "reference": "setor 3"}).status_code == 403
