"""Projections through the API: the base, asking, following, two side by side, approving by another."""

from __future__ import annotations

from types import SimpleNamespace

import cast
import pytest
from town import Api, token_of


@pytest.fixture(scope="module")
def room(town: SimpleNamespace) -> SimpleNamespace:
    """An actuary, a chief, a dealer."""
    with cast.everyone():
        users = {role: cast.user(f"api-{role}", role) for role in ("actuary", "chief", "dealer")}
    return SimpleNamespace(**{role: Api(token_of(user)) for role, user in users.items()})


def computed(number: int) -> None:
    """As the job does."""
    from jamsostek.fund.actions import projections

    assert projections.compute(projection_id=number)


def test_a_projection_is_asked_for_followed_compared_and_approved_by_another(room: SimpleNamespace) -> None:
    base = room.actuary.get("/funds/projections/assumptions").json()["items"]
    assert {"economy.yield", "jp.rate_step"} <= {one["id"] for one in base} and all(one["source"] for one in base)
    body = {"reference": "api-1", "title": "By a program", "paths": 20, "sensitivity": False}
    made = room.actuary.post("/funds/projections", body)
    assert made.status_code == 202, made.content
    number = made.json()["number"]
    assert room.actuary.post("/funds/projections", body).json()["number"] == number
    assert room.dealer.get(f"/funds/projections/{number}").json()["state"] == "waiting"
    assert room.dealer.get(f"/funds/projections/{number}/result").status_code == 404
    assert room.chief.post(f"/funds/projections/{number}/answer", {"approved": True}).status_code in (409, 422)
    computed(number)
    other = room.actuary.post("/funds/projections", {**body, "reference": "api-2", "changed": {"economy.yield": 8}}).json()[
        "number"
    ]
    computed(other)
    told = room.dealer.get(f"/funds/projections/{number}/result").json()
    jp = next(one for one in told["funds"] if one["programme"] == "jp")
    assert len(jp["assets"]) == len(told["years"]) and len(jp["low"]) == len(told["years"]) - 9 and jp["exhausted"] > 2040
    pair = room.dealer.get(f"/funds/projections/{number}/beside/{other}").json()
    assert pair["assumptions"] == [{"id": "economy.yield", "first": 6.5, "second": 8.0}]
    assert pair["second"]["headline"]["premium"] < pair["first"]["headline"]["premium"]
    assert room.actuary.post(f"/funds/projections/{number}/answer", {"approved": True}).status_code == 403
    assert room.chief.post(f"/funds/projections/{number}/answer", {"approved": True}).json()["official"] is True
    assert room.dealer.get("/funds/projections").json()["items"][0]["number"] == other


@pytest.mark.parametrize(
    "wrong",
    [
        {"changed": {"economy.yield": 900}}, {"changed": {"economy.none": 1}}, {"changed": {"x": 1}}, {"paths": 60_000},
        {"seed": -1}, {"title": ""}, {"reference": "a" * 101},
    ],
)  # fmt: skip
def test_what_cannot_be_projected_is_refused(room: SimpleNamespace, wrong: dict[str, object]) -> None:
    body = {"reference": "api-wrong", "title": "Wrong", "paths": 0, **wrong}
    assert room.actuary.post("/funds/projections", body).status_code == 422


def test_only_an_actuary_projects_and_a_run_may_be_stopped(room: SimpleNamespace) -> None:
    body = {"reference": "api-3", "title": "To be stopped", "paths": 0}
    assert room.dealer.post("/funds/projections", body).status_code == 403
    number = room.actuary.post("/funds/projections", body).json()["number"]
    assert room.actuary.post(f"/funds/projections/{number}/cancel").json()["state"] == "cancelled"
    assert room.actuary.post(f"/funds/projections/{number}/cancel").status_code in (409, 422)
    assert room.actuary.get("/funds/projections/4611686018427387903").status_code == 404
