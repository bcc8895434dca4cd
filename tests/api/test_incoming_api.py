"""Money that came, through the API: listed, looked at, given to its owner by two people, taken back by the bank."""

from __future__ import annotations

from types import SimpleNamespace

import cast
import pytest
from paid import ACCOUNT, billed, fields, made, pay
from town import Api

pytestmark = pytest.mark.usefixtures("account")
NOBODY = "A" * 32


def test_a_payment_is_told_with_the_bills_it_paid_and_what_is_free(town: SimpleNamespace) -> None:
    firm, bill, code = billed()
    id = pay(code, bill.total_rupiah + 5_000, "9900110022003300")
    told = made(town.as_officer.get(f"/payments/{id}"))
    assert (told["amount_rupiah"], told["used_rupiah"]) == (bill.total_rupiah + 5_000, bill.total_rupiah)
    assert (told["free_rupiah"], told["refunded_rupiah"]) == (5_000, 0)
    assert (told["state"], told["payer"], told["name"], told["code"]) == ("partly", "employer", firm.name, code)
    [use] = told["uses"]
    assert (use["code"], use["total_rupiah"], sum(use["parts"].values())) == (code, bill.total_rupiah, bill.total_rupiah)
    assert (told["reference"], told["account"]) == ("990 011 002 200 330 0", "Bank Contoh •3456")
    assert ACCOUNT not in str(told)
    assert len(told["groups"]) == 1 and told["matches"] == told["refunds"] == [] and told["returned"] is None


def test_payments_are_filtered_by_what_is_asked(town: SimpleNamespace) -> None:
    firm, bill, code = billed("PT Saring Contoh")
    paid, over, strange = pay(code, bill.total_rupiah), pay(code, 7_000), pay("123", 70_000, "ASING-1")

    def ids(api: Api, asked: str) -> list[str]:
        return [one["id"] for one in made(api.get(f"/payments?{asked}&limit=200"))["items"]]

    head = town.as_head
    assert set(ids(head, f"code={code}")) == set(ids(head, f"employer={firm.npp}")) == {paid, over}
    assert ids(head, f"employer={firm.npp}&state=free") == [over]
    assert strange in ids(head, "state=unknown") and not {paid, over} & set(ids(head, "state=unknown"))
    assert {paid, over, strange} <= set(ids(head, "channel=webhook"))
    assert ids(head, f"employer={firm.npp}&channel=manual") == ids(head, f"employer={firm.npp}&state=returned") == []
    assert ids(head, f"sponsor={town.payer.number}") == ids(head, f"kpj={town.ani.kpj}") == []
    assert ids(town.as_officer, "state=unknown") == [], "money of nobody known is the head office's"
    assert head.get("/payments?state=other").status_code == 422
    for number in (head.get(f"/payments/{paid}").json()["number"], code):
        assert paid in [one["id"] for one in made(head.post("/payments/search", {"text": number}))["items"]]
    assert [one["id"] for one in made(head.post("/payments/search", {"text": "ASING-1"}))["items"]] == [strange]
    assert made(town.as_other_officer.post("/payments/search", {"text": code})) == {"items": [], "more": False}


def test_the_list_goes_on_where_it_ended(town: SimpleNamespace) -> None:
    firm, bill, code = billed("PT Halaman Contoh")
    newest_first = [pay(code, rupiah) for rupiah in (bill.total_rupiah, 1_000, 2_000)][::-1]
    found, path = [], f"/payments?employer={firm.npp}&limit=1"
    cursor = ""
    while cursor is not None:
        page = made(town.as_officer.get(f"{path}&cursor={cursor}" if cursor else path))
        found += [one["id"] for one in page["items"]]
        cursor = page["next"]
    assert found == newest_first
    first = town.as_officer.get(path).json()["next"]
    assert fields(town.as_officer.get(f"/payments?limit=1&cursor={first}")) == ["cursor"]


@pytest.mark.parametrize("who", ["clerk_a", "boss_a", "payer", "worker", "researcher", "auditor"])
def test_money_is_of_those_who_take_it(town: SimpleNamespace, who: str) -> None:
    api = getattr(town, f"as_{who}")
    for path in ("/payments", f"/payments/{NOBODY}", "/payment-matches", "/refunds", "/receipts", "/bank-statements"):
        assert api.get(path).status_code == 403, path
    for path in (f"/payments/{NOBODY}/bounce", f"/payments/{NOBODY}/matches", f"/refunds/{NOBODY}/answer"):
        assert api.post(path, {"reason": "x"}).status_code == 403, path


