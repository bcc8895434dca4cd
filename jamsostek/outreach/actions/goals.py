"""A region's own goals: proposed by one, confirmed by another with the last night's figure, withdrawn or replaced; all kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _, one_line
from jamsostek.coverage import cube
from jamsostek.coverage.denominators import Denominator, denominator
from jamsostek.outreach.goals import DENOMINATORS, KINDS, MOST_WHY, SHARES, WHOLE, GoalState, Measured, last_month_of
from jamsostek.outreach.models import RegionGoal, Regulation
from jamsostek.outreach.queries import goals as queries
from jamsostek.outreach.strategy import need_region, need_there, refusals

YEARS_AHEAD = 25
MOST_PERSONS = 100_000_000


@dataclass(frozen=True)
class NewGoal:
    """What is proposed. `target` in persons, of a share in hundredths of a per cent; by December of `year`.

    `denominator` only for a coverage; `regulation` and `replaces` are codes.
    """

    region_code: int
    kind: str
    target: int
    year: int
    why: str
    denominator: str = ""
    regulation: int | None = None
    replaces: int | None = None
    invented: bool = False


def propose(*, goal: NewGoal, today: dt.date) -> RegionGoal:
    """Proposes a goal; the same again is the same. Nobody outside sees it before another confirms it.

    Raises `InputError` naming the field, `Refused`.
    """
    need_there(Can.PLAN_MOVEMENT, goal.region_code)
    _check(goal, today)
    regulation = None if goal.regulation is None else _regulation(goal.regulation)
    replaces = None if goal.replaces is None else _found(goal.replaces)
    facts = {
        "region_code": goal.region_code, "kind": goal.kind, "denominator": goal.denominator, "target": goal.target,
        "year": goal.year, "why": one_line(goal.why)[:MOST_WHY], "regulation": regulation, "replaces": replaces,
    }  # fmt: skip
    same = RegionGoal.objects.filter(state=GoalState.PROPOSED, **facts).first()
    if same is not None:
        return same
    with refusals(), transaction.atomic():
        made = RegionGoal.objects.create(invented=goal.invented, proposed_by=current().user_id, proposed_on=today, **facts)
    made.refresh_from_db()
    audit.record("goal.proposed", "goal", made.pk, fields=("kind", "target", "year"))
    return made


def confirm(*, code: int, today: dt.date) -> RegionGoal:
    """Makes a goal public, by another than who proposed it, with the last night's figure as its start; again changes nothing.

    What it replaces ends. Raises `InputError` where nothing was counted yet, or where the goal is reached already; `Refused`.
    """
    row = _found(code)
    need_there(Can.APPROVE_MOVEMENT, row.region_code)
    if row.state == GoalState.CONFIRMED:
        return row
    found = cube.latest()
    if found is None:
        raise InputError(
            _("Belum ada potret malam, jadi angka awalnya belum diketahui."), field="code", remedy=_("Coba lagi besok.")
        )
    month = min(found.last_month, month_of(today))
    if month >= last_month_of(row.year):
        raise InputError(_("Tahun sasaran ini sudah lewat."), field="year", value=row.year, remedy=_("Usulkan tahun yang lain."))
    start, base = _counted(row, month)
    if start.value >= row.target:
        raise InputError(_("Sasaran ini sudah tercapai."), field="target", remedy=_("Usulkan sasaran yang lebih tinggi."))
    row.state, row.confirmed_by, row.confirmed_on = GoalState.CONFIRMED, current().user_id, today
    row.start_month, row.start_as_of, row.start_persons, row.start_base = month, found.as_of, start.persons, start.base
    if base is not None:
        row.base_as_of, row.base_status, row.base_source = base.as_of, base.status, base.source
    with refusals(), transaction.atomic():
        row.save()
    audit.record("goal.confirmed", "goal", row.pk)
    return row


def withdraw(*, code: int, reason: str, today: dt.date) -> RegionGoal:
    """Gives a goal up, with a reason: who plans while it waits, who approves once it is public. It stays to be read."""
    row = _found(code)
    need_there(Can.APPROVE_MOVEMENT if row.confirmed_on is not None else Can.PLAN_MOVEMENT, row.region_code)
    if row.state == GoalState.WITHDRAWN:
        return row
    if not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis alasannya."))
    with refusals(), transaction.atomic():
        row.state, row.reason = GoalState.WITHDRAWN, one_line(reason)[:MOST_WHY]
        row.ended_by, row.ended_on = current().user_id, today
        row.save()
    audit.record("goal.withdrawn", "goal", row.pk, reason=row.reason)
    return row


def _counted(row: RegionGoal, month: int) -> tuple[Measured, Denominator | None]:
    """The figure it begins from, exact; of a coverage with what it is of."""
    persons = queries.measured(row.kind, row.region_code, month)
    if row.kind == "coverage":
        base = _denominator(row.region_code, row.denominator, month)
        return Measured(month, persons, base.persons), base
    if row.kind == "women_share":
        active = queries.active(row.region_code, month)
        if not active:
            raise InputError(
                _("Belum ada peserta aktif di daerah ini."), field="kind", remedy=_("Pilih sasaran berupa jumlah orang.")
            )
        return Measured(month, persons, active), None
    return Measured(month, persons), None


def _denominator(region: int, definition: str, month: int) -> Denominator:
    found = denominator(region, month, definition)
    if found is None or not found.persons:
        raise InputError(
            _("Pembagi ini tidak diketahui untuk daerah ini."), field="denominator", value=definition,
            remedy=_("Pilih pembagi yang lain."),
        )  # fmt: skip
    return found


def _found(code: int) -> RegionGoal:
    row = RegionGoal.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise not_yours(_("Sasaran ini tidak ada, atau bukan wewenang Anda."))
    return row


def _regulation(code: int) -> Regulation:
    row = Regulation.objects.filter(code=code).first()
    if row is None:
        raise InputError(_("Peraturan ini tidak ada."), field="regulation", value=code, remedy=_("Pilih dari daftar."))
    return row


def _check(given: NewGoal, today: dt.date) -> None:
    choose = _("Pilih dari daftar pilihan.")
    need_region(given.region_code)
    if given.kind not in KINDS:
        raise InputError(_("Jenis sasaran ini tidak dikenal."), field="kind", value=given.kind, remedy=choose)
    if (given.kind == "coverage") != (given.denominator in DENOMINATORS) or (given.denominator and given.kind != "coverage"):
        raise InputError(
            _("Pembagi hanya, dan harus, diisi untuk cakupan semua pekerja."), field="denominator", value=given.denominator,
            remedy=choose,
        )  # fmt: skip
    if given.kind == "coverage":
        _denominator(given.region_code, given.denominator, month_of(today))
    if not 0 < given.target <= (WHOLE if given.kind in SHARES else MOST_PERSONS):
        raise InputError(_("Angka sasaran ini di luar batas."), field="target", value=given.target, remedy=_("Periksa angkanya."))
    if not today.year <= given.year <= today.year + YEARS_AHEAD:
        raise InputError(_("Tahun ini di luar rencana."), field="year", value=given.year, remedy=_("Periksa tahunnya."))
    if not one_line(given.why):
        raise InputError(_("Isian ini belum diisi."), field="why", remedy=_("Tulis mengapa sasaran ini dipilih."))
