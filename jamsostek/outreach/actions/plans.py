"""A region's plan of a year: items by whom and by when, how far they are, with what proof. The database keeps every change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jamsostek.access import audit
from jamsostek.access.errors import not_yours
from jamsostek.access.roles import Can
from jamsostek.access.scope import current
from jamsostek.core.errors import InputError
from jamsostek.core.text import _, one_line
from jamsostek.files import actions as files
from jamsostek.messages.evidence.reader import clean
from jamsostek.outreach.duties import PILLARS, duties, duty
from jamsostek.outreach.models import PlanItem, Programme, Regulation, StrategyPlan
from jamsostek.outreach.strategy import ItemState, need_region, need_there, refusals

RETENTION = "plan"
FIRST_YEAR, YEARS_AHEAD = 2015, 5
MOST_ITEMS = 300


@dataclass(frozen=True)
class Item:
    """What is to be done: `duty` is a key of the duties or nothing; `officer` may stay empty."""

    pillar: str
    title: str
    office: str
    due_on: dt.date
    duty: str = ""
    officer: str = ""


@dataclass(frozen=True)
class Proof:
    """What shows that it is done: a regulation of the register by its code, a programme by its number, a photo or PDF."""

    regulation: int | None = None
    programme: int | None = None
    content: bytes = b""
    file_name: str = ""


def open_plan(*, region_code: int, year: int, today: dt.date) -> StrategyPlan:
    """The region's plan of a year; made where there is none."""
    need_there(Can.PLAN_MOVEMENT, region_code)
    need_region(region_code)
    if not FIRST_YEAR <= year <= today.year + YEARS_AHEAD:
        raise InputError(_("Tahun ini di luar rencana."), field="year", value=year, remedy=_("Periksa tahunnya."))
    plan, made = StrategyPlan.objects.get_or_create(region_code=region_code, year=year, defaults={"made_by": current().user_id})
    if made:
        audit.record("plan.made", "plan", plan.pk)
    return plan


def add(*, region_code: int, year: int, item: Item, today: dt.date) -> PlanItem:
    """Writes an item into a plan; the same title in the same part again is the same item."""
    _check(item)
    plan = open_plan(region_code=region_code, year=year, today=today)
    return _put(plan, item, today)


def change(*, item_id: int, item: Item) -> PlanItem:
    """Writes an item anew; where it stands and its proof stay."""
    row = _held(item_id)
    _check(item)
    row.pillar, row.title, row.duty = item.pillar, one_line(item.title), item.duty
    row.office, row.officer, row.due_on = one_line(item.office), one_line(item.officer), item.due_on
    return _kept(row, "plan_item.changed")


def move(*, item_id: int, state: str, today: dt.date, reason: str = "", proof: Proof | None = None) -> PlanItem:
    """Says how far an item is; done needs a proof, dropped a reason. The same again changes nothing."""
    row = _held(item_id)
    if state not in list(ItemState):
        raise InputError(_("Keadaan ini tidak dikenal."), field="state", value=state, remedy=_("Pilih dari daftar pilihan."))
    if state == ItemState.DROPPED and not reason.strip():
        raise InputError(_("Alasan belum diisi."), field="reason", remedy=_("Tulis mengapa dibatalkan."))
    if proof is not None:
        _prove(row, proof)
    if row.state != state:
        row.state, row.state_on = state, today
    row.reason = one_line(reason)[:300]
    return _kept(row, "plan_item.moved")


def copy_from_last(*, region_code: int, year: int, today: dt.date) -> list[PlanItem]:
    """Takes over what the region's last earlier plan had and was not dropped, a year or more later; what is there stays."""
    plan = open_plan(region_code=region_code, year=year, today=today)
    last = StrategyPlan.objects.filter(region_code=region_code, year__lt=year).order_by("-year").first()
    if last is None:
        raise InputError(
            _("Belum ada rencana tahun sebelumnya."), field="year", value=year, remedy=_("Mulai dari usulan kewajiban.")
        )
    rows = last.items.exclude(state=ItemState.DROPPED).order_by("pk")
    return _take_over(plan, (_again(one, year - last.year) for one in rows), today)


