"""A decision: proposed by one, decided by another, above a limit by a third; what is approved is owed at once."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.roles import Can
from jamsostek.access.scope import everything_in_sight
from jamsostek.claims.actions.common import happened, held, move, need, words_wanted
from jamsostek.claims.actions.owing import owe
from jamsostek.claims.actions.work import kept
from jamsostek.claims.choices import State
from jamsostek.claims.models import Assessment, Claim, Decision, Document, Party
from jamsostek.claims.queries.knowing import comes_to, facts_of, unproven
from jamsostek.claims.queries.papers import still_wanted
from jamsostek.core.errors import InputError
from jamsostek.core.rupiah import format_rupiah
from jamsostek.core.text import _, one_line
from jamsostek.law.entitlement import Condition, Met, Outcome
from jamsostek.ledger.errors import refusals
from jamsostek.registry.models import Participant
from jamsostek.registry.queries.merged import survivor


def propose(*, claim_id: int, approve: bool, reason: str, today: dt.date) -> Decision:
    """One officer says what should be decided, on a computation of this moment. Raises `InputError`, `Refused`."""
    claim = held(claim_id, State.SUBMITTED)
    user = need(claim, Can.ASSESS_CLAIM)
    told = words_wanted(reason)
    with everything_in_sight():
        made = kept(claim, "proposed", today)
        conditions = [Condition.from_plain(one) for one in made.conditions]
        if approve:
            _fit_to_approve(claim, made, today)
            _accounts_ready(claim)
        else:
            _fit_to_refuse(made)
        grounds = [one.key for one in conditions if one.required and (one.met == Met.NOT_MET or one.unsettled)]
        with refusals():
            decision = Decision.objects.create(
                claim=claim, assessment=made, approve=approve, rupiah=made.rupiah if approve else 0, grounds=grounds, reason=told,
                needs_third=False, proposed_by=user, proposed_on=today,
            )  # fmt: skip
        decision.refresh_from_db()
        happened(claim, "proposed", today, shown=False, text=told, decision=decision.pk, approve=approve, rupiah=decision.rupiah)
        move(claim, State.PROPOSED, today)
    return decision


def _fit_to_approve(claim: Claim, made: Assessment, today: dt.date) -> None:
    if made.outcome not in (Outcome.ENTITLED, Outcome.UNSETTLED):
        first = next((c for c in map(Condition.from_plain, made.conditions) if c.required and c.met != Met.MET), None)
        raise InputError(
            _("Belum dapat disetujui: {condition}.").format(condition=first.title_words if first else made.outcome),
            field="outcome", value=made.outcome, remedy=first.fact_words if first else None,
        )  # fmt: skip
    wanted = still_wanted(claim)
    unseen = Document.objects.filter(claim=claim, state="given").count()
    open_facts = unproven(claim, facts_of(claim, today=today))
    if wanted or unseen or open_facts:
        raise InputError(
            _("Berkas yang kurang: {wanted}; belum diperiksa: {unseen}; fakta yang belum dibuktikan: {facts}.").format(
                wanted=len(wanted), unseen=unseen, facts=len(open_facts)
            ),
            field="papers", remedy=_("Selesaikan dahulu, lalu usulkan."),
        )  # fmt: skip
    if not made.components:
        raise InputError(
            _("Tidak ada yang dibayar menurut hitungan ini."), field="outcome", remedy=_("Lengkapi fakta yang dihitung.")
        )


def _fit_to_refuse(made: Assessment) -> None:
    if made.outcome == Outcome.ENTITLED:
        raise InputError(
            _("Semua syarat terpenuhi; klaim ini tidak dapat ditolak."),
            field="outcome",
            remedy=_("Perbaiki faktanya bila keliru."),
        )
    if made.outcome == Outcome.UNKNOWN:
        raise InputError(
            _("Ada fakta yang belum diketahui; yang belum diketahui bukan alasan menolak."), field="outcome",
            remedy=_("Minta berkasnya kepada pemohon."),
        )  # fmt: skip


def _accounts_ready(claim: Claim) -> None:
    paid = Party.objects.filter(claim=claim, beneficiary=True, left_on=None).select_related("guardian")
    if not paid:
        raise InputError(_("Belum ada yang menerima uangnya."), field="beneficiary", remedy=_("Tambahkan penerimanya."))
    for one in paid:
        states = {one.account_state, one.guardian.account_state if one.guardian is not None else ""}
        if "verified" not in states:
            raise InputError(
                _("Rekening {name} belum diperiksa.").format(name=one.name), field="account_state",
                remedy=_("Cocokkan nama dan nomornya dengan buku rekening; yang menulis tidak boleh memeriksanya."),
            )  # fmt: skip


def decide(*, claim_id: int, agrees: bool, reason: str = "", today: dt.date) -> Decision:
    """The second, and above the limit the third, agrees or sends it back. Raises `InputError`, `Refused`."""
    claim = held(claim_id, State.PROPOSED, State.SECONDED)
    third = claim.state == State.SECONDED
    user = need(claim, Can.DECIDE_LARGE_CLAIM if third else Can.DECIDE_CLAIM)
    decision = Decision.objects.select_for_update().get(claim=claim, final=None)
    if user in (decision.proposed_by, decision.second_by):
        raise InputError(
            _("Orang yang sama tidak memutuskan dua kali."), field="decided_by", remedy=_("Minta rekan Anda memutuskan.")
        )
    told = words_wanted(reason) if not agrees else one_line(reason)[:2000]
    if third:
        decision.third_by, decision.third_on, decision.third_agrees, decision.third_reason = user, today, agrees, told
    else:
        decision.second_by, decision.second_on, decision.second_agrees, decision.second_reason = user, today, agrees, told
    with everything_in_sight(), refusals():
        if agrees and decision.approve:
            _still_stands(claim, decision, today)
        if not agrees:
            decision.final = False
            decision.save()
            happened(claim, "sent_back", today, shown=False, text=told, decision=decision.pk)
            move(claim, State.SUBMITTED, today)
        elif decision.needs_third and not third:
            decision.save()
            happened(claim, "seconded", today, shown=False, decision=decision.pk)
            move(claim, State.SECONDED, today)
        else:
            decision.final = True
            decision.save()
            _concluded(claim, decision, today)
    return decision


def _still_stands(claim: Claim, decision: Decision, today: dt.date) -> None:
    """Refuses to agree to what facts of this moment no longer bear: since it was proposed, another claim may have been paid.

    Claims about one person are decided one after the other.
    """
    Participant.objects.select_for_update(no_key=True).get(pk=survivor(claim.participant_id))
    now = comes_to(claim, today=today)
    if now.outcome not in (Outcome.ENTITLED, Outcome.UNSETTLED) or now.rupiah < decision.rupiah:
        wrong = next((one for one in now.conditions if one.required and one.met == Met.NOT_MET), None)
        raise InputError(
            _("Sejak diusulkan faktanya berubah: {fact}").format(fact=wrong.fact_words)
            if wrong is not None
            else _("Sejak diusulkan hitungannya berubah: sekarang {now}, diusulkan {then}.").format(
                now=format_rupiah(now.rupiah), then=format_rupiah(decision.rupiah)
            ),
            field="decision", value=decision.rupiah, remedy=_("Kembalikan kepada pengusul untuk dihitung lagi."),
        )  # fmt: skip


def _concluded(claim: Claim, decision: Decision, today: dt.date) -> None:
    claim.decided_on = today
    if decision.approve:
        happened(claim, "approved", today, decision=decision.pk, rupiah=decision.rupiah)
        move(claim, State.APPROVED, today)
        owe(claim, decision, today)
    else:
        happened(claim, "refused", today, text=decision.reason, decision=decision.pk, grounds=decision.grounds)
        move(claim, State.REFUSED, today)


def reopen(*, claim_id: int, because: str, today: dt.date) -> Claim:
    """Takes up a decided claim again: a fact or the law changed, a case goes into its next stage, an objection was upheld."""
    claim = held(claim_id, State.REFUSED, State.PAID, State.APPROVED)
    need(claim, Can.ASSESS_CLAIM)
    with everything_in_sight():
        taken_up_again(claim, because, today)
    return claim


def taken_up_again(claim: Claim, because: str, today: dt.date) -> None:
    """The claim is in the queue again at its old place, with a fresh clock."""
    claim.clock_used, claim.clock_from, claim.ended_on = 0, None, None
    happened(claim, "reopened", today, text=words_wanted(because))
    move(claim, State.SUBMITTED, today)
