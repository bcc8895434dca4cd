"""Refunds through the API: asked by one, decided by another, paid out; the account's number is told to nobody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from paid import billed, fields, made, pay
from town import Api

pytestmark = pytest.mark.usefixtures("account")
NEW = {
    "amount_rupiah": 90_000, "account_bank": "BRI", "account_name": "PT Contoh", "account_number": "0001 0002 0003",
    "reason": "Surat permohonan",
}  # fmt: skip


@pytest.fixture
def overpaid(town: SimpleNamespace) -> str:
    """A payment with 90,000 rupiah that no bill took."""
    _firm, bill, code = billed("PT Lebih Contoh")
    return pay(code, bill.total_rupiah + 90_000)


def asked(api: Api, payment: str, **given: Any) -> Any:
    return made(api.post(f"/payments/{payment}/refunds", {**NEW, **given}), 201)


def test_a_refund_is_asked_decided_by_another_and_paid_out(town: SimpleNamespace, overpaid: str) -> None:
    answer = town.as_officer.post(f"/payments/{overpaid}/refunds", NEW)
    told = made(answer, 201)
    assert (told["state"], told["amount_rupiah"], told["payment"], told["mark"]) == ("waiting", 90_000, overpaid, None)
    assert "00010002" not in answer.content.decode() and "0001 0002" not in answer.content.decode()
    path = f"/refunds/{told['id']}"
    assert answer.headers["Location"] == f"/api/v1{path}"
    assert town.as_officer.post(f"{path}/answer", {"approved": True}).status_code == 403, "no right"
    assert town.as_supervisor.post(f"{path}/payout", {"paid_on": town.today, "reference": "OUT1"}).status_code == 422
    approved = made(town.as_supervisor.post(f"{path}/answer", {"approved": True, "reason": "Sesuai"}))
    assert (approved["state"], approved["decision"], approved["mark"][:3]) == ("approved", "Sesuai", "PGB")
    assert made(town.as_officer.get(f"/payments/{overpaid}"))["refunds"] == [approved]
    assert fields(town.as_officer.post(f"{path}/payout", {"paid_on": "2100-01-01", "reference": "OUT1"})) == ["paid_on"]
    paid = made(town.as_officer.post(f"{path}/payout", {"paid_on": town.today, "reference": "9900110022003300"}))
    assert (paid["state"], paid["paid_on"], paid["mark"]) == ("paid", town.today, None)
    assert paid["paid_reference"] == "990 011 002 200 330 0"
    assert made(town.as_officer.get(f"/payments/{overpaid}"))["refunded_rupiah"] == 90_000
    assert town.as_officer.get(path).json() == paid
    assert town.as_other_officer.get(path).status_code == 404
    assert town.as_other_officer.post(f"{path}/payout", {"paid_on": town.today, "reference": "X"}).status_code == 404


def test_who_asked_does_not_decide(town: SimpleNamespace, overpaid: str, second: Api) -> None:
    one = asked(town.as_head, overpaid)
    assert town.as_head.post(f"/refunds/{one['id']}/answer", {"approved": True}).status_code == 403
    assert fields(second.post(f"/refunds/{one['id']}/answer", {"approved": False})) == ["reason"]
    refused = made(second.post(f"/refunds/{one['id']}/answer", {"approved": False, "reason": "Belum ada surat"}))
    assert (refused["state"], refused["decision"]) == ("refused", "Belum ada surat")
    assert made(second.get(f"/payments/{overpaid}"))["free_rupiah"] == 90_000


@pytest.mark.parametrize(
    ("given", "field"),
    [({"amount_rupiah": 90_001}, "amount_rupiah"), ({"amount_rupiah": 0}, "amount_rupiah"),
     ({"amount_rupiah": "1"}, "amount_rupiah"), ({"account_number": "12"}, "account_number"),
     ({"account_name": " "}, "account_name"), ({"account_bank": ""}, "account_bank"), ({"reason": " "}, "reason")],
    ids=str,
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused_at_its_field(
    town: SimpleNamespace, overpaid: str, given: dict[str, Any], field: str
) -> None:
    answer = town.as_officer.post(f"/payments/{overpaid}/refunds", {**NEW, **given})
    assert fields(answer) == [field]
    assert made(town.as_officer.get(f"/refunds?payment={overpaid}"))["items"] == []


def test_the_list_goes_on_where_it_ended_and_is_of_one_payment_where_asked(town: SimpleNamespace, overpaid: str) -> None:
    refused = {"approved": False, "reason": "Salah"}
    ids = []
    for rupiah in (10_000, 20_000):
        one = asked(town.as_officer, overpaid, amount_rupiah=rupiah)
        assert town.as_officer.post(f"/payments/{overpaid}/refunds", NEW).status_code == 422, "one waits already"
        made(town.as_supervisor.post(f"/refunds/{one['id']}/answer", refused))
        ids.append(one["id"])
    path = f"/refunds?payment={overpaid}&limit=1"
    page = made(town.as_officer.get(path))
    assert [one["id"] for one in page["items"]] == ids[:0:-1]
    rest = made(town.as_officer.get(f"{path}&cursor={page['next']}"))
    assert [one["id"] for one in rest["items"]] == ids[:1] and rest["next"] is None
    assert set(ids) <= {one["id"] for one in made(town.as_officer.get("/refunds?limit=200"))["items"]}
    assert made(town.as_other_officer.get("/refunds"))["items"] == []
