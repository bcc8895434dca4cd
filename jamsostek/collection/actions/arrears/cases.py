"""Sanctions step by step (PP 86/2013 Pasal 5 to 10): two warnings, the administrative fine, the request to withhold services.

Each step is proposed by the calendar (`queries.arrears.standing`), decided by an officer, signed by a supervisor, delivered; its
term runs from the day of delivery. While an agreement is kept nothing goes on; what is mended is closed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions.arrears.agreements import _user
from jamsostek.collection.actions.arrears.fines import write_fine
from jamsostek.collection.models import Bill, Case, Finding, Step
from jamsostek.collection.queries import arrears
from jamsostek.collection.queries.arrears import PROGRAMMES
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import N_, _
from jamsostek.law import calculate, law_at
from jamsostek.law.obligations.calendar import days_off, holidays
from jamsostek.ledger.errors import refusals
from jamsostek.registry.models import Employer

FIRST_WARNING, SECOND_WARNING, FINE, SERVICES = 1, 2, 3, 4
RULE = "penalty.administrative"
STEPS = {
    FIRST_WARNING: N_("Teguran tertulis pertama"),
    SECOND_WARNING: N_("Teguran tertulis kedua"),
    FINE: N_("Denda administratif"),
    SERVICES: N_("Permintaan tidak diberi pelayanan publik tertentu"),
}
ARTICLES = {
    FIRST_WARNING: "PP 86/2013 Pasal 5, 6",
    SECOND_WARNING: "PP 86/2013 Pasal 5, 6",
    FINE: "PP 86/2013 Pasal 7, 10",
    SERVICES: "PP 86/2013 Pasal 8, 9",
}
HOW = {"hand": N_("diserahkan langsung"), "post": N_("pos tercatat"), "mail": N_("surel")}
OUTCOMES = {"mended": N_("Sudah dipenuhi"), "withdrawn": N_("Dicabut")}


def open_case(*, employer_id: int, today: dt.date, finding_id: int | None = None, reason: str = "") -> Case:
    """Opens a case over an employer's arrears, or over a finding. One of each is open at a time; the employer may read why."""
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is None:
        raise InputError(_("Perusahaan ini tidak ditemukan."), remedy=_("Periksa NPP, atau hak akses Anda."))
    current().need(Can.CHASE_ARREARS, Place(employer=employer.pk, regency=employer.regency_code))
    same = arrears.cases(employer_id=employer_id, open_only=True).filter(finding_id=finding_id)
    if same.exists():
        raise InputError(_("Kasus untuk ini sudah terbuka."), remedy=_("Lanjutkan kasus yang ada."))
    if finding_id is None:
        facts = _owed(employer_id, today)
        if not facts["rupiah"]:
            raise InputError(_("Perusahaan ini tidak menunggak."), remedy=_("Tidak ada yang perlu ditegur."))
        if arrears.kept_agreement(employer_id, today) is not None:
            raise _kept()
    else:
        facts = dict(Finding.objects.get(pk=finding_id, employer_id=employer_id).facts)
    if reason.strip():
        facts["reason"] = reason.strip()
    case = Case.objects.create(
        employer_id=employer_id, regency_code=employer.regency_code, cause="arrears" if finding_id is None else "finding",
        finding_id=finding_id, facts=facts, opened_by=_user(), opened_on=today,
    )  # fmt: skip
    audit.record("case.opened", "employer", employer_id, fields=("case",), reason=reason.strip())
    return case


def _owed(employer_id: int, today: dt.date) -> dict[str, Any]:
    """What is overdue, as a letter tells it; contributions by programme, fines beside."""
    found = arrears.overdue(today, employers=[employer_id])
    programmes = {name: int(found.rupiah(name).sum()) for name in PROGRAMMES}
    months = sorted({int(month) for month in found.rows["from_month"]})
    fine = int(found.rupiah("fine").sum())
    total = sum(programmes.values()) + fine
    return {"months": months, "programmes": programmes, "fine_rupiah": fine, "rupiah": total, "on": today.isoformat()}


