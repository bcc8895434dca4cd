"""One claim: who was covered by whom, conditions of the law, facts and papers, who is paid, what it comes to, what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from jamsostek.access.doors import door
from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.objecting import open_objection
from jamsostek.claims.actions.parties import account_number
from jamsostek.claims.choices import OPEN, State
from jamsostek.claims.computing import Part
from jamsostek.claims.facts import RECORD, Facts, Source
from jamsostek.claims.models import Claim, Decision, Party
from jamsostek.claims.queries import cases, desk, signals
from jamsostek.claims.queries.cases import Case, FactLine
from jamsostek.claims.queries.papers import Line
from jamsostek.collection.queries import cover
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_number, format_rupiah
from jamsostek.core.text import _
from jamsostek.law.entitlement import Condition
from jamsostek.portal.claims import frame, shown, words
from jamsostek.portal.claims.frame import READERS
from jamsostek.portal.claims.signals import told as signals_told
from jamsostek.portal.officer.shown import kpj_words, person_link
from jamsostek.portal.screens import Column, Fact, Link, Tag, table, today
from jamsostek.portal.screens.tables import Table
from jamsostek.portal.screens.words import NOTHING, date, moment
from jamsostek.portal.statements.worker import lines as cover_lines

SHOWN_MONTHS = 12
"""So many lines of the cover stand open; older ones are behind a door."""


@door(*READERS)
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    """The page."""
    day = today()
    claim = frame.of(number)
    told = cases.case(claim, today=day)
    works = desk.may(claim, Can.ASSESS_CLAIM)
    finds = works and claim.state in _FINDS
    facts = Facts({one.spec.name: one.known for one in told.facts if one.known is not None})
    stands = Stands.of(told)
    shares, why_nobody = shown.shares_of(claim, stands.parts, facts) if stands.on is None else ([], "")
    own = [one for one in told.facts if one.spec.of != RECORD or one.unproven or _found(one)]
    recorded = [one for one in told.facts if one not in own]
    paid = desk.payouts_of(claim)
    context: dict[str, Any] = {
        "person": person_link(told.person) if frame.base() == frame.OFFICE else told.person.name,
        "tags": _tags(told, day),
        "tabs": frame.tabs(claim, "case"),
        "facts": _head(told, day),
        "steps": Steps.of(told),
        "signals": signals_told(signals.of_claim(claim, day)),
        "cover": _cover(told, day),
        "decided": _("Seperti diputuskan {day}.").format(day=date(stands.on)) if stands.on is not None else "",
        "outcome": shown.outcome_words(stands.outcome),
        "outcome_tone": shown.outcome_tone(stands.outcome),
        "conditions": shown.conditions_table(stands.conditions),
        "open_points": shown.unsettled(stands.conditions),
        "other_amounts": shown.other_amounts(stands.parts),
        "known": shown.facts_table(claim, own, told.parties, change=finds),
        "recorded": shown.facts_table(claim, recorded, told.parties, change=finds, caption=_("Menurut catatan kami")),
        "confirm": frame.url("confirm", claim) if finds and _stated(told) else "",
        "papers": _papers(told),
        "parties": _parties(told, works=works),
        "add_party": frame.url("add_party", claim) if works and claim.state in OPEN else "",
        "parts": shown.parts_table(stands.parts) if stands.parts else None,
        "shares": shown.shares_table(shares) if shares else None,
        "why_nobody": why_nobody if stands.parts else "",
        "counted": frame.url("counted", claim),
        "changes": _changes(told, facts),
        "payouts": shown.payouts_table(
            paid, books=current().may(Can.READ_BOOKS), address=lambda key: frame.url("amount", claim, key)
        )
        if paid
        else None,
        "decisions": [(one, shown.decision_facts(one, told.users)) for one in reversed(told.decisions)],
        "objections": _objections(told),
    }
    return frame.office_page(request, "claims/case.html", context, title=words.title(claim))


@dataclass(frozen=True)
class Stands:
    """What holds: as it was decided on a day, else as it comes to now."""

    conditions: Sequence[Condition]
    parts: Sequence[Part]
    outcome: str
    on: dt.date | None = None

    @classmethod
    def of(cls, told: Case) -> Stands:
        """A decision that stands is told as it was taken; what would come of it now is told beside it."""
        made = next((one for one in reversed(told.decisions) if one.final), None)
        if made is None or told.claim.state not in (State.APPROVED, State.REFUSED, State.PAID):
            return cls(told.now.conditions, told.now.parts, told.now.outcome)
        kept = made.assessment
        parts = cases.parts_of(kept) if made.approve else []
        return cls(cases.conditions_of(kept), parts, kept.outcome, made.third_on or made.second_on)


def _found(one: FactLine) -> bool:
    return one.known is not None and one.known.source == Source.FOUND


_FINDS = (State.SUBMITTED, State.WAITING, State.APPROVED, State.PAID)
"""Where facts may be found."""


def _tags(told: Case, day: dt.date) -> list[Tag]:
    claim = told.claim
    found = [words.state_tag(claim)]
    if claim.state in (*desk.OURS, State.WAITING):
        found.append(words.clock(claim, desk.clock(claim, day)))
    return found


def _head(told: Case, day: dt.date) -> list[Fact]:
    claim = told.claim
    clock = desk.clock(claim, day)
    found = [
        Fact(_("Peserta"), person_link(told.person) if frame.base() == frame.OFFICE else told.person.name),
        Fact(_("KPJ"), kpj_words(told.person.kpj)),
    ]
    running = claim.state in (*OPEN, State.DRAFT)
    if running:
        found.append(Fact(_("Siapa yang bertindak sekarang"), words.acts(claim)))
    if claim.waiting_for:
        found.append(Fact(_("Yang ditunggu"), words.waiting(claim)))
    if claim.submitted_on is not None and running:
        found.append(Fact(_("Hari terakhir menurut undang-undang"), _last_day(claim, clock)))
    if claim.submitted_on is not None:
        place = format_number(claim.place or 0)
        found.append(Fact(_("Dikirim"), _("{day}, urutan {place}").format(day=date(claim.submitted_on), place=place)))
    if claim.event_on is not None:
        found.append(Fact(_("Hari kejadian"), date(claim.event_on)))
    claimant = told.claimant
    if claimant is not None:
        found.append(Fact(_("Pemohon"), f"{claimant.name}, {words.kin(claimant)}"))
    found.append(Fact(_("Lewat"), words.channel(claim)))
    return found


def _last_day(claim: Claim, clock: desk.Clock) -> str:
    if clock.due_on is not None:
        return date(clock.due_on)
    if claim.state == State.WAITING:
        return _("Jam berhenti; {count} hari sudah terpakai").format(count=format_number(claim.clock_used))
    return NOTHING


# --- what to do -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Steps:
    """What may be done now; `why_not` says why a decision is somebody else's."""

    ways: Sequence[Link]
    why_not: str = ""

    @classmethod
    def of(cls, told: Case) -> Steps:
        """For whoever looks."""
        claim, state = told.claim, State(told.claim.state)
        if not desk.may(claim, Can.ASSESS_CLAIM):
            mine = claim.participant_id in current().selves
            return cls([], _("Ini klaim Anda sendiri; orang lain yang mengerjakannya.") if mine else "")
        if state in (State.PROPOSED, State.SECONDED):
            return cls._of_decision(told)
        names = {
            State.SUBMITTED: ["propose", "ask", "assess", "message"],
            State.WAITING: ["answered", "assess", "message"],
            State.APPROVED: ["letter", "assess", "reopen", "object", "message"],
            State.PAID: ["letter", "assess", "reopen", "object", "message"],
            State.REFUSED: ["letter", "object", "reopen", "message"],
        }.get(state, ["message"] if state != State.DRAFT else [])
        if state == State.SUBMITTED and not desk.begun(claim):
            names = ["serve", *names]
        objection = open_objection(claim)
        if objection is not None:
            names = [one for one in names if one != "object"]
        if desk.standing_decision(claim) is None:
            names = [one for one in names if one != "letter"]
        ways = [Link(_ways()[name], frame.url(name, claim)) for name in names]
        if objection is not None and desk.may(claim, Can.DECIDE_CLAIM):
            decision = next((one for one in told.decisions if one.pk == objection.decision_id), None)
            if not _took_part(decision):
                return cls([Link(_("Putuskan keberatan"), frame.url("judge", claim, objection.pk)), *ways])
            return cls(ways, _("Anda ikut memutuskan klaim ini; keberatannya diputuskan orang lain."))
        return cls(ways)

    @classmethod
    def _of_decision(cls, told: Case) -> Steps:
        claim, decision = told.claim, told.decision
        message = Link(_ways()["message"], frame.url("message", claim))
        if _took_part(decision):
            return cls([message], _("Anda sudah mengusulkan atau menyetujui klaim ini; orang lain yang memutuskannya."))
        needed = Can.DECIDE_LARGE_CLAIM if claim.state == State.SECONDED else Can.DECIDE_CLAIM
        if not desk.may(claim, needed):
            who = _("kantor pusat") if claim.state == State.SECONDED else _("penyelia")
            return cls([message], _("Menunggu keputusan {who}.").format(who=who))
        return cls([Link(_("Putuskan"), frame.url("decide", claim)), message])


