"""An heir's way from the invitation to a business a year later, and everything that is refused on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jamsostek.access.errors import Refused
from jamsostek.access.scope import acting, nobody
from jamsostek.claims.actions import trainees, training
from jamsostek.claims.models import Attendance, Event, Trainee, TraineeOutcome, TraineeStep, Training
from jamsostek.claims.queries import training as queries
from jamsostek.claims.trainings import At, due_on
from jamsostek.core.errors import InputError
from tests import cast
from tests.claims import offices
from tests.claims.training import courses
from tests.claims.training.courses import FIRST, LAST, TODAY


@pytest.fixture
def at(db: None) -> offices.Office:
    with cast.everyone():
        return offices.office()


def child(name: str = "Rara Santoso", guardian: bool = True) -> Any:
    from jamsostek.claims.actions.parties import Someone

    stands = Someone("Sri Wahyuni", "guardian", dt.date(1970, 1, 2)) if guardian else None
    return Someone(name, "child", dt.date(2016, 5, 6), guardian=stands)


def outcome(row: Trainee, month: int, **given: Any) -> TraineeOutcome:
    told: dict[str, Any] = {"working": False, "business": True, "income_rupiah": 1_900_000} | given
    return trainees.record_outcome(trainee_id=row.pk, month=month, today=due_on(LAST, month), **told)


def test_a_widow_is_invited_when_her_claim_is_paid_learns_and_has_a_business_a_year_later(at: offices.Office) -> None:
    with cast.everyone():
        course, claim = courses.opened(), courses.widowed()
        (row,) = training.invite_after(claim, TODAY)
        assert (row.state, row.via, row.party.name) == (At.INVITED, "claim", "Dewi Lestari")
        assert training.invite_after(claim, TODAY) == []
        assert Event.objects.filter(claim=claim, kind="training_invited", shown=True).count() == 1
    with acting(nobody(claims=frozenset({claim.pk}))):
        assert trainees.answer(trainee_id=row.pk, accept=True, today=TODAY).state == At.ACCEPTED
        assert trainees.answer(trainee_id=row.pk, accept=True, today=TODAY).state == At.ACCEPTED
    with cast.as_user(at.officer):
        trainees.put_before(trainee_id=row.pk, before_rupiah=700_000)
        for session, day in ((1, FIRST), (2, FIRST + dt.timedelta(days=4))):
            assert trainees.mark(training_id=course.pk, session=session, on=day, came={row.pk: True}, today=day) == 1
            assert trainees.mark(training_id=course.pk, session=session, on=day, came={row.pk: True}, today=day) == 0
        assert queries.one_of(row.pk).came == 2
    with cast.as_user(at.supervisor):
        done = training.complete(training_id=course.pk, finished=[row.pk], spent_rupiah=28_000_000, today=LAST)
        assert (done.state, courses.again(row).state, courses.again(row).ended_on) == ("done", At.FINISHED, LAST)
    with cast.as_user(at.officer):
        for month in (3, 6):
            outcome(row, month, income_rupiah=1_200_000)
        assert [one.month for one in queries.outcomes_due(due_on(LAST, 12))] == [12]
        told = outcome(row, 12)
        assert outcome(row, 12).pk == told.pk
        (result,) = queries.results()
        assert (result.invited, result.accepted, result.finished, result.cost_rupiah) == (1, 1, 1, 28_000_000)
        assert result.per_finished_rupiah == 28_000_000
        year = result.months[12]
        assert (year.told, year.business, year.working, year.mean_rupiah, year.median_rupiah) == (1, 1, 0, 1_200_000, 1_200_000)
    with cast.everyone():
        steps = list(TraineeStep.objects.filter(trainee=row).order_by("pk").values_list("state", "by"))
    assert steps == [
        (At.INVITED, None), (At.ACCEPTED, None), (At.ATTENDING, at.officer.pk), (At.FINISHED, at.supervisor.pk)
    ]  # fmt: skip


def test_declined_stays_declined_and_nobody_is_asked_for_the_same_kind_twice(at: offices.Office) -> None:
    with cast.everyone():
        courses.opened()
        claim = courses.widowed()
        (row,) = training.invite_after(claim, TODAY)
        later = courses.opened(title="Menjahit", title_en="Sewing")
        user = cast.user("ahli.waris", "heir", "self", claim.participant_id)
    with cast.as_user(user):
        assert trainees.answer(trainee_id=row.pk, accept=False, reason="Belum sempat", today=TODAY).state == At.DECLINED
        assert trainees.answer(trainee_id=row.pk, accept=False, today=TODAY).reason == "Belum sempat"
        with pytest.raises(InputError, match="sudah ditolak"):
            trainees.answer(trainee_id=row.pk, accept=True, today=TODAY)
    with cast.everyone():
        assert training.invite_after(claim, TODAY) == []
        assert training.invite(training_id=later.pk, today=TODAY) == []
    with cast.as_user(at.officer):
        with pytest.raises(InputError, match="sudah ditolak"):
            trainees.enrol(training_id=row.training_id, claim_id=claim.pk, party_id=row.party_id, today=TODAY)
        assert trainees.enrol(training_id=later.pk, claim_id=claim.pk, party_id=row.party_id, today=TODAY).state == At.ACCEPTED


def test_an_offer_of_the_regency_goes_before_that_of_the_province_and_another_regencys_is_none(at: offices.Office) -> None:
    with cast.everyone():
        courses.opened(region_code=35, starts_on=FIRST - dt.timedelta(days=5))
        here, far = courses.opened(), courses.opened(region_code=cast.LUMAJANG, starts_on=FIRST - dt.timedelta(days=6))
        money = courses.opened(kind="financial_literacy", region_code=35)
        courses.opened(kind="return_to_work")
        claim = courses.widowed()
        made = training.invite_after(claim, TODAY)
        assert {one.training_id for one in made} == {here.pk, money.pk}
    with cast.as_user(at.officer), pytest.raises(InputError, match="wilayah lain"):
        trainees.enrol(training_id=far.pk, claim_id=claim.pk, party_id=courses.party(claim).pk, today=TODAY)


def test_for_a_child_its_guardian_is_invited_and_without_one_nobody(at: offices.Office) -> None:
    with cast.everyone():
        course = courses.opened()
        claim = courses.widowed(more=(child(),))
        assert {one.party.name for one in training.invite_after(claim, TODAY)} == {"Dewi Lestari", "Sri Wahyuni"}
        alone = courses.widowed("Agus Salim", "Wati Salim", more=(child("Adi Salim", guardian=False),))
        assert {one.party.name for one in training.invite_after(alone, TODAY)} == {"Wati Salim"}
        minor = courses.party(alone, "child")
    with cast.as_user(at.officer), pytest.raises(InputError, match="belum berumur 18"):
        trainees.enrol(training_id=course.pk, claim_id=alone.pk, party_id=minor.pk, today=TODAY)


def test_one_person_of_two_claims_is_invited_once(at: offices.Office) -> None:
    with cast.everyone():
        courses.opened()
        first, second = courses.widowed("Budi Satu"), courses.widowed("Budi Dua")
        assert len(training.invite_after(first, TODAY)) == 1
        assert training.invite_after(second, TODAY) == [], "the same name and birth date"


def test_who_waits_gets_the_seat_that_somebody_gives_back(at: offices.Office) -> None:
    with cast.everyone():
        course = courses.opened(capacity=1)
        claims = [courses.widowed(f"Almarhum {one}", f"Janda {one}") for one in ("Abu", "Bakar")]
        rows = [courses.trainee(course, claim, at) for claim in claims]
        assert [one.state for one in rows] == [At.ACCEPTED, At.WAITING_LIST]
        assert queries.seats([course])[0].free == 0
    with cast.as_user(at.officer):
        trainees.answer(trainee_id=rows[0].pk, accept=False, reason="Pindah", today=TODAY)
        assert courses.again(rows[1]).state == At.ACCEPTED


def test_the_database_itself_refuses_one_seat_too_many(at: offices.Office) -> None:
    with cast.everyone():
        course = courses.opened(capacity=1)
        claims = [courses.widowed(f"Almarhum {one}", f"Janda {one}") for one in ("Abu", "Bakar")]
        courses.trainee(course, claims[0], at)
        with pytest.raises(IntegrityError, match="full"), transaction.atomic():
            Trainee.objects.create(
                training=course, claim=claims[1], party=courses.party(claims[1]), person_index=b"0" * 16, state="accepted",
                state_on=TODAY, via="office", invited_on=TODAY,
            )  # fmt: skip


def test_return_to_work_begins_when_doctor_worker_and_employer_agreed(at: offices.Office) -> None:
    with cast.everyone():
        course = courses.opened(kind="return_to_work", title="Kembali ke gudang", title_en="Back to the warehouse")
        claim = injured(at)
        (row,) = training.invite_after(claim, TODAY)
        assert row.party.kin == "self"
        worker = cast.user("pekerja", "worker", "self", claim.participant_id)
    with cast.as_user(worker):
        assert [one.row.pk for one in queries.mine([claim.participant_id])] == [row.pk]
        trainees.answer(trainee_id=row.pk, accept=True, today=TODAY)
        with pytest.raises(Refused):
            trainees.finish(trainee_id=row.pk, today=LAST)
    days = {"recommended_on": TODAY, "agreed_on": TODAY, "employer_agreed_on": TODAY}
    with cast.as_user(at.officer):
        with pytest.raises(InputError, match="dokter penasihat"):
            trainees.mark(training_id=course.pk, session=1, on=FIRST, came={row.pk: True}, today=FIRST)
        with pytest.raises(InputError, match="belum tiba"):
            trainees.agree(trainee_id=row.pk, doctor="dr. Contoh", today=TODAY, **{**days, "agreed_on": FIRST})
        agreed = trainees.agree(trainee_id=row.pk, doctor="dr. Contoh", today=TODAY, **days)
        assert agreed.manager_id == at.officer.pk
        assert trainees.mark(training_id=course.pk, session=1, on=FIRST, came={row.pk: True}, today=FIRST) == 1
        assert trainees.finish(trainee_id=row.pk, today=FIRST).state == At.FINISHED


def injured(at: offices.Office) -> Any:
    """A paid claim of a worker who lost a finger."""
    from jamsostek.claims.actions import intake
    from jamsostek.claims.actions.work import kept
    from jamsostek.claims.choices import Channel, Kind
    from jamsostek.claims.models import Claim, Fact

    who = offices.member("Joko Susanto")
    cast.works(who, cast.employer("PT Gudang"), 202501)
    claim = intake.begin(kind=Kind.JKK, participant_id=who.pk, channel=Channel.COUNTER, today=TODAY).claim
    told = {"happened_on": "2026-09-01", "kind": "accident", "story": "Terjepit mesin"}
    intake.state_facts(claim_id=claim.pk, values=told, today=TODAY)
    for name, value in {"by_work": True, "result": "partial", "concluded_on": "2026-10-01"}.items():
        Fact.objects.create(claim=claim, name=name, value=value, found=True, by=at.officer.pk)
    kept(Claim.objects.get(pk=claim.pk), "uji", TODAY)
    return courses.settled(claim)


# --- what is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends_on": FIRST - dt.timedelta(days=1)}, "ends_on"),
        ({"cost_rupiah": -1}, "cost_rupiah"),
        ({"capacity": 0}, "capacity"),
        ({"sessions": 201}, "sessions"),
        ({"title_en": " "}, "title_en"),
        ({"region_code": 9999}, "region_code"),
        ({"sponsor": ""}, "sponsor"),
        ({"kind": "menari"}, None),
        ({"sponsor_kind": "paman"}, None),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused_at_its_field(at: offices.Office, given: dict[str, Any], field: str) -> None:
    with cast.everyone(), pytest.raises(InputError) as told:
        training.make(offer=courses.offer(**given), today=TODAY)
    assert told.value.field == field


def test_an_office_makes_no_offer_for_others_nor_an_officer_any(at: offices.Office) -> None:
    with cast.as_user(at.officer), pytest.raises(Refused):
        training.make(offer=courses.offer(), today=TODAY)
    with cast.as_user(at.supervisor):
        made = training.make(offer=courses.offer(), today=TODAY)
        assert made.number > 10_000
        for region in (35, cast.LUMAJANG):
            with pytest.raises(Refused):
                training.make(offer=courses.offer(region_code=region), today=TODAY)
    with cast.as_user(at.head):
        assert training.make(offer=courses.offer(region_code=35), today=TODAY).state == "draft"


def test_what_was_offered_does_not_change_and_ends_once(at: offices.Office) -> None:
    with cast.everyone():
        made = training.make(offer=courses.offer(), today=TODAY)
        assert training.change(training_id=made.pk, offer=courses.offer(capacity=5)).capacity == 5
        assert training.open_offer(training_id=made.pk, today=TODAY).state == "open"
        assert training.open_offer(training_id=made.pk, today=TODAY).state == "open"
        with pytest.raises(InputError, match="tahap"):
            training.change(training_id=made.pk, offer=courses.offer())
        with pytest.raises(InputError, match="belum berakhir"):
            training.complete(training_id=made.pk, finished=[], spent_rupiah=0, today=FIRST)
        assert training.close_offer(training_id=made.pk).state == "closed"
        training.complete(training_id=made.pk, finished=[], spent_rupiah=0, today=LAST)
        with pytest.raises(InputError, match="tahap"):
            training.open_offer(training_id=made.pk, today=LAST)
        late = training.make(offer=courses.offer(), today=TODAY)
        with pytest.raises(InputError, match="sudah lewat"):
            training.open_offer(training_id=late.pk, today=LAST)
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            Training.objects.filter(pk=made.pk).update(cost_rupiah=1)


def test_only_who_takes_part_is_marked_on_days_there_are(at: offices.Office) -> None:
    with cast.everyone():
        course, claim = courses.opened(), courses.widowed()
        other = courses.trainee(courses.opened(kind="entrepreneurship"), claim, at)
        row = courses.trainee(course, claim, at)
    with cast.as_user(at.officer):
        for came in ({other.pk: True}, {0: True}):
            with pytest.raises(InputError, match="tidak sedang mengikuti"):
                trainees.mark(training_id=course.pk, session=1, on=FIRST, came=came, today=FIRST)
        for session, on, today in ((4, FIRST, FIRST), (0, FIRST, FIRST), (1, TODAY, FIRST), (1, LAST, FIRST)):
            with pytest.raises(InputError):
                trainees.mark(training_id=course.pk, session=session, on=on, came={row.pk: True}, today=today)
        with pytest.raises(InputError, match="belum pernah datang"):
            trainees.finish(trainee_id=row.pk, today=LAST)
        trainees.mark(training_id=course.pk, session=1, on=FIRST, came={row.pk: False}, today=FIRST)
        trainees.mark(training_id=course.pk, session=1, on=FIRST, came={row.pk: True}, today=FIRST)
        assert queries.one_of(row.pk).sessions == {1: True}
        assert Attendance.objects.count() == 2, "what was marked wrongly stays to be read"


def test_an_outcome_is_told_in_its_time_once_and_of_who_finished(at: offices.Office) -> None:
    with cast.everyone():
        course, claim = courses.opened(), courses.widowed()
        row = courses.trainee(course, claim, at, attended=1)
    with cast.as_user(at.officer):
        with pytest.raises(InputError, match="tidak menyelesaikan"):
            outcome(row, 3)
        trainees.finish(trainee_id=row.pk, today=LAST)
        with pytest.raises(InputError, match="belum tiba"):
            trainees.record_outcome(
                trainee_id=row.pk, month=3, working=True, business=False, income_rupiah=1, today=due_on(LAST, 3) - dt.timedelta(1)
            )
        with pytest.raises(InputError, match="ke-3, ke-6"):
            outcome(row, 4)
        with pytest.raises(InputError, match="tidak mungkin"):
            outcome(row, 3, income_rupiah=-1)
        outcome(row, 3, before_rupiah=500_000)
        with pytest.raises(InputError, match="sudah dicatat"):
            outcome(row, 3, business=False)
        with pytest.raises(InputError, match="sudah dicatat"):
            outcome(row, 6, before_rupiah=600_000)
        late = queries.outcomes_due(due_on(LAST, 6) + dt.timedelta(days=40))
        assert [(one.month, one.late) for one in late] == [(6, True)]
    with cast.everyone(), pytest.raises(IntegrityError, match="has not come"), transaction.atomic():
        TraineeOutcome.objects.create(trainee=row, claim_id=row.claim_id, month=12, working=True, business=True, told_on=LAST)


def test_an_invitation_without_an_answer_is_work_and_lapses_with_the_training(at: offices.Office) -> None:
    with cast.everyone():
        course, claim = courses.opened(), courses.widowed()
        (row,) = training.invite_after(claim, TODAY)
    with cast.as_user(at.officer):
        assert not queries.unanswered(TODAY).exists()
        assert [one.pk for one in queries.unanswered(TODAY + dt.timedelta(days=8))] == [row.pk]
        with pytest.raises(InputError, match="tidak berlaku lagi"):
            trainees.answer(trainee_id=row.pk, accept=True, today=LAST)
    with cast.as_user(at.supervisor):
        training.complete(training_id=course.pk, finished=[], spent_rupiah=0, today=LAST)
        assert courses.again(row).state == At.LAPSED
        with pytest.raises(InputError, match="bukan peserta"):
            training.complete(training_id=courses.opened().pk, finished=[row.pk], spent_rupiah=0, today=LAST)


def test_whoever_stops_says_why_and_an_unpaid_claim_gets_nothing(at: offices.Office) -> None:
    from jamsostek.claims.actions import intake
    from jamsostek.claims.choices import Channel, Kind

    with cast.everyone():
        course, claim = courses.opened(), courses.widowed()
        row = courses.trainee(course, claim, at, attended=1)
        who = offices.dead("Belum Dibayar")
        unpaid = intake.begin(
            kind=Kind.JKM, participant_id=who.pk, channel=Channel.COUNTER, claimant=offices.heir("Janda Lain"), today=TODAY
        ).claim
    with cast.as_user(at.officer):
        with pytest.raises(InputError, match="Alasannya"):
            trainees.leave(trainee_id=row.pk, reason=" ", today=FIRST)
        assert trainees.leave(trainee_id=row.pk, reason="Sakit", today=FIRST).state == At.LEFT
        with pytest.raises(InputError, match="belum dibayar"):
            trainees.enrol(training_id=course.pk, claim_id=unpaid.pk, party_id=courses.party(unpaid).pk, today=TODAY)


def test_an_heir_takes_a_seat_of_what_is_open_to_them(at: offices.Office) -> None:
    with cast.everyone():
        course, claim = courses.opened(), courses.widowed()
        courses.opened(region_code=cast.LUMAJANG)
        user = cast.user("ahli.waris", "heir", "self", claim.participant_id)
    with cast.as_user(user):
        (found,) = queries.open_to(queries.claims_about([claim.participant_id]), TODAY)
        assert found.seats.training.pk == course.pk
        made = trainees.join(training_id=course.pk, claim_id=claim.pk, party_id=found.persons[0].pk, today=TODAY)
        assert (made.state, made.via) == (At.ACCEPTED, "self")
        assert queries.open_to([claim], TODAY) == []
