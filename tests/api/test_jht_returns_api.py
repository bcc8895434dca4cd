"""The JHT return through the API: a deposit rate, the year so far, a proposal and its decision."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cast
import pytest
from town import Api, token_of

FLOOR = {"from_month": "2026-07", "rate_ppm": 32_500, "source": "https://contoh.example/suku-bunga"}
NEW = {"number": "HJ/API/1", "from_month": "2026-07", "rate_ppm": 56_000, "reason": "Sesuai hasil"}
DECREE = {"adopted": True, "decree": "KEP/1", "decreed_on": "2026-07-01"}


@pytest.fixture(scope="module")
def house(town: SimpleNamespace) -> SimpleNamespace:
    """The actuary and the chief beside the town's people."""
    with cast.everyone():
        users = {name: cast.user(f"api.{name}", name) for name in ("actuary", "chief", "dealer")}
    return SimpleNamespace(
        as_head=town.as_head, as_worker=town.as_worker, **{f"as_{name}": Api(token_of(one)) for name, one in users.items()}
    )


def test_nothing_is_proposed_before_a_floor_is_known_nor_below_it(house: SimpleNamespace) -> None:
    refused = house.as_actuary.post("/jht/proposals", NEW)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "from_month")
    made = house.as_actuary.post("/jht/floors", FLOOR)
    assert (made.status_code, made.json()["state"], made.json()["to_month"]) == (201, "waiting", "2026-12")
    at = f"/jht/floors/{made.json()['id']}"
    assert house.as_actuary.post(f"{at}/answer", {"confirmed": True}).status_code == 403
    assert house.as_chief.post(f"{at}/answer", {"confirmed": True}).json()["state"] == "confirmed"
    assert house.as_dealer.get(at).json()["rate_ppm"] == 32_500
    assert [one["id"] for one in house.as_dealer.get("/jht/floors").json()["items"]] == [made.json()["id"]]
    low = house.as_actuary.post("/jht/proposals", {**NEW, "rate_ppm": 32_499})
    assert (low.status_code, low.json()["errors"][0]["field"]) == (422, "rate")


def test_a_proposal_is_made_once_and_adopted_by_another(house: SimpleNamespace) -> None:
    made = house.as_actuary.post("/jht/proposals", NEW)
    told: dict[str, Any] = made.json()
    assert (made.status_code, told["state"], told["basis_month"], told["figures"]["least_ppm"]) == (
        201, "waiting", "2026-06", 32_500,
    )  # fmt: skip
    assert house.as_actuary.post("/jht/proposals", NEW).json()["id"] == told["id"]
    assert house.as_actuary.post("/jht/proposals", {**NEW, "rate_ppm": 57_000}).status_code == 422
    at = f"/jht/proposals/{told['id']}"
    assert house.as_actuary.post(f"{at}/answer", DECREE).status_code == 403
    assert house.as_head.post(f"/jht/rates/{told['rate']}/answer", {"confirmed": True}).status_code == 403
    assert house.as_chief.post(f"{at}/answer", {"adopted": True}).status_code == 422
    done = house.as_chief.post(f"{at}/answer", DECREE).json()
    assert (done["state"], done["decree"]) == ("adopted", "KEP/1")
    assert house.as_head.get(f"/jht/rates/{told['rate']}").json()["decree"] == "KEP/1"
    assert [one["number"] for one in house.as_dealer.get("/jht/proposals").json()["items"]] == ["HJ/API/1"]


def test_the_year_is_for_those_who_read_the_books(house: SimpleNamespace) -> None:
    told = house.as_dealer.get("/jht/year?until=2026-06").json()
    assert {one["account"]: one["counts"] for one in told["sources"]} == {
        "investment_income:jht": 1, "realised:jht": 1, "investment_cost:jht": -1, "unrealised:jht": 0,
    }  # fmt: skip
    assert told["until"] == "2026-06" and told["reserve_ppm"] == 50_000
    for path in ("/jht/year", "/jht/floors", "/jht/proposals"):
        assert house.as_worker.get(path).status_code == 403
    assert house.as_dealer.get(f"/jht/floors/{'A' * 32}").status_code == 404
    assert house.as_dealer.get(f"/jht/proposals/{'A' * 32}").status_code == 404