def _ways() -> dict[str, str]:
    return {
        "serve": _("Mulai kerjakan"),
        "propose": _("Usulkan keputusan"),
        "ask": _("Minta berkas"),
        "assess": _("Hitung dan simpan"),
        "message": _("Tulis pesan"),
        "answered": _("Yang ditunggu sudah ada"),
        "letter": _("Unduh surat keputusan"),
        "reopen": _("Buka lagi"),
        "object": _("Catat keberatan"),
    }


def _took_part(decision: Decision | None) -> bool:
    return decision is not None and current().user_id in (decision.proposed_by, decision.second_by, decision.third_by)


# --- cover ------------------------------------------------------------------------------------------------------------------


def _cover(told: Case, day: dt.date) -> dict[str, Any]:
    """The months up to the event and how the person stood on that day."""
    on = min(told.claim.event_on or day, day)
    try:
        with everything_in_sight():
            found = cover.months_of(told.person.pk, on)
            rows = cover_lines(found)
    except InputError as error:  # before the law that is known, as a mistyped year is
        unknown = _("Perlindungan pada {day} tidak dapat diketahui").format(day=date(on))
        return {"tone": "warn", "title": unknown, "text": error.message, "months": [], "older": []}
    one = found.today
    title = _("Terlindungi pada {day}") if one.covered else _("Tidak terlindungi pada {day}")
    tone = "good" if one.why in ("paid", "reported") else "warn" if one.covered else "bad"
    return {
        "tone": tone,
        "title": title.format(day=date(on)),
        "text": _(cover.WORDS[one.why]),
        "months": rows[:SHOWN_MONTHS],
        "older": rows[SHOWN_MONTHS:],
    }