def _kept() -> InputError:
    return InputError(
        _("Kesepakatan angsuran sedang ditepati: sanksi tidak dilanjutkan."),
        remedy=_("Tunggu, atau akhiri kesepakatannya bila dilanggar."),
    )


def decide_step(*, case_id: int, today: dt.date, reason: str) -> Step:
    """Decides the step whose turn it is; it binds once a supervisor has signed it. Raises `InputError` before its time."""
    case = _there(case_id)
    current().need(Can.CHASE_ARREARS, _place(case))
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis apa yang mendasari langkah ini."))
    told = arrears.standing(case, today)
    if told.act == "kept":
        raise _kept()
    if told.act == "wait" and told.until is not None:
        raise InputError(
            _("Jangka waktu langkah sebelumnya belum lewat."),
            remedy=_("Tunggu {count} hari lagi.").format(count=(told.until - today).days + 1),
        )
    if told.act != "decide":
        raise InputError(_("Tidak ada langkah yang dapat diputuskan sekarang."), remedy=_("Lihat keadaan kasusnya."))
    step = Step(
        case=case,
        step=told.step,
        facts=_facts(case, told.step, today),
        reason=reason.strip(),
        decided_by=_user(),
        decided_on=today,
    )
    with refusals():
        step.save()
    audit.record("case.step_decided", "employer", case.employer_id, fields=("step",), reason=reason.strip())
    return step


def _facts(case: Case, step: int, today: dt.date) -> dict[str, Any]:
    facts = _owed(case.employer_id, today) if case.cause == "arrears" else dict(case.facts)
    facts["article"] = ARTICLES[step]
    if step == FINE:
        facts |= _fine(case, today)
    if step == SERVICES:
        facts["services"] = list(law_at(month_of(today)).in_force("sanction.services.employer")[0])
    return facts


def _fine(case: Case, today: dt.date) -> dict[str, Any]:
    """The administrative fine by programme: on the contributions overdue, for the months begun since the second warning ended."""
    second = case.steps.filter(step=SECOND_WARNING, signed=True).get()
    owed = _owed(case.employer_id, today)["programmes"]
    month = month_of(today)
    months = calculate("penalty.months_late", month=month, due_date=second.due_on, paid_on=today)["months_late"]
    told = {
        name: int(calculate(RULE, month=month, due_rupiah=rupiah, months=months)["penalty_rupiah"]) if rupiah > 0 else 0
        for name, rupiah in owed.items()
    }
    return {"fine": told, "fine_months": int(months), "fine_total_rupiah": sum(told.values())}


def sign(*, step_id: int, today: dt.date, approve: bool, note: str = "") -> Step:
    """Signs a decided step, or refuses it with a reason; not who decided it. Signing a fine bills it."""
    step = _step(step_id)
    current().need(Can.SIGN_SANCTION, _place(step.case))
    if step.signed_on is not None:
        raise InputError(_("Langkah ini sudah ditandatangani atau ditolak."), remedy=_("Tidak ada yang perlu dilakukan."))
    if step.decided_by == current().user_id:
        raise InputError(_("Orang lain yang menandatangani, bukan yang memutuskan."), remedy=_("Minta penyelia lain."))
    if not approve and not note.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    step.signed_by, step.signed_on, step.signed = _user(), today, approve
    step.refusal = "" if approve else note.strip()
    if approve and step.step == FINE:
        bill = _bill_fine(step, today)
        step.fine_bill_id = bill.pk if bill is not None else None
    with refusals():
        step.save(update_fields=["signed_by", "signed_on", "signed", "refusal", "fine_bill_id"])
    audit.record("case.step_signed" if approve else "case.step_refused", "employer", step.case.employer_id, reason=note.strip())
    return step


def _bill_fine(step: Step, today: dt.date) -> Bill | None:
    if not step.facts.get("fine_total_rupiah"):
        return None
    days = law_at(month_of(today)).number("sanction.fine_days")
    employer = Employer.objects.get(pk=step.case.employer_id)
    facts = {"case": step.case_id, "months": step.facts["fine_months"], "due_rupiah": step.facts["programmes"]}
    return write_fine(employer, step.facts["fine"], today, rule=RULE, facts=facts, due_on=today + dt.timedelta(days=days))


