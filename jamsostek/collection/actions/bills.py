"""Bills of one payer: an employer's month, a sponsor's list, one's own cover ahead, a project, a migrant's contract; taking back.

Regions at once are `actions.month`. Differences of what was billed before are `actions.differences`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from django.db import connection

from jamsostek.access import audit
from jamsostek.access.roles import Can
from jamsostek.access.scope import Place, current
from jamsostek.collection.billing import reading, writing
from jamsostek.collection.billing.computing import ALLOCATED, AMOUNTS, BPU, PU, Int64, Owed, Payers, Sums, owed, sums_by_payer
from jamsostek.collection.billing.writing import Dues, Making, bill_id
from jamsostek.collection.choices import BillKind, PayerKind
from jamsostek.collection.models import Bill, Void
from jamsostek.core.errors import InputError
from jamsostek.core.months import format_month, month_of
from jamsostek.core.text import _
from jamsostek.law import calculate
from jamsostek.ledger import actions as ledger
from jamsostek.ledger.errors import refusals
from jamsostek.ledger.models import Period
from jamsostek.registry.models import Employer, Participant, Placement, Project, Sponsor

AHEAD = (1, 3, 6, 12)
"""Months a person may pay at once."""


class AlreadyBilled(InputError):
    """The payer has this bill already; `bill` is it."""

    def __init__(self, bill: Bill) -> None:
        super().__init__(
            _("Tagihan {month} sudah dibuat.").format(month=format_month(bill.from_month)),
            remedy=_("Buka tagihan yang ada; perubahan menjadi tagihan selisih."),
        )
        self.bill = bill


class NothingDue(InputError):
    """Nobody is to be paid for."""


def open_month(month: int) -> bool:
    """Opens a month in the books, the members' accounts and the bills; False where it is open already."""
    with connection.cursor() as cursor, refusals():
        cursor.execute("SELECT accounts_open_month(%s), collection_open_month(%s)", [month, month])
    return ledger.open_month(month)


def writable(month: int, today: dt.date) -> None:
    """Both the month of the bill and the month of the day must be open; those not yet opened are opened."""
    for one in {month, month_of(today)}:
        row = Period.objects.filter(pk=one).first()
        if row is None:
            open_month(one)
        elif row.closed_at is not None:
            raise InputError(
                _("Bulan {month} sudah ditutup.").format(month=format_month(one)),
                field="month",
                remedy=_("Yang kurang atau lebih ditagih sebagai selisih di bulan yang terbuka."),
            )


def _fresh_sequence(month: int, kind: PayerKind, payer_id: int) -> int:
    """The sequence of a first regular bill, or of one that takes the place of bills taken back; raises `AlreadyBilled`."""
    first = bill_id(month, kind, payer_id)
    there = Bill.objects.filter(pk__gte=first, pk__lt=first + 64, kind=BillKind.REGULAR)
    found = there.exclude(pk__in=Void.objects.values("bill_id")).first()
    if found is not None:
        raise AlreadyBilled(found)
    return next_sequence(month, kind, payer_id)


def bill_employer(*, employer_id: int, month: int, today: dt.date, report_id: int | None = None) -> Bill:
    """The regular bill of an employer's month, from who works there and what they earn. Raises `AlreadyBilled`, `NothingDue`."""
    employer = Employer.objects.select_for_update(no_key=True).filter(pk=employer_id).first()
    if employer is None:
        raise InputError(_("Perusahaan ini tidak ditemukan."), remedy=_("Periksa NPP, atau hak akses Anda."))
    current().need(Can.MAKE_BILL, Place(employer=employer.pk, regency=employer.regency_code))
    writable(month, today)
    sequence = _fresh_sequence(month, PayerKind.EMPLOYER, employer_id)
    due = reading.due_of_employer(employer_id, month)
    if not len(due.lines):
        raise NothingDue(
            _("Tidak ada pekerja yang ditagih pada {month}.").format(month=format_month(month)),
            remedy=_("Daftarkan pekerja, atau periksa masa kerjanya."),
        )
    making = Making(month, BillKind.REGULAR, today, writing.due_days(month, PayerKind.EMPLOYER), PU, report_id=report_id)
    made = _write(making, due, sequence)
    audit.record("bill.made", "employer", employer_id, fields=("month", "total_rupiah"))
    return made


