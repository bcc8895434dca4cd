"""Stress tests kept with all they stood on, asked for once, answered by another; and how much of the nation's books they read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from holding import House, paper, price, share

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.fund.actions import stress as actions
from jamsostek.fund.models import StressRun
from jamsostek.fund.queries import stressing
from jamsostek.fund.queries.stressing import Asked
from jamsostek.ledger.errors import LedgerRefused
from tests import cast

pytestmark = pytest.mark.usefixtures("db")
ON = dt.date(2026, 3, 31)


@pytest.fixture
def house(db: Any) -> House:
    found = House()
    found.money("jkk", 1_000_000_000)
    found.money("jkm", 500_000_000)
    stock = share("SHM-2")
    found.carried(fund="jkk", instrument_id=stock, quantity=1_000, price=Decimal(400_000))
    price(stock, dt.date(2026, 1, 20), 400_000)
    found.carried(fund="jkk", instrument_id=paper("OBL-2"), quantity=300, price=Decimal(1_000_000))
    return found


def keep(house: House, role: str = "risk", reference: str = "UJI-1", **given: Any) -> StressRun:
    facts: dict[str, Any] = {"scenario": "market", "on": ON, "changed": {}} | given
    with house.act(role):
        return actions.keep(reference=reference, title="Pasar jatuh", asked=Asked(**facts))


def test_a_run_keeps_what_it_was_asked_with_and_what_came_of_it(house: House) -> None:
    run = keep(house, changed={"fall.equity": 500_000})
    jkk = run.results["funds"]["jkk"]
    assert (run.changed, run.used["fall.equity"], run.used["rates.rise"]) == ({"fall.equity": 500_000}, 500_000, 27_900)
    assert jkk["before"]["worth_rupiah"] - jkk["after"]["worth_after_rupiah"] == 200_000_000
    assert {one["what"] for one in run.results["breaks"] if one["fund"] == "jkm"} == {"claim_months", "short", "empty"}
    assert len(bytes(run.digest)) == 32


def test_the_same_request_twice_is_kept_once_and_another_under_its_name_is_refused(house: House) -> None:
    first = keep(house)
    assert keep(house).pk == first.pk
    with pytest.raises(InputError, match="sudah dipakai"):
        keep(house, scenario="rates")
    assert StressRun.objects.count() == 1


def test_the_chief_answers_what_risk_made_and_nobody_answers_their_own(house: House) -> None:
    run, own = keep(house), keep(house, "chief", "UJI-2")
    with house.act("risk"), pytest.raises(Refused):
        actions.decide(run_id=run.pk, approved=True)
    with house.act("chief"):
        assert actions.decide(run_id=run.pk, approved=True).answer.approved
        with pytest.raises(Refused, match="Anda sendiri"):
            actions.decide(run_id=own.pk, approved=True)
        with pytest.raises(InputError, match="sudah diputuskan"):
            actions.decide(run_id=run.pk, approved=False, reason="x")


def test_the_database_refuses_an_answer_by_who_made_it(house: House) -> None:
    from django.db import connection

    from jamsostek.ledger.errors import refusals

    run = keep(house)
    with pytest.raises(LedgerRefused, match="Anda sendiri"), cast.everyone(), refusals(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO fund_stressanswer (run_id, approved, by) VALUES (%s, true, %s)", [run.pk, run.made_by])
    with pytest.raises(Exception, match="denied"), cast.everyone(), connection.cursor() as cursor:
        cursor.execute("UPDATE fund_stressrun SET title = 'lain'")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scenario": "meteor"}, None), ({"scenario": "quake", "region": 1}, "region"), ({"scenario": "quake"}, "region"),
        ({"changed": {"fall.equity": 2_000_000}}, "fall.equity"), ({"changed": {"fall.gold": 1}}, None),
        ({"on": dt.date(1999, 1, 1)}, "on"), ({"scenario": "quake", "region": 35, "members": -1}, "members"),
    ],
)  # fmt: skip
def test_questions_that_cannot_be_answered_are_refused_with_the_field(house: House, given: Any, field: str | None) -> None:
    with pytest.raises(InputError) as found:
        keep(house, **given)
    assert field is None or found.value.field == field


def test_who_only_settles_keeps_nothing(house: House) -> None:
    with pytest.raises(Refused):
        keep(house, "settlement")


def test_an_earthquake_takes_the_members_it_was_told(house: House) -> None:
    run = keep(house, scenario="quake", region=3515, members=10_000)
    claims = run.results["funds"]["jkm"]
    dead = 10_000 * run.used["quake.deaths"] / 1_000_000 * (1 - run.used["quake.at_work"] / 1_000_000)
    lost = claims["before"]["lowest_rupiah"] - claims["after"]["lowest_rupiah"]
    assert lost == pytest.approx(dead * 42_000_000, rel=1e-6)


def test_runs_are_listed_the_newest_first(house: House) -> None:
    first, second = keep(house), keep(house, reference="UJI-3", scenario="rates")
    with house.act("chief"):
        assert [one.pk for one in stressing.kept()] == [second.pk, first.pk]
        assert [one.pk for one in stressing.kept(scenario="rates")] == [second.pk]
