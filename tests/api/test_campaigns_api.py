"""Outreach through the API: a campaign, its meetings, who came and how far they came; nothing of other regions."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.utils import timezone
from town import Api, token_of

from tests.outreach.reached import VILLAGE, runner


def day(later: int = 0) -> str:
    return (timezone.localdate() + dt.timedelta(days=later)).isoformat()


PLAN: dict[str, Any] = {
    "region_code": cast.SIDOARJO, "title": "Nelayan terlindungi", "goal": "Seratus nelayan terdaftar", "audience": ["fishers"],
    "from_on": day(-1), "to_on": day(30), "budget_rupiah": 12_000_000, "owner": "Dinas",
}  # fmt: skip
MEETING: dict[str, Any] = {
    "village_code": VILLAGE, "on_date": day(), "at_time": "19:30", "hall": "Balai Desa", "speaker": "Ibu Contoh",
    "language": "Jawa", "wheelchair": True, "sign": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def outreach(town: SimpleNamespace) -> SimpleNamespace:
    with cast.everyone():
        mine, far = runner(), runner(cast.LUMAJANG)
    return SimpleNamespace(mine=Api(token_of(mine)), far=Api(token_of(far)), office=town.as_officer)


def test_from_a_campaign_to_who_came(outreach: SimpleNamespace) -> None:
    api = outreach.mine
    made = api.post("/campaigns", PLAN)
    assert made.status_code == 201, made.content
    path = f"/campaigns/{made.json()['number']}"
    held = api.post(f"{path}/meetings", MEETING)
    assert held.status_code == 201, held.content
    number = held.json()["number"]
    assert len(held.json()["code"]) == 6 and held.json()["at_time"] == "19:30:00"
    people = [{"sex": "f", "name": f"Siti {at}", "phone": "0812345678", "consent": at == 0} for at in range(6)]
    assert api.post(f"/meetings/{number}/attendance", {"people": people}).json() == {"written": 6}
    assert api.post(f"/meetings/{number}/attendance", {"people": people}).json() == {"written": 0}
    told = api.get(f"/meetings/{number}")
    assert (told.json()["women"], told.json()["written"]) == (6, True) and b"Siti" not in told.content
    refused = api.post(f"/meetings/{number}/count", {"men": 1, "women": 2})
    assert refused.status_code == 422 and "one by one" in refused.content.decode()
    (line,) = api.get("/campaign-results").json()["items"]
    assert (line["attended"], line["registered"]) == (6, 0)
    assert [one["number"] for one in api.get(f"{path}/meetings").json()["items"]] == [number]
    assert outreach.office.get(path).status_code == 200, "an office sees it"
    assert outreach.office.post(f"/meetings/{number}/count", {"men": 1, "women": 2}).status_code == 403


def test_another_region_finds_nothing(outreach: SimpleNamespace) -> None:
    number = outreach.mine.post("/campaigns", {**PLAN, "title": "Kampanye lain"}).json()["number"]
    assert outreach.far.get(f"/campaigns/{number}").status_code == 404
    assert outreach.far.get("/campaigns").json()["items"] == []
    assert outreach.far.post(f"/campaigns/{number}/meetings", MEETING).status_code == 404
    assert outreach.far.post("/campaigns", PLAN).status_code == 403


@pytest.mark.parametrize(("wrong", "field"), [
    ({"audience": []}, "audience"), ({"audience": ["kings"]}, "audience"), ({"budget_rupiah": -1}, "budget_rupiah"),
    ({"to_on": "2020-01-01"}, "to_on"), ({"region_code": 9999}, "region_code"),
])  # fmt: skip
def test_what_is_wrong_is_told_by_its_field(outreach: SimpleNamespace, wrong: dict[str, Any], field: str) -> None:
    answer = outreach.mine.post("/campaigns", {**PLAN, **wrong})
    assert answer.status_code == 422 and any(one["field"].startswith(field) for one in answer.json()["errors"]), answer.content
