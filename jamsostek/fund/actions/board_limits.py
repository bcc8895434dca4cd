"""Stricter limits of the board: risk records the decision, the chief confirms it; they stand beside the law's, never above."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from jamsostek.access import audit
from jamsostek.access.errors import Refused, not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError, unknown_name
from jamsostek.core.rupiah import format_percent
from jamsostek.core.text import _
from jamsostek.fund.errors import refusals
from jamsostek.fund.limits.rules import law_limit, rules
from jamsostek.fund.models import BoardLimit, BoardLimitAnswer
from jamsostek.ledger.chart import PROGRAMMES


@dataclass(frozen=True)
class NewBoardLimit:
    """What the board decided: a share in ppm from a day on for a rule of a fund; None lifts its limit."""

    fund: str
    rule: str
    ppm: int | None
    since: dt.date
    decree: str
    decreed_on: dt.date
    reason: str
    invented: bool = False


def record(new: NewBoardLimit) -> BoardLimit:
    """Writes a decision down; it holds once another person has confirmed it. Raises `InputError`, `Refused`."""
    current().need(Can.CHECK_TRADE)
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus dikerjakan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    _check(new)
    same = BoardLimit.objects.select_related("answer").filter(
        fund=new.fund, rule=new.rule, ppm=new.ppm, since=new.since, decree=new.decree.strip(), decreed_on=new.decreed_on
    )  # fmt: skip
    known = next((one for one in same if getattr(one, "answer", None) is None), None)
    if known is not None:
        return known
    with refusals():
        made = BoardLimit.objects.create(
            fund=new.fund, rule=new.rule, ppm=new.ppm, since=new.since, decree=new.decree.strip(), decreed_on=new.decreed_on,
            reason=new.reason.strip(), invented=new.invented, proposed_by=user, proposed_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
    audit.record("fund.board_limit_recorded", "fund_boardlimit", made.pk, fields=("ppm",))
    return made


def _check(new: NewBoardLimit) -> None:
    if new.fund not in PROGRAMMES:
        raise unknown_name(_("Dana"), new.fund, PROGRAMMES)
    if new.rule not in rules():
        raise unknown_name(_("Batas"), new.rule, rules())
    if not new.decree.strip():
        raise InputError(_("Nomor keputusannya belum diisi."), field="decree", remedy=_("Tulis nomor keputusan direksi."))
    if new.decreed_on > new.since:
        raise InputError(
            _("Batas ini berlaku sebelum diputuskan."), field="since", value=new.since,
            remedy=_("Pilih hari mulai pada atau sesudah tanggal keputusan."),
        )  # fmt: skip
    if not new.reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa batas ini ditetapkan."))
    if new.ppm is None:
        return
    if not 0 <= new.ppm <= 1_000_000:
        raise InputError(_("Bagian harus antara 0 dan 100 persen."), field="ppm", value=new.ppm)
    law = law_limit(rules()[new.rule], new.fund, new.since)
    if law is not None and law.than(new.ppm):
        raise InputError(
            _("Batas internal lebih longgar daripada peraturan: {limit}.").format(limit=format_percent(law.ppm)), field="ppm",
            value=new.ppm, remedy=_("Isi batas yang sama atau lebih ketat."),
        )  # fmt: skip


def answer(*, limit_id: int, confirmed: bool, reason: str = "") -> BoardLimit:
    """Confirms a decision, another person than who recorded it; or refuses it and says why. Raises as `record`."""
    current().need(Can.APPROVE_BREACH)
    asked = BoardLimit.objects.select_related("answer").filter(pk=limit_id).first()
    if asked is None:
        raise not_yours(_("Batas internal ini tidak ada."))
    user = current().user_id
    if user is None:
        raise Refused(_("Ini harus dikerjakan oleh seseorang."), remedy=_("Masuk dahulu, lalu ulangi."))
    known: BoardLimitAnswer | None = getattr(asked, "answer", None)
    if known is not None:
        if (known.confirmed, known.answered_by) == (confirmed, user):
            return asked
        raise InputError(_("Ini sudah diputuskan."), remedy=_("Lihat keputusannya di halaman ini."))
    if user == asked.proposed_by:
        raise Refused(_("Anda sendiri yang mencatatnya."), remedy=_("Minta pimpinan dana mengesahkannya."))
    if not confirmed and not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa ditolak."))
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fund_boardlimitanswer (boardlimit_id, confirmed, reason, answered_by) VALUES (%s, %s, %s, %s)",
            [limit_id, confirmed, reason.strip(), user],
        )
    audit.record(
        "fund.board_limit_confirmed" if confirmed else "fund.board_limit_refused", "fund_boardlimit", limit_id,
        reason=reason.strip(),
    )  # fmt: skip
    return BoardLimit.objects.select_related("answer").get(pk=limit_id)


__all__ = ["NewBoardLimit", "answer", "record"]
