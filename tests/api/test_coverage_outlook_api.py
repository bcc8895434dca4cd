"""The projection and the planner over the API: open to everybody, the same figures as the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from jamsostek.coverage.assumptions import Assumed
from jamsostek.coverage.levers import Goal, plan
from jamsostek.coverage.nation_history import outlook
from jamsostek.coverage.starts import Members, start_of

pytestmark = pytest.mark.django_db


def test_the_projection_comes_with_its_back_test(client: Client) -> None:
    answer = client.get("/api/v1/coverage/forecast").json()
    told = outlook()
    assert answer["way"] == told.way == "flows" and answer["status"] == "estimate"
    assert [one["year"] for one in answer["years"]] == list(range(2025, 2046))
    assert answer["years"][5]["active"] == round(told.at(2030).middle)
    assert {one["way"]: one["error"] for one in answer["back_test"]}["last"] == round(told.score("last").mean, 4)


def test_a_plan_over_the_api_is_the_planners(client: Client) -> None:
    asked = {"region": 73, "share": 40, "year": 2030, "first_year": 2027}
    answer = client.get("/api/v1/coverage/plan", asked).json()
    made = plan(start_of(73, 2027), Assumed(), Goal(0.4, 2030, 2027))
    assert answer["reachable"] and answer["rupiah"] == made.rupiah
    assert sum(sum(one["rupiah"].values()) for one in answer["years"]) == made.rupiah
    assert answer["assumptions"]["compliance_keep"] == 0.89


def test_a_regency_is_planned_from_the_callers_own_members_and_says_what_it_assumed(client: Client) -> None:
    asked = {"region": 3273, "share": 40, "year": 2030, "first_year": 2027, "pu": 200_000, "bpu": 40_000, "lapsed": 30_000}
    answer = client.get("/api/v1/coverage/plan", asked).json()
    made = plan(start_of(3273, 2027, own=Members(200_000, 40_000, 30_000)), Assumed(), Goal(0.4, 2030, 2027))
    assert answer["rupiah"] == made.rupiah
    start = answer["start"]
    assert (start["basis"], start["pu"], start["workers_assumed"]) == ("own", 200_000, True)
    printed = client.get("/api/v1/coverage/plan", {"region": 1971, "share": 40, "year": 2030, "first_year": 2027}).json()
    assert printed["start"]["basis"] == "published" and printed["start"]["sources"] == ["C40"]


@pytest.mark.parametrize(
    "asked",
    [
        {"region": 93},
        {"region": 9999},
        {"region": 3273},
        {"region": 3273, "members": "published"},
        {"year": 2026},
        {"share": 0},
        {"year": 2060},
    ],
)
def test_nonsense_is_a_problem_and_no_crash(client: Client, asked: dict[str, Any]) -> None:
    answer = client.get("/api/v1/coverage/plan", {"share": 40, "year": 2030, "first_year": 2027, **asked})
    assert answer.status_code == 422, answer.content