def bill_sponsor(*, sponsor_id: int, month: int, today: dt.date) -> Bill:
    """The regular bill of a sponsor's list for a month."""
    sponsor = Sponsor.objects.select_for_update(no_key=True).filter(pk=sponsor_id).first()
    if sponsor is None:
        raise InputError(_("Pembayar iuran ini tidak ditemukan."), remedy=_("Periksa nomornya, atau hak akses Anda."))
    regency = sponsor.region_code // 1_000_000 if sponsor.region_code > 10**9 else sponsor.region_code
    current().need(Can.MAKE_BILL, Place(sponsor=sponsor.pk, regency=regency))
    writable(month, today)
    sequence = _fresh_sequence(month, PayerKind.SPONSOR, sponsor_id)
    due = reading.due_of_sponsor(sponsor_id, month)
    if not len(due.lines):
        raise NothingDue(_("Daftar pembayar iuran ini kosong pada {month}.").format(month=format_month(month)))
    making = Making(month, BillKind.REGULAR, today, writing.due_days(month, PayerKind.SPONSOR), BPU)
    made = _write(making, due, sequence)
    audit.record("bill.made", "sponsor", sponsor_id, fields=("month", "total_rupiah"))
    return made


def bill_person(*, participant_id: int, from_month: int, months: int, today: dt.date) -> Bill:
    """A bill for one's own cover, for one or more months from `from_month` on; each month under its own law.

    Raises `InputError` naming the months that another bill asks for already.
    """
    person = Participant.objects.select_for_update(no_key=True).filter(pk=participant_id).first()
    if person is None:
        raise InputError(_("Peserta ini tidak ditemukan."))
    current().need(Can.MAKE_BILL, Place(participant=person.pk, regency=person.regency_code, village=person.village_code))
    if months not in AHEAD:
        raise InputError(
            _("{count} bulan tidak dapat dibayar sekaligus.").format(count=months),
            field="months",
            value=months,
            remedy=_("Pilih 1, 3, 6, atau 12 bulan."),
        )
    month = month_of(today)
    writable(month, today)
    asked = writing.months_of(from_month, months)
    dues, parts = [], []
    for one in asked:
        due = reading.due_of_person(participant_id, one)
        if not len(due.lines):
            raise NothingDue(
                _("Perlindungan mandiri tidak berlaku pada {month}.").format(month=format_month(one)),
                field="from_month",
                remedy=_("Daftarkan perlindungan mandiri untuk bulan itu dahulu."),
            )
        dues.append(due)
        parts.append(owed(one, due.payers, due.lines))
    sequence = next_sequence(month, PayerKind.PERSON, participant_id)
    identity = bill_id(month, PayerKind.PERSON, participant_id, sequence)
    claim_months(PayerKind.PERSON, participant_id, identity, asked)
    making = Making(
        month, BillKind.REGULAR, today, writing.due_days(from_month, PayerKind.PERSON), BPU, from_month=from_month, months=months
    )
    _write_months(making, dues, parts, sequence)
    audit.record("bill.made", "participant", participant_id, fields=("from_month", "months", "total_rupiah"))
    return Bill.objects.get(pk=identity)


def next_sequence(month: int, kind: PayerKind, payer_id: int) -> int:
    """The sequence of a payer's next bill in a month."""
    first = bill_id(month, kind, payer_id)
    last = Bill.objects.filter(pk__gte=first, pk__lt=first + 64).order_by("-pk").values_list("sequence", flat=True).first()
    sequence = 0 if last is None else last + 1
    if sequence > 63:
        raise InputError(_("Terlalu banyak tagihan untuk pembayar ini dalam satu bulan."), remedy=_("Lanjutkan bulan depan."))
    return sequence


