"""What would be paid if it happened today, from one's own record."""

from __future__ import annotations

import datetime as dt

from jamsostek.claims.models import Claim
from jamsostek.claims.queries.simulating import scenarios
from jamsostek.law.entitlement import Outcome
from tests import cast
from tests.claims import offices


def test_a_worker_sees_what_each_event_would_bring_and_nothing_is_written(db: None) -> None:
    with cast.everyone():
        who = offices.member("Rina Wati", since=dt.date(2024, 1, 2), sex="f")
        cast.works(who, cast.employer("PT Maju"), 202401, wage_rupiah=5_000_000)
        found = {one.key: one for one in scenarios(who.pk, today=cast.TODAY)}
        assert found["death"].once_rupiah == 42_000_000
        assert found["death_at_work"].once_rupiah == 48 * 5_000_000 + 12_000_000 + 10_000_000
        assert found["injury"].once_rupiah == 60_000_000
        assert found["dismissal"].lines[0].monthly and found["dismissal"].lines[0].rupiah == 3_000_000
        assert not Claim.objects.exists()


def test_who_is_not_covered_is_told_why_and_no_sum(db: None) -> None:
    with cast.everyone():
        who = offices.member("Tono Tanpa Kerja")
        found = {one.key: one for one in scenarios(who.pk, today=cast.TODAY)}
        assert found["death"].outcome == Outcome.NOT_ENTITLED and not found["death"].lines
        assert "jkm.covered" in {one.key for one in found["death"].wrong}


def test_old_age_is_told_from_todays_record_with_the_day_it_comes(db: None) -> None:
    with cast.everyone():
        who = offices.member("Rina Wati", since=dt.date(2024, 1, 2), sex="f", birth_date=dt.date(1990, 5, 6))
        cast.works(who, cast.employer("PT Maju"), 202401, wage_rupiah=5_000_000)
        found = {one.key: one for one in scenarios(who.pk, today=cast.TODAY)}
        assert found["old_age"].on == dt.date(2046, 5, 6)
        assert found["pension"].on == dt.date(2055, 5, 6), "65 by then (PP 45/2015 Pasal 15)"
        assert found["pension"].notes and "jht.age" not in {one.key for one in found["old_age"].wrong}
        assert "jp.age" not in {one.key for one in found["pension"].wrong}


def test_whoever_is_old_enough_is_told_of_today(db: None) -> None:
    with cast.everyone():
        who = offices.member("Sri Tua", since=dt.date(2016, 1, 2), sex="f", birth_date=dt.date(1960, 5, 6))
        found = {one.key: one for one in scenarios(who.pk, today=cast.TODAY)}
        assert found["old_age"].on == found["pension"].on == cast.TODAY
