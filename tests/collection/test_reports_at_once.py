"""Two people at one report at the same moment: one wins, the other is told so; nothing happens twice."""

from __future__ import annotations

import threading
from typing import Any

from django.db import connection

from jamsostek.access.scope import acting, scope_of
from jamsostek.collection.actions import reports
from jamsostek.collection.actions.reports import Edit
from jamsostek.collection.models import Bill, Report
from jamsostek.core.errors import InputError
from jamsostek.registry.models import Wage
from tests import cast

MONTH, TODAY, NOW = 202611, cast.TODAY, cast.NOW


def together(*works: Any) -> list[Any]:
    """Each in a thread of its own, begun at one moment; what they gave, or the error."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(at: int, work: Any) -> None:
        try:
            gate.wait()
            answers[at] = work()
        except Exception as error:
            answers[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at, work)) for at, work in enumerate(works)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def prepared() -> tuple[Report, list[Any], int]:
    with cast.everyone():
        employer = cast.employer()
        clerk = cast.user("staf", "employer_clerk", "employer", employer.pk)
        bosses = [cast.user(f"bos{at}", "employer_approver", "employer", employer.pk) for at in range(2)]
        job = cast.works(cast.participant("Siti Contoh"), employer)
    with cast.as_user(clerk):
        report = reports.begin(employer_id=employer.pk, month=MONTH, today=TODAY)
        reports.edit_one(report_id=report.pk, change=Edit("wage", job, wage_rupiah=6_000_000))
        reports.prepare(report_id=report.pk, now=NOW)
    return report, bosses, job


def approving(report: Report, who: Any, **given: Any) -> Any:
    def work() -> Any:
        with acting(scope_of(who, MONTH)):
            return reports.approve(report_id=report.pk, today=TODAY, now=NOW, **given).state

    return work


def test_two_approvals_at_once_make_one_bill(committed_db: Any) -> None:
    report, bosses, job = prepared()
    answers = together(*(approving(report, who) for who in bosses))
    won = [one for one in answers if one == "billed"]
    lost = [one for one in answers if isinstance(one, InputError)]
    assert len(won) == len(lost) == 1 and "sudah disetujui oleh" in str(lost[0]), answers
    with cast.everyone():
        assert Bill.objects.count() == 1
        assert Wage.objects.filter(employment=job, from_month=MONTH).count() == 1


def test_two_jobs_at_once_carry_a_report_out_once(committed_db: Any) -> None:
    report, bosses, _job = prepared()
    approving(report, bosses[0], at_once=False)()
    answers = together(*(lambda: reports.apply(report.pk, today=TODAY, now=NOW) for _at in range(3)))
    assert answers == [None, None, None]
    with cast.everyone():
        assert (Bill.objects.count(), Report.objects.get().state) == (1, "billed")


def test_approving_and_recalling_at_once_leaves_one_of_both(committed_db: Any) -> None:
    report, bosses, _job = prepared()

    def recall() -> str:
        with acting(scope_of(bosses[1], MONTH)):
            return str(reports.recall(report_id=report.pk).state)

    answers = together(approving(report, bosses[0]), recall)
    assert sum(isinstance(one, InputError) for one in answers) == 1, answers
    with cast.everyone():
        state = Report.objects.get().state
        assert (state, Bill.objects.count()) in (("billed", 1), ("draft", 0))


def test_two_drafts_begun_at_once_are_one(committed_db: Any) -> None:
    with cast.everyone():
        employer = cast.employer()
        users = [cast.user(f"staf{at}", "employer_clerk", "employer", employer.pk) for at in range(3)]

    def begin(who: Any) -> Any:
        def work() -> int:
            with acting(scope_of(who, MONTH)):
                return int(reports.begin(employer_id=employer.pk, month=MONTH, today=TODAY).pk)

        return work

    assert len(set(together(*map(begin, users)))) == 1
