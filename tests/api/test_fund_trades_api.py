"""Trades, holdings, events and months of the funds through the API: each step by who may, and the same again once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import cast
import pytest
from django.utils import timezone
from town import Api, token_of

from jamsostek.core.months import add_months, format_month, last_day, month_of
from tests.fund import holding


@pytest.fixture(scope="module")
def funds(town: SimpleNamespace) -> SimpleNamespace:
    """A fund that holds a bond and a share since last month, and who deals with it."""
    house = holding.House()
    house.money("jp", 10**12)
    month = add_months(month_of(timezone.localdate()), -1)
    day = last_day(month)
    with cast.everyone():
        bond = holding.paper("SUNAPI", matures_on=day.replace(year=day.year + 6), issued_on=dt.date(2024, 1, 1))
        stock = holding.share("SAHMAPI")
        holding.price(stock, day, 1_010)
    house.carried(fund="jp", instrument_id=bond, quantity=10_000, trade_on=day)
    house.carried(fund="jp", instrument_id=stock, quantity=40_000, price=Decimal(1_000), trade_on=day)
    with cast.everyone():
        tokens = {role: Api(token_of(house.people[role])) for role in ("dealer", "risk", "settlement", "chief")}
    return SimpleNamespace(month=month, town=town, **tokens)


def asked(**given: object) -> dict[str, object]:
    today = timezone.localdate().isoformat()
    return {
        "reference": "API-1", "fund": "jp", "side": "sell", "instrument": "SAHMAPI", "quantity": 100, "price": "1050.5",
        "trade_on": today, "settle_on": today, "reason": "uji",
    } | given  # fmt: skip


def test_a_month_is_ended_once_and_a_trade_goes_through_three_hands(funds: SimpleNamespace) -> None:
    assert funds.dealer.post("/funds/months", {"fund": "jp", "month": format_month(funds.month)}).status_code == 403
    ended = [funds.settlement.post("/funds/months", {"fund": "jp", "month": format_month(funds.month)}) for _twice in range(2)]
    assert [one.status_code for one in ended] == [201, 201]
    assert ended[0].json() == ended[1].json()
    assert [(one["instrument"], one["carrying_rupiah"]) for one in ended[0].json()["lots"]][1] == ("SAHMAPI", 40_400_000)
    answer = funds.dealer.post("/funds/trades", asked())
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["state"], made["amount_rupiah"], made["cash_rupiah"]) == ("planned", 105_050, 105_050)
    assert funds.dealer.post("/funds/trades", asked()).json()["id"] == made["id"]
    assert funds.dealer.post("/funds/trades", asked(quantity=101)).status_code == 422
    path = f"/funds/trades/{made['id']}"
    assert funds.settlement.post(f"{path}/settle", {}).status_code in (409, 422)
    assert funds.dealer.post(f"{path}/check", {}).status_code == 403
    checked = funds.risk.post(f"{path}/check", {}).json()
    assert checked["steps"][0]["step"] == "checked"
    if checked["state"] == "breach":
        plan = {"plan": "dijual", "mended_by": "2099-01-01"}
        assert funds.chief.post(f"{path}/approve", plan).json()["state"] == "approved"
    settled = funds.settlement.post(f"{path}/settle", {}).json()
    assert settled["state"] == "settled"
    assert settled["group"]
    assert funds.settlement.post(f"{path}/settle", {}).json()["group"] == settled["group"]
    assert funds.dealer.post(f"{path}/withdraw", {"reason": "batal"}).status_code in (409, 422)
    (held,) = (one for one in funds.dealer.get("/funds/holdings?fund=jp").json()["items"] if one["instrument"] == "SAHMAPI")
    assert (held["quantity"], held["book_rupiah"]) == (39_900, 39_900_000)


def test_a_dividend_is_recorded_once_and_another_sum_refused(funds: SimpleNamespace) -> None:
    given = {
        "kind": "dividend",
        "fund": "jp",
        "instrument": "SAHMAPI",
        "due_on": timezone.localdate().isoformat(),
        "rupiah": 5_000,
    }
    first, again = funds.settlement.post("/funds/events", given), funds.settlement.post("/funds/events", given)
    assert (first.status_code, again.json()) == (201, first.json())
    assert funds.settlement.post("/funds/events", given | {"rupiah": 5_001}).status_code == 422
    assert funds.settlement.post("/funds/events", given | {"kind": "coupon", "instrument": "SUNAPI"}).status_code == 422
    assert funds.dealer.get(f"/funds/events/{first.json()['id']}").json() == first.json()
    assert first.json()["id"] in [one["id"] for one in funds.dealer.get("/funds/events?fund=jp").json()["items"]]


def test_lists_are_for_who_reads_the_books(funds: SimpleNamespace) -> None:
    for path in ("/funds/trades", "/funds/holdings", "/funds/events", "/funds/due", "/funds/months"):
        assert funds.dealer.get(path).status_code == 200, path
        assert funds.town.as_worker.get(path).status_code == 403, path
    listed = funds.dealer.get("/funds/trades?fund=jp&limit=1").json()
    assert len(listed["items"]) == 1
    assert listed["next"]
    assert funds.dealer.get(f"/funds/trades?fund=jp&limit=1&cursor={listed['next']}").json()["items"] != listed["items"]
    assert funds.dealer.get("/funds/trades?instrument=TIDAKADA").status_code == 422
    assert funds.dealer.post("/funds/trades", asked(reference="API-9", price="0")).status_code == 422
