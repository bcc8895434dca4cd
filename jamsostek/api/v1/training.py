"""Training after a claim: offers, who takes part, who came, what became of them, and the sums of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as QueryParam
from pydantic import Field, StrictBool, StrictInt

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import Can
from jamsostek.access.scope import regencies_below
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference, row_of
from jamsostek.api.v1.common import located, newest, wrong
from jamsostek.api.v1.shapes import ClaimNumber, Day, In, Line, Name, Out, Page, Query, Reason, Reference, text
from jamsostek.claims.actions import trainees as people
from jamsostek.claims.actions import training as actions
from jamsostek.claims.actions.training import Offer
from jamsostek.claims.models import Claim, Trainee, Training
from jamsostek.claims.queries import training as queries
from jamsostek.claims.queries.training import Person, Result, Seats, Told
from jamsostek.claims.trainings import MONTHS, OFFERED, SPONSORS, At, known_region
from jamsostek.core.rupiah import MAX_RUPIAH
from jamsostek.core.text import N_, _

training = Resource("training", N_("Pelatihan sesudah klaim"))
RUNS, WORKS, READS = (Can.RUN_TRAINING,), (Can.ASSESS_CLAIM,), (Can.SEE_CLAIMS,)
OWN = (Can.FILE_CLAIM, Can.SEE_CLAIMS)
NOT_FOUND = frozenset({404})
TrainingKind = Literal["heirs_training", "entrepreneurship", "financial_literacy", "return_to_work"]
TrainingState = Literal["draft", "open", "closed", "done"]
SponsorKind = Literal["carrier", "region", "ministry", "company", "community"]
By = Literal["all", "kind", "programme", "regency", "year", "sponsor"]
TrainingNumber = Annotated[int, Field(ge=1, le=2_000_000_000)]
Cost = Annotated[StrictInt, Field(ge=0, le=MAX_RUPIAH)]
Income = Annotated[StrictInt, Field(ge=0, le=people.MOST_INCOME)]
RegionCode = Annotated[StrictInt, Field(ge=11, le=9999, examples=[3515])]


class TrainingIn(In):
    """What is offered; the cost is of all of it, whole rupiah."""

    kind: TrainingKind
    title: Name
    title_en: Name
    region_code: RegionCode = Field(description=N_("Kode Kemendagri provinsi (2 angka) atau kabupaten atau kota (4 angka)."))
    place: Line = ""
    provider: Name
    starts_on: Day
    ends_on: Day
    sessions: Annotated[StrictInt, Field(ge=1, le=actions.MOST_SESSIONS)]
    capacity: Annotated[StrictInt, Field(ge=1, le=actions.MOST_PEOPLE)]
    cost_rupiah: Cost
    sponsor_kind: SponsorKind = "carrier"
    sponsor: text(120) = Field("", description=N_("Wajib bila bukan BPJS Ketenagakerjaan."))  # type: ignore[valid-type]


class TrainingQuery(Query):
    """Which offers; all in sight when nothing is said."""

    state: TrainingState | None = None
    kind: TrainingKind | None = None


class TrainingOut(Out):
    """One offer and its seats; whole rupiah."""

    number: int
    kind: str = Field(examples=list(OFFERED))
    title: str
    title_en: str
    region_code: int
    place: str
    provider: str
    starts_on: dt.date
    ends_on: dt.date
    sessions: int
    capacity: int
    taken: int
    free: int
    cost_rupiah: int
    spent_rupiah: int | None
    per_head_rupiah: int
    sponsor_kind: str = Field(examples=list(SPONSORS))
    sponsor: str
    state: str = Field(examples=["draft", "open", "closed", "done"])
    invented: bool = Field(description=N_("Tiruan, dari peragaan."))
    done_on: dt.date | None


class InvitedOut(Out):
    """How many were invited."""

    invited: int


class CompletionIn(In):
    """Who finished, and what it cost; whole rupiah."""

    finished: list[Reference] = Field(max_length=actions.MOST_PEOPLE)
    spent_rupiah: Cost


class EnrolmentIn(In):
    """Who of a paid claim; the party may be left out where there is only one."""

    claim: ClaimNumber
    party: Reference | None = Field(None, description=N_("Wajib bila ada lebih dari satu."))
    before_rupiah: Income | None = None


class OutcomeOut(Out):
    """What became of somebody; income of a month, whole rupiah."""

    month: int = Field(examples=list(MONTHS))
    working: bool
    business: bool
    income_rupiah: int | None
    note: str
    told_on: dt.date


class TraineeOut(Out):
    """Somebody at an offer; income of a month, whole rupiah."""

    id: str
    training: int
    claim: ClaimNumber
    name: str
    state: str = Field(examples=[str(one) for one in At])
    state_on: dt.date
    reason: str
    via: str = Field(examples=["claim", "office", "self"])
    invited_on: dt.date
    ended_on: dt.date | None
    came: int
    sessions: dict[int, bool] = Field(description=N_("Hadir atau tidak, menurut pertemuan."))
    before_rupiah: int | None
    recommended_on: dt.date | None
    agreed_on: dt.date | None
    employer_agreed_on: dt.date | None
    outcomes: list[OutcomeOut]


class TraineesOut(Out):
    """Everybody of an offer in sight."""

    items: list[TraineeOut]


class TraineeAnswerIn(In):
    """Yes or no; a no may say why."""

    accepted: StrictBool
    reason: Line = ""


class AttendanceIn(In):
    """Who came to a session, by trainee."""

    session: Annotated[StrictInt, Field(ge=1, le=actions.MOST_SESSIONS)]
    on: Day
    came: dict[Reference, StrictBool] = Field(max_length=actions.MOST_PEOPLE)


class MarkedOut(Out):
    """How many marks were new."""

    marked: int


class ReturnIn(In):
    """What return to work rests on (PP 44/2015 Pasal 49, Permenaker 10/2016)."""

    doctor: Name
    recommended_on: Day
    agreed_on: Day
    employer_agreed_on: Day


class StopIn(In):
    """Why somebody stops."""

    reason: Reason


class OutcomeIn(In):
    """What became of who finished; income of a month, whole rupiah."""

    month: Literal[3, 6, 12]
    working: StrictBool
    business: StrictBool
    income_rupiah: Income | None = None
    before_rupiah: Income | None = None
    note: text(500) = ""  # type: ignore[valid-type]


class TraineeDueOut(Out):
    """An outcome that has to be asked for."""

    trainee: str
    name: str
    training: int
    month: int
    on: dt.date
    late: bool


class TrainingWorkOut(Out):
    """What waits: invitations without an answer for a week, outcomes of this month and before."""

    unanswered: list[TraineeOut]
    due: list[TraineeDueOut]


class ResultQuery(In):
    """By what, and of which; all of it in one when nothing is said."""

    by: By = "all"
    kind: TrainingKind | None = None
    year: Annotated[int, Field(ge=2015, le=2100)] | None = None
    region: Annotated[int, Field(ge=11, le=9999)] | None = None


class AfterOut(Out):
    """Outcomes of one month; changes of income are a month's, whole rupiah."""

    month: int
    asked: int
    working: int
    business: int
    compared: int
    mean_rupiah: int | None
    median_rupiah: int | None
    hidden: int