def test_a_payment_out_of_sight_is_as_if_it_were_not_there(town: SimpleNamespace) -> None:
    _firm, bill, code = billed("PT Jauh Contoh")
    id, answer = pay(code, bill.total_rupiah + 1), {"amount_rupiah": 1, "code": code, "reason": "x"}
    for there in (id, NOBODY):
        assert town.as_other_officer.get(f"/payments/{there}").status_code == 404
        assert town.as_other_officer.get(f"/refunds?payment={there}").status_code == 404
        assert town.as_other_officer.post(f"/payments/{there}/matches", answer).status_code == 404
    assert town.as_head.get(f"/payment-matches/{NOBODY}").status_code == 404


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_unknown_money_is_proposed_by_one_and_confirmed_by_another(town: SimpleNamespace, second: Api) -> None:
    firm, bill, code = billed("PT Temuan Contoh")
    id = pay("", bill.total_rupiah)
    answer = town.as_head.post(f"/payments/{id}/matches", {"code": code, "reason": "Bukti transfer"})
    told = made(answer, 201)
    assert (told["state"], told["whole"], told["payer"], told["name"]) == ("waiting", True, "employer", firm.name)
    path = f"/payment-matches/{told['id']}"
    assert answer.headers["Location"] == f"/api/v1{path}"
    assert town.as_head.post(f"/payments/{id}/matches", {"code": code, "reason": "lagi"}).status_code == 422, "it waits"
    assert [one["id"] for one in made(second.get(f"/payment-matches?payment={id}&waiting=true"))["items"]] == [told["id"]]
    assert town.as_head.post(f"{path}/answer", {"approved": True}).status_code == 403, "their own"
    assert fields(second.post(f"{path}/answer", {"approved": False})) == ["reason"]
    assert made(second.post(f"{path}/answer", {"approved": True}))["state"] == "approved"
    assert second.post(f"{path}/answer", {"approved": True}).status_code == 422, "decided"
    whole = made(town.as_head.get(f"/payments/{id}"))
    assert (whole["state"], whole["name"], [one["code"] for one in whole["uses"]]) == ("allocated", firm.name, [code])
    assert [one["state"] for one in whole["matches"]] == ["approved"]
    assert made(second.get(f"/payment-matches?payment={id}&waiting=true"))["items"] == []
    assert town.as_officer.get(path).status_code == 200, "the payer is theirs"
    assert town.as_other_officer.get(path).status_code == 404


def test_a_proposal_is_refused_at_its_field(town: SimpleNamespace, second: Api) -> None:
    _firm, _bill, code = billed("PT Keliru Contoh")
    id = pay("", 90_000)
    path, right = f"/payments/{id}/matches", {"code": code, "reason": "Bukti"}
    assert fields(town.as_head.post(path, {**right, "amount_rupiah": 90_001})) == ["amount_rupiah"]
    assert fields(town.as_head.post(path, {**right, "amount_rupiah": 0})) == ["amount_rupiah"]
    assert fields(town.as_head.post(path, {**right, "code": "123456789012345"})) == ["code"]
    assert fields(town.as_head.post(path, {**right, "reason": ""})) == ["reason"]
    assert fields(town.as_head.post(path, {**right, "reason": " "})) == ["reason"]
    told = made(town.as_head.post(path, {**right, "amount_rupiah": 40_000}), 201)
    assert (told["whole"], told["amount_rupiah"]) == (False, 40_000)
    answer = {"approved": False, "reason": "Bukan miliknya"}
    refused = made(second.post(f"/payment-matches/{told['id']}/answer", answer))
    assert (refused["state"], refused["decision"]) == ("refused", "Bukan miliknya")
    pages = [made(second.get("/payment-matches?limit=1"))]
    pages.append(made(second.get(f"/payment-matches?limit=1&cursor={pages[0]['next']}")))
    assert pages[0]["items"] != pages[1]["items"] and len(pages[1]["items"]) == 1


# --- what the bank took back ------------------------------------------------------------------------------------------


def test_what_the_bank_took_back_is_owed_again(town: SimpleNamespace) -> None:
    _firm, bill, code = billed("PT Tarik Contoh")
    id = pay(code, bill.total_rupiah)
    path = f"/payments/{id}/bounce"
    assert town.as_officer.post(path, {"reason": "Dana kurang"}).status_code == 403
    assert fields(town.as_supervisor.post(path, {"reason": " "})) == ["reason"]
    assert town.as_supervisor.post(f"/payments/{NOBODY}/bounce", {"reason": "x"}).status_code == 404
    told = made(town.as_supervisor.post(path, {"reason": "Dana kurang"}))
    assert (told["state"], told["used_rupiah"], told["returned"]["reason"]) == ("returned", 0, "Dana kurang")
    assert [one["total_rupiah"] for one in told["uses"]] == [bill.total_rupiah, -bill.total_rupiah]
    assert made(town.as_officer.get(f"/bills/{code}"))["left_rupiah"] == bill.total_rupiah
    assert town.as_supervisor.post(path, {"reason": "lagi"}).status_code == 422


def test_a_look_at_somebodys_own_payment_is_in_the_trail(town: SimpleNamespace) -> None:
    from django.utils import timezone

    from jamsostek.collection.actions import bills
    from jamsostek.collection.codes import code_of
    from jamsostek.core.months import month_of
    from jamsostek.registry.actions.sponsors import Covering, cover_oneself

    today = timezone.localdate()
    with cast.everyone():
        person = cast.participant("Nelayan Bayar")
        cover_oneself(Covering(person.pk, month_of(today), 1_000_000, "Nelayan"))
        bill = bills.bill_person(participant_id=person.pk, from_month=month_of(today), months=1, today=today)
    id = pay(code_of(bill.number), bill.total_rupiah)
    assert made(town.as_officer.get(f"/payments/{id}"))["name"] == person.name
    assert [one["id"] for one in made(town.as_officer.get(f"/payments?kpj={person.kpj}"))["items"]] == [id]
    trail = made(town.as_auditor.get(f"/participants/{person.kpj}/trail"))["items"]
    assert ("Officer", "look") in [(one["actor"], one["action"]) for one in trail]
