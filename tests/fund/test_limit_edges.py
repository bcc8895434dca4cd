"""At, just under and just over each limit. The percentages here are typed from the regulations, not read from the data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limitcases import BOND, ON, has, paper

from jamsostek.fund.limits.checking import findings
from jamsostek.fund.limits.measure import Bases, Holding, Standing, after_trade, enough_rated, standings
from jamsostek.fund.limits.rules import BoardLimit, limits_in_force, rules

ROUND, ODD = 1_000_000_000, 999_999_999
"""Investments of the fund: one that per cent divide, and one that they do not."""


@dataclass(frozen=True)
class Case:
    """A limit as the regulation has it: so many per cent of `fund` in `asset_class`, spread over so many issuers."""

    rule: str
    fund: str
    percent: int
    asset_class: str
    kind: str = "company"
    issuers: int = 1
    on: dt.date = ON

    def __str__(self) -> str:
        return f"{self.rule} {self.fund} {self.on.year}"


OLD = dt.date(2015, 6, 30)
CASES = [
    Case("deposit.state_bank", "jht", 25, "deposit", "state_bank"),
    Case("deposit.state_bank", "jp", 25, "deposit", "state_bank"),
    Case("deposit.bank", "jht", 15, "deposit", "bank"),
    Case("deposit.bank", "jp", 15, "deposit", "regional_bank"),
    Case("deposit.bank", "jkk", 15, "deposit", "state_bank"),
    Case("deposit.bank", "jkm", 15, "deposit", "bank"),
    Case("deposit.bank", "jkp", 15, "deposit", "state_bank"),
    Case("deposit.bank", "jht", 15, "deposit", "state_bank", on=OLD),
    *(Case("corporate_bond.issuer", fund, 5, "corporate_bond") for fund in ("jht", "jp", "jkk", "jkm", "jkp")),
    Case("corporate_bond.all", "jht", 50, "corporate_bond", issuers=13),
    Case("corporate_bond.all", "jp", 50, "corporate_bond", issuers=13),
    *(Case("equity.issuer", fund, 5, "equity") for fund in ("jht", "jp", "jkk", "jkm", "jkp")),
    Case("equity.all", "jht", 50, "equity", issuers=13),
    Case("equity.all", "jp", 50, "equity", issuers=13),
    *(Case("mutual_fund.manager", fund, 15, "mutual_fund", "manager") for fund in ("jht", "jp", "jkk", "jkm", "jkp")),
    Case("mutual_fund.all", "jht", 50, "mutual_fund", "manager", issuers=6),
    Case("mutual_fund.all", "jp", 50, "mutual_fund", "manager", issuers=6),
    *(Case("asset_backed.issuer", fund, 10, "asset_backed", "manager") for fund in ("jht", "jp", "jkk", "jkm", "jkp")),
    Case("asset_backed.all", "jht", 20, "asset_backed", "manager", issuers=3),
    Case("asset_backed.all", "jp", 20, "asset_backed", "manager", issuers=3),
    Case("real_estate_fund.manager", "jht", 10, "real_estate_fund", "manager"),
    Case("real_estate_fund.all", "jp", 20, "real_estate_fund", "manager", issuers=3),
    *(Case("repo.party", fund, 2, "repo", "bank") for fund in ("jht", "jp", "jkk", "jkm", "jkp")),
    Case("repo.all", "jht", 5, "repo", "bank", issuers=4),
    Case("repo.all", "jp", 5, "repo", "bank", issuers=4),
    Case("direct.party", "jht", 1, "direct"),
    Case("direct.all", "jp", 5, "direct", issuers=6),
    Case("property.all", "jht", 10, "property", issuers=2),
    Case("property.all", "jp", 10, "property"),
    Case("property.all", "jht", 5, "property", on=OLD),
    Case("party", "jht", 25, "mutual_fund", "manager"),
    Case("party", "jkk", 25, "deposit", "bank"),
    Case("party", "jkp", 25, "mutual_fund", "manager"),
]
STEPS = {"just_under": -1, "at": 0, "just_over": 1}


def standing_of(case: Case, held: list[Holding], *, net_assets: int = 0) -> Standing:
    """The case's limit, with what of it is largest."""
    limits = [one for one in limits_in_force(case.fund, case.on) if one.rule.id == case.rule]
    return standings(limits, held, Bases({case.fund: net_assets}))[0]