class ResultOut(Out):
    """What came of it. `hidden` parts of one to four people are in no figure; none is hidden from who works on the claims."""

    name: str
    hidden: int
    invited: int
    accepted: int
    finished: int
    quit: int
    cost_rupiah: int
    per_finished_rupiah: int | None
    after: list[AfterOut]


class ResultsOut(Out):
    """Sums by one thing."""

    by: str
    items: list[ResultOut]


# --- offers -------------------------------------------------------------------------------------------------------------


@training.get("/trainings", Page[TrainingOut], title=N_("Daftar pelatihan"), needs=READS)
def index(request: HttpRequest, query: QueryParam[TrainingQuery]) -> Any:
    """Offers in sight, the newest first."""
    found, following = newest(request, query, queries.trainings(state=query.state or "", kind=query.kind or ""))
    return {"items": [_offer(one) for one in queries.seats(found)], "next": following}


@training.post("/trainings", TrainingOut, status=201, title=N_("Buat pelatihan"), needs=RUNS)
def create(request: HttpRequest, given: TrainingIn, response: HttpResponse) -> Any:
    """Writes an offer; nobody is invited before it is opened."""
    made = actions.make(offer=Offer(**given.model_dump()), today=timezone.localdate())
    located(response, f"/trainings/{made.number}")
    return _whole(made)


