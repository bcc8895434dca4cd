"""A law or a fact that changed backwards, for a whole region: looked at, previewed by payer and fund, decided by a second person.

What was previewed is carried out payer by payer, each in a transaction of its own; a payer whose difference is no longer what
was previewed is left for a new look, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, Scope, acting, current
from jamsostek.collection.actions.differences import Change, changes, write
from jamsostek.collection.actions.month import regencies_of
from jamsostek.collection.billing import comparing, reading
from jamsostek.collection.billing.comparing import Differences
from jamsostek.collection.choices import PayerKind
from jamsostek.collection.models import Reassessment, ReassessmentItem
from jamsostek.core.errors import InputError
from jamsostek.core.months import parse_month
from jamsostek.core.text import _

CHANGED = "changed"


def ask(*, months: Sequence[int], region_code: int, reason: str) -> Reassessment:
    """Asks for months of a region to be looked at again."""
    current().need(Can.RUN_MONTH, Place(regency=region_code))
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis peraturan atau kenyataan yang berubah."))
    wanted = sorted({parse_month(month) for month in months})
    if not wanted:
        raise InputError(_("Bulannya belum dipilih."), field="months", remedy=_("Pilih satu bulan atau lebih."))
    made = Reassessment.objects.create(months=wanted, region_code=region_code, reason=reason.strip(), asked_by=current().user_id)
    audit.record("reassessment.asked", "reassessment", made.pk, reason=reason)
    return made


def look(*, reassessment_id: int, now: dt.datetime, told: Callable[[int, int], None] | None = None) -> int:
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
    one.decided_by, one.decided_at = current().user_id or 0, now
    one.save(update_fields=["state", "decided_by", "decided_at"])
    audit.record("reassessment.decided", "reassessment", one.pk, fields=("state",))


def carry_out(
    *, reassessment_id: int, today: dt.date, now: dt.datetime, scope: Scope, told: Callable[[int, int], None] | None = None
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
