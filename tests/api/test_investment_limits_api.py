"""Limits of investments through the API: as they stand, a trade tried, breaches and limits of the board by two."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import cast
import pytest
from town import Api, token_of

from tests.fund import holding


@pytest.fixture(scope="module")
def funds(town: SimpleNamespace) -> SimpleNamespace:
    """A fund with a share that grew beyond its limit, and who deals with it."""
    house = holding.House()
    house.money("jht", 10**12)
    with cast.everyone():
        bond, stock = holding.paper("SUN1"), holding.share("SAHM")
    house.carried(instrument_id=bond, quantity=960)
    house.carried(instrument_id=stock, quantity=40_000, price=Decimal(1_000))
    with cast.everyone():
        holding.price(stock, dt.date(2026, 2, 27), 2_000)
        tokens = {role: Api(token_of(house.people[role])) for role in ("dealer", "risk", "settlement", "chief")}
    return SimpleNamespace(house=house, town=town, **tokens)


def found(funds: SimpleNamespace, rule: str, on: str = "") -> dict[str, object]:
    told = funds.dealer.get(f"/funds/jht/limits{f'?on={on}' if on else ''}").json()
    (one,) = (one for one in told["items"] if one["rule"] == rule)
    return one  # type: ignore[no-any-return]


def test_limits_stand_with_their_article_and_the_room_that_is_left(funds: SimpleNamespace) -> None:
    one = found(funds, "equity.issuer")
    assert (one["subject"], one["held_rupiah"], one["base_rupiah"], one["share_ppm"], one["limit_rupiah"], one["broken"]) == (
        "PTCONTOH", 80_000_000, 1_040_000_000, 76_923, 52_000_000, True
    )  # fmt: skip
    assert one["room_rupiah"] == -29_473_685  # (52,000,000 - 80,000,000) / 0.95
    assert (one["article"], one["grade"]) == ("Pasal 37 ayat (1) huruf c", "gazette")
    before = found(funds, "equity.issuer", "2026-02-26")
    assert (before["held_rupiah"], before["base_rupiah"], before["broken"]) == (40_000_000, 1_000_000_000, False)
    assert funds.dealer.get("/funds/jht/limits?on=2090-01-01").status_code == 422
    assert funds.dealer.get("/funds/lain/limits").status_code == 422
    assert funds.town.as_worker.get("/funds/jht/limits").status_code == 403


def test_a_trade_is_tried_without_being_written(funds: SimpleNamespace) -> None:
    path = "/funds/jht/limits/trial?side=buy&quantity=1"
    told = funds.dealer.get(f"{path}&instrument=SAHM&amount_rupiah=1").json()
    (one,) = (one for one in told["items"] if one["rule"] == "equity.issuer")
    assert told["breaches"] == 1 and (one["breach"], one["after_rupiah"], one["broken_before"]) == (True, 80_000_001, True)
    assert funds.dealer.get(f"{path}&instrument=SUN1&amount_rupiah=1").json()["breaches"] == 0
    assert funds.dealer.get(f"{path}&instrument=TIDAKADA&amount_rupiah=1").status_code == 422


def test_a_trade_that_breaks_a_limit_waits_for_a_fourth_hand_whoever_asks(funds: SimpleNamespace) -> None:
    told = funds.risk.get("/funds/limit-breaches").json()
    (broken,) = told["broken"]
    assert (broken["state"], broken["since"], broken["plan"]) == ("none", "2026-02-28", None)
    plan = {"fund": "jht", "rule": "equity.issuer", "subject": "PTCONTOH", "plan": "Dijual", "mend_by": "2027-02-28"}
    assert funds.chief.post("/funds/limit-breaches", plan).status_code == 403
    assert funds.risk.post("/funds/limit-breaches", {**plan, "mend_by": "2027-03-01"}).status_code == 422
    assert funds.risk.post("/funds/limit-breaches", {**plan, "subject": "LAIN"}).status_code == 422
    answer = funds.risk.post("/funds/limit-breaches", plan)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["state"], made["held_rupiah"], made["limit_rupiah"]) == ("waiting", 80_000_000, 52_000_000)
    path = f"/funds/limit-breaches/{made['id']}"
    assert funds.risk.post(f"{path}/answer", {"approved": True}).status_code == 403
    assert funds.chief.post(f"{path}/answer", {"approved": False}).status_code == 422
    assert funds.chief.post(f"{path}/answer", {"approved": True}).json()["state"] == "running"
    assert funds.dealer.get(path).json()["state"] == "running"
    assert funds.dealer.get("/funds/limit-breaches").json()["broken"][0]["plan"] == made["id"]


def test_a_limit_of_the_board_is_recorded_by_one_and_confirmed_by_another(funds: SimpleNamespace) -> None:
    new = {
        "fund": "jht", "rule": "deposit.all", "ppm": 300_000, "since": "2026-01-01", "decree": "KEP/1",
        "decreed_on": "2025-12-20", "reason": "Likuiditas",
    }  # fmt: skip
    assert funds.dealer.post("/funds/board-limits", new).status_code == 403
    assert funds.risk.post("/funds/board-limits", {**new, "rule": "tidak_ada"}).status_code == 422
    assert funds.risk.post("/funds/board-limits", {**new, "rule": "equity.issuer", "ppm": 50_001}).status_code == 422
    made = funds.risk.post("/funds/board-limits", new).json()
    assert funds.risk.post("/funds/board-limits", new).json()["id"] == made["id"]
    path = f"/funds/board-limits/{made['id']}"
    assert funds.risk.post(f"{path}/answer", {"confirmed": True}).status_code == 403
    assert funds.chief.post(f"{path}/answer", {"confirmed": True}).json()["state"] == "confirmed"
    assert (found(funds, "board:deposit.all")["limit_ppm"], found(funds, "board:deposit.all")["grade"]) == (300_000, "board")
    assert [one["state"] for one in funds.dealer.get("/funds/board-limits").json()["items"]] == ["confirmed"]
