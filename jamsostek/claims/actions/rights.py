"""Rights that go on: proven again and again, suspended and taken up, ended; and what was paid beyond them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import transaction

from jamsostek import law as rules
from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current, everything_in_sight
from jamsostek.claims.actions.common import happened, held, need, need_holder, words_wanted
from jamsostek.claims.actions.owing import PENSIONS, behind, changed, close, pay_back, post, proven_until, split
from jamsostek.claims.actions.proof_papers import cleaned, keep
from jamsostek.claims.choices import COMPONENTS, Component, PayoutState
from jamsostek.claims.models import Benefit, Change, Claim, Overpaid, Party, Payout, Proof
from jamsostek.claims.queries.knowing import decided_before
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.months import add_months, format_month, month_of, months_between, parse_month
from jamsostek.core.text import _, one_line
from jamsostek.law.entitlement import Condition, Met, age_on
from jamsostek.law.jkp.entitlement import month_conditions
from jamsostek.law.jp.entitlement import continues
from jamsostek.law.parameters import Law, law_on
from jamsostek.ledger.actions import Leg, known_references
from jamsostek.ledger.errors import refusals

ALIVE, SCHOOL, ACTIVITY, UNFIT = "alive", "school", "activity", "unfit"
KIND_OF = {Component.SCHOLARSHIP: SCHOOL, Component.JKP: ACTIVITY, Component.JKK_INCAPACITY: UNFIT} | dict.fromkeys(
    PENSIONS, ALIVE
)
SCHOOL_RULE = "benefit.scholarship"
LEVELS = ("kindergarten", "primary", "junior", "senior", "higher")


def _held(benefit_id: int) -> Benefit:
    row = Benefit.objects.select_for_update().select_related("party").filter(pk=benefit_id).first()
    if row is None:
        raise not_yours(_("Hak ini tidak ada, atau bukan wewenang Anda."))
    return row


# --- proofs -------------------------------------------------------------------------------------------------------------


def give_proof(
    *, benefit_id: int, month: int, data: Mapping[str, Any], papers: Sequence[tuple[bytes, str]] = (), today: dt.date
) -> Proof:
    """Says that a right goes on: alive, at school, looking for work. Given by who has it, or by an officer who saw it.

    `papers` are letters or photos, each its bytes and its name. The same again is answered as before; papers it brings to a
    proof that nobody has judged are kept. Raises `InputError` where it says something the right cannot be, `FileUnreadable`.
    """
    row = _held(benefit_id)
    claim = held(row.claim_id)
    need_holder(claim, family=True, office=True)
    kind = KIND_OF[Component(row.component)]
    _refuse_month(row, month, today)
    told, kept = _data(kind, data), cleaned(papers)
    seen = kind == ALIVE and _seen_by_officer(claim)  # asked before everything is in sight: there everybody may do all
    with everything_in_sight():
        known = Proof.objects.filter(benefit=row, kind=kind, month=month).exclude(accepted=False).first()
        if known is not None:
            if known.accepted is None:
                keep(known, kept)
            return known
        made = Proof.objects.create(
            benefit=row, claim=claim, kind=kind, month=month, data=told, given_by=current().user_id, given_on=today
        )
        keep(made, kept)
        happened(claim, "proof_given", today, proof=made.pk, of=kind, month=month)
        if seen:
            _accept(made, row, claim, today)
    return made


def _seen_by_officer(claim: Claim) -> bool:
    return current().may(Can.ASSESS_CLAIM) and claim.participant_id not in current().selves


def _refuse_month(row: Benefit, month: int, today: dt.date) -> None:
    if row.state == "ended":
        raise InputError(_("Hak ini sudah berakhir."), field="benefit", remedy=_("Lihat alasannya di riwayatnya."))
    last = min(row.last_month or 999912, add_months(month_of(today), 1))
    if not row.from_month <= parse_month(month) <= last:
        raise InputError(
            _("Bulan itu di luar hak ini."),
            field="month",
            value=format_month(month),
            remedy=_("Pilih bulan ini atau yang belum dibuktikan."),
        )


def _data(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    if kind == SCHOOL:
        level = str(data.get("level", ""))
        if level not in LEVELS:
            raise unknown_name(_("Jenjang sekolah"), level, LEVELS)
        return {"level": level, "working": bool(data.get("working")), "married": bool(data.get("married"))}
    if kind == ACTIVITY:
        names = ("applications", "interviews", "attendance_ppm")
        found = {name: _whole(data[name]) for name in names if data.get(name) not in (None, "")}
        if any(not 0 <= value <= 1_000_000 for value in found.values()):
            raise InputError(_("Bilangan ini tidak mungkin."), field="applications", remedy=_("Tulis bilangan bulat dari nol."))
        return found | {"working_again": bool(data.get("working_again")), "note": one_line(str(data.get("note", "")))[:500]}
    if kind == UNFIT:
        days = _whole(data.get("days") or 0)
        if not 1 <= days <= 31:
            raise InputError(
                _("Satu bulan paling banyak 31 hari."), field="days", value=str(data.get("days"))[:20],
                remedy=_("Tulis hari menurut surat dokter."),
            )  # fmt: skip
        return {"days": days}
    return {"married": bool(data.get("married")), "working": bool(data.get("working"))}


def _whole(told: Any) -> int:
    """A count as it was typed; below zero where it is none, for whoever refuses what is out of bounds."""
    return int(str(told)) if re.fullmatch("[0-9]{1,9}", str(told)) else -1


def judge_proof(*, proof_id: int, accepted: bool, reason: str = "", today: dt.date) -> Proof:
    """An officer says whether a proof shows what it should; what follows is the law's. Raises `InputError`, `Refused`."""
    proof = Proof.objects.select_for_update().filter(pk=proof_id).first()
    if proof is None or proof.accepted is not None:
        raise InputError(_("Bukti ini sudah diperiksa atau tidak ada."), remedy=_("Muat ulang halamannya."))
    row = _held(proof.benefit_id)
    claim = held(row.claim_id)
    user = need(claim, Can.ASSESS_CLAIM)
    if user == proof.given_by:
        raise InputError(
            _("Yang mencatat bukti tidak memeriksanya."), field="accepted_by", remedy=_("Minta rekan Anda memeriksanya.")
        )
    with everything_in_sight():
        if accepted:
            _accept(proof, row, claim, today, user)
        else:
            proof.accepted, proof.accepted_by, proof.accepted_on, proof.reason = False, user, today, words_wanted(reason)
            proof.save()
            happened(claim, "proof_refused", today, text=proof.reason, proof=proof.pk)
    return proof


