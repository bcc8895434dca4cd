"""Training after a claim, read: offers with their seats, people of an offer, one's own, what waits, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.training import index_of, persons
from jamsostek.claims.choices import Kind
from jamsostek.claims.models import Attendance, Claim, Party, Trainee, TraineeOutcome, TraineeStep, Training
from jamsostek.claims.trainings import MONTHS, SEATED, At, Standing, due_on, offered_after, reaches, was_paid
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.registry.models import Participant

ANSWER_DAYS = 7
"""An invitation without an answer for so many days is somebody's work."""
LEAST = 5
DIMENSIONS = ("kind", "programme", "regency", "year", "sponsor")


# --- offers -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seats:
    """An offer and how its seats stand, counted over all of its people whoever may see them."""

    training: Training
    people: Mapping[str, int]

    @property
    def taken(self) -> int:
        """Seats somebody has."""
        return sum(self.people.get(one, 0) for one in SEATED)

    @property
    def free(self) -> int:
        """Seats nobody has."""
        return max(0, int(self.training.capacity) - self.taken)

    @property
    def began(self) -> int:
        """People who began, whether or not they finished: those the money was spent on."""
        return self.people.get("began", 0)

    @property
    def cost_rupiah(self) -> int:
        """What it came to, or as planned; whole rupiah."""
        return int(self.training.cost_rupiah if self.training.spent_rupiah is None else self.training.spent_rupiah)

    @property
    def per_head_rupiah(self) -> int:
        """Whole rupiah for each seat before it begins, for each who takes part after; half up."""
        heads = self.began or int(self.training.capacity)
        return (self.cost_rupiah + heads // 2) // heads


def trainings(*, state: str = "", kind: str = "") -> QuerySet[Training]:
    """Offers in sight, the newest first."""
    rows = Training.objects.order_by("-pk")
    rows = rows.filter(state=state) if state else rows
    return rows.filter(kind=kind) if kind else rows


def seats(rows: Iterable[Training]) -> list[Seats]:
    """How the seats of offers stand."""
    listed = list(rows)
    counted: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM claims_training_taken(%s)", [[one.pk for one in listed]])
        for training_id, state, people in cursor.fetchall():
            counted.setdefault(training_id, {})[state] = people
    return [Seats(one, counted.get(one.pk, {})) for one in listed]


def by_number(number: int) -> Training:
    """An offer in sight; raises `Refused`, the same whether hidden or not there."""
    row = Training.objects.filter(number=number).first()
    if row is None:
        raise not_yours(_("Pelatihan ini tidak ada, atau bukan wewenang Anda."))
    return row


# --- people -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Somebody at an offer: who, where they stand, how often they came, what became of them."""

    row: Trainee
    name: str
    came: int
    sessions: Mapping[int, bool]
    outcomes: Mapping[int, TraineeOutcome]

    @property
    def state(self) -> At:
        """Where they stand."""
        return At(self.row.state)


def people(training: Training) -> list[Person]:
    """Everybody of an offer in sight, in the order they came to it."""
    return _persons(Trainee.objects.filter(training=training))


def one_of(trainee_id: int) -> Person:
    """Somebody at an offer, in sight; raises `Refused`."""
    found = _persons(Trainee.objects.filter(pk=trainee_id))
    if not found:
        raise not_yours(_("Peserta pelatihan ini tidak ada, atau bukan wewenang Anda."))
    return found[0]


def persons_of(rows: Iterable[Trainee]) -> list[Person]:
    """The same with how often they came and what became of them."""
    return _persons(Trainee.objects.filter(pk__in=[one.pk for one in rows]))


def steps_of(row: Trainee) -> list[TraineeStep]:
    """How it came about, in order."""
    return list(TraineeStep.objects.filter(trainee=row).order_by("pk"))


def of_claims(claim_ids: Collection[int]) -> list[Person]:
    """Invitations and places of people of these claims, the newest first."""
    return _persons(Trainee.objects.filter(claim_id__in=claim_ids))[::-1]


def mine(participant_ids: Collection[int]) -> list[Person]:
    """Invitations and places by the claims about somebody, for who stands for them, the newest first."""
    return _persons(Trainee.objects.filter(claim__participant_id__in=participant_ids))[::-1]


def _persons(rows: QuerySet[Trainee]) -> list[Person]:
    listed = list(rows.select_related("training", "claim", "party").order_by("pk"))
    ids = [one.pk for one in listed]
    marks: dict[int, dict[int, bool]] = {}
    for mark in Attendance.objects.filter(trainee_id__in=ids).order_by("pk"):
        marks.setdefault(mark.trainee_id, {})[mark.session] = mark.came
    told: dict[int, dict[int, TraineeOutcome]] = {}
    for outcome in TraineeOutcome.objects.filter(trainee_id__in=ids):
        told.setdefault(outcome.trainee_id, {})[outcome.month] = outcome
    return [
        Person(one, one.party.name, sum(marks.get(one.pk, {}).values()), marks.get(one.pk, {}), told.get(one.pk, {}))
        for one in listed
    ]


@dataclass(frozen=True)
class Open:
    """An offer that somebody of a claim may still take a seat of, and who of the claim."""

    seats: Seats
    claim: Claim
    persons: Sequence[Party]


def open_to(claims: Iterable[Claim], today: dt.date) -> list[Open]:
    """What is open to people of paid claims in sight, in their regency or province, and that they have no part in yet."""
    with everything_in_sight():
        rows = list(Training.objects.filter(state=Standing.OPEN, starts_on__gte=today).order_by("starts_on", "pk"))
        found = []
        for claim in claims:
            kinds = offered_after(claim) if was_paid(claim) else ()
            who = persons(claim, today) if kinds else []
            for row in rows:
                known = {bytes(one) for one in Trainee.objects.filter(training=row).values_list("person_index", flat=True)}
                able = [one for one in who if index_of(one) not in known]
                if row.kind in kinds and reaches(row, claim.regency_code) and able:
                    found.append(Open(seats([row])[0], claim, able))
        return found


def claims_about(participant_ids: Collection[int]) -> list[Claim]:
    """Claims in sight about somebody that training may follow."""
    kinds = (Kind.JKM, Kind.JKK, Kind.JP_SURVIVOR, Kind.JP_DISABILITY)
    return list(Claim.objects.filter(participant_id__in=participant_ids, kind__in=kinds).order_by("pk"))


def able(claim: Claim, today: dt.date) -> list[Party]:
    """Those of a claim in sight that something may be offered to."""
    with everything_in_sight():
        return persons(claim, today)


def about_names(rows: Iterable[Trainee]) -> dict[int, str]:
    """Names of those the claims are about, by participant."""
    return dict(Participant.objects.filter(pk__in=[one.claim.participant_id for one in rows]).values_list("pk", "name"))


# --- what waits -----------------------------------------------------------------------------------------------------------


def unanswered(today: dt.date) -> QuerySet[Trainee]:
    """Invitations in sight without an answer for a week, of what has not begun; the one that begins first on top."""
    since = today - dt.timedelta(days=ANSWER_DAYS)
    rows = Trainee.objects.filter(state=At.INVITED, invited_on__lte=since, training__starts_on__gte=today)
    return rows.select_related("training", "claim", "party").order_by("training__starts_on", "pk")


@dataclass(frozen=True)
class Due:
    """An outcome that has to be asked for; `late`: its month is over."""

    row: Trainee
    month: int
    on: dt.date
    late: bool


def outcomes_due(today: dt.date) -> list[Due]:
    """Outcomes in sight whose day lies in this month or before and that nobody has told, the latest first."""
    rows = Trainee.objects.filter(state=At.FINISHED).exclude(ended_on=None).select_related("training", "claim", "party")
    told = set(TraineeOutcome.objects.filter(trainee__in=rows).values_list("trainee_id", "month"))
    found = [
        Due(one, month, day, month_of(day) < month_of(today))
        for one in rows for month in MONTHS
        if (one.pk, month) not in told and month_of(day := due_on(one.ended_on or today, month)) <= month_of(today)
    ]  # fmt: skip
    return sorted(found, key=lambda due: (due.on, due.row.pk))


@dataclass(frozen=True)
class Work:
    """How much of it waits in sight."""

    unanswered: int
    due: int
    late: int


def work(today: dt.date) -> Work:
    """What waits."""
    due = outcomes_due(today)
    return Work(unanswered(today).count(), len(due), sum(1 for one in due if one.late))


# --- what came of it --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """Outcomes of one month: how many told, of them in work or with a business; changes of income are a month's, whole rupiah."""

    told: int
    working: int
    business: int
    compared: int
    mean_rupiah: int | None
    median_rupiah: int | None
    hidden: int

    @property
    def working_ppm(self) -> int:
        """Of a million who told, so many work for somebody; some of them have a business too."""
        return self.working * 1_000_000 // self.told if self.told else 0

    @property
    def business_ppm(self) -> int:
        """Of a million who told, so many have a business of their own."""
        return self.business * 1_000_000 // self.told if self.told else 0


@dataclass(frozen=True)
class Result:
    """What came of offers of one kind, region, year, programme or payer. `hidden` cells of one to four people are left out."""

    name: str
    hidden: int
    invited: int
    accepted: int
    finished: int
    quit: int
    cost_rupiah: int
    months: Mapping[int, Told] = field(default_factory=dict)

    @property
    def per_finished_rupiah(self) -> int | None:
        """What one who finished came to cost; whole rupiah, half up. None where nobody did, or too few to tell."""
        return (self.cost_rupiah + self.finished // 2) // self.finished if self.finished else None


def may_read() -> bool:
    """Whether the user may read what came of it, as sums."""
    return any(current().may(one) for one in (Can.READ_CELLS, Can.SEE_CLAIMS))


def results(by: str = "", *, kind: str = "", year: int | None = None, regencies: Collection[int] | None = None) -> list[Result]:
    """What came of it by `kind`, `programme`, `regency`, `year`, `sponsor` or all in one (""), of trainings begun in a year.

    Whole figures for who works on the claims there; for all others without cells of one to four people. Raises `Refused`.
    """
    if not may_read():
        raise not_yours()
    if by not in ("", *DIMENSIONS):
        raise ValueError(by)
    asked: list[Any] = [by, kind, year or 0, None if regencies is None else sorted(regencies)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM claims_training_outcomes(%s, %s, %s, %s)", asked)
        months: dict[str, dict[int, Told]] = {}
        for name, month, hidden, told, working, business, compared, mean, median in cursor.fetchall():
            months.setdefault(name, {})[month] = Told(told, working, business, compared, mean, median, hidden)
        cursor.execute("SELECT * FROM claims_training_results(%s, %s, %s, %s)", asked)
        return [Result(*row) for row in ((*told, months.get(told[0], {})) for told in cursor.fetchall())]
