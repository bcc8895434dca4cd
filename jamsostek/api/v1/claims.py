"""Claims as who files them sees them: begun, filled in, sent, tracked, and read again down to the article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, UploadedFile
from ninja import Query as QueryParam

from jamsostek.access import audit
from jamsostek.access.errors import Refused
from jamsostek.access.roles import PUBLIC, SIGNED_IN, Can, Role
from jamsostek.api.limits import CLAIM_BEGUN, CLAIM_TRACKED
from jamsostek.api.operations import Resource
from jamsostek.api.problems import unknown
from jamsostek.api.references import reference
from jamsostek.api.v1 import claim_told as told
from jamsostek.api.v1.claim_shapes import (
    BecauseIn,
    BeneficiaryIn,
    ChecklistOut,
    ClaimAccountIn,
    ClaimDocumentIn,
    ClaimDocumentOut,
    ClaimDocumentsOut,
    ClaimIn,
    ClaimKindsOut,
    ClaimLine,
    ClaimMessageOut,
    ClaimMessagesOut,
    ClaimObjectionIn,
    ClaimObjectionOut,
    ClaimQuery,
    ClaimWhole,
    ExplainedOut,
    FactsIn,
    MessageIn,
    PartyOut,
    PreviewOut,
    ScenariosOut,
    SomeoneIn,
    TrackedOut,
    TrackIn,
)
from jamsostek.api.v1.claim_told import (
    NOT_FOUND,
    about_file,
    claim_of,
    document_of,
    documents_read,
    held_by,
    held_or_worked_by,
    party_of,
    read_by,
    steps,
)
from jamsostek.api.v1.common import ANY_FILE, as_file, employer_of, located, newest, person_of, wrong
from jamsostek.api.v1.shapes import ClaimNumber, Kpj, Page, Reference
from jamsostek.claims.actions import intake, objecting, parties, work
from jamsostek.claims.actions.parties import Someone
from jamsostek.claims.choices import KINDS, Channel, Kind
from jamsostek.claims.computing import Part
from jamsostek.claims.facts import Spec
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Claim, Event
from jamsostek.claims.queries import cases, desk, evidence, filing, outside, simulating, tracking
from jamsostek.claims.queries.knowing import comes_to, facts_of, missing
from jamsostek.claims.queries.outside import Sight
from jamsostek.claims.queries.payouts import names_of
from jamsostek.core.text import N_, _, language
from jamsostek.files.actions import FileGone
from jamsostek.law.entitlement import OUTCOME_WORDS

claims = Resource("claims", N_("Klaim"))
READS = (Can.FILE_CLAIM, Can.SEE_CLAIMS)
FILES = (Can.FILE_CLAIM,)
EITHER = (Can.FILE_CLAIM, Can.ASSESS_CLAIM)
WITHIN = (Sight.WORKS, Sight.OWN)
"""Who reads what a claim comes to, and what became of it."""
DOORS: Mapping[Channel, frozenset[Role]] = {
    Channel.SELF: frozenset({Role.WORKER}),
    Channel.HEIR: frozenset({Role.HEIR}),
    Channel.EMPLOYER: frozenset({Role.EMPLOYER_CLERK, Role.EMPLOYER_APPROVER}),
    Channel.HOSPITAL: frozenset({Role.HOSPITAL_DESK}),
    Channel.VILLAGE: frozenset({Role.VILLAGE_OPERATOR}),
    Channel.AGENT: frozenset({Role.AGENT}),
    Channel.COUNTER: frozenset({Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE}),
    Channel.API: frozenset({Role.BRANCH_OFFICER, Role.BRANCH_SUPERVISOR, Role.HEAD_OFFICE}),
}
"""Whose door each channel is: a caller comes through their own."""


# --- what may be asked for --------------------------------------------------------------------------------------------


@claims.get("/claim-kinds", ClaimKindsOut, title=N_("Jenis klaim dan yang ditanyakannya"), needs=PUBLIC)
def kinds(request: HttpRequest) -> Any:
    """Every kind of claim with the facts it wants."""
    return {"items": [_kind(one) for one in Kind]}


def _kind(kind: Kind) -> dict[str, Any]:
    about = KINDS[kind]
    found = {"kind": kind, "title": _(about.title), "programme": about.programme, "line": _(about.line)}
    return found | {"facts": [_spec(one) for one in OF[kind].specs]}


def _spec(one: Spec) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("name", "unit", "of", "required", "proven")}
    options = {value: _(text) for value, text in one.options.items()}
    return {**plain, "title": _(one.title), "hint": _(one.hint) if one.hint else "", "options": options}


# --- begun ------------------------------------------------------------------------------------------------------------


@claims.post(
    "/claims", ClaimWhole, status=201, title=N_("Mulai klaim"), needs=FILES, limits=(CLAIM_BEGUN,), problems=NOT_FOUND,
)  # fmt: skip
def begin(request: HttpRequest, given: ClaimIn, response: HttpResponse) -> Any:
    """Begins a draft about a participant: by them, their heirs, their firm, a hospital's desk, a village, an agent, an office."""
    scope = request.scope  # type: ignore[attr-defined]
    if not scope.roles & DOORS[given.channel]:
        raise wrong("channel", _("Pintu ini bukan milik peran Anda."))
    made = intake.begin(
        kind=given.kind, participant_id=_participant(given), channel=given.channel, today=timezone.localdate(),
        language=language(), **_door(given),
    )  # fmt: skip
    located(response, f"/claims/{made.claim.number}")
    return _whole(made.claim)


