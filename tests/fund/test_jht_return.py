"""The JHT return: what the result supports, reckoned by hand; proposed by one, adopted by another, never below the floor."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek.access.errors import Refused
from jamsostek.accounts.actions import floors, rates
from jamsostek.accounts.actions.rates import NewRate
from jamsostek.accounts.queries.floors import floor_from, floor_of
from jamsostek.accounts.queries.rates import declared_rate
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import PPM
from jamsostek.fund.actions import returns
from jamsostek.fund.actions.returns import NewProposal
from jamsostek.fund.jht_return import Books, candidates, effect, history, rule, supported
from jamsostek.fund.queries.jht_return import member_return, proposals, prospect, year_so_far
from jamsostek.ledger.actions import Leg, Posting, post
from jamsostek.ledger.errors import LedgerRefused
from tests import cast
from tests.accounts import money

if TYPE_CHECKING:
    from tests.conftest import Database

TODAY = dt.date(2021, 7, 10)
RESULT = {
    "investment_income:jht": 6_000_000,
    "realised:jht": 1_000_000,
    "investment_cost:jht": 100_000,
    "unrealised:jht": 2_000_000,
}


def books(**given: Any) -> Books:
    """Half a year of 100 million standing still."""
    facts = {
        "moved": RESULT, "rupiah_days": 100_000_000 * 181, "days": 181, "year_days": 365, "credited_rupiah": 0,
        "net_assets_rupiah": 105_000_000, "members_rupiah": 100_000_000,
    }  # fmt: skip
    return Books(**{**facts, **given})


# --- the rule, pure -----------------------------------------------------------------------------------------------------


def test_the_result_supports_the_rate_reckoned_by_hand() -> None:
    found = supported(books(), rule())
    # 6,000,000 + 1,000,000 − 100,000 = 6,900,000; 5 % kept = 345,000; 6,555,000 × 365 ÷ (100 m × 181) = 13.2187… %
    assert (found.distributable_rupiah, found.reserve_rupiah, found.for_members_rupiah) == (6_900_000, 345_000, 6_555_000)
    assert (found.average_rupiah, found.rate_ppm) == (100_000_000, 132_100)


def test_the_other_readings_move_rupiah() -> None:
    with_gains = supported(books(), rule().reading(with_unrealised=True))
    without_reserve = supported(books(), rule().reading(reserve_ppm=0))
    assert (with_gains.distributable_rupiah, with_gains.for_members_rupiah) == (8_900_000, 8_455_000)
    assert (without_reserve.for_members_rupiah, without_reserve.rate_ppm) == (6_900_000, 139_100)


def test_a_rates_effect_is_what_it_gives_what_stays_and_the_cover() -> None:
    here = books(credited_rupiah=1_000_000)
    at = effect(here, 60_000, supported(here, rule()))
    # 100 m × 181 ÷ 365 × 6 % = 2,975,342.5 → half up; the million credited already is not given again
    assert (at.members_rupiah, at.kept_rupiah) == (2_975_342, 6_900_000 - 2_975_342)
    assert (at.coverage_before_ppm, at.coverage_after_ppm) == (1_050_000, round(105_000_000 * PPM / 101_975_342))


def test_a_loss_keeps_nothing_and_supports_less_than_nothing() -> None:
    found = supported(books(moved={"realised:jht": -500_000}), rule())
    assert (found.reserve_rupiah, found.for_members_rupiah) == (0, -500_000)
    assert found.rate_ppm is not None and found.rate_ppm < 0


def test_without_balances_there_is_no_rate() -> None:
    empty = books(rupiah_days=0, members_rupiah=0)
    found = supported(empty, rule())
    assert found.rate_ppm is None
    assert effect(empty, 50_000, found).coverage_after_ppm is None
    assert candidates(found, rule(), floor_ppm=30_000, most_ppm=200_000) == [30_000, 32_500, 35_000]


@given(
    income=st.integers(-(10**12), 10**13), rupiah_days=st.integers(1, 10**18), days=st.integers(1, 366),
    reserve=st.integers(0, PPM),
)  # fmt: skip
def test_the_supported_rate_never_gives_more_than_there_is_for_members(
    income: int, rupiah_days: int, days: int, reserve: int
) -> None:
    here = books(moved={"investment_income:jht": income}, rupiah_days=rupiah_days, days=days)
    found = supported(here, rule().reading(reserve_ppm=reserve))
    assert found.rate_ppm is not None
    assert effect(here, found.rate_ppm, found).members_rupiah <= found.for_members_rupiah + 1
    more = found.rate_ppm + 2 * rule().step_ppm
    assert more * rupiah_days > found.for_members_rupiah * here.year_days * PPM, "the next step but one is beyond it"


@given(st.integers(-200_000, 300_000), st.integers(0, 200_000))
def test_no_candidate_lies_below_the_floor(supports: int, least: int) -> None:
    found = supported(books(moved={"investment_income:jht": supports * 100}), rule())
    shown = candidates(found, rule(), floor_ppm=least, most_ppm=200_000)
    assert shown == sorted(set(shown)) and all(least <= one <= 200_000 for one in shown) and least in shown


def test_a_result_beyond_what_can_be_declared_still_shows_rates_that_can() -> None:
    found = supported(books(moved={"investment_income:jht": 10**9}), rule())
    assert found.rate_ppm is not None and found.rate_ppm > 200_000
    shown = candidates(found, rule(), floor_ppm=30_000, most_ppm=200_000)
    assert shown == [30_000, 190_000, 192_500, 195_000, 197_500, 200_000]


def test_a_members_year_is_the_laws_own_sum() -> None:
    # 10 million at 5.63 % in 2021: each month 10,000,000 × days × 0.0563 ÷ 365, rounded; 563,000 in a year but for rounding
    assert abs(member_return(2021, 56_300, 10_000_000) - 563_000) <= 6


def test_every_published_rate_has_a_source_and_lies_above_its_deposit_rate() -> None:
    assert [one.year for one in history()] == sorted(one.year for one in history())
    assert all(one.source and one.grade == "secondary" for one in history())
    assert all(one.rate_ppm > one.deposit_ppm for one in history() if one.deposit_ppm is not None)


# --- from the books -----------------------------------------------------------------------------------------------------


@pytest.fixture
def people(committed_db: Database) -> dict[str, Any]:
    """Who proposes, who adopts, and others of the house."""
    with cast.everyone():
        return {
            "actuary": cast.user("aktuaris", "actuary"), "chief": cast.user("direktur", "chief"),
            "head": cast.user("pusat", "head_office"), "other": cast.user("pusat_dua", "head_office"),
            "dealer": cast.user("dealer", "dealer"), "second": cast.user("aktuaris_dua", "actuary"),
        }  # fmt: skip


def live(rupiah: int = 100_000_000) -> Any:
    """A member with money since the first of January 2021, and a result of the fund in May."""
    with cast.everyone():
        siti = cast.participant()
        money.move({siti.pk: rupiah}, dt.date(2020, 12, 31))
        money.open_month(202105)
        legs = (
            Leg("investment:jht", "investment_income:jht", 6_000_000), Leg("investment:jht", "realised:jht", 1_000_000),
            Leg("investment_cost:jht", "investment:jht", 100_000), Leg("revaluation:jht", "unrealised:jht", 2_000_000),
        )  # fmt: skip
        post(Posting("uji:hasil", "uji", dt.date(2021, 5, 20), legs))
    return siti


def known_floor(people: dict[str, Any], rate_ppm: int = 30_000, from_month: int = 202107) -> int:
    return money.floor(people["actuary"], people["chief"], from_month, rate_ppm)


def propose(who: Any, rate_ppm: int = 56_000, reference: str = "HJ/2021/1", **given: Any) -> Any:
    with cast.as_user(who):
        return returns.propose(
            NewProposal(reference, 202107, rate_ppm, given.pop("reason", "Sesuai hasil"), **given), today=TODAY
        )


def adopt(who: Any, proposal_id: int, decree: str = "KEP/9/072021") -> Any:
    with cast.as_user(who):
        return returns.adopt(proposal_id=proposal_id, decree=decree, decreed_on=dt.date(2021, 7, 9), today=TODAY)


def test_the_year_so_far_is_what_the_ledger_and_the_lines_say(people: dict[str, Any]) -> None:
    live()
    with cast.everyone():
        told = year_so_far(202106)
    assert dict(told.books.moved) == RESULT
    assert (told.books.rupiah_days, told.books.days, told.books.year_days) == (100_000_000 * 181, 181, 365)
    assert (told.books.members_rupiah, told.books.net_assets_rupiah) == (100_000_000, 108_900_000)
    assert told.found.rate_ppm == 132_100
    with cast.everyone():
        before = year_so_far(202104)
    assert (before.found.distributable_rupiah, before.found.rate_ppm) == (0, 0)


def test_what_earns_is_counted_as_the_crediting_counts_it(people: dict[str, Any]) -> None:
    """A whole year credited at a known rate: the sum of returns is the base times the rate, but for rounding."""
    with cast.everyone():
        siti, budi = cast.participant(), cast.participant("Budi")
        money.move({siti.pk: 7_654_321, budi.pk: 1_234_567}, dt.date(2019, 12, 15))
        money.move({siti.pk: 333_333}, dt.date(2020, 2, 29))
        money.move({budi.pk: 250_001}, dt.date(2020, 3, 1))
    money.credit(201912)
    for month in (202001, 202002, 202003):
        money.credit(month)
    with cast.everyone():
        told = year_so_far(202003)
    estimate = told.books.rupiah_days * 56_300 // (366 * PPM)
    assert abs(told.books.credited_rupiah - estimate) <= 6, "two accounts, three months: half a rupiah each"


def test_a_proposal_is_adopted_by_another_and_credited(people: dict[str, Any]) -> None:
    siti = live()
    known_floor(people)
    made = propose(people["actuary"])
    assert (made.state, made.basis_month, made.rate.hands) == ("waiting", 202106, "fund")
    assert made.figures["supported_ppm"] == 132_100 and made.figures["least_ppm"] == 30_000
    assert made.figures["gives_rupiah"] == round(100_000_000 * 181 / 365 * 0.056)
    with cast.everyone(), pytest.raises(InputError, match="belum ditetapkan"):
        declared_rate(202107)
    done = adopt(people["chief"], made.id)
    assert (done.state, done.rate.decree, done.rate.decreed_on) == ("adopted", "KEP/9/072021", dt.date(2021, 7, 9))
    with cast.everyone():
        assert declared_rate(202107).ppm == 56_000
    assert (done.rate.declared_by, done.rate.answered_by) == (people["actuary"].pk, people["chief"].pk)
    money.floor(people["head"], people["other"], 202101)
    with cast.as_user(people["head"]):
        early = rates.declare(NewRate(202101, 50_000, "Siaran pers"))
    with cast.as_user(people["other"]):
        rates.answer(rate_id=early.id, confirmed=True)
    money.credit(202012)
    money.credit(202101)
    assert money.balances(202101)[siti.pk][2] > 0
    told = money.ask("SELECT action, user_id FROM access_auditentry WHERE action LIKE 'fund.jht%%' ORDER BY id")
    assert told == [("fund.jht_return_proposed", people["actuary"].pk), ("fund.jht_return_adopted", people["chief"].pk)]


def test_the_same_request_twice_is_one_proposal_and_another_body_is_refused(people: dict[str, Any]) -> None:
    known_floor(people)
    first = propose(people["actuary"])
    assert propose(people["actuary"]).id == first.id
    with pytest.raises(InputError, match="sudah dipakai"):
        propose(people["actuary"], 57_000)
    with cast.everyone():
        assert len(proposals()) == 1


def test_who_may_do_what(people: dict[str, Any]) -> None:
    known_floor(people)
    for who in ("dealer", "head", "chief"):
        with pytest.raises(Refused):
            propose(people[who], reference=f"HJ/{who.upper()}")
    made = propose(people["actuary"])
    for who in ("actuary", "second", "head", "dealer"):
        with pytest.raises(Refused):
            adopt(people[who], made.id)
    with cast.as_user(people["head"]), pytest.raises(Refused):
        rates.answer(rate_id=made.rate.id, confirmed=True)  # the door of the books does not decide what the fund proposed
    with pytest.raises(Refused, match="diusulkan oleh seseorang"), cast.everyone():
        returns.propose(NewProposal("HJ/SISTEM", 202107, 56_000, "Oleh sistem"), today=TODAY)


def test_a_decree_is_needed_and_a_refusal_says_why(people: dict[str, Any]) -> None:
    known_floor(people)
    made = propose(people["actuary"])
    with pytest.raises(InputError, match="Nomor dan tanggal"):
        adopt(people["chief"], made.id, " ")
    with cast.as_user(people["chief"]):
        with pytest.raises(InputError, match="belum tiba"):
            returns.adopt(proposal_id=made.id, decree="KEP/1", decreed_on=dt.date(2021, 8, 1), today=TODAY)
        with pytest.raises(InputError, match="Alasannya belum diisi"):
            returns.refuse(proposal_id=made.id, reason=" ")
        done = returns.refuse(proposal_id=made.id, reason="Cadangan terlalu tipis")
    assert (done.state, done.rate.reason) == ("refused", "Cadangan terlalu tipis")
    with pytest.raises(InputError, match="sudah diputuskan"):
        adopt(people["chief"], made.id)


def test_a_proposal_asks_for_a_reason_and_a_near_month(people: dict[str, Any]) -> None:
    known_floor(people)
    with pytest.raises(InputError, match="Alasannya belum diisi"):
        propose(people["actuary"], reason=" ")
    with cast.as_user(people["actuary"]), pytest.raises(InputError, match="terlalu jauh"):
        returns.propose(NewProposal("HJ/JAUH", 202301, 56_000, "Jauh"), today=TODAY)


def test_the_prospect_compares_rates_with_the_floor_and_the_last_one(people: dict[str, Any]) -> None:
    live()
    known_floor(people, 40_000)
    with cast.everyone():
        told = prospect(202107, also=(45_000,))
        first = prospect(202101)
    assert [one.rate_ppm for one in told.effects] == [40_000, 45_000, 127_100, 129_600, 132_100, 134_600, 137_100]
    assert told.floor is not None and (told.floor.rate_ppm, told.last) == (40_000, None)
    kept = [one.kept_rupiah for one in told.effects]
    assert kept == sorted(kept, reverse=True), "a higher rate keeps less"
    assert first.last is not None and first.last.ppm == 56_300


# --- the floor, through every door ---------------------------------------------------------------------------------------


def test_no_door_declares_below_the_floor_or_without_one(people: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="2021-07 belum dicatat"):
        propose(people["actuary"])
    with cast.as_user(people["head"]), pytest.raises(InputError, match="2021-07 belum dicatat"):
        rates.declare(NewRate(202107, 56_000, "Siaran pers"))
    known_floor(people, 40_000)
    for ppm in (0, 39_999):
        with pytest.raises(InputError, match="di bawah rata-rata bunga deposito bank pemerintah, 4 %"):
            propose(people["actuary"], ppm)
        with cast.as_user(people["head"]), pytest.raises(InputError, match="di bawah rata-rata"):
            rates.declare(NewRate(202107, ppm, "Siaran pers"))
    assert propose(people["actuary"], 40_000).rate.rate_ppm == 40_000


def test_a_rate_covers_the_highest_floor_of_its_months(people: dict[str, Any]) -> None:
    known_floor(people, 30_000)
    known_floor(people, 45_000, 202110)
    with cast.everyone():
        assert (floor_from(202107), floor_from(202106), floor_from(202110), floor_from(202201)) == (45_000, None, 45_000, None)
        assert floor_of(202109).rate_ppm == 30_000  # type: ignore[union-attr]
    with pytest.raises(InputError, match="4,5 %"):
        propose(people["actuary"], 44_000)


def test_a_floor_that_rises_later_stops_confirming_and_crediting(people: dict[str, Any]) -> None:
    siti = live()
    known_floor(people, 30_000, 202101)
    with cast.as_user(people["head"]):
        low = rates.declare(NewRate(202101, 35_000, "Siaran pers")).id
        late = rates.declare(NewRate(202101, 36_000, "Siaran pers")).id
    with cast.as_user(people["other"]):
        rates.answer(rate_id=low, confirmed=True)
    known_floor(people, 40_000, 202101)
    with cast.as_user(people["other"]), pytest.raises(InputError, match="di bawah rata-rata"):
        rates.answer(rate_id=late, confirmed=True)
    money.credit(202012)
    with pytest.raises(LedgerRefused, match="di bawah rata-rata bunga deposito"):
        money.begin(202101)
    with cast.as_user(people["head"]):
        enough = rates.declare(NewRate(202101, 41_000, "Siaran pers")).id
    with cast.as_user(people["other"]):
        rates.answer(rate_id=enough, confirmed=True)
    money.credit(202101)
    assert money.balances(202101)[siti.pk][2] > 0


def test_a_floor_takes_two_and_a_source(people: dict[str, Any]) -> None:
    with cast.as_user(people["actuary"]):
        with pytest.raises(InputError, match="Sumbernya"):
            floors.record(floors.NewFloor(202107, 30_000, " "))
        with pytest.raises(InputError, match="antara 0 dan 20 %"):
            floors.record(floors.NewFloor(202107, 200_001, "Sumber"))
        with pytest.raises(InputError, match="hanya untuk peragaan"):
            floors.record(floors.NewFloor(202107, 30_000, "Sumber", invented=True))
    with cast.as_user(people["head"]):
        made = floors.record(floors.NewFloor(202107, 30_000, "Sumber"))
        with pytest.raises(Refused, match="Anda sendiri"):
            floors.answer(floor_id=made.id, confirmed=True)
    with cast.as_user(people["dealer"]), pytest.raises(Refused):
        floors.record(floors.NewFloor(202107, 30_000, "Sumber"))
    with cast.as_user(people["actuary"]), pytest.raises(Refused):
        floors.answer(floor_id=made.id, confirmed=True)
    with cast.as_user(people["chief"]):
        with pytest.raises(InputError, match="Alasannya"):
            floors.answer(floor_id=made.id, confirmed=False)
        assert floors.answer(floor_id=made.id, confirmed=False, reason="Bukan bank pemerintah").confirmed is False
    with cast.everyone():
        assert floor_of(202107) is None


# --- the database by itself ------------------------------------------------------------------------------------------------


def by_hand(database: Database, role: str, sql: str) -> None:
    with database.connect(role) as one:
        one.execute("SELECT set_config('jamsostek.user', '0', false), set_config('jamsostek.all', '1', false)")
        one.execute(sql)
        one.commit()


@pytest.mark.parametrize("role", ["jamsostek_app", "jamsostek_owner"])
def test_the_database_keeps_the_two_hands_the_decree_and_the_floor(
    people: dict[str, Any], committed_db: Database, role: str
) -> None:
    known_floor(people)
    made = propose(people["actuary"])
    rate, mine, chief = made.rate.id, people["actuary"].pk, people["chief"].pk
    with cast.as_user(people["actuary"]):
        bare = rates.declare(NewRate(202107, 50_000, "Tanpa usulan", hands="fund")).id
    answer = "INSERT INTO accounts_rateanswer (rate_id, confirmed, answered_by, decree, decreed_on) VALUES "
    proposal = "INSERT INTO fund_jhtproposal (reference, body, rate_id, basis_month, figures, reason) VALUES "
    new = "INSERT INTO accounts_rate (from_month, rate_ppm, source, invented, declared_by) VALUES "
    flooring = (
        "INSERT INTO accounts_flooranswer (floor_id, confirmed, answered_by) SELECT id, true, recorded_by FROM accounts_floor"
    )
    for sql, name in (
        (f"{answer} ({rate}, true, {mine}, 'KEP', '2021-07-01')", "accounts_rate_by_two"),
        (f"{answer} ({rate}, true, {chief}, '', NULL)", "fund_jhtproposal_decree"),
        (f"{answer} ({bare}, true, {chief}, 'KEP', '2021-07-01')", "fund_jhtproposal_rate"),
        (f"{proposal} ('X', '', {bare}, 202106, '{{\"rate_ppm\": 1}}', 'x')", "fund_jhtproposal_rate"),
        (f"{new} (202107, 29999, 's', false, 1)", "accounts_rate_floor"),
        (f"{new} (202207, 99999, 's', false, 1)", "accounts_rate_floor_unknown"),
        (flooring, "accounts_floor_by_two"),
    ):
        with pytest.raises(psycopg.errors.CheckViolation) as told:
            by_hand(committed_db, role, sql)
        assert told.value.diag.constraint_name == name
    for sql in (
        "UPDATE fund_jhtproposal SET reason = 'lain'", "DELETE FROM accounts_floor",
        "UPDATE accounts_flooranswer SET confirmed = false",
        "TRUNCATE fund_jhtproposal",
    ):  # fmt: skip
        with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege)):
            by_hand(committed_db, role, sql)
