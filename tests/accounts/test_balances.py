"""A person's balance, years, months and why: under all their numbers, on any day, and for nobody who may not see it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from jamsostek.accounts.models import Balance, Line, LineKind, Programme
from jamsostek.accounts.queries.balances import balance_on, lines
from jamsostek.accounts.queries.rates import Rate
from jamsostek.accounts.queries.statement import derivations, statement, years
from jamsostek.core.months import add_months, last_day
from tests import cast
from tests.accounts import money

if TYPE_CHECKING:
    from tests.conftest import Database

OTHER = 999


@pytest.fixture(scope="module")
def people(module_db: Database) -> dict[str, Any]:
    """Siti, whose two numbers are one person; her money of 2019 and 2020; and others of two regencies."""
    from jamsostek.registry.actions.merging import merge

    with cast.everyone():
        found = {
            "siti": cast.participant("Siti Rahmawati"), "lama": cast.participant("Siti Lama"),
            "far": cast.participant("Wati", regency_code=cast.LUMAJANG), "firm": cast.employer(),
        }  # fmt: skip
        found["merge"] = merge(source_id=found["lama"].pk, into_id=found["siti"].pk, reason="Menurut akta yang ditunjukkan")
        siti, lama, far = (found[name].pk for name in ("siti", "lama", "far"))
        money.move({siti: 400_000, far: 900_000}, dt.date(2019, 11, 8), for_month=201910, source_id=71)
        money.move({siti: 100_000}, dt.date(2019, 11, 8), for_month=201910, programme=Programme.JP, source_id=71)
        money.move({siti: 410_000}, dt.date(2020, 1, 10), for_month=201912, source_id=72)
        money.move({siti: 102_500}, dt.date(2020, 1, 10), for_month=201912, programme=Programme.JP, source_id=72)
        money.move({lama: 250_000}, dt.date(2020, 2, 20), for_month=202001, source_id=73)
        money.move({siti: -300_000}, dt.date(2020, 2, 25), kind=LineKind.WITHDRAWAL)
    for month in (201911, 201912, 202001, 202002):
        money.credit(month, part_size=1)
    with cast.everyone():
        money.move({siti: 415_000}, dt.date(2020, 3, 9), for_month=202002, source_id=74)
    return found


def both(people: dict[str, Any]) -> list[int]:
    return [people["siti"].pk, people["lama"].pk]


# By hand. 2019: 5.7 … as in the law's data 6.08 % and 365 days; 2020: 5.63 % and 366.
# November: 400,000 × 22 × 0.0608 ÷ 365 = 1,465.9; December: 400,000 × 31 … = 2,065.5
NOVEMBER, DECEMBER = 1_466, 2_066
# January, on 403,532 for 31 days and 410,000 for 21: (12,509,492 + 8,610,000) × 0.0563 ÷ 366 = 3,248.7
JANUARY = 3_249
# February, on 813,532 for 29 days less 300,000 for 4: (23,592,428 − 1,200,000) × … = 3,444.5; 250,000 for 9 days = 346.1
FEBRUARY, FEBRUARY_OTHER = 3_445, 346


def test_a_balance_is_what_stood_at_the_end_of_the_day(people: dict[str, Any]) -> None:
    at = {
        dt.date(2019, 11, 7): 0,
        dt.date(2019, 11, 8): 400_000,
        dt.date(2019, 11, 29): 400_000,
        dt.date(2019, 11, 30): 400_000 + NOVEMBER,
        dt.date(2019, 12, 30): 400_000 + NOVEMBER,
        dt.date(2019, 12, 31): 403_532,
        dt.date(2020, 1, 10): 813_532,
        dt.date(2020, 1, 31): 813_532 + JANUARY,
        dt.date(2020, 2, 19): 813_532 + JANUARY,
        dt.date(2020, 2, 20): 1_063_532 + JANUARY,
        dt.date(2020, 2, 28): 763_532 + JANUARY,
        dt.date(2020, 2, 29): 763_532 + JANUARY + FEBRUARY + FEBRUARY_OTHER,
        dt.date(2020, 3, 8): 763_532 + JANUARY + FEBRUARY + FEBRUARY_OTHER,
        dt.date(2020, 3, 9): 1_178_532 + JANUARY + FEBRUARY + FEBRUARY_OTHER,
        dt.date(2026, 11, 21): 1_178_532 + JANUARY + FEBRUARY + FEBRUARY_OTHER,
    }
    with cast.everyone():
        assert {day: balance_on(both(people), day).rupiah for day in at} == at
        now = balance_on(both(people), dt.date(2020, 3, 9))
    assert (now.credited, now.year_return_rupiah) == (202002, JANUARY + FEBRUARY + FEBRUARY_OTHER)


def test_days_and_lines_agree(people: dict[str, Any]) -> None:
    """On every day the balance is the sum of the lines up to it."""
    with cast.everyone():
        own = lines(both(people), 201901, 202012, programme=Programme.JHT)
        day = dt.date(2019, 11, 1)
        while day < dt.date(2020, 4, 2):
            assert balance_on(both(people), day).rupiah == sum(one.rupiah for one in own if one.effective_on <= day), day
            day += dt.timedelta(days=1)


def test_the_years_follow_each_other(people: dict[str, Any]) -> None:
    with cast.everyone():
        found = years(both(people), dt.date(2020, 12, 1))
    assert [(one.year, one.opening_rupiah, one.closing_rupiah) for one in found] == [
        (2020, 403_532, 1_178_532 + JANUARY + FEBRUARY + FEBRUARY_OTHER), (2019, 0, 403_532),
    ]  # fmt: skip
    assert vars(found[0].sums) == {
        "in_rupiah": 410_000 + 250_000 + 415_000, "return_rupiah": JANUARY + FEBRUARY + FEBRUARY_OTHER, "out_rupiah": 300_000,
        "corrected_rupiah": 0,
    }  # fmt: skip


def test_the_statement_of_a_year_goes_from_its_opening_to_its_closing(people: dict[str, Any]) -> None:
    with cast.everyone():
        found = statement(both(people), 2020)
    assert [(one.month, one.opening_rupiah, one.closing_rupiah, one.rate) for one in found.months] == [
        (202001, 403_532, 816_781, Rate(56_300)), (202002, 816_781, 770_572, Rate(56_300)), (202003, 770_572, 1_185_572, None),
    ]  # fmt: skip
    assert (found.opening_rupiah, found.closing_rupiah, found.credited) == (403_532, 1_185_572, 202002)
    assert found.rates == [(202001, 202002, Rate(56_300))]
    assert [(one.for_month, one.rupiah, one.paid_on, one.source_id) for one in found.pension] == [
        (201912, 102_500, dt.date(2020, 1, 10), 72)
    ]
    assert [(one.kind, one.rupiah, one.source_id) for one in found.months[1].lines] == [
        (LineKind.CONTRIBUTION, 250_000, 73), (LineKind.WITHDRAWAL, -300_000, 0), (LineKind.RETURN, FEBRUARY, 0),
        (LineKind.RETURN, FEBRUARY_OTHER, 0),
    ]  # fmt: skip


def test_a_year_without_money_is_empty(people: dict[str, Any]) -> None:
    with cast.everyone():
        found = statement(both(people), 2018)
        assert (found.opening_rupiah, found.closing_rupiah, list(found.months), list(found.pension)) == (0, 0, [], [])
        assert years([OTHER], dt.date(2020, 12, 1)) == []
        assert balance_on([OTHER], dt.date(2020, 12, 1)).rupiah == 0


def test_a_return_explains_itself_for_each_number(people: dict[str, Any]) -> None:
    with cast.everyone():
        found = derivations(both(people), 202002)
        assert derivations(both(people), 202003) == [], "not credited yet"
    assert [(one.participant_id, one.return_rupiah, one.holds, list(one.changes)) for one in found] == [
        (people["siti"].pk, FEBRUARY, True, []), (people["lama"].pk, FEBRUARY_OTHER, True, []),
    ]  # fmt: skip
    told = found[0].explanation
    assert told.inputs == {"opening_rupiah": 813_532, "returned_rupiah": JANUARY, "movement_rupiah_days": -1_200_000}
    assert "jht.development_rate" in told.figures
    assert "5,63 %" in told.text()


def test_every_return_written_is_what_its_explanation_gives(people: dict[str, Any]) -> None:
    with cast.everyone():
        for month in (201911, 201912, 202001, 202002):
            for one in derivations([*both(people), people["far"].pk], month):
                assert one.holds, (month, one.participant_id)


def test_a_changed_law_is_named_beside_the_old_amount(people: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek import law

    other = law.figures_in_force("benefit.jht.monthly_return", 202002)
    other["figures"]["jht.development_rate"] = {**other["figures"]["jht.development_rate"], "value": 57_000}
    monkeypatch.setattr(law, "figures_in_force", lambda *_given: other)
    with cast.everyone():
        (found,) = derivations([people["siti"].pk], 202002)
    assert [one.id for one in found.changes] == ["jht.development_rate"]


# --- who sees it ------------------------------------------------------------------------------------------------------


def seen(user: Any, ids: list[int]) -> tuple[int, int, int]:
    """(lines, balances, rupiah) that a user sees at all, and of these people."""
    with cast.as_user(user):
        return Line.objects.count(), Balance.objects.count(), balance_on(ids, dt.date(2020, 3, 31)).rupiah


def test_people_see_their_own_money_and_nobody_elses(people: dict[str, Any]) -> None:
    everybody = [*both(people), people["far"].pk]
    with cast.everyone():
        siti = cast.user("siti", "worker", "self", people["siti"].pk)
        far = cast.user("wati", "worker", "self", people["far"].pk)
    own = seen(siti, [people["siti"].pk])
    assert own[:2] == (10, 4) and own[2] > 0
    assert seen(siti, everybody)[2] == own[2], "asking for others adds nothing"
    assert seen(far, everybody)[:2] == (5, 4)
    with cast.everyone():
        assert (Line.objects.count(), Balance.objects.count()) == (17, 9)


NOT_THEIRS = {
    "employer_clerk": "employer", "employer_approver": "employer", "sponsor_clerk": "sponsor", "village_operator": "village",
    "agent": "office", "ministry": "nation", "actuary": "nation",
}  # fmt: skip


@pytest.mark.parametrize("role", NOT_THEIRS)
def test_employers_sponsors_villages_agents_and_watchers_see_none(people: dict[str, Any], role: str) -> None:
    kind = NOT_THEIRS[role]
    with cast.everyone():
        if role == "employer_clerk":
            cast.works(people["siti"], people["firm"])
        user = cast.user(f"orang-{role}", role, kind, people["firm"].pk if kind == "employer" else 1)
    assert seen(user, both(people)) == (0, 0, 0)


def test_an_office_sees_the_people_of_its_region(people: dict[str, Any]) -> None:
    with cast.everyone():
        here = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
        there = cast.user("petugas-jauh", "branch_officer", "region", cast.LUMAJANG)
    assert seen(here, both(people))[2] == 1_185_572
    assert seen(here, [people["far"].pk])[2] == 0
    assert seen(there, both(people))[2] == 0


def test_nobody_is_shown_anything_without_a_scope(module_db: Database) -> None:
    for table in ("accounts_line", "accounts_balance"):
        with module_db.connect() as app:
            assert app.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        for leaf in (f"{table}_202001", f"{table}_202001_1"):
            with module_db.connect() as app, pytest.raises(Exception, match="permission denied"):
                app.execute(f"SELECT count(*) FROM {leaf}")


# --- ten years of months ----------------------------------------------------------------------------------------------


def test_a_balance_opens_a_handful_of_months_of_many(committed_db: Database) -> None:
    """However many months there are, the last that was credited and those since are read."""
    who, months = 7, [add_months(201507, ahead) for ahead in range(30)]
    for month in months:
        with cast.everyone():
            money.move({who: 100_000, who + 1: 5}, dt.date(month // 100, month % 100, 5))
        money.credit(month, part_size=1)
    asked: list[str] = []

    def noting(run: Any, sql: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append(context["cursor"].cursor.mogrify(sql, values))
        return run(sql, values, many, context)

    with cast.everyone(), connection.cursor() as cursor:
        with connection.execute_wrapper(noting):
            found = balance_on([who], last_day(months[-1]) + dt.timedelta(days=3))
        tables: set[str] = set()
        for sql in asked:
            cursor.execute(f"EXPLAIN {sql}")
            words = [word for row in cursor.fetchall() for word in row[0].split()]
            tables |= {word for word in words if word.startswith(("accounts_line_2", "accounts_balance_2"))}
    assert found.rupiah > 30 * 100_000
    leaves = {one for one in tables if one.count("_") == 3}
    assert leaves == {f"accounts_balance_{months[-1]}_{who}"}, "no month after it has been opened"