def _participant(given: ClaimIn) -> int:
    """Whom it is about. A hospital's desk sees nobody's data: it tells number and birth date, and learns whether they fit."""
    if given.channel != Channel.HOSPITAL:
        return int(person_of(given.kpj).pk)
    if given.birth_date is None:
        raise wrong("birth_date", _("Isian ini wajib."))
    found = filing.patient(kpj=given.kpj, birth_date=given.birth_date)
    if found is None:
        raise wrong("kpj", _("Nomor dan tanggal lahir ini tidak cocok dengan peserta mana pun."), _("Periksa kartu dan KTP-nya."))
    return found


def _door(given: ClaimIn) -> dict[str, Any]:
    """What the action wants of a channel, and who stands for it where nobody was named."""
    found: dict[str, Any] = {"claimant": told.someone(given.claimant) if given.claimant is not None else None}
    if given.channel == Channel.EMPLOYER:
        if given.employer is None:
            raise wrong("employer", _("Isian ini wajib."))
        firm = employer_of(given.employer)
        firm_files = Someone(firm.name, "employer") if given.kind not in filing.OF_DEATH else None
        found |= {"employer_id": firm.pk, "claimant": found["claimant"] or firm_files}
    if given.channel == Channel.HOSPITAL:
        office = outside.office_of_caller(given.office)
        found |= {"office_id": office, "claimant": Someone(filing.office_name(office), "facility")}
    if (given.kind == Kind.SCHOLARSHIP) != (given.parent is not None):
        raise wrong("parent", _("Beasiswa menyebut klaim yang diikutinya, dan hanya beasiswa."))
    if given.parent is not None:
        parent = read_by(given.parent, *WITHIN)
        if parent.kind not in filing.PARENTS:
            raise wrong("parent", _("Beasiswa mengikuti klaim kematian atau kecelakaan kerja."))
        found["parent_id"] = parent.pk
    return found


# --- lists and one of them --------------------------------------------------------------------------------------------


@claims.get("/claims", Page[ClaimLine], title=N_("Daftar klaim"), needs=READS, problems=NOT_FOUND)
def index(request: HttpRequest, query: QueryParam[ClaimQuery]) -> Any:
    """Claims that are yours to see something of, the newest first."""
    whole = outside.listed(
        state=query.state, kind=query.kind, late=query.late, today=timezone.localdate(),
        employer_id=employer_of(query.employer).pk if query.employer else None,
        participant_id=person_of(query.kpj).pk if query.kpj else None,
    )  # fmt: skip
    found, following = newest(request, query, whole)
    return {"items": told.lines(found), "next": following}


@claims.post(
    "/claims/tracking", TrackedOut, title=N_("Lacak klaim dengan nomor dan tanggal lahir"), needs=SIGNED_IN, writes=False,
    limits=(CLAIM_TRACKED,),
)  # fmt: skip
def track(request: HttpRequest, given: TrackIn) -> Any:
    """Where a claim stands, for whoever has the receipt: any token will do. Both wrong are told alike, and counted."""
    found = tracking.by_number(number=given.number, birth_date=given.birth_date)
    money = [
        {"state": one.state.name.lower(), "text": one.words, "rupiah": one.rupiah, "paid_on": one.paid_on} for one in found.money
    ]
    return {
        **told.standing(found), "kind": found.claim.kind, "title": found.kind_title, "state": found.claim.state,
        "state_text": found.state_words, "papers": list(found.papers), "money": money,
    }  # fmt: skip