def claim_months(kind: PayerKind, payer_id: int, bill: int, months: list[int]) -> None:
    """Says that a bill asks a payer for months; raises `InputError` naming those that another bill asks for."""
    taken = writing.claim(kind, [payer_id] * len(months), months, [bill] * len(months))
    if taken:
        raise InputError(
            _("Sudah ada tagihan untuk {months}.").format(months=", ".join(format_month(one) for one in taken)),
            field="from_month",
            remedy=_("Bayar tagihan yang ada, batalkan dahulu, atau pilih bulan lain."),
        )


def _write(making: Making, due: reading.Due, sequence: int) -> Bill:
    """One payer's bill and lines."""
    amounts = owed(making.month, due.payers, due.lines)
    sums = sums_by_payer(due.payers, due.lines, amounts)
    made = writing.bills(making, due.payers, sums, sequences=np.array([sequence], np.int64), facts=due.facts)
    identity = int(made.ids[0])
    claim_months(PayerKind(due.payers.kind), int(due.payers.ids[0]), identity, [making.month])
    writing.write_bills(made, making, reference=f"bill:{identity}")
    writing.insert_lines(writing.line_columns(making, made.ids, due.lines, amounts), len(due.lines))
    return Bill.objects.get(pk=identity)


def _write_months(making: Making, dues: list[reading.Due], parts: list[Owed], sequence: int) -> None:
    """One person's bill over several months: one line a month."""
    payers = dues[0].payers
    sums = [sums_by_payer(due.payers, due.lines, part) for due, part in zip(dues, parts, strict=True)]
    columns = {name: sum((one[name] for one in sums), np.zeros(1, np.int64)) for name in sums[0].columns}
    whole = Sums(sums[0].first, sums[0].count, columns)
    made = writing.bills(making, payers, whole, sequences=np.array([sequence], np.int64))
    writing.write_bills(made, making, reference=f"bill:{made.ids[0]}")
    for due, part in zip(dues, parts, strict=True):
        writing.insert_lines(writing.line_columns(making, made.ids, due.lines, part), len(due.lines))


# --- projects and migrants: paid once for a whole contract ---------------------------------------------------------------


def bill_project(*, project_id: int, today: dt.date) -> Bill:
    """JKK and JKM of a construction project by its contract value, once; in the month it starts."""
    project = Project.objects.select_related("employer").filter(pk=project_id).first()
    if project is None:
        raise InputError(_("Proyek ini tidak ditemukan."))
    current().need(Can.MAKE_BILL, Place(employer=project.employer_id, regency=project.regency_code))
    month = month_of(project.starts_on)
    writable(month, today)
    sequence = _fresh_sequence(month, PayerKind.PROJECT, project_id)
    told = calculate("contribution.construction", month=month, contract_value_rupiah=project.contract_rupiah)
    due = calculate("calendar.contract_due", date=project.starts_on, contract="project")["due_on"]
    facts = {"contract_value_rupiah": project.contract_rupiah, "starts_on": project.starts_on.isoformat()}
    making = Making(month, BillKind.REGULAR, today, Dues(due, due, due), "contribution.construction")
    payer = Payers(int(PayerKind.PROJECT), *_one(project_id, project.regency_code))
    made = _write_once(making, payer, sequence, told["jkk_rupiah"], told["jkm_rupiah"], facts, owner=project.employer_id)
    audit.record("bill.made", "project", project_id, fields=("total_rupiah",))
    return made


