"""Months looked at again through the API: asked, previewed, decided by another."""

from __future__ import annotations

from types import SimpleNamespace

import cast
import pytest
from django.utils import timezone
from town import Api, token_of

NEW = {"first_month": "2026-08", "last_month": "2026-09", "region_code": cast.SIDOARJO, "reason": "Upah keliru"}


def work() -> None:
    """What the job does."""
    from jamsostek.collection.actions import reassessment

    with cast.everyone():
        there = reassessment.open_reassessments()
    for one in there:
        reassessment.work(one, today=cast.TODAY, now=timezone.now)


@pytest.fixture
def wrong(town: SimpleNamespace) -> SimpleNamespace:
    """A firm whose wage was wrong in two months that were billed, and a second head office."""
    from jamsostek.collection.actions import bills
    from jamsostek.registry.actions.employ import change_wage

    with cast.everyone():
        firm, worker = cast.employer("PT Salah Lapor"), cast.participant("Pekerja Naik")
        job = cast.works(worker, firm, 202608)
        for month in (202608, 202609):
            bills.bill_employer(employer_id=firm.pk, month=month, today=cast.TODAY)
        change_wage(employment_id=job, from_month=202608, wage_rupiah=9_000_000)
        second = cast.user("pusat-kedua", "head_office")
    return SimpleNamespace(firm=firm, first=town.as_head, second=Api(token_of(second)))


def test_it_is_asked_by_one_decided_by_another_and_billed(town: SimpleNamespace, wrong: SimpleNamespace) -> None:
    answer = wrong.first.post("/reassessments", NEW)
    made = answer.json()
    assert (answer.status_code, made["state"], made["first_month"], made["last_month"]) == (201, "looking", "2026-08", "2026-09")
    path = answer.headers["Location"].removeprefix("/api/v1")
    assert wrong.second.post(f"{path}/answer", {"approved": True}).status_code == 422, "not computed yet"
    work()
    told = wrong.second.get(path).json()
    assert (told["state"], told["payers"], told["billed"]) == ("ready", 2, 0)
    assert next(one["more_rupiah"] for one in told["funds"] if one["fund"] == "jht") > 0
    rows = wrong.second.get(f"{path}/items").json()["items"]
    assert [(one["payer"], one["number"], one["month"]) for one in rows] == [
        ("employer", wrong.firm.npp, "2026-08"), ("employer", wrong.firm.npp, "2026-09"),
    ]  # fmt: skip
    assert sum(one["jht_rupiah"] for one in rows) == told["funds"][2]["more_rupiah"]
    page = wrong.second.get(f"{path}/items?limit=1").json()
    assert wrong.second.get(f"{path}/items?limit=1&cursor={page['next']}").json()["items"] == rows[1:]
    assert wrong.first.post(f"{path}/answer", {"approved": True}).status_code == 422
    assert wrong.second.post(f"{path}/answer", {"approved": True}).json()["state"] == "approved"
    work()
    assert wrong.first.get(path).json()["billed"] == 2
    codes = [one["payment_code"] for one in wrong.first.get(f"{path}/items").json()["items"]]
    assert [wrong.first.get(f"/bills/{code}").status_code for code in codes] == [200, 200]
    assert [one["id"] for one in wrong.first.get("/reassessments").json()["items"]] == [made["id"]]


@pytest.mark.parametrize(
    ("given", "field"),
    [({"last_month": "2026-07"}, "last_month"), ({"first_month": "2024-01"}, "last_month"), ({"region_code": 9}, "region_code"),
     ({"reason": ""}, "reason"), ({"first_month": "2026-13"}, "first_month")],
    ids=str,
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused_at_its_field(town: SimpleNamespace, given: dict[str, object], field: str) -> None:
    answer = town.as_head.post("/reassessments", {**NEW, **given})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("who", ["clerk_a", "boss_a", "payer", "officer", "worker", "researcher", "auditor"])
def test_it_is_of_those_who_run_the_month(town: SimpleNamespace, who: str) -> None:
    assert getattr(town, f"as_{who}").get("/reassessments").status_code == 403
    assert getattr(town, f"as_{who}").post("/reassessments", NEW).status_code == 403