@claims.get("/claims/{number}", ClaimWhole, title=N_("Satu klaim"), needs=READS, problems=NOT_FOUND)
def show(request: HttpRequest, number: ClaimNumber) -> Any:
    """One claim with all that is yours to read. A firm reads that it is there and where it stands."""
    claim = claim_of(number)
    audit.looked([claim.participant_id], ("claim",), "API")
    return _whole(claim)


def _whole(claim: Claim) -> dict[str, Any]:
    sight = outside.sight_of(claim)
    claim.refresh_from_db()
    head = told.line(claim, outside.people_of([claim]), timezone.localdate())
    parent = outside.numbers_of([claim.parent_id]).get(claim.parent_id) if claim.parent_id else None
    names = ("facts", "parties", "documents", "decisions", "objections", "events", "paid")
    found = {
        **head, **dict.fromkeys(names), "standing": told.standing(outside.stages(claim)),
        "parent": parent if sight in WITHIN else None,
    }  # fmt: skip
    if sight == Sight.THERE:
        return found
    known = facts_of(claim, today=timezone.localdate())
    found |= {
        "facts": told.facts(cases.fact_lines(claim, known), stated_only=sight == Sight.REPORTED),
        "parties": [told.party(one, reported=sight == Sight.REPORTED) for one in told.parties_read(claim, sight)],
        "documents": [told.document(one) for one in documents_read(claim)],
    }
    return found if sight == Sight.REPORTED else found | _within(claim, sight)


def _within(claim: Claim, sight: Sight) -> dict[str, Any]:
    """What was decided, disputed, paid and happened; an office reads the drafts of decisions and names too."""
    office = sight == Sight.WORKS
    decisions = [one for one in claim.decisions.order_by("id") if office or one.final]
    events = list(claim.events.order_by("id")) if office else filing.happenings(claim)[::-1]
    users = names_of([one.by for one in events] + [w for d in decisions for w in (d.proposed_by, d.second_by, d.third_by)])
    users = users if office else {}
    return {
        "decisions": [told.decision(one, users) for one in decisions],
        "objections": [told.objection(one) for one in filing.objections(claim)],
        "events": [_event(one, users) for one in events],
        "paid": [told.paid(one) for one in desk.payouts_of(claim)],
    }


def _event(one: Event, users: Mapping[int, str]) -> dict[str, Any]:
    return {
        "kind": one.kind, "on": one.on_date, "at": one.at, "text": one.text, "shown": one.shown, "by": users.get(one.by or 0, "")
    }  # fmt: skip


# --- filled in --------------------------------------------------------------------------------------------------------


@claims.post("/claims/{number}/facts", ClaimWhole, title=N_("Nyatakan fakta"), needs=FILES, problems=NOT_FOUND)
def state_facts(request: HttpRequest, number: ClaimNumber, given: FactsIn) -> Any:
    """Keeps what who files says; all of it, or nothing where one fact is wrong."""
    claim = held_by(number)
    values = told.values_of(claim, OF[Kind(claim.kind)].asked, given.values)
    with steps():
        intake.state_facts(claim_id=claim.pk, values=values, today=timezone.localdate())
    return _whole(claim)


@claims.post("/claims/{number}/claimant", PartyOut, title=N_("Ganti pemohon"), needs=FILES, problems=NOT_FOUND)
def claimant(request: HttpRequest, number: ClaimNumber, given: SomeoneIn) -> Any:
    """Names who files, in place of whoever was named before; only in a draft."""
    claim = held_by(number)
    with steps():
        one = told.someone(given)
        return told.party(parties.put_claimant(claim_id=claim.pk, one=one, today=timezone.localdate()))


@claims.post(
    "/claims/{number}/parties", PartyOut, status=201, title=N_("Tambah penerima"), needs=EITHER, problems=NOT_FOUND
)  # fmt: skip
def add_party(request: HttpRequest, number: ClaimNumber, given: BeneficiaryIn, response: HttpResponse) -> Any:
    """Adds somebody who is paid; once it was sent, an officer does."""
    claim = held_or_worked_by(number)
    guardian = party_of(claim, given.guardian_party).pk if given.guardian_party else None
    with steps():
        one = told.someone(given, guardian_id=guardian)
        made = parties.add_beneficiary(claim_id=claim.pk, one=one, today=timezone.localdate())
    located(response, f"/claims/{claim.number}")
    return told.party(made)