def bill_placement(*, placement_id: int, today: dt.date) -> Bill:
    """The package of a migrant worker for a whole contract, before departure; in the month the contract starts."""
    placement = Placement.objects.select_related("participant").filter(pk=placement_id).first()
    if placement is None:
        raise InputError(_("Penempatan ini tidak ditemukan."))
    person = placement.participant
    current().need(
        Can.MAKE_BILL,
        Place(participant=person.pk, regency=person.regency_code, village=person.village_code, employer=placement.agency_id),
    )
    month = placement.contract_from
    writable(month, today)
    sequence = _fresh_sequence(month, PayerKind.PLACEMENT, placement_id)
    facts: dict[str, Any] = {"route": placement.route, "months": placement.contract_months}
    told = calculate("contribution.migrant", month=month, **facts)
    starts = dt.date(month // 100, month % 100, 1)
    due = calculate("calendar.contract_due", date=starts, contract="migrant")["due_on"]
    making = Making(month, BillKind.REGULAR, today, Dues(due, due, due), "contribution.migrant", months=placement.contract_months)
    # The package is one sum for JKK and JKM; no article divides it (docs/law/interpretations.md): it is booked to JKK.
    payer = Payers(int(PayerKind.PLACEMENT), *_one(placement_id, person.regency_code))
    made = _write_once(making, payer, sequence, told["total_rupiah"], 0, facts, owner=person.pk)
    audit.record("bill.made", "participant", person.pk, fields=("total_rupiah",))
    return made


def _one(payer_id: int, regency: int) -> tuple[Int64, ...]:
    zero = np.zeros(1, np.int64)
    return np.array([payer_id], np.int64), np.array([regency], np.int64), zero, zero, zero, zero


def _write_once(making: Making, payer: Payers, sequence: int, jkk: int, jkm: int, facts: dict[str, Any], *, owner: int) -> Bill:
    """A bill without lines: the law's rule over the facts of a contract."""
    zero = np.zeros(1, np.int64)
    amounts = dict.fromkeys((*AMOUNTS, *ALLOCATED, "wage"), zero)
    sums = Sums(zero, zero, {**amounts, "jkk": np.array([jkk], np.int64), "jkm": np.array([jkm], np.int64)})
    made = writing.bills(
        making, payer, sums, sequences=np.array([sequence], np.int64), facts={0: facts}, owners=np.array([owner], np.int64)
    )
    identity = int(made.ids[0])
    claim_months(PayerKind(payer.kind), int(payer.ids[0]), identity, [making.month])
    writing.write_bills(made, making, reference=f"bill:{identity}")
    return Bill.objects.get(pk=identity)


# --- taking back ----------------------------------------------------------------------------------------------------------


def void(*, bill_id: int, reason: str, today: dt.date) -> None:
    """Takes back a bill on which nothing was paid; a receivable is booked back."""
    bill = Bill.objects.filter(pk=bill_id).first()
    if bill is None:
        raise InputError(_("Tagihan ini tidak ditemukan."))
    place = Place(employer=bill.employer_id, sponsor=bill.sponsor_id, participant=bill.participant_id, regency=bill.regency_code)
    current().need(Can.MAKE_BILL if bill.payer_kind == PayerKind.PERSON else Can.APPROVE_REPORT, place)
    if not reason.strip():
        raise InputError(_("Alasannya belum diisi."), field="reason", remedy=_("Tulis mengapa tagihan ini dibatalkan."))
    if Void.objects.filter(pk=bill_id).exists():
        raise InputError(_("Tagihan ini sudah dibatalkan."), remedy=_("Tidak ada yang perlu dilakukan."))
    if bill.part > 0 and bill.group_id is not None:
        raise InputError(
            _("Tagihan dari penagihan massal tidak dibatalkan."), remedy=_("Perbaiki datanya, lalu buat tagihan selisih.")
        )
    group = None
    if bill.group_id is not None:
        posting = ledger.mirrored(bill.group_id, reference=f"void:{bill.pk}", kind="void", effective_on=today)
        ledger.post(posting)
        group = posting.group_id
    with refusals():
        Void.objects.create(bill_id=bill.pk, reason=reason.strip(), group_id=group, made_by=current().user_id)
    audit.record("bill.voided", "bill", bill.pk, reason=reason)
