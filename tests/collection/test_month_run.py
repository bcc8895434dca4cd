"""The month's billing as people start it: who may, how far it is, what it made and left out; twice is once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from payers import employed, people, town

from tests import cast

if TYPE_CHECKING:
    from tests.conftest import Database

MONTH = 202610
OTHER = 6409


@pytest.fixture
def world(committed_db: Database) -> Iterator[dict[str, Any]]:
    """Two regencies with payers of every kind, and who runs months."""
    with cast.everyone():
        made: dict[str, Any] = town(each=2)
        made["supervisor"] = cast.user("penyelia", "branch_supervisor", "region", cast.SIDOARJO)
        made["province"] = cast.user("provinsi", "branch_supervisor", "region", 35)
        made["head"] = cast.user("pusat", "head_office")
        made["officer"] = cast.user("petugas", "branch_officer", "region", cast.SIDOARJO)
        made["database"] = committed_db
    yield made


def run_by(user: Any, region: int | None, month: int = MONTH, **given: Any) -> Any:
    """A run asked for by somebody and worked off."""
    from jamsostek.collection.actions import runs
    from jamsostek.collection.queries import runs as queries

    with cast.as_user(user):
        asked = runs.start_run(month=month, region=region, today=cast.TODAY, enqueue_it=False, **given)
    runs.work(asked.pk, now=lambda: cast.NOW)
    with cast.everyone():
        return queries.run(asked.pk), queries.run_regions(asked.pk)


def counted() -> tuple[int, int]:
    from jamsostek.collection.models import Bill, BillLine

    with cast.everyone():
        return Bill.objects.count(), BillLine.objects.count()


def test_a_supervisor_bills_their_own_regency_and_the_head_office_what_is_left(world: dict[str, Any]) -> None:
    from jamsostek.collection.models import Bill

    run, (mine,) = run_by(world["supervisor"], cast.SIDOARJO)
    assert (run.state, mine.region_code, mine.state) == ("done", cast.SIDOARJO, "done")
    assert mine.bills == 22 + 2 + 12 and counted()[0] == mine.bills
    with cast.everyone():
        assert int(mine.total_rupiah) == sum(Bill.objects.values_list("total_rupiah", flat=True))
        assert set(Bill.objects.values_list("regency_code", flat=True)) == {cast.SIDOARJO}
        assert set(Bill.objects.values_list("made_by", flat=True)) == {world["supervisor"].pk}
    run, regions = run_by(world["head"], None)
    assert [(one.region_code, one.state, one.bills) for one in regions] == [(35, "done", 36)]
    assert counted()[0] == 73
    run, regions = run_by(world["head"], None)
    assert [(one.state, one.bills) for one in regions] == [("nothing", 0)] and counted()[0] == 73, "again changes nothing"


def test_a_province_goes_regency_by_regency_for_its_supervisor(world: dict[str, Any]) -> None:
    _run, regions = run_by(world["province"], 35)
    billed = {one.region_code: one.bills for one in regions if one.bills}
    assert len(regions) == 38 and billed == {cast.SIDOARJO: 36, cast.LUMAJANG: 36}
    assert {one.state for one in regions} == {"done", "nothing"}


def test_who_may_start_what(world: dict[str, Any]) -> None:
    from jamsostek.access.errors import Refused
    from jamsostek.collection.actions import runs
    from jamsostek.core.errors import InputError

    for who, region in (("supervisor", cast.LUMAJANG), ("supervisor", None), ("supervisor", OTHER), ("officer", cast.SIDOARJO)):
        with cast.as_user(world[who]), pytest.raises(Refused):
            runs.start_run(month=MONTH, region=region, today=cast.TODAY)
    with cast.as_user(world["supervisor"]), pytest.raises(InputError, match="2027-02"):
        runs.start_run(month=202702, region=cast.SIDOARJO, today=cast.TODAY)
    with cast.as_user(world["head"]), pytest.raises(InputError, match="tidak dikenal"):
        runs.start_run(month=MONTH, region=99, today=cast.TODAY)


def test_a_run_over_the_same_place_is_told_of_the_one_under_way(world: dict[str, Any]) -> None:
    from jamsostek.collection.actions import runs

    with cast.as_user(world["supervisor"]):
        first = runs.start_run(month=MONTH, region=cast.SIDOARJO, today=cast.TODAY, enqueue_it=False)
    for who, region in (("supervisor", cast.SIDOARJO), ("head", 35), ("head", None), ("province", 35)):
        with cast.as_user(world[who]), pytest.raises(runs.UnderWay) as told:
            runs.start_run(month=MONTH, region=region, today=cast.TODAY)
        assert told.value.run_id == first.pk
    with cast.as_user(world["head"]):
        runs.start_run(month=MONTH, region=OTHER // 100, today=cast.TODAY, enqueue_it=False)
        runs.start_run(month=202609, region=None, today=cast.TODAY, enqueue_it=False)
    with cast.everyone():
        assert len(runs.open_runs()) == 3, "other places and other months run beside it"


def test_two_closers_of_one_province_one_wins_and_the_other_is_told(world: dict[str, Any]) -> None:
    from django.db import connection

    from jamsostek.access.scope import acting, system_scope
    from jamsostek.collection.actions import month, runs
    from jamsostek.collection.queries import runs as queries

    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with acting(system_scope("penutup lain")):
            month.bill_region(month=MONTH, region=35, today=cast.TODAY)
            begun.set()
            go_on.wait(30)
        connection.close()

    other = threading.Thread(target=slowly)
    other.start()
    assert begun.wait(60)
    try:
        with cast.as_user(world["supervisor"]):
            asked = runs.start_run(month=MONTH, region=cast.SIDOARJO, today=cast.TODAY, enqueue_it=False)
        runs.work(asked.pk, now=lambda: cast.NOW)
        with cast.everyone():
            (mine,) = queries.run_regions(asked.pk)
        assert mine.state == "elsewhere" and "proses lain" in mine.problem and mine.bills == 0
    finally:
        go_on.set()
        other.join()
    assert counted()[0] == 72, "the winner's bills, once each"


def test_a_run_in_another_process_s_hands_is_left_alone(world: dict[str, Any]) -> None:
    from jamsostek.collection.actions import runs
    from jamsostek.collection.queries import runs as queries

    with cast.as_user(world["supervisor"]):
        asked = runs.start_run(month=MONTH, region=cast.SIDOARJO, today=cast.TODAY, enqueue_it=False)
    with world["database"].connect() as connection:
        connection.execute("SELECT pg_advisory_lock(%s, %s)", [runs.LOCK, asked.pk])
        runs.work(asked.pk, now=lambda: cast.NOW)
        with cast.everyone():
            assert queries.run(asked.pk).state == "waiting" and counted() == (0, 0)
        connection.execute("SELECT pg_advisory_unlock(%s, %s)", [runs.LOCK, asked.pk])
    runs.work(asked.pk, now=lambda: cast.NOW)
    assert counted()[0] == 36


def test_several_regions_at_a_time_make_the_same_bills(world: dict[str, Any]) -> None:
    from jamsostek.collection.models import Bill

    def facts() -> list[Any]:
        with cast.everyone():
            fields = ("payer_kind", "payer_id", "people", "total_rupiah", "due_on", "number", "sequence", "made_on")
            return [row[1:] for row in Bill.objects.order_by("pk").values_list("month", *fields)]

    run_by(world["province"], 35, 202608)
    one = facts()
    _run, regions = run_by(world["province"], 35, 202609, workers=4)
    assert sum(row.bills for row in regions) == 72 and {row.state for row in regions} == {"done", "nothing"}
    two = facts()[len(one) :]
    assert [row[:4] for row in two] == [row[:4] for row in one]


def test_who_has_no_bill_and_why(world: dict[str, Any]) -> None:
    from jamsostek.collection.actions import bills
    from jamsostek.collection.choices import PayerKind
    from jamsostek.collection.models import Bill
    from jamsostek.collection.queries.runs import WithoutBill
    from jamsostek.core.months import last_day
    from jamsostek.registry.models import Employer

    with cast.everyone():
        cast.employer("PT Tanpa Pekerja")
        closed = cast.employer("PT Tutup")
        back = cast.employer("PT Dibatalkan")
        employed(back, people(1, first=9_000), [4_000_000])
        Employer.objects.filter(pk=closed.pk).update(closed_on="2026-10-05")
        Employer.objects.update(registered_on="2026-01-05")
        made = bills.bill_employer(employer_id=back.pk, month=MONTH, today=cast.TODAY)
    with cast.everyone():
        bills.void(bill_id=made.pk, reason="Salah", today=cast.TODAY)
    with cast.as_user(world["supervisor"]):
        before = WithoutBill(MONTH, [cast.SIDOARJO], last_day(MONTH)).counts()
    assert before[PayerKind.EMPLOYER, "left"] == 22
    run_by(world["supervisor"], cast.SIDOARJO)
    with cast.everyone():
        late = cast.employer("PT Menyusul")
        Employer.objects.filter(pk=late.pk).update(registered_on="2026-01-05")
        employed(late, people(2, first=9_100), [4_000_000, 5_000_000])
    with cast.as_user(world["supervisor"]):
        rows = WithoutBill(MONTH, [cast.SIDOARJO], last_day(MONTH))
        found = {one.name: one.why for one in rows[0:100] if one.kind == PayerKind.EMPLOYER}
        assert rows[0:1][0].name == "PT Menyusul", "those with people first"
    assert found == {"PT Tanpa Pekerja": "nobody", "PT Tutup": "closed", "PT Menyusul": "left"}
    with cast.everyone():
        assert Bill.objects.filter(employer_id=back.pk).count() == 2, "the run billed what was taken back"


def test_the_job_and_what_is_taken_up_again(world: dict[str, Any]) -> None:
    from jamsostek.collection import jobs
    from jamsostek.collection.actions import runs

    with cast.as_user(world["supervisor"]):
        asked = runs.start_run(month=MONTH, region=cast.SIDOARJO, today=cast.TODAY)
    with world["database"].connect("jamsostek_owner") as connection:
        waiting = connection.execute(
            "SELECT args ->> 'run_id' FROM procrastinate_jobs WHERE task_name = %s", [runs.RUN]
        ).fetchall()
        assert waiting == [(str(asked.pk),)]
    jobs.resume_runs(0)
    with world["database"].connect("jamsostek_owner") as connection:
        (count,) = connection.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [runs.RUN]).fetchone() or (
            0,
        )
        assert count == 1, "waiting twice is waiting once"
    jobs.run_month(run_id=asked.pk)
    with cast.everyone():
        assert runs.open_runs() == []


def test_a_closed_month_is_told_and_stops_the_region_only(world: dict[str, Any]) -> None:
    from jamsostek.ledger import actions as ledger

    with cast.as_user(world["head"]):
        ledger.open_month(202607)
        ledger.close_period(202607)
    run, (mine,) = run_by(world["supervisor"], cast.SIDOARJO, 202607)
    assert (run.state, mine.state) == ("done", "failed") and "sudah ditutup" in mine.problem
    assert counted() == (0, 0)


def test_a_fault_of_ours_is_tried_again_and_then_said(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from jamsostek.collection.actions import runs
    from jamsostek.collection.queries import runs as queries

    def fails(**_given: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(runs, "bill_region", fails)
    with cast.as_user(world["supervisor"]):
        asked = runs.start_run(month=MONTH, region=cast.SIDOARJO, today=cast.TODAY, enqueue_it=False)
    for _try in range(runs.TRIES):
        with pytest.raises(RuntimeError):
            runs.work(asked.pk, now=lambda: cast.NOW)
    runs.work(asked.pk, now=lambda: cast.NOW)
    with cast.everyone():
        ended = queries.run(asked.pk)
    assert ended.state == "failed" and "kesalahan pada sistem kami" in ended.problem


def test_runs_are_in_sight_of_their_region_and_the_head_office(world: dict[str, Any]) -> None:
    from jamsostek.collection.queries import runs as queries

    run_by(world["head"], 35)
    run_by(world["supervisor"], cast.SIDOARJO, 202609)
    with cast.as_user(world["supervisor"]):
        assert [one.month for one in queries.runs()] == [202609]
    with cast.as_user(world["head"]):
        assert [one.month for one in queries.runs()] == [202609, MONTH]
    with cast.as_user(world["officer"]):
        assert [one.month for one in queries.runs()] == [202609], "an office sees what was run for its regency"
