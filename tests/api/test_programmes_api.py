"""The movement's programmes through the API: a rule, money, candidates, a list by decree; nothing of other regions."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from town import Api, token_of

from jamsostek.core.months import add_months, month_of
from jamsostek.outreach.actions import decrees
from jamsostek.outreach.models import Decree
from tests import cast
from tests.outreach import movement
from tests.outreach.test_registers import HOME, officer

RULE = {
    "region_code": HOME, "name": "Urutan", "regulation": "Perbup contoh",
    "criteria": [{"field": "decile", "values": {"1": 40, "2": 30}}, {"field": "children_school", "each": 3, "most": 9}],
}  # fmt: skip
SOURCE = {
    "key": "apbd", "kind": "apbd", "title": "APBD", "rupiah": 4 * 201_600, "from_month": "2027-01", "to_month": "2027-12",
}  # fmt: skip


@pytest.fixture(scope="module")
def region(module_db: Any) -> SimpleNamespace:
    """A region with a linked register of six, and people who ask."""
    with cast.everyone():
        sponsor = cast.sponsor()
        for one in movement.poor(40, 200):
            cast.participant(one.name, birth_date=one.born, sex="f", nik=one.number, village_code=None)
    register = movement.registered(*movement.poor(6), movement.Poor("Tanpa Nomor", nik=""))
    movement.linked(register)
    return SimpleNamespace(
        sponsor=sponsor, register=register, officer=Api(token_of(officer())), head=Api(token_of(movement.head())),
        far=Api(token_of(officer(3516))),
    )  # fmt: skip


def test_from_a_rule_to_a_list_by_decree(region: SimpleNamespace) -> None:
    rule = region.officer.post("/priority-rules", RULE)
    assert rule.status_code == 201, rule.content
    path = f"/priority-rules/{rule.json()['id']}"
    assert region.officer.post(f"{path}/adoption").status_code == 403
    assert region.head.post(f"{path}/adoption").json()["adopted_on"] is not None
    assert region.far.get(path).status_code == 404 and region.far.get("/priority-rules").json()["items"] == []

    given = {
        "region_code": HOME, "title": "Program contoh", "year": 2027, "sponsor": region.sponsor.number, "rule": rule.json()["id"],
        "regulation": "Perbup contoh", "deciles": [1, 2, 3, 4],
    }  # fmt: skip
    assert region.officer.post("/programmes", {**given, "sponsor": "99999999999"}).status_code == 422
    assert region.far.post("/programmes", given).status_code == 403
    made = region.officer.post("/programmes", given)
    assert made.status_code == 201, made.content
    path = f"/programmes/{made.json()['number']}"
    money = region.officer.post(f"{path}/sources", {"sources": [SOURCE]}).json()["sources"]
    assert (money[0]["each_rupiah"], money[0]["left_rupiah"]) == (201_600, 4 * 201_600)
    assert region.officer.post(f"{path}/funding", {}).status_code == 422
    assert region.head.post(f"{path}/opening").json()["state"] == "open"
    assert region.officer.post(f"{path}/intakes", {"register_number": region.register.number}).json()["state"] == "waiting"
    work(region)
    assert region.officer.get(path).json()["people"] == {"proposed": 7}

    people = region.officer.get(f"{path}/candidates?state=proposed").json()["items"]
    missing = next(one for one in people if one["answers"]["has_nik"] == 0)
    told = region.officer.post(f"/candidates/{missing['id']}/telling", {"alive": False, "reason": "Kata kepala dusun"}).json()
    assert (told["state"], told["answers"]["alive"]) == ("refused", -1)
    assert [step["state"] for step in told["steps"]] == ["proposed", "refused"]
    assert region.far.get(f"/candidates/{missing['id']}").status_code == 404
    assert region.officer.post(f"{path}/verification", {}).json() == {"count": 6}
    given = {"funded": 4, "waiting": 2, "elsewhere": 0, "rupiah": 4 * 201_600}
    assert region.officer.post(f"{path}/funding", {}).json() == given

    decree = region.officer.post(f"{path}/decrees", {"title": "Lampiran I"})
    assert decree.status_code == 201, decree.content
    path = f"/decrees/{decree.json()['code']}"
    assert region.far.get(path).status_code == 404
    lines = region.officer.get(f"{path}/people").json()["items"]
    assert len(lines) == 4 and all("*" in one["nik"] for one in lines)
    assert region.officer.get(f"{path}/annex").content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(region.officer.get(f"{path}/annex?form=xlsx").content))
    assert len(book.sheetnames) == 3
    assert region.head.post(f"{path}/approval", {"number": "188/1"}).json()["state"] == "approved"
    assert region.officer.post(f"{path}/withdrawal", {"reason": "x"}).status_code == 422


def test_cards_of_an_enrolled_list_come_village_by_village(region: SimpleNamespace) -> None:
    month = month_of(timezone.localdate())
    register = movement.registered(*movement.poor(4, 60), title="Daftar lain")
    movement.linked(register)
    made = movement.programme(first=month, last=add_months(month, 1), sponsor=region.sponsor)
    movement.taken(made, register)
    movement.funded(made)
    decree = region.officer.post(f"/programmes/{made.number}/decrees", {"title": "Lampiran II"}).json()
    path, here = f"/decrees/{decree['code']}/cards", {"village": movement.VILLAGES[0]}
    early = region.officer.post(path, here)
    assert early.status_code == 422 and "not enrolled yet" in early.content.decode()
    region.head.post(f"/decrees/{decree['code']}/approval", {"number": "188/2"})
    with cast.everyone():
        row = Decree.objects.get(code=decree["code"])
    decrees.enrol(row.pk, now=timezone.now(), today=timezone.localdate())
    assert region.far.post(path, here).status_code == 404
    given = region.officer.post(path, here)
    assert given.status_code == 201, given.content
    assert len(given.json()["items"]) == 2 and given.json()["next"] is None
    assert all(one["token"].startswith("JK1:") for one in given.json()["items"])
    assert len(region.officer.post(path, {**here, "start": 2}).json()["items"]) == 1
    assert region.officer.post(path, {"village": 3515511009}).json()["items"] == []


def work(region: SimpleNamespace) -> None:
    """What the worker does."""
    from jamsostek.outreach.actions import candidates
    from jamsostek.outreach.models import Intake

    with cast.everyone():
        waiting = list(Intake.objects.values_list("pk", flat=True))
    for one in waiting:
        candidates.take(one, now=timezone.now())


def test_a_budget_is_reckoned_to_the_rupiah_and_kept_nowhere(region: SimpleNamespace) -> None:
    asked = {"sources": [{**SOURCE, "rupiah": 1_008_000_000}], "people": 6_000}
    told = region.officer.post("/budget-plans", asked).json()
    assert (told["funded"], told["waiting"], told["rupiah"]) == (5_000, 1_000, 1_008_000_000)
    told = region.officer.post("/budget-plans", {**asked, "package": "jkk_jkm_jht"}).json()
    assert told["sources"][0]["each_rupiah"] == 12 * 36_800
    assert region.officer.post("/budget-plans", {**asked, "people": -1}).status_code == 422
