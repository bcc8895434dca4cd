"""Against a decision: an objection to the carrier, judged by who had no part in it; then those the law names, told to us."""

from __future__ import annotations

import datetime as dt

from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import happened, held, need, need_holder, words_wanted
from jamsostek.claims.actions.deciding import taken_up_again
from jamsostek.claims.choices import State
from jamsostek.claims.models import Claim, Decision, Objection
from jamsostek.core.errors import InputError
from jamsostek.core.text import _
from jamsostek.ledger.errors import refusals

LEVELS = ("objection", "inspector", "minister", "court")
"""PP 44/2015 Pasal 45: the labour inspector with an advisory doctor, then the Minister; the courts stand open throughout."""


def object_to(*, claim_id: int, grounds: str, level: str = "objection", today: dt.date) -> Objection:
    """Who filed a claim objects to what was decided on it. An appeal beyond the carrier is written down by an officer."""
    claim = held(claim_id, State.REFUSED, State.APPROVED, State.PAID)
    if level not in LEVELS:
        raise InputError(
            _("Tingkat keberatan ini tidak ada."), field="level", value=level,
            remedy=_("Pilihan: {names}.").format(names=", ".join(LEVELS)),
        )  # fmt: skip
    need_holder(claim, family=True, office=True)
    if level != "objection":
        need(claim, Can.ASSESS_CLAIM)
    with everything_in_sight(), refusals():
        decision = Decision.objects.filter(claim=claim, final=True).order_by("-id").first()
        if decision is None:
            raise InputError(_("Belum ada keputusan."), remedy=_("Tunggu keputusannya."))
        if Objection.objects.filter(claim=claim, decided_on=None).exists():
            raise InputError(_("Keberatan Anda sudah kami terima."), field="grounds", remedy=_("Tunggu keputusannya."))
        made = Objection.objects.create(
            claim=claim,
            decision=decision,
            level=level,
            grounds=words_wanted(grounds, "grounds"),
            filed_by=current().user_id,
            filed_on=today,
        )
        happened(claim, "objected", today, text=made.grounds, objection=made.pk, level=level)
    return made


def judge(*, objection_id: int, upheld: bool, reason: str, today: dt.date) -> Objection:
    """Says whether an objection is right; then the claim is taken up again. By nobody who had a part in the decision."""
    row = Objection.objects.select_for_update().select_related("decision").filter(pk=objection_id).first()
    if row is None or row.decided_on is not None:
        raise InputError(_("Keberatan ini sudah diputuskan atau tidak ada."), remedy=_("Muat ulang halamannya."))
    claim = held(row.claim_id, State.REFUSED, State.APPROVED, State.PAID)
    user = need(claim, Can.DECIDE_CLAIM)
    if user in (row.decision.proposed_by, row.decision.second_by, row.decision.third_by):
        raise InputError(_("Anda ikut memutuskan klaim ini."), field="decided_by", remedy=_("Keberatan diputuskan orang lain."))
    with everything_in_sight(), refusals():
        row.decided_by, row.decided_on, row.upheld, row.reason = user, today, upheld, words_wanted(reason)
        row.save()
        happened(claim, "objection_upheld" if upheld else "objection_rejected", today, text=row.reason, objection=row.pk)
        if upheld:
            taken_up_again(claim, row.reason, today)
    return row


def open_objection(claim: Claim) -> Objection | None:
    """The objection that waits for an answer."""
    return Objection.objects.filter(claim=claim, decided_on=None).first()