@claims.post(
    "/claims/{number}/parties/{id}/removal", ClaimWhole, title=N_("Keluarkan seseorang dari klaim"), needs=EITHER,
    problems=NOT_FOUND,
)  # fmt: skip
def remove_party(request: HttpRequest, number: ClaimNumber, id: Reference, given: BecauseIn) -> Any:
    """Takes somebody out who has nothing to do with it; they stay in the history."""
    claim = held_or_worked_by(number)
    with steps():
        parties.remove(party_id=party_of(claim, id).pk, because=given.reason, today=timezone.localdate())
    return _whole(claim)


@claims.post(
    "/claims/{number}/parties/{id}/account", PartyOut, title=N_("Tulis rekening penerima"), needs=EITHER, problems=NOT_FOUND
)  # fmt: skip
def account(request: HttpRequest, number: ClaimNumber, id: Reference, given: ClaimAccountIn) -> Any:
    """Writes the account to pay into; it counts once another person has verified it."""
    claim = held_or_worked_by(number)
    with steps():
        row = parties.put_account(
            party_id=party_of(claim, id).pk, bank=given.bank, number=given.number, name=given.name, today=timezone.localdate()
        )
    return told.party(row)


# --- papers -----------------------------------------------------------------------------------------------------------


@claims.get(
    "/claims/{number}/checklist", ChecklistOut, title=N_("Berkas yang diminta undang-undang"), needs=READS, problems=NOT_FOUND
)
def checklist(request: HttpRequest, number: ClaimNumber) -> Any:
    """The checklist as it would be frozen now, or as it was when the claim was sent."""
    claim = read_by(number, *WITHIN, Sight.REPORTED)
    today = timezone.localdate()
    found = cases.papers_of(claim, facts_of(claim, today=today), today)
    seen = {one.pk for one in documents_read(claim)}
    papers = [told.paper(one, seen) for one in found]
    return {"frozen": claim.submitted_on is not None, "wanted": sum(one.wanted for one in found), "items": papers}


@claims.get("/claims/{number}/documents", ClaimDocumentsOut, title=N_("Berkas sebuah klaim"), needs=READS, problems=NOT_FOUND)
def documents(request: HttpRequest, number: ClaimNumber) -> Any:
    """Papers that were given and not taken back."""
    claim = read_by(number, *WITHIN, Sight.REPORTED)
    return {"items": [told.document(one) for one in documents_read(claim)]}


@claims.post(
    "/claims/{number}/documents", ClaimDocumentOut, status=201, title=N_("Kirim berkas klaim"), needs=EITHER,
    body="multipart/form-data", problems=NOT_FOUND,
)  # fmt: skip
def add_document(
    request: HttpRequest, number: ClaimNumber, given: Form[ClaimDocumentIn], file: File[UploadedFile], response: HttpResponse
) -> Any:
    """A photo or PDF, made anew without where and by what it was taken. The same file for the same paper is the same document."""
    claim = held_or_worked_by(number)
    today = timezone.localdate()
    if given.kind not in {one.document for one in cases.papers_of(claim, facts_of(claim, today=today), today)}:
        raise wrong("kind", _("Berkas ini tidak diminta untuk klaim ini."), _("Lihat checklist."))
    party_id = party_of(claim, given.party).pk if given.party else None
    with steps(), about_file():
        made = intake.add_document(
            claim_id=claim.pk,
            kind=given.kind,
            content=file.read(),
            file_name=(file.name or "")[-60:],
            party_id=party_id,
            today=today,
        )
    located(response, f"/claims/{claim.number}/documents/{reference('document', made.pk)}/file")
    return told.document(made)


@claims.get(
    "/claims/{number}/documents/{id}/file", None, title=N_("Unduh berkas klaim"), needs=READS, gives=ANY_FILE, problems=NOT_FOUND
)
def document_file(request: HttpRequest, number: ClaimNumber, id: Reference) -> Any:
    """A paper as it is kept; the look is remembered."""
    claim = read_by(number, *WITHIN, Sight.REPORTED)
    row = document_of(claim, id)
    return _file(row.pk, f"{row.kind}.{'pdf' if row.media == 'application/pdf' else 'jpg'}", small=False)


