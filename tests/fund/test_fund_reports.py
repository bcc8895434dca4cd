"""Reports of the funds: figures are the ledger's, parts are made once, what was signed stays as it was."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from holding import House, paper, price, share

from jamsostek.access.errors import Refused
from jamsostek.accounts.actions.lines import NewLine, add_lines, open_month
from jamsostek.accounts.models import LineKind, Programme
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.fund.actions import reports
from jamsostek.fund.models import Report
from jamsostek.fund.queries import reports as queries
from jamsostek.fund.queries.cash_history import cash_history
from jamsostek.fund.queries.standing import standings
from jamsostek.fund.scenarios import checked
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.actions import Leg, Posting
from jamsostek.ledger.errors import LedgerRefused, refusals
from jamsostek.ledger.queries import balance, fund_balance
from tests import cast

pytestmark = pytest.mark.usefixtures("db")
TODAY = dt.date(2026, 4, 10)


def post(reference: str, on: dt.date, *legs: tuple[str, str, int]) -> None:
    with cast.everyone():
        ledger.post(Posting(reference, "uji", on, tuple(Leg(*one) for one in legs)))


def saved(member: int, reference: str, on: dt.date, rupiah: int) -> None:
    """A member's JHT money comes in, or becomes owed to them."""
    legs = (Leg("cash:jht", "members:jht", rupiah),) if rupiah > 0 else (Leg("members:jht", "payable:jht", -rupiah),)
    kind = LineKind.CONTRIBUTION if rupiah > 0 else LineKind.WITHDRAWAL
    with cast.everyone():
        posting = Posting(reference, "uji", on, legs)
        ledger.post(posting)
        add_lines([NewLine(posting.group_id, member, Programme.JHT, month_of(on), kind, rupiah, on, 0)])


@pytest.fixture
def house(db: Any) -> House:
    """A JKK fund with contributions, claims, a bond and a share; a JHT fund with members' money."""
    found = House()
    with cast.everyone():
        member = cast.participant().pk
        for month in (202601, 202602, 202603):
            open_month(month)
    found.money("jkk", 10_000_000_000)
    for month in (1, 2, 3):
        day = dt.date(2026, month, 20)
        post(f"iuran:{month}", day, ("cash:jkk", "fund:jkk", 100_000_000))
        saved(member, f"jht-in:{month}", day, 500_000_000)
        post(f"klaim:{month}", day, ("benefits:jkk", "payable:jkk", 30_000_000), ("payable:jkk", "cash:jkk", 20_000_000))
        saved(member, f"jht-out:{month}", day, -50_000_000)
        post(f"jht:{month}", day, ("payable:jht", "cash:jht", 45_000_000))
    bond, stock = paper("OBL-1"), share("SHM-1")
    found.carried(fund="jkk", instrument_id=bond, quantity=2_000, price=Decimal(1_000_000))
    found.carried(fund="jkk", instrument_id=stock, quantity=1_000, price=Decimal(500_000))
    price(stock, dt.date(2026, 3, 30), 400_000)
    return found


def asked(house: House, role: str = "head_office", **given: Any) -> Report:
    with house.act(role):
        return reports.ask(**({"kind": "monthly", "fund": "jkk", "period": 202603, "today": TODAY} | given))


def part(report: Report, name: str) -> dict[str, Any]:
    with cast.everyone():
        found: dict[str, Any] = queries.report(report.pk).parts[name]
        return found


def test_cash_of_a_month_is_told_by_kind_and_adds_up_to_the_ledger(house: House) -> None:
    with cast.everyone():
        found = cash_history(202601, 202603)
        jkk, jht = found["jkk"], found["jht"]
        assert [(one.contributions, one.claims, one.opening) for one in jkk] == [
            (100_000_000, 20_000_000, 10_000_000_000), (100_000_000, 20_000_000, 0), (100_000_000, 20_000_000, 0),
        ]  # fmt: skip
        assert jkk[0].investing < -2_500_000_000  # what the papers cost
        assert [(one.contributions, one.claims) for one in jht] == [(500_000_000, 45_000_000)] * 3
        for fund in ("jkk", "jht"):
            assert sum(one.net for one in found[fund]) == balance(f"cash:{fund}", effective=dt.date(2026, 3, 31))


def test_the_statement_is_the_ledgers_to_the_rupiah_and_its_changes_explain_it(house: House) -> None:
    report = asked(house)
    position, changes = part(report, "position"), part(report, "changes")
    with cast.everyone():
        assert position["worth"]["now"] == fund_balance("jkk", effective=dt.date(2026, 3, 31))
        assert position["worth"]["before"] == fund_balance("jkk", effective=dt.date(2026, 2, 28))
        for row in position["rows"]:
            assert row["now"] == balance(row["code"], effective=dt.date(2026, 3, 31))
    assert position["worth"]["year_ago"] == 0
    assert set(changes["unexplained"].values()) == {0}
    assert changes["closing"]["now"] - changes["opening"]["now"] == changes["sums"]["now"]
    rows = {row["code"]: row["now"] for row in changes["rows"]}
    assert (rows["fund:jkk"], rows["benefits:jkk"]) == (100_000_000, -30_000_000)


def test_members_balances_go_from_opening_to_closing(house: House) -> None:
    told = part(asked(house, fund="jht"), "changes")["members"]["now"]
    assert told["opening"] + told["contributions"] + told["credited"] - told["paid"] == told["closing"] == 1_350_000_000


