"""Who counts, who comes first, what a budget pays for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.core.errors import InputError
from jamsostek.outreach import eligibility, families, plan, priority
from jamsostek.outreach.plan import WAITING, Change, People, Source, Spent

DAY = dt.date(2026, 6, 1)
GOOD = {
    "birth_date": dt.date(1980, 5, 1), "works": True, "is_asn": False, "alive": True, "resident": True, "membership": "none",
    "decile": 2, "has_nik": True, "single": True,
}  # fmt: skip
PROGRAMME = eligibility.Programme("Perbup contoh", deciles=frozenset({1, 2, 3, 4}))


def judged(**change: Any) -> tuple[str, list[str], list[str]]:
    row = GOOD | change
    table = pa.table({name: pa.array([row[name]], kind) for name, kind in eligibility.FACTS.items()})
    found = eligibility.judge(table, PROGRAMME, DAY)
    refused, unknown = eligibility.reasons(found, 0)
    return found["state"][0].as_py(), [one.key for one in refused], [one.key for one in unknown]


# --- who counts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "state", "refused", "unknown"),
    [
        ({}, "eligible", [], []),
        ({"works": False}, "refused", ["works"], []),
        ({"works": None}, "unclear", [], ["works"]),
        ({"is_asn": True}, "refused", ["not_asn"], []),
        ({"alive": False}, "refused", ["alive"], []),
        ({"resident": False}, "refused", ["resident"], []),
        ({"single": False}, "refused", ["single"], []),
        ({"single": None}, "unclear", [], ["single"]),
        ({"membership": "employed"}, "refused", ["uncovered"], []),
        ({"membership": "sponsored"}, "refused", ["uncovered"], []),
        ({"membership": "own"}, "refused", ["uncovered"], []),
        ({"membership": "lapsed"}, "eligible", [], []),
        ({"membership": "ask"}, "unclear", [], ["uncovered"]),
        ({"decile": 5}, "refused", ["poor"], []),
        ({"decile": None}, "unclear", [], ["poor"]),
        ({"has_nik": None}, "unclear", [], ["has_nik"]),
        ({"birth_date": None}, "unclear", [], ["age"]),
        ({"birth_date": dt.date(2008, 6, 1)}, "eligible", [], []),
        ({"birth_date": dt.date(2008, 6, 2)}, "refused", ["age"], []),
        ({"birth_date": dt.date(1961, 6, 2)}, "eligible", [], []),
        ({"birth_date": dt.date(1961, 6, 1)}, "refused", ["age"], []),
        ({"works": False, "decile": None, "alive": False}, "refused", ["alive", "works"], ["poor"]),
    ],
)
def test_each_condition(change: dict[str, Any], state: str, refused: list[str], unknown: list[str]) -> None:
    assert judged(**change) == (state, refused, unknown)


def test_every_condition_has_words() -> None:
    assert len({one.key for one in eligibility.CONDITIONS}) == len(eligibility.CONDITIONS)
    assert all(one.title and one.refusal for one in eligibility.CONDITIONS)


def test_counts_of_nobody_and_of_many() -> None:
    none = pa.table({name: pa.array([], kind) for name, kind in eligibility.FACTS.items()})
    assert eligibility.counts(eligibility.judge(none, PROGRAMME, DAY))["state"] == {"eligible": 0, "refused": 0, "unclear": 0}
    rows = [GOOD, GOOD | {"works": None}, GOOD | {"alive": False}]
    table = pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in eligibility.FACTS.items()})
    told = eligibility.counts(eligibility.judge(table, PROGRAMME, DAY))
    assert told["state"] == {"eligible": 1, "refused": 1, "unclear": 1}
    assert (told["refused"]["alive"], told["unknown"]["works"]) == (1, 1)


# --- who comes first ---------------------------------------------------------------------------------------------------------

RULE = priority.Rule(
    "Contoh", 1,
    (
        priority.Criterion("decile", {"1": 40, "2": 30, "3": 20, "4": 10}),
        priority.Criterion("disability", {"true": 15}),
        priority.Criterion("children_school", each=3, most=9),
    ),
    "contoh, bukan peraturan", sample=True,
)  # fmt: skip


def people(*rows: dict[str, Any]) -> pa.Table:
    return pa.table(
        {
            "key": [str(at) for at in range(len(rows))],
            "decile": pa.array([row.get("decile") for row in rows], pa.int8()),
            "disability": pa.array([row.get("disability") for row in rows], pa.bool_()),
            "children_school": pa.array([row.get("children") for row in rows], pa.int16()),
            "village_code": pa.array([row.get("village", 1) for row in rows], pa.int64()),
        }
    )


def test_points_are_explained() -> None:
    table = people({"decile": 1, "disability": True, "children": 5}, {"decile": 4}, {"children": 2})
    told = {name: given.tolist() for name, given in priority.points(table, RULE).items()}
    assert told == {"decile": [40, 10, 0], "disability": [15, 0, 0], "children_school": [9, 0, 6]}
    assert priority.order(table, RULE).tolist() == [0, 1, 2]
    assert [given for _name, _fact, given in priority.explained(table, RULE, 0)] == [40, 15, 9]


def test_equal_points_are_drawn_by_lot_and_the_same_again() -> None:
    table = people(*({"decile": 1} for _ in range(200)))
    first = priority.order(table, RULE)
    assert first.tolist() == priority.order(table, RULE).tolist() != list(range(200))
    turned = table.take(pa.array(range(199, -1, -1)))
    keys = [turned["key"][int(at)].as_py() for at in priority.order(turned, RULE)]
    assert keys == [table["key"][int(at)].as_py() for at in first]  # the order of the list says nothing


def test_what_another_rule_would_change() -> None:
    table = people({"decile": 1, "village": 7}, {"decile": 2, "village": 8}, {"decile": 4, "disability": True, "village": 9})
    kinder = priority.Rule("Contoh", 2, (priority.Criterion("disability", {"true": 50}), RULE.criteria[0]), "contoh", sample=True)
    changed = priority.effect(table, RULE, kinder, 2)
    assert (changed.enter.tolist(), changed.leave.tolist(), changed.stay.tolist()) == ([2], [1], [0])
    assert changed.by(table, "village_code") == {"7": (1, 0, 0), "8": (0, 0, 1), "9": (0, 1, 0)}
    assert priority.effect(table, None, RULE, 2).enter.tolist() == [0, 1]


def test_a_rule_is_kept_as_it_was() -> None:
    assert priority.Rule.from_json(RULE.to_json()) == RULE
    assert priority.Rule.from_json(RULE.to_json()).digest == RULE.digest


@pytest.mark.parametrize(
    "criteria",
    [
        (),
        (priority.Criterion("height", {"1": 1}),),
        (priority.Criterion("decile"),),
        (priority.Criterion("decile", {"1": 1}, each=2),),
        (priority.Criterion("decile", {"1": -1}),),
        (priority.Criterion("decile", {"1": 5_000}),),
        (priority.Criterion("decile", {"1": 1}), priority.Criterion("decile", {"2": 1})),
    ],
)
def test_rules_that_cannot_be_computed_are_refused(criteria: tuple[priority.Criterion, ...]) -> None:
    with pytest.raises(InputError) as refused:
        priority.Rule("Contoh", 1, criteria, "contoh").check()
    assert refused.value.remedy


# --- what a budget pays for ------------------------------------------------------------------------------------------------


def source(rupiah: int, first: int = 202501, last: int = 202512, **more: Any) -> Source:
    return Source(more.pop("key", "a"), more.pop("kind", "apbd"), rupiah, first, last, **more)


@pytest.mark.parametrize(
    ("region", "kind", "persons", "months", "rupiah"),
    [
        ("Lumajang 2025", "dbhcht", 5_606, (202506, 202512), 659_265_600),
        ("Penajam Paser Utara 2025", "apbd", 5_000, (202501, 202512), 1_008_000_000),
    ],
)
def test_published_budgets_come_out_to_the_rupiah(
    region: str, kind: str, persons: int, months: tuple[int, int], rupiah: int
) -> None:
    money = source(rupiah, *months, kind=kind)
    monthly = plan.contributions(money, income_rupiah=1_000_000)
    assert set(monthly.values()) == {16_800}
    many = People(np.ones(persons + 100, dtype=np.int64))
    made = plan.allocate(many, [money], {"a": monthly})
    assert made.spent == (plan.Spent(persons, rupiah // persons, rupiah, 0),)
    assert len(made.waiting) == 100
    short = plan.allocate(many, [source(rupiah - 1, *months, kind=kind)], {"a": monthly})
    assert short.funded == persons - 1


def test_with_jht_and_by_who_pays() -> None:
    money = source(0, 202606, 202606)
    assert plan.contributions(money, income_rupiah=1_000_000, programmes=("jkk", "jkm", "jht")) == {202606: 36_800}
    assert plan.contributions(money, income_rupiah=1_000_000) == {202606: 16_800}  # no relief for a state budget
    assert plan.contributions(source(0, 202606, 202606, kind="donor"), income_rupiah=1_000_000) == {202606: 8_400}


def test_sources_pay_in_order_and_only_for_whom_they_may() -> None:
    who = People(np.array([1, 1, 2, 2, 3]), {"palm": np.array([False, True, False, True, True])})
    sources = [source(2 * 100, key="palm", kind="dbh_sawit", only=frozenset({"palm"})), source(2 * 100, key="b")]
    monthly = {one.key: {202500 + month: 0 for month in range(1, 12)} | {202512: 100} for one in sources}
    made = plan.allocate(who, sources, monthly)
    assert made.source.tolist() == [1, 0, 1, 0, WAITING]
    assert [one.left_rupiah for one in made.spent] == [0, 0]
    with pytest.raises(InputError):
        plan.allocate(who, [sources[0], sources[0]], monthly)


def test_villages_have_their_quota_and_their_own_money() -> None:
    who = People(np.array([1, 1, 1, 2, 2]))
    year = {202500 + month: 10 for month in range(1, 13)}
    made = plan.allocate(who, [source(10_000)], {"a": year}, quota={1: 2, 2: 1})
    assert made.source.tolist() == [0, 0, WAITING, 0, WAITING]
    made = plan.allocate(who, [source(10_000, villages=frozenset({2}), kind="village")], {"a": year})
    assert made.source.tolist() == [WAITING] * 3 + [0, 0]


def test_what_a_change_would_do() -> None:
    who, money = People(np.ones(1_000, dtype=np.int64)), source(100 * 12 * 16_800)
    plain = {"a": plan.contributions(money, income_rupiah=1_000_000)}
    jht = {"a": plan.contributions(money, income_rupiah=1_000_000, programmes=("jkk", "jkm", "jht"))}
    questions = [
        Change("as it is"), Change("2 % more", money_ppm=1_020_000), Change("with JHT", monthly=jht),
        Change("nine months", to_month=202509),
    ]  # fmt: skip
    told = {name: made.funded for name, made in plan.compare(who, [money], plain, questions)}
    assert told == {"as it is": 100, "2 % more": 102, "with JHT": 45, "nine months": 133}


def test_the_months_ahead() -> None:
    money = source(5 * 16_800 * 100)
    monthly = plan.contributions(money, income_rupiah=1_000_000)
    told = plan.ahead(money, 100, monthly)
    assert [one.month for one in told] == [202501, 202502, 202503, 202504, 202505]
    assert told[-1].left_rupiah == 0
    fewer = plan.ahead(money, 100, monthly, leaving_ppm=100_000, replaced=False)
    assert [one.persons for one in fewer[:3]] == [100, 90, 81]
    assert len(fewer) > len(told)


def test_the_months_promised_are_those_of_each_person() -> None:
    """Ten stopped after two months and their places were filled from the fourth: nothing is missing, nothing left over."""
    whole = {202501: 100, 202502: 100, 202503: 90, 202504: 100, 202505: 100}
    money = source(sum(whole.values()) * 16_800)
    monthly = plan.contributions(money, income_rupiah=1_000_000)
    told = plan.promised(money, whole, monthly, since=202503)
    assert [one.persons for one in told][:5] == list(whole.values())
    assert told[-1].left_rupiah == 0
    fewer = plan.promised(money, whole, monthly, since=202503, leaving_ppm=100_000, replaced=False)
    assert [one.persons for one in fewer][:5] == [100, 100, 90, 91, 82]


@given(
    st.lists(st.integers(1, 4), max_size=40),
    st.lists(st.tuples(st.integers(0, 3_000), st.booleans()), min_size=1, max_size=4),
    st.integers(1, 5),
)
def test_no_rupiah_is_spent_twice_and_nobody_is_paid_for_twice(
    villages: list[int], money: list[tuple[int, bool]], quota: int
) -> None:
    who = People(np.array(villages, dtype=np.int64), {"palm": np.arange(len(villages)) % 2 == 0})
    sources = [
        source(rupiah, 202501, 202503, key=str(at), only=frozenset({"palm"} if only else ()))
        for at, (rupiah, only) in enumerate(money)
    ]
    monthly = {one.key: {202501: 50, 202502: 60, 202503: 70} for one in sources}
    made = plan.allocate(who, sources, monthly, dict.fromkeys(range(1, 5), quota))
    assert sum(one.persons for one in made.spent) == made.funded == len(villages) - len(made.waiting)
    for at, (one, spent) in enumerate(zip(sources, made.spent, strict=True)):
        mine = np.flatnonzero(made.source == at)
        assert spent.rupiah == 180 * len(mine) and 0 <= spent.left_rupiah == one.rupiah - spent.rupiah
        assert not one.only or all(place % 2 == 0 for place in mine)
    funded = [villages[place] for place in np.flatnonzero(made.source != WAITING)]
    assert all(funded.count(village) <= quota for village in set(funded))


# --- what it does for families -----------------------------------------------------------------------------------------------


def test_families_that_are_paid_are_an_estimate_from_what_is_said_of_it() -> None:
    known = families.basis(DAY)
    assert (known.deaths.value, known.deaths.grade, known.benefit_rupiah, known.wait_months) == (1_661, "derived", 42_000_000, 3)
    year, half = source(0, 202701, 202712), source(0, 202701, 202706)
    spent = [Spent(5_000, 0, 0, 0), Spent(1_000, 0, 0, 0)]
    # 5,000 x 9 + 1,000 x 3 months of 1,661 in a million a year: 6.64
    assert families.expected(known, [year, half], spent) == 66
    assert families.expected(known, [source(0, 202701, 202703)], [Spent(9_000, 0, 0, 0)]) == 0
    assert families.months_above(known, 2_803_590) == 14 and families.months_above(known, 50_000_000) == 0
    before = families.basis(dt.date(2022, 6, 1))
    assert (before.wait_months, before.deaths.since) == (0, dt.date(2023, 1, 1))