@claims.get(
    "/claims/{number}/documents/{id}/thumbnail", None, title=N_("Gambar kecil berkas klaim"), needs=READS, gives=ANY_FILE,
    problems=NOT_FOUND,
)  # fmt: skip
def thumbnail(request: HttpRequest, number: ClaimNumber, id: Reference) -> Any:
    """A JPEG for lists."""
    claim = read_by(number, *WITHIN, Sight.REPORTED)
    row = document_of(claim, id)
    return _file(row.pk, f"{row.kind}-kecil.jpg", small=True)


def _file(document_id: int, name: str, *, small: bool) -> HttpResponse:
    try:
        content, _media = evidence.content(document_id, small=small)
    except FileGone as error:
        raise unknown(error.message) from None
    return as_file(content, name)


@claims.post(
    "/claims/{number}/documents/{id}/removal", ClaimDocumentsOut, title=N_("Tarik kembali berkas klaim"), needs=EITHER,
    problems=NOT_FOUND,
)  # fmt: skip
def remove_document(request: HttpRequest, number: ClaimNumber, id: Reference) -> Any:
    """Takes back a paper that nobody has looked at yet."""
    claim = held_or_worked_by(number)
    with steps():
        intake.remove_document(document_id=document_of(claim, id).pk, today=timezone.localdate())
    return {"items": [told.document(one) for one in documents_read(claim)]}


# --- what it comes to, sent, taken back -------------------------------------------------------------------------------


@claims.get("/claims/{number}/preview", PreviewOut, title=N_("Perkiraan klaim"), needs=READS, problems=NOT_FOUND)
def preview(request: HttpRequest, number: ClaimNumber) -> Any:
    """Conditions with their articles, points of law that can be read both ways, and amounts, by what is known now."""
    claim = read_by(number, *WITHIN)
    today = timezone.localdate()
    known = facts_of(claim, today=today)
    found = comes_to(claim, today=today, facts=known)
    return {
        "outcome": found.outcome, "text": _(OUTCOME_WORDS[found.outcome]), "rupiah": found.rupiah, "law_digest": found.law_digest,
        "conditions": [told.condition(one) for one in found.conditions], "parts": [told.part(one) for one in found.parts],
        "missing": missing(claim, known),
    }  # fmt: skip


@claims.get(
    "/participants/{kpj}/scenarios", ScenariosOut, title=N_("Andai terjadi sesuatu pada saya"), needs=FILES, problems=NOT_FOUND
)
def scenarios(request: HttpRequest, kpj: Kpj) -> Any:
    """What would be paid to you or your family if something happened, by today's record; an estimate, for yourself alone."""
    person = person_of(kpj)
    if person.pk not in request.scope.own:  # type: ignore[attr-defined]
        raise unknown()
    found = simulating.scenarios(person.pk, today=timezone.localdate())
    return {"items": [_scenario(one) for one in found]}


def _scenario(one: simulating.Scenario) -> dict[str, Any]:
    return {
        "key": one.key, "title": one.title, "on": one.on, "outcome": one.outcome, "once_rupiah": one.once_rupiah,
        "parts": [told.part(line.part) for line in one.lines], "in_the_way": [told.condition(c) for c in one.wrong],
        "notes": list(one.notes),
    }  # fmt: skip


@claims.post("/claims/{number}/submission", ClaimWhole, title=N_("Kirim klaim"), needs=FILES, problems=NOT_FOUND)
def submit(request: HttpRequest, number: ClaimNumber) -> Any:
    """Sends a claim: it gets its place in the order of service, and whole papers start the clock."""
    claim = held_by(number)
    now = timezone.now()
    with steps():
        claim = intake.submit(claim_id=claim.pk, today=timezone.localdate(now), now=now)
    return _whole(claim)


@claims.post("/claims/{number}/withdrawal", ClaimWhole, title=N_("Tarik kembali klaim"), needs=FILES, problems=NOT_FOUND)
def withdraw(request: HttpRequest, number: ClaimNumber, given: BecauseIn) -> Any:
    """Takes a claim back before anything is decided."""
    claim = held_by(number)
    with steps():
        claim = intake.withdraw(claim_id=claim.pk, because=given.reason, today=timezone.localdate())
    return _whole(claim)


@claims.post("/claims/{number}/answer", ClaimWhole, title=N_("Yang ditunggu sudah ada"), needs=EITHER, problems=NOT_FOUND)
def answered(request: HttpRequest, number: ClaimNumber) -> Any:
    """Says that what was waited for has come; refused while papers are still wanted."""
    claim = held_or_worked_by(number)
    with steps():
        claim = work.answered(claim_id=claim.pk, today=timezone.localdate())
    return _whole(claim)


