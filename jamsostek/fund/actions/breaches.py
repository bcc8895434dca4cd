"""A limit that stands broken: risk proposes how and until when it is mended, the chief takes note of it or sends it back."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import add_months, month_of
from jamsostek.core.text import _
from jamsostek.fund.errors import refusals
from jamsostek.fund.limits.rules import mending
from jamsostek.fund.models import Breach, BreachAnswer
from jamsostek.fund.queries.limits import broken_since, day, key_of, month_end


def latest_mending(since: dt.date) -> dt.date:
    """The last day by which a limit broken since a day is kept again; PP 99/2013 Pasal 27, read as in interpretation 107."""
    month = add_months(month_of(since), mending().months)
    return min(dt.date(month // 100, month % 100, 1) + dt.timedelta(days=since.day - 1), month_end(month))


def propose(*, fund: str, rule: str, subject: str, plan: str, mend_by: dt.date, today: dt.date) -> Breach:
    """Writes down that a limit is broken, as it stands now, and how it will be mended. The same plan again is what is there.

    Raises `InputError` where it is not broken, or where a plan already waits or holds; `Refused`.
    """
    current().need(Can.CHECK_TRADE)
    now = day(today)
    found = next((one for one in now.standings(fund) if (one.limit.id, one.subject) == (rule, subject)), None)
    if found is None or not found.broken:
        raise InputError(
            _("Batas ini tidak dilampaui."), field="rule", value=rule, remedy=_("Lihat keadaannya di halaman batas investasi.")
        )
    known = open_plan(fund, rule, subject, today)
    if known is not None:
        if (known.plan, known.mend_by) == (plan.strip(), mend_by):
            return known
        raise InputError(
            _("Pelampauan ini sudah punya rencana yang belum lewat."),
            field="plan",
            remedy=_("Tunggu keputusannya, atau tenggatnya."),
        )
    since = broken_since([found], on=today)[key_of(found)]
    _check(plan, mend_by, since, today)
    with refusals():
        made = Breach.objects.create(
            fund=fund, rule=rule, subject=subject, subject_name=found.subject_name, since=since, seen_on=today,
            held_rupiah=found.held_rupiah, base_rupiah=found.base_rupiah, limit_rupiah=found.limit_rupiah, plan=plan.strip(),
            mend_by=mend_by, proposed_by=_somebody(), proposed_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
    audit.record("fund.breach_planned", "fund_breach", made.pk, fields=("plan", "mend_by"))
    return made


def open_plan(fund: str, rule: str, subject: str, on: dt.date) -> Breach | None:
    """The newest plan for a limit that waits for an answer, or was accepted and is not overdue on a day."""
    newest = Breach.objects.select_related("answer").filter(fund=fund, rule=rule, subject=subject).first()
    if newest is None:
        return None
    answer: BreachAnswer | None = getattr(newest, "answer", None)
    if answer is None:
        return newest
    return newest if answer.approved and on <= newest.mend_by else None


def _check(plan: str, mend_by: dt.date, since: dt.date, today: dt.date) -> None:
    if not plan.strip():
        raise InputError(
            _("Rencana perbaikannya belum diisi."), field="plan", remedy=_("Tulis apa yang dilakukan agar batas dipatuhi lagi.")
        )
    if mend_by <= today:
        raise InputError(
            _("Tanggal pulihnya harus sesudah hari ini."), field="mend_by", value=mend_by,
            remedy=_("Pilih hari batas itu sudah dipatuhi lagi."),
        )  # fmt: skip
    latest = latest_mending(since)
    if mend_by > latest and latest > today:
        raise InputError(
            _("Tanggal pulihnya melewati satu tahun sejak batas dilampaui."), field="mend_by", value=mend_by,
            remedy=_("Pilih hari yang lebih awal; peraturan memberi satu tahun."),
        )  # fmt: skip


def _somebody() -> int:
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus dikerjakan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    return user


def answer(*, breach_id: int, approved: bool, reason: str = "") -> Breach:
    """The chief takes note of a broken limit and accepts its plan, or sends it back with the reason. Raises as `propose`."""
    current().need(Can.APPROVE_BREACH)
    asked = Breach.objects.select_related("answer").filter(pk=breach_id).first()
    if asked is None:
        raise not_yours(_("Pelampauan ini tidak ada."))
    known: BreachAnswer | None = getattr(asked, "answer", None)
    user = _somebody()
    if known is not None:
        if (known.approved, known.answered_by) == (approved, user):
            return asked
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    if user == asked.proposed_by:
        raise Refused(_("Anda sendiri yang mengusulkan rencana ini."), remedy=_("Minta pimpinan dana menilainya."))
    if not approved and not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_breachanswer (breach_id, approved, reason, answered_by) VALUES (%s, %s, %s, %s)",
            [breach_id, approved, reason.strip(), user],
        )
    audit.record(
        "fund.breach_accepted" if approved else "fund.breach_sent_back", "fund_breach", breach_id, reason=reason.strip()
    )  # fmt: skip
    return Breach.objects.select_related("answer").get(pk=breach_id)


__all__ = ["answer", "latest_mending", "open_plan", "propose"]