def test_the_portfolio_and_cover_are_of_the_months_end(house: House) -> None:
    report = asked(house)
    portfolio, cover = part(report, "portfolio"), part(report, "cover")
    assert [(row["name"], row["carried"]) for row in portfolio["classes"]] == [
        ("government_bond", 2_000_000_000), ("equity", 500_000_000),
    ]  # fmt: skip
    assert portfolio["classes"][1]["market"] == 400_000_000
    assert sum(row["share_ppm"] for row in portfolio["classes"]) == 1_000_000
    assert cover["past_outgo"] == 60_000_000
    with cast.everyone():
        here = standings(dt.date(2026, 3, 31), checked(dt.date(2026, 3, 31), {}))["jkk"]
    assert cover["claim_months"] == round(here.worth_rupiah * 12 / 60_000_000, 1)
    assert here.cash_rupiah + sum(one.market_rupiah for one in here.holdings) > 9_000_000_000
    assert {one.asset_class: round(one.duration, 1) for one in here.holdings} == {"equity": 0.0, "government_bond": 3.4}


def test_every_limit_is_told_with_its_article(house: House) -> None:
    rows = part(asked(house), "limits")["rows"]
    assert rows
    assert all(row["regulation"] and row["grade"] for row in rows)


def test_a_report_is_signed_by_another_once_and_holds_what_was_signed(house: House) -> None:
    report = asked(house)
    with house.act("risk"), pytest.raises(Refused):
        reports.answer(report_id=report.pk, signed=True)
    with house.act("chief"):
        signed = reports.answer(report_id=report.pk, signed=True)
        assert queries.report(report.pk).holds
        with pytest.raises(InputError, match="sudah diputuskan"):
            reports.answer(report_id=report.pk, signed=True)
    assert len(bytes(signed.answer.digest)) == 32
    for sql in (
        "UPDATE fund_reportpart SET content = '{}'", "DELETE FROM fund_reportsign", "UPDATE fund_report SET note = 'x'",
    ):  # fmt: skip
        with pytest.raises(Exception, match="denied"), cast.everyone(), connection.cursor() as cursor:
            cursor.execute(sql)
    with (
        pytest.raises(LedgerRefused, match="sudah diputuskan"),
        cast.everyone(),
        refusals(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO fund_reportpart (report_id, part, content) VALUES (%s, 'position', '{}')", [report.pk])


def test_who_asked_does_not_sign(house: House) -> None:
    report = asked(house, "chief")
    with house.act("chief"), pytest.raises(Refused, match="Anda sendiri"):
        reports.answer(report_id=report.pk, signed=True)
    with pytest.raises(LedgerRefused), cast.everyone(), refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_reportsign (report_id, signed, digest, signature, key_id, by)"
            " SELECT id, true, sha256('x'::bytea), 'x'::bytea, 'x', asked_by FROM fund_report WHERE id = %s", [report.pk],
        )  # fmt: skip


def test_a_correction_is_a_new_edition_that_says_why(house: House) -> None:
    first = asked(house)
    assert asked(house).pk == first.pk  # one that waits is there already
    with house.act("chief"), pytest.raises(InputError, match="Alasannya"):
        reports.answer(report_id=first.pk, signed=False)
    with house.act("chief"):
        reports.answer(report_id=first.pk, signed=False, reason="Harga saham keliru")
    with pytest.raises(InputError, match="edisi baru"):
        asked(house)
    post("koreksi", dt.date(2026, 3, 25), ("cash:jkk", "fund:jkk", 7))
    second = asked(house, note="Iuran yang terlambat dibukukan")
    assert (second.edition, part(second, "position")["worth"]["now"]) == (2, part(first, "position")["worth"]["now"] + 7)


def test_what_is_posted_later_changes_no_report_that_was_asked_for(house: House) -> None:
    report = asked(house)
    before = part(report, "position")
    post("susulan", dt.date(2026, 3, 26), ("cash:jkk", "fund:jkk", 9))
    with cast.everyone():
        from jamsostek.fund.reports import building

        assert building.content(Report.objects.get(pk=report.pk), "position") == before


def test_a_long_ledger_leaves_it_to_a_job_which_goes_on_where_it_stopped(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "AT_ONCE", -1)
    report = asked(house)
    with cast.everyone():
        assert queries.report(report.pk).state == "making"
        assert reports.unfinished() == [report.pk]
        from jamsostek.fund.reports import building

        building.make(report, "position")
    with house.act("chief"), pytest.raises(InputError, match="belum selesai"):
        reports.answer(report_id=report.pk, signed=True)
    assert reports.build(report_id=report.pk) == len(building.MONTHLY) - 1
    with cast.everyone():
        assert queries.report(report.pk).state == "draft"
        assert reports.unfinished() == []


def test_a_month_that_has_not_ended_is_refused_and_so_is_who_has_no_business(house: House) -> None:
    with pytest.raises(InputError, match="belum berakhir"):
        asked(house, period=202604)
    with pytest.raises(Refused):
        asked(house, "settlement")
    with pytest.raises(InputError):
        asked(house, fund="all")


def test_the_year_is_told_to_members_only_after_it_was_signed(house: House) -> None:
    from jamsostek.access.scope import acting, nobody

    report = asked(house, kind="annual", fund="all", period=2026)
    jkk = part(report, "jkk")
    assert (jkk["contributions"], jkk["brought"], jkk["paid"]) == (300_000_000, 10_000_000_000, 90_000_000)
    assert jkk["closing"] - jkk["opening"] == jkk["contributions"] + jkk["brought"] + jkk["fines"] + jkk["earned"] - jkk["paid"]
    assert part(report, "jht")["paid"] == 150_000_000
    with acting(nobody()):
        assert queries.of_year(2026) is None
        assert not Report.objects.exists()
    with house.act("chief"), pytest.raises(InputError, match="belum berakhir"):
        reports.answer(report_id=report.pk, signed=True)