# --- messages and objections ------------------------------------------------------------------------------------------


@claims.get("/claims/{number}/messages", ClaimMessagesOut, title=N_("Pesan sebuah klaim"), needs=READS, problems=NOT_FOUND)
def messages(request: HttpRequest, number: ClaimNumber) -> Any:
    """Messages both ways, the newest first."""
    claim = read_by(number, *WITHIN, Sight.REPORTED)
    rows = claim.events.filter(kind__in=("message_in", "message_out")).order_by("-id")[:200]
    return {"items": [_message(one) for one in rows]}


def _message(one: Event) -> dict[str, Any]:
    return {"at": one.at, "ours": one.kind == "message_out", "text": one.text}


@claims.post(
    "/claims/{number}/messages", ClaimMessageOut, status=201, title=N_("Tulis pesan"), needs=EITHER, problems=NOT_FOUND
)  # fmt: skip
def write(request: HttpRequest, number: ClaimNumber, given: MessageIn, response: HttpResponse) -> Any:
    """Writes to the office, or from it to who filed the claim."""
    claim = held_or_worked_by(number)
    with steps():
        made = work.message(claim_id=claim.pk, text=given.text, today=timezone.localdate())
    located(response, f"/claims/{claim.number}/messages")
    return _message(made)


@claims.post(
    "/claims/{number}/objections", ClaimObjectionOut, status=201, title=N_("Ajukan keberatan"), needs=EITHER, problems=NOT_FOUND
)  # fmt: skip
def object_to(request: HttpRequest, number: ClaimNumber, given: ClaimObjectionIn, response: HttpResponse) -> Any:
    """Objects to what was decided; somebody who had no part in it answers."""
    claim = read_by(number, *WITHIN)
    if given.level == "objection" and not filing.holds(claim) and claim.participant_id not in _selves(request):
        raise Refused(_("Klaim ini bukan Anda yang mengajukan."))
    with steps():
        made = objecting.object_to(claim_id=claim.pk, grounds=given.grounds, level=given.level, today=timezone.localdate())
    located(response, f"/claims/{claim.number}")
    return told.objection(made)


def _selves(request: HttpRequest) -> frozenset[int]:
    found: frozenset[int] = request.scope.selves  # type: ignore[attr-defined]
    return found


# --- down to the article ----------------------------------------------------------------------------------------------


@claims.get(
    "/claims/{number}/explanation", ExplainedOut, title=N_("Hitungan klaim sampai pasalnya"), needs=READS, problems=NOT_FOUND
)
def explain(request: HttpRequest, number: ClaimNumber) -> Any:
    """Every part with its rule, inputs and steps, the law's digest, the group in the books and what the bank calls it."""
    claim = read_by(number, *WITHIN)
    made = desk.standing_decision(claim)
    if made is not None:
        parts, digest = cases.parts_of(made.assessment), made.assessment.law_digest
        approve: bool | None = made.approve
    elif outside.sight_of(claim) == Sight.WORKS:
        now = comes_to(claim, today=timezone.localdate())
        parts, digest, approve = list(now.parts), now.law_digest, None
    else:
        parts, digest, approve = [], "", None
    shown = parts if approve is not False else []
    money = desk.payouts_of(claim)
    earlier = [one.part for one in money if one.part is not None and one.part not in shown]
    every = [*shown, *(one for at, one in enumerate(earlier) if one not in earlier[:at])]
    return {
        "decided": made is not None, "approve": approve, "law_digest": digest, "rupiah": sum(one.once_rupiah for one in shown),
        "parts": [_explained(one, money) for one in every],
    }  # fmt: skip


def _explained(one: Part, money: list[desk.PaidLine]) -> dict[str, Any]:
    explanation, tax = one.explained(), one.tax_explained()
    mine = [line for line in money if line.part == one]
    return {
        **told.part(one), "source": _(one.source) if one.source else "", "date": one.date, "inputs": dict(one.inputs or {}),
        "figures_digest": one.digest, "explanation": None if explanation is None else explanation.as_dict(),
        "basis": [basis.as_dict() for basis in one.basis_explained()], "tax": None if tax is None else tax.as_dict(),
        "paid": [told.paid(line) for line in mine],
    }  # fmt: skip


__all__ = ["claims"]