def _accept(proof: Proof, row: Benefit, claim: Claim, today: dt.date, user: int | None = None) -> None:
    conditions = proof_conditions(proof, row, today)
    wrong = next((one for one in conditions if one.required and one.met == Met.NOT_MET), None)
    if wrong is not None:
        raise InputError(
            f"{wrong.title_words}: {wrong.fact_words}",
            field="proof",
            value=wrong.key,
            remedy=wrong.remedy_words or wrong.article_words,
        )
    proof.accepted, proof.accepted_by, proof.accepted_on = True, user if user is not None else current().user_id, today
    proof.rupiah = _rupiah(proof, row)
    with refusals():
        proof.save()
    _prolong(row, proof, claim, today)
    happened(claim, "proof_accepted", today, proof=proof.pk, month=proof.month)


def proof_conditions(proof: Proof, row: Benefit, today: dt.date) -> list[Condition]:
    """What the law asks of a right in this month, held against the proof."""
    law, data = law_on(today), proof.data
    if proof.kind == ACTIVITY:
        number = months_between(row.from_month, proof.month) + 1
        return month_conditions(
            law, number, applications=data.get("applications"), interviews=data.get("interviews"),
            attendance_ppm=data.get("attendance_ppm"), working_again=data.get("working_again"), confirmed_in_time=True,
        )  # fmt: skip
    if proof.kind == ALIVE:
        return continues(
            law, PENSIONS[Component(row.component)], today, confirmed_on=today, known_dead=False, married=data.get("married"),
            birth_date=row.party.birth_date, working=data.get("working"), total_disability=True,
        )  # fmt: skip
    if proof.kind == SCHOOL:
        return _school(proof, row, law, today)
    return []


