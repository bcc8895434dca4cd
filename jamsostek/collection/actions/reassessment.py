"""A law or a fact that changed backwards, for a whole region: looked at, previewed by payer and fund, decided by a second person.

What was previewed is carried out payer by payer, each in a transaction of its own; a payer whose difference is no longer what
was previewed is left for a new look, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.db.models import F, QuerySet

from jamsostek.access import audit
from jamsostek.access.background import alone, enqueue, language_of, scope_for
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, Scope, acting, current, system_scope
from jamsostek.collection.actions.differences import Change, changes, write
from jamsostek.collection.actions.month import regencies_of
from jamsostek.collection.billing import comparing, reading
from jamsostek.collection.billing.comparing import Differences
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.models import Reassessment, ReassessmentItem
from jamsostek.core.errors import InputError
from jamsostek.core.months import parse_month
from jamsostek.core.regions import PROVINCES, REGENCIES
from jamsostek.core.text import N_, _, speaking

WORK = "collection.reassess"
ACTOR = N_("Penetapan ulang")
CHANGED = "changed"
TRIES = 5
"""After so many unexpected failures it stops and says so."""
LOCK = 820_234
OURS = N_("Ada kesalahan pada sistem kami. Yang sudah dibuat tetap tercatat.")
"""Kept as it is and told in the reader's language (`queries.reassessments.problem_of`)."""
Told = Callable[[int, int], None]
"""Hears how many months or payers are done, and of how many."""


def ask(*, months: Sequence[int], region_code: int, reason: str, enqueue_it: bool = True) -> Reassessment:
    """Asks for months of a region to be looked at again."""
    current().need(Can.RUN_MONTH, Place(regency=region_code))
    if region_code not in PROVINCES and region_code not in REGENCIES:
        raise InputError(
            _("Wilayah ini tidak dikenal."), field="region_code", value=region_code,
            remedy=_("Pilih kabupaten, kota, atau provinsi."),
        )  # fmt: skip
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis peraturan atau kenyataan yang berubah."))
    wanted = sorted({parse_month(month) for month in months})
    if not wanted:
        raise InputError(_("Bulannya belum dipilih."), field="months", remedy=_("Pilih satu bulan atau lebih."))
    made = Reassessment.objects.create(months=wanted, region_code=region_code, reason=reason.strip(), asked_by=current().user_id)
    audit.record("reassessment.asked", "reassessment", made.pk, reason=reason)
    if enqueue_it:
        enqueue(WORK, reassessment_id=made.pk)
    return made


def look(*, reassessment_id: int, now: dt.datetime, told: Told | None = None) -> int:
    """Computes what would change; writes the preview and returns how many payers' months differ. Again, it looks anew."""
    one = _held(reassessment_id, "looking", "ready")
    ReassessmentItem.objects.filter(reassessment=one).delete()
    found = 0
    for at, month in enumerate(one.months, 1):
        for kind in (PayerKind.EMPLOYER, PayerKind.SPONSOR):
            items = [_item(one, change) for change in changes(_of_region(one.region_code, month, kind))]
            ReassessmentItem.objects.bulk_create(items, batch_size=2_000)
            found += len(items)
        if told is not None:
            told(at, len(one.months))
    one.state, one.looked_at = "ready", now
    one.save(update_fields=["state", "looked_at"])
    return found


def _of_region(region: int, month: int, kind: PayerKind) -> Differences:
    reading.set_month(month)
    regencies = regencies_of(region)
    if kind == PayerKind.EMPLOYER:
        return comparing.differences(month, reading.due_of_region_employers(regencies, month, billed=True))
    return comparing.differences(month, reading.due_of_region_cover(regencies, month, kind, billed=True))


def _item(one: Reassessment, change: Change) -> ReassessmentItem:
    return ReassessmentItem(
        reassessment=one,
        payer_kind=int(change.payer_kind),
        payer_id=change.payer_id,
        month=change.month,
        people=change.people,
        **{f"{name}_rupiah": value for name, value in change.rupiah.items()},
    )


def decide(*, reassessment_id: int, approve: bool, now: dt.datetime) -> None:
    """A second person's decision; whoever asked cannot take it."""
    one = _held(reassessment_id, "ready")
    current().need(Can.RUN_MONTH, Place(regency=one.region_code))
    if current().user_id is not None and current().user_id == one.asked_by:
        raise InputError(_("Yang meminta tidak boleh memutuskan."), remedy=_("Minta orang lain yang berwenang untuk memutuskan."))
    one.state = "approved" if approve else "refused"
    one.decided_by, one.decided_at, one.tries = current().user_id or 0, now, 0
    one.save(update_fields=["state", "decided_by", "decided_at", "tries"])
    audit.record("reassessment.decided", "reassessment", one.pk, fields=("state",))
    if approve:
        enqueue(WORK, reassessment_id=one.pk)