# --- papers and parties -------------------------------------------------------------------------------------------------------


def _stated(told: Case) -> bool:
    return any(one.known is not None and one.unproven for one in told.facts)


def _papers(told: Case) -> Table:
    claim = told.claim

    def state(one: Line) -> Tag:
        text, tone = words.PAPERS[one.state]
        return Tag(_(text), tone)

    def given(one: Line) -> Any:
        return Links([Link(_document(at, row), frame.url("paper", claim, row.pk)) for at, row in enumerate(one.given, 1)])

    columns = [
        Column(_("Surat atau bukti"), lambda one: one.title),
        Column(_("Keadaan"), state),
        Column(_("Yang diberikan"), given),
        Column(_("Mengapa diminta"), lambda one: " ".join(part for part in (one.because, one.article) if part)),
    ]
    return table(_("Berkas yang diminta undang-undang"), columns, told.papers)


@dataclass(frozen=True)
class Links:
    """Several ways in one cell."""

    links: Sequence[Link]

    def __str__(self) -> str:
        return format_html_join(", ", "{}", ((str(one),) for one in self.links))


def _document(at: int, row: Any) -> str:
    text = _(words.PAPERS.get(row.state, words.PAPERS["other"])[0])
    return _("Lihat berkas {number} ({state})").format(number=at, state=text)


def _parties(told: Case, *, works: bool) -> list[dict[str, Any]]:
    return [_party(told, one, works=works) for one in told.parties]