def _school(proof: Proof, row: Benefit, law: Any, today: dt.date) -> list[Condition]:
    from jamsostek.law.jkm.scholarship import Scholar, conditions

    accepted = Proof.objects.filter(benefit=row, kind=SCHOOL, accepted=True)
    cause = {"jkk": "jkk_death", "jkm": "jkm_death"}[str(row.terms.get("cause", "jkm"))]
    return conditions(
        law_on(dt.date.fromisoformat(row.terms["event_on"])),
        Scholar(
            cause=cause, event_on=dt.date.fromisoformat(row.terms["event_on"]), claimed_on=today,
            contribution_months=row.terms.get("contribution_months"), child_birth_date=row.party.birth_date, is_child=True,
            married=proof.data["married"], working=proof.data["working"], at_school=True, level=proof.data["level"],
            years_paid_of_level=accepted.filter(data__level=proof.data["level"]).count(),
            paid_this_school_year=accepted.filter(month__gte=add_months(proof.month, -11), month__lte=proof.month).exists(),
        ),
    )  # fmt: skip


def _rupiah(proof: Proof, row: Benefit) -> int | None:
    """What a proof brings, by the law's rule; a proof of life brings nothing by itself."""
    if proof.kind == SCHOOL:
        return int(rules.calculate(SCHOOL_RULE, date=row.terms["event_on"], **year_of_school(row, proof))["total_rupiah"]) or None
    if proof.kind == UNFIT:
        return _lost_wages(proof, row)
    if proof.kind == ACTIVITY:
        amounts = row.terms["amounts"]
        return int(amounts[min(months_between(row.from_month, proof.month), len(amounts) - 1)]) or None
    return None


def year_of_school(row: Benefit, proof: Proof) -> dict[str, Any]:
    """The inputs of `SCHOOL_RULE` for one child's year at the level that a proof tells."""
    return {"cause": row.terms.get("cause", "jkm"), "children": [{"levels": {proof.data["level"]: 1}}]}


def _lost_wages(proof: Proof, row: Benefit) -> int | None:
    """Wages lost on all days that letters tell of, by the law's steps, less what was given for them before."""
    terms = row.terms
    known = Proof.objects.filter(benefit=row, kind=UNFIT, accepted=True).exclude(pk=proof.pk)
    days = int(terms["days"]) + sum(int(one.data["days"]) for one in known) + int(proof.data["days"])
    told = rules.calculate(
        "benefit.jkk.temporary_incapacity", date=terms["event_on"], wage_rupiah=terms["wage_rupiah"], days=days
    )
    before = sum(rupiah for (component, _month), rupiah in decided_before(row.claim).items() if component == row.component)
    return max(0, int(told["incapacity_rupiah"]) - before) or None


def _prolong(row: Benefit, proof: Proof, claim: Claim, today: dt.date) -> None:
    if proof.kind != ALIVE:
        row.proof_until = max(row.proof_until or 0, proof.month)
        row.save(update_fields=["proof_until"])
        return
    every = law_on(today).number("jp.confirm.every_months")
    row.proof_until = add_months(proof.month, every)
    row.save(update_fields=["proof_until"])
    if row.state == "suspended":
        resume(row, claim, today)


# --- suspended, taken up, ended -------------------------------------------------------------------------------------------


def suspend_unproven(*, month: int, today: dt.date) -> int:
    """Pensions whose proof of life has run out are not paid till it comes (PP 45/2015 Pasal 26); how many."""
    with transaction.atomic():
        rows = list(
            Benefit.objects.select_for_update(of=("self",))
            .filter(component__in=[int(one) for one in PENSIONS], state="active", proof_until__lt=month)
            .select_related("claim")
        )
        for row in rows:
            changed(row, "suspended", month, "unproven")
            happened(row.claim, "right_suspended", today, audited=False, benefit=row.pk)
            row.state, row.because = "suspended", "unproven"
        Benefit.objects.bulk_update(rows, ["state", "because"], batch_size=2_000)
    return len(rows)