def carry_out(
    *, reassessment_id: int, today: dt.date, now: dt.datetime, scope: Scope, told: Told | None = None
) -> tuple[int, int]:
    """Makes the difference bills that were approved; returns how many were made and how many had changed meanwhile.

    Started again after a stop it goes on with what is left.
    """
    with acting(scope):
        _held(reassessment_id, "approved")
        todo = list(
            ReassessmentItem.objects.filter(reassessment_id=reassessment_id, bill_id=None, skipped="").values_list(
                "pk", flat=True
            )
        )
    made = 0
    for at, item_id in enumerate(todo, 1):
        with acting(scope):
            made += _carry(item_id, today)
        if told is not None:
            told(at, len(todo))
    with acting(scope):
        Reassessment.objects.filter(pk=reassessment_id).update(state="done", done_at=now)
        audit.record("reassessment.done", "reassessment", reassessment_id)
    return made, len(todo) - made


def _carry(item_id: int, today: dt.date) -> int:
    item = ReassessmentItem.objects.select_for_update().get(pk=item_id)
    if item.bill_id is not None:
        return 0
    due = reading.due_of_employer if item.payer_kind == PayerKind.EMPLOYER else reading.due_of_sponsor
    found = comparing.differences(item.month, due(item.payer_id, item.month))
    expected = {name: getattr(item, f"{name}_rupiah") for name in ("jkk", "jkm", "jht", "jp")}
    if [change.rupiah for change in changes(found)] != [expected]:
        item.skipped = CHANGED
        item.save(update_fields=["skipped"])
        return 0
    (bill,) = write(found, today=today, own_fault=False)
    item.bill_id = bill.pk
    item.save(update_fields=["bill_id"])
    return 1


# --- for the jobs -----------------------------------------------------------------------------------------------------


def work(reassessment_id: int, *, today: dt.date, now: Callable[[], dt.datetime], told: Told | None = None) -> None:
    """Goes as far as no decision is needed: computes what was asked, or makes the bills that were approved, for whoever said so.

    One that waits, has ended or stopped, or is in another process's hands, is left alone.
    """
    with alone(LOCK, reassessment_id) as mine:
        one = _open(reassessment_id) if mine else None
        if one is None:
            return
        by = one.asked_by if one.state == "looking" else one.decided_by
        try:
            with speaking(language_of(by)):
                scope = scope_for(by, today, actor=_(ACTOR), request=f"reassessment:{one.pk}")
                if one.state == "approved":
                    carry_out(reassessment_id=one.pk, today=today, now=now(), scope=scope, told=told)
                else:
                    with acting(scope):
                        look(reassessment_id=one.pk, now=now(), told=told)
        except InputError as error:
            with speaking(language_of(by)):
                _stop(one.pk, str(error))
        except Exception:
            _note_failure(one.pk)
            raise


def go_on(*, reassessment_id: int) -> None:
    """Has one that stopped taken up again, where it stopped."""
    one = _held(reassessment_id, "looking", "approved")
    one.problem, one.tries = "", 0
    one.save(update_fields=["problem", "tries"])
    enqueue(WORK, reassessment_id=one.pk)


def open_reassessments() -> list[int]:
    """What should be worked on: after a kill or a restart these are taken up again."""
    return list(_to_work_on().order_by("pk").values_list("pk", flat=True))


def _to_work_on() -> QuerySet[Reassessment]:
    return Reassessment.objects.filter(state__in=("looking", "approved"), problem="")


def _open(reassessment_id: int) -> Reassessment | None:
    with acting(system_scope(_(ACTOR))):
        return _to_work_on().filter(pk=reassessment_id).first()


def _stop(reassessment_id: int, problem: str) -> None:
    with acting(system_scope(_(ACTOR))):
        Reassessment.objects.filter(pk=reassessment_id).update(problem=problem)
        audit.record("reassessment.stopped", "reassessment", reassessment_id, reason=problem)


def _note_failure(reassessment_id: int) -> None:
    """Counts an unexpected failure, so that what cannot be worked off does not come round for ever."""
    with acting(system_scope(_(ACTOR))):
        Reassessment.objects.filter(pk=reassessment_id).update(tries=F("tries") + 1)
        tries = Reassessment.objects.get(pk=reassessment_id).tries
    if tries >= TRIES:
        _stop(reassessment_id, OURS)


def _held(reassessment_id: int, *states: str) -> Reassessment:
    one = Reassessment.objects.select_for_update().filter(pk=reassessment_id).first()
    if one is None:
        raise InputError(_("Penetapan ulang ini tidak ditemukan."))
    current().need(Can.RUN_MONTH, Place(regency=one.region_code))
    if one.state not in states:
        raise InputError(
            _("Penetapan ulang ini tidak lagi di tahap itu."), remedy=_("Muat ulang halaman untuk melihat tahapnya.")
        )
    return one
