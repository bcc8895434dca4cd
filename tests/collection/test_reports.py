"""The wage report: exceptions of a month, two people, one transaction, the bill, and differences where the month was billed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, connection

from jamsostek.access.errors import Refused
from jamsostek.collection.actions import bills, reports
from jamsostek.collection.actions.reports import Edit, Joiner
from jamsostek.collection.actions.reports.applying import Changed
from jamsostek.collection.actions.reports.states import Elsewhere
from jamsostek.collection.actions.reports.totals import Totals
from jamsostek.collection.models import Bill, BillLine, Report, ReportChange
from jamsostek.collection.queries import reports as queries
from jamsostek.core.errors import InputError
from jamsostek.registry.models import Employment, Participant, Wage
from tests import cast

MONTH, BEFORE, TODAY, NOW = 202611, 202610, cast.TODAY, cast.NOW
pytestmark = pytest.mark.django_db


@dataclass
class Firm:
    """A company with a clerk and an approver."""

    employer: Any
    clerk: Any
    boss: Any
    jobs: dict[str, int]
    people: dict[str, Any]

    def begin(self, month: int = MONTH) -> Report:
        with cast.as_user(self.clerk):
            return reports.begin(employer_id=self.employer.pk, month=month, today=TODAY)

    def edit(self, report: Report, kind: str, name: str, **given: Any) -> str:
        with cast.as_user(self.clerk):
            return reports.edit_one(report_id=report.pk, change=Edit(kind, self.jobs[name], **given))

    def join(self, report: Report, **given: Any) -> None:
        with cast.as_user(self.clerk):
            reports.add_joiner(report_id=report.pk, joiner=Joiner(**given))

    def prepare(self, report: Report) -> Totals:
        with cast.as_user(self.clerk):
            return Totals.read(reports.prepare(report_id=report.pk, now=NOW).totals)

    def approve(self, report: Report, who: Any = None, **given: Any) -> Report:
        with cast.as_user(who or self.boss):
            reports.approve(report_id=report.pk, today=TODAY, now=NOW, **given)
        return kept(report)

    def report(self, *edits: tuple[str, str, dict[str, Any]], month: int = MONTH) -> Report:
        """A whole month: begun, edited, prepared, approved."""
        report = self.begin(month)
        for kind, name, given in edits:
            self.edit(report, kind, name, **given)
        self.prepare(report)
        return self.approve(report)


def kept(row: Any) -> Any:
    """A row as it is now."""
    with cast.everyone():
        return type(row).objects.get(pk=row.pk)


def made_firm(name: str = "PT Contoh Makmur", **given: Any) -> Firm:
    with cast.everyone():
        employer = cast.employer(name, **given)
        clerk = cast.user(f"staf{employer.npp}", "employer_clerk", "employer", employer.pk)
        boss = cast.user(f"bos{employer.npp}", "employer_approver", "employer", employer.pk)
        people = {who: cast.participant(f"{who.title()} Contoh") for who in ("siti", "budi", "wati", "joko")}
        jobs = {who: cast.works(one, employer, wage_rupiah=5_000_000) for who, one in people.items()}
    return Firm(employer, clerk, boss, jobs, people)


@pytest.fixture
def firm(db: Any) -> Firm:
    return made_firm()


def bill_of(report: Report) -> Bill:
    with cast.everyone():
        return Bill.objects.get(pk=report.bill_id)


def lines_of(bill_id: int) -> dict[int, int]:
    with cast.everyone():
        return dict(BillLine.objects.filter(bill_id=bill_id).values_list("participant_id", "wage_rupiah"))


# --- a month ----------------------------------------------------------------------------------------------------------


def test_a_month_without_exceptions_is_billed_as_the_registry_stands(firm: Firm) -> None:
    report = firm.begin()
    told = firm.prepare(report)
    report = firm.approve(report)
    bill = bill_of(report)
    assert (report.state, bill.people, bill.wage_rupiah, bill.report_id) == ("billed", 4, 20_000_000, report.pk)
    assert (told.now.people, told.now.total_rupiah, told.before.people) == (4, bill.total_rupiah, 4)
    assert not told.late and not told.months


def test_exceptions_are_applied_at_approval_and_not_before(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)
    firm.edit(report, "leave", "budi", day=dt.date(2026, 10, 20), leaving="resigned")
    firm.edit(report, "absent", "wati", note="cuti di luar tanggungan")
    firm.join(report, joined_on=dt.date(2026, 11, 3), wage_rupiah=4_500_000, person=cast.person("Orang Baru"))
    with cast.everyone():
        assert Wage.objects.filter(employment=firm.jobs["siti"]).count() == 1
        assert Employment.objects.get(pk=firm.jobs["budi"]).to_month is None
        assert not Participant.objects.filter(name="Orang Baru").exists()
    told = firm.prepare(report)
    report = firm.approve(report)
    with cast.everyone():
        new = Participant.objects.get(name="Orang Baru")
        left = Employment.objects.get(pk=firm.jobs["budi"])
    assert (left.to_month, left.leaving) == (202610, "resigned")
    assert lines_of(report.bill_id) == {
        firm.people["siti"].pk: 6_000_000, firm.people["joko"].pk: 5_000_000, new.pk: 4_500_000,
    }  # fmt: skip
    assert (told.now.people, told.now.wage_rupiah) == (3, 15_500_000)
    with connection.cursor() as cursor, cast.everyone():
        cursor.execute("SELECT reason, ended_at FROM collection_absence WHERE employment_id = %s", [firm.jobs["wati"]])
        assert cursor.fetchall() == [("cuti di luar tanggungan", None)]


def test_what_is_prepared_is_what_is_billed_by_programme(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=12_345_678)
    told = firm.prepare(report).now
    bill = bill_of(firm.approve(report))
    assert (bill.jkk_rupiah, bill.jkm_rupiah, bill.jht_rupiah, bill.jp_rupiah, bill.worker_rupiah) == (
        told.jkk_rupiah, told.jkm_rupiah, told.jht_rupiah, told.jp_rupiah, told.worker_rupiah,
    )  # fmt: skip


def test_the_wage_of_the_registry_takes_the_exception_away(firm: Firm) -> None:
    report = firm.begin()
    assert firm.edit(report, "wage", "siti", wage_rupiah=6_000_000) == "taken"
    assert firm.edit(report, "wage", "siti", wage_rupiah=7_000_000) == "taken"
    with cast.everyone():
        assert [one.wage_rupiah for one in ReportChange.objects.all()] == [7_000_000]
    assert firm.edit(report, "wage", "siti", wage_rupiah=5_000_000) == "same"
    with cast.everyone():
        assert not ReportChange.objects.exists()


def test_an_exception_is_taken_back(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)
    with cast.as_user(firm.clerk):
        (row,) = queries.changes(report)
        reports.undo(report_id=report.pk, change_id=row.pk)
        with pytest.raises(InputError, match="sudah tidak ada"):
            reports.undo(report_id=report.pk, change_id=row.pk)
    assert firm.prepare(report).now.wage_rupiah == 20_000_000


def test_an_absence_is_not_billed_and_can_be_taken_back_later(firm: Firm) -> None:
    first = firm.report(("absent", "wati", {}))
    assert firm.people["wati"].pk not in lines_of(first.bill_id)
    again = firm.begin()
    assert again.version == 2
    firm.edit(again, "present", "wati")
    told = firm.prepare(again)
    assert told.late and [(one.month, one.people) for one in told.months] == [(MONTH, 1)]
    again = firm.approve(again)
    (difference,) = again.difference_ids
    assert again.bill_id is None and lines_of(difference) == {firm.people["wati"].pk: 5_000_000}
    assert told.difference_rupiah == kept(Bill(pk=difference)).total_rupiah > 0


def test_everybody_without_pay_makes_no_bill(firm: Firm) -> None:
    report = firm.report(*[("absent", who, {}) for who in firm.jobs])
    assert (report.state, report.bill_id, report.difference_ids) == ("billed", None, [])


def test_somebody_who_left_and_comes_back_gets_a_second_spell(firm: Firm) -> None:
    with cast.everyone():
        from jamsostek.registry.actions import employ

        employ.leave(employment_id=firm.jobs["budi"], left_on=dt.date(2026, 9, 10))
    report = firm.begin()
    budi = firm.people["budi"]
    firm.join(
        report, joined_on=dt.date(2026, 11, 2), wage_rupiah=5_500_000, kpj=budi.kpj, name=budi.name, birth_date=budi.birth_date
    )
    report = firm.prepare(report) and firm.approve(report)
    with cast.everyone():
        spells = list(Employment.objects.filter(participant=budi).order_by("from_month").values_list("from_month", "to_month"))
    assert spells == [(202601, 202609), (202611, None)]
    assert lines_of(report.bill_id)[budi.pk] == 5_500_000


def test_a_leaving_that_was_a_mistake_is_taken_back(firm: Firm) -> None:
    firm.report(("leave", "budi", {"day": dt.date(2026, 10, 20), "leaving": "resigned"}))
    again = firm.begin()
    firm.edit(again, "stay", "budi")
    assert [one.people for one in firm.prepare(again).months] == [1]
    again = firm.approve(again)
    with cast.everyone():
        assert Employment.objects.get(pk=firm.jobs["budi"]).to_month is None
    assert lines_of(again.difference_ids[0]) == {firm.people["budi"].pk: 5_000_000}


# --- what is wrong with a row -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("wage", {"wage_rupiah": 0}, "lebih dari nol"),
        ("wage", {"wage_rupiah": -5}, "lebih dari nol"),
        ("wage", {"wage_rupiah": 10**13}, "melampaui"),
        ("leave", {"day": None, "leaving": "resigned"}, "belum diisi"),
        ("leave", {"day": dt.date(2025, 12, 31), "leaving": "resigned"}, "sebelum mulai"),
        ("leave", {"day": dt.date(2026, 12, 1), "leaving": "resigned"}, "sesudah bulan laporan"),
        ("leave", {"day": dt.date(2026, 11, 5), "leaving": ""}, "Sebab keluar"),
        ("stay", {}, "belum tercatat keluar"),
    ],
)
def test_a_wrong_row_says_why_and_changes_nothing(firm: Firm, kind: str, given: dict[str, Any], words: str) -> None:
    report = firm.begin()
    with pytest.raises(InputError, match=words) as told:
        firm.edit(report, kind, "siti", **given)
    assert told.value.remedy and told.value.field
    with cast.everyone():
        assert not ReportChange.objects.exists()


def test_nobody_of_another_employer_is_reported(firm: Firm) -> None:
    other = made_firm("PT Lain")
    report = firm.begin()
    with cast.as_user(firm.clerk), pytest.raises(InputError, match="tidak tercatat bekerja"):
        reports.edit_one(report_id=report.pk, change=Edit("wage", other.jobs["siti"], wage_rupiah=9_000_000))


def test_the_kpj_of_somebody_else_is_refused(firm: Firm) -> None:
    with cast.everyone():
        stranger = cast.participant("Orang Lain")
    report = firm.begin()
    given = {"joined_on": dt.date(2026, 11, 2), "wage_rupiah": 5_000_000, "kpj": stranger.kpj}
    with pytest.raises(InputError, match="bukan milik"):
        firm.join(report, **given, name="Siti Contoh", birth_date=stranger.birth_date)
    with pytest.raises(InputError, match="bukan milik"):
        firm.join(report, **given, name="Orang Lain", birth_date=dt.date(1999, 1, 1))
    firm.join(report, **given, name="Orang Lain", birth_date=stranger.birth_date)
    with pytest.raises(InputError, match="sudah ada dalam laporan"):
        firm.join(report, **given, name="Orang Lain", birth_date=stranger.birth_date)


def test_a_nik_of_somebody_with_another_name_is_refused(firm: Firm) -> None:
    with cast.everyone():
        person = cast.person("Orang Lain")
        from jamsostek.registry.actions.people import register_person

        register_person(person, via="counter", today=TODAY)
    report = firm.begin()
    given = {"joined_on": dt.date(2026, 11, 2), "wage_rupiah": 5_000_000}
    from dataclasses import replace

    with pytest.raises(InputError, match="nama lain"):
        firm.join(report, **given, person=replace(person, name="Zulkifli Harahap"))
    firm.join(report, **given, person=person)


def test_who_works_here_does_not_join(firm: Firm) -> None:
    report = firm.begin()
    budi = firm.people["budi"]
    with pytest.raises(InputError, match="sudah bekerja di sini"):
        firm.join(report, joined_on=dt.date(2026, 11, 2), wage_rupiah=1, kpj=budi.kpj, name=budi.name, birth_date=budi.birth_date)


def test_a_month_to_come_and_one_long_ago_are_refused(firm: Firm) -> None:
    with pytest.raises(InputError, match="belum tiba"):
        firm.begin(202612)
    with pytest.raises(InputError, match="terlalu lama"):
        firm.begin(202410)


# --- two people -------------------------------------------------------------------------------------------------------


def test_who_prepared_does_not_approve_whatever_their_role(firm: Firm) -> None:
    report = firm.begin()
    with cast.as_user(firm.boss):
        reports.prepare(report_id=report.pk, now=NOW)
    with pytest.raises(Refused, match="Anda sendiri"):
        firm.approve(report)
    with pytest.raises(Refused, match="Anda sendiri"):
        firm.approve(report, alone=True)
    assert kept(report).state == "prepared"


def test_the_database_refuses_one_person_for_both(firm: Firm) -> None:
    report = firm.begin()
    firm.prepare(report)
    for alone in (False, True):
        with pytest.raises(IntegrityError, match="another person"), cast.everyone(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE collection_report SET state = 'approved', approved_by = prepared_by, approved_at = now(), alone = %s"
                " WHERE id = %s",
                [alone, report.pk],
            )


def test_a_clerk_does_not_approve_and_a_stranger_sees_nothing(firm: Firm) -> None:
    other = made_firm("PT Lain")
    report = firm.begin()
    firm.prepare(report)
    with pytest.raises(Refused):
        firm.approve(report, firm.clerk)
    with pytest.raises(Refused):
        firm.approve(report, other.boss)
    with cast.as_user(other.boss):
        assert not Report.objects.exists() and not ReportChange.objects.exists()


def test_the_only_person_of_a_micro_firm_approves_alone_and_it_shows(db: Any) -> None:
    with cast.everyone():
        shop = cast.employer("Warung Bu Contoh", scale="micro")
        owner = cast.user("warung", "employer_approver", "employer", shop.pk)
        cast.works(cast.participant("Sari Contoh"), shop, wage_rupiah=1_500_000)
    with cast.as_user(owner):
        report = reports.begin(employer_id=shop.pk, month=MONTH, today=TODAY)
        reports.prepare(report_id=report.pk, now=NOW)
        with pytest.raises(Refused, match="Anda sendiri"):
            reports.approve(report_id=report.pk, today=TODAY, now=NOW)
        report = reports.approve(report_id=report.pk, today=TODAY, now=NOW, alone=True)
        assert report.state == "billed" and report.alone
        assert [one.kind for one in queries.flags(report)] == ["one_person"]


def test_a_larger_firm_with_one_person_asks_the_office(db: Any) -> None:
    with cast.everyone():
        firm = cast.employer("PT Seorang", scale="medium")
        owner = cast.user("seorang", "employer_approver", "employer", firm.pk)
        cast.works(cast.participant("Sari Contoh"), firm)
        supervisor = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
    with cast.as_user(owner):
        report = reports.begin(employer_id=firm.pk, month=MONTH, today=TODAY)
        reports.prepare(report_id=report.pk, now=NOW)
        with pytest.raises(Refused, match="penyelia kantor cabang"):
            reports.approve(report_id=report.pk, today=TODAY, now=NOW, alone=True)
    with cast.as_user(supervisor):
        assert [one.pk for one in queries.waiting(alone=True)] == [report.pk]
        assert reports.approve(report_id=report.pk, today=TODAY, now=NOW).state == "billed"


def test_a_report_comes_back_with_a_reason_and_goes_again(firm: Firm) -> None:
    report = firm.begin()
    firm.prepare(report)
    with cast.as_user(firm.boss):
        with pytest.raises(InputError, match="Alasannya belum diisi"):
            reports.send_back(report_id=report.pk, reason=" ", now=NOW)
        reports.send_back(report_id=report.pk, reason="Upah Siti naik", now=NOW)
    firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)
    firm.prepare(report)
    assert bill_of(firm.approve(report)).wage_rupiah == 21_000_000


def test_rows_stand_still_once_prepared(firm: Firm) -> None:
    report = firm.begin()
    firm.prepare(report)
    with pytest.raises(Elsewhere, match="tidak sedang disusun"):
        firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)
    with pytest.raises(IntegrityError, match="not being written"), cast.everyone():
        ReportChange.objects.create(
            report=report, kind="wage", employment_id=firm.jobs["siti"], participant=firm.people["siti"], name="x",
            birth_date=dt.date(1990, 1, 1), wage_rupiah=1,
        )  # fmt: skip
    with cast.as_user(firm.clerk):
        reports.recall(report_id=report.pk)
    firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)


def test_a_withdrawn_version_changes_nothing_and_the_next_begins(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)
    with cast.as_user(firm.clerk):
        reports.withdraw(report_id=report.pk, reason="Salah bulan")
    again = firm.begin()
    assert again.version == 2 and firm.prepare(again).now.wage_rupiah == 20_000_000
    with pytest.raises(IntegrityError, match="over"), cast.everyone():
        Report.objects.filter(pk=report.pk).update(state="draft")


# --- late, amended, disturbed -----------------------------------------------------------------------------------------


def test_an_amended_report_is_a_difference_and_the_first_bill_stays(firm: Firm) -> None:
    first = firm.report()
    before = bill_of(first)
    again = firm.begin()
    firm.edit(again, "wage", "siti", wage_rupiah=6_000_000)
    told = firm.prepare(again)
    again = firm.approve(again)
    (difference,) = again.difference_ids
    made = kept(Bill(pk=difference))
    assert again.late and again.bill_id is None
    assert made.total_rupiah == told.difference_rupiah == told.now.total_rupiah - before.total_rupiah
    assert (made.report_id, made.from_month) == (again.pk, MONTH)
    assert bill_of(first).total_rupiah == before.total_rupiah


def test_a_joiner_of_earlier_months_is_billed_for_them_too(firm: Firm) -> None:
    firm.report(month=BEFORE)
    report = firm.begin()
    firm.join(report, joined_on=dt.date(2026, 9, 15), wage_rupiah=4_000_000, person=cast.person("Orang Lama"))
    told = firm.prepare(report)
    assert [one.month for one in told.months] == [BEFORE]
    report = firm.approve(report)
    assert bill_of(report).people == 5
    assert list(lines_of(report.difference_ids[0]).values()) == [4_000_000]


def test_a_late_report_reaches_the_later_months_that_were_billed(firm: Firm) -> None:
    with cast.everyone():
        bills.bill_employer(employer_id=firm.employer.pk, month=BEFORE, today=TODAY)
        bills.bill_employer(employer_id=firm.employer.pk, month=MONTH, today=TODAY)
    report = firm.begin(BEFORE)
    firm.edit(report, "leave", "budi", day=dt.date(2026, 9, 30), leaving="resigned")
    told = firm.prepare(report)
    assert [(one.month, one.people) for one in told.months] == [(BEFORE, 1), (MONTH, 1)]
    assert all(one.total_rupiah < 0 for one in told.months)
    report = firm.approve(report)
    assert sorted(kept(Bill(pk=one)).total_rupiah for one in report.difference_ids) == sorted(
        one.total_rupiah for one in told.months
    )


def test_a_report_of_a_closed_month_is_asked_for_in_the_open_one(firm: Firm, monkeypatch: Any) -> None:
    from jamsostek.collection.actions.reports import applying, totals

    for module in (totals,):
        monkeypatch.setattr(module, "is_closed", lambda month: month == BEFORE)
    assert applying.is_late is totals.is_late
    report = firm.begin(BEFORE)
    told = firm.prepare(report)
    assert told.late and [(one.month, one.people) for one in told.months] == [(BEFORE, 4)]
    report = firm.approve(report)
    (difference,) = report.difference_ids
    made = kept(Bill(pk=difference))
    assert (made.from_month, made.month, made.total_rupiah) == (BEFORE, MONTH, told.now.total_rupiah)
    again = firm.begin(BEFORE)
    firm.edit(again, "wage", "siti", wage_rupiah=6_000_000)
    assert [one.people for one in firm.prepare(again).months] == [1]


def test_what_changed_since_it_was_prepared_is_not_approved(firm: Firm) -> None:
    report = firm.begin()
    firm.prepare(report)
    with cast.everyone():
        from jamsostek.registry.actions import employ

        employ.change_wage(employment_id=firm.jobs["siti"], from_month=MONTH, wage_rupiah=9_000_000)
    with pytest.raises(Changed, match="berubah sejak"):
        firm.approve(report)
    assert kept(report).state == "prepared"
    with cast.everyone():
        assert not Bill.objects.exists()


def test_an_error_in_the_middle_leaves_nothing_half_done(firm: Firm, monkeypatch: Any) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)
    firm.join(report, joined_on=dt.date(2026, 11, 3), wage_rupiah=4_500_000, person=cast.person("Orang Baru"))
    firm.prepare(report)

    def broken(**_given: Any) -> Any:
        raise RuntimeError("disk full")

    monkeypatch.setattr("jamsostek.collection.actions.bills.bill_employer", broken)
    with cast.as_user(firm.boss), pytest.raises(RuntimeError):
        reports.approve(report_id=report.pk, today=TODAY, now=NOW)
    with cast.everyone():
        assert kept(report).state == "prepared"
        assert not Participant.objects.filter(name="Orang Baru").exists()
        assert Wage.objects.filter(employment=firm.jobs["siti"]).count() == 1


def test_a_long_report_is_carried_out_by_its_job(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=6_000_000)
    firm.prepare(report)
    assert firm.approve(report, at_once=False).state == "approved"
    with cast.everyone():
        assert reports.open_approvals() == [report.pk] and not Bill.objects.exists()
    reports.apply(report.pk, today=TODAY, now=NOW)
    assert bill_of(kept(report)).wage_rupiah == 21_000_000
    reports.apply(report.pk, today=TODAY, now=NOW)
    with cast.everyone():
        assert Bill.objects.count() == 1


def test_a_job_that_is_refused_gives_the_report_back(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "leave", "budi", day=dt.date(2026, 11, 2), leaving="resigned")
    firm.prepare(report)
    firm.approve(report, at_once=False)
    with cast.everyone():
        from jamsostek.registry.actions import employ

        employ.leave(employment_id=firm.jobs["budi"], left_on=dt.date(2026, 11, 1))
    reports.apply(report.pk, today=TODAY, now=NOW)
    back = kept(report)
    assert (back.state, back.approved_by, back.returned_by) == ("returned", None, None)
    assert "sudah tercatat keluar" in back.reason and "Budi" in back.reason


# --- what is flagged --------------------------------------------------------------------------------------------------


def flagged(report: Report) -> dict[str, Any]:
    with cast.everyone():
        return {one.kind: one.facts for one in queries.flags(report)}


def staffed(count: int, wage: Any, **given: Any) -> Firm:
    """A firm with as many workers as asked for, each with a wage of their own."""
    firm = made_firm("PT Banyak", **given)
    with cast.everyone():
        for at in range(count - 4):
            cast.works(cast.participant(f"Pekerja {chr(65 + at)}"), firm.employer, wage_rupiah=wage(at))
    return firm


def test_an_ordinary_month_is_not_flagged(db: Any) -> None:
    firm = staffed(12, lambda at: 4_100_000 + at * 137_000)
    report = firm.begin()
    firm.prepare(report)
    assert flagged(report) == {}


def test_wages_under_the_minimum_of_the_province_are_flagged_and_billed_as_they_are(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=2_000_000)
    firm.prepare(report)
    told = flagged(report)["under_minimum"]
    assert (told["count"], told["minimum_rupiah"], told["place"], told["of_regency"]) == (1, 2_446_880, "Jawa Timur", False)
    with cast.everyone():
        (flag,) = [one for one in queries.flags(report) if one.kind == "under_minimum"]
        assert [one.participant_id for one in flag.people] == [firm.people["siti"].pk]
    assert bill_of(firm.approve(report)).wage_rupiah == 17_000_000


def test_small_firms_and_households_may_pay_less(db: Any) -> None:
    for scale in ("micro", "small"):
        firm = made_firm(f"CV {scale}", scale=scale)
        report = firm.begin()
        firm.edit(report, "wage", "siti", wage_rupiah=1_000_000)
        firm.prepare(report)
        assert "under_minimum" not in flagged(report)


def test_the_minimum_of_a_regency_counts_where_it_is_known_and_a_year_without_a_list_has_none() -> None:
    from jamsostek.collection.minimum import minimum_wage

    known, province = minimum_wage(cast.LUMAJANG, 202605), minimum_wage(cast.SIDOARJO, 202605)
    assert known and province and known.of_regency and not province.of_regency and known.rupiah > province.rupiah
    assert minimum_wage(cast.SIDOARJO, 202012) is None
    assert minimum_wage(9201, 202306) is not None  # before 2024 a new province has its parent's


def test_falling_head_count_and_leaving_without_a_reason_are_flagged(db: Any) -> None:
    firm = staffed(30, lambda at: 4_100_000 + at * 137_000)
    with cast.everyone():
        from jamsostek.registry.actions import employ

        for job in Employment.objects.filter(employer=firm.employer).order_by("-pk")[:6]:
            employ.leave(employment_id=job.pk, left_on=dt.date(2026, 10, 5))
    report = firm.begin()
    firm.edit(report, "leave", "siti", day=dt.date(2026, 11, 3), leaving="other")
    firm.prepare(report)
    found = flagged(report)
    assert found["fewer"] == {"before": 30, "now": 24}
    assert found["left_unexplained"]["count"] == 7


def test_months_without_pay_are_no_falling_head_count(db: Any) -> None:
    firm = staffed(12, lambda at: 4_100_000 + at * 137_000)
    report = firm.begin()
    with cast.as_user(firm.clerk):
        jobs = list(Employment.objects.filter(employer=firm.employer).values_list("pk", flat=True))
        reports.edit(report_id=report.pk, changes=[Edit("absent", one) for one in jobs[:8]])
    firm.prepare(report)
    assert "fewer" not in flagged(report) and "left_unexplained" not in flagged(report)


def test_the_same_and_round_and_minimal_wages_are_flagged(db: Any) -> None:
    same = staffed(8, lambda _at: 5_000_000)
    report = same.begin()
    same.prepare(report)
    assert flagged(report)["same_wage"] == {"wage_rupiah": 5_000_000, "count": 8, "people": 8}
    round_ = staffed(24, lambda at: 4_500_000 + at * 500_000)
    report = round_.begin()
    round_.prepare(report)
    assert flagged(report)["round_wages"]["count"] == 24
    least = staffed(24, lambda at: 2_446_880 if at % 5 else 4_000_000 + at)
    report = least.begin()
    least.prepare(report)
    assert {"at_minimum", "alike_wages"} <= set(flagged(report)) or flagged(report)["at_minimum"]["count"] == 16


def test_a_wage_that_fell_is_flagged_and_worse_before_leaving(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=3_900_000)
    firm.edit(report, "wage", "budi", wage_rupiah=4_400_000)
    firm.edit(report, "leave", "budi", day=dt.date(2026, 11, 20), leaving="resigned")
    firm.prepare(report)
    found = flagged(report)
    assert (found["wage_fell"]["count"], found["fell_before_leaving"]["count"]) == (1, 1)


def test_flags_are_made_anew_when_the_report_is_submitted_again(firm: Firm) -> None:
    report = firm.begin()
    firm.edit(report, "wage", "siti", wage_rupiah=2_000_000)
    firm.prepare(report)
    with cast.as_user(firm.clerk):
        reports.recall(report_id=report.pk)
    firm.edit(report, "wage", "siti", wage_rupiah=5_200_000)
    firm.prepare(report)
    assert flagged(report) == {}