def resume(row: Benefit, claim: Claim, today: dt.date) -> int:
    """A suspended pension is paid again, with the months that were missed; how many months are paid back."""
    row.state, row.because = "active", ""
    row.save(update_fields=["state", "because"])
    since = Change.objects.filter(benefit=row, kind="suspended").order_by("-id").values_list("from_month", flat=True).first()
    changed(row, "resumed", month_of(today), "proven")
    happened(claim, "right_resumed", today, audited=False, benefit=row.pk)
    return pay_back(row, claim, behind(since or month_of(today), today), today)


def end(*, benefit_id: int, last_month: int, because: str, today: dt.date) -> Benefit:
    """A right ends with a month: death, remarriage, age, work. What was paid beyond it is asked back."""
    row = _held(benefit_id)
    claim = held(row.claim_id)
    user = need(claim, Can.ASSESS_CLAIM)
    if row.state == "ended":
        return row
    with everything_in_sight():
        close(row, last_month, words_wanted(because), user)
        happened(claim, "right_ended", today, text=row.because, benefit=row.pk, last_month=last_month)
        _ask_back(row, claim, last_month, today)
    return row


def _ask_back(row: Benefit, claim: Claim, last_month: int, today: dt.date) -> Overpaid | None:
    """What was paid for months after the last: a claim of the fund; what is only due is cancelled."""
    later = Payout.objects.filter(claim_id=claim.pk, party_id=row.party_id, component=row.component, month__gt=last_month)
    due = list(later.filter(state__in=(PayoutState.DUE, PayoutState.HELD, PayoutState.FAILED)))
    for one in due:
        post(f"cancelled:{one.claim_id}:{one.party_id}:{one.component}:{one.month}", "cancelled",
             [Leg(f"payable:{row.fund}", f"benefits:{row.fund}", one.gross_rupiah)], today)  # fmt: skip
    later.filter(pk__in=[one.pk for one in due]).update(state=PayoutState.CANCELLED)
    gone = sum(one.gross_rupiah for one in later.filter(state__in=(PayoutState.BATCHED, PayoutState.SENT, PayoutState.PAID)))
    if not gone:
        return None
    posting = post(
        f"overpaid:{row.pk}:{last_month}", "overpaid", [Leg(f"recoverable:{row.fund}", f"benefits:{row.fund}", gone)], today
    )
    made = Overpaid.objects.create(
        claim=claim, party=row.party, benefit=row, fund=row.fund, rupiah=gone, because=row.because, group_id=posting.group_id,
        made_by=current().user_id, made_on=today,
    )  # fmt: skip
    happened(claim, "overpaid", today, rupiah=gone, overpaid=made.pk)
    return made


def recovered(*, overpaid_id: int, rupiah: int, reference: str, today: dt.date) -> Overpaid:
    """Money of an overpayment that came back; never more than is owed. The same reference again changes nothing."""
    current().need(Can.PAY_CLAIMS)
    row = Overpaid.objects.select_for_update().filter(pk=overpaid_id).first()
    if row is None:
        raise not_yours()
    told = f"recovered:{row.pk}:{words_wanted(reference, 'reference')}"
    leg = Leg(f"cash:{row.fund}", f"recoverable:{row.fund}", rupiah)
    with everything_in_sight():
        if known_references([told]):
            post(told, "recovered", [leg], today)  # refused where it was something else
            return row
    if not 0 < rupiah <= row.rupiah - row.recovered_rupiah:
        raise InputError(
            _("Jumlah ini melebihi yang masih harus dikembalikan."),
            field="rupiah",
            value=rupiah,
            remedy=_("Tulis yang benar-benar diterima."),
        )
    with everything_in_sight():
        post(told, "recovered", [leg], today)
        row.recovered_rupiah += rupiah
        row.save(update_fields=["recovered_rupiah"])
        audit.record("claim.recovered", "participant", row.claim.participant_id, fields=("rupiah",))
    return row


