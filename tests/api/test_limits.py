"""Nobody asks too often, guesses numbers, or is slowed down by somebody else's asking."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import cast
import pytest
from django.db import connection, connections
from town import Api, make_town, person_in, token_of

from jamsostek.access.scope import acting, system_scope
from jamsostek.api import door, limits
from jamsostek.api.limits import Limit

NOW = dt.datetime(2026, 11, 21, 3, 0, 7, tzinfo=dt.UTC)


@pytest.fixture
def few(one_window: None) -> Any:
    """Small limits in one window, put back afterwards."""
    names = ("CALLER", "CARD_CHECK", "NIK_LOOKUP", "SIGN_IN")
    before = {name: getattr(limits, name).most for name in names}

    def only(name: str, most: int) -> None:
        object.__setattr__(getattr(limits, name), "most", most)

    yield only
    for name, most in before.items():
        only(name, most)


def forget() -> None:
    """Counts of earlier tests."""
    with acting(system_scope("uji")), connection.cursor() as cursor:
        cursor.execute("DELETE FROM api_count")


def test_counting_is_by_window_and_caller(town: SimpleNamespace) -> None:
    limit, one, other = Limit("uji", 2, 60), limits.caller_key("user:1"), limits.caller_key("user:2")
    with acting(system_scope("uji")):
        assert [limits.count(one, [limit], NOW)[0].used for _time in range(3)] == [1, 2, 3]
        assert limits.standing(one, [limit], NOW)[0].left == 0
        assert limits.standing(other, [limit], NOW)[0].left == 2
        later = NOW + dt.timedelta(seconds=53)
        assert limits.standing(one, [limit], later)[0].left == 2
        assert limits.count(one, [limit], later)[0].used == 1
        assert limits.standing(one, [limit], NOW)[0].wait == 53
        assert limits.forget_old(later + dt.timedelta(minutes=2)) >= 1
        assert limits.standing(one, [limit], later)[0].used == 0


def test_headers_say_how_much_is_left(town: SimpleNamespace, few: Any) -> None:
    forget()
    few("CALLER", 3)
    api = Api(token_of(town.users["officer"]))
    left = [api.get("/me").headers["RateLimit-Remaining"] for _time in range(3)]
    assert left == ["2", "1", "0"]
    refused = api.get("/me")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert town.as_clerk_b.get("/me").status_code == 200


def test_what_passes_the_limit_is_taken_back(town: SimpleNamespace, few: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    few("CALLER", 1)
    monkeypatch.setattr(limits.Standing, "left", property(lambda _self: 1))  # as if many had asked at the same moment
    assert town.as_officer.post("/participants", person_in("Sempat Contoh")).status_code == 201
    refused = town.as_officer.post("/participants", person_in("Telat Contoh"))
    assert refused.status_code == 429
    monkeypatch.undo()
    few("CALLER", 600)
    assert town.as_officer.post("/participants/search", {"text": "telat contoh"}).json()["items"] == []


def test_cards_cannot_be_guessed(town: SimpleNamespace, few: Any) -> None:
    forget()
    few("CARD_CHECK", 3)
    asked = [Api().get("/cards/1000000000007/status").status_code for _time in range(5)]
    assert asked == [200, 200, 200, 429, 429]
    elsewhere = Api()
    elsewhere.client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert elsewhere.get("/cards/1000000000007/status").status_code == 200


def test_niks_cannot_be_tried_one_after_another(town: SimpleNamespace, few: Any) -> None:
    forget()
    few("NIK_LOOKUP", 3)
    asked = {"nik": cast.nik(dt.date(1980, 1, 1), "m")}
    assert [town.as_officer.post("/participants/lookup", asked).status_code for _time in range(5)] == [404] * 3 + [429] * 2
    assert town.as_officer.get("/me").status_code == 200


def test_tokens_cannot_be_guessed(town: SimpleNamespace, few: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setattr(door.timezone, "now", lambda: NOW)  # a window that ends between two guesses counts anew
    few("SIGN_IN", 3)
    guesses = [Api(f"jk_{'a' * 42}{at}").get("/me").status_code for at in range(5)]
    assert guesses == [401] * 3 + [429] * 2


def test_counters_hold_no_address(town: SimpleNamespace) -> None:
    Api().get("/regions/3515")
    with acting(system_scope("uji")), connection.cursor() as cursor:
        cursor.execute("SELECT caller, name FROM api_count")
        rows = cursor.fetchall()
    assert rows
    assert all(len(bytes(caller)) == 16 and b"127.0" not in bytes(caller) for caller, _name in rows)


def test_many_at_once_never_pass_the_limit(committed_db: Any, few: Any) -> None:
    town = make_town()
    few("CALLER", 20)

    def ask(_number: int) -> int:
        try:
            return int(Api(town.as_officer.token).get("/me").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(ask, range(60)))
    assert answers.count(200) <= 20 * 2  # the minute may end in between
    assert answers.count(200) + answers.count(429) == 60


@pytest.mark.parametrize(
    ("told", "known"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("::1", "::/64"), ("", ""), ("unix:", "unix:")],
)
def test_a_visitor_with_a_network_of_addresses_is_one_visitor(rf: Any, told: str, known: str) -> None:
    from jamsostek.api.door import address_of

    assert address_of(rf.get("/api/v1/me", REMOTE_ADDR=told)) == known
