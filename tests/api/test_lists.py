"""Lists come in parts that neither lose nor repeat a row, and a cursor is good for its own list only."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import cast
import pytest


@pytest.fixture(scope="module")
def staff(town: SimpleNamespace) -> list[str]:
    """Thirty people of one employer."""
    with cast.everyone():
        made = [cast.participant(f"Orang Contoh {chr(65 + at)}") for at in range(30)]
        for one in made:
            cast.works(one, town.a)
    return [one.kpj for one in made]


def walk(api: Any, path: str) -> list[dict[str, Any]]:
    """All parts of a list."""
    found, cursor = [], None
    while True:
        joint = "&" if "?" in path else "?"
        told = api.get(path if cursor is None else f"{path}{joint}cursor={cursor}").json()
        found += told["items"]
        cursor = told["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 7, 31, 200])
def test_the_parts_are_the_whole(town: SimpleNamespace, staff: list[str], limit: int) -> None:
    found = [one["kpj"] for one in walk(town.as_clerk_a, f"/participants?limit={limit}")]
    assert found == [town.ani.kpj, *staff]


def test_rows_that_come_meanwhile_shift_nothing(town: SimpleNamespace, staff: list[str]) -> None:
    first = town.as_clerk_a.get("/participants?limit=5").json()
    with cast.everyone():
        cast.works(cast.participant("Baru Datang"), town.a)
    second = town.as_clerk_a.get(f"/participants?limit=5&cursor={first['next']}").json()
    assert [one["kpj"] for one in second["items"]] == staff[4:9]


def test_a_cursor_is_for_its_own_list_filters_and_caller(town: SimpleNamespace, staff: list[str]) -> None:
    cursor = town.as_clerk_a.get("/participants?limit=5").json()["next"]
    for api, path in (
        (town.as_clerk_a, f"/participants?limit=5&regency_code=3515&cursor={cursor}"),
        (town.as_clerk_a, f"/employers?cursor={cursor}"),
        (town.as_officer, f"/participants?cursor={cursor}"),
        (town.as_clerk_a, f"/participants?cursor={cursor[:-2]}AA"),
        (town.as_clerk_a, "/participants?cursor=" + "A" * 60),
    ):
        refused = api.get(path)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "regency_code=1", "employer=12345678", "cursor=%25"])
def test_limits_and_filters_are_checked(town: SimpleNamespace, query: str) -> None:
    assert town.as_officer.get(f"/participants?{query}").status_code in (404, 422)


def test_filters_narrow(town: SimpleNamespace, staff: list[str]) -> None:
    assert {one["kpj"] for one in walk(town.as_officer, f"/participants?sponsor={town.payer.number}")} == {town.dewi.kpj}
    assert walk(town.as_officer, "/participants?regency_code=3508") == []
    assert {one["kpj"] for one in walk(town.as_head, "/participants?regency_code=3508")} == {town.far.kpj}
    assert [one["npp"] for one in walk(town.as_officer, "/employers?name=beta")] == [town.b.npp]
    assert walk(town.as_officer, f"/employers/{town.a.npp}/employments?month=2025-12") == []


def test_a_search_finds_by_beginning_of_name_number_and_phone(town: SimpleNamespace, staff: list[str]) -> None:
    for text in ("dewi cont", town.dewi.kpj):
        found = town.as_officer.post("/participants/search", {"text": text}).json()
        assert [one["kpj"] for one in found["items"]] == [town.dewi.kpj], text
    many = town.as_officer.post("/participants/search", {"text": "orang contoh"}).json()
    assert len(many["items"]) == 30


def test_a_list_of_people_is_in_their_trail(town: SimpleNamespace) -> None:
    before = len(town.as_worker.get(f"/participants/{town.ani.kpj}/trail?limit=200").json()["items"])
    town.as_clerk_a.get("/participants")
    town.as_clerk_a.get(f"/employers/{town.a.npp}/employments")
    trail = town.as_worker.get(f"/participants/{town.ani.kpj}/trail?limit=200").json()["items"]
    assert len(trail) == before + 2
    assert {one["actor"] for one in trail[:2]} == {"Clerk_A"}