def ends_by_age(*, today: dt.date) -> int:
    """Children's pensions end with the month of the birthday the law names; how many ended."""
    rows = Benefit.objects.filter(component=int(Component.JP_CHILD), state="active").select_related("party", "claim")
    below, count = law_on(today).number("jp.child.age_below"), 0
    for row in rows:
        born = row.party.birth_date
        if born is not None and age_on(born, today) >= below:
            close(row, month_of(today), "age")
            happened(row.claim, "right_ended", today, benefit=row.pk)
            count += 1
    return count


def succeed(*, benefit_id: int, party_ids: Sequence[int], today: dt.date) -> list[Benefit]:
    """Children go on with their share of a widow's or widower's pension that ended (PP 45/2015 Pasal 14 and 22).

    The share is of what was paid last (interpretation 71), one for all children together (40). Said by another officer than who
    ended it; the same again changes nothing. Raises `InputError`, `Refused`.
    """
    row = _held(benefit_id)
    claim = held(row.claim_id)
    user = need(claim, Can.DECIDE_CLAIM)
    if row.component != Component.JP_WIDOW or row.state != "ended" or row.last_month is None:
        raise InputError(
            _("Hanya pensiun janda atau duda yang sudah berakhir yang diteruskan."),
            field="benefit",
            remedy=_("Akhiri dahulu haknya."),
        )
    with everything_in_sight(), refusals():
        known = list(Benefit.objects.filter(follows=row).order_by("id"))
        if known:
            return known
        if Change.objects.filter(benefit=row, kind="ended").order_by("-id").values_list("by", flat=True).first() == user:
            raise InputError(
                _("Yang mengakhiri hak ini tidak meneruskannya."),
                field="approved_by",
                remedy=_("Minta rekan Anda meneruskannya."),
            )
        law = law_on(today)
        children = _heirs_of(row, party_ids, law, today)
        whole = int(law.scale(np.array([row.rupiah]), law.ppm("jp.child.of_widow_share"), 1_000_000)[0])
        first = add_months(row.last_month, 1)
        made = [
            Benefit.objects.create(
                claim=claim, decision_id=row.decision_id, party=child, follows=row, component=int(Component.JP_CHILD),
                fund=row.fund, regency_code=row.regency_code, rupiah=rupiah, terms={"of": "month", "kind": "child"},
                from_month=first, proof_until=proven_until(Component.JP_CHILD, first, today),
                indexed_year=row.indexed_year,
            )
            for child, rupiah in zip(children, split(whole, [1] * len(children)), strict=True)
        ]  # fmt: skip
        for one in made:
            changed(one, "begun", first, "after", user, was_rupiah=0)
            pay_back(one, claim, behind(first, today), today)
        happened(claim, "right_followed", today, benefit=row.pk, children=len(made))
    return made


def _heirs_of(row: Benefit, party_ids: Sequence[int], law: Law, today: dt.date) -> list[Party]:
    """Children of the claim that the law lets go on; raises `InputError` that names who does not and why."""
    most = law.number("jp.child.maximum")
    children = list(Party.objects.filter(pk__in=party_ids, claim_id=row.claim_id, kin="child", left_on=None).order_by("id"))
    if not 1 <= len(children) <= most or len(children) != len(set(party_ids)):
        raise InputError(
            _("Pilih satu sampai {most} anak yang ada dalam klaim.").format(most=most), field="children", value=len(children),
            remedy=_("Tambahkan anaknya ke klaim bila belum ada."),
        )  # fmt: skip
    for child in children:
        found = continues(
            law, "child", today, confirmed_on=today, known_dead=False, married=False, birth_date=child.birth_date, working=False,
            total_disability=None,
        )  # fmt: skip
        wrong = next((one for one in found if one.required and one.met != Met.MET), None)
        if wrong is not None:
            raise InputError(
                f"{child.name}: {wrong.title_words}. {wrong.fact_words}", field="children", remedy=wrong.remedy_words or None
            )
    return children


def title_of(row: Benefit) -> str:
    """What a right is called."""
    return _(COMPONENTS[Component(row.component)].title)
