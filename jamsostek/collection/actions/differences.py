"""Reassessment: what a law or a fact that changed backwards makes of months billed before. Differences, never edits.

A difference bill stands in the month that is open and says for which contribution month it is; months that are closed stay as
they are. What is seen first (`preview`) and what is then written are the same computation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.actions.bills import writable
from jamsostek.collection.billing import comparing, reading, writing
from jamsostek.collection.billing.comparing import Differences
from jamsostek.collection.billing.computing import BPU, PU, sums_by_payer
from jamsostek.collection.billing.writing import Making
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.models import Bill
from jamsostek.core.errors import InputError
from jamsostek.core.months import month_of
from jamsostek.core.text import _
from jamsostek.registry.models import Employer, Sponsor


@dataclass(frozen=True)
class Change:
    """What one payer's month would change by; whole rupiah, negative where too much was asked."""

    payer_kind: PayerKind
    payer_id: int
    month: int
    people: int
    rupiah: dict[str, int]
    """By programme: jkk, jkm, jht, jp."""

    @property
    def total_rupiah(self) -> int:
        """All programmes together."""
        return sum(self.rupiah.values())


_PROGRAMMES = {"jkk": ("jkk",), "jkm": ("jkm",), "jht": ("jht_employer", "jht_worker"), "jp": ("jp_employer", "jp_worker")}


def changes(found: Differences) -> list[Change]:
    """What every payer's month changes by."""
    sums = sums_by_payer(found.payers, found.lines, found.amounts)
    return [
        Change(
            PayerKind(found.payers.kind),
            payer,
            found.amounts.month,
            int(sums.count[at]),
            {name: sum(int(sums[part][at]) for part in parts) for name, parts in _PROGRAMMES.items()},
        )
        for at, payer in enumerate(found.payers.ids.tolist())
    ]


def preview_employer(*, employer_id: int, months: Sequence[int]) -> list[Change]:
    """What an employer's months would change by, were they reassessed now; nothing is written."""
    return [change for month in months for change in changes(_of_employer(employer_id, month))]


def _of_employer(employer_id: int, month: int) -> Differences:
    return comparing.differences(month, reading.due_of_employer(employer_id, month))


def _of_sponsor(sponsor_id: int, month: int) -> Differences:
    return comparing.differences(month, reading.due_of_sponsor(sponsor_id, month))


def reassess_employer(
    *, employer_id: int, months: Sequence[int], today: dt.date, report_id: int | None = None, own_fault: bool = True
) -> list[Bill]:
    """Difference bills of an employer in the open month, one for each contribution month that differs.

    Where the employer reported late or wrong (`own_fault`) a difference was due when its month was, and fines run from there;
    else it is due with the open month.
    """
    employer = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if employer is None:
        raise InputError(_("Perusahaan ini tidak ditemukan."), remedy=_("Periksa NPP, atau hak akses Anda."))
    place = Place(employer=employer.pk, regency=employer.regency_code)
    current().need(Can.APPROVE_REPORT if report_id is not None else Can.MAKE_BILL, place)
    made = []
    for month in months:
        found = _of_employer(employer_id, month)
        made += write(found, today=today, report_id=report_id, own_fault=own_fault)
    if made:
        audit.record("bill.difference", "employer", employer_id, fields=("month", "total_rupiah"))
    return made


def reassess_sponsor(*, sponsor_id: int, months: Sequence[int], today: dt.date) -> list[Bill]:
    """As `reassess_employer`, for a sponsor's list; due with the open month."""
    sponsor = Sponsor.objects.select_for_update(no_key=True).filter(pk=sponsor_id).first()
    if sponsor is None:
        raise InputError(_("Pembayar iuran ini tidak ditemukan."), remedy=_("Periksa nomornya, atau hak akses Anda."))
    regency = sponsor.region_code // 1_000_000 if sponsor.region_code > 10**9 else sponsor.region_code
    current().need(Can.MAKE_BILL, Place(sponsor=sponsor.pk, regency=regency))
    made = []
    for month in months:
        made += write(_of_sponsor(sponsor_id, month), today=today, own_fault=False)
    if made:
        audit.record("bill.difference", "sponsor", sponsor_id, fields=("month", "total_rupiah"))
    return made


def write(found: Differences, *, today: dt.date, report_id: int | None = None, own_fault: bool) -> list[Bill]:
    """The difference bills of these payers, booked in the open month, a group each."""
    return [
        _write_one(comparing.of_payer(found, at), today=today, report_id=report_id, own_fault=own_fault)
        for at in range(len(found))
    ]


def _write_one(found: Differences, *, today: dt.date, report_id: int | None, own_fault: bool) -> Bill:
    month, open_month = found.amounts.month, month_of(today)
    writable(open_month, today)
    kind = PayerKind(found.payers.kind)
    making = Making(
        open_month,
        BillKind.DIFFERENCE,
        today,
        writing.due_days(month if own_fault else open_month, kind),
        PU if kind == PayerKind.EMPLOYER else BPU,
        report_id=report_id,
        from_month=month,
    )
    sequences = reading.next_sequences(open_month, found.payers)
    if int(sequences.max()) > writing.LAST_SEQUENCE:
        raise InputError(_("Terlalu banyak tagihan untuk pembayar ini dalam satu bulan."), remedy=_("Lanjutkan bulan depan."))
    sums = sums_by_payer(found.payers, found.lines, found.amounts)
    made = writing.bills(making, found.payers, sums, sequences=sequences)
    writing.write_bills(made, making, reference=f"bill:{made.ids[0]}")
    writing.insert_lines(writing.line_columns(making, made.ids, found.lines, found.amounts), len(found.lines))
    return Bill.objects.get(pk=int(made.ids[0]))
