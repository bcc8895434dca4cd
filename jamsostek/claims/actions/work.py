"""Work on claims: served from a queue in its order, papers looked at, facts found, what is missing asked for all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import happened, held, move, need, need_holder, words_wanted
from jamsostek.claims.actions.days import refuse_impossible_days
from jamsostek.claims.choices import OPEN, WAITINGS, Kind, State, Waiting
from jamsostek.claims.facts import checked
from jamsostek.claims.kinds import OF
from jamsostek.claims.models import Assessment, Claim, Document, Event, Fact
from jamsostek.claims.queries.knowing import comes_to, facts_of
from jamsostek.claims.queries.papers import still_wanted
from jamsostek.core.errors import InputError
from jamsostek.core.text import _

OUT_OF_ORDER = "served_out_of_order"


def serve(*, claim_id: int, today: dt.date) -> Claim:
    """Somebody begins to work on a claim. That an older one of the office waits is remembered for all to see."""
    claim = held(claim_id, *OPEN)
    need(claim, Can.ASSESS_CLAIM)
    if claim.state != State.SUBMITTED or Event.objects.filter(claim=claim, kind__in=("served", OUT_OF_ORDER)).exists():
        return claim
    older = Claim.objects.filter(regency_code=claim.regency_code, state=State.SUBMITTED, place__lt=claim.place or 0).exclude(
        events__kind__in=("served", OUT_OF_ORDER)
    )
    passed = older.count()
    happened(claim, OUT_OF_ORDER if passed else "served", today, shown=False, audited=False, passed=passed)
    return claim


# --- papers and facts -----------------------------------------------------------------------------------------------------


def check_document(*, document_id: int, accepted: bool, reason: str = "", today: dt.date, now: dt.datetime) -> Document:
    """Says that a paper shows what it should, or why it does not; the family reads the reason."""
    row = Document.objects.select_for_update().filter(pk=document_id).exclude(state="removed").first()
    if row is None:
        raise InputError(_("Berkas ini tidak ada."), remedy=_("Muat ulang halamannya."))
    claim = held(row.claim_id, *OPEN)
    user = need(claim, Can.ASSESS_CLAIM)
    row.state, row.reason = "accepted" if accepted else "refused", "" if accepted else words_wanted(reason)
    row.checked_by, row.checked_at = user, now
    row.save(update_fields=["state", "reason", "checked_by", "checked_at"])
    happened(claim, "document_accepted" if accepted else "document_refused", today, text=row.reason, document=row.pk, of=row.kind)
    return row


def find_facts(*, claim_id: int, values: Mapping[str, Any], note: str, today: dt.date) -> list[str]:
    """What an officer found in papers or registers: it holds before what was stated and before our records. Says from what."""
    claim = held(claim_id, State.SUBMITTED, State.WAITING, State.APPROVED, State.PAID)
    user = need(claim, Can.ASSESS_CLAIM)
    of, because = OF[Kind(claim.kind)], words_wanted(note, "note")
    read = {name: checked(of.specs, name, value) for name, value in values.items()}
    refuse_impossible_days(of.specs, read, today)
    for name, value in read.items():
        Fact.objects.create(claim=claim, name=name, value=value, found=True, note=because, by=user)
    if read.get(of.event):
        claim.event_on = dt.date.fromisoformat(str(read[of.event]))
        claim.save(update_fields=["event_on"])
    happened(claim, "facts_found", today, shown=False, text=because, facts=sorted(read))
    return list(read)


def confirm_stated(*, claim_id: int, names: Sequence[str], note: str, today: dt.date) -> list[str]:
    """Finds facts as they were stated: the papers show the same."""
    with everything_in_sight():
        known = facts_of(held(claim_id), today=today)
    return find_facts(claim_id=claim_id, values={name: known.get(name) for name in names}, note=note, today=today)


def ask_papers(*, claim_id: int, text: str, today: dt.date, waiting_for: Waiting = Waiting.PAPERS) -> Claim:
    """Asks for everything that is missing at once; the clock stands till it comes."""
    claim = held(claim_id, State.SUBMITTED)
    need(claim, Can.ASSESS_CLAIM)
    happened(
        claim, "papers_asked", today, text=words_wanted(text, "text"), papers=still_wanted(claim), waiting_for=str(waiting_for)
    )
    move(claim, State.WAITING, today, waiting_for=waiting_for)
    return claim


def answered(*, claim_id: int, today: dt.date) -> Claim:
    """What was waited for has come: who filed it says so, or an officer. Refused while papers are still wanted."""
    claim = held(claim_id, State.WAITING)
    need_holder(claim, family=True, office=True)
    wanted = still_wanted(claim) if claim.waiting_for == Waiting.PAPERS else []
    if wanted:
        raise InputError(
            _("Masih ada {count} berkas yang belum dikirim.").format(count=len(wanted)), field="papers",
            remedy=_("Kirim semuanya, lalu beri tahu kami."),
        )  # fmt: skip
    with everything_in_sight():
        back_in_queue(claim, today)
    return claim


def back_in_queue(claim: Claim, today: dt.date) -> None:
    """The claim is ours again at its old place, and its clock runs on."""
    happened(claim, "taken_up", today)
    move(claim, State.SUBMITTED, today)


def message(*, claim_id: int, text: str, today: dt.date) -> Event:
    """Writes to who filed the claim, or from them to the office; both read it with the claim."""
    claim = held(claim_id)
    need_holder(claim, family=True, office=True)
    ours = current().may(Can.ASSESS_CLAIM) and claim.participant_id not in current().selves
    return happened(claim, "message_out" if ours else "message_in", today, text=words_wanted(text, "text"), audited=False)


def waiting_words(claim: Claim) -> str:
    """What a claim waits for, for the reader."""
    return _(WAITINGS[Waiting(claim.waiting_for)]) if claim.waiting_for else ""


# --- what it comes to ---------------------------------------------------------------------------------------------------


def assess(*, claim_id: int, because: str, today: dt.date) -> Assessment:
    """Computes a claim from what is known now and keeps it beside what was computed before; the same again makes no new one."""
    claim = held(claim_id, State.SUBMITTED, State.WAITING, State.APPROVED, State.PAID, State.REFUSED)
    need(claim, Can.ASSESS_CLAIM)
    with everything_in_sight():
        return kept(claim, because, today)


def kept(claim: Claim, because: str, today: dt.date) -> Assessment:
    """The newest assessment if it says the same, else a new one."""
    facts = facts_of(claim, today=today)
    found = comes_to(claim, today=today, facts=facts)
    conditions = [one.plain for one in found.conditions]
    parts = [one.plain for one in found.parts]
    last = Assessment.objects.filter(claim=claim).order_by("-number").first()
    told = (found.law_digest, facts.plain, conditions, parts, str(found.outcome), found.rupiah)
    if last is not None and told == (last.law_digest, last.facts, last.conditions, last.components, last.outcome, last.rupiah):
        return last
    made = Assessment.objects.create(
        claim=claim, number=(last.number if last is not None else 0) + 1, law_digest=found.law_digest, facts=facts.plain,
        conditions=conditions, components=parts, outcome=str(found.outcome), rupiah=found.rupiah, because=because,
        made_by=current().user_id,
    )  # fmt: skip
    happened(claim, "assessed", today, shown=False, audited=False, number=made.number, rupiah=made.rupiah, outcome=made.outcome)
    return made