@training.get("/trainings/{number}", TrainingOut, title=N_("Satu pelatihan"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, number: TrainingNumber) -> Any:
    """One offer with its seats."""
    return _whole(_found(number))


@training.post("/trainings/{number}/opening", TrainingOut, title=N_("Buka pelatihan"), needs=RUNS, problems=NOT_FOUND)
def open_offer(request: HttpRequest, number: TrainingNumber) -> Any:
    """Takes people in from now on."""
    return _whole(actions.open_offer(training_id=_found(number).pk, today=timezone.localdate()))


@training.post("/trainings/{number}/closing", TrainingOut, title=N_("Tutup pendaftaran"), needs=RUNS, problems=NOT_FOUND)
def close_offer(request: HttpRequest, number: TrainingNumber) -> Any:
    """Takes nobody more in."""
    return _whole(actions.close_offer(training_id=_found(number).pk))


@training.post("/trainings/{number}/completion", TrainingOut, title=N_("Selesaikan pelatihan"), needs=RUNS, problems=NOT_FOUND)
def complete(request: HttpRequest, number: TrainingNumber, given: CompletionIn) -> Any:
    """Ends an offer: who finished, all others left, and what it cost."""
    row = _found(number)
    finished = [row_of("trainee", one) for one in given.finished]
    actions.complete(training_id=row.pk, finished=finished, spent_rupiah=given.spent_rupiah, today=timezone.localdate())
    return _whole(_found(number))


@training.post("/trainings/{number}/invitations", InvitedOut, title=N_("Undang yang berhak"), needs=RUNS, problems=NOT_FOUND)
def invite(request: HttpRequest, number: TrainingNumber) -> Any:
    """Invites all of its region whose claim was paid in two years and who were not asked for its kind before."""
    return {"invited": len(actions.invite(training_id=_found(number).pk, today=timezone.localdate()))}


# --- people -------------------------------------------------------------------------------------------------------------


@training.get("/trainings/{number}/trainees", TraineesOut, title=N_("Peserta sebuah pelatihan"), needs=READS, problems=NOT_FOUND)
def trainees(request: HttpRequest, number: TrainingNumber) -> Any:
    """Everybody of an offer in sight; that they were looked at is remembered."""
    found = queries.people(_found(number))
    audit.looked({one.row.claim.participant_id for one in found}, ("claim",), "API")
    return {"items": [_person(one) for one in found]}


@training.post(
    "/trainings/{number}/trainees", TraineeOut, status=201, title=N_("Daftarkan ke pelatihan"), needs=WORKS, problems=NOT_FOUND
)
def enrol(request: HttpRequest, number: TrainingNumber, given: EnrolmentIn, response: HttpResponse) -> Any:
    """Writes in somebody of a paid claim; where it is full, in the waiting list."""
    row, claim, today = _found(number), Claim.objects.filter(number=given.claim).first(), timezone.localdate()
    if claim is None:
        raise wrong("claim", _("Klaim ini tidak ada, atau bukan wewenang Anda."))
    able = queries.able(claim, today)
    party = row_of("party", given.party) if given.party is not None else able[0].pk if len(able) == 1 else None
    if party is None:
        raise wrong("party", _("Wajib bila ada lebih dari satu."), _("Pilih ahli waris atau walinya."))
    made = people.enrol(
        training_id=row.pk, claim_id=claim.pk, party_id=party, before_rupiah=given.before_rupiah, today=today
    )  # fmt: skip
    located(response, f"/trainees/{reference('trainee', made.pk)}")
    return _one(made)


@training.get("/trainees/{id}", TraineeOut, title=N_("Satu peserta pelatihan"), needs=OWN, problems=NOT_FOUND)
def trainee(request: HttpRequest, id: Reference) -> Any:
    """Somebody at an offer: of one's own claim, or of one's region."""
    row = _trainee(id)
    audit.looked([row.claim.participant_id], ("claim",), "API")
    return _one(row)


@training.post(
    "/trainees/{id}/answer", TraineeOut, title=N_("Jawab undangan pelatihan"), needs=(Can.FILE_CLAIM, Can.ASSESS_CLAIM),
    problems=NOT_FOUND,
)  # fmt: skip
def answer(request: HttpRequest, id: Reference, given: TraineeAnswerIn) -> Any:
    """Yes gets a seat or a place in the waiting list; a no stays a no."""
    row = _trainee(id)
    return _one(people.answer(trainee_id=row.pk, accept=given.accepted, reason=given.reason, today=timezone.localdate()))


@training.post(
    "/trainees/{id}/agreement", TraineeOut, title=N_("Catat persetujuan kembali bekerja"), needs=WORKS, problems=NOT_FOUND
)
def agree(request: HttpRequest, id: Reference, given: ReturnIn) -> Any:
    """Writes down the doctor's word and that worker and employer signed; who writes it is the case manager."""
    return _one(people.agree(trainee_id=_trainee(id).pk, today=timezone.localdate(), **given.model_dump()))


@training.post(
    "/trainees/{id}/leaving", TraineeOut, title=N_("Berhenti dari pelatihan"), needs=(Can.FILE_CLAIM, Can.ASSESS_CLAIM),
    problems=NOT_FOUND,
)  # fmt: skip
def leave(request: HttpRequest, id: Reference, given: StopIn) -> Any:
    """Stops, and says why."""
    return _one(people.leave(trainee_id=_trainee(id).pk, reason=given.reason, today=timezone.localdate()))


@training.post("/trainees/{id}/finishing", TraineeOut, title=N_("Selesai mengikuti pelatihan"), needs=WORKS, problems=NOT_FOUND)
def finish(request: HttpRequest, id: Reference) -> Any:
    """Has done all of it, maybe before the others."""
    return _one(people.finish(trainee_id=_trainee(id).pk, today=timezone.localdate()))


@training.post("/trainings/{number}/attendance", MarkedOut, title=N_("Catat kehadiran"), needs=WORKS, problems=NOT_FOUND)
def mark(request: HttpRequest, number: TrainingNumber, given: AttendanceIn) -> Any:
    """Who came to a session; marked again, the newest holds."""
    came = {row_of("trainee", one): there for one, there in given.came.items()}
    made = people.mark(
        training_id=_found(number).pk, session=given.session, on=given.on, came=came, today=timezone.localdate()
    )  # fmt: skip
    return {"marked": made}


@training.post("/trainees/{id}/outcomes", TraineeOut, title=N_("Catat hasil pelatihan"), needs=WORKS, problems=NOT_FOUND)
def record_outcome(request: HttpRequest, id: Reference, given: OutcomeIn) -> Any:
    """What became of who finished 3, 6 or 12 months later; once each."""
    row = _trainee(id)
    people.record_outcome(trainee_id=row.pk, today=timezone.localdate(), **given.model_dump())
    return _one(_trainee(id))


@training.get("/training-work", TrainingWorkOut, title=N_("Pekerjaan pelatihan yang menunggu"), needs=WORKS)
def work(request: HttpRequest) -> Any:
    """Invitations without an answer, and outcomes to ask for."""
    today = timezone.localdate()
    waiting = list(queries.unanswered(today))
    due = queries.outcomes_due(today)
    audit.looked({one.claim.participant_id for one in (*waiting, *(one.row for one in due))}, ("claim",), "API")
    return {
        "unanswered": [_person(one) for one in queries.persons_of(waiting)],
        "due": [
            {
                "trainee": reference("trainee", one.row.pk), "name": one.row.party.name, "training": one.row.training.number,
                "month": one.month, "on": one.on, "late": one.late,
            }
            for one in due
        ],
    }  # fmt: skip


@training.get("/training-results", ResultsOut, title=N_("Hasil pelatihan"), needs=(Can.READ_CELLS, Can.SEE_CLAIMS))
def results(request: HttpRequest, query: QueryParam[ResultQuery]) -> Any:
    """What came of trainings begun in a year, of one kind, of people of a region."""
    if query.region is not None and not known_region(query.region):
        raise wrong("region", _("Kode wilayah ini tidak dikenal."))
    regencies = None if query.region is None else regencies_below(query.region)
    by = "" if query.by == "all" else query.by
    return {
        "by": query.by,
        "items": [_result(one) for one in queries.results(by, kind=query.kind or "", year=query.year, regencies=regencies)],
    }


# --- as it is told ------------------------------------------------------------------------------------------------------

OF_OFFER = (
    "number", "kind", "title", "title_en", "region_code", "place", "provider", "starts_on", "ends_on", "sessions", "capacity",
    "cost_rupiah", "spent_rupiah", "sponsor_kind", "sponsor", "state", "invented", "done_on",
)  # fmt: skip
OF_TRAINEE = (
    "state", "state_on", "reason", "via", "invited_on", "ended_on", "before_rupiah", "recommended_on", "agreed_on",
    "employer_agreed_on",
)  # fmt: skip
OF_OUTCOME = ("month", "working", "business", "income_rupiah", "note", "told_on")
OF_RESULT = ("name", "hidden", "invited", "accepted", "finished", "quit", "cost_rupiah", "per_finished_rupiah")


def _found(number: int) -> Training:
    try:
        return queries.by_number(number)
    except Refused:
        raise unknown() from None


def _trainee(id: str) -> Trainee:
    try:
        return queries.one_of(row_of("trainee", id)).row
    except Refused:
        raise unknown() from None


def _whole(row: Training) -> dict[str, Any]:
    return _offer(queries.seats([row])[0])


def _offer(one: Seats) -> dict[str, Any]:
    told = {name: getattr(one.training, name) for name in OF_OFFER}
    return {**told, "taken": one.taken, "free": one.free, "per_head_rupiah": one.per_head_rupiah}


def _one(row: Trainee) -> dict[str, Any]:
    return _person(queries.one_of(row.pk))


def _person(one: Person) -> dict[str, Any]:
    row = one.row
    return {
        **{name: getattr(row, name) for name in OF_TRAINEE},
        "id": reference("trainee", row.pk), "training": row.training.number, "claim": row.claim.number, "name": one.name,
        "came": one.came, "sessions": dict(one.sessions),
        "outcomes": [{name: getattr(one.outcomes[month], name) for name in OF_OUTCOME} for month in sorted(one.outcomes)],
    }  # fmt: skip


def _result(one: Result) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in OF_RESULT},
        "after": [_after(month, one.months[month]) for month in MONTHS if month in one.months],
    }


def _after(month: int, told: Told) -> dict[str, Any]:
    return {
        "month": month, "asked": told.told, "working": told.working, "business": told.business, "compared": told.compared,
        "mean_rupiah": told.mean_rupiah, "median_rupiah": told.median_rupiah, "hidden": told.hidden,
    }  # fmt: skip
