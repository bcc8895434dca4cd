"""Agents: codes, who was brought in by whom, what is earned step by step, idle months, deaths to look at, how far people came."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection
from reached import TODAY, agent, came, meeting, runner

from jamsostek.access.errors import Refused
from jamsostek.collection import banks, codes
from jamsostek.collection.actions import bills, payments
from jamsostek.collection.actions.payments import Notice
from jamsostek.collection.choices import Channel
from jamsostek.core.errors import InputError
from jamsostek.outreach.actions import agents, campaigns
from jamsostek.outreach.incentives import figures, idle, incentive, is_over
from jamsostek.outreach.models import Code, Referral
from jamsostek.outreach.queries import agents as queries
from jamsostek.outreach.queries.campaigns import funnel
from jamsostek.registry.actions.sponsors import Covering, cover_oneself
from tests import cast

ACCOUNT = "5550001110"


def supervisor(region: int = cast.SIDOARJO) -> Any:
    return cast.user(f"penyelia.{region}", "branch_supervisor", "region", region)


def coded(name: str = "agen.satu", region: int = cast.SIDOARJO) -> tuple[Any, Code]:
    """An agent with a code."""
    with cast.everyone():
        who = agent(name, region)
        return who, agents.give_code(username=who.username, body="Koperasi Contoh", today=TODAY)


def brought(code: Code, count: int, **given: Any) -> list[Any]:
    """People registered by a code; call with everybody in sight."""
    people = [cast.participant(f"Bawaan {at}", **given) for at in range(count)]
    for one in people:
        agents.refer(participant_id=one.pk, code=code.code, today=TODAY)
    return people


def pays(person: Any, months: int = 1) -> int:
    """Own cover from this month on, paid; gives what was paid."""
    cover_oneself(Covering(person.pk, cast.MONTH, 1_000_000, "Petani"))
    bill = bills.bill_person(participant_id=person.pk, from_month=cast.MONTH, months=months, today=TODAY)
    banks.add_account(ACCOUNT, "Bank Contoh")
    rupiah = int(bill.total_rupiah)
    payments.receive(
        Notice(ACCOUNT, f"R-{person.pk}", codes.code_of(bill.number), rupiah, cast.NOW, Channel.WEBHOOK), today=TODAY
    )  # fmt: skip
    return rupiah


# --- what is earned ---------------------------------------------------------------------------------------------------------


def test_the_register_of_interpretations_names_the_figures_as_they_are_called() -> None:
    text = (Path(__file__).parents[2] / "docs/law/interpretations.md").read_text(encoding="utf-8")
    named = re.findall(r"^- \*\*Data:\*\* (.*)$", text, re.M)
    ours = [one for one in re.findall(r"`(.+?)`", " ".join(named)) if one.startswith("agent.")]
    assert sorted(ours) == sorted(figures(TODAY))


def test_the_figures_are_dated_and_say_how_good_they_are() -> None:
    known = figures(TODAY)
    assert {name: one.value for name, one in known.items()} == {
        "agent.target_members": 50, "agent.target_rupiah": 500_000, "agent.commission_ppm": 75_000, "agent.body_ppm": 100_000,
        "agent.idle_months": 3,
    }  # fmt: skip
    assert {one.grade for one in known.values()} == {"secondary"} and all(one.source for one in known.values())
    with pytest.raises(LookupError):
        figures(dt.date(2017, 12, 31))


@pytest.mark.parametrize(("joined", "collected", "target", "commission", "body", "mine"), [
    (50, 840_000, 500_000, 63_000, 56_300, 506_700),
    (49, 840_000, 0, 63_000, 6_300, 56_700),
    (0, 0, 0, 0, 0, 0),
    (120, 16_800, 500_000, 1_260, 50_126, 451_134),
    (1, 8_400, 0, 630, 63, 567),
    (1, 10_020, 0, 752, 75, 677),
])  # fmt: skip
def test_an_incentive_is_counted_to_the_rupiah(
    joined: int, collected: int, target: int, commission: int, body: int, mine: int
) -> None:
    got = incentive(joined, collected, 202611)
    assert (got.target_rupiah, got.commission_rupiah, got.body_rupiah, got.agent_rupiah) == (target, commission, body, mine)
    assert got.agent_rupiah + got.body_rupiah == got.whole_rupiah
    assert [one.rupiah for one in got.steps] == [target, commission, body, mine]


def test_idle_months_are_whole_months_before_this_one() -> None:
    assert idle(dt.date(2026, 11, 2), dt.date(2026, 1, 1), TODAY) == 0
    assert idle(dt.date(2026, 8, 31), dt.date(2026, 1, 1), TODAY) == 2
    assert idle(None, dt.date(2026, 7, 31), TODAY) == 3
    assert not is_over(2, TODAY) and is_over(3, TODAY)


# --- codes ------------------------------------------------------------------------------------------------------------------


def test_an_agent_has_one_code_at_a_time(db: Any) -> None:
    who, code = coded()
    with cast.as_user(supervisor()):
        assert agents.give_code(username=who.username, body="Lain", today=TODAY).pk == code.pk
        agents.end_code(code_id=code.pk, reason="Tiga bulan tanpa peserta", today=TODAY)
        agents.end_code(code_id=code.pk, reason="Lagi", today=TODAY)
        assert agents.give_code(username=who.username, body="Koperasi Lain", today=TODAY).pk != code.pk
    with cast.as_user(who):
        assert queries.own_code().body == "Koperasi Lain"


def test_a_code_is_given_where_the_branch_works_and_to_agents(db: Any) -> None:
    who, _code = coded("agen.jauh", cast.LUMAJANG)
    with cast.as_user(supervisor()):
        with pytest.raises(Refused):
            agents.give_code(username=who.username, body="Koperasi", today=TODAY)
        with pytest.raises(InputError, match="Agen"):
            agents.give_code(username=f"penyelia.{cast.SIDOARJO}", body="Koperasi", today=TODAY)
    with cast.as_user(runner()), pytest.raises(Refused):
        agents.end_code(code_id=_code.pk, reason="x", today=TODAY)


def test_a_code_is_checked_as_people_write_it(db: Any) -> None:
    _who, code = coded()
    with cast.everyone():
        told = f" {code.code[:3].lower()}-{code.code[3:].lower()} "
        assert agents.check_code(told) == code.code
        assert agents.check_code("  ") == ""
        for wrong in ("ABC", "OOOOOO", "222222"):
            with pytest.raises(InputError, match="tidak dikenal"):
                agents.check_code(wrong)


def test_the_first_code_holds_for_good(db: Any) -> None:
    _first, one = coded("agen.satu")
    _second, other = coded("agen.dua")
    with cast.everyone():
        (person,) = brought(one, 1)
        assert not agents.refer(participant_id=person.pk, code=other.code, today=TODAY)
        assert Referral.objects.get().code_id == one.pk
        for statement in ("UPDATE outreach_referral SET referred_on = '2026-01-01'", "DELETE FROM outreach_referral"):
            with pytest.raises(Error), connection.cursor() as cursor, cast.everyone():
                cursor.execute(statement)
        connection.needs_rollback = True


def test_an_ended_code_brings_nobody(db: Any) -> None:
    _who, code = coded()
    with cast.everyone():
        agents.end_code(code_id=code.pk, reason="Berhenti", today=TODAY)
        assert not agents.refer(participant_id=cast.participant().pk, code=code.code, today=TODAY)
        with pytest.raises(InputError):
            agents.check_code(code.code)


def test_an_agents_own_registrations_carry_the_agents_code(db: Any) -> None:
    who, code = coded()
    with cast.as_user(who):
        mine = cast.participant("Bu Nelayan")
        assert agents.refer_own(participant_id=mine.pk, today=TODAY)
    with cast.as_user(supervisor()):
        assert not agents.refer_own(participant_id=cast.participant().pk, today=TODAY)
        assert Referral.objects.get().code_id == code.pk


def test_who_sees_no_people_sees_no_referral(committed_db: Any) -> None:
    who, code = coded()
    with cast.everyone():
        brought(code, 2)
    with cast.as_user(runner()):
        assert Code.objects.count() == 1 and Referral.objects.count() == 0
    with cast.as_user(cast.user("cabang.jauh", "branch_officer", "region", cast.LUMAJANG)):
        assert Code.objects.count() == 0 and Referral.objects.count() == 0
    with cast.as_user(who):
        assert Code.objects.count() == 1 and Referral.objects.count() == 0, "they were registered by somebody else"


# --- from the books ---------------------------------------------------------------------------------------------------------


def test_a_month_is_counted_from_what_was_paid(committed_db: Any) -> None:
    who, code = coded()
    with cast.everyone():
        people = brought(code, 3)
        paid = pays(people[0], 3) + pays(people[1])
    with cast.as_user(who):
        (month,) = queries.earned(code, TODAY)
        assert (month.month, month.registered, month.incentive.joined) == (cast.MONTH, 3, 2)
        assert month.incentive.collected_rupiah == paid > 0
    with cast.as_user(runner()):
        (month,) = queries.earned(code, TODAY)
        assert (month.registered, month.incentive.collected_rupiah) == (0, 0), "nobody is told who may not see the people"
    with cast.as_user(cast.user("cabang.jauh", "branch_officer", "region", cast.LUMAJANG)):
        assert queries.earned(code, TODAY) == []


def test_idle_agents_are_told_to_their_region(db: Any) -> None:
    _who, code = coded()
    later = dt.date(2027, 3, 2)
    with cast.as_user(runner()):
        (one,) = queries.working([code], later)
        assert (one.idle_months, one.over) == (3, True)


def test_a_death_soon_after_enrolment_is_shown_to_who_sees_the_people(committed_db: Any) -> None:
    from jamsostek.registry.models import Participant

    _who, code = coded()
    with cast.everyone():
        soon, late, _alive = brought(code, 3)
        Participant.objects.filter(pk=soon.pk).update(died_on=TODAY + dt.timedelta(days=20))
        Participant.objects.filter(pk=late.pk).update(died_on=TODAY + dt.timedelta(days=200))
    day = TODAY + dt.timedelta(days=300)
    with cast.as_user(supervisor()):
        assert [(one.person.pk, one.days) for one in queries.early_deaths(day)] == [(soon.pk, 20)]
    for who in (runner(), cast.user("cabang.jauh", "branch_officer", "region", cast.LUMAJANG)):
        with cast.as_user(who):
            assert queries.early_deaths(day) == []


# --- how far people came ----------------------------------------------------------------------------------------------------


def line(by: str = "") -> dict[str, tuple[int, ...]]:
    return {
        one.name: (one.hidden, one.attended, one.registered, one.first_paid, one.third_paid) for one in funnel(by, today=TODAY)
    }


def test_small_cells_are_hidden_from_a_region_and_no_two_tables_give_them_away(db: Any) -> None:
    with cast.as_user(runner()):
        big, small = meeting(), meeting({"hall": "Balai Kecil"})
        campaigns.attend(meeting_id=big.pk, people=came(24, disability=False), today=TODAY)
        campaigns.attend(meeting_id=small.pk, people=came(3, disability=True), today=TODAY)
    with cast.everyone():
        people = brought(big.code, 6)
        for one in people[:5]:
            pays(one)
    with cast.as_user(runner()):
        assert line()[""] == (1, 24, 6, 5, 0)
        assert line("meeting") == {str(big.pk): (0, 24, 6, 5, 0), str(small.pk): (1, 0, 0, 0, 0)}
        assert line("disability")["no"][1] == 24 and line("disability")["yes"][1] == 0
        assert sum(one[1] for one in line("sex").values()) == 24
        assert line("sex")["f"][2] == 6
    with cast.as_user(supervisor()):
        assert line()[""] == (0, 27, 6, 5, 0), "an office that sees the people is told all of them"
    with cast.as_user(runner(cast.LUMAJANG)):
        assert line() == {}


def test_a_small_side_of_a_pair_hides_the_other(db: Any) -> None:
    with cast.as_user(runner()):
        row = meeting()
        campaigns.attend(meeting_id=row.pk, people=[*came(20, sex="f"), *came(2, sex="m")], today=TODAY)
        told = line("sex")
        assert (told["f"][1], told["m"][1]) == (0, 0) and line()[""][1] == 22


def test_counted_people_stand_in_the_funnel(db: Any) -> None:
    with cast.as_user(runner()):
        row = meeting()
        campaigns.count(meeting_id=row.pk, men=10, women=30, today=TODAY)
        assert line("sex") == {"f": (0, 30, 0, 0, 0), "m": (0, 10, 0, 0, 0)}
        assert line("village") == {str(row.village_code): (0, 40, 0, 0, 0)}


def test_third_paid_months_are_months_not_payments(db: Any) -> None:
    _who, code = coded()
    later = dt.date(2027, 1, 20)
    with cast.everyone():
        (person,) = brought(code, 1)
        pays(person, 3)
        assert funnel("agent", today=TODAY)[0].third_paid == 0
        assert funnel("agent", today=later)[0].third_paid == 1


def test_months_a_sponsor_pays_count_once_paid(db: Any) -> None:
    _who, code = coded()
    with cast.everyone():
        payer = cast.sponsor()
        (person,) = brought(code, 1)
        cast.covered(person, payer, cast.MONTH)
        assert funnel(today=TODAY)[0].first_paid == 0
        bill = bills.bill_sponsor(sponsor_id=payer.pk, month=cast.MONTH, today=TODAY)
        banks.add_account(ACCOUNT, "Bank Contoh")
        notice = Notice(ACCOUNT, "S-1", codes.code_of(bill.number), int(bill.total_rupiah), cast.NOW, Channel.WEBHOOK)
        payments.receive(notice, today=TODAY)
        assert funnel(today=TODAY)[0].first_paid == 1