def deliver(*, step_id: int, on: dt.date, how: str, today: dt.date) -> Step:
    """Writes down the day a letter reached the employer; its term begins."""
    step = _step(step_id)
    current().need(Can.CHASE_ARREARS, _place(step.case))
    if not step.signed or step.signed_on is None:
        raise InputError(_("Surat ini belum ditandatangani."), remedy=_("Tunggu tanda tangan penyelia."))
    if step.delivered_on is not None:
        raise InputError(_("Penyampaian surat ini sudah dicatat."), remedy=_("Tidak ada yang perlu dilakukan."))
    if how not in HOW:
        raise InputError(_("Cara penyampaian tidak dikenal."), field="how", value=how, remedy=_("Pilih salah satu."))
    if not step.signed_on <= on <= today:
        raise InputError(
            _("Tanggal penyampaian harus antara tanda tangan dan hari ini."), field="on", remedy=_("Perbaiki tanggalnya.")
        )
    step.delivered_on, step.delivered_how, step.delivered_by, step.due_on = on, how, _user(), term_ends(step.step, on)
    with refusals():
        step.save(update_fields=["delivered_on", "delivered_how", "delivered_by", "due_on"])
    audit.record("case.delivered", "employer", step.case.employer_id, fields=("step",))
    return step


def term_ends(step: int, delivered_on: dt.date) -> dt.date:
    """The last day of a step's term: ten working days for a warning (interpretation 79), thirty days for the fine."""
    law = law_at(month_of(delivered_on))
    if step in (FIRST_WARNING, SECOND_WARNING):
        return working_days_after(delivered_on, law.number("sanction.warning_working_days"))
    if step == FINE:
        return delivered_on + dt.timedelta(days=law.number("sanction.fine_days"))
    return delivered_on


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The so-manieth working day after a day, by the calendar of holidays."""
    off = np.array(sorted(holidays(days_off(law_at(month_of(day))))), dtype="datetime64[D]")
    found: dt.date = np.busday_offset(np.datetime64(day, "D"), count, roll="backward", holidays=off).astype(object)
    return found


def close(*, case_id: int, outcome: str, closing: str, today: dt.date) -> Case:
    """Closes a case: mended, or withdrawn. An arrears case is not mended while something is overdue."""
    case = _there(case_id)
    current().need(Can.CHASE_ARREARS, _place(case))
    if case.closed_on is not None:
        raise InputError(_("Kasus ini sudah ditutup."), remedy=_("Tidak ada yang perlu dilakukan."))
    if not closing.strip() or outcome not in OUTCOMES:
        raise InputError(
            _("Hasil dan keterangannya belum diisi."), field="reason", remedy=_("Tulis bagaimana kasus ini selesai.")
        )
    if outcome == "mended" and case.cause == "arrears" and not arrears.mended(case, today):
        raise InputError(
            _("Masih ada tunggakan yang lewat jatuh tempo."),
            field="outcome",
            remedy=_("Tunggu sampai lunas, atau cabut."),
        )
    if outcome == "withdrawn":
        current().need(Can.SIGN_SANCTION, _place(case))
    case.closed_by, case.closed_on, case.outcome, case.closing = _user(), today, outcome, closing.strip()
    case.save(update_fields=["closed_by", "closed_on", "outcome", "closing"])
    audit.record("case.closed", "employer", case.employer_id, fields=("outcome",), reason=closing.strip())
    return case


def _there(case_id: int) -> Case:
    found = Case.objects.select_for_update().filter(pk=case_id).first()
    if found is None:
        raise not_yours(_("Kasus ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


def _step(step_id: int) -> Step:
    found = Step.objects.select_for_update().filter(pk=step_id).first()
    if found is None:
        raise not_yours(_("Langkah ini tidak ada, atau di luar wilayah kerja Anda."))
    return found


def _place(case: Case) -> Place:
    return Place(employer=case.employer_id, regency=case.regency_code)
