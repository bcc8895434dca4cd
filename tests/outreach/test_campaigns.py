"""Campaigns and village meetings: who may make them, who came, the same sheet twice, names forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import Error, connection
from reached import TODAY, came, gathering, meeting, plan, runner

from jamsostek.access.errors import Refused
from jamsostek.core.errors import InputError
from jamsostek.outreach.actions import campaigns
from jamsostek.outreach.attendance import Came, pasted, people_in
from jamsostek.outreach.models import Attendee, Campaign, Code, Consent, Meeting
from jamsostek.outreach.queries import campaigns as queries
from jamsostek.registry.identity import Problems
from tests import cast

SHEET = """Nama\tL/P\tUmur\tPekerjaan\tDisabilitas\tTelepon\tBoleh dihubungi
Siti Aminah\tP\t41\tNelayan\ttidak\t0812 3456 7890\tya
Budi\tL\t1990\tOjek\tya\t\t
\tP\t\t\t\t\t
"""


def test_a_sheet_copied_from_a_spreadsheet_is_understood(db: Any) -> None:
    first, second, third = people_in(pasted(SHEET), TODAY)
    assert first == Came("f", "Siti Aminah", "+6281234567890", True, "30_44", "Nelayan", False)
    assert second == Came("m", "Budi", "", False, "30_44", "Ojek", True)
    assert third == Came("f")


def test_a_telephone_nobody_agreed_to_is_not_even_read(db: Any) -> None:
    (only,) = people_in(pasted("Nama,L/P,Telepon\nSiti,P,08123456789"), TODAY)
    assert only.phone == ""


def test_every_wrong_row_is_told_at_once(db: Any) -> None:
    with pytest.raises(Problems) as told:
        people_in(pasted("Nama,L/P,Umur,Telepon,Setuju\nA,P,empat puluh,,\nB,X,4,,\nC,L,40,12,ya\nD,L,40,,ya"), TODAY)
    assert [one.row for one in told.value.found] == [2, 3, 4, 5]
    with pytest.raises(InputError, match="judul"):
        people_in(pasted("Siti,P\nBudi,L"), TODAY)


def test_who_came_is_written_down_sealed_and_the_same_sheet_once(db: Any) -> None:
    with cast.as_user(runner()):
        row, people = meeting(), people_in(pasted(SHEET), TODAY)
        assert campaigns.attend(meeting_id=row.pk, people=people, today=TODAY) == 3
        assert campaigns.attend(meeting_id=row.pk, people=people, today=TODAY) == 0
        (held,) = queries.held([row])
        assert (held.men, held.women, held.written) == (1, 2, True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(a::text, ' ') FROM outreach_attendee a")
            stored = cursor.fetchone()[0]
        assert "Siti" not in stored and b"Siti".hex() not in stored and b"81234".hex() not in stored
        seen = queries.opened(queries.attendees(row))
        assert [(one.name, one.phone) for one in seen] == [("Siti Aminah", "+62•••890"), ("Budi", ""), ("", "")]
        assert Consent.objects.get().purposes == ["contribution", "meeting"]


def test_a_name_is_forgotten_and_that_somebody_came_stays(db: Any) -> None:
    with cast.as_user(runner()):
        row = meeting()
        campaigns.attend(meeting_id=row.pk, people=came(2), today=TODAY)
        who = Attendee.objects.order_by("pk").first()
        assert campaigns.forget(attendee_id=who.pk, today=TODAY).erased_on == TODAY
        campaigns.forget(attendee_id=who.pk, today=TODAY)
        first, second = queries.opened(queries.attendees(row))
        assert (first.name, second.name) == ("", "Hadir 1")
        assert queries.held([row])[0].people == 2


def test_people_are_counted_or_written_down_not_both(db: Any) -> None:
    with cast.as_user(runner()):
        row = meeting()
        campaigns.count(meeting_id=row.pk, men=4, women=20, today=TODAY)
        campaigns.count(meeting_id=row.pk, men=5, women=20, today=TODAY)
        assert queries.held([Meeting.objects.get(pk=row.pk)])[0].people == 25
        with pytest.raises(InputError, match="dihitung saja"):
            campaigns.attend(meeting_id=row.pk, people=came(1), today=TODAY)


def test_nobody_comes_before_the_day(db: Any) -> None:
    with cast.as_user(runner()):
        row = meeting({"on_date": TODAY + dt.timedelta(days=3)})
        with pytest.raises(InputError, match="belum berlangsung"):
            campaigns.attend(meeting_id=row.pk, people=came(1), today=TODAY)
        with pytest.raises(InputError, match="belum berlangsung"):
            campaigns.count(meeting_id=row.pk, men=1, women=1, today=TODAY)
        cancelled = campaigns.cancel_meeting(meeting_id=row.pk, reason="Banjir", today=TODAY)
        assert (
            campaigns.cancel_meeting(meeting_id=row.pk, reason="Lagi", today=TODAY).cancelled_reason == cancelled.cancelled_reason
        )


def test_a_campaign_and_a_meeting_sent_twice_are_one(db: Any) -> None:
    with cast.as_user(runner()):
        first, second = meeting(), meeting()
        assert (first.pk, Campaign.objects.count(), Code.objects.count()) == (second.pk, 1, 1)
        assert len(first.code.code) == 6


def test_a_meeting_lies_within_its_campaign(db: Any) -> None:
    with cast.as_user(runner()):
        with pytest.raises(InputError, match="di luar kampanyenya"):
            meeting({"on_date": dt.date(2027, 3, 1)})
        made = campaigns.make(plan=plan())
        row = campaigns.add_meeting(campaign_id=made.pk, gathering=gathering(), today=TODAY)
        with pytest.raises(InputError, match="di luar hari-hari"):
            campaigns.change(campaign_id=made.pk, plan=plan(to_on=dt.date(2026, 11, 5)))
        campaigns.cancel_meeting(meeting_id=row.pk, reason="Banjir", today=TODAY)
        campaigns.change(campaign_id=made.pk, plan=plan(to_on=dt.date(2026, 11, 5), owner="Kecamatan"))
        assert Campaign.objects.get().owner == "Kecamatan"


@pytest.mark.parametrize("wrong", [{"audience": ()}, {"audience": ("kings",)}, {"title": " "}, {"region_code": 9999},
                                   {"to_on": dt.date(2026, 10, 1)}, {"budget_rupiah": -1}])  # fmt: skip
def test_a_campaign_is_whole(db: Any, wrong: dict[str, Any]) -> None:
    with cast.everyone(), pytest.raises(InputError):
        campaigns.make(plan=plan(**wrong))


@pytest.mark.parametrize("role", ["branch_officer", "regional_viewer", "head_office", "agent", "village_operator"])
def test_only_the_region_runs_campaigns(db: Any, role: str) -> None:
    kind = {"head_office": "nation", "agent": "office", "village_operator": "village"}.get(role, "region")
    who = cast.user(f"lain.{role}".replace("_", "."), role, kind, cast.SIDOARJO if kind == "region" else 0)
    with cast.as_user(who), pytest.raises(Refused):
        campaigns.make(plan=plan())
    with cast.as_user(runner(cast.LUMAJANG)), pytest.raises(Refused):
        campaigns.make(plan=plan())


def test_a_regency_makes_no_campaign_of_the_province_and_a_province_meets_in_its_regencies(db: Any) -> None:
    with cast.as_user(runner()), pytest.raises(Refused):
        campaigns.make(plan=plan(region_code=35))
    with cast.as_user(runner(35)):
        meeting(region_code=35)
    with cast.as_user(runner()):
        assert [one.campaign_id for one in Meeting.objects.all()], "the regency sees what takes place in it"


def test_another_region_sees_nothing_of_it(db: Any) -> None:
    with cast.as_user(runner()):
        row = meeting()
        campaigns.attend(meeting_id=row.pk, people=people_in(pasted(SHEET), TODAY), today=TODAY)
    with cast.as_user(runner(cast.LUMAJANG)):
        for table in (Campaign, Meeting, Attendee, Code, Consent):
            assert table.objects.count() == 0, table
        with pytest.raises(Refused):
            campaigns.count(meeting_id=row.pk, men=1, women=1, today=TODAY)


@pytest.mark.parametrize("statement", [
    "UPDATE outreach_campaign SET region_code = 3508",
    "UPDATE outreach_meeting SET regency_code = 3508",
    "UPDATE outreach_attendee SET sex = 'm'",
    "UPDATE outreach_attendee SET sex = 'm', erased_on = '2026-11-21', name = NULL, phone = NULL, wrapped = NULL",
    "UPDATE outreach_consent SET purposes = ARRAY['meeting']",
    "UPDATE outreach_code SET code = 'AAAAAA'",
    "DELETE FROM outreach_attendee",
    "DELETE FROM outreach_campaign",
    "DELETE FROM outreach_consent",
    "TRUNCATE outreach_attendee",
])  # fmt: skip
def test_the_database_refuses_what_would_change_history(db: Any, statement: str) -> None:
    with cast.as_user(runner()):
        row = meeting()
        campaigns.attend(meeting_id=row.pk, people=people_in(pasted(SHEET), TODAY), today=TODAY)
        with pytest.raises(Error), connection.cursor() as cursor:
            cursor.execute(statement)
        connection.needs_rollback = True
