"""Who sees what of trainings, seats under two at once, and sums that tell of nobody; with real commits."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from jamsostek.access.errors import Refused
from jamsostek.access.scope import acting, nobody
from jamsostek.claims.actions import trainees, training
from jamsostek.claims.models import Attendance, Trainee, TraineeOutcome, TraineeStep, Training
from jamsostek.claims.queries import training as queries
from jamsostek.claims.trainings import At, due_on
from jamsostek.core.errors import InputError
from tests import cast
from tests.claims import offices
from tests.claims.training import courses
from tests.claims.training.courses import FIRST, LAST, TODAY

TABLES = (Training, Trainee, TraineeStep, Attendance, TraineeOutcome)


def test_another_regency_sees_nothing_and_the_heir_their_own(committed_db: Any) -> None:
    with cast.everyone():
        at, far = offices.office(), offices.office(cast.LUMAJANG, "jauh")
        course = courses.opened()
        claim, other = courses.widowed(), courses.widowed("Agus Salim", "Wati Salim")
        rows = [courses.trainee(course, one, at, attended=1) for one in (claim, other)]
        heir = cast.user("ahli.waris", "heir", "self", claim.participant_id)
        stranger = cast.user("orang.lain", "worker", "self", offices.member("Orang Lain").pk)
        viewer = cast.user("pemda", "regional_viewer", "region", cast.SIDOARJO)
        auditor = cast.user("auditor", "auditor")
    for who in (far.officer, stranger, viewer):
        with cast.as_user(who):
            assert [model.objects.count() for model in TABLES] == [0] * 5, who.username
            with pytest.raises(Refused):
                trainees.answer(trainee_id=rows[0].pk, accept=False, today=TODAY)
            with pytest.raises(Refused):
                trainees.mark(training_id=course.pk, session=1, on=FIRST, came={rows[0].pk: True}, today=FIRST)
            with pytest.raises(Refused):
                queries.by_number(course.number)
    with acting(nobody()):
        assert [model.objects.count() for model in TABLES] == [0] * 5
    with acting(nobody(claims=frozenset({claim.pk}))):
        assert [one.pk for one in Trainee.objects.all()] == [rows[0].pk]
    with cast.as_user(heir):
        assert [one.row.pk for one in queries.mine([claim.participant_id])] == [rows[0].pk]
        assert Training.objects.get().pk == course.pk
        assert Trainee.objects.count() == 1
        with pytest.raises(Refused):
            trainees.leave(trainee_id=rows[1].pk, reason="Bukan saya", today=FIRST)
    with cast.as_user(auditor):
        assert Trainee.objects.count() == 2
        with pytest.raises(Refused):
            trainees.answer(trainee_id=rows[0].pk, accept=False, today=TODAY)
    with cast.as_user(at.officer):
        assert [one.name for one in queries.people(course)] == ["Dewi Lestari", "Wati Salim"]


def test_of_two_who_take_the_last_seat_at_once_one_waits(committed_db: Any) -> None:
    with cast.everyone():
        at = offices.office()
        course = courses.opened(capacity=1)
        claims = [courses.widowed(f"Almarhum {one}", f"Janda {one}") for one in ("Abu", "Bakar")]
        invited = [training.invite_after(claim, TODAY)[0] for claim in claims]
    begin, wrong = threading.Barrier(2), []

    def yes(trainee_id: int) -> None:
        try:
            with cast.as_user(at.officer):
                begin.wait(10)
                trainees.answer(trainee_id=trainee_id, accept=True, today=TODAY)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    both = [threading.Thread(target=yes, args=(one.pk,)) for one in invited]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    with cast.everyone():
        states = sorted(Trainee.objects.filter(training=course).values_list("state", flat=True))
    assert (states, wrong) == ([At.ACCEPTED, At.WAITING_LIST], [])


def test_small_cells_are_told_to_nobody_who_does_not_work_on_the_claims(committed_db: Any) -> None:
    with cast.everyone():
        at = offices.office()
        big, small = courses.opened(), courses.opened(kind="financial_literacy", cost_rupiah=1_000_000)
        claims = [courses.widowed(f"Almarhum {one}", f"Janda {one}") for one in "ABCDEF"]
        rows = [courses.trainee(big, claim, at, attended=1) for claim in claims]
        few = [courses.trainee(small, claim, at, attended=1) for claim in claims[:3]]
        people = {
            "viewer": cast.user("pemda", "regional_viewer", "region", cast.SIDOARJO),
            "province": cast.user("provinsi", "regional_viewer", "region", 35),
            "far": cast.user("pemda.jauh", "regional_viewer", "region", cast.LUMAJANG),
            "ministry": cast.user("kementerian", "ministry"),
            "auditor": cast.user("auditor", "auditor"),
        }
    with cast.as_user(at.supervisor):
        training.complete(training_id=big.pk, finished=[one.pk for one in rows], spent_rupiah=30_000_000, today=LAST)
        training.complete(training_id=small.pk, finished=[one.pk for one in few], spent_rupiah=900_000, today=LAST)
    with cast.as_user(at.officer):
        for number, row in enumerate(rows):
            trainees.record_outcome(
                trainee_id=row.pk, month=3, working=number == 0, business=True, before_rupiah=500_000,
                income_rupiah=600_000 + 100_000 * number, today=due_on(LAST, 3),
            )  # fmt: skip
    for name in ("viewer", "province", "ministry"):
        with cast.as_user(people[name]):
            told = {one.name: one for one in queries.results("kind")}
            assert (told["heirs_training"].invited, told["heirs_training"].finished) == (6, 6), name
            assert (told["financial_literacy"].invited, told["financial_literacy"].hidden) == (0, 1)
            assert told["financial_literacy"].cost_rupiah == 0
            (whole,) = queries.results()
            assert (whole.invited, whole.hidden, whole.cost_rupiah) == (6, 1, 30_000_000), "no sum tells of a hidden cell"
            month = told["heirs_training"].months[3]
            assert (month.told, month.working, month.hidden) == (0, 0, 1), "one in work is one person"
            assert (month.compared, month.mean_rupiah, month.median_rupiah) == (6, 350_000, 350_000)
    with cast.as_user(people["far"]):
        assert queries.results("kind") == []
    for who in (at.officer, at.head, people["auditor"]):
        with cast.as_user(who):
            told = {one.name: one for one in queries.results("kind")}
            assert told["financial_literacy"].invited == 3
            assert told["financial_literacy"].per_finished_rupiah == 300_000
            assert told["heirs_training"].months[3].working == 1
            assert [one.name for one in queries.results("sponsor")] == ["region"]
            assert [one.name for one in queries.results("programme")] == ["jkm"]
            assert [one.name for one in queries.results("regency", year=2026)] == [str(cast.SIDOARJO)]
            assert queries.results("year", year=2020) == []
            assert queries.results(regencies=[cast.LUMAJANG]) == []


def test_a_seat_of_the_province_is_counted_for_an_office_that_does_not_see_who_has_it(committed_db: Any) -> None:
    with cast.everyone():
        at, far = offices.office(), offices.office(cast.LUMAJANG, "jauh")
        course = courses.opened(region_code=35, capacity=2)
        claim = courses.widowed()
        courses.trainee(course, claim, at)
        who = courses.party(claim).pk
    with cast.as_user(far.officer):
        assert queries.people(course) == []
        (seats,) = queries.seats([queries.by_number(course.number)])
        assert (seats.taken, seats.free) == (1, 1)
        with pytest.raises(Refused):
            trainees.enrol(training_id=course.pk, claim_id=claim.pk, party_id=who, today=TODAY)
        with pytest.raises(Refused):
            training.close_offer(training_id=course.pk)
    with cast.as_user(at.officer), pytest.raises(InputError):
        trainees.mark(
            training_id=course.pk, session=1, on=FIRST - dt.timedelta(days=1), came={}, today=FIRST
        )  # fmt: skip
