"""Receipts by hand through the API: entered with a proof, approved by another, and only then a payment."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from paid import ACCOUNT, billed, fields, made, pay, sent_file
from town import Api

pytestmark = pytest.mark.usefixtures("account")
PDF = b"%PDF-1.7 bukti"
_key = count(1)


def entered(api: Api, code: str, today: str, content: bytes = PDF, **given: Any) -> Any:
    """What was answered to a receipt that is sent."""
    told = {
        "account": ACCOUNT, "reference": "SLIP-1", "code": code, "amount_rupiah": "1000000", "paid_on": today,
        "region_code": str(cast.SIDOARJO), "note": "",
    }  # fmt: skip
    proof = SimpleUploadedFile("bukti.pdf", content)
    return sent_file(api, "/receipts", f"receipt-key-{next(_key):04d}", proof=proof, **{**told, **given})


def test_a_receipt_is_entered_with_its_proof_and_approved_by_another(town: SimpleNamespace) -> None:
    _firm, _bill, code = billed("PT Slip Contoh")
    answer = entered(town.as_officer, code, town.today, reference="9900110022003399", note="Loket")
    told = made(answer, 201)
    assert (told["state"], told["amount_rupiah"], told["code"], told["payment"]) == ("waiting", 1_000_000, code, None)
    assert (told["account"], told["reference"], told["note"]) == ("Bank Contoh •3456", "990 011 002 200 339 9", "Loket")
    path = f"/receipts/{told['id']}"
    assert answer.headers["Location"] == f"/api/v1{path}"
    proof = town.as_supervisor.get(f"{path}/proof")
    assert (proof.content, proof["Content-Type"]) == (PDF, "application/octet-stream")
    assert proof["Content-Disposition"] == 'attachment; filename="bukti.pdf"'
    assert town.as_officer.post(f"{path}/answer", {"approved": True}).status_code == 403, "no right"
    approved = made(town.as_supervisor.post(f"{path}/answer", {"approved": True}))
    assert approved["state"] == "approved"
    paid = made(town.as_officer.get(f"/payments/{approved['payment']}"))
    assert (paid["channel"], paid["amount_rupiah"], paid["code"]) == ("manual", 1_000_000, code)
    assert town.as_supervisor.post(f"{path}/answer", {"approved": True}).status_code == 422, "decided"
    for out_of_sight in (path, f"{path}/proof"):
        assert town.as_other_officer.get(out_of_sight).status_code == 404
    assert town.as_other_officer.get("/receipts").json()["items"] == []


def test_who_entered_does_not_approve_and_a_no_says_why(town: SimpleNamespace, second: Api) -> None:
    _firm, _bill, code = billed("PT Sendiri Contoh")
    told = made(entered(town.as_head, code, town.today, reference="SENDIRI-1"), 201)
    path = f"/receipts/{told['id']}/answer"
    assert town.as_head.post(path, {"approved": True}).status_code == 403
    assert fields(second.post(path, {"approved": False})) == ["reason"]
    refused = made(second.post(path, {"approved": False, "reason": "Bukti tidak terbaca"}))
    assert (refused["state"], refused["decision"], refused["payment"]) == ("refused", "Bukti tidak terbaca", None)


def test_what_the_bank_told_meanwhile_stays_the_only_payment(town: SimpleNamespace) -> None:
    _firm, _bill, code = billed("PT Kembar Contoh")
    same = made(entered(town.as_officer, code, town.today, reference="KEMBAR-1"), 201)
    other = made(entered(town.as_officer, code, town.today, reference="KEMBAR-2"), 201)
    pay(code, 1_000_000, "KEMBAR-1")
    pay(code, 2_000_000, "KEMBAR-2")
    assert town.as_supervisor.post(f"/receipts/{same['id']}/answer", {"approved": True}).status_code == 422
    assert town.as_supervisor.post(f"/receipts/{other['id']}/answer", {"approved": True}).status_code == 409, "another sum"
    assert made(town.as_officer.get(f"/receipts/{same['id']}"))["state"] == "waiting"
    assert fields(entered(town.as_officer, code, town.today, reference="KEMBAR-1")) == ["reference"]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"account": "99999"}, "account"), ({"reference": "dua kata"}, "reference"), ({"code": "123456789012345"}, "code"),
     ({"amount_rupiah": "1.000"}, "amount_rupiah"), ({"amount_rupiah": "0"}, "amount_rupiah"),
     ({"amount_rupiah": "1000000000001"}, "amount_rupiah"), ({"paid_on": "2020-01-01"}, "paid_on"),
     ({"paid_on": "besok"}, "paid_on"), ({"region_code": "9999"}, "region_code"), ({"content": b"MZ"}, "proof")],
    ids=str,
)  # fmt: skip
def test_what_is_entered_wrongly_is_refused_at_its_field(town: SimpleNamespace, given: dict[str, Any], field: str) -> None:
    _firm, _bill, code = billed("PT Isian Contoh")
    assert fields(entered(town.as_head, **{"code": code, "today": town.today, "reference": "ISIAN-1", **given})) == [field]


def test_an_office_enters_for_its_own_regency(town: SimpleNamespace) -> None:
    _firm, _bill, code = billed("PT Wilayah Contoh")
    assert entered(town.as_officer, code, town.today, region_code=str(cast.LUMAJANG)).status_code == 403
    assert entered(town.as_clerk_a, code, town.today).status_code == 403
    assert town.as_officer.get(f"/receipts/{'A' * 32}").status_code == 404


def test_the_same_key_enters_once_and_the_list_goes_on_where_it_ended(town: SimpleNamespace) -> None:
    _firm, _bill, code = billed("PT Ulang Contoh")
    ids = [made(entered(town.as_officer, code, town.today, reference=f"ULANG-{at}"), 201)["id"] for at in (1, 2)]
    page = made(town.as_officer.get("/receipts?limit=1"))
    assert [one["id"] for one in page["items"]] == ids[1:]
    after = made(town.as_officer.get(f"/receipts?limit=1&cursor={page['next']}"))
    assert [one["id"] for one in after["items"]] == ids[:1]
    assert fields(entered(town.as_officer, code, town.today, reference="ULANG-1")) == ["reference"], "it waits already"