def spread(case: Case, rupiah: int) -> list[Holding]:
    """So much in the case's class, over its issuers; the rest of the remainder in the first."""
    part, rest = divmod(rupiah, case.issuers)
    papers = [paper(10 + at, case.asset_class, f"P{at}", case.kind) for at in range(case.issuers)]
    return [has(case.fund, one, part + (rest if at == 0 else 0)) for at, one in enumerate(papers)]


@pytest.mark.parametrize("base", [ROUND, ODD], ids=["round", "odd"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_limit_holds_to_the_rupiah(case: Case, step: str, base: int) -> None:
    highest = base * case.percent // 100
    rupiah = highest + STEPS[step]
    found = standing_of(case, [*spread(case, rupiah), has(case.fund, BOND, base - rupiah)])
    assert (found.held_rupiah, found.base_rupiah, found.limit_rupiah) == (rupiah, base, highest)
    assert found.broken is (step == "just_over")
    assert (found.room_rupiah < 0) is (step == "just_over")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fund", ["jkk", "jkm", "jkp"])
def test_all_that_is_risky_is_half_of_the_net_assets(fund: str, step: str) -> None:
    papers = [paper(20 + at, name, f"P{at}", "bank") for at, name in enumerate(
        ("corporate_bond", "equity", "mutual_fund", "repo", "asset_backed"))]  # fmt: skip
    held = [has(fund, one, 100) for one in papers]
    net = {"just_under": 1_001, "at": 1_000, "just_over": 999}[step]
    found = standing_of(Case("risky.all", fund, 50, ""), [*held, has(fund, BOND, 10**9)], net_assets=net)
    assert (found.held_rupiah, found.base_rupiah, found.broken) == (500, net, step == "just_over")
    assert found.room_rupiah == {"just_under": 0, "at": 0, "just_over": -1}[step]


@pytest.mark.parametrize("step", STEPS)
def test_government_bonds_are_half_of_what_all_funds_have(step: str) -> None:
    share = paper(3, "equity", "P3")
    bonds = 500 - STEPS[step]
    held = [has("jkk", BOND, 100), has("jht", BOND, bonds - 100), has("jht", share, 1_000 - bonds)]
    for fund in ("jkk", "jht", "jp"):
        found = standing_of(Case("government_bond.least", fund, 50, ""), held)
        assert (found.held_rupiah, found.base_rupiah, found.limit_rupiah) == (bonds, 1_000, 500)
        assert found.broken is (step == "just_over")
    assert {"just_under": (2, 2), "at": (0, 0), "just_over": (-2, -2)}[step] == (found.room_rupiah, found.others_rupiah)


@pytest.mark.parametrize("fund", ["jkk", "jkm", "jkp"])
@pytest.mark.parametrize("asset_class", ["real_estate_fund", "direct", "property"])
def test_a_fund_of_risks_has_not_one_rupiah_of_what_its_list_leaves_out(fund: str, asset_class: str) -> None:
    none = [has(fund, BOND, 1_000)]
    assert not standing_of(Case("barred", fund, 0, ""), none).broken
    found = standing_of(Case("barred", fund, 0, ""), [*none, has(fund, paper(4, asset_class, "P4"), 1)])
    assert found.broken and found.room_rupiah == -1


def test_firms_under_one_owner_count_together() -> None:
    papers = [
        paper(30, "equity", "ANAK", corporate_group="Induk"),
        paper(31, "deposit", "BANKNYA", "bank", corporate_group="Induk"),
    ]
    case = Case("party", "jht", 25, "")
    held = [has("jht", papers[0], 125), has("jht", papers[1], 125), has("jht", BOND, 750)]
    assert not standing_of(case, held).broken
    found = standing_of(case, [held[0], has("jht", papers[1], 126), has("jht", BOND, 749)])
    assert found.broken and (found.subject, found.subject_name, found.held_rupiah) == ("@Induk", "Induk", 251)
    alone = [has("jht", paper(32, "equity", "INDUK"), 125), has("jht", papers[1], 126), has("jht", BOND, 749)]
    assert not standing_of(case, alone).broken


def test_a_group_is_not_taken_for_an_issuer_of_the_same_name() -> None:
    held = [has("jht", paper(33, "equity", "SAMA"), 200), has("jht", paper(34, "equity", "LAIN", corporate_group="SAMA"), 200)]
    assert standing_of(Case("party", "jht", 25, ""), [*held, has("jht", BOND, 600)]).held_rupiah == 200


@pytest.mark.parametrize(
    ("rating", "enough"),
    [("idAAA", True), ("AA-(idn)", True), ("idA", True), ("A-", True), ("idA-(sy)", True), ("idBBB+", False), ("BBB", False),
     ("", False), ("idD", False), ("bagus", False), ("AAAA", False)],
)  # fmt: skip
def test_ratings_are_read_as_the_agencies_write_them(rating: str, enough: bool) -> None:
    assert enough_rated(rating) is enough
    case = Case("rating", "jht", 0, "")
    held = [has("jht", paper(35, "corporate_bond", "P35", rating=rating), 1), has("jht", BOND, 99)]
    found = [one for one in limits_in_force("jht", ON) if one.rule.id == case.rule]
    assert bool(standings(found, held, Bases())) is not enough


def test_shares_and_bonds_off_the_exchange_are_told_of_each_by_itself() -> None:
    off = paper(36, "equity", "P36", listed=False)
    limits = [one for one in limits_in_force("jp", ON) if one.rule.id == "listed"]
    assert standings(limits, [has("jp", paper(37, "equity", "P37"), 5), has("jp", BOND, 95)], Bases()) == []
    (found,) = standings(limits, [has("jp", off, 5), has("jp", BOND, 95)], Bases())
    assert found.broken and (found.subject, found.subject_name) == (off.code, off.name)


# --- before and after a trade -------------------------------------------------------------------------------------------

KINDS = [
    ("equity.issuer", "equity", "company"), ("deposit.bank", "deposit", "bank"),
    ("mutual_fund.manager", "mutual_fund", "manager"),
    ("repo.party", "repo", "bank"), ("property.all", "property", "company"), ("direct.party", "direct", "company"),
]  # fmt: skip


@given(
    kind=st.sampled_from(KINDS),
    bonds=st.integers(1, 10**15),
    others=st.integers(0, 10**12),
    already=st.integers(0, 10**10),
)
def test_the_room_can_be_bought_to_the_rupiah_and_not_one_more(
    kind: tuple[str, str, str], bonds: int, others: int, already: int
) -> None:
    rule, asset_class, issuer_kind = kind
    wanted = paper(40, asset_class, "P40", issuer_kind)
    held = [has("jht", BOND, bonds), has("jht", paper(41, "equity", "P41"), others), has("jht", wanted, already)]
    limits = [one for one in limits_in_force("jht", ON) if one.rule.id == rule]
    room = next(one for one in standings(limits, held, Bases(), wanted) if one.subject in ("", "P40")).room_rupiah
    for rupiah, broken in ((room, False), (room + 1, True)):
        if rupiah <= 0:
            continue
        bought = after_trade(held, fund="jht", security=wanted, side="buy", quantity=1, units=1, amount_rupiah=rupiah)
        (found,) = (one for one in findings(limits, held, bought, Bases(), wanted) if one.subject in ("", "P40"))
        assert found.broken_after is broken
        assert (found.room_rupiah >= 0) is not broken
        assert found.breach is broken


@given(bonds=st.integers(1, 10**9), others=st.integers(0, 10**9))
def test_of_what_must_be_held_the_room_can_be_sold_to_the_unit_and_not_one_more(bonds: int, others: int) -> None:
    held = [has("jht", BOND, bonds), has("jp", paper(42, "equity", "P42"), others)]
    limits = [one for one in limits_in_force("jht", ON) if one.rule.id == "government_bond.least"]
    (now,) = standings(limits, held, Bases())
    for units in (now.room_rupiah, now.room_rupiah + 1):
        if not 0 < units <= bonds:
            continue
        sold = after_trade(held, fund="jht", security=BOND, side="sell", quantity=units, units=bonds, amount_rupiah=units)
        (found,) = findings(limits, held, sold, Bases(), BOND)
        assert found.broken_after is (units > now.room_rupiah)
    for rupiah in (now.others_rupiah, now.others_rupiah + 1):  # type: ignore[operator]
        share = paper(43, "equity", "P43")
        if rupiah is None or rupiah <= 0:
            continue
        bought = after_trade(held, fund="jht", security=share, side="buy", quantity=1, units=0, amount_rupiah=rupiah)
        (found,) = (one for one in findings(limits, held, bought, Bases(), share) if one.rule == "government_bond.least")
        assert found.broken_after is (rupiah > (now.others_rupiah or 0))


def test_what_is_broken_already_is_a_breach_only_where_it_grows() -> None:
    share, other = paper(50, "equity", "P50"), paper(51, "equity", "P51")
    held = [has("jht", BOND, 900), has("jht", share, 100)]
    limits = [one for one in limits_in_force("jht", ON) if one.rule.id == "equity.issuer"]

    def of_share(side: str, rupiah: int, what: object = share) -> bool:
        after = after_trade(held, fund="jht", security=what, side=side, quantity=rupiah, units=900, amount_rupiah=rupiah)  # type: ignore[arg-type]
        (found,) = (one for one in findings(limits, held, after, Bases(), what) if one.subject == "P50")  # type: ignore[arg-type]
        assert found.broken_before and found.broken_after
        return found.breach

    assert of_share("buy", 1)
    assert not of_share("sell", 1)
    assert not of_share("buy", 1, other)
    assert not of_share("sell", 100, BOND)  # its share of the rest grew; nothing of it was bought


def test_while_too_few_bonds_are_held_every_other_purchase_takes_the_funds_further_away() -> None:
    share = paper(52, "equity", "P52")
    limits = [one for one in limits_in_force("jht", ON) if one.rule.id == "government_bond.least"]
    for held in ([has("jkk", BOND, 40), has("jht", share, 60)], [has("jht", share, 60)]):
        more = after_trade(held, fund="jht", security=share, side="buy", quantity=1, units=1, amount_rupiah=1)
        assert next(iter(findings(limits, held, more, Bases(), share))).breach
        less = after_trade(held, fund="jht", security=share, side="sell", quantity=1, units=60, amount_rupiah=1)
        assert not next(iter(findings(limits, held, less, Bases(), share))).breach


def test_the_first_purchase_of_a_fund_without_investments_has_no_room_under_a_limit() -> None:
    share = paper(53, "equity", "P53")
    limits = limits_in_force("jht", ON)
    bought = after_trade([], fund="jht", security=share, side="buy", quantity=1, units=0, amount_rupiah=1)
    assert {one.rule for one in findings(limits, [], bought, Bases(), share) if one.breach} == {
        "equity.issuer", "equity.all", "party", "government_bond.least"
    }  # fmt: skip
    bought = after_trade([], fund="jht", security=BOND, side="buy", quantity=1, units=0, amount_rupiah=1)
    assert not [one for one in findings(limits, [], bought, Bases(), BOND) if one.breach]


# --- the data ---------------------------------------------------------------------------------------------------------


def test_every_figure_is_dated_cited_and_graded_and_no_two_hold_at_once() -> None:
    for rule in rules().values():
        assert set(rule.titles) == {"id", "en"}
        for row in rule.rows:
            assert row.grade in ("gazette", "secondary", "derived", "unsourced") and row.source.startswith("https://")
            assert row.regulation and 0 <= row.ppm <= 1_000_000
            assert bool(row.article) is (row.grade != "unsourced")
            twins = [two for two in rule.rows if two is not row and set(two.funds) & set(row.funds)]
            assert all((row.end and row.end < two.start) or (two.end and two.end < row.start) for two in twins)


def test_a_fund_has_its_limits_from_the_day_it_has_them() -> None:
    assert not [one for one in limits_in_force("jp", dt.date(2015, 6, 30)) if one.rule.id != "government_bond.least"]
    assert not [one for one in limits_in_force("jkp", dt.date(2021, 2, 1)) if one.rule.id != "government_bond.least"]
    assert {one.rule.id for one in limits_in_force("jkp", dt.date(2021, 2, 2))} == {
        one.rule.id for one in limits_in_force("jkk", dt.date(2021, 2, 2))
    }
    assert not [one for one in limits_in_force("jht", dt.date(2016, 12, 30)) if one.rule.bound == "least"]


def test_the_boards_limit_stands_beside_the_laws_and_is_never_the_looser_one() -> None:
    def found(ppm: int | None, since: dt.date = dt.date(2026, 1, 1)) -> list[tuple[str, int]]:
        board = [BoardLimit(1, "jht", "equity.issuer", ppm, since, "KEP/1")]
        return [(one.id, one.ppm) for one in limits_in_force("jht", ON, board) if one.rule.id == "equity.issuer"]

    assert found(30_000) == [("equity.issuer", 50_000), ("board:equity.issuer", 30_000)]
    assert found(None) == [("equity.issuer", 50_000)]
    assert found(80_000) == [("equity.issuer", 50_000), ("board:equity.issuer", 50_000)]
    only = limits_in_force("jht", ON, [BoardLimit(2, "jht", "deposit.all", 300_000, ON, "KEP/2")])
    assert [(one.id, one.ppm) for one in only if one.rule.id == "deposit.all"] == [("board:deposit.all", 300_000)]