def suggest(*, region_code: int, year: int, today: dt.date) -> list[PlanItem]:
    """Begins a plan with the duties of regions; the days are ours (the end of the year), to be changed."""
    plan = open_plan(region_code=region_code, year=year, today=today)
    known = set(plan.items.exclude(duty="").values_list("duty", flat=True))
    wanted = (
        Item(one.pillar, one.plan["id"], "", dt.date(year, 12, 31), one.key)
        for one in duties() if one.plan is not None and one.key not in known
    )  # fmt: skip
    return _take_over(plan, wanted, today)


def _again(row: PlanItem, years: int) -> Item:
    day, year = row.due_on, row.due_on.year + years
    leap = (day.month, day.day) == (2, 29)
    return Item(row.pillar, row.title, row.office, day.replace(year=year, day=28 if leap else day.day), row.duty, row.officer)


def _take_over(plan: StrategyPlan, wanted: Any, today: dt.date) -> list[PlanItem]:
    before = set(plan.items.values_list("pk", flat=True))
    made = [_put(plan, one, today, quiet=True) for one in wanted]
    fresh = [one for one in made if one.pk not in before]
    if fresh:
        audit.record("plan.filled", "plan", plan.pk, fields=("count",), reason=str(len(fresh)))
    return fresh


def _put(plan: StrategyPlan, item: Item, today: dt.date, *, quiet: bool = False) -> PlanItem:
    title = one_line(item.title)
    same = PlanItem.objects.filter(plan=plan, pillar=item.pillar, title=title).first()
    if same is not None:
        return same
    if plan.items.count() >= MOST_ITEMS:
        raise InputError(_("Rencana ini sudah penuh."), field="title", remedy=_("Gabungkan butir yang sama."))
    made = PlanItem.objects.create(
        plan=plan, pillar=item.pillar, duty=item.duty, title=title, office=one_line(item.office),
        officer=one_line(item.officer), due_on=item.due_on, state_on=today, by=current().user_id,
    )  # fmt: skip
    if not quiet:
        audit.record("plan_item.made", "plan_item", made.pk)
    return made


def _check(item: Item) -> None:
    if item.pillar not in PILLARS:
        raise InputError(
            _("Bagian ini tidak dikenal."), field="pillar", value=item.pillar, remedy=_("Pilih dari daftar pilihan.")
        )
    if item.duty and duty(item.duty) is None:
        raise InputError(_("Kewajiban ini tidak dikenal."), field="duty", value=item.duty, remedy=_("Pilih dari daftar pilihan."))
    for name in ("title", "office"):
        if not one_line(getattr(item, name)):
            raise InputError(_("Isian ini belum diisi."), field=name, remedy=_("Tulis apa yang dikerjakan dan oleh kantor mana."))


def _prove(row: PlanItem, proof: Proof) -> None:
    """Puts the proofs given beside those that are there."""
    if proof.regulation is not None:
        code = proof.regulation
        row.regulation = _one(lambda: Regulation.objects.filter(code=code).first(), "regulation", code)
    if proof.programme is not None:
        number = proof.programme
        row.programme = _one(lambda: Programme.objects.filter(number=number).first(), "programme", number)
    if proof.content:
        got = clean(proof.content, proof.file_name)
        row.file_digest = files.store(got.content, retention=RETENTION)
        row.file_name, row.file_media = one_line(proof.file_name)[-120:] or "-", got.media_type


def _one(find: Callable[[], Any], field: str, value: int) -> Any:
    found = find()
    if found is None:
        raise InputError(_("Bukti ini tidak ada."), field=field, value=value, remedy=_("Pilih dari daftar."))
    return found


def _held(item_id: int) -> PlanItem:
    row = PlanItem.objects.select_related("plan").select_for_update(of=("self",)).filter(pk=item_id).first()
    if row is None:
        raise not_yours(_("Butir ini tidak ada, atau bukan wewenang Anda."))
    need_there(Can.PLAN_MOVEMENT, row.plan.region_code)
    return row


def _kept(row: PlanItem, action: str) -> PlanItem:
    row.by = current().user_id
    with refusals(), transaction.atomic():
        row.save()
    audit.record(action, "plan_item", row.pk, fields=("state",) if action == "plan_item.moved" else (), reason=row.reason)
    return row