def _party(told: Case, one: Party, *, works: bool) -> dict[str, Any]:
    claim = told.claim
    open_ = claim.state in OPEN
    role = [_("pemohon")] if one.claimant else []
    role += [_("penerima, {share} bagian").format(share=one.share)] if one.beneficiary else []
    text, tone = words.ACCOUNTS[one.account_state]
    facts = [Fact(_("Hubungan"), words.kin(one)), Fact(_("Sebagai"), ", ".join(role) or _("wali"))]
    if one.birth_date is not None:
        facts.append(Fact(_("Tanggal lahir"), date(one.birth_date)))
    if one.guardian is not None:
        facts.append(Fact(_("Wali"), one.guardian.name))
    if one.beneficiary or one.account_state:
        facts.append(Fact(_("Rekening"), masked(one) or NOTHING))
        facts.append(Fact(_("Pemeriksaan rekening"), Tag(_(text), tone)))
        if one.account_note:
            facts.append(Fact(_("Keterangan"), one.account_note))
    ways = []
    if works and open_:
        if one.account_state and one.account_changed_by != current().user_id:
            ways.append(Link(_("Periksa rekening {name}").format(name=one.name), frame.url("account", claim, one.pk)))
        ways.append(Link(_("Ganti rekening {name}").format(name=one.name), frame.url("put_account", claim, one.pk)))
        if not one.claimant:
            ways.append(Link(_("Keluarkan {name}").format(name=one.name), frame.url("remove_party", claim, one.pk)))
    return {"name": one.name, "facts": facts, "ways": ways, "party": one}


def masked(one: Party) -> str:
    """An account as it may be shown: bank, holder, the last three digits."""
    if one.account_sealed is None:
        return ""
    return _("{bank} …{last} atas nama {name}").format(
        bank=one.account_bank, last=account_number(one)[-3:], name=one.account_name
    )


# --- what changed, what was disputed ----------------------------------------------------------------------------------------


def _changes(told: Case, facts: Facts) -> shown.Differences | None:
    if told.kept is None:
        return None
    found = desk.changed_since(told.kept, facts, told.now.parts, told.now.law_digest)
    return shown.differences(told.claim, told.kept, found, told.now.law_digest)


def _objections(told: Case) -> list[dict[str, Any]]:
    found = []
    for one in told.objections:
        if one.decided_on is None:
            tag = Tag(_("Menunggu keputusan"), "warn")
        else:
            tag = Tag(_("Diterima"), "good") if one.upheld else Tag(_("Tidak diterima"), "bad")
        found.append(
            {
                "title": _(words.LEVELS[one.level]),
                "tag": tag,
                "grounds": one.grounds,
                "filed": date(one.filed_on),
                "answer": one.reason,
            }
        )
    return found


# --- history ------------------------------------------------------------------------------------------------------------------


@door(*READERS)
@require_safe
def history(request: HttpRequest, number: str) -> HttpResponseBase:
    """Everything that happened, the newest first, with the messages both ways and every stored computation."""
    day = today()
    claim = frame.of(number)
    told = cases.case(claim, today=day)
    with everything_in_sight():
        parties = Party.objects.in_bulk([one.pk for one in Party.objects.filter(claim=claim)])
        kept = list(claim.assessments.order_by("-number"))
    columns = [
        Column(_("Hitungan"), lambda one: format_number(one.number)),
        Column(_("Dibuat"), lambda one: moment(one.made_at)),
        Column(_("Hasil"), lambda one: shown.outcome_words(one.outcome)),
        Column(_("Jumlah"), lambda one: format_rupiah(one.rupiah), number=True),
        Column(_("Sidik hukum"), lambda one: one.law_digest[:16]),
    ]
    context: dict[str, Any] = {
        "tabs": frame.tabs(claim, "history"),
        "events": [
            {
                "title": words.event_title(one),
                "when": moment(one.at),
                "who": told.users.get(one.by or 0, ""),
                "lines": words.event_lines(one, claim, parties),
                "shown": one.shown,
            }
            for one in reversed(told.events)
        ],
        "messages": [
            {"mine": one.kind == "message_out", "title": words.event_title(one), "when": moment(one.at), "text": one.text}
            for one in told.events
            if one.kind in ("message_in", "message_out", "papers_asked") and one.text
        ],
        "write": frame.url("message", claim) if desk.may(claim, Can.ASSESS_CLAIM) else "",
        "kept": table(_("Hitungan yang disimpan"), columns, kept) if kept else None,
    }
    crumbs = frame.above(frame.claim_link(claim))
    return frame.office_page(
        request, "claims/history.html", context, title=_("Riwayat {claim}").format(claim=words.number(claim)), crumbs=crumbs
    )
